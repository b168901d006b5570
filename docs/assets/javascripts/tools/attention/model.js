// Cache bytes and arithmetic of one decode step: the mirror of scripts/model/attention/, which is
// the source of truth. tests/browser/test_explorer_calculator.py runs both over a grid and compares.
//
// Units: bytes are bytes of one sequence; FLOPs count a multiply-add as 2 and are weighted by a
// convention. No DOM and no network here; shapes come from the spec sheets in /data/models.json.

export const FLOPS_PER_MULTIPLY_ADD = 2;
const KEY_AND_VALUE = 2;
/** mHC mixes the residual streams before attention and before the experts. */
const MHC_MIXERS = 2;
/** The ratio of a layer that keeps nothing but its sliding window. */
export const WINDOW_ONLY = 0;
export const GIB = 2 ** 30;
/** Bytes of a number in BF16, and of the one FP32 scale of an FP8 indexer key. */
export const BF16_BYTES = 2;
const FP32_BYTES = 4;

/** The report's conventional baseline: grouped-query attention in BF16, 8 KV heads of 128. */
export const GQA8 = Object.freeze({ kvHeads: 8, headDim: 128 });

/**
 * @typedef {{entryBytes: ?number, indexBytes: ?number}} CacheLayout bytes of one cached entry and of
 *   one indexer key; null: as the model stores them
 * @typedef {{name: string, bf16Weights: number, bf16Core: number, fp4Index: number,
 *   groupedOutputInBf16: boolean}} Convention how many FP8 FLOPs a FLOP in another format is worth
 */

/** @type {CacheLayout} */
export const AS_STORED = Object.freeze({ entryBytes: null, indexBytes: null });

const convention = (name, changes) =>
  Object.freeze({ name, bf16Weights: 2, bf16Core: 2, fp4Index: 0.5, groupedOutputInBf16: false, ...changes });

/** @type {Convention} The convention of every figure on the site. */
export const FP8_EQUIVALENT = convention("FP4 counts 1/2, BF16 counts 2", {});

/** @type {readonly Convention[]} The variants of the sensitivity table, ours first. */
export const CONVENTIONS = Object.freeze([
  FP8_EQUIVALENT,
  convention("The same, first half of the output projection in BF16", { groupedOutputInBf16: true }),
  convention("FP4 counts 1/2, BF16 attention counts 2, all weights count 1", { bf16Weights: 1 }),
  convention("Only FP4 weighted, at 1/2", { bf16Weights: 1, bf16Core: 1 }),
  convention("BF16 counts 2, FP4 counts as FP8", { fp4Index: 1 }),
  convention("No weighting at all", { bf16Weights: 1, bf16Core: 1, fp4Index: 1 }),
]);

/**
 * A whole number of at least `low`, unchanged.
 * @throws {TypeError} if it is no number; {RangeError} if it is not whole, not exact or too small
 */
export function wholeNumber(name, value, low = 0) {
  if (typeof value !== "number") throw new TypeError(`${name} must be a number, not ${typeof value}`);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} must be a whole number, not ${value}`);
  if (value < low) throw new RangeError(`${name} must be at least ${low}, not ${value}`);
  return value;
}

/** A finite number of at least 0, unchanged. Throws TypeError or RangeError. */
function weight(name, value) {
  if (typeof value !== "number") throw new TypeError(`${name} must be a number, not ${typeof value}`);
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${name} must be 0 or more, not ${value}`);
  return value;
}

function line(record, name) {
  const value = record.specs?.[name]?.value;
  if (value === undefined || value === null) {
    throw new RangeError(`${record.id} has no spec '${name}', which the attention model needs`);
  }
  return value;
}

function shape(record, name) {
  const value = Number(line(record, name));
  if (!Number.isInteger(value)) throw new RangeError(`${record.id}: spec '${name}' must be a whole number`);
  return value;
}

