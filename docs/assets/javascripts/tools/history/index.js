// What a fixed workload would have cost since V3: a step chart, a day to look up, a table.

import { UNIT, moneyText, onDay } from "../cost/model.js";
import { PRESETS, dayText, parseKinds, workloadOf } from "../cost/offers.js";
import {  } from "../cost/index.js";
import { FIRST, LINES, apart, everyDay, histories, pricesOf, scale } from "./model.js";
import { byId, collection, recordAddress } from "../../lib/data.js";
import { oneOf, readState, writeState } from "../../lib/state.js";
import { announcer, csv, h, labeled, onWidth, s, select, shareBar, stylesheet, table } from "../../lib/ui.js";

const PREFIX = "hist";
const today = () => new Date().toISOString().slice(0, 10);
const isDay = (text) => {
  const value = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(value) && new Date(value).toISOString().slice(0, 10) === text;
};
const SHAPE = {
  use: { default: "archive", parse: oneOf([...Object.keys(PRESETS), "above"]) },
  money: { default: "USD", parse: oneOf(["USD", "CNY"]) },
  day: { default: "2026-04-24", parse: (text) => (isDay(text) ? text : undefined) },
};
const WITHOUT = "no price recorded";

const range = (low, high, currency) =>
  low === null || high === null ? "no amount"
    : low === high ? moneyText(low, UNIT, currency)
      : `${moneyText(low, UNIT, currency)} to ${moneyText(high, UNIT, currency)}`;
const minute = (moment) =>
  new Date(moment).toISOString().slice(0, 16).replace("T", " ").replace(" 00:00", "");

/** The step chart. `found`: histories(); `last`: right end of the time axis. */
export function chart(found, currency, last, width) {
  const wide = width >= 600;
  const box = { width: Math.max(300, Math.round(width)), height: wide ? 360 : 320 };
  const at = { left: wide ? 64 : 54, right: box.width - (wide ? 186 : 100), top: 24, bottom: box.height - 30 };
  const amount = (value) => Number((value * 1_000_000_000n) / UNIT) / 1e9;
  const values = found.flatMap(({ steps }) => steps.map(({ high }) => (high === null ? 0 : amount(high))));
  const { top, ticks } = scale(Math.max(0, ...values));
  const x = (moment) => at.left + ((Math.min(moment, last) - FIRST) / (last - FIRST)) * (at.right - at.left);
  const y = (value) => at.bottom - (value / top) * (at.bottom - at.top);
  const text = (left, height, content, more = {}) => s("text", {
    x: left, y: height, "font-size": wide ? 13 : 11.5, "text-anchor": more.anchor ?? "start",
    style: `fill: var(${more.color ?? "--ink-soft"}); font-family: var(--sans); font-weight: ${more.weight ?? 400}`,
  }, content);
  const rule = (x1, y1, x2, y2, more = "") => s("line", {
    x1, y1, x2, y2, style: `stroke: var(--rule); stroke-width: 1; ${more}`,
  });
  const svg = s("svg", { viewBox: `0 0 ${box.width} ${box.height}`, width: box.width, height: box.height, role: "img" });
  for (const tick of ticks) {
    svg.append(rule(at.left, y(tick), at.right, y(tick)),
      text(at.left - 8, y(tick) + 4, moneyText(BigInt(Math.round(tick * 1e9)), 1_000_000_000n, currency), { anchor: "end" }));
  }
  for (let year = 2025, month = 0; Date.UTC(year, month) <= last; month += wide ? 3 : 6) {
    const moment = Date.UTC(year, month);
    const day = new Date(moment);
    const name = ["Jan", "", "", "Apr", "", "", "July", "", "", "Oct"][day.getUTCMonth()];
    if (x(moment) > at.right - 14) break;
    svg.append(rule(x(moment), at.bottom, x(moment), at.bottom + 5, "stroke: var(--ink-soft)"),
      text(x(moment), at.bottom + 20, day.getUTCMonth() ? name : String(day.getUTCFullYear()), { anchor: "middle" }));
  }
  const ends = [];
  for (const { line, steps } of found) {
    const known = steps.filter(({ low, high }) => low !== null && high !== null);
    for (const [index, { from, to, low, high }] of known.entries()) {
      const [left, right] = [x(from), x(to ?? last)];
      const [bottom, upper] = [y(amount(low)), y(amount(high))];
      if (low !== high) {
        svg.append(
          s("rect", { x: left, y: upper, width: Math.max(0, right - left), height: bottom - upper, style: `fill: var(${line.color}); opacity: 0.16` }),
          s("line", { x1: left, x2: right, y1: upper, y2: upper, style: `stroke: var(${line.color}); stroke-width: 2; stroke-dasharray: 5 3` }),
        );
      }
      svg.append(s("line", { x1: left, x2: right, y1: bottom, y2: bottom, style: `stroke: var(${line.color}); stroke-width: 2.5` }));
      const before = known[index - 1];
      if (before && before.to === from) {
        svg.append(s("line", { x1: left, x2: left, y1: y(amount(before.low)), y2: bottom, style: `stroke: var(${line.color}); stroke-width: 1` }));
      }
      if (!before || before.low !== low || before.high !== high) svg.append(mark(line, left, bottom));
    }
    const end = known.at(-1);
    if (end) {
      ends.push({ line, y: y(amount(end.low)), label: `${line.name} ${moneyText(end.low, UNIT, currency)}`, x: x(end.to ?? last) });
      if (end.high !== end.low) {
        ends.push({ line, y: y(amount(end.high)), label: `${line.name} ${moneyText(end.high, UNIT, currency)}`, x: x(end.to ?? last), peak: true });
      }
    }
  }
  // A line that ended long ago has its label where it ends, the others stand at the right.
  const right = ends.filter((end) => end.x > at.right - 1);
  for (const end of ends.filter((one) => one.x <= at.right - 1)) {
    svg.append(text(end.x - 4, end.y + 17, wide ? end.label : end.label.replace(" line", ""), { anchor: "end", color: end.line.color, weight: 600 }));
  }
  const places = apart(right.map((end) => end.y + 4), wide ? 16 : 14, at.bottom);
  right.forEach((end, index) => {
    const label = wide ? `${end.label}${end.peak ? " at peak" : ""}` : end.label.replace("V4-", "");
    svg.append(text(at.right + 6, places[index], label, { color: end.line.color, weight: 600 }));
  });
  svg.setAttribute("aria-label", `Cost of the workload since December 2024. ${ends.map((end) =>
    `${end.label}${end.peak ? " at peak" : ""}`).join("; ")}. The table below has every step.`);
  return svg;
}

