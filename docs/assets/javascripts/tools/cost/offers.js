// What can be chosen in the cost calculator, and how its fields are read. DOM-free.

import { IN_FORCE, WHOLE, cost, instant, peakSurcharge, priceInForce, tierAt } from "./model.js";
import { readNumber } from "../../lib/numbers.js";

/** Most digits a field takes: enough for every bill, and nothing on the screen grows too wide. */
export const MAX_DIGITS = 15;
export const MAX_ROWS = 12;

/**
 * A whole number as people type it ("1,048,576", "1.5M", "600000").
 * @returns {{value: bigint, said: string, plain: boolean}|{error: string}}
 */
export const parseWhole = (text) => readNumber(text, { max: MAX_DIGITS });

/**
 * A share in percent with at most two decimals, as hundredths of a percent.
 * @returns {{value: number}|{error: string}}
 */
export function parseShare(text) {
  const read = readNumber(String(text).trim().replace(/\s*[%％]$/, ""), { parts: 2, max: 3 });
  if (!read.error && read.value <= 10_000n) return { ...read, value: Number(read.value) };
  return {
    error: /two ways/.test(read.error ?? "") ? read.error
      : "Write a percentage from 0 to 100 with at most two decimals.",
  };
}

/**
 * Money an hour with at most six decimals; an empty field is no amount.
 * @returns {{value: bigint|null}|{error: string}} in millionths
 */
export function parseHourly(text) {
  if (String(text).trim() === "") return { value: null };
  const read = readNumber(text, { parts: 6, max: 9 });
  return read.error && !/two ways|negative|groups/.test(read.error)
    ? { error: "Write an amount such as 12.50: at most nine digits, six decimals." } : read;
}

const MONTHS = [
  "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec",
];

/** "2026-11-15" as "Nov 15, 2026"; months and years as precise as they are. */
export function dayText(text) {
  const [year, month, day] = text.split("-");
  if (!month) return year;
  return `${MONTHS[Number(month) - 1]}${day ? ` ${Number(day)},` : ""} ${year}`;
}

const CURRENCIES = { USD: "dollars", CNY: "yuan", EUR: "euros" };

/**
 * Everything a row can show: the lines of DeepSeek's own API (the price follows the date), and
 * single records (seen on a day). Ids: "deepseek.deepseek-flash.usd", or the id of the record.
 * @param {object[]} prices @param {Map} models @param {Map} parties records by id
 * @returns {{id: string, group: string, label: string, short: string, currency: string,
 *   line?: object, record?: object}[]}
 */
export function offers(prices, models, parties) {
  const lines = new Map();
  const single = [];
  const modelName = (price) => models.get(price.model)?.name ?? price.model;
  for (const price of prices) {
    const { seller, api_name: apiName, currency } = price;
    if (apiName && price.from && IN_FORCE.includes(price.kind ?? "list")) {
      const id = `${seller}.${apiName}.${currency.toLowerCase()}`;
      const before = lines.get(id);
      if (before && before.newest >= price.from) continue;
      const ends = price.to ? `, until ${dayText(price.to.slice(0, 10))}` : "";
      const told = price.to && price.continues_as ? `old name, now billed as ${price.continues_as}`
        : `${price.to ? "last " : "now "}${modelName(price)}${ends}`;
      lines.set(id, {
        id, currency, newest: price.from, open: !price.to,
        group: `${parties.get(seller)?.name ?? seller}'s own API, ${CURRENCIES[currency]}`,
        label: `${apiName} (${told})`,
        short: `${apiName}${currency === "USD" ? "" : `, ${CURRENCIES[currency]}`}`,
        line: { seller, apiName, currency },
      });
    } else {
      single.push({
        id: price.id, currency, record: price,
        short: `${modelName(price)}, ${parties.get(price.seller)?.name ?? price.seller}`,
        group: price.kind === "announced-not-applied"
          ? "Announced, not in force when recorded"
          : models.get(price.model)?.developer === "DeepSeek"
            ? "Other hosts of DeepSeek's weights"
            : `Rivals, ${price.as_of < "2026-06" ? "April and May" : "August to October"} 2026`,
        label: `${modelName(price)}, ${parties.get(price.seller)?.name ?? price.seller} ` +
          `(${price.kind === "announced-not-applied" ? "announced" : "seen"} ${dayText(price.as_of)}` +
          `${price.currency === "USD" ? "" : `, ${CURRENCIES[price.currency]}`})`,
      });
    }
  }
  // The same model, seller and day twice (two price zones): the id of the record tells them apart.
  const labels = single.map(({ label }) => label);
  for (const offer of single) {
    if (labels.filter((label) => label === offer.label).length > 1) offer.label += `, ${offer.id}`;
  }
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return [
    ...[...lines.values()].sort((a, b) =>
      compare(b.currency, a.currency) || b.open - a.open || compare(b.newest, a.newest)
      || compare(a.id, b.id)),
    ...single.sort((a, b) => compare(a.group, b.group) || compare(a.label, b.label)
      || compare(a.id, b.id)),
  ];
}

/**
 * The rows in an address: known ids, each once, at most MAX_ROWS, joined by "_".
 * @returns {string|undefined} what is left of it, undefined if nothing
 */
