// Whether a model fits into the memory of a machine: weights, cache of all conversations and
// headroom against the sum of the devices' memory. It says nothing about speed. The cache formula
// is that of scripts/model/attention/ (kv_bytes); a test compares both over a grid.
// Nothing here touches the page.

export const GB = 1e9;
/** Bytes of an indexer key: FP4 with scales, and FP8 with one FP32 scale (attention.py). */
export const INDEX_BYTES = { fp4: 68, fp8: 132 };
/** Headroom in percent of the weights: vLLM asks for 1.2 times the files (fact run-v41-memory). */
export const HEADROOM = 20;

/** Quantized builds whose size is a fact: model, fact, name, engines that read it, what it leaves out. */
export const BUILDS = [
  { id: "gguf-8", family: "v4-flash", fact: "selfhost-local-8-bit", name: "8-bit GGUF (Unsloth)", engines: ["llama.cpp", "ik_llama.cpp", "Ollama"] },
  { id: "gguf-4", family: "v4-flash", fact: "run-4-bit", name: "4-bit GGUF", engines: ["llama.cpp", "ik_llama.cpp", "Ollama"] },
  { id: "gguf-3", family: "v4-flash", fact: "selfhost-local-3-bit", name: "3-bit GGUF (Unsloth)", engines: ["llama.cpp", "ik_llama.cpp", "Ollama"] },
  { id: "bf16", family: "v4-flash", fact: "run-bf16-flash", name: "BF16", engines: [] },
  { id: "nvfp4", family: "v4-1-flash", fact: "run-nvfp4-v41-size", name: "NVFP4 (NVIDIA)", engines: ["vLLM", "SGLang"], tables: true },
  { id: "mlx-2", family: "v4-1-flash", fact: "run-2-bit-v41", name: "2-bit for MLX, lookup tables on the SSD", engines: ["Rapid-MLX"] },
];

/** Machines of which a record says how V4.1-Flash runs there: machine, number, fact, who says so. */
export const REPORTS = [
  { machine: "h200", count: 4, fact: "nvidia-v41-4-h200", who: "One worker of NVIDIA's own recipes" },
  { machine: "h100", count: 8, fact: "nvidia-v41-h100", who: "On record for eight H100" },
];

/** A whole number of at least 0, or a RangeError that names it. */
function whole(value, name, least = 0) {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} must be a whole number of at least ${least}, not ${value}`);
  }
  return value;
}

function amount(value, name) {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${name} must not be negative or missing: ${value}`);
  return value;
}

/**
 * Gigabytes (10^9 bytes) of a value in gb, tb or gib.
 * @throws {RangeError} for another unit or a missing value
 */
export function gigabytes({ value, unit }) {
  const factor = { gb: 1, tb: 1000, gib: 2 ** 30 / GB }[unit];
  if (!factor) throw new RangeError(`not a size: ${value} ${unit}`);
  return amount(value, "size") * factor;
}

/**
 * The shape of a model's cache, from its spec sheet.
 * @param {{id: string, specs?: Object<string, {value?: number | string}>}} model
 * @returns {object | null} null where the sheet does not tell it
 */
export function cacheShape(model) {
  const spec = (name) => model.specs?.[name]?.value;
  if (spec("cache-bytes-per-token") !== undefined) {
    return { kind: "flat", perToken: spec("cache-bytes-per-token") };
  }
  const common = { layers: spec("layers"), entryBytes: spec("cache-entry-bytes"), indexBytes: spec("index-entry-bytes") };
  if (Object.values(common).includes(undefined)) return null;
  if (spec("kv-lora-rank") !== undefined) return { kind: "per-token", ...common };
  if (spec("csa-layers") === undefined) return null;
  return {
    kind: "hybrid", ...common, window: spec("sliding-window"),
    csaLayers: spec("csa-layers"), csaRatio: spec("csa-ratio"),
    hcaLayers: spec("hca-layers"), hcaRatio: spec("hca-ratio"),
  };
}

/**
 * Bytes of the KV cache of one sequence, all main layers; as kv_bytes of attention.py.
 * hybrid (V4): compressed entries of finished blocks, indexer keys of CSA layers, and a window of
 * at most 128 entries in every layer. per-token (V3.2): one entry and one key a token and layer.
 * flat (V4.1): the published bytes a token; its small windows are left out.
 * @param {object} shape from cacheShape()
 * @param {number} tokens whole, at least 0
 * @param {{entryBytes?: number, indexBytes?: number}} layout other bytes than those stored
 * @throws {RangeError} for bad tokens
 */
