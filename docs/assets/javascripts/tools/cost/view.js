// What the cost calculator shows: bars, table, sentences. Money comes from model.js.

import { UNIT, callsToBreakEven, grouped, moneyText } from "./model.js";
import { dayText } from "./offers.js";
import { recordAddress, sourceAddress } from "../../lib/data.js";
import { h, s } from "../../lib/ui.js";

export const PARTS = [
  ["cached", "Cached input", "--c-v4-pro"],
  ["uncached", "Uncached input", "--c-v4-flash"],
  ["output", "Output", "--c-v4-1"],
];

const TIERS = { one: "one price at all hours", off_peak: "off-peak", peak: "peak" };

/** "peak", "off-peak", "20.83% at peak". */
export function tierText(tier, peakShare) {
  return tier === "share" ? `${peakShare / 100}% at peak` : TIERS[tier];
}

const money = (amount, currency, divisor = 1n) => moneyText(amount, UNIT * divisor, currency);

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
  "no-input-price": "The input price that applies is not recorded: no amount.",
  "no-output-price": "The output price that applies is not recorded: no amount.",
};

/** What has to be known about a row, in sentences. */
export function remarks({ offer, price, cost }) {
  if (!price) return ["No price of this name is recorded for this moment."];
  const told = cost.notes.filter((note) =>
    note !== "no-cache-price" || !cost.notes.includes("no-input-price"));
  const found = told.map((note) =>
    note === "long-prompt" || note === "prompt-unknown"
      ? `${NOTES[note]} Threshold: ${grouped(price.long_prompt.above_tokens)} tokens.`
      : NOTES[note]);
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
 * @param {object[]} quotes rows {offer, price, tier, cost, currency}
 * @param {{count: bigint|null, hourly: bigint|null, peakShare: number|null}} context count null:
 *   the number of calls is not known
 */
export function tableOf(quotes, { count, hourly, peakShare }) {
  const first = quotes[0];
  const headers = [
    "Price", "Per call", "Per day", "30 days", "Against the first",
  ];
  if (hourly !== null) headers.push("Break-even with your machine");
  headers.push("Hours", "Cached / uncached / output, per million tokens", "Remarks");
  const rows = quotes.map((row) => {
    const { offer, price, cost, currency, tier } = row;
    const total = cost?.total ?? null;
    const comparable = total !== null && first.cost?.total && first.currency === currency;
    const cells = [
      offer.label,
      total === null || !count ? "–" : money(total, currency, count),
      total === null ? "no amount" : money(total, currency),
      total === null ? "no amount" : money(total * 30n, currency),
      row === first ? "the first" : comparable ? times(total, first.cost.total)
        : total !== null && first.currency !== currency ? "other currency" : "–",
    ];
    if (hourly !== null) cells.push(total !== null && first.currency === currency
      ? breakEven(hourly, total, count) : "–");
    return [
      ...cells, price ? tierText(tier, peakShare) : "–", price ? rates(row).join("; ") : "–",
      remarks(row).join(" "),
    ];
  });
  return { headers, rows };
}

/** From how much use on a machine at so many millionths an hour costs no more than the price. */
function breakEven(hourly, total, count) {
  const own = hourly * 24n * (UNIT / 1_000_000n);
  if (!total) return "never: this workload costs nothing here";
  const much = `${times(own, total)} this workload`;
  return count ? `${grouped(callsToBreakEven(own, total, count))} calls a day (${much})` : much;
}

/** Bars of the bill a day, in the currency of the first row, split by kind of token. */
export function bars(quotes, width) {
  const currency = quotes[0].currency;
  const drawn = quotes.filter((row) => row.currency === currency && row.cost?.total !== undefined
    && row.cost?.total !== null);
  const size = 13;
  const head = 26;
  const step = 50;
  const box = { width: Math.max(280, Math.round(width)), height: head + Math.max(1, drawn.length) * step };
  const text = (x, y, content, more = {}) => s("text", {
    x, y, "font-size": size, style: `fill: var(--ink); font-family: var(--sans)${more.style ?? ""}`,
    "text-anchor": more.anchor ?? "start",
  }, content);
  const svg = s("svg", {
    viewBox: `0 0 ${box.width} ${box.height}`, width: box.width, height: box.height, role: "img",
    "aria-label": `Cost a day: ${drawn.map((row) =>
      `${row.offer.short} ${money(row.cost.total, currency)}`).join("; ")}`,
  }, s("defs", {}, patterns()));
  let x = 0;
  for (const [part, name] of PARTS) {
    svg.append(s("rect", { x, y: 4, width: 14, height: 12, fill: `url(#cost-${part})`, stroke: "none" }),
      text(x + 18, 15, name));
    x += 28 + name.length * 6.9;
  }
  const largest = drawn.reduce((max, row) => (row.cost.total > max ? row.cost.total : max), 0n);
  drawn.forEach((row, index) => {
    const y = head + index * step;
    const amount = money(row.cost.total, currency);
    const room = Math.floor((box.width - amount.length * 9 - 8) / 8);
    const { short } = row.offer;
    const label = short.length > room ? `${short.slice(0, room - 1)}…` : short;
    svg.append(text(0, y + 16, label),
      text(box.width, y + 16, amount, { anchor: "end", style: "; font-weight: 600" }),
      s("rect", { x: 0, y: y + 23, width: box.width, height: 14, style: "fill: var(--paper-2)" }));
    let left = 0;
    for (const [part] of PARTS) {
      const share = largest ? Number((row.cost[part] * 1_000_000n) / largest) / 1_000_000 : 0;
      if (!share) continue;
      svg.append(s("rect", {
        x: left, y: y + 23, width: share * box.width, height: 14, fill: `url(#cost-${part})`,
        style: "stroke: var(--ink); stroke-width: 0.75",
      }));
      left += share * box.width;
    }
  });
  return svg;
}

/** Three fills that differ without color: lines, plain, dots. */
function patterns() {
  const pattern = (part, color, ...marks) => s("pattern", {
    id: `cost-${part}`, width: 6, height: 6, patternUnits: "userSpaceOnUse",
  }, s("rect", { width: 6, height: 6, style: `fill: var(${color})` }), ...marks);
  const mark = "var(--paper)";
  return PARTS.map(([part, , color]) => pattern(part, color, ...{
    cached: [s("path", { d: "M-1 7L7 -1M-1 1L1 -1M5 7L7 5", style: `stroke: ${mark}; stroke-width: 1.6; fill: none` })],
    uncached: [],
    output: [s("circle", { cx: 3, cy: 3, r: 1.3, style: `fill: ${mark}` })],
  }[part]));
}

/** The answer in a sentence or two. */
export function sentence(quotes, peakShare) {
  const [first] = quotes;
  const { offer, price, cost, currency, tier } = first;
  const name = offer.short;
  if (!price) return `No price of ${name} is recorded for this moment.`;
  if (cost.total === null) return `${name}: a rate that this workload needs is not recorded.`;
  const hours = tier === "one" ? "" : `, ${tierText(tier, peakShare)}`;
  const lowest = quotes
    .filter((row) => row.currency === currency && row.cost && row.cost.total !== null)
    .reduce((a, b) => (b.cost.total < a.cost.total ? b : a));
  const rest = quotes.length < 2 ? ""
    : lowest === first
      ? ` No other row ${quotes.some((row) => row.currency !== currency || !row.cost || row.cost.total === null) ? "that can be compared " : ""}is cheaper.`
      : ` The cheapest row is ${lowest.offer.short}: ` +
        `${money(lowest.cost.total, currency)} a day.`;
  return `${money(cost.total, currency)} a day on ${name}${hours}; ` +
    `${money(cost.total * 30n, currency)} in 30 days.${rest}`;
}
