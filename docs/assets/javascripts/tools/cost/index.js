// The cost calculator: a workload, hours of work, and prices side by side. Each part of the form is
// a module of its own; the computing is in model.js, schedule.js and offers.js.
//
// A bill belongs to a moment. The one at which the page was opened, or the one in the address, is
// kept with everything else that was chosen, and with the ids of the prices: a link that is opened
// later shows the bill that it was made for, and beside it what the same work costs then.

import { instant } from "./model.js";
import { PRESETS, instantAt, offers, parseHourly, parseKinds, parseRows, parseShare, quote, wallTime, workloadOf } from "./offers.js";
import { bars } from "./bars.js";
import { feesPart, feesText, parseTools } from "./fees.js";
import { field } from "./fields.js";
import { hoursPart, shareOf, workDays } from "./hours.js";
import { rowsPart } from "./rows.js";
import { isZone, parseDays, parseTime } from "./schedule.js";
import { boundText, monthName, named, remarks, sentence, tableOf, tierText, whereFrom } from "./view.js";
import { workPart } from "./work.js";
import { byId, collection } from "../../lib/data.js";
import { boolean, oneOf, queryOf, readState, writeState } from "../../lib/state.js";
import { frame } from "../../lib/frame.js";
import { shareBar } from "../../lib/share.js";
import { announcer, h, onWidth, stylesheet, table } from "../../lib/ui.js";

const PREFIX = "cost";
const DEFAULT_ROWS = [
  "deepseek.deepseek-flash.usd", "deepseek.deepseek-v4-pro.usd", "openai-gpt-6-luna-2026-10",
  "anthropic-claude-haiku-5-5-2026-10",
];
const OLDER_ZONES = { utc: "UTC", beijing: "Asia/Shanghai" };

const timeOr = (end) => (text) => parseTime(text.replace(".", ":"), { end }).value;

/** The shape of the state in the address; `known`: ids of offers. */
export function shape(known) {
  return {
    rows: {
      label: "price", separator: "_",
      default: DEFAULT_ROWS.filter((id) => known.has(id)).join("_") || [...known][0],
      parse: (text) => parseRows(text, known),
    },
    kinds: { label: "kinds of calls", default: PRESETS.archive.kinds, parse: (text) => (parseKinds(text) ? text : undefined) },
    write: { label: "writing to the cache", default: false, parse: boolean },
    when: { label: "kind of hours", default: "schedule", parse: oneOf(["schedule", "at", "share"]) },
    days: { label: "days of work", default: "all", parse: (text) => (parseDays(text) ? text : undefined) },
    from: { label: "from", default: "00:00", parse: timeOr(false) },
    to: { label: "to", default: "24:00", parse: timeOr(true) },
    zone: {
      label: "time zone",
      default: "UTC",
      parse: (text) => OLDER_ZONES[text] ?? (isZone(text) ? text : undefined),
    },
    share: {
      label: "share of peak hours",
      default: "20.83",
      parse: (text) => (parseShare(text).error ? undefined : String(parseShare(text).value / 100)),
    },
    hour: { label: "cost of your machine", default: "", parse: (text) => (parseHourly(text).error ? undefined : text) },
    tools: { label: "tools", default: "0.0.0.0", parse: (text) => (parseTools(text) ? text : undefined) },
    t: { label: "moment", default: "", parse: (text) => (instantAt(text, "UTC") === undefined ? undefined : text) },
    p: { label: "ids of prices", default: "", parse: (text) => (/^[a-z0-9_-]{1,1000}$/.test(text) ? text : undefined) },
  };
}

const utc = (moment) => `${wallTime(moment, "UTC").replace("T", ", ")} UTC`;

