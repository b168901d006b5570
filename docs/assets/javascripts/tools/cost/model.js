// What a workload costs: the price in force, the hours that are dear, and the bill.
// Repeats scripts/model/cost.py, name by name; a test compares the two.
//
// Everything is exact: amounts are BigInt, in 1/UNIT of the currency (10^-16). A rate is money per
// million tokens with at most six decimals; the share of a workload in peak hours is given in
// hundredths of a percent (0 to WHOLE). Nothing is rounded before moneyText.
// Instants are milliseconds since 1970 (Date.now(), Date.parse). Intervals are half-open: "from"
// belongs to them, "to" does not. Records are those of /data/prices.json, /data/peak_schemes.json.

import { whole } from "./workload.js";
import { grouped } from "../../lib/numbers.js";

export { calls } from "./workload.js";

const RATE_DECIMALS = 6;
export const WHOLE = 10_000;
export const UNIT = 10n ** BigInt(6 + RATE_DECIMALS) * BigInt(WHOLE);
export const IN_FORCE = ["list", "promotion"];
export const DAY = 86_400_000;
const QUARTER = 900_000;
const SYMBOLS = { USD: "$", CNY: "¥", EUR: "€" };

/** Milliseconds of an ISO instant. @throws {RangeError} if it is none */
export function instant(text) {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new RangeError(`not an instant: ${text}`);
  return value;
}

function finite(moment) {
  if (typeof moment !== "number") throw new TypeError("an instant is a number of milliseconds");
  if (!Number.isFinite(moment)) throw new RangeError("an instant must be finite");
}

/** Whether a price was charged at an instant. Snapshots and announcements never are. */
export function covers(price, moment) {
  finite(moment);
  return (
    IN_FORCE.includes(price.kind ?? "list") &&
    price.from !== undefined &&
    instant(price.from) <= moment &&
    (price.to === undefined || moment < instant(price.to))
  );
}

/**
 * The price of an API name at an instant, null if none is recorded.
 * @throws {RangeError} if the records contradict each other
 */
export function priceInForce(prices, seller, apiName, currency, moment) {
  const found = prices.filter(
    (price) =>
      price.seller === seller &&
      price.api_name === apiName &&
      price.currency === currency &&
      covers(price, moment),
  );
  if (found.length > 1) {
    throw new RangeError(`two prices at once: ${found.map((price) => price.id).join(", ")}`);
  }
  return found[0] ?? null;
}

/** "09:30" in minutes since midnight; "24:00" is the end of the day. @throws {RangeError} */
function minutes(text) {
  const match = /^(\d\d):(\d\d)$/.exec(text);
  const [hour, minute] = match ? [Number(match[1]), Number(match[2])] : [NaN, NaN];
  const total = hour * 60 + minute;
  if (!(minute < 60 && total <= 24 * 60)) throw new RangeError(`not a time of day: ${text}`);
  return total;
}

const formatters = new Map();
const days = new Map();

/**
 * The day an instant falls on in a zone.
 * @returns {{weekday: string, date: string}} such as {weekday: "mon", date: "2026-11-23"}
 * @throws {RangeError} if the zone is unknown
 */
export function dayIn(zone, moment) {
  finite(moment);
  // Days begin on a quarter of an hour in every zone there is.
  const key = `${zone} ${Math.floor(moment / QUARTER)}`;
  if (!days.has(key)) {
    if (!formatters.has(zone)) {
      formatters.set(zone, new Intl.DateTimeFormat("en-US", {
        timeZone: zone, calendar: "gregory", numberingSystem: "latn",
        weekday: "short", year: "numeric", month: "2-digit", day: "2-digit",
      }));
    }
    const parts = Object.fromEntries(
      formatters.get(zone).formatToParts(moment).map(({ type, value }) => [type, value]),
    );
    days.set(key, {
      weekday: parts.weekday.toLowerCase(),
      date: `${parts.year.padStart(4, "0")}-${parts.month}-${parts.day}`,
    });
  }
  return days.get(key);
}

/**
 * Whether an instant is billed at the dearer rate: windows are times of day in UTC (one that ends
 * before it begins runs past midnight), weekday and holiday are those of the seller's zone.
 * @throws {RangeError} outside the interval of the scheme
 */
export function isPeak(scheme, moment) {
  finite(moment);
  if (moment < instant(scheme.from) || (scheme.to !== undefined && moment >= instant(scheme.to))) {
    throw new RangeError(`${scheme.id} is not in force at ${new Date(moment).toISOString()}`);
  }
  const { weekday, date } = dayIn(scheme.zone, moment);
  if (!scheme.weekdays.includes(weekday) || (scheme.holidays ?? []).includes(date)) return false;
  const now = Math.floor((((moment % DAY) + DAY) % DAY) / 60_000);
  return scheme.windows_utc.some(([first, last]) => {
    const [begin, end] = [minutes(first), minutes(last)];
    return (begin <= now && now < end) || (end < begin && (now >= begin || now < end));
  });
}

