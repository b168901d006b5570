// Tables on a past day: rows of prices are made again from the records that held; other rows
// stay or go as a whole. No row mixes two days.

import { made } from "./changes.js";
import { rebuildNames } from "./names.js";
import { absence, changedOn, datesIn, inWords, stateOn, timing } from "./days.js";

const TODAY = /\b(today|now|currently|at present|newest|latest)\b/i;

/** The text of an element as readers see it, without the numbers of citations. */
function textOf(element) {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll(".cite, .fact-aside, .asof-mark")) part.remove();
  return copy.textContent;
}

function rowsOf(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows]);
}

function addLine(table, text, changes) {
  const frame = table.closest(".table-wrap") ?? table;
  const outer = frame.parentElement.closest(".md-typeset__scrollwrap") ?? frame;
  changes.insert(made("p", "asof-table", text), outer.parentElement, outer);
}

function addNote(table, notes, changes) {
  if (!notes.length) return;
  const row = made("tr", "asof-note", "");
  const cell = made("td", "", notes.join(" "));
  cell.colSpan = table.rows[0].cells.length;
  row.append(cell);
  changes.insert(row, table.tBodies[0]);
}

function count(number, words) {
  return `${number} ${number === 1 ? "row is" : "rows are"} not shown: ${words}.`;
}

// ------------------------------------------------------------------ prices

