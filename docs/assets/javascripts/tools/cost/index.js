// The cost calculator: a workload, hours of work, and prices side by side. Each part of the form is
// a module of its own; the computing is in model.js, schedule.js and offers.js.
//
// A bill belongs to a moment. The one at which the page was opened, or the one in the address, is
// kept with everything else that was chosen, and with the ids of the prices: a link that is opened
// later shows the bill that it was made for, and beside it what the same work costs then.

import { instant } from "./model.js";
import { instantAt, offers, parseHourly, wallTime } from "./offers.js";
import { bars } from "./bars.js";
import { feesPart, feesText, parseTools } from "./fees.js";
import { field } from "./fields.js";
import { hoursPart, workDays } from "./hours.js";
import { workloadOf } from "./kinds.js";
import { quoting } from "./quotes.js";
import { rowsPart } from "./rows.js";
import { PREFIX, keepsDays, readCost, shape } from "./state.js";
import { boundText, lineText, named, remarks, sentence, surchargeText, tableOf, tierText, whereFrom } from "./view.js";
import { workPart } from "./work.js";
import { byId, collection } from "../../lib/data.js";
import { queryOf, writeState } from "../../lib/state.js";
import { frame } from "../../lib/frame.js";
import { shareBar } from "../../lib/share.js";
import { announcer, h, onWidth, stylesheet, table } from "../../lib/ui.js";

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
  const state = readCost(form);
  const opened = instantAt(wallTime(Date.now(), "UTC"), "UTC");
  const given = { t: state.t, p: state.p, rows: state.rows };
  const moment = () => (state.t ? instantAt(state.t, "UTC") : opened);
  const { region, say } = announcer();

  const work = workPart(state, () => update());
  const hours = hoursPart(state, moment, () => update());
  const rows = rowsPart(state, all, () => all.map(quoting(state, records, moment())), () => update());
  const hour = field("Your own machine, cost per hour", {
    value: state.hour, mode: "decimal",
    hint: "Optional: rent, power and work, in the currency of price 1. No default is assumed.",
    check: (text) => parseHourly(text).error ?? "",
    onvalue: (text, bad) => { if (!bad) state.hour = text.trim(); update(); },
  });

  const answer = h("p", { class: "explorer-result" });
  const surcharge = h("p", { class: "explorer-note" });
  const tools = h("p", { class: "explorer-note" });
  const dated = h("p", { class: "explorer-note cost-dated" });
  const drawing = h("div", { class: "cost-bars" });
  const details = h("div", { class: "cost-prices" });
  const sources = h("ul", { class: "cost-notes" });
  const machine = h("p", { class: "explorer-note" });
  let shown = null;

  const records = { prices, schemes, models, facts };
  /** The rows at a moment, with everything else as it is chosen. */
  const quotesAt = (when) =>
    state.rows.split("_").map((id) => known.get(id)).map(quoting(state, records, when));
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
    if (given.p && given.t === state.t && given.rows === state.rows && given.p !== idsOf(quotes)) {
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
  const frozen = (quotes) =>
    ({ ...state, kept: keepsDays(state), t: state.t || wallTime(opened, "UTC"), p: idsOf(quotes) });
  function write(quotes) {
    // The moment and the prices go with every choice, never alone: a bare address means now.
    const free = { ...state, kept: keepsDays(state), t: "", p: "" };
    const own = state.t || queryOf(PREFIX, form, free, "") !== "";
    writeState(PREFIX, form, own ? frozen(quotes) : free, root);
  }
  /** What is handed on names its moment even where nothing was chosen. */
  const link = () =>
    `${location.origin}${location.pathname}?${queryOf(PREFIX, form, frozen(shown.quotes))}${location.hash}`;
  function update({ quiet = false } = {}) {
    const hourly = parseHourly(state.hour).value;
    const days = workDays(state, moment());
    const workload = workloadOf(state.kinds, days);
    const count = workload.some(({ promptKnown }) => !promptKnown)
      ? null : workload.reduce((sum, kind) => sum + kind.count, 0n);
    const quotes = quotesAt(moment());
    work.show(quotes);
    rows.show();
    hours.show(schemeOf(quotes));
    answer.textContent = sentence(quotes, days);
    surcharge.textContent = surchargeText(quotes[0], days);
    tools.textContent = feesText(parseTools(state.tools), facts, quotes[0], days);
    dated.textContent = datedText(quotes);
    pin(lineText(quotes, days));
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
      detail: { kinds: state.kinds, write: state.write, days },
    }));
    if (!quiet) say(answer.textContent);
  }

  const share = shareBar({
    name: "deepseek-v4-cost", say, link,
    about: () => ({ title: `${[answer, surcharge, tools].map((one) => one.textContent).filter(Boolean).join(" ")} ${dated.textContent.split(";")[0]}.` }),
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
      work.element, hours.element, rows.element,
      feesPart(state, facts, () => update()), h("div", { class: "explorer-controls" }, hour.wrap),
    ],
    result: [answer, surcharge, tools, drawing, dated],
    below: [details, machine, sources, region, share],
  });
  update({ quiet: true });
  onWidth(drawing, (width) => drawing.replaceChildren(bars(shown.quotes, width)));
}
