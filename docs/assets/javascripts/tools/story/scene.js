// Where each mark of the eight pictures stands: one list a picture. Mirror of
// scripts/figures/architecture/story/scene.py, which draws the stills; no DOM here.

import { chosen, scores } from "./model.js";

export const STEPS = Object.freeze(["sentence", "full", "window", "fold", "indexer", "hca", "list", "million"]);
export const MILLION = 1_048_576;
const WIDE = 704;
const NARROW = 328;
const HCA_SHOWN = 32;

const NUMBER = new Intl.NumberFormat("en-US");
export const whole = (value) => NUMBER.format(value);
/** One decimal at most, halves up. */
const num = (value) => String(Math.floor(value * 10 + 0.5) / 10);

const rect = (key, x, y, w, h, fill = "", stroke = "", more = {}) =>
  ({ key, tag: "rect", x: num(x), y: num(y), w: num(Math.max(0.5, w)), h: num(Math.max(0.5, h)), fill, stroke, ...more });
const text = (key, x, y, words, size, more = {}) =>
  ({ key, tag: "text", x: num(x), y: num(y), words, size: num(size), ...more });
const path = (key, d, fill = "", stroke = "", more = {}) => ({ key, tag: "path", d, fill, stroke, ...more });

/** Words run to the right on a wide picture and down on a narrow one. */
export function frameOf(narrow, all) {
  const width = narrow ? NARROW : WIDE;
  const height = narrow ? 472 : 304;
  const size = narrow ? 12 : 13;
  const place = narrow
    ? { peak: 66, base: 74, word: 78, end: 146, block: 174, under: 198, key: 212, points: 222, turn: 256, gather: 264 }
    : { peak: 88, base: 100, word: 104, end: 172, block: 196, under: 218, key: 232, points: 254, turn: 262, gather: 270 };
  return {
    narrow, width, height, size, all, place,
    cell: narrow ? 13 : WIDE / all,
    at: (along, across) => (narrow ? `${num(across)} ${num(along)}` : `${num(along)} ${num(across)}`),
    box: (key, start, end, top, bottom, ...more) => (narrow
      ? rect(key, top, start, bottom - top, end - start, ...more)
      : rect(key, start, top, end - start, bottom - top, ...more)),
    notes(lines, below = "") {
      const step = size * 1.35;
      const first = below && !narrow ? place[below] + 24 : height - 6 - step * (lines.length - 1);
      return lines.map((line, index) => text(`note${index}`, 0, first + index * step, line, size));
    },
  };
}

function words(frame, sentence, toy, state) {
  const { narrow, place, cell } = frame;
  return sentence.flatMap((word, index) => {
    const start = index * cell + 1;
    const written = index < toy.words;
    const [fill, stroke] = written ? state(index) : ["", "rule"];
    const color = fill ? "paper" : written ? "ink" : "ink-soft";
    const size = narrow ? 10 : 12;
    const middle = start + (cell - 2) / 2 + size * 0.35;
    return [
      frame.box(`w${index}`, start, start + cell - 2, place.word, place.end, fill, stroke, written ? {} : { dash: "2 2" }),
      narrow ? text(`t${index}`, place.word + 4, middle, word.text, size, { color })
        : text(`t${index}`, middle, place.end - 5, word.text, size, { color, turn: true }),
    ];
  });
}

const asker = (toy) => (index) => (index === toy.words - 1 ? ["ink", "ink"] : ["", "ink-soft"]);
const inWindow = (toy) => (index) => {
  if (index === toy.words - 1) return ["ink", "ink"];
  return index >= toy.words - toy.window ? ["c-window", "c-window"] : ["", "ink-soft"];
};

/** A bow from the middle of one word to that of another, the higher the farther. */
function arc(frame, later, earlier) {
  const { cell, all, place: { base, peak } } = frame;
  const a = (later + 0.5) * cell;
  const b = (earlier + 0.5) * cell;
  const top = (-2 * peak * (a - b)) / (cell * (all - 1));
  return `M${frame.at(a, base)}q${frame.at((b - a) / 2, top)} ${frame.at(b - a, 0)}`;
}

function blocks(frame, toy, counts, read) {
  const { place, cell } = frame;
  const out = [];
  const looked = Math.floor(counts.blocks / 2);
  for (let block = 0; block < counts.blocks; block += 1) {
    const start = block * toy.block * cell + 1;
    const end = (block + 1) * toy.block * cell - 1;
    const before = Math.max(0, block - 1) * toy.block * cell + 1;
    const shown = block === looked ? "0.45" : "0.12";
    for (const [key, left] of [["own", start], ["before", before]]) {
      const d = `M${frame.at(left, place.end + 2)}L${frame.at(end, place.end + 2)}L${frame.at(end, place.block)}L${frame.at(start, place.block)}z`;
      const half = block === looked ? num(Number(shown) / 2) : "0.1";
      out.push(path(`${key}${block}`, d, "c-csa", "", { opacity: key === "own" ? shown : half }));
    }
    out.push(frame.box(`b${block}`, start, end, place.block, place.under, read.has(block) ? "c-csa" : "", "c-csa"));
  }
  const rest = counts.blocks * toy.block;
  if (rest < toy.words) {
    out.push(frame.box("rest", rest * cell + 1, toy.words * cell - 1, place.block, place.under, "", "ink-soft", { dash: "3 3" }));
  }
  return out;
}

