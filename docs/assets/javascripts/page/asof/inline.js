// Numbers in sentences, headings, figures and tools on a past day. Sentences speak of today and
// stay; a number that came later is marked, one that was another then gets a note behind it.

import { made } from "./changes.js";
import { inWords, timing, valueOn } from "./days.js";

const TODAY = /\b(today|now|current|currently|at present|newest|latest|as of|today's)\b/i;

/** What a field of a price was, in words; a price without peak hours answers for both tiers. */
export function rateIn(values, field) {
  const [base, tier] = field.split(":");
  if (field in values) return values[field];
  if (tier && base in values) return `${values[base]} at all hours`;
  if (!tier && `${base}:off_peak` in values) {
    return `${values[`${base}:off_peak`]} off-peak, ${values[`${base}:peak`]} at peak`;
  }
  return null;
}

/**
 * What to say behind a number, "" if it held on `day` as it stands.
 * A price names its band and its model where they were others then: beside the sentence's own
 * words it would say that those were true.
 */
export function noteFor(fact, field, since, day, known) {
  const when = timing(since, day);
  if (when === "by") return "";
  if (when === "unsure") return `of ${inWords(since)}, day not known`;
  const states = known.values[fact];
  const state = states && valueOn(states, day);
  if (!state) return "later";
  if (!fact.startsWith("prices/")) return `then ${state.values[""]}`;
  const rate = field && rateIn(state.values, field);
  if (!rate) return "later";
  const [model, now] = [state, states.at(-1)].map(({ id }) => known.prices[id].model);
  if (model !== now) return `then ${rate} for ${model}`;
  return rate === states.at(-1).values[field] ? "then the same" : `then ${rate}`;
}

/** Mark every number of `content`; returns how many had another value and how many came later. */
export function markNumbers(content, day, known, changes) {
  const counts = { then: 0, later: 0 };
  for (const span of content.querySelectorAll(".fact[data-since]")) {
    const text = noteFor(span.dataset.fact, span.dataset.field ?? "", span.dataset.since, day, known);
    if (!text) continue;
    const other = text.startsWith("then");
    counts[other ? "then" : "later"] += 1;
    changes.mark(span, other ? "fact--asof" : "fact--later");
    changes.insert(made("span", "fact-aside", ` (${text})`), span);
  }
  return counts;
}

/** Headings say that what stands below them is as it is now. */
export function markHeadings(content, speaksLater, changes) {
  for (const heading of content.querySelectorAll("h1, h2, h3, h4, summary")) {
    if (heading.closest(".fig, .explorer, .cite-page, .asof-bar")) continue;
    const always = heading.matches("h1, h2");
    if (always || TODAY.test(heading.textContent) || speaksLater(heading.textContent)) {
      const text = always ? " (text as it is now)" : " (as it is now)";
      changes.insert(made("small", "asof-mark", text), heading, heading.querySelector(".headerlink"));
    }
  }
  for (const item of content.querySelectorAll(".key-figures li")) {
    if (TODAY.test(item.textContent) || speaksLater(item.textContent) || item.querySelector(".fact-aside")) {
      changes.insert(made("small", "asof-mark", " (as it is now)"), item);
    }
  }
}

/** Drawings and tools keep a day of their own, and say so. */
export function markFigures(content, changes) {
  for (const figure of content.querySelectorAll(".fig[data-as-of]")) {
    const own = `As of its own day: ${inWords(figure.dataset.asOf)}`;
    const caption = figure.querySelector("figcaption") ?? figure;
    changes.insert(made("p", "asof-own", own), caption, caption.firstChild);
    for (const frame of figure.querySelectorAll(".fig-data .table-wrap")) {
      changes.hide(frame);
      changes.insert(made("p", "asof-own", `${own}. The table is on the page as it is now.`), frame.parentElement, frame);
    }
  }
  for (const tool of content.querySelectorAll(".explorer[data-explorer]")) {
    const text = "This tool does not follow the day above; it shows all that is on record.";
    changes.insert(made("p", "asof-own", text), tool, tool.firstChild);
  }
}