function mark({ mark: kind, color }, x, y) {
  const style = `fill: var(--paper); stroke: var(${color}); stroke-width: 2`;
  if (kind === "circle") return s("circle", { cx: x, cy: y, r: 4, style });
  if (kind === "square") return s("rect", { x: x - 3.5, y: y - 3.5, width: 7, height: 7, style });
  return s("path", { d: `M${x} ${y - 5}l5 9h-10z`, style });
}

export async function mount(root) {
  stylesheet("cost");
  const [prices, schemes, models] = await Promise.all([
    collection("prices"), byId("peak_schemes"), byId("models"),
  ]);
  const state = readState(PREFIX, SHAPE);
  const query = new URLSearchParams(location.search);
  const above = {
    kinds: parseKinds(query.get("cost.kinds") ?? "") ? query.get("cost.kinds") : PRESETS.archive.kinds,
    write: query.get("cost.write") === "true",
  };
  const { region, say } = announcer();
  const drawing = h("div");
  const found = h("p", { class: "explorer-result" });
  const details = h("div", { class: "cost-steps" });
  const error = h("p", { class: "cost-error" });
  const day = h("input", {
    type: "date", value: state.day, min: "2024-12-26", max: today(),
    oninput: () => {
      const fine = isDay(day.value);
      error.textContent = fine ? "" : "Choose a day. The result keeps the last one.";
      if (fine) state.day = day.value;
      update();
    },
  });
  const use = () => (state.use === "above" ? above
    : { kinds: PRESETS[state.use].kinds, write: PRESETS[state.use].writeCache });
  const current = () => {
    const { kinds, write } = use();
    return { workload: workloadOf(kinds), options: { writeCache: write } };
  };
  let shown = null;
  let ticket = 0;

  function update({ quiet = false } = {}) {
    const { workload, options } = current();
    const lines = histories(prices, workload, state.money, options);
    const last = Date.now();
    const onThatDay = LINES.map((line) => {
      const one = onDay(pricesOf(prices, line, state.money), schemes, workload, state.day, options);
      return one && `${line.name} ${range(one.low, one.high, state.money)}`;
    }).filter(Boolean);
    found.textContent = `On ${dayText(state.day)} (UTC) this workload cost: ` +
      `${onThatDay.length ? onThatDay.join("; ") : WITHOUT}.`;
    const rows = lines.flatMap(({ line, steps }) => steps.map(({ price, from, to, low, high }) => ({
      from, price,
      cells: [
        minute(from), to === null ? `still so on ${dayText(price.as_of)}` : minute(to), line.name,
        models.get(price.model)?.name ?? price.model,
        low === null ? "no amount" : moneyText(low, UNIT, state.money),
        high === null ? "no amount" : low === high ? "same" : moneyText(high, UNIT, state.money),
        dayText(price.as_of), price.id,
      ],
    }))).sort((a, b) => a.from - b.from);
    const headers = ["From (UTC)", "To (UTC)", "Line", "Model", "Off-peak", "Peak", "As of", "Record"];
    shown = { lines, last, headers, rows: rows.map(({ cells }) => cells) };
    drawing.replaceChildren(chart(lines, state.money, last, drawing.clientWidth || 640));
    details.replaceChildren(table("Cost of the workload, step by step", headers, rows.map(({ cells, price }) =>
      [...cells.slice(0, -1), h("a", { href: recordAddress("prices", price.id) }, price.id)]), [4, 5]));
    writeState(PREFIX, SHAPE, state);
    if (!quiet) say(found.textContent);
  }

  function saveDays() {
    const { workload, options } = current();
    const headers = ["Day (UTC)", ...LINES.flatMap(({ name }) =>
      [`${name} lowest (${state.money})`, `${name} highest (${state.money})`, `${name} records`])];
    const plain = (value) => (value === null ? "" : moneyText(value, UNIT, state.money).replace(/[^\d.]/g, ""));
    const rows = everyDay(prices, schemes, workload, state.money, Date.now(), options).map(({ day: name, days }) =>
      [name, ...days.flatMap((one) => (one ? [plain(one.low), plain(one.high), one.prices.join(" ")] : ["", "", ""]))]);
    const address = URL.createObjectURL(new Blob([csv(headers, rows)], { type: "text/csv" }));
    h("a", { href: address, download: "deepseek-cost-by-day.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  const dayField = labeled("Look up a day (UTC)", day);
  error.id = `${day.id}-error`;
  day.setAttribute("aria-describedby", error.id);
  dayField.append(error);
  root.replaceChildren(
    h("div", { class: "explorer-controls" },
      labeled("Workload", select(
        [...Object.entries(PRESETS).map(([id, { name }]) => [id, name]), ["above", "The one in the calculator above"]],
        state.use, (value) => { state.use = value; update(); })),
      labeled("Price list", select([["USD", "Dollars"], ["CNY", "Yuan"]], state.money,
        (value) => { state.money = value; update(); })),
      dayField),
    found, drawing,
    h("p", { class: "explorer-note" },
      "Solid line: outside the dearer hours, or at all hours. Dashed line and shaded band: in the dearer hours. " +
      "Square: V3 line under deepseek-chat; circle: Flash; triangle: V4-Pro. The last prices are drawn on to today; " +
      "the table says when each was last seen. The two price lists are DeepSeek's own; nothing is converted."),
    h("details", {}, h("summary", {}, "Every step as a table"), details),
    region,
    shareBar({ name: "deepseek-cost-history", say, rows: () => shown, svg: () => drawing.firstElementChild }),
  );
  root.querySelector(".explorer-share").append(
    h("button", { type: "button", onclick: saveDays }, "Save every day as CSV"),
  );
  update({ quiet: true });
  document.addEventListener("cost:workload", ({ detail }) => {
    if (detail.kinds === above.kinds && detail.write === above.write) return;
    Object.assign(above, detail);
    clearTimeout(ticket);
    if (state.use === "above") ticket = setTimeout(() => update({ quiet: true }), 150);
  });
  onWidth(drawing, (width) => drawing.replaceChildren(chart(shown.lines, state.money, shown.last, width)));
}
