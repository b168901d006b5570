// What is said beside the pictures of the toy: what is counted at a scale, and of one word where it
// is read. Mirror of scripts/figures/architecture/story/telling.py; no DOM here.

import { hint, plain, whereIs } from "./model.js";
import { whole } from "./scene.js";

/** How what is read may help to guess, if it holds the asking word with another behind it. */
function found(sentence, toy) {
  const seen = hint(sentence, toy);
  if (!seen) return "";
  const where = seen.block === null ? "The window" : `Block ${seen.block + 1}`;
  return ` ${where} holds the asking word from before, then “${plain(sentence[seen.index].text)}”: a hint at what comes next, though our toy does not guess.`;
}

/** What is counted in a picture, in a sentence; none for the two that are of real models. */
export function counted(step, sentence, toy, of) {
  const itself = of.window ? ", itself included" : "";
  return {
    sentence: `${toy.words} words, the asking one included.`,
    full: `The last word reads ${toy.words} entries, itself included. The layer stores ${toy.words} × ${whole(of.fullEntry)} = ${whole(of.fullBytes)} bytes: a key and a value for each of eight heads, which attend side by side, in 16 bits.`,
    window: `The last word reads ${of.window} entries${itself}. The layer stores ${of.window} × ${of.entry} = ${whole(of.windowBytes)} bytes: in V4 one entry is key and value for all heads, mostly in 8 bits.`,
    fold: `Finished blocks: ${of.blocks} × ${of.entry} = ${whole(of.entryBytes)} bytes.${of.waiting ? ` Words in none yet: ${of.waiting}.` : ""}`,
    indexer: `${of.blocks} blocks scored, ${of.read} read. Index keys: ${of.blocks} × ${of.key} = ${whole(of.indexBytes)} bytes, stored beside the entries of ${of.entry} each.`,
    list: `The last word reads ${of.read} + ${of.window} = ${of.totalRead} entries. The layer stores ${whole(of.windowBytes)} + ${whole(of.entryBytes)} + ${whole(of.indexBytes)} = ${whole(of.totalBytes)} bytes for window, blocks and index keys; full attention ${whole(of.fullBytes)}.${found(sentence, toy)}`,
  }[step] ?? "";
}

/** What a reader may ask of a word in a picture; nothing where a picture has no words to point at. */
export const HINTS = Object.freeze({
  full: "Point at a word: who reads it?",
  window: "Point at a word to see whether it is in the window.",
  fold: "Point at a word to see its blocks.",
  indexer: "Point at a word to see its blocks and whether the last word reads it.",
  list: "Point at a word to see how the last word reads it.",
});

/** Of one word: where it is in a picture, and how the last word reads it. */
export function said(step, sentence, toy, pro, index) {
  const { exact, blocks, read } = whereIs(sentence, toy, pro, index);
  const word = `“${sentence[index].text.replace(/\W+$/, "")}”, word ${index + 1},`;
  const numbers = (items) => `block${items.length > 1 ? "s" : ""} ${items.map((block) => block + 1).join(" and ")}`;
  if (step === "full") return `${word} is read by itself and by every word after it.`;
  if (step === "window") {
    return `${word} is ${exact ? "in the window: the last word reads it exactly" : "not in the window: the last word does not read it here"}.`;
  }
  const inside = blocks.length ? `in ${numbers(blocks)}` : "in no finished block yet";
  if (step === "fold") return `${word} is ${inside}${exact ? (blocks.length ? ", and also in the window" : ": the window has it") : ""}.`;
  const ways = [...(exact ? ["exactly, in the window"] : []), ...(read.length ? [`blended, in ${numbers(read)}`] : [])];
  return `${word} is ${inside}. The last word reads it ${ways.length ? ways.join(", and ") : "not at all here"}.`;
}
