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
  const height = narrow ? 440 : 304;
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

/** The block that is the example of how one is made. */
const lookedAt = (counts) => Math.floor(counts.blocks / 2);

/** One line on a wide picture, one for each part on a narrow one. */
const lines = (frame, ...parts) => (frame.narrow ? parts : [parts.join(" ")]);

/** What one block blends: its own words and, fainter, those of the block before, half and half. */
function pools(frame, toy, counts) {
  if (!counts.blocks) return [];
  const block = lookedAt(counts);
  const top = frame.place.end + 2;
  const foot = frame.place.block;
  const edge = (words) => words * toy.block * frame.cell;
  const fan = (key, first, from, to, opacity) => path(
    key,
    `M${frame.at(edge(first) + 1, top)}L${frame.at(edge(first + 1) - 1, top)}L${frame.at(to - 1, foot)}L${frame.at(from + 1, foot)}z`,
    "c-csa", "", { opacity },
  );
  const [start, end] = [edge(block), edge(block + 1)];
  if (!block) return [fan("own", block, start, end, "0.5")];
  const middle = (start + end) / 2;
  return [fan("before", block - 1, start, middle, "0.25"), fan("own", block, middle, end, "0.5")];
}

function poolNotes(frame, toy, counts) {
  const out = [];
  if (!counts.blocks) out.push("No block is finished yet");
  else {
    const one = toy.block === 1;
    const own = `Block ${lookedAt(counts) + 1}, for example: its own ${one ? "word" : `${toy.block} words`}`;
    const before = one ? "and, fainter, the one before" : `and, fainter, the ${toy.block} before`;
    out.push(...(lookedAt(counts) ? lines(frame, own, before) : [own]));
  }
  if (counts.waiting) {
    const where = counts.unseen ? `${counts.unseen} of them unread` : "read in the window";
    out.push(`Dashed: ${counts.waiting === 1 ? "1 word" : `${counts.waiting} words`} in no block yet, ${where}`);
  }
  return out;
}

function blocks(frame, toy, counts, read) {
  const { narrow, place, cell } = frame;
  const out = [];
  const middle = (place.block + place.under) / 2;
  for (let block = 0; block < counts.blocks; block += 1) {
    const start = block * toy.block * cell + 1;
    const end = (block + 1) * toy.block * cell - 1;
    const fill = read.has(block) ? "c-csa" : "";
    const [x, y] = narrow ? [middle, (start + end) / 2] : [(start + end) / 2, middle];
    out.push(
      frame.box(`b${block}`, start, end, place.block, place.under, fill, "c-csa"),
      text(`c${block}`, x, y + 4, String(block + 1), narrow ? 10 : 11, { anchor: "middle", color: fill ? "paper" : "ink-soft" }),
    );
  }
  if (counts.waiting) {
    out.push(frame.box("rest", (toy.words - counts.waiting) * cell + 1, toy.words * cell - 1, place.block, place.under, "", "ink-soft", { dash: "3 3" }));
  }
  return out;
}

function scoreNotes(frame, counts, points) {
  if (!points.length) return ["No block is finished yet: nothing to score"];
  const scored = `${counts.blocks} scored, by our toy's rule (see the note);`;
  const one = counts.read === 1;
  if (!points.some(Boolean)) {
    return lines(frame, scored, `none has a point, so ${one ? "the last one is" : `the last ${counts.read} are`} read`);
  }
  return lines(frame, scored, `the ${one ? "best one, filled, is" : `best ${counts.read}, filled, are`} read`);
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
    text("hnote", 0, 14, `${real.hcaRatio} tokens: our ${all} words after ${real.hcaRatio - all} others`, size),
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
  const name = (key, said, color = "paper") => {
    if (wide > 12) labels.push(text(key, place + wide / 2 + 4, top + tall - 5, said, 12, { color, turn: true }));
  };
  for (const block of picked) {
    name(`c${block}`, `block ${block + 1}`);
    one(`b${block}`, "c-csa", "c-csa");
  }
  for (let index = toy.words - counts.window; index < toy.words; index += 1) {
    name(`t${index}`, sentence[index].text);
    const color = index === toy.words - 1 ? "ink" : "c-window";
    one(`w${index}`, color, color);
  }
  name("tsink", "sink", "ink");
  one("sink", "", "c-sink", { dash: "3 3" });
  out.push(
    ...labels,
    path("gather", `M${num(middle - 8)} ${gather}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z`, "ink"),
    text("softmax", middle + 16, gather + 5, "one softmax", frame.size, { bold: true }),
  );
  [
    ["c-csa", "c-csa", `Blocks read: ${counts.read} of ${counts.blocks}`],
    ["c-window", "c-window", counts.window ? `Window: ${counts.window}, with the word that asks` : "Window: none"],
    ["", "c-sink", "Sink: takes a share, so that little may be read"],
  ].forEach(([fill, stroke, said], index) => {
    const y = gather + 40 + index * 24;
    out.push(rect(`s${index}`, 1, y - 11, 14, 14, fill, stroke, fill ? {} : { dash: "3 3" }), text(`n${index}`, 22, y, said, frame.size));
  });
  return out;
}

