// Days, views and places of the timeline. A day is a whole number: days since 1970-01-01, without
// a time of day, so that no time zone can move an event. Nothing here touches the page.

export const LANES = ["models", "prices", "company", "research", "chips", "rules", "markets", "politics"];
export const UNITS = ["month", "quarter", "year"];
export const FIRST_DAY = "2010-01-01";
export const LAST_DAY = "2030-12-31";

const DAY = 86_400_000;
const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const fromParts = (year, month, date) => Math.round(Date.UTC(year, month, date) / DAY);
const parts = (day) => {
  const date = new Date(day * DAY);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
};

/** A day as YYYY-MM-DD. @param {number} day */
export function dayText(day) {
  if (!Number.isInteger(day)) throw new RangeError(`not a whole day: ${day}`);
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/**
 * A day from exactly YYYY-MM-DD.
 * @param {string} text
 * @returns {number | undefined} undefined for what is no day of the calendar or out of
 *   FIRST_DAY to LAST_DAY
 */
export function parseDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < FIRST_DAY || text > LAST_DAY) return undefined;
  const [year, month, date] = text.split("-").map(Number);
  const day = fromParts(year, month - 1, date);
  return dayText(day) === text ? day : undefined;
}

/**
 * First day and last day of a date that is as precise as its source.
 * @param {string} text YYYY, YYYY-MM or YYYY-MM-DD
 * @throws {RangeError} if it is none of these
 */
export function spanOf(text) {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!match) throw new RangeError(`not a date: ${text}`);
  const [year, month, date] = match.slice(1).map((part) => part && Number(part));
  if (date) return [fromParts(year, month - 1, date), fromParts(year, month - 1, date)];
  if (month) return [fromParts(year, month - 1, 1), fromParts(year, month, 0)];
  return [fromParts(year, 0, 1), fromParts(year, 11, 31)];
}

/** First and last day of an event, its end date included. */
export function eventSpan(event) {
  const [first, last] = spanOf(event.date);
  return [first, event.end_date ? Math.max(last, spanOf(event.end_date)[1]) : last];
}

/** Events in order of their first day; less precise dates before exact ones of the same day. */
export function inOrder(events) {
  return events
    .map((event) => ({ event, span: eventSpan(event) }))
    .sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1] ||
      LANES.indexOf(a.event.lane) - LANES.indexOf(b.event.lane) || (a.event.id < b.event.id ? -1 : 1))
    .map(({ event }) => event);
}

/**
 * Events that touch the view, in order.
 * @param {object[]} events records of data/events
 * @param {{from: number, to: number, lanes: Set<string>, text?: string}} view days, both included
 */
