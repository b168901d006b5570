// One kind of call in the form: its numbers, what they mean, and whether such a call is possible.

import { echoOf, field } from "./fields.js";
import { MAX_GROWN, wrongGrowth } from "./kinds.js";
import { parseWhole } from "./offers.js";
import { grouped } from "../../lib/numbers.js";
import { h, labeled, select } from "../../lib/ui.js";

const MEANINGS = [
  ["each", "Of each call, all alike"],
  ["grow", "A context that grows from call to call"],
  ["sum", "A sum over calls of unknown number"],
];
const meaningOf = ({ sum, grow }) => (sum ? "sum" : grow ? "grow" : "each");
const COUNTED = { each: "Calls", grow: "Such runs", sum: "Such sums" };
const LABELS = {
  each: { cached: "Cached input", uncached: "Uncached input", output: "Output with thinking" },
  grow: { cached: "From, tokens of the first call", uncached: "To, tokens of the last call", output: "Output of each call" },
};
const GROWN = 40;

/** The calls of a context that grows, from a text. */
function parseGrown(text) {
  const read = parseWhole(text);
  if (read.error) return read;
  return read.value < 2n || read.value > BigInt(MAX_GROWN)
    ? { error: `Write a number from 2 to ${grouped(MAX_GROWN)}.` } : read;
}

/**
 * @param {object} kind a row of kinds.js, which is kept
 * @param {{name: string, changed: () => void, redraw: (wanted: string) => void,
 *   remove: HTMLElement|false}} options redraw: after a change of the fields themselves; wanted: the
 *   control that has the focus then
 * @returns {{element: HTMLElement, focus: (wanted: string) => void, show: (quotes: object[]) => void}}
 */
export function kindPart(kind, { name, changed, redraw, remove }) {
  const meaning = meaningOf(kind);
  const growth = h("p", { class: "cost-error" });
  const ask = h("div", { class: "cost-ask" });
  const number = (label, value, read, keep) => field(label, {
    value,
    check: (text) => read(text).error ?? "",
    echo: (text) => echoOf(read(text)),
    onvalue: (text, bad) => {
      if (!bad) keep(read(text).value);
      growth.textContent = wrongGrowth(kind);
      changed();
    },
  }).wrap;
  const of = (key, label) => number(label, grouped(kind[key]), parseWhole, (value) => { kind[key] = String(value); });
  const labels = LABELS[meaning] ?? LABELS.each;
  const boxes = Object.entries(labels).map(([key, label]) => of(key, label));
  if (meaning === "grow") {
    boxes.splice(2, 0, number("Over so many calls", String(kind.grow), parseGrown, (value) => { kind.grow = Number(value); }));
  }
  boxes.push(of("count", `${COUNTED[meaning]} a ${kind.month ? "month" : "day"}`));
  const unit = select([["day", "day"], ["month", "month"]], kind.month ? "month" : "day", (value) => {
    kind.month = value === "month";
    redraw("unit");
  });
  const means = select(MEANINGS, meaning, (value) => turn(kind, value, () => redraw("means")));
  const meant = labeled("These numbers are", means);
  meant.classList.add("cost-means");
  return {
    focus(wanted) { ({ unit, means })[wanted].focus(); },
    show(quotes) { ask.replaceChildren(...question(kind, quotes, () => turn(kind, "sum", () => redraw("means")))); },
    element: h("fieldset", {},
      h("legend", {}, `${name}okens, and how many calls`),
      h("div", { class: "explorer-controls cost-kind" }, meant, boxes,
        labeled(`${COUNTED[meaning]} per`, unit)),
      growth, ask, remove ? h("div", { class: "cost-line" }, remove) : null,
      meaning === "grow" ? h("p", { class: "explorer-note" },
        "Each call sends what the one before held, from the cache, and what is new; it grows evenly, and each call is priced by itself.") : null),
  };
}

/** Give a kind another meaning; what its numbers say is kept as far as it can be. */
function turn(kind, meaning, done) {
  const was = meaningOf(kind);
  kind.sum = meaning === "sum";
  if (meaning === "grow") {
    // The longest prompt so far is where the context ends; it begins with what was new.
    const [cached, fresh] = [BigInt(kind.cached), BigInt(kind.uncached)];
    [kind.cached, kind.uncached] = [String(fresh), String(cached + fresh)];
    kind.grow = GROWN;
  } else if (was === "grow") {
    [kind.cached, kind.uncached] = [String(BigInt(kind.uncached) - BigInt(kind.cached)), kind.cached];
    kind.grow = 0;
  }
  done();
}

/** What has to be asked back: a call that no window of a model holds is rather a sum over calls. */
function question(kind, quotes, isSum) {
  if (kind.sum) return [];
  const prompt = kind.grow ? BigInt(kind.uncached) : BigInt(kind.cached) + BigInt(kind.uncached);
  const small = quotes.filter(({ window, tooLong }) => tooLong !== null && window < prompt);
  if (!small.length) return [];
  const [{ offer, window }, ...more] = small;
  const others = more.length ? `, nor into ${more.length} more of the models below` : "";
  const fact = `One call of ${grouped(prompt)} tokens does not fit into the window of ${offer.short} (${grouped(window)})${others}.`;
  return kind.grow ? [h("p", {}, fact)]
    : [h("p", {}, `${fact} Is this a sum over calls?`), h("button", { type: "button", onclick: isSum }, "Yes, a sum over calls")];
}
