// The drawing: the whole context in cells, and below it a close-up of what the step is about.
// Drawn for the width at hand, so that text keeps its size; never more than 400 marks.

import { blockSize, overview, pooledTokens } from "./grid.js";
import { whole } from "../../lib/checked.js";
import { s } from "../../lib/ui.js";

const NARROW = 560;
const FONT = 12;
const COLORS = { csa: "--c-csa", hca: "--c-hca", dsa: "--c-v3-2", full: "--c-v3-2", window: "--c-window" };
/** Marks that a step is about; the others are drawn lighter. */
const FOCUS = {
  window: ["tokens"], compression: ["tokens", "blocks"], indexer: ["keys"], "top-k": ["keys", "blocks"],
  hca: ["blocks"], sink: ["tokens", "blocks"], all: ["tokens"],
};

const color = (name) => `var(${name})`;
const text = (x, y, words, options = {}) =>
  s("text", { x, y, "font-size": FONT, fill: color("--ink"), ...options }, words);
const rect = (x, y, width, height, options = {}) =>
  s("rect", { x, y, width: Math.max(0.5, width), height, fill: "none", "stroke-width": 1, ...options });
const diamond = (x, y, radius, options) =>
  s("path", { d: `M${x} ${y - radius}l${radius} ${radius}l${-radius} ${radius}l${-radius} ${-radius}z`, "stroke-width": 1, ...options });

/** A cell that is empty, filled, or filled to a part from below. */
function cell(x, y, width, height, share, hue, dashed) {
  const box = rect(x, y, width, height, {
    stroke: dashed ? color("--ink-soft") : color(hue), "stroke-dasharray": dashed ? "2 2" : null,
    fill: share >= 1 ? color(hue) : "none",
  });
  if (share <= 0 || share >= 1) return [box];
  const filled = Math.max(3, share * height);
  return [box, rect(x, y + height - filled, width, filled, { fill: color(hue) })];
}

/** Rows for the whole context; returns the height used. */
function wholeContext(view, width, group) {
  const { reads, tokens, chosen, position } = view;
  const map = overview(reads, chosen, tokens, width < NARROW ? 32 : 64);
  const x = (token) => 1 + ((width - 2) * token) / tokens;
  const gap = width / map.cells.length < 9 ? 1 : 2;
  const hue = COLORS[reads.kind];
  const spanOf = ({ from, to }) => [x(from), Math.max(1, x(to + 1) - x(from) - gap)];
  let y = FONT;
  const label = (words) => { group("labels").append(text(1, y, words)); y += 6; };

  const each = map.bin > 1 ? `, ${whole(map.bin)} a cell` : "";
  const last = tokens - 1;
  label(reads.kind === "dsa" ? `Tokens 0–${whole(last)}${each}: ${whole(reads.read)} are read` : `Tokens 0–${whole(last)}${each}`);
  const tokensRow = reads.kind === "dsa" ? [] : map.cells;
  for (const item of tokensRow) {
    const [left, wide] = spanOf(item);
    const share = item.exact / (item.to - item.from + 1);
    const tint = reads.kind === "full" ? hue : item.exact ? "--c-window" : "--ink-soft";
    group("tokens").append(...cell(left, y, wide, 16, share, tint, !item.visible));
  }
  if (tokensRow.length) y += 16;
  const blockRow = () => {
    const most = Math.max(...map.blocks.map((item) => (item.complete ? item.read / item.complete : 0)), 0);
    for (const item of map.blocks) {
      const [left, wide] = spanOf(item);
      const share = item.complete && most ? item.read / item.complete / most : 0;
      group("blocks").append(...cell(left, y, wide, 22, share, hue, !item.complete));
    }
    y += 22;
  };
  const keyRow = () => {
    y += FONT + 10;
    label(`Index keys: ${whole(reads.scanned)} scored`);
    y += 6;
    for (const item of map.blocks) {
      if (!item.complete) continue;
      const [left, wide] = spanOf(item);
      group("keys").append(diamond(left + wide / 2, y, Math.min(5, Math.max(2, wide / 2)), {
        stroke: color("--c-indexer"), fill: "none",
      }));
    }
    y += 5;
  };
  if (reads.kind === "dsa") blockRow();
  const arrow = Math.min(width - 6, Math.max(6, x(position + 0.5)));
  group("labels").append(s("path", { d: `M${arrow} ${y + 3}l5 8h-10z`, fill: color("--ink") }));
  const left = arrow < width / 2;
  group("labels").append(text(arrow + (left ? 8 : -8), y + 13, `query at ${whole(position)}`, { "text-anchor": left ? "start" : "end" }));
  y += 14;
  if (reads.kind === "dsa") keyRow();
  if (reads.kind === "csa" || reads.kind === "hca") {
    y += FONT + 8;
    const blocks = reads.complete === 1 ? "1 block" : `${whole(reads.complete)} blocks`;
    label(`${blocks} of ${reads.size} tokens: ${whole(reads.read)} read`);
    blockRow();
    if (reads.kind === "csa") keyRow();
  }
  return y;
}