/** A copy of `row` with the content of another record. */
function priceRow(row, id, { label, cells, when }) {
  const copy = row.cloneNode(true);
  const address = row.querySelector("a.rec")?.getAttribute("href").replace(/#.*/, "") ?? "";
  copy.dataset.record = `prices/${id}`;
  copy.className = "asof-row"; // the row itself is hidden by now
  const [name, ...rest] = copy.cells;
  name.textContent = label;
  cells.forEach((cell, at) => {
    if (!cell) {
      rest[at].replaceChildren(made("span", "none", "–"));
      return;
    }
    const link = made("a", "rec", cell[1]);
    link.href = `${address}#${id}`;
    [link.dataset.fact, link.dataset.field] = [`prices/${id}`, cell[0]];
    rest[at].replaceChildren(link);
  });
  rest.at(-1).textContent = when;
  return copy;
}

function absentRow(row, line, text) {
  const copy = row.cloneNode(false);
  delete copy.dataset.record;
  delete copy.dataset.since;
  copy.className = "asof-row";
  const name = document.createElement("td");
  name.append(made("code", "", line.name));
  const words = made("td", "asof-none", text);
  words.colSpan = row.cells.length - 1;
  copy.append(name, words);
  return copy;
}

/** Name the frame of a table anew; regions of one page need names of their own. */
function rename(table, name, used, changes) {
  const frame = table.closest(".table-wrap");
  if (!frame?.hasAttribute("aria-label")) return;
  const times = (used.get(name) ?? 0) + 1;
  used.set(name, times);
  changes.attribute(frame, "aria-label", times === 1 ? name : `${name} (${times})`);
}

function rebuildPrices(table, rows, day, known, used, changes) {
  const before = rows.length;
  const placed = new Set();
  const done = new Set();
  let [shown, several, never, unseen] = [0, false, 0, 0];
  for (const row of rows) {
    const own = row.dataset.record.slice("prices/".length);
    const key = known.line_of[own];
    const line = known.lines[key];
    changes.hide(row);
    if (!line || done.has(key)) continue;
    done.add(key);
    const state = stateOn(line, day);
    if (!state) {
      if (line.kind === "never") never += 1;
      else if (line.kind === "seen") unseen += 1;
      else changes.insert(absentRow(row, line, absence(line, day, known.lines)), row.parentElement, row);
      continue;
    }
    const [id] = state;
    if (placed.has(id)) continue;
    placed.add(id);
    several ||= changedOn(line, day);
    const price = known.prices[id];
    // A name that came before the row's own says so: the words around the table name the later one.
    const other = price.api_name && price.api_name !== line.name ? `, sold as ${price.api_name}` : "";
    for (const content of price.rows) {
      const made = priceRow(row, id, { ...content, label: content.label + other });
      changes.insert(made, row.parentElement, row);
      shown += 1;
    }
  }
  const when = inWords(day);
  const notes = [];
  if (several) notes.push(`More than one price held on ${when}; shown is the one at the end of the day, UTC.`);
  if (unseen) notes.push(`${unseen} ${unseen === 1 ? "price" : "prices"} of this table had not been seen by ${when}.`);
  if (never) notes.push(`${never} announced ${never === 1 ? "price was" : "prices were"} never in force.`);
  if (before > shown) notes.push("Prices of other days are left out.");
  if (shown) notes.push("The sources of a row stand with its record, behind each number.");
  addNote(table, notes, changes);
  addLine(table, `Prices of ${when}, at the end of the day (UTC)`, changes);
  // Its name is that of its first row, which may be another now.
  rename(table, `Prices per million tokens, ${when}`, used, changes);
}

// ------------------------------------------------------------------ other tables

// A date without a year is of the year that the site is about.
const YEAR = "2026";

/** Whether words that somebody typed speak of what is not on record by `day`. */
function typedLater(text, day, names) {
  return names.later(text) || names.band(text) || datesIn(text, YEAR).some((date) => timing(date, day) !== "by");
}

/** Whether a row speaks of something that is not on record by `day`. */
function rowLater(row, day, names) {
  const { record, since } = row.dataset;
  if (since && timing(since, day) !== "by") return true;
  for (const part of row.querySelectorAll(".fact[data-since]")) {
    if (timing(part.dataset.since, day) !== "by") return true;
  }
  // A record has a day of its own, and what it says of later days was said then.
  if (record) return names.later(textOf(row));
  return [...row.cells].some((cell) => typedLater(textOf(cell), day, names));
}

/** In a table of records by column, the cells that came later; returns how many. */
function blankCells(row, day, changes) {
  let blank = 0;
  for (const cell of row.cells) {
    const links = [...cell.querySelectorAll("a.rec[data-since]")];
    if (links.some((link) => timing(link.dataset.since, day) !== "by")) {
      changes.replace(cell, "not yet");
      blank += 1;
    }
  }
  return blank;
}

function foldColumns(table, kept, day, names, changes) {
  const heads = [...table.rows[0].cells];
  const gone = heads.map((head, at) => {
    if (at === 0) return false;
    if (typedLater(textOf(head), day, names)) return true;
    const cells = kept.map((row) => row.cells[at]).filter(Boolean);
    return cells.some((cell) => cell.querySelector(".asof-none")) &&
      cells.every((cell) => cell.querySelector(".asof-none, .none"));
  });
  if (gone.some(Boolean) && gone.slice(1).every(Boolean)) return { all: true, columns: 0 };
  gone.forEach((hidden, at) => {
    if (hidden) for (const row of table.rows) if (row.cells[at]) changes.hide(row.cells[at]);
  });
  return { all: false, columns: gone.filter(Boolean).length };
}

function foldRows(table, rows, day, names, used, changes) {
  const when = inWords(day);
  const dated = rows.some((row) => row.dataset.record || row.querySelector("a.rec"));
  const heads = [...table.rows[0].cells].map(textOf);
  // What all rows are of: without their hours, rows about hours say nothing.
  const whole = !dated && (typedLater(heads[0], day, names) || heads.some(names.band));
  let folded = 0;
  const kept = [];
  for (const row of rows) {
    if (whole || rowLater(row, day, names)) {
      changes.hide(row);
      folded += 1;
      continue;
    }
    if (!row.dataset.record) blankCells(row, day, changes);
    kept.push(row);
  }
  const { all, columns } = foldColumns(table, kept, day, names, changes);
  // "The same" as in a column that is gone says nothing any more.
  const lost = (row) => columns && !dated && [...row.cells].some((cell) => /^the same\b/i.test(textOf(cell).trim()));
  const empty = kept.filter((row) => all || lost(row) || [...row.cells].slice(1).every((cell) =>
    cell.matches(".asof-gone") || cell.querySelector(".asof-none, .none")) && row.querySelector(".asof-none"));
  for (const row of empty) {
    changes.hide(row);
    folded += 1;
  }
  for (const head of table.rows[0].cells) {
    if (TODAY.test(head.textContent)) changes.insert(made("small", "asof-mark", " (as it is now)"), head);
  }
  // A head above nothing would still name what came later.
  if (folded === rows.length && table.tHead) for (const row of table.tHead.rows) changes.hide(row);
  const notes = [];
  if (folded) notes.push(count(folded, `what they speak of is not on record by ${when}`));
  if (columns) notes.push(`${columns} ${columns === 1 ? "column" : "columns"} of what came later, too.`);
  addNote(table, notes, changes);
  const label = table.closest(".table-wrap")?.getAttribute("aria-label") ?? "";
  if (names.later(label)) rename(table, `Table, on record by ${when}`, used, changes);
  if (dated) addLine(table, `On record by ${when}`, changes);
  else addLine(table, `As it is now${folded || columns ? "; what speaks of later days is left out" : ""}`, changes);
}

/** Show all tables of `content` as of `day`; returns how many. */
export function turnTables(content, day, known, names, changes) {
  let turned = 0;
  const used = new Map();
  for (const table of content.querySelectorAll("table")) {
    if (table.closest(".fig, .explorer, .highlighttable") || !table.tBodies.length || !table.rows.length) continue;
    const rows = rowsOf(table);
    const prices = rows.filter((row) => row.dataset.record?.startsWith("prices/"));
    if (prices.length) rebuildPrices(table, prices, day, known, used, changes);
    else if (table.closest(".asof-names") && rows.some((row) => rowLater(row, day, names))) {
      addNote(table, rebuildNames(rows, day, known, changes), changes);
      addLine(table, `Names of ${inWords(day)}, at the end of the day (UTC)`, changes);
    }
    else foldRows(table, rows, day, names, used, changes);
    turned += 1;
  }
  return turned;
}
