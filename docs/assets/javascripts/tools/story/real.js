// Of the real models, at full length: HCA's blocks, and what a layer reads of a million tokens.
// Mirror of scripts/figures/architecture/story/real.py; no DOM here.

import { num, path, rect, text, whole } from "./marks.js";

export const MILLION = 1_048_576;
const HCA_SHOWN = 32;
/** Letters in a line of the sentence, on a wide and on a narrow picture. */
const LINE = (narrow) => (narrow ? 50 : 104);

function wrapped(sentence, narrow) {
  const lines = ["…"];
  for (const { text: word } of sentence) {
    const last = lines.length - 1;
    if (lines[last].length + 1 + word.length > LINE(narrow)) lines.push(word);
    else lines[last] += ` ${word}`;
  }
  return lines;
}

/** 128 small squares make one block; below, what a layer of this kind reads. */
export function hca(frame, sentence, real) {
  const { narrow, width, size, all } = frame;
  const columns = narrow ? 32 : 64;
  const cell = width / columns;
  const lines = wrapped(sentence, narrow);
  const top = 26 + lines.length * 17;
  const out = [
    text("hnote", 0, 14, `${real.hcaRatio} tokens: ${real.hcaRatio - all} others, then our ${all} words, filled:`, size),
    ...lines.map((line, index) => text(`hline${index}`, 0, 34 + index * 17, line, size, { color: "ink-soft" })),
  ];
  for (let index = 0; index < real.hcaRatio; index += 1) {
    const ours = index - (real.hcaRatio - all);
    const x = (index % columns) * cell + 1;
    const y = top + Math.floor(index / columns) * cell;
    out.push(rect(ours >= 0 ? `w${ours}` : `h${index}`, x, y, cell - 2, cell - 2, ours >= 0 ? "ink-soft" : "", "ink-soft"));
  }
  const under = top + (real.hcaRatio / columns) * cell + 2;
  const block = under + 34;
  const middle = width / 2;
  const row = block + 62;
  const wide = width / HCA_SHOWN;
  out.push(
    path("hfan", `M0 ${num(under)}L${num(width)} ${num(under)}L${num(middle + 30)} ${num(block)}L${num(middle - 30)} ${num(block)}z`, "c-hca", "", { opacity: "0.16" }),
    rect("hblock", middle - 30, block, 60, 22, "c-hca", "c-hca"),
    text("hone", middle + 38, block + 16, "one block", size),
    text("hrow", 0, row - 10, `A text of ${whole(HCA_SHOWN * real.hcaRatio)} tokens: ${HCA_SHOWN} blocks, all read`, size),
  );
  for (let index = 0; index < HCA_SHOWN; index += 1) {
    out.push(rect(`g${index}`, index * wide + 1, row, wide - 2, 22, "c-hca", "c-hca"));
  }
  return out;
}

/** Bars, all to scale: the text and what is scored, and enlarged what a layer reads of it. */
export function million(frame, real, words) {
  const { narrow, width, size } = frame;
  const out = [];
  const room = width - 2;
  const step = narrow ? 46 : 44;
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
    const [most, below] = index < long.length ? [MILLION, 0] : [real.hcaBlocks, 80 - step];
    const y = 16 + index * step + below;
    out.push(text(`m${key}`, 0, y, said, size), rect(`x${key}`, 1, y + 7, (room * count) / most, 16, fill, stroke));
  });
  // HCA's bar at the scale of the text, from which it is enlarged: a slice, not the bar above it.
  const slice = step + 48;
  const atScale = (room * real.hcaBlocks) / MILLION;
  out.push(
    rect("slice", 1, slice, atScale, 8, "c-hca"),
    text("mlens", atScale + 8, slice + 8, `HCA at this scale; all below is enlarged ${Math.floor(MILLION / real.hcaBlocks)} times:`, size),
    path("lens", `M1 ${num(slice + 10)}L${num(1 + atScale)} ${num(slice + 10)}L${num(1 + room)} ${num(slice + 34)}L1 ${num(slice + 34)}z`, "ink-soft", "", { opacity: "0.16" }),
    text("mours", width, 16, "our words: its very end", size, { anchor: "end" }),
  );
  for (let index = 0; index < words; index += 1) out.push(rect(`w${index}`, width - 3, 23, 2, 16, "ink", ""));
  return out;
}
