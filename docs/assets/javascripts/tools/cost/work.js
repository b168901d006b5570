// The workload of a day: a preset, or kinds of calls.

import { checkbox, echoOf, field } from "./fields.js";
import { MAX_KINDS, PRESETS, kindsText, parseKinds, parseWhole } from "./offers.js";
import { grouped } from "../../lib/numbers.js";
import { h, labeled, select } from "../../lib/ui.js";

const FIELDS = [
  ["cached", "Cached input"],
  ["uncached", "Uncached input"],
  ["output", "Output with thinking"],
  ["count", "Calls a day"],
];

/**
 * The part of the form. Keeps state.kinds and state.write; calls `update` after each change.
 * @returns {{element: HTMLElement, preset: () => string, show: () => void}} preset: its id, or
 *   "own"; show: bring the choice of preset in line with the numbers
 */
export function workPart(state, update) {
  let kinds = parseKinds(state.kinds);
  const box = h("div");
  const preset = () => Object.keys(PRESETS).find((id) =>
    PRESETS[id].kinds === state.kinds && PRESETS[id].writeCache === state.write) ?? "own";
  const presetBox = select(
    [...Object.entries(PRESETS).map(([id, { name }]) => [id, name]), ["own", "My own numbers"]],
    preset(),
    (id) => {
      if (id !== "own") {
        state.kinds = PRESETS[id].kinds;
        state.write = PRESETS[id].writeCache;
        kinds = parseKinds(state.kinds);
        write.box.checked = state.write;
        draw();
      }
      update();
    },
  );
  const where = h("p", { class: "explorer-note" });
  const write = checkbox(
    "Keep uncached input in the cache (a few sellers bill a fee for writing)", state.write,
    (on) => { state.write = on; update(); },
  );
  const add = h("button", { type: "button", onclick: () => {
    kinds.push({ cached: "0", uncached: "1000", output: "500", count: "1", sum: false });
    changed();
    draw();
    box.lastElementChild.querySelector("input").focus();
  } }, "Add another kind of call");

  function changed() {
    state.kinds = kindsText(kinds) ?? state.kinds;
    update();
  }
  function draw() {
    box.replaceChildren(...kinds.map((kind, index) => {
      const boxes = FIELDS.map(([name, label]) => field(label, {
        value: grouped(kind[name]),
        check: (text) => parseWhole(text).error ?? "",
        echo: (text) => echoOf(parseWhole(text)),
        onvalue: (text, bad) => {
          if (!bad) kind[name] = String(parseWhole(text).value);
          changed();
        },
      }).wrap);
      const sum = checkbox("A sum over calls of unknown number", kind.sum, (on) => {
        kind.sum = on;
        changed();
      }).wrap;
      const remove = kinds.length > 1 && h("button", { type: "button", onclick: () => {
        kinds.splice(index, 1);
        changed();
        draw();
        presetBox.focus();
      } }, `Remove kind ${index + 1}`);
      return h("fieldset", {},
        h("legend", {}, `${kinds.length > 1 ? `Kind of call ${index + 1}: t` : "T"}okens of each call, and how many calls`),
        h("div", { class: "explorer-controls cost-kind" }, boxes),
        h("div", { class: "cost-line" }, sum, remove || null));
    }));
    add.disabled = kinds.length >= MAX_KINDS;
  }
  draw();
  return {
    preset,
    show() {
      const id = preset();
      presetBox.value = id;
      where.replaceChildren(...(id === "own" ? [] : [
        h("a", { href: new URL(`../../../../${PRESETS[id].where}`, import.meta.url).href },
          "Where this workload comes from"), "."]));
    },
    element: h("fieldset", {}, h("legend", {}, "Workload of a day"),
      labeled("Start from", presetBox), where, box, add, write.wrap),
  };
}
