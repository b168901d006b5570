// The workload of a day: a preset, or kinds of calls. What a kind looks like is in kind.js.

import { checkbox } from "./fields.js";
import { kindPart } from "./kind.js";
import { MAX_KINDS, PRESETS, kindsText, parseKinds } from "./kinds.js";
import { h, labeled, select } from "../../lib/ui.js";

const FRESH = { cached: "0", uncached: "1000", output: "500", count: "1", sum: false, grow: 0, month: false };

/**
 * The part of the form. Keeps state.kinds and state.write; calls `update` after each change.
 * @returns {{element: HTMLElement, show: (quotes: object[]) => void}} show: bring the choice of
 *   preset in line with the numbers, and ask back where a call does not fit
 */
export function workPart(state, update) {
  let kinds = parseKinds(state.kinds);
  let parts = [];
  const box = h("div");
  const preset = () => Object.keys(PRESETS).find((id) =>
    PRESETS[id].kinds === state.kinds && PRESETS[id].writeCache === state.write) ?? "own";
  let chosen = preset();
  const presetBox = select(
    [...Object.entries(PRESETS).map(([id, { name }]) => [id, name]), ["own", "My own numbers"]],
    chosen,
    (id) => {
      chosen = id;
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
  const where = h("p", { class: "explorer-note cost-origin" });
  const write = checkbox(
    "Keep uncached input in the cache (a few sellers bill a fee for writing)", state.write,
    (on) => { state.write = on; chosen = "own"; update(); },
  );
  const add = h("button", { type: "button", onclick: () => {
    kinds.push({ ...FRESH });
    changed();
    draw();
    box.lastElementChild.querySelector("input").focus();
  } }, "Add another kind of call");

  function changed() {
    chosen = "own";
    state.kinds = kindsText(kinds) ?? state.kinds;
    update();
  }
  function draw() {
    parts = kinds.map((kind, index) => kindPart(kind, {
      name: kinds.length > 1 ? `Kind of call ${index + 1}: t` : "T", changed,
      redraw: (wanted) => { changed(); draw(); parts[index].focus(wanted); show(shown); },
      remove: kinds.length > 1 && h("button", { type: "button", onclick: () => {
        kinds.splice(index, 1);
        changed();
        draw();
        presetBox.focus();
      } }, `Remove kind ${index + 1}`),
    }));
    box.replaceChildren(...parts.map(({ element }) => element));
    add.disabled = kinds.length >= MAX_KINDS;
  }
  let shown = [];
  function show(quotes) {
    shown = quotes;
    // Numbers that someone makes their own stay so, also while they are still those of a preset.
    if (chosen !== "own") chosen = preset();
    presetBox.value = chosen;
    where.replaceChildren(...(chosen === "own" ? ["The numbers below are yours to change."] : [
      h("a", { href: new URL(`../../../../${PRESETS[chosen].where}`, import.meta.url).href },
        "Where this workload comes from"), "."]));
    for (const part of parts) part.show(quotes);
  }
  draw();
  return {
    show,
    element: h("fieldset", {}, h("legend", {}, "Workload"),
      labeled("Start from", presetBox), where, box, add, write.wrap),
  };
}
