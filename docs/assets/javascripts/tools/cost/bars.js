// The bill a day as bars, split by kind of token.

import { boundOf, boundText } from "./view.js";
import { s } from "../../lib/ui.js";

export const PARTS = [
  ["cached", "Cached input", "--c-part-1"],
  ["uncached", "Uncached input", "--c-part-2"],
  ["output", "Output", "--c-part-3"],
  ["tools", "Tools", "--c-part-4"],
];

/** Bars of the bill a day, in the currency of the first row, split by kind of token. */
export function bars(quotes, width) {
  const currency = quotes[0].currency;
  const drawn = quotes.filter((row) => row.currency === currency && row.cost?.total !== undefined
    && row.cost?.total !== null);
  const size = 13;
  const step = 50;
  const wide = Math.max(280, Math.round(width));
  const { keys, head } = legend(PARTS.filter(([part]) => part !== "tools" || drawn.some(({ cost }) => cost.tools)), wide);
  const box = { width: wide, height: head + Math.max(1, drawn.length) * step };
  const text = (x, y, content, more = {}) => s("text", {
    x, y, "font-size": size, style: `fill: var(--ink); font-family: var(--sans)${more.style ?? ""}`,
    "text-anchor": more.anchor ?? "start",
  }, content);
  const svg = s("svg", {
    viewBox: `0 0 ${box.width} ${box.height}`, width: box.width, height: box.height, role: "img",
    "aria-label": `Cost a day: ${drawn.map((row) =>
      `${row.offer.short} ${boundText(row.cost, currency)}`).join("; ")}`,
  }, s("defs", {}, patterns()));
  for (const { part, name, x, y } of keys) {
    svg.append(s("rect", { x, y: y + 4, width: 14, height: 12, fill: `url(#cost-${part})`, stroke: "none" }),
      text(x + 18, y + 15, name));
  }
  const largest = drawn.reduce((max, row) => (row.cost.total > max ? row.cost.total : max), 0n);
  drawn.forEach((row, index) => {
    const y = head + index * step;
    const limit = boundOf(row.cost);
    const amount = boundText(row.cost, currency);
    const room = Math.floor((box.width - amount.length * 9 - 8) / 8);
    const { short } = row.offer;
    const label = short.length > room ? `${short.slice(0, room - 1)}…` : short;
    svg.append(text(0, y + 16, label),
      text(box.width, y + 16, amount, { anchor: "end", style: "; font-weight: 600" }),
      s("rect", { x: 0, y: y + 23, width: box.width, height: 14, style: "fill: var(--paper-2)" }));
    let left = 0;
    for (const { part } of keys) {
      const share = largest ? Number((row.cost[part] * 1_000_000n) / largest) / 1_000_000 : 0;
      if (!share) continue;
      svg.append(s("rect", {
        x: left, y: y + 23, width: share * box.width, height: 14, fill: `url(#cost-${part})`,
        style: "stroke: var(--ink); stroke-width: 0.75",
      }));
      left += share * box.width;
    }
    // The end of a bill that is a floor or a ceiling is open: dashed, without an edge.
    if (limit !== "exact") {
      const end = Math.min(left, box.width - 14);
      svg.append(s("path", {
        d: `M${end} ${y + 23.5}H${end + 14}M${end} ${y + 36.5}H${end + 14}M${end + 4} ${y + 23}V${y + 37}M${end + 9} ${y + 23}V${y + 37}`,
        style: "stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 2; fill: none",
      }));
    }
  });
  return svg;
}

/** Where the names of the parts stand, in as many lines as they need, and where the bars begin. */
function legend(parts, width) {
  let [x, y] = [0, 0];
  const keys = parts.map(([part, name]) => {
    const need = 28 + name.length * 6.9;
    if (x && x + need > width) [x, y] = [0, y + 20];
    const key = { part, name, x, y };
    x += need;
    return key;
  });
  return { keys, head: y + 26 };
}

/** Fills that differ without color: lines, plain, dots, bars. */
function patterns() {
  const pattern = (part, color, ...marks) => s("pattern", {
    id: `cost-${part}`, width: 6, height: 6, patternUnits: "userSpaceOnUse",
  }, s("rect", { width: 6, height: 6, style: `fill: var(${color})` }), ...marks);
  const mark = "var(--paper)";
  return PARTS.map(([part, , color]) => pattern(part, color, ...{
    cached: [s("path", { d: "M-1 7L7 -1M-1 1L1 -1M5 7L7 5", style: `stroke: ${mark}; stroke-width: 1.6; fill: none` })],
    uncached: [],
    output: [s("circle", { cx: 3, cy: 3, r: 1.3, style: `fill: ${mark}` })],
    tools: [s("path", { d: "M0 3H6", style: `stroke: ${mark}; stroke-width: 2; fill: none` })],
  }[part]));
}
