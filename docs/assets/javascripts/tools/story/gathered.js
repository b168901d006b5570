// The seventh picture: window, blocks and sink as one list, each with its share of one softmax.
// Mirror of scripts/figures/architecture/story/gathered.py; no DOM here.

import { shares } from "./model.js";
import { num, path, rect, text } from "./marks.js";

const TALL = 66;
const BAND = 98;

/** Name, filling and line of one entry. */
function entry(key, sentence, toy) {
  if (key === "sink") return ["sink", "", "c-sink"];
  const index = Number(key.slice(1));
  if (key[0] === "b") return [`block ${index + 1}`, "c-csa", "c-csa"];
  const color = index === toy.words - 1 ? "ink" : "c-window";
  return [sentence[index].text, color, color];
}

/** Boxes in one row, or in as many as a finger needs; a line of each, as wide as its share. */
export function gathered(frame, sentence, toy, counts) {
  const found = Object.entries(shares(sentence, toy));
  const most = frame.narrow ? 13 : 33;
  const bands = Math.ceil(found.length / most);
  const each = Math.ceil(found.length / bands);
  const wide = Math.min(44, frame.width / each);
  const middle = frame.width / 2;
  const gather = 22 + bands * BAND + 40;
  const [lines, boxes, words] = [[], [], []];
  found.forEach(([key, share], place) => {
    const [said, fill, stroke] = entry(key, sentence, toy);
    const x = (place % each) * wide;
    const top = 22 + Math.floor(place / each) * BAND;
    const name = key === "sink" ? "tsink" : `${key[0] === "b" ? "c" : "t"}${key.slice(1)}`;
    const d = `M${num(x + wide / 2)} ${top + TALL + 18}L${num(middle)} ${gather - 8}`;
    lines.push(path(`l${key}`, d, "", stroke, { width: num(0.5 + share * 0.16) }));
    boxes.push(rect(key, x + 1, top, wide - 2, TALL, fill || "paper", stroke, fill ? {} : { dash: "3 3" }));
    words.push(
      text(name, x + wide / 2 + 4, top + TALL - 5, said, 12, { color: fill ? "paper" : "ink", turn: true }),
      text(`p${key}`, x + wide / 2, top + TALL + 14, String(share), 12, { anchor: "middle" }),
    );
  });
  return [
    ...lines, ...boxes, ...words,
    path("gather", `M${num(middle - 8)} ${gather}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z`, "ink"),
    text("softmax", middle + 16, gather + 5, "one softmax", frame.size, { bold: true }),
    ...legend(frame, counts, gather + 40),
  ];
}

/** What the boxes are, and that their numbers are no model's. */
function legend(frame, counts, line) {
  const out = [
    ["c-csa", "c-csa", `Blocks read: ${counts.read} of ${counts.blocks}`],
    ["c-window", "c-window", counts.window ? `Window: ${counts.window}, with the word that asks` : "Window: none"],
    ["", "c-sink", "Sink: takes a share, so that little may be read"],
  ].flatMap(([fill, stroke, said], index) => {
    const y = line + index * 24;
    return [rect(`s${index}`, 1, y - 11, 14, 14, fill, stroke, fill ? {} : { dash: "3 3" }), text(`n${index}`, 22, y, said, frame.size)];
  });
  return [...out, text("invented", 0, line + 72, "Shares in percent, invented: they add up to 100.", frame.size)];
}
