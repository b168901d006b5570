// As-of reading: show the numbers of a page as they were on a day.
//
// Only what holds now is turned back: a sentence about a past price speaks of the past and stays.
// What is of a later day is marked. The day is in the address (?asof=2026-05-01) and is
// kept for the visit, so that it follows the reader from page to page.

const ROOT = new URL("../../../", import.meta.url);
const KEY = "asof";
export const DAYS = [
  ["2026-04-24", "Preview (April 24, 2026)"],
  ["2026-07-31", "V4-Flash final (July 31, 2026)"],
  ["2026-08-13", "V4-Pro final (August 13, 2026)"],
  ["2026-09-10", "V4.1-Flash (September 10, 2026)"],
];

/** A day as YYYY-MM-DD if `text` is one that exists, else "". */
export function parseDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? "")) return "";
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text) ? text : "";
}

/** Whether something known since `since` (YYYY, YYYY-MM or YYYY-MM-DD) is later than `day`. */
export function isLater(since, day) {
  return since.slice(0, 10) > day.slice(0, since.slice(0, 10).length);
}

/**
 * The state that held at the end of `day` (UTC), or null if there was none yet.
 * @param {{since: string, values: object}[]} states oldest first; `since` is a date or an instant
 */
export function stateOn(states, day) {
  let found = null;
  for (const state of states) if (!isLater(state.since, day)) found = state;
  return found;
}

/** Text of one field of a state. A price without peak hours answers for both tiers. */
export function valueIn(state, field) {
  const [base, tier] = field.split(":");
  const { values } = state;
  if (field in values) return values[field];
  if (tier && base in values) return values[base];
  if (!tier && `${base}:off_peak` in values) {
    return `${values[`${base}:off_peak`]} off-peak, ${values[`${base}:peak`]} peak`;
  }
  return null;
}

function remember(day) {
  try {
    if (day) sessionStorage.setItem(KEY, day);
    else sessionStorage.removeItem(KEY);
  } catch { /* storage may be off; the address still carries the day */ }
  const query = new URLSearchParams(location.search);
  if (day) query.set(KEY, day);
  else query.delete(KEY);
  const text = query.toString();
  history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
}

function recall() {
  const given = parseDay(new URLSearchParams(location.search).get(KEY));
  if (given) return given;
  try {
    return parseDay(sessionStorage.getItem(KEY));
  } catch {
    return "";
  }
}

function restore(spans) {
  for (const span of spans) {
    span.classList.remove("fact--asof", "fact--later");
    const shown = span.querySelector("data, time") ?? span;
    if (shown.dataset.now !== undefined) {
      shown.textContent = shown.dataset.now;
      delete shown.dataset.now;
    }
    span.querySelector(".fact-aside")?.remove();
  }
}

function aside(span, text) {
  const note = document.createElement("span");
  note.className = "fact-aside";
  note.textContent = ` (${text})`;
  span.append(note);
}

/** Show `day` on the page; returns how many numbers were turned back and how many came later. */
async function apply(day, spans) {
  restore(spans);
  if (!day) return { turned: 0, later: 0 };
  const answer = await fetch(new URL("data/history.json", ROOT));
  const known = answer.ok ? await answer.json() : {};
  let turned = 0;
  let later = 0;
  for (const span of spans) {
    const states = known[span.dataset.fact];
    const state = states && stateOn(states, day);
    const then = state && valueIn(state, span.dataset.field ?? "");
    if (then) {
      const shown = span.querySelector("data, time") ?? span;
      if (state.id !== states.at(-1).id && then !== shown.textContent) {
        shown.dataset.now = shown.textContent;
        shown.textContent = then;
        span.classList.add("fact--asof");
        aside(span, span.matches(".rec") ? "then" : `then; now ${shown.dataset.now}`);
        turned += 1;
      }
    } else if (isLater(span.dataset.since, day)) {
      span.classList.add("fact--later");
      aside(span, "later");
      later += 1;
    }
  }
  return { turned, later };
}

function build(line, spans) {
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
    <span class="asof-result" role="status" aria-live="polite"></span>`;
  line.after(form);
  const choice = form.querySelector("select");
  const field = form.querySelector("input");
  const result = form.querySelector(".asof-result");

  async function show(day) {
    remember(day);
    form.classList.toggle("asof-form--on", Boolean(day));
    const { turned, later } = await apply(day, spans);
    result.textContent = day
      ? `${turned} ${turned === 1 ? "number" : "numbers"} shown as of ${day}, ${later} are of a later day. ` +
        "Text and figures are today's."
      : "";
  }
  function set(day) {
    const named = DAYS.some(([known]) => known === day);
    choice.value = day && !named ? "other" : day;
    field.hidden = choice.value !== "other";
    if (!field.hidden && day) field.value = day;
  }
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
  const day = recall();
  set(day);
  if (day) show(day);
}

const line = document.querySelector(".md-content .asof");
const spans = [...document.querySelectorAll(".md-content .fact[data-since], .md-content a.rec[data-since]")];
if (line && spans.length) build(line, spans);
