// The claim of the first page: what V3.2, V4-Pro and V4-Flash keep and compute at a length.
// No DOM here; the sums are the efficiency calculator's, which Python checks.

import { calculate, defaultAssumptions } from "../efficiency/model.js";

export const BASELINE = "deepseek-v3-2";
export const MODELS = Object.freeze([BASELINE, "v4-pro", "v4-flash"]);
/** The length for which DeepSeek published its shares. */
export const PUBLISHED_AT = 1_000_000;

/**
 * @param {Object<string, object>} configs by id, from `readConfig`
 * @param {number} tokens
 * @returns {{id: string, cache: number, work: number, cacheShare: number, workShare: number}[]}
 *   GiB, FLOPs of a new token, percent of V3.2
 */
export function atLength(configs, tokens) {
  const base = configs[BASELINE];
  const assumptions = defaultAssumptions(configs["v4-pro"], base);
  return MODELS.map((id) => {
    const found = calculate(configs[id], base, { tokens, batch: 1 }, assumptions);
    return { id, cache: found.gib, work: found.flops.total, cacheShare: found.kvShare, workShare: found.flopShare };
  });
}