export function visible(events, { from, to, lanes, text = "" }) {
  if (!(from <= to)) throw new RangeError("'from' must not be later than 'to'");
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return inOrder(events).filter((event) => {
    const [first, last] = eventSpan(event);
    if (last < from || first > to || !lanes.has(event.lane)) return false;
    const hay = [event.title, event.text, event.note, event.lane, event.date].join(" ").toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

const LETTER = 6.9;
const LONGEST = 34;

/** The few words of an event for a mark: its name, or the beginning of its title in whole words. */
export function nameOf({ name, title }) {
  if (name) return name;
  if (title.length <= LONGEST) return title;
  return `${title.slice(0, LONGEST).replace(/[\s,:;]*\S*$/, "")}…`;
}

/**
 * Which events carry their name: those of more weight, and all in a view of a month or less. On a
 * narrow drawing there is room from a quarter on.
 */
export function named(event, from, to, narrow) {
  const days = to - from + 1;
  return days <= 31 ? !narrow || event.major : Boolean(event.major) && (!narrow || days <= 92);
}

/**
 * Where the name of a mark stands: on its right, or on its left where the drawing ends.
 * @param {{start: number, end: number}} mark
 * @param {string} name
 * @param {{left: number, right: number}} drawing
 * @returns {{start: number, end: number, at: number, anchor: string} | null} the room of mark and
 *   name together; null if there is none on either side
 */
export function beside({ start, end }, name, { left, right }) {
  const wide = name.length * LETTER;
  if (end + 4 + wide <= right) return { start, end: end + 4 + wide, at: end + 4, anchor: "start" };
  if (start - 4 - wide >= left) return { start: start - 4 - wide, end, at: start - 4, anchor: "end" };
  return null;
}

/** The calendar month, quarter or year that holds a day: [first, last]. */
export function around(unit, day) {
  const [year, month] = parts(day);
  if (unit === "month") return [fromParts(year, month, 1), fromParts(year, month + 1, 0)];
  if (unit === "quarter") {
    const start = month - (month % 3);
    return [fromParts(year, start, 1), fromParts(year, start + 3, 0)];
  }
  if (unit === "year") return [fromParts(year, 0, 1), fromParts(year, 11, 31)];
  throw new RangeError(`unknown unit '${unit}'`);
}

/** Which calendar unit a view is exactly, or null. */
export function unitOf(from, to) {
  return UNITS.find((unit) => {
    const [first, last] = around(unit, from);
    return first === from && last === to;
  }) ?? null;
}

/**
 * The view before (-1) or after (1): the neighboring calendar unit, or as many days.
 * @returns {[number, number]} kept within FIRST_DAY and LAST_DAY: unchanged if it would leave them
 */
export function shifted(from, to, direction) {
  const unit = unitOf(from, to);
  const length = to - from + 1;
  const next = unit
    ? around(unit, direction < 0 ? from - 1 : to + 1)
    : [from + direction * length, to + direction * length];
  const inside = next[0] >= parseDay(FIRST_DAY) && next[1] <= parseDay(LAST_DAY);
  return inside ? next : [from, to];
}

/** The day to zoom in on: the middle event of the view, or the middle of an empty one. */
export function centerOf(events, from, to) {
  if (!events.length) return Math.floor((from + to) / 2);
  const first = eventSpan(events[Math.floor((events.length - 1) / 2)])[0];
  return Math.min(Math.max(first, from), to);
}

/**
 * Marks of the axis, at least `room` units of length apart.
 * @param {number} from first day
 * @param {number} to last day
 * @param {number} width length of the axis
 * @returns {{day: number, text: string, strong: boolean}[]} strong: a year (or month) begins
 */
export function ticks(from, to, width, room = 38) {
  const perDay = width / (to - from + 1);
  const out = [];
  const step = (choices, unit) => choices.find((n) => n * unit * perDay >= room);
  const days = step([1, 2, 5, 10], 1);
  const months = step([1, 2, 3, 6], 30);
  if (days && to - from <= 62) {
    for (let day = from; day <= to; day += 1) {
      const [, month, date] = parts(day);
      if (date === 1) out.push({ day, text: `${MONTH_NAMES[month]} 1`, strong: true });
      else if (date % days === 0) out.push({ day, text: String(date), strong: false });
    }
    return apart(out, perDay, room * 0.6);
  }
  const [firstYear] = parts(from);
  const [lastYear] = parts(to);
  if (months) {
    for (let year = firstYear; year <= lastYear; year += 1) {
      for (let month = 0; month < 12; month += months) {
        const day = fromParts(year, month, 1);
        if (day >= from && day <= to) {
          out.push({ day, text: month ? MONTH_NAMES[month] : String(year), strong: !month });
        }
      }
    }
    return out;
  }
  const years = step([1, 2, 5], 365) ?? 10;
  for (let year = Math.ceil(firstYear / years) * years; year <= lastYear; year += years) {
    const day = fromParts(year, 0, 1);
    if (day >= from) out.push({ day, text: String(year), strong: true });
  }
  return out;
}

/** Leave out weak marks that come too close to the one before or to a strong one after. */
function apart(list, perDay, room) {
  const kept = [];
  for (const [index, tick] of list.entries()) {
    const next = list.slice(index + 1).find((other) => other.strong);
    const before = kept.at(-1);
    const near = (other) => other && Math.abs(other.day - tick.day) * perDay < room;
    if (!tick.strong && (near(before) || near(next))) continue;
    kept.push(tick);
  }
  return kept;
}

/**
 * Levels so that nothing overlaps: each item gets the lowest level that is free where it begins.
 * @param {{start: number, end: number}[]} items ends beyond starts
 * @returns {number[]} level of each item, from 0
 */
export function levels(items, gap = 2) {
  const ends = [];
  const out = [];
  const order = items.map((_, index) => index).sort((a, b) => items[a].start - items[b].start || a - b);
  for (const index of order) {
    const { start, end } = items[index];
    let level = ends.findIndex((free) => free + gap <= start);
    if (level < 0) level = ends.length;
    ends[level] = end;
    out[index] = level;
  }
  return out;
}