const COMMON = {
  layers: "layers", hidden: "hidden-size", heads: "query-heads",
  queryRank: "query-compression-dim", ropeDims: "rope-dims",
  indexHeads: "index-heads", indexDim: "index-head-dim", topK: "index-top-k",
  experts: "routed-experts", sharedExperts: "shared-experts",
  activeExperts: "active-experts", expertDim: "expert-dim", vocabulary: "vocabulary",
  entryBytes: "cache-entry-bytes", indexBytes: "index-entry-bytes",
};
const HYBRID = {
  headDim: "head-dim", window: "sliding-window", csaRatio: "csa-ratio", hcaRatio: "hca-ratio",
  outputGroups: "output-groups", outputGroupDim: "output-group-dim", mhcStreams: "mhc-streams",
};
const SPARSE = {
  kvRank: "kv-lora-rank", nopeDim: "nope-head-dim", valueDim: "value-head-dim",
  denseLayers: "dense-layers", denseDim: "dense-ffn-dim",
};

/**
 * The shape of a network, read from its spec sheet.
 * @param {object} record a record of /data/models.json
 * @returns {object} `kind` is "hybrid" (V4: window, CSA, HCA) or "sparse-mla" (V3.2)
 * @throws {TypeError} for no record; {RangeError} for a missing line or a contradictory schedule
 */
export function readConfig(record) {
  if (record === null || typeof record !== "object") throw new TypeError("a model record is needed");
  const read = (names) =>
    Object.fromEntries(Object.entries(names).map(([field, name]) => [field, shape(record, name)]));
  const common = { model: record.id, name: record.name, ...read(COMMON) };
  if (record.specs?.["kv-lora-rank"]) {
    return Object.freeze({ kind: "sparse-mla", ...common, ...read(SPARSE) });
  }
  const ratios = String(line(record, "compress-ratios")).trim().split(/\s+/).map(Number);
  const config = { kind: "hybrid", ...common, ...read(HYBRID) };
  if (![config.layers, config.layers + 1].includes(ratios.length)) {
    throw new RangeError(`${record.id}: ${ratios.length} ratios for ${config.layers} layers`);
  }
  config.schedule = Object.freeze(ratios.slice(0, config.layers));
  const count = (ratio) => config.schedule.filter((item) => item === ratio).length;
  config.csaLayers = count(config.csaRatio);
  config.hcaLayers = count(config.hcaRatio);
  config.windowOnlyLayers = count(WINDOW_ONLY);
  if (config.csaLayers + config.hcaLayers + config.windowOnlyLayers !== config.layers) {
    throw new RangeError(`${record.id}: 'compress-ratios' has unknown ratios`);
  }
  for (const [name, counted] of [
    ["csa-layers", config.csaLayers],
    ["hca-layers", config.hcaLayers],
    ["window-only-layers", config.windowOnlyLayers],
  ]) {
    if (shape(record, name) !== counted) {
      throw new RangeError(`${record.id}: '${name}' contradicts 'compress-ratios' (${counted})`);
    }
  }
  return Object.freeze(config);
}

/** Compression ratio of a 0-based layer of V4: 0 (window only), CSA's or HCA's. */
export function layerRatio(config, layer) {
  wholeNumber("layer", layer);
  if (layer >= config.layers) throw new RangeError(`${config.model} has layers 0 to ${config.layers - 1}`);
  return config.schedule[layer];
}

/** Finished blocks after `tokens` tokens: floor(tokens / ratio), 0 for ratio 0. */
export function compressedEntries(ratio, tokens) {
  wholeNumber("tokens", tokens);
  return ratio === WINDOW_ONLY ? 0 : Math.floor(tokens / ratio);
}

/** Entries that one query of one layer of V4 attends to: the window and at most top-k or all blocks. */
export function layerEntriesRead(config, layer, tokens) {
  const ratio = layerRatio(config, layer);
  const blocks = compressedEntries(ratio, tokens);
  return Math.min(config.window, tokens) + (ratio === config.csaRatio ? Math.min(config.topK, blocks) : blocks);
}

/** Entries that one new token attends to, over all layers, at a context of `tokens`. */
export function entriesRead(config, tokens) {
  wholeNumber("tokens", tokens);
  if (config.kind === "sparse-mla") return config.layers * Math.min(config.topK, tokens);
  return config.schedule.reduce((sum, _, layer) => sum + layerEntriesRead(config, layer, tokens), 0);
}

