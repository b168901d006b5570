// The efficiency calculator without its interface: assumptions, results and printed formulas.
// No DOM here. All counting is done by attention/model.js; a test evaluates the formulas.

import {
  BF16_BYTES, CONVENTIONS, FLOPS_PER_MULTIPLY_ADD, FP8_EQUIVALENT, GIB, GQA8, bf16EntryLayout, coreWidth,
  decodeFlops, entrySizes, fp8IndexLayout, gqa8Bytes, kvBytes, weightTerms, wholeNumber,
} from "../attention/model.js";

/** @typedef {{v4Entry: number, v4Index: number, v32Entry: number, v32Index: number,
 *   bf16Weights: number, bf16Core: number, fp4Index: number, groupedOutputInBf16: boolean,
 *   kvHeads: number, headDim: number}} Assumptions bytes, weights, and the conventional cache */

/**
 * The assumptions of the site's figures.
 * @param {object} v4 config of V4-Pro
 * @param {object} v32 config of V3.2
 * @returns {Assumptions}
 */
export function defaultAssumptions(v4, v32) {
  const { name, ...weights } = FP8_EQUIVALENT;
  return Object.freeze({
    v4Entry: v4.entryBytes, v4Index: v4.indexBytes, v32Entry: v32.entryBytes, v32Index: v32.indexBytes,
    ...weights, ...GQA8,
  });
}

/** Named byte layouts: the three of the page and BF16 entries for V4. Sizes follow from the shapes. */
export function cachePresets(v4, v32) {
  const stored = { v4Entry: v4.entryBytes, v4Index: v4.indexBytes, v32Entry: v32.entryBytes, v32Index: v32.indexBytes };
  return [
    { name: "As stored: FP8 entries, V4's index keys in FP4", ...stored },
    { name: "Index keys of V4 in FP8", ...stored, v4Index: fp8IndexLayout(v4).indexBytes },
    { name: "Entries of V3.2 in BF16", ...stored, v32Entry: bf16EntryLayout(v32).entryBytes },
    { name: "Entries of V4 and V3.2 in BF16", ...stored, v4Entry: bf16EntryLayout(v4).entryBytes, v32Entry: bf16EntryLayout(v32).entryBytes },
  ];
}

/** Index of the preset whose fields all equal those of `assumptions`, or -1. */
export function presetOf(presets, assumptions) {
  return presets.findIndex((preset) =>
    Object.entries(preset).every(([field, value]) => field === "name" || assumptions[field] === value));
}

/** The conventions of the sensitivity table as presets. */
export const CONVENTION_PRESETS = CONVENTIONS;

/** The byte layout for a network; a size that is its own is left as stored. */
export function layoutFor(config, { v4Entry, v4Index, v32Entry, v32Index }) {
  const [entry, index] = config.kind === "sparse-mla" ? [v32Entry, v32Index] : [v4Entry, v4Index];
  return { entryBytes: entry, indexBytes: index };
}

/**
 * Everything the calculator shows for one network.
 * @param {object} config from `readConfig`
 * @param {object} baseline config of V3.2
 * @param {{tokens: number, batch: number}} load tokens of context of each sequence (at least 1), and
 *   how many sequences
 * @param {Assumptions} assumptions
 * @returns {{bytes, bytesPerToken, gib, kvShare, conventionalShare, flops: {weights, indexer, core,
 *   total}, flopShare, stepFlops}} bytes of one sequence, GiB of the batch, shares in percent (null
 *   where the other side is 0), FLOPs of one new token, and of one step of the whole batch
 * @throws {TypeError|RangeError} for bad input
 */
export function calculate(config, baseline, { tokens, batch }, assumptions) {
  wholeNumber("tokens", tokens, 1);
  wholeNumber("batch", batch, 1);
  const percent = (part, all) => (all === 0 ? null : (100 * part) / all);
  const bytes = kvBytes(config, tokens, layoutFor(config, assumptions));
  const theirs = kvBytes(baseline, tokens, layoutFor(baseline, assumptions));
  const flops = decodeFlops(config, tokens, assumptions);
  const whole = decodeFlops(baseline, tokens, assumptions).total;
  return {
    bytes,
    bytesPerToken: bytes / tokens,
    gib: (bytes * batch) / GIB,
    kvShare: percent(bytes, theirs),
    conventionalShare: percent(bytes, gqa8Bytes(config.layers, tokens, assumptions)),
    flops,
    flopShare: percent(flops.total, whole),
    stepFlops: flops.total * batch,
  };
}

const PRINTED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 20 });
const print = (value) => PRINTED.format(value);
const times = (...factors) => factors.map(print).join(" × ");
const floor = (tokens, ratio) => `⌊${print(tokens)} / ${print(ratio)}⌋`;
const least = (a, b) => `min(${a}, ${b})`;

