// What one query of one layer reads, in terms that can be drawn: spans of tokens, blocks, bins.
// No DOM here. The counts come from model.js; nothing of the shape is typed in.

import { AS_STORED, WINDOW_ONLY, compressedEntries, entrySizes, gqa8Bytes, layerRatio, wholeNumber } from "./model.js";

/** CSA pools two series: a block's own tokens and those of the block before (report §2.3). */
const CSA_SERIES = 2;

/**
 * Full attention, for comparison: every token is read, keys and values are kept for each.
 * @param {object} like a config, for the number of layers
 */
export function fullAttention(like) {
  return Object.freeze({ kind: "full", model: "full", name: "Full attention", layers: like.layers });
}

/** Kind of a layer: "window", "csa", "hca", "dsa" (V3.2) or "full". Throws RangeError beyond the last. */
export function layerKind(config, layer) {
  wholeNumber("layer", layer);
  if (layer >= config.layers) throw new RangeError(`there are layers 0 to ${config.layers - 1}, not ${layer}`);
  if (config.kind === "full") return "full";
  if (config.kind === "sparse-mla") return "dsa";
  const ratio = layerRatio(config, layer);
  if (ratio === WINDOW_ONLY) return "window";
  return ratio === config.csaRatio ? "csa" : "hca";
}

/** Tokens that share one compressed entry; 1 where each token has its own; 0 without such entries. */
export function blockSize(config, layer) {
  const kind = layerKind(config, layer);
  if (kind === "window" || kind === "full") return 0;
  return kind === "dsa" ? 1 : layerRatio(config, layer);
}

/**
 * What the query at a position reads in a layer.
 * @param {number} position 0-based; the query sees tokens 0 to `position`, itself included
 * @returns {{kind: string, visible: number, window: ?{from: number, to: number, count: number},
 *   size: number, complete: number, read: number, scanned: number, total: number}}
 *   `complete` blocks are visible, `read` of them are attended to, `scanned` index keys are scored;
 *   for V3.2 a block is one token; for full attention `total` is every visible token
 * @throws {TypeError|RangeError} for a layer or position that is no whole number or out of range
 */
export function queryReads(config, layer, position) {
  const kind = layerKind(config, layer);
  const visible = wholeNumber("position", position) + 1;
  const size = blockSize(config, layer);
  if (kind === "full") {
    return { kind, visible, window: null, size, complete: 0, read: 0, scanned: 0, total: visible };
  }
  const complete = kind === "dsa" ? visible : compressedEntries(size, visible);
  const picks = kind === "csa" || kind === "dsa";
  const read = picks ? Math.min(config.topK, complete) : complete;
  let window = null;
  if (kind !== "dsa") {
    const count = Math.min(config.window, visible);
    window = { from: visible - count, to: position, count };
  }
  return { kind, visible, window, size, complete, read, scanned: picks ? complete : 0, total: read + (window?.count ?? 0) };
}

/**
 * The source tokens that one compressed entry pools.
 * @returns {{own: {from: number, to: number}, before: ?{from: number, to: number}, count: number,
 *   visibleFrom: number}} `before` is the overlap of CSA (none for block 0); a query at position
 *   `visibleFrom` or later may read the entry
 * @throws {RangeError} in a layer without blocks or for a bad block number
 */
export function pooledTokens(config, layer, block) {
  const kind = layerKind(config, layer);
  const size = blockSize(config, layer);
  if (!size) throw new RangeError("this layer has no compressed entries");
  wholeNumber("block", block);
  const own = { from: block * size, to: (block + 1) * size - 1 };
  const overlap = kind === "csa" ? (CSA_SERIES - 1) * size : 0;
  const from = Math.max(0, own.from - overlap);
  const before = from < own.from ? { from, to: own.from - 1 } : null;
  return { own, before, count: own.to - from + 1, visibleFrom: own.to };
}

/** Tokens that an entry pools once its predecessor exists: 8 in CSA, 128 in HCA. */
export function pooledAtMost(config, layer) {
  return pooledTokens(config, layer, 1).count;
}

/**
 * Bytes that one layer keeps of one sequence.
 * @returns {{window: number, entries: number, index: number, total: number}}
 */
