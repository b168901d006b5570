// The prices that are held side by side.

import { MAX_ROWS } from "./offers.js";
import { h, labeled, select } from "../../lib/ui.js";

/** The part of the form. Keeps state.rows. @param {object[]} all offers */
export function rowsPart(state, all, update) {
  const groups = new Map();
  for (const offer of all) groups.set(offer.group, [...(groups.get(offer.group) ?? []), offer]);
  const choices = [...groups].map(([group, list]) =>
    ({ group, options: list.map(({ id, label }) => [id, label]) }));
  const box = h("div");
  const add = h("button", { type: "button", onclick: () => {
    const rows = state.rows.split("_");
    const free = all.filter(({ id }) => !rows.includes(id));
    rows.push((free.find(({ group }) => group.startsWith("Rivals, August")) ?? free[0]).id);
    set(rows);
    box.lastElementChild.querySelector("select").focus();
  } }, "Add a price");

  function set(rows) {
    state.rows = [...new Set(rows)].join("_");
    draw();
    update();
  }
  function draw() {
    const rows = state.rows.split("_");
    box.replaceChildren(...rows.map((id, index) => {
      const choice = select(choices, id, (value) => {
        set(rows.map((old, at) => (at === index ? value : old)));
        box.children[Math.min(index, box.children.length - 1)].querySelector("select").focus();
      });
      const wrap = labeled(index ? `Price ${index + 1}` : "Price 1 (the others are held against it)", choice);
      wrap.classList.add("cost-wide");
      const remove = rows.length > 1 && h("button", {
        type: "button", "aria-label": `Remove price ${index + 1}`,
        onclick: () => { set(rows.filter((_, at) => at !== index)); add.focus(); },
      }, "Remove");
      return h("div", { class: "cost-row" }, wrap, remove || null);
    }));
    add.disabled = rows.length >= MAX_ROWS;
  }
  draw();
  return h("fieldset", {}, h("legend", {}, "Prices side by side"), box, add);
}