/** Entries read over all layers, as text. */
function entriesText(c, tokens) {
  if (c.kind === "sparse-mla") return `${print(c.layers)} × ${least(print(c.topK), print(tokens))}`;
  return [
    `${print(c.csaLayers)} × ${least(print(c.topK), floor(tokens, c.csaRatio))}`,
    `${print(c.hcaLayers)} × ${floor(tokens, c.hcaRatio)}`,
    `${print(c.layers)} × ${least(print(c.window), print(tokens))}`,
  ].join(" + ");
}

/**
 * The formulas with the numbers put in. Signs: × + / ( ) min(a, b) ⌊a / b⌋; separators in thousands.
 * @returns {{name: string, expression: string, value: number, unit: string, legend?: string}[]}
 */
export function formulas(config, load, assumptions) {
  const { tokens, batch } = load;
  const c = config;
  const layout = layoutFor(c, assumptions);
  const { entry, index } = entrySizes(c, layout);
  const sparse = c.kind === "sparse-mla";
  const bytes = kvBytes(c, tokens, layout);
  const flops = decodeFlops(c, tokens, assumptions);
  const terms = weightTerms(c, assumptions);
  const sum = (list) => list.map((term) => times(term.times, ...term.factors)).join(" + ");
  const legend = (list) => list.map((term) => term.what).join(" + ");
  const parameters = (list) => list.reduce((total, term) => total + term.factors.reduce((a, b) => a * b, term.times), 0);
  const scanned = sparse ? `${print(c.layers)} × ${print(tokens)}` : `${print(c.csaLayers)} × ${floor(tokens, c.csaRatio)}`;
  const cache = sparse
    ? `${print(c.layers)} × (${print(entry)} + ${print(index)}) × ${print(tokens)}`
    : [
      `${print(c.csaLayers)} × (${print(entry)} + ${print(index)}) × ${floor(tokens, c.csaRatio)}`,
      `${print(c.hcaLayers)} × ${print(entry)} × ${floor(tokens, c.hcaRatio)}`,
      `${print(c.layers)} × ${print(entry)} × ${least(print(c.window), print(tokens))}`,
    ].join(" + ");
  const fp8 = parameters(terms.fp8);
  const bf16 = parameters(terms.bf16);
  const conventional = gqa8Bytes(c.layers, tokens, assumptions);
  return [
    {
      name: "Cache of one sequence", expression: cache, value: bytes, unit: "bytes",
      legend: sparse ? "layers × (entry + index key) × tokens" : "CSA layers × (entry + index key) × blocks + HCA layers × entry × blocks + all layers × entry × window",
    },
    { name: "Cache of the batch", expression: `${times(bytes, batch)} / ${print(GIB)}`, value: (bytes * batch) / GIB, unit: "GiB" },
    {
      name: "Conventional cache", expression: times(c.layers, assumptions.kvHeads, assumptions.headDim, 2, BF16_BYTES, tokens),
      value: conventional, unit: "bytes", legend: "layers × KV heads × width × key and value × bytes × tokens",
    },
    { name: "Parameters used once, 8-bit or 4-bit", expression: sum(terms.fp8), value: fp8, unit: "parameters", legend: legend(terms.fp8) },
    { name: "Parameters used once, BF16", expression: sum(terms.bf16), value: bf16, unit: "parameters", legend: legend(terms.bf16) },
    {
      name: "Work: weights", value: flops.weights, unit: "FLOPs",
      expression: `${print(FLOPS_PER_MULTIPLY_ADD)} × (${print(fp8)} + ${times(assumptions.bf16Weights, bf16)})`,
      legend: "multiply and add × (parameters + weight of BF16 × parameters in BF16)",
    },
    {
      name: "Work: indexer", value: flops.indexer, unit: "FLOPs",
      expression: `${times(FLOPS_PER_MULTIPLY_ADD, c.indexHeads, c.indexDim)} × ${scanned}${sparse ? "" : ` × ${print(assumptions.fp4Index)}`}`,
      legend: `multiply and add × index heads × key width × layers × keys${sparse ? "" : " × weight of FP4"}`,
    },
    {
      name: "Work: core attention", value: flops.core, unit: "FLOPs",
      expression: `${times(FLOPS_PER_MULTIPLY_ADD, c.heads, coreWidth(c))} × (${entriesText(c, tokens)}) × ${print(assumptions.bf16Core)}`,
      legend: "multiply and add × heads × width of scores and values × entries read × weight of BF16",
    },
    { name: "Work of one new token", expression: [flops.weights, flops.indexer, flops.core].map(print).join(" + "), value: flops.total, unit: "FLOPs" },
  ];
}
