// "Can I run it?": need and memory as two bars.

import { s } from "../../lib/ui.js";
import { plain } from "../../lib/words.js";

/** Gigabytes in words. */
export const gb = (value) => `${plain(value, value < 10 ? 2 : 1)} GB`;

/** Bars of need and memory at one scale; parts differ by fill, pattern and label. */
export function bars(result, width) {
  const most = Math.max(result.need, result.memory) || 1;
  const scale = (value) => (value / most) * width;
  const word = (text, x, y, more = {}) => s("text", { x, y, "font-size": 12, "font-family": "var(--sans)", fill: "var(--ink)", ...more }, text);
  const hatch = s("pattern", { id: "run-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("rect", { width: 6, height: 6, fill: "var(--paper)" }), s("rect", { width: 2, height: 6, fill: "var(--ink-soft)" }));
  const svg = s("svg", { role: "img", "aria-label": `Two bars: needed ${gb(result.need)}, memory ${gb(result.memory)}` }, s("defs", {}, hatch));
  const pieces = [["Weights", result.weights, "var(--c-part-2)"], ["Cache", result.cache, "var(--c-part-3)"], ["Headroom", result.headroom, "url(#run-hatch)"]];
  let x = 0;
  let y = 14;
  svg.append(word(`Needed: ${gb(result.need)}`, 0, y, { "font-weight": 600 }));
  for (const [, value, fill] of pieces) {
    const size = value > 0 ? Math.max(scale(value), 2) : 0;
    svg.append(s("rect", { x, y: y + 6, width: Math.min(size, width - x), height: 26, fill, stroke: "var(--paper)", "stroke-width": 1 }));
    x = Math.min(x + size, width);
  }
  y += 52;
  svg.append(word(`Memory: ${gb(result.memory)}`, 0, y, { "font-weight": 600 }),
    s("rect", { x: 1, y: y + 6, width: Math.max(scale(result.memory) - 2, 1), height: 26, fill: "var(--paper-2)", stroke: "var(--ink)", "stroke-width": 2 }),
    s("line", { x1: Math.max(scale(result.memory) - 1, 1), x2: Math.max(scale(result.memory) - 1, 1), y1: 18, y2: y + 32, stroke: "var(--ink)", "stroke-width": 2, "stroke-dasharray": "4 3" }));
  y += 50;
  const across = width < 600 ? 1 : 3;
  pieces.forEach(([name, value, fill], index) => {
    const [left, top] = [(index % across) * (width / across), y + Math.floor(index / across) * 20];
    svg.append(s("rect", { x: left + 1, y: top - 1, width: 12, height: 12, fill, stroke: "var(--ink)", "stroke-width": 1 }), word(`${name}: ${gb(value)}`, left + 20, top + 10));
  });
  svg.setAttribute("viewBox", `0 0 ${width} ${y + Math.ceil(3 / across) * 20}`);
  return svg;
}
