// The cost calculator: a workload, a time, and prices side by side. The computing is in
// model.js and offers.js, what is shown in view.js.

import { DAY, instant, peakMinutesAWeek } from "./model.js";
import {
  MAX_KINDS, MAX_ROWS, PRESETS, instantAt, kindsText, offers, parseHourly, parseKinds, parseRows,
  parseShare, parseWhole, quote, wallTime, workloadOf,
} from "./offers.js";
import { bars, named, remarks, sentence, tableOf, tierText, whereFrom } from "./view.js";
import { byId, collection } from "../../lib/data.js";
import { boolean, oneOf, readState, writeState } from "../../lib/state.js";
import { announcer, h, labeled, onWidth, select, shareBar, stylesheet, table } from "../../lib/ui.js";

const PREFIX = "cost";
const DEFAULT_ROWS = [
  "deepseek.deepseek-flash.usd", "deepseek.deepseek-v4-pro.usd", "openai-gpt-6-luna-2026-10",
  "anthropic-claude-haiku-5-5-2026-10",
];
const FIELDS = [
  ["cached", "Cached input"],
  ["uncached", "Uncached input"],
  ["output", "Output with thinking"],
  ["count", "Calls a day"],
];
const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
const ZONES = { own: OWN_ZONE, utc: "UTC", beijing: "Asia/Shanghai" };

/** The shape of the state in the address; `known`: ids of offers. */
export function shape(known) {
  return {
    rows: {
      default: DEFAULT_ROWS.filter((id) => known.has(id)).join("_") || [...known][0],
      parse: (text) => parseRows(text, known),
    },
    kinds: { default: PRESETS.archive.kinds, parse: (text) => (parseKinds(text) ? text : undefined) },
    write: { default: false, parse: boolean },
    when: { default: "now", parse: oneOf(["now", "at", "share"]) },
    t: {
      default: "",
      parse: (text) => (instantAt(text, "UTC") === undefined ? undefined : text),
    },
    zone: { default: "own", parse: oneOf(Object.keys(ZONES)) },
    share: { default: "20.83", parse: (text) => (parseShare(text).error ? undefined : text) },
    hour: { default: "", parse: (text) => (parseHourly(text).error ? undefined : text) },
  };
}

/** A field with its label, hint and a place for what is wrong with it. */
function field(label, { value, hint, check, onvalue, type = "text", mode = "numeric" }) {
  const error = h("p", { class: "cost-error" });
  const input = h("input", {
    type, value, inputmode: type === "text" ? mode : null, autocomplete: "off",
    oninput: () => {
      const message = check(input.value);
      error.textContent = message ? `${message} The result keeps the last value it could read.` : "";
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      onvalue(input.value, message);
    },
  });
  const wrap = labeled(label, input, hint);
  error.id = `${input.id}-error`;
  input.setAttribute("aria-describedby", `${hint ? `${input.id}-hint ` : ""}${error.id}`);
  wrap.append(error);
  return { wrap, input };
}

function checkbox(text, checked, onchange) {
  const box = h("input", { type: "checkbox", checked, onchange: () => onchange(box.checked) });
  const wrap = labeled(text, box);
  wrap.className = "cost-check";
  wrap.prepend(box);
  return { wrap, box };
}

