// When work is done: days of the week, from, to, time zone; and how much of it falls into peak
// hours. DOM-free. Peak hours are those of model.js; a test counts them minute by minute.

import { DAY, WHOLE, isPeak } from "./model.js";
import { instantAt, wallTime } from "./offers.js";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
/** Days over which a bill of a month is counted. */
export const MONTH = 30;

/**
 * Days as they stand in an address: "mon-fri", "all", "mon.wed".
 * @returns {string[]|undefined} in the order of the week; undefined if it is no such list
 */
export function parseDays(text) {
  if (text === "all") return WEEKDAYS;
  if (text === "mon-fri") return WEEKDAYS.slice(0, 5);
  const named = String(text).split(".");
  const fine = named.every((day) => WEEKDAYS.includes(day));
  return fine ? WEEKDAYS.filter((day) => named.includes(day)) : undefined;
}

/** The reverse of parseDays. */
export function daysText(days) {
  const text = WEEKDAYS.filter((day) => days.includes(day)).join(".");
  return { [WEEKDAYS.join(".")]: "all", [WEEKDAYS.slice(0, 5).join(".")]: "mon-fri" }[text] ?? text;
}

/**
 * A time of day as people write it: "9", "9:30", "17.30", "0930", "5 pm", "24:00".
 * @returns {{value: string}|{error: string}} "09:30"; "24:00" only as an end
 */
export function parseTime(text, { end = false } = {}) {
  const bare = String(text).normalize("NFKC").trim().toLowerCase();
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:(am|pm|a\.m\.|p\.m\.)|h|uhr|o'clock)?$/.exec(bare);
  if (!match) return { error: "Write a time of day, such as 9:00 or 17:30." };
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (match[3]) {
    if (hour < 1 || hour > 12) return { error: "With am or pm the hour is 1 to 12." };
    hour = (hour % 12) + (match[3].startsWith("p") ? 12 : 0);
  }
  const whole = hour === 24 && minute === 0;
  if (minute > 59 || (hour > 23 && !(whole && end))) {
    return { error: "Write a time of day, from 0:00 to 23:59; an end may be 24:00." };
  }
  return { value: `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}` };
}

/** Whether a text names a time zone that this browser knows. */
export function isZone(text) {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: text });
    return /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(text);
  } catch {
    return false;
  }
}

const weekdayOf = (date) => WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7];
const later = (date, days) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/**
 * The stretches of work in some days on the calendar of the schedule's zone.
 * @param {{days: string[], from: string, to: string, zone: string}} schedule an end that is not
 *   after the beginning is on the next day
 * @param {string} first "2026-11-29" @param {number} count days from then on
 * @returns {[number, number][]} instants, half-open; one for each day of work
 */
export function stretches({ days, from, to, zone }, first, count) {
  const out = [];
  for (let index = 0; index < count; index += 1) {
    const date = later(first, index);
    if (!days.includes(weekdayOf(date))) continue;
    const over = to === "24:00" || to <= from;
    const begin = instantAt(`${date}T${from}`, zone);
    const end = instantAt(`${over ? later(date, 1) : date}T${to === "24:00" ? "00:00" : to}`, zone);
    out.push([begin, Math.max(begin, end)]);
  }
  return out;
}

/** The rule of a scheme for all times: a bill of a month may run past what is recorded of it. */
const always = (scheme) => ({ ...scheme, from: "0001-01-01T00:00:00Z", to: undefined });

/**
 * Minutes of work and how many of them are peak.
 * @param {object|null} scheme peak scheme, null for a price without peak hours
 * @returns {{days: number, minutes: number, peak: number}}
 */
export function count(schedule, scheme, first, number) {
  const rule = scheme && always(scheme);
  // Windows of all schemes begin on quarters of an hour, and so do the days of every zone.
  const quarters = rule?.windows_utc.flat().every((time) => Number(time.slice(3)) % 15 === 0);
  const step = quarters ? QUARTER : MINUTE;
  let minutes = 0;
  let peak = 0;
  const found = stretches(schedule, first, number);
  for (const [begin, end] of found) {
    minutes += (end - begin) / MINUTE;
    for (let at = Math.floor(begin / step) * step; rule && at < end; at += step) {
      if (isPeak(rule, at)) {
        peak += (Math.min(end, at + step) - Math.max(begin, at)) / MINUTE;
      }
    }
  }
  return { days: found.length, minutes, peak };
}

/** A share in hundredths of a percent, half up. @returns {number|null} null without any work */
export function share({ minutes, peak }) {
  return minutes ? Math.floor((2 * peak * WHOLE + minutes) / (2 * minutes)) : null;
}

/**
 * The share in a common week of January and of July of a year, holidays left out: clocks that
 * change move peak hours.
 */
export function seasons(schedule, scheme, year) {
  const common = { ...scheme, holidays: [] };
  return ["01-12", "07-13"].map((day) => share(count(schedule, common, `${year}-${day}`, 7)));
}

const NAMES = {
  mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday",
  sat: "Saturday", sun: "Sunday",
};

/** "Monday to Friday, 09:00 to 17:00, Europe/Berlin" */
export function inWords({ days, from, to, zone }) {
  const text = daysText(days);
  const named = text === "all" ? "every day" : text === "mon-fri" ? "Monday to Friday"
    : days.map((day) => NAMES[day]).join(", ");
  const hours = from === to || (from === "00:00" && to === "24:00") ? "round the clock"
    : `${from} to ${to}${to !== "24:00" && to < from ? " of the next day" : ""}`;
  return `${named}, ${hours}, ${zone.replaceAll("_", " ")}`;
}

/** The day on the calendar of a zone. */
export const dateIn = (moment, zone) => wallTime(moment, zone).slice(0, 10);

/** "30 days", or how many of them are days of work. */
export function monthName(days) {
  return days === MONTH ? `${MONTH} days` : `${MONTH} days, ${days} of work`;
}
