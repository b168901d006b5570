// Two small bar charts: the cache, and the work of one new token by part.

import { digits, flops as printFlops } from "../../lib/checked.js";
import { s } from "../../lib/ui.js";

const FONT = 12;
const color = (name) => `var(${name})`;
const HUES = { "deepseek-v3-2": "--c-v3-2", "v4-pro": "--c-v4-pro", "v4-flash": "--c-v4-flash" };
const PARTS = [["weights", "Weights"], ["indexer", "Indexer"], ["core", "Core attention"]];

const text = (x, y, words, options = {}) =>
  s("text", { x, y, "font-size": FONT, fill: color("--ink"), ...options }, words);

/** Fillings that differ without color: full, hatched, outlined. */
function filling(part, hue) {
  if (part === "weights") return { fill: color(hue), stroke: color(hue) };
  if (part === "indexer") return { fill: `url(#calculator-hatch${hue})`, stroke: color(hue) };
  return { fill: "none", stroke: color(hue) };
}

const pattern = (hue) =>
  s("pattern", { id: `calculator-hatch${hue}`, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("line", { x1: 1, y1: 0, x2: 1, y2: 5, stroke: color(hue), "stroke-width": 2 }));

/**
 * @param {{id: string, name: string, result: object}[]} models with results of `calculate`
 * @param {{chosen: string, cacheTitle: string, workTitle: string, description: string}} words
 * @param {number} width in CSS pixels
 */
export function chart(models, { chosen, cacheTitle, workTitle, description }, width) {
  const svg = s("svg", { width, role: "img", "aria-label": description, "font-family": "var(--sans)" });
  svg.append(s("defs", {}, Object.values(HUES).concat("--ink").map(pattern)));
  const room = width - 2;
  let y = FONT + 2;
  const heading = (words) => { svg.append(text(1, y, words, { "font-weight": 600 })); y += 8; };
  const row = (id, words, draw) => {
    y += FONT;
    svg.append(text(1, y, words, id === chosen ? { "font-weight": 700 } : {}));
    y += 5;
    draw(y);
    y += 18 + 8;
  };
  const bar = (x, top, wide, fill) =>
    svg.append(s("rect", { x: x + 0.5, y: top, width: Math.max(1, wide - 1), height: 16, "stroke-width": 1, ...fill }));

  heading(cacheTitle);
  const largest = Math.max(...models.map(({ result }) => result.gib)) || 1;
  for (const { id, name, result } of models) {
    row(id, `${name}: ${digits(result.gib)} GiB (${digits(result.kvShare)}%)`, (top) =>
      bar(1, top, (room * result.gib) / largest, filling("weights", HUES[id])));
  }
  y += FONT + 8;
  heading(workTitle);
  y += 8;
  let x = 1;
  for (const [part, label] of PARTS) {
    svg.append(s("rect", { x: x + 0.5, y: y - 1, width: 14, height: 11, ...filling(part, "--ink") }), text(x + 19, y + 9, label));
    x += 19 + label.length * 6.6 + 14;
  }
  y += 18;
  const most = Math.max(...models.map(({ result }) => result.flops.total)) || 1;
  for (const { id, name, result } of models) {
    row(id, `${name}: ${printFlops(result.flops.total)} (${digits(result.flopShare)}%)`, (top) => {
      let left = 1;
      for (const [part] of PARTS) {
        const wide = (room * result.flops[part]) / most;
        if (wide > 0) bar(left, top, wide, filling(part, HUES[id]));
        left += wide;
      }
    });
  }
  svg.setAttribute("viewBox", `0 0 ${width} ${Math.ceil(y)}`);
  return svg;
}