export async function mount(root) {
  stylesheet("cost");
  const [prices, schemes, models, parties] = await Promise.all([
    collection("prices"), byId("peak_schemes"), byId("models"), byId("parties"),
  ]);
  const all = offers(prices, models, parties);
  const known = new Map(all.map((offer) => [offer.id, offer]));
  const form = shape(new Set(known.keys()));
  const state = readState(PREFIX, form);
  let kinds = parseKinds(state.kinds);
  const { region, say } = announcer();
  const choices = [...Map.groupBy?.(all, ({ group }) => group)
    ?? all.reduce((map, offer) => map.set(offer.group, [...(map.get(offer.group) ?? []), offer]), new Map())]
    .map(([group, list]) => ({ group, options: list.map(({ id, label }) => [id, label]) }));

  // ------------------------------------------------------------ workload
  const kindsBox = h("div");
  const presetBox = select(
    [...Object.entries(PRESETS).map(([id, { name }]) => [id, name]), ["own", "My own numbers"]],
    presetNow(),
    (id) => {
      if (id !== "own") {
        state.kinds = PRESETS[id].kinds;
        state.write = PRESETS[id].writeCache;
        kinds = parseKinds(state.kinds);
        write.box.checked = state.write;
        drawKinds();
      }
      update();
    },
  );
  const presetWhere = h("p", { class: "explorer-note" });
  const write = checkbox(
    "Keep uncached input in the cache (a few sellers bill a fee for writing)", state.write,
    (on) => { state.write = on; update(); },
  );
  const addKind = h("button", { type: "button", onclick: () => {
    kinds.push({ cached: "0", uncached: "1000", output: "500", count: "1", sum: false });
    changed();
    drawKinds();
    kindsBox.lastElementChild.querySelector("input").focus();
  } }, "Add another kind of call");

  function presetNow() {
    return Object.keys(PRESETS).find((id) =>
      PRESETS[id].kinds === state.kinds && PRESETS[id].writeCache === state.write) ?? "own";
  }
  function changed() {
    state.kinds = kindsText(kinds) ?? state.kinds;
    update();
  }
  function drawKinds() {
    kindsBox.replaceChildren(...kinds.map((kind, index) => {
      const boxes = FIELDS.map(([name, label]) => field(label, {
        value: kind[name].replace(/\B(?=(\d{3})+$)/g, ","),
        check: (text) => parseWhole(text).error,
        onvalue: (text, bad) => {
          if (!bad) kind[name] = String(parseWhole(text).value);
          changed();
        },
      }).wrap);
      const sum = checkbox("A sum over calls of unknown number", kind.sum, (on) => {
        kind.sum = on;
        changed();
      }).wrap;
      const remove = kinds.length > 1 && h("button", { type: "button", onclick: () => {
        kinds.splice(index, 1);
        changed();
        drawKinds();
        presetBox.focus();
      } }, `Remove kind ${index + 1}`);
      return h("fieldset", {},
        h("legend", {}, `${kinds.length > 1 ? `Kind of call ${index + 1}: t` : "T"}okens of each call, and how many calls`),
        h("div", { class: "explorer-controls cost-kind" }, boxes),
        h("div", { class: "cost-line" }, sum, remove || null));
    }));
    addKind.disabled = kinds.length >= MAX_KINDS;
  }

  // ------------------------------------------------------------ time
  const zone = () => ZONES[state.zone];
  const chosen = () => (state.when !== "now" && state.t ? instantAt(state.t, "UTC") : Date.now());
  const date = field("Date and time", {
    type: "datetime-local", value: wallTime(chosen(), zone()),
    check: (text) => (instantAt(text, zone()) === undefined ? "Choose a date and a time." : ""),
    onvalue: (text, bad) => {
      if (!bad) state.t = wallTime(instantAt(text, zone()), "UTC");
      update();
    },
  });
  const zoneBox = labeled("Time zone", select([
    ["own", `Yours (${OWN_ZONE})`], ["utc", "UTC"], ["beijing", "Beijing"],
  ], state.zone, (value) => {
    state.zone = value;
    date.input.value = wallTime(chosen(), zone());
    update();
  }));
  const shareHint = h("span");
  const share = field("Share of the workload in peak hours, percent", {
    value: state.share, hint: shareHint, mode: "decimal",
    check: (text) => parseShare(text).error,
    onvalue: (text, bad) => { if (!bad) state.share = text.trim().replace(/\s*%$/, ""); update(); },
  });
  const whenBox = labeled("When", select([
    ["now", "Now"], ["at", "At a date and time"], ["share", "A share in peak hours"],
  ], state.when, (value) => {
    state.when = value;
    if (value === "now") state.t = "";
    else state.t ||= wallTime(Date.now(), "UTC");
    date.input.value = wallTime(chosen(), zone());
    update();
  }));
  const clock = h("p", { class: "explorer-note" });

  // ------------------------------------------------------------ prices side by side
  const rowsBox = h("div");
  const addRow = h("button", { type: "button", onclick: () => {
    const rows = state.rows.split("_");
    const free = all.filter(({ id }) => !rows.includes(id));
    rows.push((free.find(({ group }) => group.startsWith("Rivals, August")) ?? free[0]).id);
    setRows(rows);
    rowsBox.lastElementChild.querySelector("select").focus();
  } }, "Add a price");
  function setRows(rows) {
    state.rows = [...new Set(rows)].join("_");
    drawRows();
    update();
  }
  function drawRows() {
    const rows = state.rows.split("_");
    rowsBox.replaceChildren(...rows.map((id, index) => {
      const box = select(choices, id, (value) => {
        setRows(rows.map((old, at) => (at === index ? value : old)));
        rowsBox.children[Math.min(index, rowsBox.children.length - 1)].querySelector("select").focus();
      });
      const wrap = labeled(index ? `Price ${index + 1}` : "Price 1 (the others are held against it)", box);
      wrap.classList.add("cost-wide");
      const remove = rows.length > 1 && h("button", {
        type: "button", "aria-label": `Remove price ${index + 1}`,
        onclick: () => { setRows(rows.filter((_, at) => at !== index)); addRow.focus(); },
      }, "Remove");
      return h("div", { class: "cost-row" }, wrap, remove || null);
    }));
    addRow.disabled = rows.length >= MAX_ROWS;
  }
  const hour = field("Your own machine, cost per hour", {
    value: state.hour, mode: "decimal",
    hint: "Optional: rent, power and work, in the currency of price 1. No default is assumed.",
    check: (text) => parseHourly(text).error,
    onvalue: (text, bad) => { if (!bad) state.hour = text.trim(); update(); },
  });

  // ------------------------------------------------------------ result
  const answer = h("p", { class: "explorer-result" });
  const drawing = h("div", { class: "cost-bars" });
  const details = h("div", { class: "cost-prices" });
  const sources = h("ul", { class: "cost-notes" });
  const machine = h("p", { class: "explorer-note" });
  let shown = null;

  function peakHint(moment) {
    const scheme = [...schemes.values()].find((one) =>
      instant(one.from) <= moment && (one.to === undefined || moment < instant(one.to)));
    if (!scheme) return "No price had peak hours on that date.";
    const monday = Math.floor(moment / DAY - ((Math.floor(moment / DAY) + 3) % 7)) * DAY;
    try {
      const hours = peakMinutesAWeek(scheme, monday) / 60;
      return `Spread evenly over that week it is ${((hours / 168) * 100).toFixed(2)}% (${hours} of 168 hours).`;
    } catch {
      return "The hours changed in that week.";
    }
  }
  function clockText(moment) {
    const at = (name) => wallTime(moment, name).replace("T", " ");
    const own = OWN_ZONE === "UTC" ? "" : `, ${at(OWN_ZONE)} your time (${OWN_ZONE})`;
    return `${at("UTC")} UTC, ${at("Asia/Shanghai")} in Beijing${own}.`;
  }
  function update({ quiet = false } = {}) {
    const moment = chosen();
    const peakShare = state.when === "share" ? parseShare(state.share).value : null;
    const workload = workloadOf(state.kinds);
    const hourly = parseHourly(state.hour).value;
    const count = workload.some(({ promptKnown }) => !promptKnown)
      ? null : workload.reduce((sum, kind) => sum + kind.count, 0n);
    const quotes = state.rows.split("_").map((id) => {
      const offer = known.get(id);
      return { offer, currency: offer.currency, ...quote(offer, {
        prices, schemes, workload, moment, peakShare, writeCache: state.write,
      }) };
    });
    const preset = presetNow();
    presetBox.value = preset;
    presetWhere.replaceChildren(...(preset === "own" ? [] : [
      h("a", { href: new URL(`../../../../${PRESETS[preset].where}`, import.meta.url).href },
        "Where this workload comes from"), "."]));
    date.wrap.hidden = zoneBox.hidden = state.when === "now";
    share.wrap.hidden = state.when !== "share";
    shareHint.textContent = state.when === "share" ? peakHint(moment) : "";
    clock.textContent = clockText(moment);
    answer.textContent = sentence(quotes, peakShare);
    const current = tableOf(quotes, { count, hourly, peakShare });
    shown = { ...current, quotes };
    drawing.replaceChildren(bars(quotes, drawing.clientWidth || 640));
    details.replaceChildren(table("Cost of the workload at each price",
      current.headers.slice(0, -1), // the remarks stand in the list below
      current.rows.map(([, ...cells], index) =>
        [named(quotes[index].offer, quotes[index].price), ...cells.slice(0, -1)]),
      [1, 2, 3, 4]));
    sources.replaceChildren(...quotes.map((row) => h("li", {},
      h("b", {}, row.offer.short), row.price ? `, ${tierText(row.tier, peakShare)}. ` : ". ",
      remarks(row).map((text) => `${text} `), row.price && whereFrom(row.price, parties))));
    machine.textContent = hourly === null ? "" :
      "Break-even: the machine is paid 24 hours a day. Whether one machine can answer that many calls is not in these figures.";
    writeState(PREFIX, form, state);
    document.dispatchEvent(new CustomEvent("cost:workload", {
      detail: { kinds: state.kinds, write: state.write },
    }));
    if (!quiet) say(answer.textContent);
  }

  drawKinds();
  drawRows();
  root.replaceChildren(
    h("fieldset", {}, h("legend", {}, "Workload of a day"),
      labeled("Start from", presetBox), presetWhere, kindsBox, addKind, write.wrap),
    h("fieldset", {}, h("legend", {}, "When"),
      h("div", { class: "explorer-controls" }, whenBox, date.wrap, zoneBox, share.wrap), clock),
    h("fieldset", {}, h("legend", {}, "Prices side by side"), rowsBox, addRow,
      h("div", { class: "explorer-controls" }, hour.wrap)),
    answer, drawing, details, machine, sources, region,
    shareBar({
      name: "deepseek-v4-cost", say,
      rows: () => ({
        headers: [...shown.headers, "Record", "As of", "Sources"],
        rows: shown.rows.map((row, index) => {
          const { price } = shown.quotes[index];
          return [...row, price?.id, price?.as_of, price?.sources.map(({ key }) => key).join(" ")];
        }),
      }),
      svg: () => drawing.firstElementChild,
    }),
  );
  update({ quiet: true });
  onWidth(drawing, (width) => drawing.replaceChildren(bars(shown.quotes, width)));
  setInterval(() => {
    if (state.when === "now" && !document.hidden) update({ quiet: true });
  }, 30_000);
}
