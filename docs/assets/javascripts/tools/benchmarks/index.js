// Benchmark explorer: every result of the records, one small panel a benchmark, never two scales
// on one axis. A vendor's own numbers are filled, everybody else's are hollow.

import { byId, collection, recordAddress } from "../../lib/data.js";
import { idList } from "../../lib/lists.js";
import { boolean, integer, oneOf, readState, writeState } from "../../lib/state.js";
import { frame } from "../../lib/frame.js";
import { shareBar } from "../../lib/share.js";
import { announcer, h, labeled, onWidth, s, select, stylesheet, table } from "../../lib/ui.js";
import { day } from "../../lib/dates.js";
import { counted, sourceLinks, sourceText } from "../../lib/words.js";
import {
  byCategory, choose, kindOf, KINDS, modeKey, panels, rowName, scoreText, SORTS, UNNAMED, unscored,
} from "./model.js";
import { questionPart } from "./question.js";
import { axisText, draw, sheet } from "./view.js";

const PREFIX = "bench";
const FIRST = 6;
const LINES = 60;
const DEFAULTS = {
  benchmarks: ["terminal-bench-2-1", "deepswe", "swe-bench-verified", "gpqa-diamond", "aa-index-4-1"],
  models: [
    "v4-pro", "v4-pro-0813", "v4-flash", "v4-flash-0731", "v4-1-flash", "claude-opus-4-6",
    "claude-opus-5", "gpt-5-4", "gpt-5-6-sol", "gemini-3-1-pro", "kimi-k2-6", "kimi-k3", "glm-5-2",
  ],
  notModes: ["non-think", "effort-25"],
};
const HEADERS = ["Benchmark", "Model", "Mode", "Score", "Reported by", "Kind", "Harness and setting", "As of", "Source"];

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
const setOf = (list) => new Set(list ? list.split(".") : []);