/** Indexer keys scored for one new token, over all layers. */
export function indexKeysScanned(config, tokens) {
  wholeNumber("tokens", tokens);
  if (config.kind === "sparse-mla") return config.layers * tokens;
  return config.csaLayers * compressedEntries(config.csaRatio, tokens);
}

/** Bytes of one entry and one indexer key under a layout. */
export function entrySizes(config, layout = AS_STORED) {
  return {
    entry: wholeNumber("entryBytes", layout.entryBytes ?? config.entryBytes),
    index: wholeNumber("indexBytes", layout.indexBytes ?? config.indexBytes),
  };
}

/**
 * Bytes of the KV cache of one sequence, all main layers.
 * @param {object} config from `readConfig`
 * @param {number} tokens length of the sequence
 * @param {CacheLayout} layout
 */
export function kvBytes(config, tokens, layout = AS_STORED) {
  wholeNumber("tokens", tokens);
  const { entry, index } = entrySizes(config, layout);
  if (config.kind === "sparse-mla") return config.layers * (entry + index) * tokens;
  return (
    config.csaLayers * (entry + index) * compressedEntries(config.csaRatio, tokens) +
    config.hcaLayers * entry * compressedEntries(config.hcaRatio, tokens) +
    config.layers * entry * Math.min(config.window, tokens)
  );
}

/** Bytes of the full sliding windows of all layers of V4: the part that stops growing. */
export function windowBytes(config) {
  return config.layers * config.entryBytes * config.window;
}

/** Bytes of a conventional cache: grouped-query attention, keys and values in BF16. */
export function gqa8Bytes(layers, tokens, { kvHeads = GQA8.kvHeads, headDim = GQA8.headDim } = {}) {
  wholeNumber("kvHeads", kvHeads, 1);
  wholeNumber("headDim", headDim, 1);
  return wholeNumber("layers", layers) * kvHeads * headDim * KEY_AND_VALUE * BF16_BYTES * wholeNumber("tokens", tokens);
}

/** V4's indexer keys in FP8 with one FP32 scale, as engines without FP4 units keep them. */
export function fp8IndexLayout(config) {
  return { entryBytes: null, indexBytes: config.indexDim + FP32_BYTES };
}

/** Entries in BF16 without quantization (V3.2: latent and rotary part; V4: one head). */
export function bf16EntryLayout(config) {
  const width = config.kind === "sparse-mla" ? config.kvRank + config.ropeDims : config.headDim;
  return { entryBytes: BF16_BYTES * width, indexBytes: null };
}

/**
 * Parameters used once for a token, term by term, so that a formula can be printed from them.
 * @returns {{fp8: Term[], bf16: Term[]}} each term is {what, factors: number[], times: number}:
 *   `times` layers with a product of `factors`
 */
