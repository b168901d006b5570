// What a workload cost since V3, as a step chart.

import { UNIT, moneyText } from "../cost/model.js";
import { FIRST, apart, scale, shownAs } from "./model.js";
import { s } from "../../lib/ui.js";

/** The step chart. `found`: histories(); `last`: right end of the time axis. */
export function chart(found, currency, last, width) {
  const wide = width >= 600;
  const box = { width: Math.max(300, Math.round(width)), height: wide ? 360 : 320 };
  const at = { left: wide ? 64 : 54, right: box.width - (wide ? 204 : 100), top: 24, bottom: box.height - 30 };
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
  for (const { line: whole, steps } of found) {
    const known = steps.filter(({ low, high }) => low !== null && high !== null);
    for (const [index, { price, from, to, low, high }] of known.entries()) {
      const line = shownAs(whole, price);
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
      const line = shownAs(whole, end.price);
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
    const label = wide ? `${end.label}${end.peak ? " at peak" : ""}` : end.label.replace("V4-", "").replace("-Flash", "");
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