function million(frame, toy, real) {
  const { narrow, width, size } = frame;
  const out = [];
  const room = width - 2;
  const [step, lens] = narrow ? [56, 40] : [44, 34];
  const long = [
    ["all", `The text: ${whole(MILLION)} tokens`, MILLION, "ink-soft", "ink-soft"],
    ["kept", `CSA: ${whole(real.csaBlocks)} blocks stored and scored`, real.csaBlocks, "", "c-csa"],
  ];
  const thin = [
    ["far", `HCA: ${whole(real.hcaBlocks)} blocks, all read`, real.hcaBlocks, "c-hca", "c-hca"],
    ["pro", `CSA, V4-Pro: the best ${whole(real.proRead)} blocks read`, real.proRead, "c-csa", "c-csa"],
    ["flash", `CSA, V4-Flash: the best ${whole(real.flashRead)} blocks read`, real.flashRead, "c-csa", "c-csa"],
    ["near", `Window, in every layer: ${whole(real.window)} tokens read`, real.window, "c-window", "c-window"],
  ];
  [...long, ...thin].forEach(([key, said, count, fill, stroke], index) => {
    const [most, below] = index < long.length ? [MILLION, 0] : [real.hcaBlocks, lens];
    const y = 16 + index * step + below;
    out.push(text(`m${key}`, 0, y, said, size), rect(`x${key}`, 1, y + 7, (room * count) / most, 16, fill, stroke));
  });
  const top = 16 + (long.length - 1) * step + 25;
  const foot = top + lens + step - 40;
  out.push(
    path("lens", `M1 ${num(top)}L${num(1 + (room * real.hcaBlocks) / MILLION)} ${num(top)}L${num(1 + room)} ${num(foot)}L1 ${num(foot)}z`, "ink-soft", "", { opacity: "0.16" }),
    text("mlens", 6, foot - 6, `Enlarged ${Math.floor(MILLION / real.hcaBlocks)} times:`, size),
  );
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
      ...frame.notes([`${toy.words} to read for the last word,`, `${counts.pairs} for all words`], "end"),
    ];
  }
  if (step === "window") {
    const first = toy.words - counts.window;
    return [
      path("asked", each(Math.max(0, last - first), (b) => arc(frame, last, first + b)), "", "c-window", { width: "1.5" }),
      ...words(frame, sentence, toy, inWindow(toy)),
      ...frame.notes([`Window: the last ${counts.window} words`], "end"),
    ];
  }
  if (step === "fold") {
    return [...pools(frame, toy, counts), ...blocks(frame, toy, counts, new Set()), ...words(frame, sentence, toy, inWindow(toy)),
      ...frame.notes(poolNotes(frame, toy, counts), "under")];
  }
  if (step === "indexer") {
    const read = new Set(chosen(sentence, toy));
    const points = scores(sentence, toy);
    return [
      ...blocks(frame, toy, counts, read), ...keys(frame, toy, points, read),
      ...words(frame, sentence, toy, inWindow(toy)),
      ...frame.notes(scoreNotes(frame, counts, points)),
    ];
  }
  if (step === "hca") return hca(frame, toy, real);
  return step === "list" ? list(frame, sentence, toy, counts) : million(frame, toy, real);
}
