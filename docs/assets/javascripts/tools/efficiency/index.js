// Cache and work for a model, context and batch, with every assumption of the claim as a control.

import { readConfig } from "../attention/model.js";
import { CONVENTION_PRESETS, cachePresets, calculate, defaultAssumptions, formulas, presetOf } from "./model.js";
import { chart } from "./view.js";
import { binaryBytes, checkedNumber, digits, flops, logSlider, spokenResult, whole } from "../../lib/checked.js";
import { byId, recordAddress, sourceAddress } from "../../lib/data.js";
import { boolean, decimal, integer, oneOf, readState, writeState } from "../../lib/state.js";
import { frame } from "../../lib/frame.js";
import { restsOn, shareBar } from "../../lib/share.js";
import { announcer, h, labeled, onWidth, select, stylesheet, table } from "../../lib/ui.js";

const BASELINE = "deepseek-v3-2";
const MODELS = [BASELINE, "v4-pro", "v4-flash"];
const MOST_SEQUENCES = 10_000;
const MOST_BYTES = 4096;
const MOST_WEIGHT = 16;

/** Assumptions with their parameter in the address, label and hint. */
const BYTES = [
  ["v4Entry", "ve", "V4: bytes of a cached entry", "v4-pro", "cache-entry-bytes"],
  ["v4Index", "vi", "V4: bytes of an index key", "v4-pro", "index-entry-bytes"],
  ["v32Entry", "be", "V3.2: bytes of a cached entry", BASELINE, "cache-entry-bytes"],
  ["v32Index", "bi", "V3.2: bytes of an index key", BASELINE, "index-entry-bytes"],
];
const WEIGHTS = [
  ["bf16Weights", "ww", "Weight of BF16 weights", "Routers, compressors, output head; 8 bits count 1."],
  ["bf16Core", "wc", "Weight of BF16 core attention", "Attention proper runs in BF16."],
  ["fp4Index", "wi", "Weight of V4's FP4 indexer", "4-bit times 4-bit products; V3.2's indexer counts 1."],
];
const CONVENTIONAL = [
  ["kvHeads", "kh", "Conventional cache: KV heads", 1024],
  ["headDim", "hd", "Conventional cache: width of a head", 4096],
];

