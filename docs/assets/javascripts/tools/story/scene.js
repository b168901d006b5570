// Where each mark of the eight pictures stands: one list a picture. Mirror of
// scripts/figures/architecture/story/scene.py, which draws the stills; no DOM here.

import { chosen, scores } from "./model.js";
import { frameOf, num, path, text } from "./marks.js";
import { gathered } from "./gathered.js";
import { hca, million } from "./real.js";

export const STEPS = Object.freeze(["sentence", "full", "window", "fold", "indexer", "hca", "list", "million"]);
/** Room above the words: for a line over all of them, or over the widest window. */
const BOWS = Object.freeze({ full: 100, window: 54 });

function words(frame, sentence, toy, state) {
  const { narrow, place, cell } = frame;
  return sentence.flatMap((word, index) => {
    const start = index * cell + 1;
    const written = index < toy.words;
    const [fill, stroke] = written ? state(index) : ["", "rule"];
    const color = fill ? "paper" : written ? "ink" : "ink-soft";
    const middle = start + (cell - 2) / 2;
    const [x, y] = frame.spot(middle, place.word + 4);
    return [
      frame.box(`w${index}`, start, start + cell - 2, place.word, place.end, fill, stroke, written ? {} : { dash: "2 2" }),
      narrow ? text(`t${index}`, x, y + 4.2, word.text, 12, { color })
        : text(`t${index}`, middle + 4.2, place.end - 5, word.text, 12, { color, turn: true }),
    ];
  });
}

const asker = (toy) => (index) => (index === toy.words - 1 ? ["ink", "ink"] : ["", "ink-soft"]);
const inWindow = (toy) => (index) => {
  if (index === toy.words - 1) return ["ink", "ink"];
  return index >= toy.words - toy.window ? ["c-window", "c-window"] : ["", "ink-soft"];
};

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
    const [x, y] = frame.spot((start + end) / 2, middle);
    out.push(
      frame.box(`b${block}`, start, end, place.block, place.under, fill, "c-csa"),
      text(`c${block}`, x, y + 4, String(block + 1), narrow ? 12 : 11, { anchor: "middle", color: fill ? "paper" : "ink-soft" }),
    );
  }
  if (counts.waiting) {
    out.push(frame.box("rest", (toy.words - counts.waiting) * cell + 1, toy.words * cell - 1, place.block, place.under, "", "ink-soft", { dash: "3 3" }));
  }
  return out;
}

function scoreNotes(frame, counts, points, read) {
  if (!points.length) return ["No block is finished yet: nothing to score"];
  const scored = `${counts.blocks} scored, by our toy's rule (below);`;
  const one = counts.read === 1;
  const good = [...read].filter((block) => points[block]).length;
  if (!good) return lines(frame, scored, `none has a point, so ${one ? "the last one is" : `the last ${counts.read} are`} read`);
  if (good < counts.read) {
    return lines(frame, scored, `${good === 1 ? "1 with points" : `${good} with points`} and the latest of the others, filled, are read`);
  }
  return lines(frame, scored, `the ${one ? "best one, filled, is" : `best ${counts.read}, filled, are`} read`);
}

/** From a block that is read to the lane that leads to the asking word, and into its column. */
function way(frame, block, asker) {
  const { place, at } = frame;
  const start = `M${at(block, place.turn - 2)}L${at(block, place.gather)}`;
  if (frame.column(block) === frame.column(asker)) return `${start}L${at(asker, place.gather)}`;
  return `${start}L${num(place.gather)} ${num(frame.spot(asker, 0)[1])}L${at(asker, place.word - 2)}`;
}

function keys(frame, toy, points, read) {
  const { narrow, place, cell } = frame;
  const end = (toy.words - 0.5) * cell;
  return points.flatMap((value, block) => {
    const middle = (block + 0.5) * toy.block * cell;
    const [x, y] = frame.spot(middle, place.key);
    const [px, py] = frame.spot(middle, place.points);
    const out = [
      path(`k${block}`, `M${num(x)} ${num(y - 5)}l5 5l-5 5l-5 -5z`, read.has(block) ? "c-indexer" : "", "c-indexer"),
      narrow ? text(`p${block}`, px, py + 4, String(value), 12) : text(`p${block}`, px, py, String(value), 12, { anchor: "middle" }),
    ];
    if (read.has(block)) out.push(path(`r${block}`, way(frame, middle, end), "", "c-csa"));
    return out;
  });
}

/** In a picture with bows those of one word: who reads it, or whether the last word does. */
export function bowsOf(step, toy, index, narrow, all) {
  const frame = frameOf(narrow, all, BOWS[step]);
  const last = toy.words - 1;
  const from = { full: index + 1, window: index >= toy.words - toy.window ? Math.max(last, index + 1) : toy.words }[step];
  let d = "";
  for (let later = from ?? toy.words; later < toy.words; later += 1) d += frame.bow(later, index);
  return d;
}

/**
 * All marks of one picture, from back to front.
 * @param {string} step one of STEPS; throws RangeError for another
 * @param {{sentence: object[], toy: object, counts: object, real: object}} view
 * @param {boolean} narrow
 */
export function scene(step, { sentence, toy, counts, real }, narrow) {
  if (!STEPS.includes(step)) throw new RangeError(`the story has no picture '${step}'`);
  const frame = frameOf(narrow, sentence.length, BOWS[step]);
  const last = toy.words - 1;
  const each = (count, draw) => Array.from({ length: count }, (_, index) => draw(index)).join("");
  if (step === "sentence") {
    return [...words(frame, sentence, toy, asker(toy)),
      ...frame.notes([`${toy.words} words. The last, “${sentence[last].text}”, asks.`], "end")];
  }
  if (step === "full") {
    return [
      path("pairs", each(last, (a) => each(a, (b) => frame.bow(a, b))), "", "rule", { width: "0.7" }),
      path("asked", each(last, (b) => frame.bow(last, b)), "", "c-sink", { width: "1.5" }),
      ...words(frame, sentence, toy, asker(toy)),
      ...frame.notes([`${toy.words} to read for the last word,`, `${counts.pairs} for all words`], "end"),
    ];
  }
  if (step === "window") {
    const first = toy.words - counts.window;
    return [
      path("asked", each(Math.max(0, last - first), (b) => frame.bow(last, first + b)), "", "c-window", { width: "1.5" }),
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
      ...frame.notes(scoreNotes(frame, counts, points, read), "gather"),
    ];
  }
  if (step === "hca") return hca(frame, sentence, real);
  return step === "list" ? gathered(frame, sentence, toy, counts) : million(frame, real, toy.words);
}
