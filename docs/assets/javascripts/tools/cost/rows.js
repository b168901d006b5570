// The prices that are held side by side, and the list from which they are chosen, with what each
// asks for the workload.

import { MAX_ROWS } from "./offers.js";
import { boundText, cheapestOf } from "./view.js";
import { h, labeled, select } from "../../lib/ui.js";

/** Milliseconds after a change until the list has its amounts: a hundred prices take a moment. */
const SETTLED = 250;
const MANY = 5;

/**
 * The part of the form. Keeps state.rows.
 * @param {object[]} all offers @param {() => object[]} quoteAll rows of all offers, as of quotes.js
 * @returns {{element: HTMLElement, show: () => void}} show: count the amounts of the list anew
 */
export function rowsPart(state, all, quoteAll, update) {
  const groups = new Map();
  for (const offer of all) groups.set(offer.group, [...(groups.get(offer.group) ?? []), offer]);
  const amounts = new Map();
  const box = h("div");
  const said = h("p", { class: "explorer-note cost-added" });
  let ticket = 0;

  const labelOf = ({ id, label }) => label + (amounts.has(id) ? `: ${amounts.get(id)}` : "");
  const add = h("button", { type: "button", onclick: () => {
    const rows = state.rows.split("_");
    const free = all.filter(({ id }) => !rows.includes(id));
    rows.push((free.find(({ group }) => group.startsWith("Rivals, August")) ?? free[0]).id);
    set(rows);
    box.lastElementChild.querySelector("select").focus();
  } }, "Add a price");
  const cheap = h("button", { type: "button", onclick: () => {
    const rows = state.rows.split("_");
    const { currency } = all.find(({ id }) => id === rows[0]);
    const found = cheapestOf(quoteAll(), currency, MANY).map(({ offer }) => offer);
    const free = found.filter(({ id }) => !rows.includes(id)).slice(0, MAX_ROWS - rows.length);
    set([...rows, ...free.map(({ id }) => id)]);
    said.textContent = `Cheapest for these tokens by what is on record: ${found.map(({ short }) => short).join("; ")}. ` +
      "Of each seller and model the newest price is taken; some were seen once, on the day that the table names.";
  } }, "Add the cheapest five");

  function set(rows) {
    state.rows = [...new Set(rows)].join("_");
    draw();
    update();
  }
  function draw() {
    const rows = state.rows.split("_");
    const choices = [...groups].map(([group, list]) =>
      ({ group, options: list.map((offer) => [offer.id, labelOf(offer)]) }));
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
    cheap.disabled = add.disabled;
  }
  function count() {
    for (const row of quoteAll()) {
      const total = row.cost?.total ?? null;
      amounts.set(row.offer.id, total === null ? "no amount"
        : `${boundText(row.cost, row.currency)} a day${row.tooLong ? ", does not fit" : ""}`);
    }
    const texts = new Map(all.map((offer) => [offer.id, labelOf(offer)]));
    for (const option of box.querySelectorAll("option")) option.textContent = texts.get(option.value);
  }
  draw();
  return {
    show() {
      clearTimeout(ticket);
      ticket = setTimeout(count, SETTLED);
    },
    element: h("fieldset", {}, h("legend", {}, "Prices side by side"), box,
      h("div", { class: "cost-line" }, add, cheap), said),
  };
}
