// Two groups of three bars to one scale, so that they grow with the text; ticks for what was published.

import { digits, flops } from "../../lib/checked.js";
import { s } from "../../lib/ui.js";

const HUES = { "deepseek-v3-2": "--c-v3-2", "v4-pro": "--c-v4-pro", "v4-flash": "--c-v4-flash" };
const FONT = 13;
const ROW = 42;
const BAR = 14;

const text = (x, y, words, more = {}) => s("text", { x, y, "font-size": FONT, fill: "var(--ink)", ...more }, words);

/**
 * @param {{id: string, name: string, cache: number, work: number, cacheShare: number, workShare: number}[]} models
 * @param {{cache: number, work: number}} most what the longest bar stands for
 * @param {{id: string, cache: number, work: number}[]} published shares in percent, at the published length
 * @param {{cache: number, work: number}} base of V3.2 at that length
 * @param {number} width in CSS pixels
 * @param {string} description for screen readers
 */
export function draw(models, most, published, base, width, description) {
  const svg = s("svg", { width, role: "img", "aria-label": description, "font-family": "Arial, Liberation Sans, Helvetica, sans-serif" });
  let y = 0;
  for (const [what, title, print] of [
    ["cache", "Memory for the text (cache)", (value) => `${digits(value)} GiB`],
    ["work", "Compute for each new token", flops],
  ]) {
    y += FONT + 4;
    svg.append(text(0, y, title, { "font-weight": 600 }));
    y += 6;
    for (const model of models) {
      const share = model[`${what}Share`];
      y += FONT + 4;
      svg.append(text(0, y, model.name), text(width, y, `${print(model[what])}${model.id === "deepseek-v3-2" ? "" : `, ${digits(share)}%`}`, { "text-anchor": "end" }));
      y += 7;
      svg.append(
        s("rect", { x: 0, y, width, height: BAR, fill: "var(--paper-2)" }),
        s("rect", { x: 0, y, width: Math.max(1, (width * model[what]) / most[what]), height: BAR, fill: `var(${HUES[model.id]})`, class: "claim-bar" }),
      );
      const said = published.find((item) => item.id === model.id);
      if (said) {
        const x = (width * said[what] * base[what]) / 100 / most[what];
        svg.append(s("path", { d: `M${x} ${y - 2}V${y + BAR + 3}`, stroke: "var(--ink)", "stroke-width": 2 }));
      }
      y += ROW - FONT - 11;
    }
    y += 4;
  }
  svg.setAttribute("viewBox", `0 0 ${width} ${Math.ceil(y)}`);
  return svg;
}
