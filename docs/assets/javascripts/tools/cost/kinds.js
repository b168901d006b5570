// The kinds of calls of a workload, as they stand in an address and as the model takes them. DOM-free.
//
// A kind is four numbers and what they mean: "0.900.100.10000" (cached, uncached, output, calls a
// day); "….sum" a sum over calls of unknown number; "….grow.40" a context that grows over 40 calls,
// from the first number to the second; "….month" last: the fourth number is of 30 days, not of one.

import { calls, growing } from "./workload.js";
import { MAX_DIGITS, parseWhole } from "./offers.js";

export const MAX_KINDS = 4;
/** Calls over which one context may grow: each of them is priced, at every price, at every key. */
export const MAX_GROWN = 2000;

/**
 * The workloads of the page "Against its rivals", each as kinds of calls a day:
 * [cached, uncached, output, calls, whole] (whole: a sum over calls of unknown number).
 */
export const PRESETS = {
  codebase: {
    name: "Codebase assistant: 600,000 tokens kept in view, 31 questions",
    where: "pricing/examples/#codebase",
    writeCache: true,
    kinds: "0.600000.2000.1_600000.4000.2000.30",
  },
  archive: {
    name: "Document archive: 10,000 pages read once",
    where: "pricing/examples/#archive",
    writeCache: false,
    kinds: "0.900.100.10000",
  },
  coding: {
    name: "Coding agent: 500 calls of 102,000 tokens (an assumption)",
    where: "pricing/calculator/#coding-agent",
    writeCache: false,
    kinds: "100000.2000.500.500",
  },
  agent: {
    name: "Agent day: one user's day, number of calls unknown",
    where: "pricing/examples/#agent",
    writeCache: false,
    kinds: "435000000.770000.180000.1.sum",
  },
  chat: {
    name: "Chat app: 1,000 replies",
    where: "pricing/rivals/#autumn",
    writeCache: false,
    kinds: "0.1500.400.1000",
  },
};

const NUMBERS = ["cached", "uncached", "output", "count"];
const KIND = new RegExp(
  String.raw`^(\d{1,${MAX_DIGITS}})\.(\d{1,${MAX_DIGITS}})\.(\d{1,${MAX_DIGITS}})\.(\d{1,${MAX_DIGITS}})` +
  String.raw`(?:\.(sum)|\.grow\.(\d{1,4}))?(\.month)?$`,
);

/** What is wrong with a context that grows, in words; "" for every other kind. */
export function wrongGrowth({ cached, uncached, grow }) {
  if (!grow) return "";
  if (grow < 2 || grow > MAX_GROWN) return `A context grows over 2 to ${MAX_GROWN.toLocaleString("en-US")} calls.`;
  return BigInt(uncached) < BigInt(cached) ? "The last call must not be shorter than the first." : "";
}

/**
 * The kinds of calls as they stand in an address, joined by "_".
 * @returns {{cached: string, uncached: string, output: string, count: string, sum: boolean,
 *   grow: number, month: boolean}[]|undefined} grow: calls over which the context grows, 0 if it
 *   does not; undefined if anything in the text is not as it should be
 */
export function parseKinds(text) {
  const rows = text.split("_").map((part) => {
    const found = KIND.exec(part);
    if (!found) return undefined;
    const [, cached, uncached, output, count, sum, grow, month] = found;
    const row = { cached, uncached, output, count, sum: Boolean(sum), grow: Number(grow ?? 0), month: Boolean(month) };
    return (grow !== undefined && !row.grow) || wrongGrowth(row) ? undefined : row;
  });
  return rows.length <= MAX_KINDS && !rows.includes(undefined) ? rows : undefined;
}

/** Rows of texts as they go into the address. Unreadable numbers make it undefined. */
export function kindsText(rows) {
  const parts = rows.map((row) => {
    const numbers = NUMBERS.map((name) => parseWhole(row[name]));
    if (numbers.some((number) => number.error) || wrongGrowth(row)) return undefined;
    return [...numbers.map(({ value }) => value), ...(row.sum ? ["sum"] : []),
      ...(row.grow ? ["grow", row.grow] : []), ...(row.month ? ["month"] : [])].join(".");
  });
  return parts.includes(undefined) ? undefined : parts.join("_");
}

/**
 * Over how many days a workload is counted: one day, or the days of work of a month where a number
 * of calls is one of a month. @param {number} days days of work in 30 days
 */
export function spanOf(text, days) {
  return parseKinds(text)?.some(({ month }) => month) ? BigInt(days) : 1n;
}

/**
 * A workload for cost(), over spanOf(text, days) days, from a text that parseKinds accepts.
 * @throws {RangeError} else
 */
export function workloadOf(text, days = 30) {
  const rows = parseKinds(text);
  if (!rows) throw new RangeError(`not a workload: ${text}`);
  const span = spanOf(text, days);
  return rows.flatMap((row) => {
    const [cached, uncached, output, number] = NUMBERS.map((name) => BigInt(row[name]));
    const count = row.month ? number : number * span;
    return row.grow ? growing(cached, uncached, row.grow, { output, count })
      : [calls({ cached, uncached, output, count, promptKnown: !row.sum })];
  });
}

/** The longest prompt that is sent as one call; 0n if no call is known by itself. */
export const longestPrompt = (workload) => workload.reduce((most, { cached, uncached, count, promptKnown }) =>
  (promptKnown && count && cached + uncached > most ? cached + uncached : most), 0n);
