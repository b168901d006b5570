// Days of as-of reading: what is known of a day, and which record held on it. Knows no page.

import { MONTHS, day as inWords } from "../../lib/dates.js";

export { inWords };

export const DAYS = [
  ["2026-04-24", "Preview (April 24, 2026)"],
  ["2026-07-31", "V4-Flash final (July 31, 2026)"],
  ["2026-08-13", "V4-Pro final (August 13, 2026)"],
  ["2026-09-10", "V4.1-Flash (September 10, 2026)"],
];

// "Jan" and "January", but not "Janus".
const MONTH = `(${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3) || "(?!)"})?`).join("|")})\\b\\.?`;
const SEASON = "\\b(spring|summer|autumn|winter)";
const LAST_MONTH = { spring: 5, summer: 8, autumn: 11, winter: 12 };

/** A day as YYYY-MM-DD if `text` is one that exists, else "". */
export function parseDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? "")) return "";
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text) ? text : "";
}

/** The first instant after a day (UTC); texts of instants sort like the instants. */
export function endOf(day) {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3600 * 1000);
  return next.toISOString().replace(".000Z", "Z");
}

/**
 * Whether something of `since` (YYYY, YYYY-MM, YYYY-MM-DD or an instant) was there at the end of
 * `day`: "by", "later", or "unsure" where only the month or the year is known and `day` is in it.
 */
export function timing(since, day) {
  const start = since.slice(0, 10);
  const same = day.slice(0, start.length);
  if (start > same) return "later";
  return start.length < 10 && start === same ? "unsure" : "by";
}

/** Whether a state of a price, [id, since, until], held at the end of `day`, UTC. */
function held([, since, until], day) {
  const end = endOf(day);
  return since < end && (until === null || until >= end);
}

/** The state of a line of prices at the end of `day`: of what was only seen, the last by then. */
export function stateOn(line, day) {
  const found = line.states.filter(
    line.kind === "seen" ? ([, since]) => timing(since, day) === "by" : (state) => held(state, day),
  );
  return found.at(-1) ?? null;
}

/** Whether more than one price of a line held in the course of `day`. */
export function changedOn(line, day) {
  if (line.kind !== "dated") return false;
  const [start, end] = [`${day}T00:00:00Z`, endOf(day)];
  return line.states.filter(([, since, until]) => since < end && (until === null || until > start)).length > 1;
}

/** The state that held at the end of `day`, of those of data/history.json under "values". */
export function valueOn(states, day) {
  let found = null;
  for (const state of states) if (timing(state.since, day) === "by") found = state;
  return found && (found.until === null || found.until >= endOf(day)) ? found : null;
}

/** Why a line has no price on `day`, in words. */
export function absence(line, day, lines) {
  const when = inWords(day);
  if (line.kind === "never") return `announced, never in force: not a price of ${when}`;
  const first = line.states[0];
  if (line.kind === "dated" && first[1] >= endOf(day)) return `not on sale on ${when}`;
  const next = Object.values(lines).find(
    (other) => other.name === line.successor && stateOn(other, day),
  );
  return next
    ? `no price of its own on record for ${when}; ${next.name} takes its place`
    : `no price on record for ${when}`;
}

function pad(number) {
  return String(number).padStart(2, "0");
}

/**
 * Every date that a text speaks of, as precise as it is.
 * @param {string} year what a date without a year is of; "" to leave those out
 */
export function datesIn(text, year = "") {
  const out = [];
  let rest = text;
  const month = (name) => pad(MONTHS.findIndex((full) => full.startsWith(name.slice(0, 3))) + 1);
  function take(pattern, flags, date) {
    rest = rest.replace(new RegExp(pattern, flags), (...found) => {
      out.push(date(...found));
      return " ";
    });
  }
  const written = (y, m, d) => (d ? `${y}-${month(m)}-${pad(d)}` : `${y}-${month(m)}`);
  take("\\b(20\\d\\d)-(\\d\\d)(?:-(\\d\\d))?(?!\\d)", "g", (_, y, m, d) => (d ? `${y}-${m}-${d}` : `${y}-${m}`));
  take(`\\b${MONTH} (?:(\\d{1,2}), )?(20\\d\\d)\\b`, "g", (_, m, d, y) => written(y, m, d));
  take(`${SEASON}(?: of)? (20\\d\\d)\\b`, "gi", (_, season, y) => `${y}-${pad(LAST_MONTH[season.toLowerCase()])}`);
  if (year) {
    take("^\\W*(?:[a-z]+ )?([01]\\d)-([0-3]\\d)(?![\\d-])", "", (_, m, d) => `${year}-${m}-${d}`);
    take(`\\b${MONTH}(?: (\\d{1,2})\\b)?`, "g", (_, m, d) => written(year, m, d));
    // Summer and winter are also what clocks and hours are named after.
    take("\\b(spring|autumn)\\b", "gi", (_, season) => `${year}-${pad(LAST_MONTH[season.toLowerCase()])}`);
  }
  return out;
}

/** A finder of names: which of `names` (name to first day, longest first) a text speaks of. */
export function finder(names) {
  const escaped = Object.keys(names).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  // Neither "V4" in "V4.1" nor "V4-Flash" in "V4-Flash-0731" is meant.
  const pattern = escaped.length ? new RegExp(`(?<![\\w.-])(?:${escaped.join("|")})(?![\\w-]|\\.\\w)`, "g") : /$^/g;
  return (text) => [...text.matchAll(pattern)].map(([name]) => name);
}
