// What the cost calculator shows: bars, table, sentences. Money comes from model.js.

import { UNIT, callsToBreakEven, moneyText } from "./model.js";
import { dayText } from "./offers.js";
import { monthName } from "./schedule.js";
import { recordAddress, sourceAddress } from "../../lib/data.js";
import { grouped } from "../../lib/numbers.js";
import { h } from "../../lib/ui.js";

const TIERS = { one: "one price at all hours", off_peak: "off-peak", peak: "peak" };

/** "peak", "off-peak", "20.83% at peak". */
export function tierText({ tier, share }) {
  return tier === "share" ? `${(share / 100).toFixed(2)}% at peak` : TIERS[tier];
}

const money = (amount, currency, divisor = 1n) => moneyText(amount, UNIT * divisor, currency);

const ON_TOP = ["prompt-unknown", "tools-unknown", "tools-in-part"];

/**
 * Whether an amount is the bill, or only a limit of it: a surcharge or a fee that may come on top
 * makes it a floor, cached input counted at the full price a ceiling.
 */
export function boundOf({ notes }) {
  const floor = ON_TOP.some((note) => notes.includes(note));
  const ceiling = notes.includes("no-cache-price");
  return floor && ceiling ? "unsure" : floor ? "floor" : ceiling ? "ceiling" : "exact";
}

const BOUNDS = { exact: "", floor: "at least ", ceiling: "at most ", unsure: "roughly " };

/** "at least $4.52": of one day, or of so many */
export function boundText(cost, currency, { times: factor = 1n, divisor = cost.span ?? 1n } = {}) {
  return BOUNDS[boundOf(cost)] + money(cost.total * factor, currency, divisor);
}

/** A rate as the record has it, with at least two decimals: "$0.60", "$0.003625". */
function perMillion(rate, currency) {
  if (rate === undefined) return "not recorded";
  const text = /^\d+(\.\d)?$/.test(String(rate)) ? rate.toFixed(2) : String(rate);
  return `${{ USD: "$", CNY: "¥", EUR: "€" }[currency]}${text}`;
}

/** "2.15 times": how much a is of b. */
export function times(a, b) {
  if (!b) return "–";
  const hundredths = (200n * a + b) / (2n * b);
  if (hundredths < 10n) return a ? "under 0.1 times" : "0 times";
  return `${grouped(hundredths / 100n)}.${String(hundredths % 100n).padStart(2, "0")} times`;
}

const NOTES = {
  "no-cache-price": "No price for cached input is recorded: it is counted at the input price.",
  "cache-write": "Uncached input is counted at the fee for writing it to the cache.",
  "long-prompt": "Long-prompt surcharge: whole requests above the threshold pay it.",
  "prompt-unknown": "Has a long-prompt surcharge; left out, because the number of calls is not known.",
  "tools-unknown": "Fees of tools are not in it: what this seller asks is not on record.",
  "tools-in-part": "Some fees of tools are not in it: none is on record in this currency.",
  "no-input-price": "The input price that applies is not recorded: no amount.",
  "no-output-price": "The output price that applies is not recorded: no amount.",
};

/** Why a name has no price at a moment. */
export function whyNot({ offer, first, last }) {
  const on = (moment) => dayText(new Date(moment).toISOString().slice(0, 10));
  if (last) return `${offer.short} was retired: no price since ${on(last)}.`;
  if (first) return `${offer.short} was not on sale yet: its first price is of ${on(first)}.`;
  return `No price of ${offer.short} is on record for this moment.`;
}

/** That a call cannot be sent as it stands. */
const fitText = ({ tooLong, window }) =>
  `One call of ${grouped(tooLong)} tokens does not fit: the model's window is ${grouped(window)}.`;

