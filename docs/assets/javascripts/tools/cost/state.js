// What of the calculator stands in an address, and how it is read from there.

import { PRESETS, parseKinds } from "./kinds.js";
import { instantAt, parseHourly, parseRows, parseShare, wallTime } from "./offers.js";
import { parseTools } from "./fees.js";
import { workDays } from "./hours.js";
import { isZone, parseDays, parseTime } from "./schedule.js";
import { boolean, oneOf, readState } from "../../lib/state.js";

export const PREFIX = "cost";
const DEFAULT_ROWS = [
  "deepseek.deepseek-flash.usd", "deepseek.deepseek-v4-pro.usd", "openai-gpt-6-luna-2026-10",
  "anthropic-claude-haiku-5-5-2026-10",
];
const OLDER_ZONES = { utc: "UTC", beijing: "Asia/Shanghai" };

const timeOr = (end) => (text) => parseTime(text.replace(".", ":"), { end }).value;

/** The shape of the state in the address; `known`: ids of offers. */
export function shape(known) {
  return {
    rows: {
      label: "price", separator: "_",
      default: DEFAULT_ROWS.filter((id) => known.has(id)).join("_") || [...known][0],
      parse: (text) => parseRows(text, known),
    },
    kinds: { label: "kinds of calls", default: PRESETS.archive.kinds, parse: (text) => (parseKinds(text) ? text : undefined) },
    write: { label: "writing to the cache", default: false, parse: boolean },
    when: { label: "kind of hours", default: "schedule", parse: oneOf(["schedule", "at", "share"]) },
    days: { label: "days of work", default: "all", parse: (text) => (parseDays(text) ? text : undefined) },
    kept: { label: "days of work beside a share", default: false, parse: boolean },
    from: { label: "from", default: "00:00", parse: timeOr(false) },
    to: { label: "to", default: "24:00", parse: timeOr(true) },
    zone: {
      label: "time zone",
      default: "UTC",
      parse: (text) => OLDER_ZONES[text] ?? (isZone(text) ? text : undefined),
    },
    share: {
      label: "share of peak hours",
      default: "20.83",
      parse: (text) => (parseShare(text).error ? undefined : String(parseShare(text).value / 100)),
    },
    hour: { label: "cost of your machine", default: "", parse: (text) => (parseHourly(text).error ? undefined : text) },
    tools: { label: "tools", default: "0.0.0.0", parse: (text) => (parseTools(text) ? text : undefined) },
    t: { label: "moment", default: "", parse: (text) => (instantAt(text, "UTC") === undefined ? undefined : text) },
    p: { label: "ids of prices", default: "", parse: (text) => (/^[a-z0-9_-]{1,1000}$/.test(text) ? text : undefined) },
  };
}

/**
 * The state in an address. In links that were made before days of work counted beside a share or
 * one moment, those days had no effect, and they have none now.
 */
export function readCost(form, search = location.search) {
  const state = readState(PREFIX, form, search);
  if (state.when !== "schedule" && !state.kept) state.days = "all";
  return state;
}

/** Whether an address has to say that its days of work count. */
export const keepsDays = ({ when, days }) => when !== "schedule" && days !== "all";

/** Days of work in the 30 days of an address. @param {number} now where it names no moment */
export function workDaysOf(search, now) {
  const state = readCost(shape(new Set()), search);
  return workDays(state, state.t ? instantAt(state.t, "UTC") : instantAt(wallTime(now, "UTC"), "UTC"));
}
