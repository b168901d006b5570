// Timeline: events as marks in lanes.

import { s } from "../../lib/ui.js";
import { day } from "../../lib/dates.js";
import { counted } from "../../lib/words.js";
import { beside, dayText, eventSpan, LANES, levels, named, nameOf, ticks } from "./model.js";

export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** Date of an event in words, with its end. */
export const when = (event) => day(event.date) + (event.end_date ? ` to ${day(event.end_date)}` : "");

/**
 * The drawing: one row a lane in its color, marks stacked where days are close, the large ones named.
 * @returns {{svg: SVGElement, marks: {event: object, node: SVGElement}[]}} marks in the order of `shown`
 */
export function drawing({ shown, view: [from, to], lanes, chosen: on, tell, move, width }) {
  const narrow = width < 600;
  const left = narrow ? 8 : 82;
  const x = (number) => left + ((number - from + 0.5) / (to - from + 1)) * (width - left - 8);
  const chosen = LANES.filter((lane) => lanes.includes(lane));
  const word = (text, at, y, more = {}) => s("text", { x: at, y, "font-size": 12, "font-family": "var(--sans)", fill: "var(--ink)", ...more }, text);
  const svg = s("svg", { role: "group", "aria-label": `${counted(shown.length, "event")} from ${day(dayText(from))} to ${day(dayText(to))}`, onkeydown: move });
  const grid = s("g", {});
  svg.append(grid);
  const marks = shown.map((event) => ({ event }));
  let y = 6;
  for (const lane of chosen) {
    const color = `var(--c-lane-${lane})`;
    const inLane = marks.filter((mark) => mark.event.lane === lane);
    const places = inLane.map(({ event }) => {
      const [first, last] = eventSpan(event);
      const exact = first === last;
      const start = x(Math.max(first, from)) - (exact ? 7 : 5);
      const end = exact ? start + 14 : Math.max(x(Math.min(last, to)) + 5, start + 14);
      const room = named(event, from, to, narrow) ? beside({ start, end }, nameOf(event), { left: narrow ? 0 : left, right: width }) : null;
      return { start, end, exact, room };
    });
    const rows = levels(places.map(({ start, end, room }) => room ?? { start, end }), 4);
    const label = narrow ? 18 : 0;
    const height = label + Math.max(1, ...rows.map((row) => row + 1)) * 17 + 9;
    svg.append(s("line", { x1: 0, x2: width, y1: y - 3, y2: y - 3, stroke: "var(--rule)" }),
      word(capital(lane), 0, y + (narrow ? 12 : 14), { "font-weight": 600, fill: color, ...(narrow ? { stroke: "var(--paper)", "stroke-width": 4, "paint-order": "stroke" } : {}) }));
    inLane.forEach((mark, index) => {
      const { event } = mark;
      const { start, end, exact, room } = places[index];
      const at = y + label + rows[index] * 17 + 10;
      const fill = event.status === "confirmed" ? color : "var(--paper)";
      const radius = event.major ? 6.5 : 4.5;
      mark.node = s("g", {
        class: "time-mark", role: "button", tabindex: "-1", "data-id": event.id,
        "aria-label": `${when(event)}, ${event.lane}: ${event.title}`,
        onfocus: () => tell(event), onmouseenter: () => tell(event, false), onclick: () => tell(event),
      },
      s("rect", { class: "time-ring", x: start - 2, y: at - 9, width: end - start + 4, height: 18, rx: 9, fill: "transparent" }),
      exact
        ? s("circle", { cx: start + 7, cy: at, r: radius, fill, stroke: color, "stroke-width": 2 })
        : s("rect", { x: start + 1, y: at - radius, width: end - start - 2, height: 2 * radius, rx: radius, fill, stroke: color, "stroke-width": 2 }),
      room ? word(nameOf(event), room.at, at + 4, { "text-anchor": room.anchor, "aria-hidden": "true", stroke: "var(--paper)", "stroke-width": 3, "paint-order": "stroke" }) : null);
    });
    y += height;
  }
  for (const tick of ticks(from, to, width - left - 8)) {
    const at = x(tick.day - 0.5);
    grid.append(s("line", { x1: at, x2: at, y1: 0, y2: y + 2, stroke: "var(--rule)", "stroke-width": tick.strong ? 1.5 : 0.7 }));
    const end = at > width - 20 ? { "text-anchor": "end" } : { "text-anchor": at < 14 ? "start" : "middle" };
    svg.append(word(tick.text, Math.max(0, Math.min(at, width)), y + 16, { ...end, fill: "var(--ink-soft)", "font-weight": tick.strong ? 700 : 400 }));
  }
  for (const { node } of marks) svg.append(node); // the order of dates, over all lanes
  svg.setAttribute("viewBox", `0 0 ${width} ${y + 24}`);
  const start = Math.max(0, marks.findIndex((mark) => mark.event.id === on));
  marks[start]?.node.setAttribute("tabindex", "0");
  if (marks[start]?.event.id === on) marks[start].node.classList.add("time-mark--on");
  return { svg, marks };
}