function keys(frame, toy, points, read) {
  const { narrow, place, cell } = frame;
  const end = toy.words * cell - cell / 2;
  return points.flatMap((value, block) => {
    const middle = (block + 0.5) * toy.block * cell;
    const [x, y] = narrow ? [place.key, middle] : [middle, place.key];
    const out = [
      path(`k${block}`, `M${num(x)} ${num(y - 5)}l5 5l-5 5l-5 -5z`, read.has(block) ? "c-indexer" : "", "c-indexer"),
      narrow ? text(`p${block}`, place.points, y + 4, String(value), 11)
        : text(`p${block}`, x, place.points, String(value), 12, { anchor: "middle" }),
    ];
    if (read.has(block)) {
      const d = `M${frame.at(middle, place.turn - 2)}L${frame.at(middle, place.gather)}L${frame.at(end, place.gather)}`;
      out.push(path(`r${block}`, d, "", "c-csa"));
    }
    return out;
  });
}

function hca(frame, toy, real) {
  const { narrow, width, size, all } = frame;
  const columns = narrow ? 32 : 64;
  const cell = width / columns;
  const top = 24;
  const out = [];
  for (let index = 0; index < real.hcaRatio; index += 1) {
    const ours = index - (real.hcaRatio - all);
    const fill = ours >= 0 && ours < toy.words ? "ink-soft" : "";
    const x = (index % columns) * cell + 1;
    const y = top + Math.floor(index / columns) * cell;
    out.push(rect(ours >= 0 ? `w${ours}` : `h${index}`, x, y, cell - 2, cell - 2, fill, "ink-soft"));
  }
  const under = top + (real.hcaRatio / columns) * cell + 2;
  const block = under + 34;
  const middle = width / 2;
  const row = block + 74;
  const wide = width / HCA_SHOWN;
  out.push(
    path("hfan", `M0 ${num(under)}L${num(width)} ${num(under)}L${num(middle + 30)} ${num(block)}L${num(middle - 30)} ${num(block)}z`, "c-hca", "", { opacity: "0.16" }),
    rect("hblock", middle - 30, block, 60, 22, "c-hca", "c-hca"),
    text("hnote", 0, 14, `${real.hcaRatio} tokens, our ${all} words the last of them`, size),
    text("hone", middle + 38, block + 16, "one block", size),
    text("hrow", 0, row - 10, `A text of ${whole(HCA_SHOWN * real.hcaRatio)} tokens: ${HCA_SHOWN} blocks, all read`, size),
  );
  for (let index = 0; index < HCA_SHOWN; index += 1) {
    out.push(rect(`g${index}`, index * wide + 1, row, wide - 2, 22, "c-hca", "c-hca"));
  }
  return out;
}

function list(frame, sentence, toy, counts) {
  const picked = chosen(sentence, toy);
  const wide = Math.min(44, frame.width / (counts.window + picked.length + 1));
  const top = 22;
  const tall = 66;
  const middle = frame.width / 2;
  const gather = top + tall + 66;
  const out = [];
  const labels = [];
  let place = 0;
  const one = (key, fill, stroke, more = {}) => {
    out.push(rect(key, place + 1, top, wide - 2, tall, fill, stroke, more));
    out.push(path(`l${key}`, `M${num(place + wide / 2)} ${top + tall + 2}L${num(middle)} ${num(gather - 8)}`, "", stroke, more));
    place += wide;
  };
  for (const block of picked) one(`b${block}`, "c-csa", "c-csa");
  for (let index = toy.words - counts.window; index < toy.words; index += 1) {
    if (wide > 12) {
      labels.push(text(`t${index}`, place + wide / 2 + 4, top + tall - 5, sentence[index].text, 12, { color: "paper", turn: true }));
    }
    one(`w${index}`, "c-window", "c-window");
  }
  one("sink", "", "c-sink", { dash: "3 3" });
  out.push(
    ...labels,
    path("gather", `M${num(middle - 8)} ${gather}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z`, "ink"),
    text("softmax", middle + 16, gather + 5, "one softmax", frame.size, { bold: true }),
  );
  [
    ["c-csa", "c-csa", `Blocks: ${counts.read} of ${counts.blocks}`],
    ["c-window", "c-window", `Window: ${counts.window}, word by word`],
    ["", "c-sink", "Sink: lets a head read almost nothing"],
  ].forEach(([fill, stroke, said], index) => {
    const y = gather + 40 + index * 24;
    out.push(rect(`s${index}`, 1, y - 11, 14, 14, fill, stroke, fill ? {} : { dash: "3 3" }), text(`n${index}`, 22, y, said, frame.size));
  });
  return out;
}