export function weightTerms(config, rule = FP8_EQUIVALENT) {
  const c = config;
  const d = c.hidden;
  const H = c.heads;
  const term = (what, times, ...factors) => ({ what, times, factors });
  const experts = c.activeExperts + c.sharedExperts;
  if (c.kind === "sparse-mla") {
    const moe = c.layers - c.denseLayers;
    return {
      fp8: [
        term("query, down", c.layers, d, c.queryRank),
        term("query, up", c.layers, c.queryRank, H, c.nopeDim + c.ropeDims),
        term("key and value, down", c.layers, d, c.kvRank + c.ropeDims),
        term("output", c.layers, H, c.valueDim, d),
        term("indexer queries", c.layers, c.queryRank, c.indexHeads, c.indexDim),
        term("indexer key", c.layers, d, c.indexDim),
        term("dense feed-forward", c.denseLayers, 3, d, c.denseDim),
        term("experts", moe, experts, 3, d, c.expertDim),
      ],
      bf16: [
        term("up-projections, absorbed", c.layers, KEY_AND_VALUE, H, c.nopeDim, c.kvRank),
        term("indexer head weights", c.layers, d, c.indexHeads),
        term("router", moe, d, c.experts),
        term("output head", 1, c.vocabulary, d),
      ],
    };
  }
  const grouped = term("output, first half", c.layers, H, c.headDim, c.outputGroupDim);
  const mixed = c.mhcStreams * (2 + c.mhcStreams); // A, C and B of one mHC mixer: 4 + 4 + 16
  const inBf16 = rule.groupedOutputInBf16;
  return {
    fp8: [
      term("query, down", c.layers, d, c.queryRank),
      term("query, up", c.layers, c.queryRank, H, c.headDim),
      term("key and value", c.layers, d, c.headDim),
      ...(inBf16 ? [] : [grouped]),
      term("output, second half", c.layers, c.outputGroups, c.outputGroupDim, d),
      term("indexer queries", c.csaLayers, c.queryRank, c.indexHeads, c.indexDim),
      term("experts", c.layers, experts, 3, d, c.expertDim),
    ],
    bf16: [
      ...(inBf16 ? [grouped] : []),
      // CSA's compressors have two overlapping series, each with contents and weights (2 x 2).
      term("CSA compressors", c.csaLayers, 2, 2, d, c.headDim + c.indexDim),
      term("indexer head weights", c.csaLayers, d, c.indexHeads),
      term("HCA compressor", c.hcaLayers, 2, d, c.headDim),
      term("router", c.layers, d, c.experts),
      term("mHC mixers", c.layers, MHC_MIXERS, mixed, c.mhcStreams, d),
      term("last mHC mixer", 1, c.mhcStreams, c.mhcStreams, d),
      term("output head", 1, c.vocabulary, d),
    ],
  };
}

const product = ({ times, factors }) => factors.reduce((result, factor) => result * factor, times);
const total = (terms) => terms.reduce((sum, term) => sum + product(term), 0);

/** Parameters used once for a token, by format: {fp8, bf16}. */
export function usedWeights(config, rule = FP8_EQUIVALENT) {
  const terms = weightTerms(config, rule);
  return { fp8: total(terms.fp8), bf16: total(terms.bf16) };
}

/** Parameters that one token passes, output head included, embedding and drafts excluded. */
export function activeParameters(config) {
  const { fp8, bf16 } = usedWeights(config);
  return fp8 + bf16;
}

/** Numbers multiplied for one entry that is read: scores and values. */
export function coreWidth(config) {
  return config.kind === "sparse-mla" ? 2 * config.kvRank + config.ropeDims : KEY_AND_VALUE * config.headDim;
}

/**
 * FLOPs of one decode step at a context of `tokens`, weighted by a convention.
 * @returns {{weights: number, indexer: number, core: number, total: number}}
 * @throws {TypeError|RangeError} for bad `tokens` or weights
 */
export function decodeFlops(config, tokens, rule = FP8_EQUIVALENT) {
  wholeNumber("tokens", tokens);
  for (const name of ["bf16Weights", "bf16Core", "fp4Index"]) weight(name, rule[name]);
  const { fp8, bf16 } = usedWeights(config, rule);
  const scan = FLOPS_PER_MULTIPLY_ADD * config.indexHeads * config.indexDim * indexKeysScanned(config, tokens);
  const read = FLOPS_PER_MULTIPLY_ADD * config.heads * coreWidth(config) * entriesRead(config, tokens);
  const weights = FLOPS_PER_MULTIPLY_ADD * (fp8 + rule.bf16Weights * bf16);
  const indexer = (config.kind === "sparse-mla" ? 1 : rule.fp4Index) * scan;
  const core = rule.bf16Core * read;
  return { weights, indexer, core, total: weights + indexer + core };
}

/** Cache of `config` in percent of `baseline`. Throws RangeError where the baseline keeps nothing. */
export function kvShare(config, baseline, tokens, layout = AS_STORED, baselineLayout = AS_STORED) {
  const whole = kvBytes(baseline, tokens, baselineLayout);
  if (whole === 0) throw new RangeError("an empty context has no cache to compare");
  return (100 * kvBytes(config, tokens, layout)) / whole;
}

/** Work of one decode step of `config` in percent of `baseline`. */
export function flopShare(config, baseline, tokens, rule = FP8_EQUIVALENT) {
  return (100 * decodeFlops(config, tokens, rule).total) / decodeFlops(baseline, tokens, rule).total;
}
