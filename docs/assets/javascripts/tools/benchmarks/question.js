// What the benchmark explorer begins with: which task, and which model.

import { rowName } from "./model.js";
import { h, labeled, select } from "../../lib/ui.js";

const OWN = "own";
const USUAL = "usual";
/** What a single model is held against. */
const BESIDE = ["v4-pro-0813", "v4-flash-0731", "v4-1-flash"];

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
const same = (text, ids) => [...ids].sort().join(".") === text.split(".").sort().join(".");

/**
 * Two choices that set the lists below them; what somebody picked by hand is "my own choice".
 * @param {{tests: string, models: string}} state
 * @param {{categories: [string, object[]][], models: object[],
 *   usual: {benchmarks: string[], models: string[]},
 *   choose: (name: "tests"|"models", ids: string[]) => void}} what
 * @returns {{element: HTMLElement, show: () => void, said: () => string}} show: bring the choices in
 *   line with the lists; said: what was understood, in words
 */
export function questionPart(state, { categories, models, usual, choose }) {
  const name = (model) => rowName(model, ["v4-pro", "v4-flash"].includes(model.id) ? "preview" : null);
  const tasks = new Map([
    [USUAL, ["A bit of everything", usual.benchmarks]],
    ...categories.map(([category, items]) => [category, [capital(category), items.map(({ id }) => id)]]),
  ]);
  const whose = new Map([
    [USUAL, ["DeepSeek's models and their rivals", usual.models]],
    ...models.map((model) => [model.id, [name(model), [...new Set([model.id, ...BESIDE])]]]),
  ]);
  const box = (label, choices, list) => {
    const own = h("option", { value: OWN, hidden: true }, "My own choice below");
    const control = select([...choices].map(([id, [text]]) => [id, text]), USUAL,
      (id) => choose(list, choices.get(id)[1]));
    control.append(own);
    return {
      wrap: labeled(label, control),
      text: () => control.selectedOptions[0].textContent,
      single: () => ![USUAL, OWN].includes(control.value),
      show() {
        const current = choices.get(control.value);
        if (current && same(state[list], current[1])) return; // of two that are the same, the one chosen
        control.value = [...choices].find(([, [, ids]]) => same(state[list], ids))?.[0] ?? OWN;
      },
    };
  };
  const task = box("Which task?", tasks, "tests");
  const model = box("Which model, beside DeepSeek's newest?", whose, "models");
  return {
    element: h("div", { class: "explorer-controls" }, task.wrap, model.wrap),
    show() {
      task.show();
      model.show();
    },
    said: () => `${task.text()}; ${model.text()}${model.single() ? " beside DeepSeek's newest" : ""}`,
  };
}
