// The toy of the story: what the last of a few words reads, at a scale that the reader can change.
// Mirror of scripts/figures/architecture/story/toy.py; the counts come from the attention model.
// No DOM here. tests/browser/test_story.py walks every scale and counts again.

import { fullAttention, layerBytes, pooledTokens, queryReads } from "../attention/grid.js";
import { compressedEntries } from "../attention/model.js";

/** @typedef {{text: string, subject: string}} Word the subject is ours; "" for none */
/** @typedef {{words: number, block: number, keep: number, window: number}} Toy */

/** The scale that the story opens with. @type {Toy} */
export const OPENING = Object.freeze({ words: 30, block: 4, keep: 3, window: 6 });
/** What a reader may choose. `keep` is how many blocks are read at most: addresses call it so. */
export const LIMITS = Object.freeze({
  words: [4, 30], block: Object.freeze([1, 2, 4, 8, 16]), keep: [1, 16], window: [0, 16],
});

const SAME_WORD = 2;
const SAME_SUBJECT = 1;
const OWN = 2;
const BEFORE = 1;
/** What all that is read weighs before its points, and the sink, when shares are invented. */
const LEAST = 2;
const SINK = 6;

/** A word without its case and punctuation. */
export const plain = (word) => word.toLowerCase().replace(/[^a-z]/g, "");

/** What a word counts for the last one, which asks. @param {Word[]} sentence @param {Toy} toy */
export function points(sentence, toy, index) {
  const asker = toy.words - 1;
  const { subject } = sentence[asker];
  if (index === asker) return 0;
  if (plain(sentence[index].text) === plain(sentence[asker].text)) return SAME_WORD;
  return subject && sentence[index].subject === subject ? SAME_SUBJECT : 0;
}

/** Points of each finished block: its own words count double, those of the one before once. */
export function scores(sentence, toy) {
  const sum = (from, to) => {
    let total = 0;
    for (let index = Math.max(0, from); index < to; index += 1) total += points(sentence, toy, index);
    return total;
  };
  return Array.from({ length: compressedEntries(toy.block, toy.words) }, (_, block) => {
    const start = block * toy.block;
    return OWN * sum(start, start + toy.block) + BEFORE * sum(start - toy.block, start);
  });
}

/** The blocks that are read, ascending: most points first, of equals the later one. */
export function chosen(sentence, toy) {
  const points = scores(sentence, toy);
  return points.map((_, block) => block)
    .sort((a, b) => points[b] - points[a] || b - a)
    .slice(0, toy.keep)
    .sort((a, b) => a - b);
}

/** Of all that is read, and of the sink, a share in percent, by key of its mark: invented; together 100. */
export function shares(sentence, toy) {
  const ofBlocks = scores(sentence, toy);
  const weights = new Map(chosen(sentence, toy).map((block) => [`b${block}`, LEAST + ofBlocks[block]]));
  for (let index = Math.max(0, toy.words - toy.window); index < toy.words; index += 1) {
    weights.set(`w${index}`, LEAST + OWN * points(sentence, toy, index));
  }
  weights.set("sink", SINK);
  const sum = (values) => [...values].reduce((a, b) => a + b, 0);
  const total = sum(weights.values());
  const out = Object.fromEntries([...weights].map(([key, weight]) => [key, Math.floor((100 * weight) / total)]));
  // What is lost in rounding down goes to those that lost most.
  const lost = [...weights.keys()].sort((a, b) => ((100 * weights.get(b)) % total) - ((100 * weights.get(a)) % total));
  for (const key of lost.slice(0, 100 - sum(Object.values(out)))) out[key] += 1;
  return out;
}

/**
 * Where the last word stood before, if both it and the word after it are read.
 * @returns {?{block: ?number, index: number}} no block: in the window; `index` of the word that followed
 */
export function hint(sentence, toy) {
  const last = toy.words - 1;
  const word = plain(sentence[last].text);
  const read = chosen(sentence, toy);
  for (let index = last - 2; index >= 0; index -= 1) {
    if (plain(sentence[index].text) !== word) continue;
    if (index >= toy.words - toy.window) return { block: null, index: index + 1 };
    const block = Math.floor(index / toy.block);
    if (read.includes(block) && Math.floor((index + 1) / toy.block) === block) return { block, index: index + 1 };
  }
  return null;
}

const layerOf = (pro, toy) =>
  ({ ...pro, layers: 1, window: toy.window, csaRatio: toy.block, topK: toy.keep, schedule: [toy.block] });

/** Reads and bytes of one CSA layer with the toy's scale and V4-Pro's entries. */
export function counts(toy, pro) {
  const layer = layerOf(pro, toy);
  const reads = queryReads(layer, 0, toy.words - 1);
  const bytes = layerBytes(layer, 0, toy.words);
  const full = fullAttention({ layers: 1 });
  const waiting = toy.words - reads.complete * toy.block;
  return {
    pairs: (toy.words * (toy.words + 1)) / 2,
    window: reads.window.count,
    blocks: reads.complete,
    read: reads.read,
    waiting,
    unseen: Math.max(0, waiting - toy.window),
    windowBytes: bytes.window,
    entryBytes: bytes.entries,
    indexBytes: bytes.index,
    fullBytes: layerBytes(full, 0, toy.words).total,
    entry: pro.entryBytes,
    key: pro.indexBytes,
    fullEntry: layerBytes(full, 0, 1).total,
    totalRead: reads.total,
    totalBytes: bytes.total,
  };
}

/** The words that a finished block blends: its own, and those before. */
export const finishedBlock = (toy, pro, block) => pooledTokens(layerOf(pro, toy), 0, block);

/** Where a word is found: exactly in the window, and in which blocks, and which of them are read. */
export function whereIs(sentence, toy, pro, index) {
  const picked = new Set(chosen(sentence, toy));
  const blocks = scores(sentence, toy).map((_, block) => block).filter((block) => {
    const { own, before } = finishedBlock(toy, pro, block);
    return index >= (before ?? own).from && index <= own.to;
  });
  return {
    exact: index < toy.words && index >= toy.words - toy.window,
    blocks,
    read: blocks.filter((block) => picked.has(block)),
  };
}

/** Counts of the real models at a million tokens. */
export function realCounts(pro, flash, tokens) {
  return {
    window: pro.window,
    csaBlocks: compressedEntries(pro.csaRatio, tokens),
    csaRatio: pro.csaRatio,
    hcaRatio: pro.hcaRatio,
    hcaBlocks: compressedEntries(pro.hcaRatio, tokens),
    proRead: pro.topK,
    flashRead: flash.topK,
  };
}