/** Build the calculator in `place`. */
export async function mount(place) {
  stylesheet("attention");
  stylesheet("calculator");
  const records = await byId("models");
  const configs = Object.fromEntries(MODELS.map((id) => [id, readConfig(records.get(id))]));
  const longest = records.get("v4-pro").specs["context-length"].value;
  const standard = defaultAssumptions(configs["v4-pro"], configs[BASELINE]);
  const layouts = cachePresets(configs["v4-pro"], configs[BASELINE]);
  const parameters = {
    model: { as: "model", label: "model", default: "v4-pro", parse: oneOf(MODELS) },
    tokens: { as: "n", label: "context length", default: 1_000_000, parse: integer(1, longest) },
    batch: { as: "batch", label: "sequences", default: 1, parse: integer(1, MOST_SEQUENCES) },
    groupedOutputInBf16: { as: "go", label: "output projection in BF16", default: standard.groupedOutputInBf16, parse: boolean },
  };
  for (const [field, as, label] of BYTES) parameters[field] = { as, label, default: standard[field], parse: integer(1, MOST_BYTES) };
  for (const [field, as, label] of WEIGHTS) parameters[field] = { as, label, default: standard[field], parse: decimal(0, MOST_WEIGHT) };
  for (const [field, as, label, most] of CONVENTIONAL) parameters[field] = { as, label, default: standard[field], parse: integer(1, most) };
  const shape = Object.fromEntries(Object.values(parameters).map((item) => [item.as, item]));
  const read = readState("calc", shape);
  const state = Object.fromEntries(Object.entries(parameters).map(([field, { as }]) => [field, read[as]]));

  const { region, say } = announcer();
  const spoken = spokenResult();
  const fields = {};
  const number = (field, text, options) => {
    fields[field] = checkedNumber(text, { value: state[field], ...options }, (value) => change({ [field]: value }));
    return fields[field].field;
  };
  const custom = [["-1", "Custom"]];
  const numbered = (presets) => presets.map((preset, index) => [String(index), preset.name]);
  const without = ({ name, ...rest }) => rest;
  const precision = select([...numbered(layouts), ...custom], "0", (value) => (value === "-1" ? refresh() : change(without(layouts[value]))));
  const convention = select([...numbered(CONVENTION_PRESETS), ...custom], "0", (value) => (value === "-1" ? refresh() : change(without(CONVENTION_PRESETS[value]))));
  const model = select(MODELS.map((id) => [id, records.get(id).name]), state.model, (value) => change({ model: value }));
  const length = number("tokens", "Context length, tokens", { min: 1, max: longest, unit: "tokens" });
  const slider = logSlider("Context length", { value: state.tokens, max: longest, unit: "tokens" }, (tokens) => change({ tokens }));
  length.append(slider.input);
  const grouped = h("input", { type: "checkbox", onchange: () => change({ groupedOutputInBf16: grouped.checked }) });
  const reset = h("button", { type: "button", onclick: () => change({ ...standard }) }, "Back to the defaults");
  const count = h("span", {});
  const result = h("p", { class: "explorer-result" });
  const drawing = h("div", { class: "attention-frame" });
  const values = h("div", {});
  const beyond = h("p", { class: "explorer-note" });
  const formula = h("div", { class: "calculator-formulas" });
  let results;

  const inputs = [
    h("div", { class: "explorer-controls" },
      labeled("Model", model), length,
      number("batch", "Sequences in the batch", { min: 1, max: MOST_SEQUENCES }),
      labeled("Cache precision", precision)),
    h("details", { class: "calculator-assumptions" },
      h("summary", {}, "Assumptions ", count),
      h("fieldset", {}, h("legend", {}, "How many bytes are kept"),
        h("div", { class: "explorer-controls" }, BYTES.map(([field, , text, id, line]) =>
          number(field, text, { min: 1, max: MOST_BYTES, unit: "bytes", hint: byteHint(records.get(id), line) })))),
      h("fieldset", {}, h("legend", {}, "How number formats are weighed, in FP8 FLOPs"),
        h("div", { class: "explorer-controls" }, labeled("Convention", convention),
          WEIGHTS.map(([field, , text, hint]) => number(field, text, { min: 0, max: MOST_WEIGHT, step: "any", hint: `Default ${standard[field]}. ${hint}` })),
          labeled("First half of V4's output projection in BF16", grouped, "Default: off, counted in 8 bits."))),
      h("fieldset", {}, h("legend", {}, "The conventional cache to compare with"),
        h("div", { class: "explorer-controls" }, CONVENTIONAL.map(([field, , text, most]) =>
          number(field, text, { min: 1, max: most, hint: `Default ${standard[field]}, as in the report's baseline; BF16.` })))),
      reset),
  ];
  const share = shareBar({
    name: "efficiency", rows: () => tableRows(results, state), svg: () => drawing.querySelector("svg"), say,
    about: () => ({ title: result.textContent, ...restsOn(MODELS.map((id) => records.get(id))) }),
  });
  const { pin } = frame(place, {
    prefix: "calc", shape, inputs, result: [result, beyond, drawing],
    below: [values, h("details", {}, h("summary", {}, "Show the formula"), formula), spoken.region, region, share, notes(records)],
  });

  const write = () => writeState("calc", shape, Object.fromEntries(Object.entries(parameters).map(([field, { as }]) => [as, state[field]])), place);

  function change(changes) {
    Object.assign(state, changes);
    refresh();
    write();
    spoken.say(result.textContent);
  }

  function refresh() {
    results = MODELS.map((id) => ({
      id, name: records.get(id).name, result: calculate(configs[id], configs[BASELINE], state, state),
    }));
    for (const [field, item] of Object.entries(fields)) item.set(state[field]);
    if (document.activeElement !== slider.input) slider.set(state.tokens);
    model.value = state.model;
    grouped.checked = state.groupedOutputInBf16;
    precision.value = String(presetOf(layouts, state));
    convention.value = String(presetOf(CONVENTION_PRESETS, state));
    const changed = Object.keys(standard).filter((field) => state[field] !== standard[field]).length;
    count.textContent = changed ? `(${changed} of ${Object.keys(standard).length} changed)` : "(all at their defaults)";
    result.textContent = summary(results, state);
    pin(short(results, state));
    const own = records.get(state.model).specs["context-length"].value;
    const base = records.get(BASELINE).specs["context-length"].value;
    const far = [[records.get(state.model).name, own], [records.get(BASELINE).name, base]].find(([, most]) => state.tokens > most);
    beyond.textContent = far ? `${far[0]} is listed with a context of ${whole(far[1])} tokens; beyond that its figures only continue its rules, as in the report's comparison.` : "";
    const { headers, rows } = tableRows(results, state);
    values.replaceChildren(table("Cache and work", headers, rows, [1, 2, 3]));
    formula.replaceChildren(...formulaList(records.get(state.model).name, formulas(configs[state.model], state, state)));
    paint();
  }

  function paint() {
    const width = Math.round(Math.min(760, Math.max(260, drawing.clientWidth || 640)));
    const many = state.batch === 1 ? "one sequence" : `${whole(state.batch)} sequences`;
    drawing.replaceChildren(chart(results, {
      chosen: state.model,
      cacheTitle: `Cache of ${many} (share of V3.2)`,
      workTitle: "Work of one new token (share of V3.2)",
      description: `Bars: ${results.map(({ name, result: r }) => `${name} ${digits(r.gib)} GiB and ${flops(r.flops.total)}`).join("; ")}.`,
    }, width));
  }

  refresh();
  write();
  onWidth(drawing, () => paint());
}

