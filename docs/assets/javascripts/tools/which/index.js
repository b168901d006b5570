// "Which should I use?": one task, what is needed, and the table that the page holds already.

import { NEEDS, chosen, parseNeeds, unsure } from "./model.js";
import { copyOf, rowOf, tasksOf } from "./view.js";
import { oneOf, readState, writeState } from "../../lib/state.js";
import { refusedText } from "../../lib/frame.js";
import { shareBar } from "../../lib/share.js";
import { announcer, h, labeled, select } from "../../lib/ui.js";

const PREFIX = "which";

export function mount(root) {
  const tasks = tasksOf(root.closest(".explorer").querySelector(".explorer-static"));
  const shape = {
    task: { label: "task", default: tasks[0].id, parse: oneOf(tasks.map(({ id }) => id)) },
    needs: { label: "need", default: "", parse: parseNeeds },
    order: { label: "order", default: "page", parse: oneOf(["page", "cost"]) },
  };
  const state = readState(PREFIX, shape);
  // A link to the heading of a task chooses it: the heading itself is hidden now.
  const asked = tasks.find(({ id }) => id === location.hash.slice(1));
  if (asked) state.task = asked.id;
  const { region, say } = announcer();
  const answer = h("p", { class: "explorer-result" });
  const view = h("div");
  let shown = { headers: [], rows: [] };

  function update({ quiet = false } = {}) {
    const task = tasks.find(({ id }) => id === state.task);
    view.replaceChildren(...task.parts.map(copyOf));
    const table = view.querySelector("table");
    const body = table.tBodies[0];
    const all = [...body.rows].map(rowOf);
    const left = chosen(all, state);
    const open = unsure(all, state);
    const divider = h("tr", { class: "which-apart" }, h("th", { colspan: table.tHead.rows[0].cells.length, scope: "rowgroup" },
      "Input not on record"));
    body.replaceChildren(...left.map(({ element }) => element),
      ...(open.length ? [divider, ...open.map(({ element }) => element)] : []));
    const cells = (row) => [...row.cells].map((cell) => cell.innerText.replace(/\s*\n\s*/g, "; ").trim());
    shown = { headers: cells(table.tHead.rows[0]), rows: [...left, ...open].map(({ element }) => cells(element)) };
    answer.textContent = left.length && !state.needs ? `${task.name}: ${all.length} offers are on record.`
      : left.length ? `${task.name}: ${left.length} of ${all.length} offers on record have what you need.`
      : `${task.name}: no offer on record has all of that. A cell without a record counts as not having it.`;
    if (open.length) answer.textContent += ` Of ${open.length} more it is not on record whether they read images; they stand below, apart.`;
    writeState(PREFIX, shape, state, root);
    if (!quiet) say(answer.textContent);
  }

  const boxes = Object.entries(NEEDS).map(([name, [label]]) => {
    const box = h("input", {
      type: "checkbox", checked: state.needs.split(".").includes(name),
      onchange: () => {
        const names = new Set(state.needs.split(".").filter(Boolean));
        if (box.checked) names.add(name); else names.delete(name);
        state.needs = parseNeeds([...names].join("."));
        update();
      },
    });
    const wrap = labeled(label, box);
    wrap.className = "which-check";
    wrap.prepend(box);
    return wrap;
  });
  root.replaceChildren(
    h("p", { class: "tool-refused" }, refusedText(PREFIX, shape)),
    h("div", { class: "explorer-controls" },
      labeled("Task", select(tasks.map(({ id, name }) => [id, name]), state.task, (id) => {
        state.task = id;
        update();
      })),
      labeled("Order", select([["page", "DeepSeek first"], ["cost", "Cheapest first"]], state.order, (order) => {
        state.order = order;
        update();
      }))),
    h("fieldset", { class: "which-needs" }, h("legend", {}, "What it must have"), boxes,
      h("p", { class: "explorer-note" }, "A certain region cannot be chosen: place of hosting not recorded, for any row.")),
    answer, view, region,
    shareBar({ name: "deepseek-v4-which", say, rows: () => shown, about: () => ({ title: answer.textContent }) }),
  );
  update({ quiet: true });
}
