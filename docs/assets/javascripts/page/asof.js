// As-of reading: show the numbers of a page as they were on a day.
//
// The day is in the address (?asof=2026-05-01) and nowhere else. Tables that are made of dated
// records are made again from those that held at the end of that day, UTC; sentences, drawings
// and tools speak of today and say so.

import { buildBar } from "./asof/bar.js";
import { carryDay } from "./asof/carry.js";
import { Changes } from "./asof/changes.js";
import { DAYS, datesIn, finder, inWords, parseDay, timing } from "./asof/days.js";

const ROOT = new URL("../../../", import.meta.url);
const KEY = "asof";

const content = document.querySelector(".md-content");
const line = document.querySelector(".md-content .asof");
const changes = new Changes();
let asked = 0;
let loaded = null;

function given() {
  return parseDay(new URLSearchParams(location.search).get(KEY));
}

function remember(day) {
  const query = new URLSearchParams(location.search);
  if (day) query.set(KEY, day);
  else query.delete(KEY);
  const text = query.toString();
  history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
}

/** What was when, and what turns a page; null if it cannot be had. Most visits never need it. */
async function load() {
  if (loaded) return loaded; // a second day needs no second fetch; what failed is tried again
  try {
    const [answer, tables, inline] = await Promise.all([
      fetch(new URL("data/history.json", ROOT)),
      import("./asof/tables.js"),
      import("./asof/inline.js"),
    ]);
    loaded = answer.ok ? { known: await answer.json(), ...tables, ...inline } : null;
  } catch {
    loaded = null;
  }
  return loaded;
}

/** Why a day cannot be shown, "" if it can. */
function refusal(day, known) {
  if (!known) return `The numbers of ${inWords(day)} could not be loaded`;
  if (day < known.first) return `Our records begin on ${inWords(known.first)}; nothing to show for ${inWords(day)}`;
  if (day > known.newest) return `Our newest record is of ${inWords(known.newest)}; nothing newer for ${inWords(day)}`;
  return "";
}

function turn(day, { known, turnTables, markNumbers, markHeadings, markFigures }) {
  const find = finder(known.names);
  const later = (text) => find(text).some((name) => timing(known.names[name], day) !== "by");
  const band = (text) => day < known.peak && /\b(off-peak|peak (hours?|prices?|rates?))\b/i.test(text);
  const speaksLater = (text) => later(text) || datesIn(text).some((date) => timing(date, day) !== "by");
  const tables = turnTables(content, day, known, { later, band }, changes);
  const numbers = markNumbers(content, day, known, changes);
  markHeadings(content, speaksLater, changes);
  markFigures(content, changes);
  return { tables, ...numbers };
}

function some(number, word) {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

/** Where the outcome is announced: in the form, or in the bar of a page without one. */
function buildForm(show) {
  const form = document.createElement("form");
  form.className = "asof-form";
  form.innerHTML = `
    <label for="asof-choice">Read this page as of</label>
    <select id="asof-choice">
      <option value="">now</option>
      ${DAYS.map(([day, text]) => `<option value="${day}">${text}</option>`).join("")}
      <option value="other">another day …</option>
    </select>
    <label for="asof-day" class="visually-hidden">Day</label>
    <input id="asof-day" type="date" min="2024-12-26" hidden>
    <span class="asof-result" role="status"></span>`;
  line.after(form);
  const choice = form.querySelector("select");
  const field = form.querySelector("input");
  const result = form.querySelector(".asof-result");
  choice.addEventListener("change", () => {
    field.hidden = choice.value !== "other";
    if (choice.value !== "other") show(choice.value);
    else field.focus();
  });
  field.addEventListener("change", () => {
    const day = parseDay(field.value);
    if (day) show(day);
    else result.textContent = "Give a day as year, month and day.";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  return {
    result,
    focus: () => choice.focus(),
    set(day) {
      const named = DAYS.some(([known]) => known === day);
      choice.value = day && !named ? "other" : day;
      field.hidden = choice.value !== "other";
      if (!field.hidden && day) field.value = day;
      form.classList.toggle("asof-form--on", Boolean(day));
    },
  };
}

/** A page without a line of dates has no form, but may be opened with a day. */
function lonelyStatus() {
  const result = document.createElement("span");
  result.className = "asof-result visually-hidden";
  result.setAttribute("role", "status");
  document.querySelector(".asof-bar").append(result);
  return { result, focus: () => content.querySelector("h1 a, a")?.focus(), set: () => {} };
}

async function show(day) {
  const mine = (asked += 1);
  remember(day);
  form.set(day);
  const found = day ? await load() : null;
  if (mine !== asked) return; // another day was chosen meanwhile
  changes.undo();
  delete document.documentElement.dataset.asof;
  if (!day) {
    bar.hide();
    form.result.textContent = "";
    return;
  }
  const refused = refusal(day, found?.known);
  if (refused) {
    bar.show(`${refused}. The page is as it is now`);
    form.result.textContent = `${refused}. The page is as it is now.`;
    return;
  }
  const { tables, then, later } = turn(day, found);
  bar.show(`Numbers of ${inWords(day)}`);
  form.result.textContent =
    `${some(tables, "table")} shown as of ${day}. In the text, which is today's, ` +
    `${some(then, "number")} had another value then and ${later} ${later === 1 ? "is" : "are"} of a later day.`;
  document.documentElement.dataset.asof = day;
}

const bar = buildBar(() => {
  show("");
  form.focus();
});
const numbers = content?.querySelector(".fact[data-since], a.rec[data-since], tr[data-record]");
const form = line && numbers ? buildForm(show) : lonelyStatus();
const day = given();
carryDay(given);
form.set(day);
if (day && content) {
  show(day).then(() => {
    // What the tables lost above a section that a link leads to has moved it.
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) target.scrollIntoView();
  });
}