function byteHint(record, line) {
  const spec = record.specs[line];
  const source = (spec.sources ?? record.sources)[0];
  return h("span", {}, `Default ${whole(spec.value)}. ${spec.note ?? ""} `, h("a", { href: sourceAddress(source.key) }, "Source"));
}

function summary(results, { model, tokens, batch }) {
  const { name, result } = results.find(({ id }) => id === model);
  const share = (value) => (model === BASELINE || value === null ? "" : `, ${digits(value)}% of V3.2's`);
  const cache = batch === 1 ? binaryBytes(result.bytes) : `${binaryBytes(result.bytes * batch)} for ${whole(batch)} sequences`;
  const length = tokens === 1 ? "1 token" : `${whole(tokens)} tokens`;
  return `At ${length} of context ${name} keeps ${cache} (${whole(result.bytesPerToken)} bytes a token)${share(result.kvShare)}, and needs ${flops(result.flops.total)} for one new token${share(result.flopShare)}.`;
}

/** The same for one line at the foot of a phone. */
function short(results, { model, batch }) {
  const { name, result } = results.find(({ id }) => id === model);
  return `${name.replace("DeepSeek-", "")}: ${binaryBytes(result.bytes * batch)} of cache · ${flops(result.flops.total)} a token`;
}

function tableRows(results, { batch }) {
  const line = (label, print) => [label, ...results.map(({ result }) => print(result))];
  const giga = (value) => (value >= 1e8 || value === 0 ? `${(value / 1e9).toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 })}` : digits(value / 1e9));
  const percent = (value) => (value === null ? "–" : `${digits(value, value >= 100 ? 4 : 3)}%`);
  const rows = [
    line("Cache of one sequence, bytes", (r) => whole(r.bytes)),
    line("Bytes per token, on average", (r) => whole(r.bytesPerToken)),
    line(batch === 1 ? "Cache, GiB" : `Cache of ${whole(batch)} sequences, GiB`, (r) => digits(r.gib, 4)),
    line("Cache, share of V3.2", (r) => percent(r.kvShare)),
    line("Cache, share of a conventional one", (r) => percent(r.conventionalShare)),
    line("Work: weights, GFLOPs", (r) => giga(r.flops.weights)),
    line("Work: indexer, GFLOPs", (r) => giga(r.flops.indexer)),
    line("Work: core attention, GFLOPs", (r) => giga(r.flops.core)),
    line("Work of one new token, GFLOPs", (r) => giga(r.flops.total)),
    line("Work, share of V3.2", (r) => percent(r.flopShare)),
  ];
  if (batch > 1) rows.push(line("Work of one step of the batch, GFLOPs", (r) => giga(r.stepFlops)));
  return { headers: ["What", ...results.map(({ name }) => name.replace("DeepSeek-", ""))], rows };
}

function formulaList(name, list) {
  const exact = (value, unit) => (unit === "GiB" ? digits(value, 6) : whole(value));
  return [
    h("p", { class: "explorer-note" }, `${name}. ⌊ ⌋ rounds down to whole blocks; only finished blocks count. FLOPs are equivalent FP8 FLOPs.`),
    h("dl", {}, list.flatMap(({ name: title, expression, value, unit, legend }) => [
      h("dt", {}, title),
      h("dd", {}, legend ? h("small", {}, legend) : null, h("code", {}, expression), h("strong", {}, `= ${exact(value, unit)} ${unit}`)),
    ])),
  ];
}

function notes(records) {
  const links = MODELS.flatMap((id, index) => {
    const record = records.get(id);
    return [index ? ", " : "", h("a", { href: recordAddress("models", id) }, record.name), ` (as of ${record.as_of})`];
  });
  return h("p", { class: "explorer-note" },
    "Shapes: ", links, ". The rules: ", h("a", { href: sourceAddress("deepseek2026v4report") }, "V4 report, §2.3 and §4.2.1"),
    ". How the report weighs the number formats is not public; the defaults are this site's reconstruction. ",
    "A batch multiplies the cache and the work; nothing is shared between sequences. ",
    "Work is counted in equivalent FP8 FLOPs for one decode step, a multiply-add as 2. Left out: softmax, top-k, rotations, norms, the embedding lookup, draft layers, padding, and the memory for the weights.");
}