/**
 * Which of its rates a price has at an instant: "one", "off_peak" or "peak".
 * @param {Map<string, object>} schemes peak schemes by id
 * @throws {RangeError} if the scheme is unknown or not in force
 */
export function tierAt(price, schemes, moment) {
  if (price.rates) return "one";
  const scheme = schemes.get(price.peak_scheme);
  if (!scheme) throw new RangeError(`unknown peak scheme ${price.peak_scheme}`);
  return isPeak(scheme, moment) ? "peak" : "off_peak";
}

/** Minutes of peak in the week that begins at midnight UTC on a Monday. @param {number} monday */
export function peakMinutesAWeek(scheme, monday) {
  let found = 0;
  for (let minute = 0; minute < 7 * 24 * 60; minute += 1) {
    if (isPeak(scheme, monday + minute * 60_000)) found += 1;
  }
  return found;
}

/**
 * A rate per million tokens as a whole number of 10^-12 of the currency per token.
 * @param {number|string} rate as in the records
 * @throws {RangeError} if it is negative or has more than six decimals
 */
export function perToken(rate) {
  const match = /^(\d+)(?:\.(\d*))?(?:e([+-]\d+))?$/.exec(String(rate));
  const refuse = () => new RangeError(
    `a rate must be at least 0 and have at most six decimals, got ${rate}`,
  );
  if (!match) throw refuse();
  const [, integer, fraction = "", exponent = "0"] = match;
  const power = RATE_DECIMALS - fraction.length + Number(exponent);
  const digits = BigInt(integer + fraction);
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  if (digits % divisor) throw refuse();
  return digits / divisor;
}

/** The rates that take part with their weights; the sum of the weights is WHOLE. */
export function tiers(price, peakShare) {
  if (!Number.isInteger(peakShare)) throw new TypeError("peakShare must be a whole number");
  if (peakShare < 0 || peakShare > WHOLE) throw new RangeError(`peakShare must be 0 to ${WHOLE}`);
  if (price.rates) return [[BigInt(WHOLE), price.rates]];
  return [[WHOLE - peakShare, price.off_peak], [peakShare, price.peak]]
    .filter(([weight]) => weight)
    .map(([weight, rates]) => [BigInt(weight), rates]);
}

/**
 * What a workload costs at a price. A prompt longer than the threshold pays the surcharge for the
 * whole request, output included, at all hours.
 * @param {object} price record of /data/prices.json
 * @param {object[]} workload results of calls()
 * @param {{peakShare?: number, writeCache?: boolean}} options peakShare in hundredths of a percent;
 *   writeCache: uncached input is kept in the cache, which some sellers bill at a rate of its own
 * @returns {{currency: string, cached: bigint|null, uncached: bigint|null, output: bigint|null,
 *   total: bigint|null, notes: string[]}} amounts in 1/UNIT; null if a needed rate is not recorded
 */
export function cost(price, workload, { peakShare = 0, writeCache = false } = {}) {
  const notes = new Set();
  const sums = { cached: 0n, uncached: 0n, output: 0n };
  const add = (part, rate, quantity, missing) => {
    if (quantity === 0n) return;
    if (rate === undefined) {
      notes.add(missing);
      sums[part] = null;
    } else if (sums[part] !== null) {
      sums[part] += perToken(rate) * quantity;
    }
  };
  const bands = new Map([[false, [0n, 0n, 0n]], [true, [0n, 0n, 0n]]]); // tokens, by surcharge
  for (const { cached, uncached, output, count, promptKnown } of workload) {
    if (count === 0n) continue;
    let long = false;
    if (price.long_prompt && (cached || uncached)) {
      if (!promptKnown) {
        notes.add("prompt-unknown");
      } else if (cached + uncached > BigInt(price.long_prompt.above_tokens)) {
        long = true;
        notes.add("long-prompt");
      }
    }
    const band = bands.get(long);
    [cached, uncached, output].forEach((tokens, index) => { band[index] += tokens * count; });
  }
  const takingPart = tiers(price, peakShare);
  for (const [long, [cached, uncached, output]] of bands) {
    for (const [weight, base] of takingPart) {
      // {}: a surcharge of unknown rates
      const rates = long && price.long_prompt ? price.long_prompt.rates ?? {} : base;
      let fresh = rates.cache_miss;
      if (writeCache && rates.cache_write !== undefined && uncached) {
        fresh = rates.cache_write;
        notes.add("cache-write");
      }
      let again = rates.cache_hit;
      if (again === undefined && cached) {
        again = rates.cache_miss;
        notes.add("no-cache-price");
      }
      add("cached", again, cached * weight, "no-input-price");
      add("uncached", fresh, uncached * weight, "no-input-price");
      add("output", rates.output, output * weight, "no-output-price");
    }
  }
  const known = Object.values(sums).every((sum) => sum !== null);
  const total = known ? sums.cached + sums.uncached + sums.output : null;
  return { currency: price.currency, ...sums, total, notes: [...notes].sort() };
}