function million(frame, toy, real) {
  const { narrow, width, size } = frame;
  const out = [];
  [
    ["all", `The text: ${whole(MILLION)} tokens`, MILLION, "ink-soft", "ink-soft"],
    ["kept", `CSA: ${whole(real.csaBlocks)} blocks kept and scored`, real.csaBlocks, "", "c-csa"],
    ["pro", `CSA, V4-Pro: ${whole(real.proKept)} of them read`, real.proKept, "c-csa", "c-csa"],
    ["flash", `CSA, V4-Flash: ${whole(real.flashKept)} read`, real.flashKept, "c-csa", "c-csa"],
    ["far", `HCA: ${whole(real.hcaBlocks)} blocks, all read`, real.hcaBlocks, "c-hca", "c-hca"],
    ["near", `Window: ${whole(real.window)} tokens`, real.window, "c-window", "c-window"],
  ].forEach(([key, said, count, fill, stroke], index) => {
    const y = 16 + index * (narrow ? 62 : 48);
    out.push(text(`m${key}`, 0, y, said, size), rect(`x${key}`, 1, y + 7, Math.max(1.5, ((width - 2) * count) / MILLION), 16, fill, stroke));
  });
  for (let index = 0; index < toy.words; index += 1) out.push(rect(`w${index}`, width - 2, 23, 1, 16, "ink", ""));
  return out;
}

/**
 * All marks of one picture, from back to front.
 * @param {string} step one of STEPS; throws RangeError for another
 * @param {{sentence: object[], toy: object, counts: object, real: object}} view
 * @param {boolean} narrow
 */
export function scene(step, { sentence, toy, counts, real }, narrow) {
  if (!STEPS.includes(step)) throw new RangeError(`the story has no picture '${step}'`);
  const frame = frameOf(narrow, sentence.length);
  const last = toy.words - 1;
  const each = (count, draw) => Array.from({ length: count }, (_, index) => draw(index)).join("");
  if (step === "sentence") {
    return [...words(frame, sentence, toy, asker(toy)),
      ...frame.notes([`${toy.words} words. The last, “${sentence[last].text}”, asks.`], "end")];
  }
  if (step === "full") {
    return [
      path("pairs", each(last, (a) => each(a, (b) => arc(frame, a, b))), "", "rule", { width: "0.7" }),
      path("asked", each(last, (b) => arc(frame, last, b)), "", "c-sink", { width: "1.5" }),
      ...words(frame, sentence, toy, asker(toy)),
      ...frame.notes([`${toy.words} to read for the last word,`, `${counts.pairs} for all`], "end"),
    ];
  }
  if (step === "window") {
    const first = toy.words - counts.window;
    return [
      path("asked", each(Math.max(0, last - first), (b) => arc(frame, last, first + b)), "", "c-window", { width: "1.5" }),
      ...words(frame, sentence, toy, inWindow(toy)),
      ...frame.notes([`Window: the last ${counts.window}`], "end"),
    ];
  }
  if (step === "fold") {
    return [...blocks(frame, toy, counts, new Set()), ...words(frame, sentence, toy, asker(toy)),
      ...frame.notes([`${counts.blocks} blocks of ${toy.block}; each also pools the block before`], "under")];
  }
  if (step === "indexer") {
    const read = new Set(chosen(sentence, toy));
    return [
      ...blocks(frame, toy, counts, read), ...keys(frame, toy, scores(sentence, toy), read),
      ...words(frame, sentence, toy, inWindow(toy)),
      ...frame.notes([`${counts.blocks} scored; the best ${counts.read}, filled, are read`]),
    ];
  }
  if (step === "hca") return hca(frame, toy, real);
  return step === "list" ? list(frame, sentence, toy, counts) : million(frame, toy, real);
}

/** What is counted in a picture, in a sentence; none for the last, whose sums are of real models. */
export function counted(step, toy, of, real) {
  return {
    sentence: `${toy.words} words, each a possible place to look.`,
    full: `The last word reads ${toy.words} entries; the layer keeps ${whole(of.fullBytes)} bytes.`,
    window: `The last word reads ${of.window} entries; the layer keeps ${whole(of.windowBytes)} bytes.`,
    fold: `${toy.words} words become ${of.blocks} blocks, of up to ${of.pooled} words each: ${whole(of.entryBytes)} bytes.`,
    indexer: `${of.blocks} blocks scored, ${of.read} read; their index keys take ${whole(of.indexBytes)} bytes.`,
    hca: `A block in ${real.hcaRatio} tokens: ${whole(real.hcaBlocks)} blocks at ${whole(MILLION)} tokens.`,
    list: `The last word reads ${of.read} + ${of.window} = ${of.totalRead} entries; the layer keeps ${whole(of.totalBytes)} bytes, full attention ${whole(of.fullBytes)}.`,
    million: "",
  }[step];
}