export function kvBytes(shape, tokens, layout = {}) {
  whole(tokens, "tokens");
  if (shape.kind === "flat") return shape.perToken * tokens;
  const entry = layout.entryBytes ?? shape.entryBytes;
  const index = layout.indexBytes ?? shape.indexBytes;
  if (shape.kind === "per-token") return shape.layers * (entry + index) * tokens;
  return shape.csaLayers * (entry + index) * Math.floor(tokens / shape.csaRatio) +
    shape.hcaLayers * entry * Math.floor(tokens / shape.hcaRatio) +
    shape.layers * entry * Math.min(shape.window, tokens);
}

/**
 * The sum: weights, cache, headroom against memory. All sizes in GB.
 * @param {{weights: number, cacheEach: number, sequences: number, copies: number,
 *   headroom: number, memory: number, count: number}} plan `cacheEach`: GB of one sequence;
 *   `copies`: 1, or `count` if each device keeps the whole cache; `headroom`: percent of the
 *   weights; `memory`: GB of one device
 * @returns {{weights: number, cache: number, headroom: number, need: number, memory: number,
 *   spare: number, verdict: "fits" | "tight" | "no"}} tight: only with less headroom
 */
export function fit({ weights, cacheEach, sequences, copies, headroom, memory, count }) {
  amount(weights, "weights");
  amount(memory, "memory");
  const cache = amount(cacheEach, "cache") * whole(sequences, "sequences", 1) * whole(copies, "copies", 1);
  const room = (weights * amount(headroom, "headroom")) / 100;
  const total = memory * whole(count, "count", 1);
  const need = weights + cache + room;
  const verdict = need <= total ? "fits" : weights + cache <= total ? "tight" : "no";
  return { weights, cache, headroom: room, need, memory: total, spare: total - need, verdict };
}

/** The smallest number of devices that fits, up to `most`; null if none does. */
export function fewestDevices(plan, most = 4096) {
  const each = plan.copies > 1 ? plan.cacheEach * plan.sequences : 0;
  if (plan.memory <= each) return null;
  for (let count = 1; count <= most; count += 1) {
    if (fit({ ...plan, count, copies: plan.copies > 1 ? count : 1 }).verdict === "fits") return count;
  }
  return null;
}

/** How many sequences of this length fit beside weights and headroom; 0 if not one. */
export function mostSequences(plan) {
  const { spare, cache } = fit({ ...plan, sequences: 1 });
  const each = plan.cacheEach * plan.copies;
  if (each === 0) return spare >= 0 ? Infinity : 0;
  return Math.max(0, Math.floor((spare + cache) / each + 1e-9));
}

/**
 * The longest context, in tokens, with which all sequences fit; 0 if none.
 * @param {object} plan as for fit()
 * @param {(tokens: number) => number} gb GB of one sequence of so many tokens; must not fall
 * @param {number} most the model's window
 */
export function longestContext(plan, gb, most) {
  const fits = (tokens) => fit({ ...plan, cacheEach: gb(tokens) }).verdict === "fits";
  if (!fits(1)) return 0;
  let [low, high] = [1, whole(most, "window", 1)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Models that can be asked about: size of the files and shape of the cache are known. */
export function runnable(models) {
  return models.filter((model) => model.specs?.["weights-on-disk"]?.value !== undefined && cacheShape(model));
}

/** Devices that can be chosen: memory is known, and they are not merely planned. */
export function machines(chips) {
  return chips.filter((chip) => chip.specs?.memory?.value !== undefined && !/planned/i.test(chip.name));
}

/** Builds of a model: the released files first, then quantized ones of its family. */
export function builds(model, facts) {
  const files = { id: "released", name: "As released", gb: gigabytes(model.specs["weights-on-disk"]), engines: null, tables: model.id.startsWith("v4-1") };
  const more = BUILDS.filter((build) => build.family === model.id && facts.get(build.fact))
    .map((build) => ({ tables: false, ...build, gb: gigabytes(facts.get(build.fact)) }));
  return [files, ...more];
}

/** Records of engines for a model, what works first; `engines` limits them to those named. */
export function enginesFor(records, model, engines = null) {
  const order = ["yes", "partly", "unknown", "no"];
  return records
    .filter((record) => record.model === model && (!engines?.length || engines.includes(record.engine)))
    .sort((a, b) => order.indexOf(a.works) - order.indexOf(b.works) || (a.engine.toLowerCase() < b.engine.toLowerCase() ? -1 : 1));
}