/** How much dearer a bill is than it would be with all of the work off-peak; null if not known. */
export function peakSurcharge(price, workload, { peakShare, writeCache = false }) {
  const { total } = cost(price, workload, { peakShare, writeCache });
  const { total: offPeak } = cost(price, workload, { peakShare: 0, writeCache });
  return total === null || offPeak === null ? null : total - offPeak;
}

/** What a workload costs if all of it is sent at one instant. */
export function costAt(price, schemes, workload, moment, { writeCache = false } = {}) {
  const peakShare = tierAt(price, schemes, moment) === "peak" ? WHOLE : 0;
  return cost(price, workload, { peakShare, writeCache });
}

/**
 * From how many calls on the same workload costs at least `own`; null if it costs nothing.
 * @param {bigint} own what the reader pays otherwise, in the unit of `total`
 * @param {bigint} total what `count` calls cost
 */
export function callsToBreakEven(own, total, count) {
  whole(own, "own");
  if (!whole(total, "total") || !whole(count, "count")) return null;
  return (own * count + total - 1n) / total;
}

/** Dated prices of API names that follow one another, in the order of time. */
export function line(prices, seller, apiNames, currency) {
  return prices
    .filter(
      (price) =>
        price.seller === seller &&
        apiNames.includes(price.api_name) &&
        price.currency === currency &&
        IN_FORCE.includes(price.kind ?? "list") &&
        price.from !== undefined,
    )
    .sort((a, b) => instant(a.from) - instant(b.from));
}

/**
 * A workload at each price of a line.
 * @returns {{price: object, from: number, to: number|null, low: bigint|null, high: bigint|null}[]}
 */
export function steps(prices, workload, { writeCache = false } = {}) {
  return prices.map((price) => ({
    price,
    from: instant(price.from),
    to: price.to === undefined ? null : instant(price.to),
    low: cost(price, workload, { peakShare: 0, writeCache }).total,
    high: cost(price, workload, { peakShare: WHOLE, writeCache }).total,
  }));
}

/** Every instant of a day (UTC) at which a price or a tier may begin, and its start. */
function moments(start, prices, schemes) {
  const found = new Set();
  for (let quarter = 0; quarter < 96; quarter += 1) found.add(start + quarter * QUARTER);
  for (const price of prices) {
    for (const edge of [price.from, price.to]) {
      if (edge !== undefined) found.add(instant(edge));
    }
    for (const window of schemes.get(price.peak_scheme)?.windows_utc ?? []) {
      for (const edge of window) found.add(start + minutes(edge) * 60_000);
    }
  }
  return [...found].filter((edge) => start <= edge && edge < start + DAY).sort((a, b) => a - b);
}

/**
 * What a workload cost on a day (UTC), at its cheapest and its dearest hour.
 * @param {object[]} prices a line
 * @param {string} day "2026-08-16"
 * @returns {{low: bigint|null, high: bigint|null, prices: string[]}|null} null without a price
 * @throws {RangeError} if `day` is no day
 */
export function onDay(prices, schemes, workload, day, { writeCache = false } = {}) {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new RangeError(`not a day: ${day}`);
  const start = instant(`${day}T00:00:00Z`);
  const near = prices.filter(
    ({ from, to }) =>
      instant(from) < start + DAY && (to === undefined || instant(to) > start),
  );
  const names = new Set();
  const known = new Map();
  for (const moment of near.length ? moments(start, near, schemes) : []) {
    const price = near.find((candidate) => covers(candidate, moment));
    if (!price) continue;
    names.add(price.id);
    const peakShare = tierAt(price, schemes, moment) === "peak" ? WHOLE : 0;
    const key = `${price.id} ${peakShare}`;
    if (!known.has(key)) known.set(key, cost(price, workload, { peakShare, writeCache }).total);
  }
  if (!names.size) return null;
  const totals = [...known.values()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const complete = !totals.includes(null);
  return {
    low: complete ? totals[0] : null,
    high: complete ? totals.at(-1) : null,
    prices: [...names],
  };
}

/**
 * An amount as readers see it: two decimals from ten cents up, two digits below, half up.
 * @param {bigint} numerator @param {bigint} denominator the amount is their quotient
 */
export function moneyText(numerator, denominator, currency) {
  whole(numerator, "numerator");
  if (!whole(denominator, "denominator")) throw new RangeError("denominator must not be 0");
  let decimals = 2n;
  if (numerator && 10n * numerator < denominator) {
    let digits = 1n;
    while (numerator * 10n ** digits < denominator) digits += 1n;
    decimals = digits + 1n;
  }
  const scale = 10n ** decimals;
  const units = (2n * numerator * scale + denominator) / (2n * denominator);
  const rest = String(units % scale).padStart(Number(decimals), "0");
  return `${SYMBOLS[currency] ?? `${currency} `}${grouped(units / scale)}.${rest}`;
}
