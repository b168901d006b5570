// A fixed workload at every price since V3, and the scales of its drawing. DOM-free.

import { DAY, instant, line, onDay, steps } from "../cost/model.js";

export const FIRST = Date.parse("2024-12-26T00:00:00Z");
const LAUNCH = Date.parse("2026-04-24T00:00:00Z");

/** The lines that are drawn: API names that follow one another, and until when they count. */
export const LINES = [
  { id: "v3", name: "V3 line", names: ["deepseek-chat"], color: "--c-v3-2", mark: "square", before: LAUNCH },
  { id: "flash", name: "Flash", names: ["deepseek-v4-flash", "deepseek-flash"], color: "--c-v4-flash", mark: "circle" },
  { id: "pro", name: "V4-Pro", names: ["deepseek-v4-pro"], color: "--c-v4-pro", mark: "triangle" },
];

/** Name and color of a line under the model that answered: V4.1-Flash took over the Flash names. */
export function shownAs(line, price) {
  const taken = line.id === "flash" && price.model?.startsWith("v4-1");
  return taken ? { ...line, name: "V4.1-Flash", color: "--c-v4-1" } : line;
}

/** Prices of a line in a currency, in the order of time. @param {"USD"|"CNY"} currency */
export function pricesOf(prices, { names, before = Infinity }, currency) {
  return line(prices, "deepseek", names, currency).filter((price) => instant(price.from) < before);
}

/**
 * Each line with its steps.
 * @returns {{line: object, prices: object[], steps: object[]}[]} steps as of cost/model.js
 */
export function histories(prices, workload, currency, { writeCache = false } = {}) {
  return LINES.map((one) => {
    const found = pricesOf(prices, one, currency);
    return { line: one, prices: found, steps: steps(found, workload, { writeCache }) };
  });
}

/**
 * Lowest and highest cost on every day (UTC) from the first to the last.
 * @param {number} last milliseconds @returns {{day: string, days: (object|null)[]}[]}
 */
export function everyDay(prices, schemes, workload, currency, last, { writeCache = false } = {}) {
  const found = LINES.map((one) => pricesOf(prices, one, currency));
  const out = [];
  for (let moment = FIRST; moment <= last; moment += DAY) {
    const day = new Date(moment).toISOString().slice(0, 10);
    out.push({ day, days: found.map((list) => onDay(list, schemes, workload, day, { writeCache })) });
  }
  return out;
}

/** A round number of at least `value` with few ticks: {top, ticks}. @param {number} value */
export function scale(value) {
  if (!(value > 0)) return { top: 1, ticks: [0, 1] };
  const power = 10 ** Math.floor(Math.log10(value));
  const unit = [0.25, 0.5, 1, 2, 2.5].map((m) => m * power).find((u) => value / u <= 4.001) ?? 5 * power;
  const count = Math.ceil(value / unit - 1e-9);
  return { top: count * unit, ticks: Array.from({ length: count + 1 }, (_, i) => i * unit) };
}

/** Positions of labels at least `gap` apart, in the order of `wanted`, none below `bottom`. */
export function apart(wanted, gap, bottom) {
  const order = wanted.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  for (let i = 1; i < order.length; i += 1) order[i].y = Math.max(order[i].y, order[i - 1].y + gap);
  let limit = bottom;
  for (const item of order.reverse()) {
    item.y = Math.min(item.y, limit);
    limit = item.y - gap;
  }
  const out = [];
  for (const { y, index } of order) out[index] = y;
  return out;
}
