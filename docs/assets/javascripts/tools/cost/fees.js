// Fees of DeepSeek's API beside tokens: searches, fetched pages, parsed pages, speech.

import { UNIT, moneyText } from "./model.js";
import { echoOf, field } from "./fields.js";
import { dayText, parseWhole } from "./offers.js";
import { recordAddress } from "../../lib/data.js";
import { spoken } from "../../lib/numbers.js";
import { h } from "../../lib/ui.js";

/** Things that are billed by number, with the record of their fee in each currency. */
const THINGS = [
  ["searches", "Searches", { USD: "fee-search-api", CNY: "fee-search-api-cny" }],
  ["fetches", "Pages fetched", { USD: "fee-fetch-api", CNY: "fee-fetch-api-cny" }],
  ["scans", "Pages parsed or read by OCR", { CNY: "fee-document-parsing" }],
  ["speech", "Characters spoken", { CNY: "fee-text-to-speech" }],
];
const PER = { thousand: 1000n, "ten-thousand": 10_000n };

/** Numbers as they stand in an address, "100.0.0.0". @returns {bigint[]|undefined} */
export function parseTools(text) {
  const parts = text.split(".");
  const fine = parts.length === THINGS.length && parts.every((part) => /^\d{1,15}$/.test(part));
  return fine ? parts.map(BigInt) : undefined;
}

/** A fee as millionths of its currency for `per` things. */
function feeOf(fact) {
  const [, , per] = /^(usd|cny)-per-(ten-thousand|thousand)-/.exec(fact.unit) ?? [];
  const [whole, fraction = ""] = String(fact.value).split(".");
  return { amount: BigInt(whole + fraction.padEnd(6, "0").slice(0, 6)), per: PER[per] };
}

/**
 * What the things cost a day in a currency.
 * @param {bigint[]} numbers @param {Object<string, object>} facts records of the fees
 * @returns {{total: bigint, per: bigint, without: string[]}} total in millionths over `per`;
 *   without: things whose fee in this currency is not on record
 */
export function feesOf(numbers, facts, currency) {
  const per = 10_000n;
  const without = [];
  let total = 0n;
  THINGS.forEach(([, name, records], index) => {
    if (!numbers[index]) return;
    const fact = facts[records[currency]];
    if (!fact) { without.push(name.toLowerCase()); return; }
    const fee = feeOf(fact);
    total += (numbers[index] * fee.amount * per) / fee.per;
  });
  return { total, per, without };
}

/** The part of the form. Keeps state.tools. */
export function feesPart(state, facts, update) {
  const numbers = parseTools(state.tools);
  const fields = THINGS.map(([, label], index) => field(`${label} a day`, {
    value: spoken(numbers[index]),
    check: (text) => parseWhole(text).error ?? "",
    echo: (text) => echoOf(parseWhole(text)),
    onvalue: (text, bad) => {
      if (!bad) numbers[index] = parseWhole(text).value;
      state.tools = numbers.join(".");
      update();
    },
  }).wrap);
  const links = THINGS.flatMap(([, name, records]) => Object.values(records)
    .filter((id) => facts[id])
    .map((id) => h("li", {}, h("a", { href: recordAddress("facts", id) }, facts[id].label),
      `: ${facts[id].shown}, as of ${facts[id].as_of}`)));
  const details = h("details", { class: "cost-fees", open: numbers.some(Boolean) },
    h("summary", {}, "Tools: search, reading pages, OCR, speech"),
    h("div", { class: "explorer-controls" }, fields),
    h("ul", { class: "cost-notes" }, links));
  return details;
}

/** What the fees are and where they are counted, in words; empty where there are none. */
export function feesText(numbers, facts, { price, cost, currency }, days) {
  if (!numbers.some(Boolean) || !price) return "";
  if (price.seller !== "deepseek") {
    return "Tools: DeepSeek's fees are in the totals of its own rows only. What this seller asks is not on record here.";
  }
  const { without } = feesOf(numbers, facts, currency);
  const money = (times) => moneyText(cost.tools * times, UNIT * cost.span, currency);
  const gap = without.length ? ` No fee in this currency is on record for: ${without.join(", ")}.` : "";
  const newest = THINGS.map(([, , records]) => facts[records[currency]]?.as_of ?? "").sort().at(-1);
  return `Of this, tools are ${money(1n)} a day, ${money(BigInt(days))} a month, by DeepSeek's fees for ` +
    `successful requests as of ${dayText(newest)}. Other sellers' fees are not on record here; their totals are without.${gap}`;
}
