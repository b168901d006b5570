// Timeline: events as marks in lanes, by keyboard in the order of their dates, with their sources.

import { collection, byId, recordAddress } from "../../lib/data.js";
import { idList } from "../../lib/lists.js";
import { readState, writeState } from "../../lib/state.js";
import { frame as toolFrame } from "../../lib/frame.js";
import { restsOn, shareBar } from "../../lib/share.js";
import { announcer, h, labeled, onWidth, stylesheet, table } from "../../lib/ui.js";
import { day } from "../../lib/dates.js";
import { counted, sourceLinks, sourceText } from "../../lib/words.js";
import {
  around, centerOf, dayText, eventSpan, FIRST_DAY, LANES, LAST_DAY, parseDay, shifted, unitOf, UNITS,
  visible,
} from "./model.js";
import { capital, drawing, when } from "./view.js";

const PREFIX = "time";
const HEADERS = ["Date", "Lane", "What happened", "Status", "Source"];
const HINT = "Point at a mark, tap it, or move to it with the arrow keys: what happened, and the source.";

/** Build the explorer into `place`. @param {HTMLElement} place */
export async function mount(place) {
  stylesheet("timeline");
  const [events, parties] = await Promise.all([collection("events"), byId("parties")]);
  const spans = events.map(eventSpan);
  const whole = [Math.min(...spans.map(([first]) => first)), Math.max(...spans.map(([, last]) => last))];
  const aDay = (text) => (parseDay(text) === undefined ? undefined : text);
  const shape = {
    from: { label: "from", default: "2025-12-01", parse: aDay },
    to: { label: "to", default: "2026-11-30", parse: aDay },
    lanes: { label: "lane", separator: ".", default: LANES.join("."), parse: idList(LANES) },
    text: { label: "words", default: "", parse: (text) => text.slice(0, 80) },
    event: { label: "event", default: "", parse: (id) => (events.some((event) => event.id === id) ? id : undefined) },
  };
  const state = readState(PREFIX, shape);
  const turned = state.from > state.to;
  if (turned) {
    state.from = shape.from.default;
    state.to = shape.to.default;
  }
  const { region, say } = announcer();
  let shown = [];
  let marks = [];

  // ---------------------------------------------------------------- controls
  const boxes = LANES.map((lane) => h("label", { class: "time-lane" },
    h("input", { type: "checkbox", value: lane, checked: state.lanes.split(".").includes(lane), onchange: pickLanes }), ` ${capital(lane)}`));
  function pickLanes() {
    state.lanes = boxes.map((box) => box.firstChild).filter((box) => box.checked).map((box) => box.value).join(".");
    update();
  }
  const search = h("input", { type: "search", value: state.text, maxlength: 80, autocomplete: "off", oninput: () => { state.text = search.value.slice(0, 80); update(); } });
  const problem = h("p", { class: "time-problem", id: "time-problem", role: "alert" });
  const dates = {};
  for (const [name, label] of [["from", "From"], ["to", "To"]]) {
    dates[name] = h("input", { type: "date", min: FIRST_DAY, max: LAST_DAY, value: state[name], "aria-describedby": "time-problem", onchange: pickDates });
    dates[name].dataset.label = label;
  }
  function pickDates() {
    const [from, to] = [dates.from.value, dates.to.value];
    for (const [name, value] of [["from", from], ["to", to]]) {
      const bad = parseDay(value) === undefined;
      dates[name].setAttribute("aria-invalid", String(bad));
      if (bad) {
        problem.textContent = `"${dates[name].dataset.label}" needs a day between ${day(FIRST_DAY)} and ${day(LAST_DAY)}. The view stays as it was.`;
        return;
      }
    }
    if (from > to) {
      problem.textContent = `"From" (${day(from)}) is later than "To" (${day(to)}). The view stays as it was.`;
      return;
    }
    show(parseDay(from), parseDay(to));
  }
  function show(from, to) {
    [state.from, state.to] = [dayText(from), dayText(to)];
    dates.from.value = state.from;
    dates.to.value = state.to;
    problem.textContent = "";
    for (const input of Object.values(dates)) input.removeAttribute("aria-invalid");
    update();
  }
  const view = () => [parseDay(state.from), parseDay(state.to)];
  function zoom(unit) {
    const [from, to] = view();
    const chosen = shown.find((event) => event.id === state.event);
    const center = chosen ? Math.min(Math.max(eventSpan(chosen)[0], from), to) : centerOf(shown, from, to);
    show(...around(unit, center));
  }
  const zooms = new Map([...UNITS].reverse().map((unit) => [unit, h("button", { type: "button", "aria-pressed": "false", onclick: () => zoom(unit) }, capital(unit))]));
  const all = h("button", { type: "button", "aria-pressed": "false", onclick: () => show(...whole) }, "Everything");
  const pan = (text, direction) => h("button", { type: "button", onclick: () => show(...shifted(...view(), direction)) }, text);
  const buttons = h("div", { class: "time-zoom", role: "group", "aria-label": "Zoom and move" },
    all, ...zooms.values(), pan("← Earlier", -1), pan("Later →", 1));

  // ---------------------------------------------------------------- drawing
  const frame = h("div", { class: "time-frame" });
  const detail = h("div", { class: "time-detail" }, h("p", {}, HINT));
  const result = h("p", { class: "explorer-result" });
  // The list follows: a mark that is pointed at is marked in it and brought into sight.
  const beside = h("ol", { class: "time-events", tabindex: "0", "aria-label": "Events in view, by date" });
  const summary = h("summary", {});
  const list = h("div", {});

  /** Show an event; `keep` puts it into the address (not for a pointer that only passes). */
  function tell(event, keep = true) {
    if (keep) {
      state.event = event.id;
      writeState(PREFIX, shape, state, place);
    }
    for (const mark of marks) mark.node.classList.toggle("time-mark--on", mark.event === event);
    follow(event);
    const party = parties.get(event.reported_by);
    pin(`${when(event)}: ${event.title}`);
    detail.replaceChildren(
      h("p", {}, h("b", {}, `${when(event)}: ${event.title}`), ` (${event.lane}).`),
      event.text ? h("p", {}, event.text) : "",
      event.note ? h("p", {}, event.note) : "",
      h("p", { class: "explorer-note" },
        `${event.status === "confirmed" ? "Confirmed by the source itself" : capital(event.status)}; reported by ${party.name}. Source: `,
        ...sourceLinks(event.sources), ". ", h("a", { href: recordAddress("events", event.id) }, "Record")),
    );
  }

  function follow(event) {
    for (const item of beside.children) {
      if (item.dataset.id !== event.id) item.removeAttribute("aria-current");
      else {
        item.setAttribute("aria-current", "true");
        const [top, bottom] = [item.offsetTop, item.offsetTop + item.offsetHeight];
        if (top < beside.scrollTop || bottom > beside.scrollTop + beside.clientHeight) {
          beside.scrollTop = top - (beside.clientHeight - item.offsetHeight) / 2;
        }
      }
    }
  }

  function focusMark(index) {
    marks.forEach(({ node }, i) => node.setAttribute("tabindex", i === index ? "0" : "-1"));
    marks[index].node.focus();
  }

  /** Left and right in the order of dates, up and down within the lane. */
  function move(event) {
    const here = marks.findIndex(({ node }) => node === event.target);
    if (here < 0) return;
    const lane = marks[here].event.lane;
    const next = {
      ArrowRight: () => Math.min(here + 1, marks.length - 1),
      ArrowLeft: () => Math.max(here - 1, 0),
      Home: () => 0,
      End: () => marks.length - 1,
      ArrowDown: () => marks.findIndex((mark, i) => i > here && mark.event.lane === lane),
      ArrowUp: () => marks.findLastIndex((mark, i) => i < here && mark.event.lane === lane),
      Enter: () => here,
      " ": () => here,
    }[event.key]?.();
    if (next === undefined) return;
    event.preventDefault();
    if (next >= 0) focusMark(next);
  }

  function render() {
    const drawn = drawing({
      shown, view: view(), lanes: state.lanes.split("."), chosen: state.event, tell, move,
      width: Math.max(280, Math.floor(frame.clientWidth || 640)),
    });
    marks = drawn.marks;
    frame.replaceChildren(drawn.svg);
  }

  function lines() {
    return shown.map((event) => [event.end_date ? `${event.date} to ${event.end_date}` : event.date, event.lane, event.text ? `${event.title}. ${event.text}` : event.title, event.status, sourceText(event.sources)]);
  }

  function update() {
    const [from, to] = view();
    shown = visible(events, { from, to, lanes: new Set(state.lanes.split(".")), text: state.text });
    render();
    const unit = unitOf(from, to);
    for (const [name, button] of zooms) button.setAttribute("aria-pressed", String(name === unit));
    all.setAttribute("aria-pressed", String(from === whole[0] && to === whole[1]));
    if (!shown.length) {
      const why = !state.lanes ? "No lane is chosen." : state.text ? `No event in this view holds the words "${state.text}".` : "No event in this view: choose more lanes or another time.";
      detail.replaceChildren(h("p", {}, why));
    } else if (!shown.some((event) => event.id === state.event)) {
      detail.replaceChildren(h("p", {}, HINT));
    }
    beside.replaceChildren(...shown.map((event) => h("li", { "data-id": event.id, class: event.major ? "time-large" : null, onclick: () => tell(event) },
      h("span", { class: `time-when time-when--${event.lane}` }, when(event)), " ", event.title)));
    beside.scrollTop = 0;
    const told = shown.find((event) => event.id === state.event);
    if (told) follow(told);
    summary.textContent = `These events as a table, with sources: ${shown.length}`;
    list.replaceChildren(table("Events in view", HEADERS, shown.map((event) => [
      when(event), event.lane,
      h("span", {}, h("a", { href: recordAddress("events", event.id) }, event.title), event.text ? `. ${event.text}` : ""),
      event.status, h("span", {}, sourceLinks(event.sources)),
    ])));
    writeState(PREFIX, shape, state, place);
    result.textContent = `${counted(shown.length, "event")} from ${day(state.from)} to ${day(state.to)}${state.text ? ` with the words “${state.text}”` : ""}.`;
    pin(result.textContent);
    say(result.textContent);
  }

  const share = shareBar({
    name: "deepseek-v4-timeline", rows: () => ({ headers: HEADERS, rows: lines() }), svg: () => frame.querySelector("svg"), say,
    about: () => ({ title: result.textContent, asOf: restsOn(shown).asOf, sources: restsOn(shown).sources.slice(0, 12) }),
  });
  region.classList.add("explorer-spoken"); // the result says the same to eyes
  const { pin } = toolFrame(place, {
    prefix: PREFIX, shape,
    wrong: turned ? "Its first day is later than its last: both are as the tool begins." : "",
    inputs: [
      h("fieldset", {}, h("legend", {}, "Lanes"), h("div", { class: "time-lanes" }, boxes)),
      h("div", { class: "explorer-controls" }, labeled("Words in title or text", search), labeled("From", dates.from), labeled("To", dates.to)),
      problem, buttons,
    ],
    result: [result],
    below: [
      h("div", { class: "time-both" },
        h("div", { class: "time-main" }, frame,
          h("p", { class: "explorer-note" }, "Filled: confirmed by the source itself. Hollow: reported, or disputed. Large, with its name: of more weight. A bar: only the month or year is known, or it lasted. Dates are days in Beijing unless the text says otherwise."), detail),
        h("div", { class: "time-side" }, beside)),
      h("details", { class: "time-list" }, summary, list), region, share,
    ],
  });
  update();
  const chosen = events.find((event) => event.id === state.event);
  if (chosen) tell(chosen);
  onWidth(frame, () => render());
}
