// When the work is done, and of which moment the prices are.

import { checkbox, field } from "./fields.js";
import { MONTH, WEEKDAYS, count, dateIn, daysText, inWords, isZone, parseDays, parseTime, seasons, share } from "./schedule.js";
import { instantAt, parseShare, wallTime } from "./offers.js";
import { h, labeled, select } from "../../lib/ui.js";

export const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const LABELS = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" };
const percent = (value) => `${(value / 100).toFixed(2)}%`;

/** The schedule that a state stands for. */
export const scheduleOf = ({ days, from, to, zone }) => ({ days: parseDays(days), from, to, zone });

/** Days of work among the next 30 from a moment, however the hours are given. */
export function workDays(state, moment) {
  return count(scheduleOf(state), null, dateIn(moment, state.zone), MONTH).days;
}

/** From a peak scheme to the share of the work in its hours; null where the hour decides. */
export function shareOf(state, moment) {
  if (state.when === "at") return null;
  if (state.when === "share") return () => parseShare(state.share).value;
  const first = dateIn(moment, state.zone);
  return (scheme) => share(count(scheduleOf(state), scheme, first, MONTH)) ?? 0;
}

/** What the calculator understood of the hours, in words. */
export function told(state, moment, scheme) {
  const worked = `; ${workDays(state, moment)} of the 30 days from ${dateIn(moment, state.zone)} are days of work.`;
  if (state.when === "at") return `All of the work is billed at the rate of this minute${worked}`;
  if (state.when === "share") return `${percent(parseShare(state.share).value)} of the work falls into peak hours${worked}`;
  const schedule = scheduleOf(state);
  const first = dateIn(moment, state.zone);
  const found = count(schedule, scheme ?? null, first, MONTH);
  const text = `${inWords(schedule)}: ${found.days} of the 30 days from ${first}.`;
  const said = text[0].toUpperCase() + text.slice(1);
  if (!scheme) return `${said} No price had peak hours then.`;
  if (!found.minutes) return `${said} That is no time at all.`;
  const [winter, summer] = seasons(schedule, scheme, Number(first.slice(0, 4)));
  const moved = winter === summer ? "the same in January and July"
    : `${percent(winter)} in January and ${percent(summer)} in July, because clocks change`;
  const holidays = (scheme.holidays ?? []).length
    ? " China's public holidays of 2026 count as off-peak, by the State Council's calendar; DeepSeek's page names no days."
    : "";
  return `${said} ${percent(share(found))} of that time is peak; a common week has ${moved}.${holidays}`;
}

function zones() {
  const known = Intl.supportedValuesOf?.("timeZone") ?? [];
  return [...new Set([OWN_ZONE, "UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", ...known])];
}

/**
 * The part of the form. Keeps state.when, days, from, to, zone, share and t (UTC, "" is the moment
 * at which the page was opened).
 * @param {() => number} moment the chosen instant
 */
export function hoursPart(state, moment, update) {
  let rule = null;
  const list = h("datalist", { id: "cost-zones" }, zones().map((name) => h("option", { value: name })));
  const dayBoxes = WEEKDAYS.map((day) => checkbox(LABELS[day], parseDays(state.days).includes(day), () => {
    const chosen = WEEKDAYS.filter((_, index) => dayBoxes[index].box.checked);
    none.textContent = chosen.length ? "" : "Choose at least one day. The result keeps the last choice.";
    if (chosen.length) state.days = daysText(chosen);
    update();
  }));
  const none = h("p", { class: "cost-error" });
  const days = h("fieldset", { class: "cost-days" }, h("legend", {}, "Days of work"),
    dayBoxes.map(({ wrap }) => wrap), none);
  const time = (label, name, end) => field(label, {
    value: state[name], mode: "text",
    check: (text) => parseTime(text, { end }).error ?? "",
    echo: (text) => (parseTime(text, { end }).value === text.trim() ? "" : `Understood: ${parseTime(text, { end }).value}`),
    onvalue: (text, bad) => { if (!bad) state[name] = parseTime(text, { end }).value; update(); },
  });
  const from = time("From", "from", false);
  const to = time("To", "to", true);
  const zone = field("Time zone", {
    value: state.zone, mode: "text", list: "cost-zones",
    hint: h("button", { type: "button", class: "cost-zone", onclick: () => setZone(OWN_ZONE) }, `Mine: ${OWN_ZONE}`),
    check: (text) => (isZone(text.trim()) ? "" : "Write a time zone such as UTC, Europe/Berlin or Asia/Shanghai."),
    onvalue: (text, bad) => { if (!bad) setZone(text.trim(), true); else update(); },
  });
  const date = field("Prices of", {
    type: "datetime-local", value: wallTime(moment(), state.zone),
    check: (text) => (instantAt(text, state.zone) === undefined ? "Choose a date and a time." : ""),
    onvalue: (text, bad) => {
      if (!bad && text !== wallTime(moment(), state.zone)) state.t = wallTime(instantAt(text, state.zone), "UTC");
      update();
    },
  });
  const part = field("Share of the workload in peak hours, percent", {
    value: state.share, mode: "decimal",
    check: (text) => parseShare(text).error ?? "",
    onvalue: (text, bad) => { if (!bad) state.share = String(parseShare(text).value / 100); update(); },
  });
  const when = labeled("Hours", select([
    ["schedule", "My hours of work"], ["at", "One moment"], ["share", "A share that I give"],
  ], state.when, (value) => {
    // What was counted from the hours is where a share of one's own begins.
    if (value === "share" && state.when === "schedule" && rule) {
      state.share = String(shareOf(state, moment())(rule) / 100);
      part.set(state.share);
    }
    state.when = value;
    update();
  }));
  const clock = h("p", { class: "explorer-note" });
  const heard = h("p", { class: "explorer-note cost-heard" });
  const again = h("button", { type: "button", onclick: () => { state.t = ""; state.p = ""; refresh(); update(); } }, "Prices of now");

  function refresh() {
    date.set(wallTime(moment(), state.zone));
  }
  function setZone(name, typed = false) {
    state.zone = name;
    if (!typed) zone.set(name);
    refresh();
    update();
  }
  return {
    refresh,
    /** Bring the fields in line with the state. */
    show(scheme) {
      rule = scheme ?? null;
      for (const element of [from.wrap, to.wrap]) element.hidden = state.when !== "schedule";
      part.wrap.hidden = state.when !== "share";
      const at = (name) => wallTime(moment(), name).replace("T", " ");
      clock.textContent = `${at("UTC")} UTC, ${at("Asia/Shanghai")} in Beijing.`;
      heard.textContent = told(state, moment(), scheme);
    },
    element: h("fieldset", {}, h("legend", {}, "When"),
      h("div", { class: "explorer-controls" }, when, part.wrap, from.wrap, to.wrap, zone.wrap), list,
      days, h("div", { class: "explorer-controls" }, date.wrap, again), clock, heard),
  };
}
