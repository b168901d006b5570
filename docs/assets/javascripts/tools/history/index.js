// What a fixed workload would have cost since V3: a step chart, a day to look up, a table.

import { UNIT, moneyText, onDay } from "../cost/model.js";
import { PRESETS, parseKinds, spanOf, workloadOf } from "../cost/kinds.js";
import { dayText } from "../cost/offers.js";
import { workDaysOf } from "../cost/state.js";
import { LINES, everyDay, histories, pricesOf } from "./model.js";
import { chart } from "./view.js";
import { byId, collection, recordAddress } from "../../lib/data.js";
import { oneOf, readState, writeState } from "../../lib/state.js";
import { frame } from "../../lib/frame.js";
import { csv, restsOn, save, shareBar } from "../../lib/share.js";
import { announcer, h, labeled, onWidth, select, stylesheet, table } from "../../lib/ui.js";

const PREFIX = "hist";
const today = () => new Date().toISOString().slice(0, 10);
const isDay = (text) => {
  const value = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(value) && new Date(value).toISOString().slice(0, 10) === text;
};
const SHAPE = {
  use: { label: "workload", default: "archive", parse: oneOf([...Object.keys(PRESETS), "above"]) },
  money: { label: "price list", default: "USD", parse: oneOf(["USD", "CNY"]) },
  day: { label: "day", default: "2026-04-24", parse: (text) => (isDay(text) ? text : undefined) },
};
const WITHOUT = "no price recorded";

const range = (low, high, currency) =>
  low === null || high === null ? "no amount"
    : low === high ? moneyText(low, UNIT, currency)
      : `${moneyText(low, UNIT, currency)} to ${moneyText(high, UNIT, currency)}`;
const minute = (moment) =>
  new Date(moment).toISOString().slice(0, 16).replace("T", " ").replace(" 00:00", "");