/** Build the explorer into `place`. @param {HTMLElement} place */
export async function mount(place) {
  stylesheet("benchmarks");
  const [results, benchmarks, models, parties, prices] = await Promise.all([
    collection("results"), byId("benchmarks"), byId("models"), byId("parties"), collection("prices"),
  ]);
  const distinct = (read) => [...new Set(results.map(read))];
  const used = distinct((r) => r.model).map((id) => models.get(id))
    .sort((a, b) => (b.developer === "DeepSeek") - (a.developer === "DeepSeek") || a.name.localeCompare(b.name));
  const checkpoints = distinct((r) => r.checkpoint ?? UNNAMED).sort();
  const modes = distinct((r) => modeKey(r.mode)).sort();
  const modeNames = new Map(results.map((r) => [modeKey(r.mode), r.mode ?? "not named"]).reverse());
  const reporters = distinct((r) => r.reported_by).sort((a, b) => parties.get(a).name.localeCompare(parties.get(b).name));
  const list = (label, known, value) => ({ label, separator: ".", default: value.join("."), parse: idList(known) });
  const shape = {
    tests: list("benchmark", [...benchmarks.keys()], DEFAULTS.benchmarks),
    models: list("model", used.map((m) => m.id), DEFAULTS.models),
    checkpoints: list("checkpoint", checkpoints, checkpoints),
    modes: list("mode", modes, modes.filter((mode) => !DEFAULTS.notModes.includes(mode))),
    who: { label: "reporter", default: "all", parse: oneOf(["all", "vendor", "independent", ...reporters]) },
    text: { default: "", parse: (text) => text.slice(0, 80) },
    sort: { label: "order", default: "score", parse: oneOf(SORTS) },
    split: { label: "rows", default: false, parse: boolean },
    axis: { label: "axis", default: "full", parse: oneOf(["full", "fit"]) },
    shown: { label: "number of panels", default: FIRST, parse: integer(FIRST, 200) },
  };
  const state = readState(PREFIX, shape);
  const { region, say } = announcer();
  let current = [];
  let lines = LINES;

  // ---------------------------------------------------------------- controls
  const set = (name, value) => { state[name] = value; lines = LINES; update(); };
  const boxes = new Map();

  /** A list of the state with ids put in front (so that what is new is seen) or taken out. */
  function changed(name, ids, on) {
    const rest = [...setOf(state[name])].filter((id) => !ids.includes(id));
    return (on ? [...ids, ...rest] : rest).join(".");
  }

  /** Checkboxes for ids, bound to a list of the state. */
  function checks(name, items) {
    const box = ([id, label]) => {
      const input = h("input", {
        type: "checkbox", checked: setOf(state[name]).has(id),
        onchange: () => {
          set(name, changed(name, [id], input.checked));
        },
      });
      boxes.set(`${name}:${id}`, input);
      return h("label", { class: "bench-check", "data-label": label.toLowerCase() }, input, ` ${label}`);
    };
    return items.map(box);
  }

  function setMany(name, ids, on) {
    for (const id of ids) boxes.get(`${name}:${id}`).checked = on;
    set(name, changed(name, ids, on));
  }

  function group(name, legend, items) {
    const ids = items.map(([id]) => id);
    const button = (word, on) => h("button", { type: "button", "aria-label": `${legend}: ${word}`, onclick: () => setMany(name, ids, on) }, word);
    return h("fieldset", {}, h("legend", {}, legend),
      h("div", { class: "bench-checks" }, checks(name, items)),
      h("div", { class: "bench-all" }, button("All", true), button("None", false)));
  }

  const summaries = { tests: h("summary", {}), models: h("summary", {}), modes: h("summary", {}) };
  const nowhere = h("p", { class: "explorer-error", role: "status" });
  const finder = h("input", {
    type: "search", autocomplete: "off",
    oninput: () => {
      const word = finder.value.trim().toLowerCase();
      let all = false;
      for (const set of tests.querySelectorAll("fieldset")) {
        let any = false;
        for (const label of set.querySelectorAll(".bench-check")) {
          label.hidden = !label.dataset.label.includes(word);
          any ||= !label.hidden;
        }
        set.hidden = !any;
        all ||= any;
      }
      nowhere.textContent = all ? "" : `No benchmark has “${finder.value.trim().slice(0, 40)}” in its name.`;
    },
  });
  const tests = h("details", { class: "bench-choice" }, summaries.tests,
    labeled("Find a benchmark by name", finder), nowhere,
    h("div", { class: "bench-scroll" }, byCategory(benchmarks.values()).map(([category, items]) =>
      group("tests", capital(category), items.map((b) => [b.id, b.version && !b.name.includes(b.version.split(" ")[0]) ? `${b.name} ${b.version}` : b.name])))));
  const chosenModels = h("details", { class: "bench-choice" }, summaries.models,
    group("models", "DeepSeek", used.filter((m) => m.developer === "DeepSeek").map((m) => [m.id, rowName(m, m.id === "v4-pro" || m.id === "v4-flash" ? "preview" : null)])),
    group("models", "Others", used.filter((m) => m.developer !== "DeepSeek").map((m) => [m.id, m.name])));
  const finer = h("details", { class: "bench-choice" }, summaries.modes,
    group("checkpoints", "Checkpoint", checkpoints.map((id) => [id, id === UNNAMED ? "not named" : id])),
    group("modes", "Effort or thinking mode", modes.map((id) => [id, capital(modeNames.get(id))])));

  const search = h("input", {
    type: "search", value: state.text, autocomplete: "off", maxlength: 80,
    oninput: () => set("text", search.value.slice(0, 80)),
  });
  const controls = h("div", { class: "explorer-controls" },
    labeled("Who reports", select([
      ["all", "Everybody"], ["vendor", "Vendors (filled)"], ["independent", "Independent (hollow)"],
      { group: "One reporter", options: reporters.map((id) => [id, `${parties.get(id).name} (${KINDS[kindOf(parties.get(id))]})`]) },
    ], state.who, (value) => set("who", value))),
    labeled("Sort by", select([["score", "Score, best first"], ["model", "Model"], ["date", "Date, newest first"], ["reporter", "Who reports"]],
      state.sort, (value) => set("sort", value))),
    labeled("Rows", select([["false", "One a model"], ["true", "One a model and mode"]], String(state.split), (value) => set("split", value === "true"))),
    labeled("Axis", select([["full", "Percent from 0 to 100"], ["fit", "Fitted to the scores"]], state.axis, (value) => set("axis", value))),
    labeled("Words in harness, setting, model, reporter", search));

  const question = questionPart(state, {
    categories: byCategory(benchmarks.values()), models: used, usual: DEFAULTS,
    choose: (name, ids) => {
      for (const [key, box] of boxes) if (key.startsWith(`${name}:`)) box.checked = ids.includes(key.slice(name.length + 1));
      set(name, ids.join("."));
    },
  });

  // ---------------------------------------------------------------- results
  const answer = h("p", { class: "explorer-result" });
  const charts = h("div", { class: "bench-charts" });
  const more = h("div", { class: "bench-more" });
  const tableSummary = h("summary", {});
  const tableBody = h("div", {});

  /** What is known of one result, in words and links. */
  function told(result) {
    const party = parties.get(result.reported_by);
    const unit = benchmarks.get(result.benchmark).unit;
    const parts = [
      h("b", {}, `${rowName(models.get(result.model), result.checkpoint)}${result.mode ? `, ${result.mode}` : ""}: ${scoreText(result, unit)}`),
      ` reported by ${party.name} (${KINDS[kindOf(party)]})`,
      `. Harness: ${result.harness ?? "not named"}. `,
      result.setting ? `Setting: ${result.setting}. ` : "",
      result.status === "confirmed" ? "" : `Status: ${result.status}. `,
      result.note ? `${result.note} ` : "",
      `As of ${day(result.as_of)}. Source: `, ...sourceLinks(result.sources), ". ",
      h("a", { href: recordAddress("results", result.id) }, "Record"),
    ];
    return h("p", {}, parts);
  }

  function panelView(panel) {
    const hide = h("button", {
      type: "button", "aria-label": `Hide ${panel.benchmark.name}`,
      onclick: () => { setMany("tests", [panel.benchmark.id], false); say(`${panel.benchmark.name} hidden`); summaries.tests.focus(); },
    }, "Hide");
    const head = h("div", { class: "bench-head" }, h("h3", { class: "bench-title" }, panel.title), hide);
    const about = h("p", { class: "explorer-note" }, axisText(panel), panel.benchmark.flaws ? ` Known problem: ${panel.benchmark.flaws}` : "");
    const view = h("div", { class: "bench-panel", "data-panel": panel.key }, head, about);
    if (panel.without.length) {
      about.append(` No score: ${[...new Set(panel.without.map((r) => rowName(models.get(r.model), r.checkpoint)))].join(", ")}.`);
    }
    if (!panel.rows.length) return view;
    const detail = h("div", { class: "bench-detail", "aria-live": "polite" },
      h("p", {}, "Point at a mark, tap it, or move to it with the arrow keys: harness, setting, date and source."));
    const width = Math.max(280, Math.floor(charts.clientWidth || 640));
    const marks = [];
    const show = (index) => {
      marks.forEach((item, i) => item.node?.classList.toggle("bench-mark--on", i === index));
      detail.replaceChildren(...marks[index].mark.records.map(told));
    };
    const { group, height } = draw(panel, {
      width, mode: state.axis,
      mark: (mark, row) => {
        const index = marks.push({ mark, row }) - 1;
        const who = mark.records.map((r) => parties.get(r.reported_by).name);
        const label = `${row.name}: ${scoreText({ score: mark.score }, panel.unit)}, ${KINDS[mark.kind]}: ${[...new Set(who)].join(", ")}`;
        return {
          role: "button", tabindex: index ? "-1" : "0", "aria-label": label, "data-index": index,
          onfocus: () => show(index), onmouseenter: () => show(index), onclick: () => show(index),
        };
      },
    });
    const svg = s("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `${panel.title}: ${counted(marks.length, "mark")}`, onkeydown: (event) => move(event, marks) }, group);
    for (const node of svg.querySelectorAll(".bench-mark")) marks[Number(node.dataset.index)].node = node;
    view.append(svg, detail);
    return view;
  }

  /** Arrow keys: left and right to the next mark, up and down to the next row. */
  function move(event, marks) {
    const here = marks.findIndex((item) => item.node === event.target);
    if (here < 0) return;
    const rowOf = (index) => marks[index].row;
    let next;
    if (event.key === "ArrowRight") next = Math.min(here + 1, marks.length - 1);
    else if (event.key === "ArrowLeft") next = Math.max(here - 1, 0);
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = marks.length - 1;
    else if (event.key === "ArrowDown") next = marks.findIndex((item, i) => i > here && item.row !== rowOf(here));
    else if (event.key === "ArrowUp") next = marks.findLastIndex((item, i) => i < here && item.row !== rowOf(here));
    else if (event.key === "Enter" || event.key === " ") next = here;
    else return;
    event.preventDefault();
    if (next < 0) return;
    marks.forEach((item, i) => item.node.setAttribute("tabindex", i === next ? "0" : "-1"));
    marks[next].node.focus();
  }

  /** Lines of the table in the order of the panels: [record, cells as text]. */
  function tableLines() {
    return current.flatMap((panel) =>
      [...panel.rows.flatMap((row) => [...row.marks].reverse().flatMap((mark) => mark.records)), ...panel.without].map((r) => {
        const party = parties.get(r.reported_by);
        return [r, [
          panel.title, rowName(models.get(r.model), r.checkpoint), r.mode ?? "not named", scoreText(r, panel.unit),
          party.name, KINDS[kindOf(party)], [r.harness, r.setting].filter(Boolean).join("; ") || "not named",
          r.as_of, sourceText(r.sources),
        ]];
      }));
  }

  function drawTable() {
    const all = tableLines();
    tableSummary.textContent = `The same as a table: ${counted(all.length, "result")}`;
    const cells = all.slice(0, lines).map(([r, row]) => [
      ...row.slice(0, 3), h("a", { href: recordAddress("results", r.id) }, row[3]), ...row.slice(4, 7), day(r.as_of), h("span", {}, sourceLinks(r.sources)),
    ]);
    tableBody.replaceChildren(table("Chosen results", HEADERS, cells, [3]));
    if (all.length > lines) {
      const rest = all.length - lines;
      tableBody.append(h("button", { type: "button", onclick: () => { lines += 100; drawTable(); } }, `Show ${Math.min(rest, 100)} more of ${rest} further lines`));
    }
  }

  function drawCharts() {
    const shown = current.slice(0, state.shown);
    charts.replaceChildren(...shown.map(panelView));
    if (!current.length) {
      const why = !setOf(state.tests).size ? "No benchmark is chosen." : !setOf(state.models).size ? "No model is chosen." : "No result fits this choice: take more modes, checkpoints or reporters, or other words.";
      charts.append(h("p", { class: "explorer-result" }, why));
    }
    const rest = current.length - shown.length;
    more.replaceChildren();
    if (rest > 0) {
      const step = Math.min(rest, FIRST);
      more.append(h("button", { type: "button", onclick: () => { state.shown += FIRST; update(); } }, `Show ${step} more of ${counted(rest, "further panel")}`));
    }
  }

  function update() {
    const names = setOf(state.tests);
    const choice = {
      benchmarks: names, models: setOf(state.models), checkpoints: setOf(state.checkpoints),
      modes: setOf(state.modes), who: state.who, text: state.text, parties,
    };
    const ordered = new Map([...names, ...benchmarks.keys()].map((id) => [id, benchmarks.get(id)]));
    current = panels(choose(results, choice), { benchmarks: ordered, models, parties, sort: state.sort, split: state.split });
    summaries.tests.textContent = `Benchmarks: ${names.size} of ${benchmarks.size}`;
    summaries.models.textContent = `Models: ${choice.models.size} of ${used.length}`;
    summaries.modes.textContent = `Checkpoints and modes: ${choice.checkpoints.size} of ${checkpoints.length}, ${choice.modes.size} of ${modes.length}`;
    drawCharts();
    drawTable();
    writeState(PREFIX, shape, state, place);
    question.show();
    const found = `${counted(tableLines().length, "result")} in ${counted(current.length, "panel")}, ${Math.min(current.length, state.shown)} shown`;
    answer.textContent = `${question.said()}: ${found}.`;
    pin(`${found}.`);
    say(found);
  }

  /** The drawing for saving: put aside for a moment, because its styles are read from the page. */
  function saved() {
    const svg = sheet(current.slice(0, state.shown).filter((panel) => panel.rows.length), { width: 720, mode: state.axis });
    const aside = h("div", { class: "bench-aside", "aria-hidden": "true" }, svg);
    place.append(aside);
    setTimeout(() => aside.remove(), 2000);
    return svg;
  }

  const key = h("p", { class: "bench-key explorer-note" },
    h("span", { "aria-hidden": "true" }, "● "), "a vendor reports (of its own or of a rival's model) ",
    h("span", { "aria-hidden": "true" }, " ○ "), "an independent party reports. Colors: V4-Pro blue, V4-Flash orange, V4.1-Flash green, others gray.");
  // A rival that can be bought and is not in the list would look forgotten.
  const silent = unscored(prices, results, models);
  const without = h("details", { class: "bench-choice", hidden: !silent.length },
    h("summary", {}, `Priced on this site, without a result on record: ${counted(silent.length, "model")}`),
    h("p", { class: "explorer-note" }, `${silent.join(", ")}.`));
  const restart = h("button", {
    type: "button",
    onclick: () => { history.replaceState(history.state, "", location.pathname + location.hash); place.replaceChildren(); mount(place); },
  }, "Start again");
  const share = shareBar({
    name: "deepseek-v4-benchmarks", rows: () => ({ headers: HEADERS, rows: tableLines().map(([, row]) => row) }), svg: saved, say,
    about: () => ({ title: answer.textContent }),
  });
  region.classList.add("explorer-spoken"); // the answer says the same to eyes
  const { pin } = frame(place, {
    prefix: PREFIX, shape, inputs: [question.element, tests, chosenModels, finer, controls, restart],
    result: [answer, key, without, charts, more],
    below: [region, h("details", { class: "bench-choice" }, tableSummary, tableBody), share],
  });
  update();
  onWidth(charts, () => drawCharts());
}
