// Draws one panel of the benchmark explorer: rows of models, marks of scores, one axis.

import { s } from "../../lib/ui.js";
import { plain } from "../../lib/words.js";
import { axis, KINDS } from "./model.js";

const NARROW = 600;
const SIZE = 12;

const color = (model) =>
  model.startsWith("v4-1") ? "var(--c-v4-1)"
    : model.startsWith("v4-pro") ? "var(--c-v4-pro)"
      : model.startsWith("v4-flash") ? "var(--c-v4-flash)"
        : "var(--ink-soft)";

const text = (content, x, y, more = {}) =>
  s("text", { x, y, "font-size": SIZE, "font-family": "var(--sans)", fill: "var(--ink)", ...more }, content);

/** Scores of a row beside it: each with its mark, or the range of many. */
function values(row) {
  const sign = (mark) => (mark.kind === "vendor" ? "●" : "○");
  if (row.marks.length <= 3) return row.marks.map((mark) => `${sign(mark)} ${plain(mark.score, 3)}`).join("  ");
  return `${plain(row.marks[0].score, 3)} to ${plain(row.marks.at(-1).score, 3)} (${row.marks.length})`;
}

/** The sign of a mark: filled for a vendor, hollow for everybody else. */
export function sign(kind, x, y, paint) {
  return s("circle", {
    cx: x, cy: y,
    ...(kind === "vendor"
      ? { r: 6, fill: paint, stroke: "var(--paper)", "stroke-width": 1 }
      : { r: 5.5, fill: "var(--paper)", stroke: paint, "stroke-width": 2 }),
  });
}

/**
 * A panel as a group of SVG elements.
 * @param {object} panel as made by panels() of the model
 * @param {{width: number, mode: "full" | "fit", mark?: (mark: object, row: object) => object}}
 *   options `mark` gives further attributes (handlers, labels) for the group of a mark
 * @returns {{group: SVGGElement, height: number}}
 */
export function draw(panel, { width, mode, mark: attributes = () => ({}) }) {
  const narrow = width < NARROW;
  const left = narrow ? 10 : 196;
  const right = narrow ? 12 : 138;
  const rowHeight = narrow ? 44 : 27;
  const top = 8;
  const scores = panel.rows.flatMap((row) => row.marks.map((item) => item.score));
  const { low, high, ticks } = axis(panel.unit, scores, mode);
  const x = (score) => left + ((score - low) / (high - low)) * (width - left - right);
  const bottom = top + panel.rows.length * rowHeight;
  const group = s("g", {});
  for (const tick of ticks) {
    const at = x(tick);
    group.append(
      s("line", { x1: at, x2: at, y1: top, y2: bottom + 4, stroke: "var(--rule)", "stroke-width": 1 }),
      text(plain(tick, 4), at, bottom + 18, { "text-anchor": "middle", fill: "var(--ink-soft)" }),
    );
  }
  panel.rows.forEach((row, index) => {
    const start = top + index * rowHeight;
    const y = narrow ? start + 30 : start + rowHeight / 2;
    const label = narrow ? start + 13 : y + 4;
    group.append(
      text(row.name, narrow ? left - 8 : 0, label, narrow ? { stroke: "var(--paper)", "stroke-width": 4, "paint-order": "stroke" } : {}),
      text(values(row), width, label, {
        "text-anchor": "end", fill: "var(--ink-soft)",
        ...(narrow ? { stroke: "var(--paper)", "stroke-width": 4, "paint-order": "stroke" } : {}),
      }),
      s("line", { x1: left, x2: width - right, y1: y, y2: y, stroke: "var(--rule)", "stroke-dasharray": "1 3" }),
    );
    // Where both kinds stand in a row, vendors stand above the line and the others below it.
    const apart = new Set(row.marks.map((item) => item.kind)).size > 1 ? 5 : 0;
    for (const item of row.marks) {
      const level = y + (item.kind === "vendor" ? -apart : apart);
      group.append(
        s("g", { class: "bench-mark", "data-kind": item.kind, ...attributes(item, row) },
          s("circle", { class: "bench-ring", cx: x(item.score), cy: level, r: 10, fill: "transparent" }),
          sign(item.kind, x(item.score), level, color(row.model))),
      );
    }
  });
  return { group, height: bottom + 24 };
}

/** What unit and direction the axis of a panel has. */
export function axisText({ benchmark, variant, unit }) {
  const metric = variant && benchmark.metric && variant.includes(benchmark.metric) ? variant : benchmark.metric;
  const name = { percent: "percent", elo: "Elo points", index: "index points", points: "points" }[unit] ?? unit;
  const better = benchmark.higher_is_better === false ? "lower is better" : "higher is better";
  return `${metric.charAt(0).toUpperCase()}${metric.slice(1)}, in ${name}; ${better}.`;
}

/**
 * All panels below each other in one drawing, with titles and key, for saving.
 * @returns {SVGSVGElement}
 */
export function sheet(shown, { width, mode }) {
  const svg = s("svg", {});
  let y = 24;
  svg.append(
    sign("vendor", 8, 14, "var(--ink)"), text(`${KINDS.vendor}'s own report`, 20, 18),
    sign("independent", 168, 14, "var(--ink)"), text(KINDS.independent, 180, 18),
  );
  for (const panel of shown) {
    y += 28;
    svg.append(text(panel.title, 0, y, { "font-weight": 700, "font-size": 14 }));
    svg.append(text(axisText(panel), 0, y + 17, { fill: "var(--ink-soft)" }));
    const { group, height } = draw(panel, { width, mode });
    group.setAttribute("transform", `translate(0 ${y + 24})`);
    svg.append(group);
    y += 24 + height;
  }
  svg.setAttribute("viewBox", `0 0 ${width} ${y + 8}`);
  return svg;
}