export async function mount(root) {
  stylesheet("cost");
  const [prices, schemes, models] = await Promise.all([
    collection("prices"), byId("peak_schemes"), byId("models"),
  ]);
  const state = readState(PREFIX, SHAPE);
  const query = new URLSearchParams(location.search);
  const above = {
    kinds: parseKinds(query.get("cost.kinds") ?? "") ? query.get("cost.kinds") : PRESETS.archive.kinds,
    write: query.get("cost.write") === "true",
    days: workDaysOf(location.search, Date.now()),
  };
  const { region, say } = announcer();
  const drawing = h("div");
  const found = h("p", { class: "explorer-result" });
  const details = h("div", { class: "cost-steps" });
  const error = h("p", { class: "cost-error" });
  const day = h("input", {
    type: "date", value: state.day, min: "2024-12-26", max: today(),
    oninput: () => {
      const fine = isDay(day.value);
      error.textContent = fine ? "" : "Choose a day. The result keeps the last one.";
      if (fine) day.removeAttribute("aria-invalid");
      else day.setAttribute("aria-invalid", "true");
      if (fine) state.day = day.value;
      update();
    },
  });
  const use = () => (state.use === "above" ? above
    : { kinds: PRESETS[state.use].kinds, write: PRESETS[state.use].writeCache, days: 1 });
  const current = () => {
    const { kinds, write, days } = use();
    return { workload: workloadOf(kinds, days), options: { writeCache: write } };
  };
  let shown = null;
  let ticket = 0;

  function update({ quiet = false } = {}) {
    const { workload, options } = current();
    const lines = histories(prices, workload, state.money, options);
    const last = Date.now();
    const onThatDay = LINES.map((line) => {
      const one = onDay(pricesOf(prices, line, state.money), schemes, workload, state.day, options);
      return one && `${line.name} ${range(one.low, one.high, state.money)}`;
    }).filter(Boolean);
    const that = `${onThatDay.length ? onThatDay.join("; ") : WITHOUT}`;
    const whole = spanOf(above.kinds, above.days) > 1n ? ", 30 days of it" : "";
    const name = state.use === "above" ? `The workload of the calculator above${whole}` : PRESETS[state.use].name;
    found.textContent = `${name}. On ${dayText(state.day)} (UTC) it cost: ${that}.`;
    pin(`${dayText(state.day)}: ${that}`);
    const rows = lines.flatMap(({ line, steps }) => steps.map(({ price, from, to, low, high }) => ({
      from, price,
      cells: [
        minute(from), to === null ? `still so on ${dayText(price.as_of)}` : minute(to), line.name,
        models.get(price.model)?.name ?? price.model,
        low === null ? "no amount" : moneyText(low, UNIT, state.money),
        high === null ? "no amount" : low === high ? "same" : moneyText(high, UNIT, state.money),
        dayText(price.as_of), price.id,
      ],
    }))).sort((a, b) => a.from - b.from);
    const headers = ["From (UTC)", "To (UTC)", "Line", "Model", "Off-peak", "Peak", "As of", "Record"];
    shown = { lines, last, headers, rows: rows.map(({ cells }) => cells), ...restsOn(rows.map(({ price }) => price)) };
    drawing.replaceChildren(chart(lines, state.money, last, drawing.clientWidth || 640));
    details.replaceChildren(table("Cost of the workload, step by step", headers, rows.map(({ cells, price }) =>
      [...cells.slice(0, -1), h("a", { href: recordAddress("prices", price.id) }, price.id)]), [4, 5]));
    writeState(PREFIX, SHAPE, state, root);
    if (!quiet) say(found.textContent);
  }

  function saveDays() {
    const { workload, options } = current();
    const headers = ["Day (UTC)", ...LINES.flatMap(({ name }) =>
      [`${name} lowest (${state.money})`, `${name} highest (${state.money})`, `${name} records`])];
    const plain = (value) => (value === null ? "" : moneyText(value, UNIT, state.money).replace(/[^\d.]/g, ""));
    const rows = everyDay(prices, schemes, workload, state.money, Date.now(), options).map(({ day: name, days }) =>
      [name, ...days.flatMap((one) => (one ? [plain(one.low), plain(one.high), one.prices.join(" ")] : ["", "", ""]))]);
    save("deepseek-cost-by-day.csv", new Blob([csv(headers, rows)], { type: "text/csv" }));
  }

  const dayField = labeled("Look up a day (UTC)", day);
  error.id = `${day.id}-error`;
  day.setAttribute("aria-describedby", error.id);
  dayField.append(error);
  const inputs = [
    h("div", { class: "explorer-controls" },
      labeled("Workload", select(
        [...Object.entries(PRESETS).map(([id, { name }]) => [id, name]), ["above", "The one in the calculator above"]],
        state.use, (value) => { state.use = value; update(); })),
      labeled("Price list", select([["USD", "Dollars"], ["CNY", "Yuan"]], state.money,
        (value) => { state.money = value; update(); })),
      dayField),
    h("p", { class: "explorer-note" },
      "Solid line: the lower price, or the only one. Dashed line and shaded band: in peak hours. " +
      "Square: V3 line under deepseek-chat; circle: Flash; triangle: V4-Pro. The last prices are drawn on to today; " +
      "the table says when each was last seen. The two price lists are DeepSeek's own; nothing is converted."),
  ];
  const share = shareBar({
    name: "deepseek-cost-history", say, rows: () => shown, svg: () => drawing.firstElementChild,
    about: () => ({ title: found.textContent, asOf: shown.asOf, sources: shown.sources }),
  });
  share.append(h("button", { type: "button", onclick: saveDays }, "Save every day as CSV"));
  const { pin } = frame(root, {
    prefix: PREFIX, shape: SHAPE, inputs, result: [found, drawing],
    below: [h("details", {}, h("summary", {}, "Every step as a table"), details), region, share],
  });
  update({ quiet: true });
  document.addEventListener("cost:workload", ({ detail }) => {
    if (["kinds", "write", "days"].every((key) => detail[key] === above[key])) return;
    Object.assign(above, detail);
    clearTimeout(ticket);
    if (state.use === "above") ticket = setTimeout(() => update({ quiet: true }), 150);
  });
  onWidth(drawing, (width) => drawing.replaceChildren(chart(shown.lines, state.money, shown.last, width)));
}