export function parseRows(text, known) {
  const rows = [...new Set(text.split("_"))].filter((id) => known.has(id)).slice(0, MAX_ROWS);
  return rows.length ? rows.join("_") : undefined;
}

const UNKNOWN_BAND = /Dearer above ([\d,]+) prompt tokens; those rates were not found/;

/**
 * A surcharge that a record speaks of in its note only, because its rates were not found: the
 * threshold becomes a field, so that a bill above it has no amount instead of one that is too low.
 */
export function withUnknownBand(price) {
  const found = price.long_prompt ? null : UNKNOWN_BAND.exec(price.note ?? "");
  const above = found ? Number(found[1].replaceAll(",", "")) : 0;
  return found ? { ...price, long_prompt: { above_tokens: above, rates: {} } } : price;
}

/**
 * The price of a line at an instant. A name that was retired and is still answered is billed as the
 * one it continues as.
 * @returns {{price: object|null, as: string|null, first: number|null, last: number|null}} as: the
 *   other name; first, last: when the line begins and ends, where no price holds
 */
export function priceOf({ seller, apiName, currency }, prices, moment) {
  const price = priceInForce(prices, seller, apiName, currency, moment);
  if (price) return { price, as: null, first: null, last: null };
  const own = prices.filter((one) =>
    one.seller === seller && one.api_name === apiName && one.currency === currency
    && one.from && IN_FORCE.includes(one.kind ?? "list"));
  const before = own.filter((one) => one.to && instant(one.to) <= moment)
    .sort((a, b) => instant(b.to) - instant(a.to))[0];
  const as = before?.continues_as ?? null;
  const other = as && priceInForce(prices, seller, as, currency, moment);
  if (other) return { price: other, as, first: null, last: null };
  return {
    price: null, as: null,
    first: own.length ? Math.min(...own.map((one) => instant(one.from))) : null,
    last: before ? instant(before.to) : null,
  };
}

/**
 * What an offer costs at an instant, or with a share of the workload in peak hours.
 * @param {object} offer one of offers()
 * @param {{prices: object[], schemes: Map, workload: object[], moment: number,
 *   shareOf: ((scheme: object) => number)|null, writeCache: boolean}} what shareOf: from a peak
 *   scheme to the share in hundredths of a percent; null: the hour decides
 * @returns {{price: object|null, as: string|null, tier: string, share: number|null,
 *   cost: object|null, surcharge?: bigint|null, first?: number, last?: number}} tier "one",
 *   "off_peak", "peak" or "share"; surcharge: what of the cost is due to peak hours; price null:
 *   none recorded for that instant
 */
export function quote(offer, { prices, schemes, workload, moment, shareOf, writeCache }) {
  const { line: of, record } = offer;
  const found = record ? { price: withUnknownBand(record), as: null } : priceOf(of, prices, moment);
  const { price } = found;
  if (!price) return { ...found, tier: "one", share: null, cost: null };
  const priced = (tier, share) => {
    const how = { peakShare: share ?? 0, writeCache };
    const surcharge = peakSurcharge(price, workload, how);
    return { ...found, tier, share, cost: cost(price, workload, how), surcharge };
  };
  if (price.rates) return priced("one", null);
  // A plan that never began has hours, but its scheme is of another time.
  const known = price.from
    ? schemes
    : new Map([...schemes].map(([id, s]) => [id, { ...s, from: "0001-01-01T00:00:00Z", to: undefined }]));
  if (shareOf) return priced("share", shareOf(known.get(price.peak_scheme)));
  const tier = tierAt(price, known, moment);
  return priced(tier, tier === "peak" ? WHOLE : 0);
}

const WALL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/;

/**
 * The instant of a wall-clock time in a zone. A time that the change of clocks skips counts as the
 * same stretch later; of a time that comes twice the first is meant.
 * @param {string} text "2026-11-23T09:30" @param {string} zone IANA name
 * @returns {number|undefined} milliseconds; undefined if there is no such day or time
 */
export function instantAt(text, zone) {
  const match = WALL.exec(text);
  const target = match ? Date.parse(`${text}:00Z`) : NaN;
  if (Number.isNaN(target) || new Date(target).toISOString().slice(0, 16) !== text) return undefined;
  const shift = (moment) => Date.parse(`${wallTime(moment, zone)}:00Z`) - moment;
  const offsets = [shift(target - 86_400_000), shift(target + 86_400_000)];
  const found = offsets.map((offset) => target - offset).filter((m) => wallTime(m, zone) === text);
  return found.length ? Math.min(...found) : target - offsets[0];
}

/** Formatters by zone: to make one takes longer than to use it a hundred times. */
const clocks = new Map();

/** The wall-clock time of an instant in a zone: "2026-11-23T09:30". */
export function wallTime(moment, zone) {
  if (!clocks.has(zone)) {
    clocks.set(zone, new Intl.DateTimeFormat("en-US", {
      timeZone: zone, calendar: "gregory", numberingSystem: "latn", hourCycle: "h23",
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    }));
  }
  const parts = Object.fromEntries(
    clocks.get(zone).formatToParts(moment).map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute } = parts;
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}
