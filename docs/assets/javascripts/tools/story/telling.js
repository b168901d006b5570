// What is said beside the pictures of the toy: what is counted at a scale, and of one word, block or
// sink what a picture shows of it. Mirror of scripts/figures/architecture/story/telling.py; no DOM here.

import { finishedBlock, hint, plain, points, scores, shares, whereIs } from "./model.js";
import { whole } from "./marks.js";

/** How what is read may help to guess, if it holds the asking word with another behind it. */
function found(sentence, toy) {
  const seen = hint(sentence, toy);
  if (!seen) return "";
  const where = seen.block === null ? "The window" : `Block ${seen.block + 1}`;
  return ` ${where} holds the asking word from before, then “${plain(sentence[seen.index].text)}”: a hint at what comes next, though our toy does not guess.`;
}

/** The rule of the toy, with the words that count at a scale. */
function rule(sentence, toy) {
  const { text, subject } = sentence[toy.words - 1];
  const like = new Set(sentence.slice(0, toy.words).filter((_, index) => points(sentence, toy, index) === 1).map((word) => plain(word.text)));
  const others = like.size ? `, 1 for a word of its subject, ${subject} (${[...like].join(", ")})` : "";
  return `Our toy's rule: 2 points for “${plain(text)}”${others}; a block's own words count double, those of the block before once.`;
}

/** The shares of the picture as one sum. */
function shared(sentence, toy) {
  const all = Object.entries(shares(sentence, toy));
  const sum = (kind) => all.reduce((total, [key, share]) => total + (key.startsWith(kind) ? share : 0), 0);
  return `. Shares, invented: blocks ${sum("b")} + window ${sum("w")} + sink ${sum("sink")} = ${sum("")} percent`;
}

/** What is counted in a picture, in a sentence; none for the two that are of real models. */
export function counted(step, sentence, toy, of) {
  const itself = of.window ? ", itself included" : "";
  return {
    sentence: `${toy.words} words, the asking one included.`,
    full: `The last word reads ${toy.words} entries, itself included. Stored: ${toy.words} × ${whole(of.fullEntry)} = ${whole(of.fullBytes)} bytes.`,
    window: `The last word reads ${of.window} entries${itself}. Stored: ${of.window} × ${of.entry} = ${whole(of.windowBytes)} bytes.`,
    fold: `Finished blocks: ${of.blocks}, stored: ${of.blocks} × ${of.entry} = ${whole(of.entryBytes)} bytes.${of.waiting ? ` Words in none yet: ${of.waiting}.` : ""}`,
    indexer: `${of.blocks} blocks scored, ${of.read} read. ${rule(sentence, toy)} Index keys, stored: ${of.blocks} × ${of.key} = ${whole(of.indexBytes)} bytes.`,
    list: `The last word reads ${of.read} + ${of.window} = ${of.totalRead} entries${shared(sentence, toy)}. Stored: ${whole(of.windowBytes)} + ${whole(of.entryBytes)} + ${whole(of.indexBytes)} = ${whole(of.totalBytes)} bytes for window, blocks and index keys; full attention ${whole(of.fullBytes)}.${found(sentence, toy)}`,
  }[step] ?? "";
}

/** What a reader may ask of a picture; nothing of one without words to point at. */
const HINTS = Object.freeze({
  full: "a word: who reads it?",
  window: "a word to see whether it is in the window.",
  fold: "a word or a block to see what is in what.",
  indexer: "a block for the sum of its points, or a word for its blocks.",
  list: "a word, a block or the sink for its share.",
});

/** The invitation to ask, for a mouse or for a finger; null where there is nothing to ask. */
export const invited = (step, finger) => (HINTS[step] ? `${finger ? "Tap" : "Point at"} ${HINTS[step]}` : null);

/** What a picture answers to, by key of its marks: "w3" a word, "b2" a block, and the sink. */
export function askable(step, sentence, toy) {
  if (!HINTS[step]) return [];
  const words = Array.from({ length: toy.words }, (_, index) => `w${index}`);
  if (step === "full" || step === "window") return words;
  if (step === "list") return [...words, ...Object.keys(shares(sentence, toy)).filter((key) => key[0] !== "w")];
  return [...words, ...scores(sentence, toy).map((_, block) => `b${block}`)];
}

/** Its name, short, for a list to choose from. */
export function named(key, sentence) {
  if (key === "sink") return "the sink";
  const index = Number(key.slice(1));
  return key[0] === "b" ? `block ${index + 1}` : `${index + 1} ${sentence[index].text}`;
}

const bare = (text) => text.replace(/\W+$/, "");
const quoted = (sentence, { from, to }) => `“${sentence.slice(from, to + 1).map((word) => word.text).join(" ")}”`;
const share = (sentence, toy, key) => `${shares(sentence, toy)[key]} percent in this invented example`;

function saidOfBlock(step, sentence, toy, pro, block) {
  const { own, before } = finishedBlock(toy, pro, block);
  const name = `Block ${block + 1}`;
  const all = `${name}, ${quoted(sentence, own)}${before ? ` and, of the block before, ${quoted(sentence, before)}` : ""},`;
  if (step === "list") return `${all} gets a share of ${share(sentence, toy, `b${block}`)}.`;
  if (step === "fold") return `${all.slice(0, -1)}: one entry.`;
  const terms = (span) => sentence.map((word, index) => [word, points(sentence, toy, index), index])
    .filter(([, value, index]) => span && value && index >= span.from && index <= span.to)
    .map(([word, value]) => `${plain(word.text)} ${value}`).join(" + ");
  const parts = [
    terms(own) ? `2 × (${terms(own)})` : "nothing of its own",
    ...(before ? [terms(before) ? `${terms(before)} of the block before` : "nothing of the block before"] : []),
  ];
  const score = scores(sentence, toy)[block];
  const read = whereIs(sentence, toy, pro, own.from).read.includes(block);
  return `${name}, ${quoted(sentence, own)}: ${parts.join(" + ")} = ${score} point${score === 1 ? "" : "s"}; it is ${read ? "" : "not "}read.`;
}

/** Of one word, block or sink: where it is in a picture, and how the last word reads it. */
export function said(step, sentence, toy, pro, key) {
  if (key === "sink") return `The sink takes a share of ${share(sentence, toy, key)}: as much less is read.`;
  const index = Number(key.slice(1));
  if (key[0] === "b") return saidOfBlock(step, sentence, toy, pro, index);
  const { exact, blocks, read } = whereIs(sentence, toy, pro, index);
  const word = `“${bare(sentence[index].text)}”, word ${index + 1},`;
  const numbers = (items) => `block${items.length > 1 ? "s" : ""} ${items.map((block) => block + 1).join(" and ")}`;
  if (step === "full") return `${word} is read by itself and by every word after it.`;
  if (step === "window") {
    return `${word} is ${exact ? "in the window: the last word reads it exactly" : "not in the window: the last word does not read it here"}.`;
  }
  const inside = blocks.length ? `in ${numbers(blocks)}` : "in no finished block yet";
  if (step === "fold") return `${word} is ${inside}${exact ? (blocks.length ? ", and also in the window" : ": the window has it") : ""}.`;
  const part = exact && step === "list" ? `, with ${share(sentence, toy, key)}` : "";
  const ways = [...(exact ? [`exactly, in the window${part}`] : []), ...(read.length ? [`blended, in ${numbers(read)}`] : [])];
  return `${word} is ${inside}. The last word reads it ${ways.length ? ways.join(", and ") : "not at all here"}.`;
}