export function layerBytes(config, layer, tokens, layout = AS_STORED) {
  const kind = layerKind(config, layer);
  wholeNumber("tokens", tokens);
  if (kind === "full") {
    const total = gqa8Bytes(1, tokens);
    return { window: 0, entries: total, index: 0, total };
  }
  const { entry, index: key } = entrySizes(config, layout);
  const size = blockSize(config, layer);
  const blocks = size ? Math.floor(tokens / size) : 0;
  const window = kind === "dsa" ? 0 : Math.min(config.window, tokens) * entry;
  const entries = blocks * entry;
  const index = kind === "csa" || kind === "dsa" ? blocks * key : 0;
  return { window, entries, index, total: window + entries + index };
}

/** A number in [0, 1) that depends on nothing but its arguments. */
function hash(a, b) {
  let x = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x165667b1, 0xc2b2ae35);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
}

const REGIONS = 32;

/**
 * An illustrative choice of `pick` among `count` blocks: which ones a real query selects depends on
 * the text. Always the same for the same arguments; some regions are denser, as relevance is uneven.
 * @returns {number[]} block numbers, ascending, all different; all of them if `pick` >= `count`
 * @throws {TypeError|RangeError} unless all are whole numbers of at least 0
 */
export function illustrativeSelection(count, pick, seed = 0) {
  wholeNumber("count", count);
  wholeNumber("pick", pick);
  wholeNumber("seed", seed);
  if (pick >= count) return Array.from({ length: count }, (_, block) => block);
  const regions = Math.min(REGIONS, count);
  const start = (region) => Math.floor((region * count) / regions);
  const capacity = Array.from({ length: regions }, (_, r) => start(r + 1) - start(r));
  const weights = capacity.map((_, r) => 0.15 + 6 * hash(seed, r) ** 5 + (r === regions - 1 ? 2 : 0));
  const sum = weights.reduce((a, b) => a + b, 0);
  const quota = capacity.map((room, r) => Math.min(room, Math.floor((pick * weights[r]) / sum)));
  let left = pick - quota.reduce((a, b) => a + b, 0);
  for (const r of capacity.map((_, i) => i).sort((a, b) => weights[b] - weights[a])) {
    const more = Math.min(left, capacity[r] - quota[r]);
    quota[r] += more;
    left -= more;
  }
  const chosen = [];
  quota.forEach((wanted, r) => {
    for (let j = 0; j < wanted; j += 1) {
      const low = Math.floor((j * capacity[r]) / wanted);
      const high = Math.floor(((j + 1) * capacity[r]) / wanted);
      chosen.push(start(r) + low + Math.floor(hash(seed + 7, start(r) + j) * (high - low)));
    }
  });
  return chosen;
}

/**
 * Tokens in one cell of an overview of `tokens` tokens that has at most `most` cells: a power of two.
 */
export function binSize(tokens, most) {
  wholeNumber("tokens", tokens, 1);
  wholeNumber("most", most, 1);
  let size = 1;
  while (Math.ceil(tokens / size) > most) size *= 2;
  return size;
}

const overlap = (from, to, low, high) => Math.max(0, Math.min(to, high) - Math.max(from, low) + 1);

/**
 * The whole context as cells: `tokens` (how many there are, are visible, are read exactly) and
 * `blocks` (how many are complete for the query, are read), each with the tokens it spans.
 * @param {object} reads from `queryReads`
 * @param {number[]} chosen blocks that are read, ascending
 * @param {number} tokens length of the context
 * @param {number} most cells at most
 */
export function overview(reads, chosen, tokens, most) {
  const bin = binSize(tokens, most);
  const cells = [];
  for (let from = 0; from < tokens; from += bin) {
    const to = Math.min(tokens, from + bin) - 1;
    const visible = overlap(from, to, 0, reads.visible - 1);
    let exact = reads.window ? overlap(from, to, reads.window.from, reads.window.to) : 0;
    if (reads.kind === "full") exact = visible;
    cells.push({ from, to, visible, exact });
  }
  const blocks = [];
  if (reads.size) {
    const per = Math.max(1, Math.ceil(bin / reads.size));
    let next = 0;
    const all = Math.ceil(tokens / reads.size);
    for (let first = 0; first < all; first += per) {
      const last = Math.min(all, first + per) - 1;
      const complete = overlap(first, last, 0, reads.complete - 1);
      let read = 0;
      while (next < chosen.length && chosen[next] <= last) { read += 1; next += 1; }
      blocks.push({ first, last, from: first * reads.size, to: Math.min(tokens, (last + 1) * reads.size) - 1, complete, read });
    }
  }
  return { bin, cells, blocks };
}
