// Marks as SVG. A mark with a key that the last picture had, too, moves; others fade in.

import { s, setAttribute } from "../../lib/ui.js";

const color = (name) => (name ? `var(--${name})` : "none");

function attributes(mark) {
  const { tag } = mark;
  const paint = {
    fill: color(tag === "text" ? mark.color ?? "ink" : mark.fill),
    stroke: mark.stroke ? color(mark.stroke) : null,
    "stroke-width": mark.width ?? null,
    "stroke-dasharray": mark.dash ?? null,
    opacity: mark.opacity ?? null,
  };
  if (tag === "rect") {
    // As style and not as attributes: only so does it move.
    return { ...paint, rx: 1.5, style: `x:${mark.x}px;y:${mark.y}px;width:${mark.w}px;height:${mark.h}px` };
  }
  if (tag === "path") return { ...paint, d: mark.d };
  return {
    ...paint,
    "font-size": mark.size, "text-anchor": mark.anchor ?? null, "font-weight": mark.bold ? 600 : null,
    style: `transform:translate(${mark.x}px,${mark.y}px)${mark.turn ? " rotate(-90deg)" : ""}`,
  };
}

/**
 * Make `svg` show `marks`.
 * @param {SVGElement} svg
 * @param {object[]} marks from `scene`
 * @param {{width: number, height: number}} frame
 * @param {string} description for screen readers
 */
export function show(svg, marks, frame, description) {
  const known = new Map([...svg.children].map((element) => [element.dataset.key, element]));
  svg.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
  svg.setAttribute("aria-label", description);
  let next = svg.firstChild;
  for (const mark of marks) {
    let element = known.get(mark.key);
    if (element?.tagName !== mark.tag) element = s(mark.tag, { "data-key": mark.key, class: "story-new" });
    else known.delete(mark.key);
    for (const [name, value] of Object.entries(attributes(mark))) {
      if (value === null) element.removeAttribute(name);
      else if (element.getAttribute(name) !== String(value)) setAttribute(element, name, value);
    }
    if (mark.tag === "text" && element.textContent !== mark.words) element.textContent = mark.words;
    // Those that stay where they are in the order are not moved: a moved element cannot glide.
    if (element === next) next = next.nextSibling;
    else svg.insertBefore(element, next);
  }
  for (const element of known.values()) element.remove();
}

/**
 * Mark what is pointed at, or nothing.
 * @param {SVGElement} svg
 * @param {string[]} keys of marks
 * @param {string} bows lines to draw over the others; "" for none
 */
export function look(svg, keys, bows) {
  svg.querySelector(".story-bows")?.remove();
  for (const element of svg.children) element.classList.toggle("story-looked", keys.includes(element.dataset.key));
  if (bows) svg.append(s("path", { d: bows, fill: "none", class: "story-bows" }));
}

/** The word, block or sink under a pointer, by key; null for anything else. */
export function keyAt(target) {
  const [, letter, rest] = /^l?([wtbck]|sink)(\d*)$/.exec(target.dataset?.key ?? "") ?? [];
  if (!letter || letter === "sink") return letter ?? null;
  return `${/[wt]/.test(letter) ? "w" : "b"}${rest}`;
}