/** What has to be known about a row, in sentences. */
export function remarks(row) {
  const { offer, price, cost, as } = row;
  if (!price) return [whyNot(row)];
  const told = cost.notes.filter((note) =>
    note !== "no-cache-price" || !cost.notes.includes("no-input-price"));
  const found = told.map((note) =>
    note === "long-prompt" || note === "prompt-unknown"
      ? `${NOTES[note]} Threshold: ${grouped(price.long_prompt.above_tokens)} tokens.`
      : NOTES[note]);
  if (row.tooLong) found.unshift(fitText(row));
  if (as) found.unshift(`The old name is still answered, and billed as ${as}.`);
  if (price.kind === "announced-not-applied") found.push("Announced; not in force when recorded.");
  else if (offer.record) found.push("Seen on one day; since when and until when is not recorded.");
  if (offer.record && price.note) found.push(price.note);
  if (price.kind === "promotion") found.push("A promotion, the price users paid.");
  return found;
}

/** The rates a bill is made of, per million tokens. */
function rates({ price, tier, cost, currency }) {
  const long = cost.notes.includes("long-prompt");
  const sets = price.rates ? [["", price.rates]]
    : tier === "share" ? [["off-peak ", price.off_peak], ["peak ", price.peak]]
      : [["", price[tier]]];
  if (long) sets.push(["long prompts ", price.long_prompt.rates ?? {}]);
  return sets.map(([name, set]) =>
    `${name}${["cache_hit", "cache_miss", "output"].map((field) => perMillion(set[field], currency)).join(" / ")}` +
    (cost.notes.includes("cache-write") && set.cache_write !== undefined
      ? ` (write ${perMillion(set.cache_write, currency)})` : ""));
}

/** The first cell of a row: the price, and below it its record and the day it was true. */
export function named(offer, price) {
  return h("span", {}, offer.label, price && h("br"), price && h("small", { class: "cost-where" },
    h("a", { href: recordAddress("prices", price.id) }, "Record"), `, as of ${dayText(price.as_of)}`));
}

/** When a price was true, who says so, and the links to its record and its sources. */
export function whereFrom(price, parties) {
  const by = parties.get(price.reported_by)?.name ?? price.reported_by;
  const links = price.sources.flatMap(({ key, at }) =>
    [h("a", { href: sourceAddress(key) }, key), at ? ` (${at}), ` : ", "]);
  links[links.length - 1] = links.at(-1).replace(/, $/, ".");
  return h("span", { class: "cost-where" },
    h("a", { href: recordAddress("prices", price.id) }, price.id),
    `: as of ${dayText(price.as_of)}, reported by ${price.reported_by === "us" ? "this site (computed)" : by}. `,
    "Sources: ", links);
}

/**
 * Cells of the table, as texts, for the screen, the clipboard and CSV.
 * @param {object[]} quotes rows {offer, price, as, tier, share, cost, currency}
 * @param {{count: bigint|null, hourly: bigint|null, days: number}} context count null: the number of
 *   calls is not known; days: days of work in 30 days
 */
export function tableOf(quotes, { count, hourly, days }) {
  const first = quotes[0];
  const headers = ["Price", "Per call", "Per day", monthName(days), "Against the first"];
  if (hourly !== null) headers.push("Break-even with your machine");
  headers.push("Hours", "Cached / uncached / output, per million tokens", "Remarks");
  const rows = quotes.map((row) => {
    const { offer, price, cost, currency } = row;
    const total = cost?.total ?? null;
    const comparable = total !== null && first.cost?.total && first.currency === currency;
    const cells = [
      offer.label,
      row.tooLong ? "does not fit" : total === null || !count ? "–" : boundText(cost, currency, { divisor: count }),
      total === null ? "no amount" : boundText(cost, currency),
      total === null ? "no amount" : boundText(cost, currency, { times: BigInt(days) }),
      row === first ? "the first" : comparable ? ratioText(row, first)
        : total !== null && first.currency !== currency ? "other currency" : "–",
    ];
    if (hourly !== null) cells.push(total !== null && first.currency === currency
      ? breakEven(hourly, cost, count) : "–");
    return [
      ...cells, price ? tierText(row) : "–", price ? rates(row).join("; ") : "–",
      remarks(row).join(" "),
    ];
  });
  return { headers, rows };
}

/** How much one row is of another, as surely as both are known. */
function ratioText(row, first) {
  const text = times(row.cost.total, first.cost.total);
  if (text.startsWith("under") && boundOf(row.cost) !== "exact") return "–";
  const [own, other] = [boundOf(row.cost), boundOf(first.cost)];
  if (own === "exact" && other === "exact") return text;
  if (other === "exact") return BOUNDS[own] + text;
  if (own === "exact" && other !== "unsure") return (other === "floor" ? "at most " : "at least ") + text;
  return `roughly ${text}`;
}