export async function mount(root) {
  stylesheet("cost");
  const [prices, schemes, models, parties] = await Promise.all([
    collection("prices"), byId("peak_schemes"), byId("models"), byId("parties"),
  ]);
  const facts = JSON.parse(root.closest("[data-facts]")?.dataset.facts ?? "{}");
  const all = offers(prices, models, parties);
  const known = new Map(all.map((offer) => [offer.id, offer]));
  const form = shape(new Set(known.keys()));
  const state = readState(PREFIX, form);
  const opened = instantAt(wallTime(Date.now(), "UTC"), "UTC");
  const given = { t: state.t, p: state.p };
  const moment = () => (state.t ? instantAt(state.t, "UTC") : opened);
  const { region, say } = announcer();

  const work = workPart(state, () => update());
  const hours = hoursPart(state, moment, () => update());
  const hour = field("Your own machine, cost per hour", {
    value: state.hour, mode: "decimal",
    hint: "Optional: rent, power and work, in the currency of price 1. No default is assumed.",
    check: (text) => parseHourly(text).error ?? "",
    onvalue: (text, bad) => { if (!bad) state.hour = text.trim(); update(); },
  });

  const answer = h("p", { class: "explorer-result" });
  const tools = h("p", { class: "explorer-note" });
  const dated = h("p", { class: "explorer-note cost-dated" });
  const drawing = h("div", { class: "cost-bars" });
  const details = h("div", { class: "cost-prices" });
  const sources = h("ul", { class: "cost-notes" });
  const machine = h("p", { class: "explorer-note" });
  let shown = null;

  /** The rows at a moment, with everything else as it is chosen. */
  function quotesAt(when) {
    const what = {
      prices, schemes, workload: workloadOf(state.kinds), moment: when,
      shareOf: shareOf(state, when), writeCache: state.write,
    };
    return state.rows.split("_").map((id) => {
      const offer = known.get(id);
      return { offer, currency: offer.currency, ...quote(offer, what) };
    });
  }
  const idsOf = (quotes) => quotes.map(({ price }) => price?.id ?? "none").join("_");

  /** Of which moment the bill is, and what the same work costs now if that is another. */
  function datedText(quotes) {
    const newest = prices.reduce((last, { as_of: day }) => (day > last ? day : last), "");
    const text = [`Prices in force on ${utc(moment())}; the newest price on record is of ${newest}.`];
    if (opened - moment() > 3_600_000) {
      const [now] = quotesAt(opened);
      const total = now.cost?.total ?? null;
      text.push(total === null ? "Today this name has no price on record."
        : `Today, ${utc(opened)}, the same work costs ${boundText(now.cost, now.currency)} a day on ${now.offer.short}.`);
    }
    if (given.p && given.t === state.t && given.p !== idsOf(quotes)) {
      text.push("A record behind this link has been replaced since it was made.");
    }
    return text.join(" ");
  }
  function schemeOf(quotes) {
    const price = quotes.map((row) => row.price).find((one) => one?.peak_scheme);
    return (price && schemes.get(price.peak_scheme))
      ?? [...schemes.values()].find((one) =>
        instant(one.from) <= moment() && (one.to === undefined || moment() < instant(one.to)));
  }
  /** The state with the moment and the ids of the prices that it was computed with. */
  const frozen = (quotes) => ({ ...state, t: state.t || wallTime(opened, "UTC"), p: idsOf(quotes) });
  function write(quotes) {
    // The moment and the prices go with every choice, never alone: a bare address means now.
    const free = { ...state, t: "", p: "" };
    const own = state.t || queryOf(PREFIX, form, free, "") !== "";
    writeState(PREFIX, form, own ? frozen(quotes) : free, root);
  }
  /** What is handed on names its moment even where nothing was chosen. */
  const link = () =>
    `${location.origin}${location.pathname}?${queryOf(PREFIX, form, frozen(shown.quotes))}${location.hash}`;
  function update({ quiet = false } = {}) {
    const workload = workloadOf(state.kinds);
    const hourly = parseHourly(state.hour).value;
    const days = workDays(state, moment());
    const count = workload.some(({ promptKnown }) => !promptKnown)
      ? null : workload.reduce((sum, kind) => sum + kind.count, 0n);
    const quotes = quotesAt(moment());
    work.show();
    hours.show(schemeOf(quotes));
    answer.textContent = sentence(quotes, days);
    tools.textContent = feesText(parseTools(state.tools), facts, quotes[0].currency, days);
    dated.textContent = datedText(quotes);
    pin(quotes[0].cost?.total === null || !quotes[0].cost ? answer.textContent
      : `${boundText(quotes[0].cost, quotes[0].currency)} a day · ${boundText(quotes[0].cost, quotes[0].currency, { times: BigInt(days) })} in ${monthName(days)}`);
    const current = tableOf(quotes, { count, hourly, days });
    shown = { ...current, quotes };
    drawing.replaceChildren(bars(quotes, drawing.clientWidth || 640));
    details.replaceChildren(table("Cost of the workload at each price",
      current.headers.slice(0, -1), // the remarks stand in the list below
      current.rows.map(([, ...cells], index) =>
        [named(quotes[index].offer, quotes[index].price), ...cells.slice(0, -1)]),
      [1, 2, 3, 4]));
    sources.replaceChildren(...quotes.map((row) => h("li", {},
      h("b", {}, row.offer.short), row.price ? `, ${tierText(row)}. ` : ". ",
      remarks(row).map((text) => `${text} `), row.price && whereFrom(row.price, parties))));
    machine.textContent = hourly === null ? "" :
      "Break-even: the machine is paid 24 hours a day. Whether one machine can answer that many calls is not in these figures.";
    write(quotes);
    document.dispatchEvent(new CustomEvent("cost:workload", {
      detail: { kinds: state.kinds, write: state.write },
    }));
    if (!quiet) say(answer.textContent);
  }

  const share = shareBar({
    name: "deepseek-v4-cost", say, link,
    about: () => ({ title: `${answer.textContent} ${dated.textContent.split(";")[0]}.` }),
    rows: () => ({
      headers: [...shown.headers, "Record", "As of", "Sources", "Prices in force on"],
      rows: shown.rows.map((row, index) => {
        const { price } = shown.quotes[index];
        return [...row, price?.id, price?.as_of, price?.sources.map(({ key }) => key).join(" "), utc(moment())];
      }),
    }),
    svg: () => drawing.firstElementChild,
  });
  const { pin } = frame(root, {
    prefix: PREFIX, shape: form,
    inputs: [
      work.element, hours.element, rowsPart(state, all, () => update()),
      feesPart(state, facts, () => update()), h("div", { class: "explorer-controls" }, hour.wrap),
    ],
    result: [answer, tools, drawing, dated],
    below: [details, machine, sources, region, share],
  });
  update({ quiet: true });
  onWidth(drawing, (width) => drawing.replaceChildren(bars(shown.quotes, width)));
}
