// Attention in eight pictures: steps by key, button or swipe; a scale to change; words to point at.
// Sentence, headings and words come from the stills that the page holds already.

import { LIMITS, OPENING, counts, finishedBlock, realCounts, whereIs } from "./model.js";
import { NARROW, WIDE, height } from "./marks.js";
import { MILLION } from "./real.js";
import { STEPS, bowsOf, scene } from "./scene.js";
import { askable, counted, invited, named, said } from "./telling.js";
import { keyAt, look, show } from "./view.js";
import { readConfig } from "../attention/model.js";
import { byId } from "../../lib/data.js";
import { refusedText } from "../../lib/frame.js";
import { integer, oneOf, readState, writeState } from "../../lib/state.js";
import { h, labeled, onWidth, s, select, stylesheet } from "../../lib/ui.js";

const NARROW_TO = 528; // as the stills
const SWIPE = 40;
const SCALE = ["block", "keep", "window", "words"];
/** What of the scale a picture shows; the two of the real models nothing. */
const USES = { sentence: ["words"], full: ["words"], window: ["window", "words"], fold: ["block", "window", "words"], indexer: SCALE, list: SCALE };

/** The stills of the page: {step, title, words, count} each. */
function told(place) {
  return [...place.parentElement.querySelectorAll(".story-stills > li")].map((item) => ({
    step: item.dataset.step,
    title: item.querySelector(".story-title span").textContent,
    words: item.querySelector(".story-words").textContent,
    count: item.querySelector(".story-count").textContent,
  }));
}