/** From how much use on a machine at so many millionths an hour costs no more than the price. */
function breakEven(hourly, { total, span = 1n }, count) {
  const own = hourly * 24n * (UNIT / 1_000_000n);
  if (!total) return "never: this workload costs nothing here";
  const much = `${times(own * span, total)} this workload`;
  return count ? `${grouped(callsToBreakEven(own, total, count))} calls a day (${much})` : much;
}

const low = (cost) => (["exact", "floor"].includes(boundOf(cost)) ? cost.total : 0n);
const high = (cost) => (["exact", "ceiling"].includes(boundOf(cost)) ? cost.total : null);

/** What can be said of which row is the cheapest, and no more. */
function cheapest(quotes) {
  const [first] = quotes;
  const fair = quotes.filter((row) => row.currency === first.currency && row.cost?.total !== undefined
    && row.cost?.total !== null && !row.tooLong);
  if (quotes.length < 2 || first.tooLong) return "";
  if (fair.length < 2) return " No other row can be compared with it.";
  const all = fair.length === quotes.length ? "" : " that can be compared";
  const best = fair.find((row) => high(row.cost) !== null && fair.every((other) =>
    other === row || low(other.cost) >= high(row.cost)));
  if (best === first) return ` No other row${all} is cheaper.`;
  if (best) return ` The cheapest row${all} is ${best.offer.short}: ${boundText(best.cost, best.currency)} a day.`;
  return " Some amounts are only limits, so which row is the cheapest cannot be said.";
}

/** The answer in a sentence or two. `days`: days of work in 30 days */
export function sentence(quotes, days) {
  const [first] = quotes;
  const { offer, price, cost, currency, tier } = first;
  const name = offer.short;
  if (!price) return whyNot(first);
  if (cost.total === null) return `${name}: a rate that this workload needs is not recorded.`;
  const hours = tier === "one" ? "" : `, ${tierText(first)}`;
  const month = boundText(cost, currency, { times: BigInt(days) });
  const text = `${boundText(cost, currency)} a day on ${name}${hours}; ${month} in ${monthName(days)}.`;
  return text[0].toUpperCase() + text.slice(1) + (first.tooLong ? ` ${fitText(first)}` : cheapest(quotes));
}

/** What of a month's bill is due to peak hours, in a sentence; empty where nothing is. */
export function surchargeText({ offer, surcharge, cost, currency }, days) {
  if (!surcharge) return "";
  const month = money(surcharge * BigInt(days), currency, cost.span);
  return `Of this, ${month} a month is the surcharge of peak hours on ${offer.short}.`;
}

/** The bill in one line, with the name that it is of. */
export function lineText(quotes, days) {
  const [{ offer, cost, currency }] = quotes;
  if (!cost || cost.total === null) return sentence(quotes, days);
  const month = boundText(cost, currency, { times: BigInt(days) });
  return `${offer.short}: ${boundText(cost, currency)} a day · ${month} in ${monthName(days)}`;
}

/** What the tokens cost, without the fees of tools, which are known of DeepSeek only. */
const tokens = ({ total, tools = 0n }) => total - tools;

/** Offers that may be added as the cheapest: of each seller and model the newest price, no plan. */
export function cheapestOf(quotes, currency, most) {
  const newest = new Map();
  for (const row of quotes) {
    const { price } = row;
    if (row.currency !== currency || !row.cost || row.cost.total === null || row.tooLong || row.as) continue;
    if (price.kind === "announced-not-applied" || row.cost.notes.includes("prompt-unknown")) continue;
    const name = `${price.seller} ${price.model}`;
    if (!(newest.get(name)?.price.as_of > price.as_of)) newest.set(name, row);
  }
  const order = ({ cost: a }, { cost: b }) => Number(tokens(a) > tokens(b)) - Number(tokens(a) < tokens(b));
  return [...newest.values()].sort(order).slice(0, most);
}
