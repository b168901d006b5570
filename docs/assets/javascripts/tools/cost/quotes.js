// The rows of the calculator: what each price makes of the workload, with everything that belongs to
// its total. DOM-free; the money is counted in model.js.

import { UNIT } from "./model.js";
import { feesOf, parseTools } from "./fees.js";
import { shareOf, workDays } from "./hours.js";
import { longestPrompt, spanOf, workloadOf } from "./kinds.js";
import { quote } from "./offers.js";

/** The window of the model behind a price, in tokens; null where it is not on record. */
function windowOf({ model }, models) {
  const spec = models.get(model)?.specs?.["context-length"];
  return spec?.state === "known" && Number.isInteger(spec.value) ? BigInt(spec.value) : null;
}

/**
 * A bill with the fees of tools in it: DeepSeek's own are charged by DeepSeek; those of other
 * sellers are not on record, so what they ask is more than this by an unknown amount.
 */
function withTools(cost, price, { numbers, facts, span }) {
  if (!numbers.some(Boolean)) return { ...cost, tools: 0n };
  if (price.seller !== "deepseek") return { ...cost, tools: 0n, notes: [...cost.notes, "tools-unknown"] };
  const { total, per, without } = feesOf(numbers, facts, cost.currency);
  const tools = (total * span * (UNIT / 1_000_000n)) / per;
  return {
    ...cost, tools, total: cost.total === null ? null : cost.total + tools,
    notes: without.length ? [...cost.notes, "tools-in-part"] : cost.notes,
  };
}

/**
 * From an offer to its row at a moment.
 * @param {object} state of state.js
 * @param {{prices: object[], schemes: Map, models: Map, facts: object}} records
 * @returns {(offer: object) => object} {offer, currency, price, tier, share, surcharge, cost,
 *   window, tooLong}; cost: as of model.js, with tools, and span (days that it is of); window: of
 *   the model, null if not on record; tooLong: the longest call if it does not fit, else null
 */
export function quoting(state, { prices, schemes, models, facts }, moment) {
  const days = workDays(state, moment);
  const span = spanOf(state.kinds, days);
  const workload = workloadOf(state.kinds, days);
  const longest = longestPrompt(workload);
  const share = shareOf(state, moment);
  const shares = new Map(); // to count the minutes of a month takes longer than all the rest
  const known = share && ((scheme) => {
    if (!shares.has(scheme)) shares.set(scheme, share(scheme));
    return shares.get(scheme);
  });
  const what = { prices, schemes, workload, moment, shareOf: known, writeCache: state.write };
  const tools = { numbers: parseTools(state.tools), facts, span };
  return (offer) => {
    const row = { offer, currency: offer.currency, ...quote(offer, what) };
    if (!row.price) return { ...row, window: null, tooLong: null };
    const window = windowOf(row.price, models);
    return {
      ...row, cost: { ...withTools(row.cost, row.price, tools), span },
      window, tooLong: window !== null && longest > window ? longest : null,
    };
  };
}