/** The window as cells of a few tokens, with the blocks above it. */
function windowCloseUp(view, width, y, add) {
  const { reads, config } = view;
  const { from, to } = reads.window;
  const unit = Math.max(1, Math.round(config.window / 32));
  const first = Math.floor(from / unit) * unit;
  const end = (Math.floor(to / unit) + 1) * unit;
  const x = (token) => 1 + ((width - 2) * (token - first)) / (end - first);
  const gap = 2;
  if (reads.size) {
    add(text(1, y + FONT, "Blocks over it; dashed: not finished, not readable"));
    y += FONT + 6;
    for (let block = Math.floor(first / reads.size); block * reads.size <= to; block += 1) {
      const left = Math.max(1, x(block * reads.size));
      const right = Math.min(width - 1, x((block + 1) * reads.size));
      const done = block < reads.complete;
      add(rect(left, y, right - left - gap, 14, {
        stroke: color(done ? COLORS[reads.kind] : "--ink-soft"), "stroke-dasharray": done ? null : "3 3",
      }));
    }
    y += 20;
  }
  for (let start = first; start < end; start += unit) {
    const count = Math.min(to, start + unit - 1) - Math.max(from, start) + 1;
    for (const mark of cell(x(start), y, x(start + unit) - x(start) - gap, 18, count / unit, "--c-window")) add(mark);
  }
  y += 18 + FONT + 3;
  add(text(1, y, whole(from)));
  add(text(width - 1, y, whole(to), { "text-anchor": "end" }));
  return y + 4;
}

/** One compressed entry and the tokens that it pools. */
function poolCloseUp(view, width, y, add) {
  const { reads, config, layer, block, tokens } = view;
  const { own, before, count } = pooledTokens(config, layer, block);
  const size = blockSize(config, layer);
  const unit = Math.max(1, Math.ceil(size / 32));
  const margin = size > 32 ? unit * 2 : size;
  const first = Math.max(0, (before?.from ?? own.from) - margin);
  const end = Math.min(tokens, own.to + 1 + margin);
  const hue = COLORS[reads.kind];
  const x = (token) => 1 + ((width - 2) * (token - first)) / (end - first);
  const gap = 2;
  const pooledFrom = before?.from ?? own.from;
  add(text(x(own.from), y + FONT, `block ${whole(block)}`, x(own.from) > width / 2 ? { "text-anchor": "end", x: x(own.to + 1) - gap } : {}));
  y += FONT + 6;
  add(rect(x(own.from), y, x(own.to + 1) - x(own.from) - gap, 20, { fill: color(hue), stroke: color(hue) }));
  add(s("path", {
    d: `M${x(own.from)} ${y + 20}L${x(pooledFrom)} ${y + 50}H${x(own.to + 1) - gap}V${y + 20}z`,
    fill: color(hue), opacity: 0.18,
  }));
  y += 52;
  for (let start = Math.floor(first / unit) * unit; start < end; start += unit) {
    const inside = start >= own.from && start <= own.to;
    const earlier = before && start >= before.from && start <= before.to;
    add(rect(x(start), y, x(Math.min(end, start + unit)) - x(start) - gap, 18, {
      stroke: color(inside || earlier ? hue : "--ink-soft"), fill: inside ? color(hue) : "none",
      "stroke-width": earlier ? 2.5 : 1,
    }));
  }
  y += 18 + FONT + 4;
  if (before) {
    add(text((x(before.from) + x(own.from)) / 2, y, "before", { "text-anchor": "middle" }));
    add(text((x(own.from) + x(own.to + 1)) / 2, y, "own", { "text-anchor": "middle" }));
    y += FONT + 4;
  }
  add(text(width / 2, y, `${whole(count)} tokens: ${whole(pooledFrom)} to ${whole(own.to)}`, { "text-anchor": "middle" }));
  return y + 4;
}