/** Build the story in `place`. */
export async function mount(place) {
  stylesheet("story");
  const records = await byId("models");
  const [pro, flash] = ["v4-pro", "v4-flash"].map((id) => readConfig(records.get(id)));
  const stills = told(place);
  const spans = [...document.querySelectorAll("#story-sentence > span")];
  const sentence = spans.map((span) => ({ text: span.textContent, subject: span.dataset.subject }));
  const real = realCounts(pro, flash, MILLION);
  const shape = {
    step: { label: "picture", default: STEPS[0], parse: oneOf(STEPS) },
    block: { label: "words to a block", default: OPENING.block, parse: (text) => LIMITS.block.find((size) => String(size) === text) },
    keep: { label: "blocks read", default: OPENING.keep, parse: integer(...LIMITS.keep) },
    window: { label: "window", default: OPENING.window, parse: integer(...LIMITS.window) },
    words: { label: "words so far", default: OPENING.words, parse: integer(...LIMITS.words) },
  };
  const state = readState("story", shape);
  const finger = window.matchMedia("(hover: none)");
  const isNarrow = () => (stage.clientWidth || WIDE) <= NARROW_TO;
  let pointed = null;
  let shown = false;

  const svg = s("svg", { role: "img", class: "story-picture", "font-family": "Arial, Liberation Sans, Helvetica, sans-serif" });
  const stage = h("div", { class: "story-stage" }, svg);
  const title = h("p", { class: "story-title" });
  const words = h("p", { class: "story-words" });
  const count = h("p", { class: "story-count", role: "status", "aria-live": "polite" });
  const where = h("p", { class: "story-where" });
  // One sentence a picture is spoken; drawing and controls say the rest on demand.
  const spoken = h("div", { class: "story-told", role: "status", "aria-live": "polite" }, title, words);
  const button = (text, by) => h("button", { type: "button", onclick: () => turn(STEPS.indexOf(state.step) + by) }, text);
  const back = button("Back", -1);
  const next = button("Next", 1);
  const dots = stills.map((still, index) => h("button", {
    type: "button", class: "story-dot", "aria-label": `Picture ${index + 1}: ${still.title}`, onclick: () => turn(index),
  }, String(index + 1)));
  const at = h("span", { class: "story-at", "aria-hidden": "true" });
  const pick = select([], "", (value) => point(value || null));
  const slider = (name, text) => {
    const [low, high] = LIMITS[name];
    const output = h("output", {});
    const input = h("input", { type: "range", min: low, max: high, step: 1, oninput: () => change({ [name]: Number(input.value) }) });
    const field = labeled(text, input);
    field.append(output);
    return { field, set: (value) => { input.value = value; output.textContent = String(value); } };
  };
  const size = select(LIMITS.block.map((item) => [String(item), String(item)]), String(state.block), (value) => change({ block: Number(value) }));
  const sliders = { keep: slider("keep", "Blocks read"), window: slider("window", "Window, words"), words: slider("words", "Words so far") };
  const pickField = labeled("Point at", pick);
  const opening = h("button", { type: "button", onclick: () => change(Object.fromEntries(SCALE.map((name) => [name, OPENING[name]]))) }, "Reset the scale");
  const fields = { block: labeled("Words to a block", size), keep: sliders.keep.field, window: sliders.window.field, words: sliders.words.field };
  const scale = h("div", { class: "explorer-controls story-scale", role: "group", "aria-label": "Change the scale" },
    ...Object.values(fields), pickField);
  const none = h("p", { class: "explorer-note" }, "This picture is of the real models: there is nothing to change.");

  // The buttons come first: whatever the words and the picture, they stay where they are. What is
  // said of a word stands above the picture, since on a phone what is below it is out of sight;
  // what is counted stands below, where its length moves nothing.
  const steps = h("div", { class: "story-steps story-pager", role: "group", "aria-label": "Pictures" },
    back, dots, at, next, h("span", { class: "story-keys" }, "Arrow keys work, too."));
  place.replaceChildren(steps, spoken, where, stage, count, h("p", { class: "tool-refused" }, refusedText("story", shape)),
    h("details", { class: "story-change" }, h("summary", {}, "Change the scale"), scale, opening, none));

  function go(index) {
    if (!STEPS[index]) return;
    change({ step: STEPS[index] });
  }

  /** By button or key: whoever asks for another picture the first time should also see it. */
  function turn(index) {
    go(index);
    if (shown) return;
    shown = true;
    if (stage.getBoundingClientRect().bottom <= window.innerHeight) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    steps.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  function change(changes) {
    if (changes.step) pointed = null;
    Object.assign(state, changes);
    paint();
    writeState("story", shape, state);
  }

  /** A word with its blocks, a block with its words, or the sink; null for nothing. */
  function marked(key) {
    if (key === null || key === "sink") return key ? [key] : [];
    const index = Number(key.slice(1));
    if (key[0] === "w") return [key, ...whereIs(sentence, state, pro, index).blocks.map((block) => `b${block}`)];
    const { own, before } = finishedBlock(state, pro, index);
    const from = (before ?? own).from;
    return [key, `k${index}`, ...Array.from({ length: own.to - from + 1 }, (_, i) => `w${from + i}`)];
  }

  function point(key) {
    pointed = askable(state.step, sentence, state).includes(key) ? key : null;
    const keys = marked(pointed);
    const word = pointed?.[0] === "w" ? Number(pointed.slice(1)) : null;
    look(svg, keys, word === null ? "" : bowsOf(state.step, state, word, isNarrow(), sentence.length));
    spans.forEach((span, i) => span.classList.toggle("story-looked", word === null ? keys.includes(`w${i}`) : i === word));
    pick.value = pointed ?? "";
    // Where a picture has no words the line stays, empty, so that the picture does not jump.
    where.textContent = pointed ? said(state.step, sentence, state, pro, pointed) : invited(state.step, finger.matches) ?? "";
  }

  function paint() {
    const index = STEPS.indexOf(state.step);
    const still = stills[index];
    const narrow = isNarrow();
    const of = counts(state, pro);
    const line = counted(state.step, sentence, state, of) || still.count;
    const marks = scene(state.step, { sentence, toy: state, counts: of, real }, narrow);
    at.textContent = `${index + 1}/${STEPS.length}`;
    title.textContent = `${index + 1} of ${STEPS.length}: ${still.title}`;
    words.textContent = still.words;
    count.textContent = line;
    show(svg, marks, { width: narrow ? NARROW : WIDE, height: height(marks) }, `${still.title}. ${line}`);
    for (const [item, dead] of [[back, index === 0], [next, index === STEPS.length - 1]]) item.setAttribute("aria-disabled", String(dead));
    dots.forEach((dot, i) => { if (i === index) dot.setAttribute("aria-current", "step"); else dot.removeAttribute("aria-current"); });
    size.value = String(state.block);
    for (const [name, { set }] of Object.entries(sliders)) set(state[name]);
    const uses = USES[state.step] ?? [];
    for (const [name, field] of Object.entries(fields)) field.hidden = !uses.includes(name);
    opening.hidden = !uses.length;
    none.hidden = Boolean(uses.length);
    const keys = askable(state.step, sentence, state);
    pickField.hidden = !keys.length;
    pick.replaceChildren(...["", ...keys].map((key) => h("option", { value: key }, key ? named(key, sentence) : "nothing")));
    spans.forEach((span, i) => span.classList.toggle("story-later", i >= state.words));
    point(pointed);
  }

  // Not a stop of its own for Tab; but whoever clicked into the story can go on with the arrows.
  place.tabIndex = -1;
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape") point(null);
    if (/^(input|select)$/i.test(event.target.tagName) || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowRight: STEPS.indexOf(state.step) + 1, ArrowLeft: STEPS.indexOf(state.step) - 1, Home: 0, End: STEPS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    turn(to);
  });
  // What is chosen from the list is read out, and stays no longer than the list is used.
  pick.addEventListener("focus", () => where.setAttribute("aria-live", "polite"));
  pick.addEventListener("blur", () => {
    where.removeAttribute("aria-live");
    point(null);
  });
  const isMouse = (event) => event.pointerType === "mouse";
  /** A finger asks, and takes it back by asking again. */
  const touched = (key) => point(key === pointed ? null : key);
  let start = null;
  stage.addEventListener("pointerdown", (event) => { start = [event.clientX, event.clientY]; });
  stage.addEventListener("pointercancel", () => { start = null; });
  stage.addEventListener("pointerup", (event) => {
    if (!start) return;
    const [x, y] = [event.clientX - start[0], event.clientY - start[1]];
    start = null;
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) go(STEPS.indexOf(state.step) + (x < 0 ? 1 : -1));
    else if (!isMouse(event)) touched(keyAt(event.target));
  });
  stage.addEventListener("pointerover", (event) => { if (isMouse(event)) point(keyAt(event.target)); });
  stage.addEventListener("pointerleave", (event) => { if (isMouse(event)) point(null); });
  spans.forEach((span, index) => {
    span.addEventListener("pointerenter", (event) => { if (isMouse(event)) point(`w${index}`); });
    span.addEventListener("pointerleave", (event) => { if (isMouse(event)) point(null); });
    span.addEventListener("pointerup", (event) => { if (!isMouse(event)) touched(`w${index}`); });
  });
  paint();
  onWidth(stage, paint);
  finger.addEventListener("change", paint);
}
