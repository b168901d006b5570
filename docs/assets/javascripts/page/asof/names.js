// The table of API names on a past day: which model each name stood for, from the prices that held.

import { made } from "./changes.js";
import { inWords, stateOn } from "./days.js";

/** The dollar lines of DeepSeek's own names with a price of their own on `day`: [name, id]. */
export function namesOn(known, day) {
  return Object.entries(known.lines)
    .filter(([key, line]) => key.startsWith("deepseek/") && key.endsWith("/USD") && line.kind === "dated")
    .map(([, line]) => [line.name, stateOn(line, day)?.[0]])
    .filter(([name, id]) => id && known.prices[id].api_name === name);
}

/** Rows of `day` in place of `rows`, which are of today; returns what has to be said of them. */
export function rebuildNames(rows, day, known, changes) {
  const [first] = rows;
  const records = new URL("../../../../reference/facts/prices/", import.meta.url).href;
  const found = namesOn(known, day);
  for (const [name, id] of found) {
    const row = made("tr", "asof-name", "");
    const link = made("a", "rec", "this name, with a price of its own");
    link.href = `${records}#${id}`;
    link.dataset.fact = `prices/${id}`;
    const cells = [made("code", "", name), known.prices[id].model, link];
    for (const content of cells) {
      const cell = made("td", "", "");
      cell.append(content);
      row.append(cell);
    }
    changes.insert(row, first.parentElement, first);
  }
  for (const row of rows) changes.hide(row);
  return [found.length ? `Names with a price of their own on ${inWords(day)}; other names that were answered then are not listed.`
    : `No name with a price is on record for ${inWords(day)}.`];
}