/** Blocks around the chosen one, each with its key; what is read has a line to the query. */
function pickCloseUp(view, width, y, add) {
  const { reads, chosen, block } = view;
  const room = width < NARROW ? 12 : 24;
  const first = Math.max(0, Math.min(block - room / 2, reads.complete - room));
  const last = Math.min(reads.complete, first + room) - 1;
  const picked = new Set(chosen.filter((item) => item >= first && item <= last));
  const wide = (width - 2) / room;
  const lines = view.step === "top-k";
  if (lines) {
    add(s("circle", { cx: width - 6, cy: y + 8, r: 4.5, fill: color("--ink") }));
    add(text(width - 16, y + 12, "query", { "text-anchor": "end" }));
  }
  y += 34;
  for (let item = first; item <= last; item += 1) {
    const left = 1 + (item - first) * wide;
    const middle = left + wide / 2 - 1;
    const read = picked.has(item);
    const fill = !lines ? "none" : read ? color("--c-indexer") : "none";
    add(diamond(middle, y, 5, { stroke: color("--c-indexer"), fill }));
    if (lines && read) add(s("path", { d: `M${middle} ${y - 6}V${y - 12}H${width - 6}V${y - 22}`, stroke: color(COLORS[reads.kind]), fill: "none", "stroke-width": 1.25 }));
    add(rect(left, y + 9, wide - 2, 18, {
      stroke: color(item === block ? "--ink" : COLORS[reads.kind]), fill: lines && read ? color(COLORS[reads.kind]) : "none",
      "stroke-width": item === block ? 2.5 : 1,
    }));
  }
  y += 27 + FONT + 4;
  const unit = reads.kind === "dsa" ? "token" : "block";
  add(text(1, y, `${unit} ${whole(first)}`));
  add(text(1 + (last - first + 1) * wide - 2, y, whole(last), { "text-anchor": "end" }));
  return y + 4;
}

/** The list that attention reads, as a bar, and the sink beside it. */
function listCloseUp(view, width, y, add) {
  const { reads } = view;
  const sink = 64;
  const room = width - 2 - sink - 12;
  const least = 94;
  const total = reads.total;
  const wanted = [[reads.window.count, "--c-window", "window"], [reads.read, COLORS[reads.kind], "blocks"]].filter(([count]) => count);
  let widths = wanted.map(([count]) => Math.max(least, (room * count) / total));
  const over = widths.reduce((a, b) => a + b, 0) - room;
  if (over > 0) widths = widths.map((item) => (item === Math.max(...widths) ? item - over : item));
  let x = 1;
  wanted.forEach(([count, hue, name], index) => {
    add(rect(x, y, widths[index] - 2, 26, { fill: color(hue) }));
    add(text(x, y + 26 + FONT + 3, `${name}: ${whole(count)}`));
    x += widths[index];
  });
  add(rect(width - sink - 1, y, sink, 26, { stroke: color("--c-sink"), "stroke-dasharray": "3 3", "stroke-width": 1.5 }));
  add(text(width - 1, y + 26 + FONT + 3, "sink", { "text-anchor": "end" }));
  return y + 26 + FONT + 8;
}

const CLOSE_UPS = {
  window: ["Close-up of the window", windowCloseUp],
  compression: ["Close-up of one block", poolCloseUp, true],
  indexer: ["Close-up: keys near the chosen block", pickCloseUp, true],
  "top-k": ["Close-up: filled is read, outlined is skipped", pickCloseUp, true],
  hca: ["The list that is read", listCloseUp],
  sink: ["The list that is read", listCloseUp],
};

/**
 * Draw a view.
 * @param {{config, layer, tokens, position, reads, chosen, block, step}} view
 * @param {number} width in CSS pixels; the drawing is as wide
 * @param {string} description for screen readers
 */
export function draw(view, width, description) {
  const groups = new Map();
  const focus = FOCUS[view.step];
  const group = (name) => {
    if (!groups.has(name)) {
      groups.set(name, s("g", { opacity: name === "labels" || focus.includes(name) ? null : 0.45 }));
    }
    return groups.get(name);
  };
  let height = wholeContext(view, width, group);
  const [title, closeUp, needsBlock] = CLOSE_UPS[view.step] ?? [];
  const close = s("g", {});
  if (closeUp && !(needsBlock && view.block === null)) {
    height += 16;
    close.append(s("line", { x1: 0, x2: width, y1: height, y2: height, stroke: color("--rule") }));
    height += FONT + 10;
    const named = view.reads.kind === "dsa" ? title.replace("block", "token") : title;
    close.append(text(1, height, named, { "font-weight": 600 }));
    height = closeUp(view, width, height + 8, (mark) => close.append(mark));
  }
  return s("svg", {
    viewBox: `0 0 ${width} ${Math.ceil(height + 4)}`, width, role: "img", "aria-label": description,
    "font-family": "var(--sans)", class: "attention-drawing",
  }, [...groups.values()], close);
}
