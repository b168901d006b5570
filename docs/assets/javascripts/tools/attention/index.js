// What one query reads: pick a model, a layer, a length and a position.

import { readConfig, entriesRead, gqa8Bytes, kvBytes } from "./model.js";
import { blockSize, fullAttention, illustrativeSelection, layerBytes, layerKind, pooledTokens, queryReads } from "./grid.js";
import { draw } from "./view.js";
import { KINDS, TITLES, caption, stepsOf } from "./steps.js";
import { binaryBytes, checkedNumber, logSlider, spokenResult, whole } from "../../lib/checked.js";
import { byId, recordAddress, sourceAddress } from "../../lib/data.js";
import { integer, oneOf, readState, writeState } from "../../lib/state.js";
import { refusedText } from "../../lib/frame.js";
import { restsOn, shareBar } from "../../lib/share.js";
import { announcer, h, labeled, onWidth, select, stylesheet, table } from "../../lib/ui.js";

const MODELS = ["v4-pro", "v4-flash", "deepseek-v3-2"];
const FULL = "full";
const SEED = 4;
/** The view opens where blocks can be counted and not all are kept. */
const OPENING = { model: "v4-flash", tokens: 8192 };
const ANY = Number.MAX_SAFE_INTEGER;

/** A number, or a word that stands for "whatever fits". */
const orWord = (word) => (text) => (text === word ? word : integer(0, ANY)(text));

/** Build the explorer in `place`. */
export async function mount(place) {
  stylesheet("attention");
  const records = await byId("models");
  const configs = Object.fromEntries(MODELS.map((id) => [id, readConfig(records.get(id))]));
  configs[FULL] = fullAttention(configs["v4-pro"]);
  const longest = records.get("v4-pro").specs["context-length"].value;
  const shape = {
    model: { label: "model", default: OPENING.model, parse: oneOf([...MODELS, FULL]) },
    layer: { label: "layer", default: 2, parse: integer(0, 999) },
    n: { label: "context length", default: OPENING.tokens, parse: integer(1, longest) },
    q: { label: "query position", default: "last", parse: orWord("last") },
    block: { label: "block", default: "auto", parse: orWord("auto") },
    step: { label: "step", default: "first", parse: oneOf(Object.keys(TITLES)) },
  };
  const state = readState("at", shape);
  const { region, say } = announcer();
  const spoken = spokenResult();
  const result = h("p", { class: "explorer-result" });
  const limit = h("p", { class: "explorer-note" });
  const numbers = h("div", {});
  const drawing = h("div", { class: "attention-frame" });
  let view;

  const model = select(
    [...MODELS.map((id) => [id, records.get(id).name]), [FULL, "Full attention, for comparison"]],
    state.model,
    (value) => change({ model: value, layer: firstLayer(value), block: "auto", step: "first" }),
  );
  const layer = h("select", { onchange: () => change({ layer: Number(layer.value), block: "auto" }) });
  const length = checkedNumber("Context length, tokens", { value: state.n, min: 1, max: longest, unit: "tokens" }, (n) => change({ n }));
  const lengthSlider = logSlider("Context length", { value: state.n, max: longest, unit: "tokens" }, (n) => change({ n }));
  const query = checkedNumber("Query position, from 0", { value: 0, min: 0, max: longest - 1 }, ask);
  const querySlider = h("input", { type: "range", min: 0, step: 1, "aria-label": "Query position, slider", oninput: () => ask(Number(querySlider.value)) });
  const block = checkedNumber("Block to look into, from 0", { value: 0, min: 0, max: longest - 1 }, (value) => change({ block: value }));
  length.field.append(lengthSlider.input);
  query.field.append(querySlider);

  const stepTitle = h("p", { class: "attention-step", id: "attention-step" });
  const stepText = h("p", { class: "attention-caption" });
  const move = (by) => {
    const steps = stepsOf(view.reads.kind);
    const step = steps[steps.indexOf(view.step) + by];
    if (!step) return;
    change({ step });
    spoken.say(`${stepTitle.textContent}. ${stepText.textContent}`);
  };
  const previous = h("button", { type: "button", onclick: () => move(-1) }, "Previous step");
  const next = h("button", { type: "button", onclick: () => move(1) }, "Next step");

  const share = shareBar({
    name: "attention", rows: () => tableRows(view), svg: () => drawing.querySelector("svg"), say,
    about: () => ({ title: summary(view), ...restsOn(MODELS.map((id) => records.get(id))) }),
  });
  place.replaceChildren(
    h("p", { class: "tool-refused" }, refusedText("at", shape)),
    h("div", { class: "explorer-controls" },
      labeled("Model", model), labeled("Layer, from 0", layer), length.field, query.field, block.field),
    h("div", { class: "attention-steps", role: "group", "aria-labelledby": "attention-step" }, stepTitle, previous, next),
    stepText, drawing, result, limit, h("details", {}, h("summary", {}, "All numbers as a table"), numbers), spoken.region, region,
    share,
    notes(records),
  );

  /** Ask from a position; the last one stays the last when the context changes. */
  function ask(position) {
    change({ q: position === state.n - 1 ? "last" : position });
  }

  function firstLayer(id) {
    const config = configs[id];
    return config.kind === "hybrid" ? config.schedule.indexOf(config.csaRatio) : 0;
  }

  function change(changes) {
    Object.assign(state, changes);
    refresh();
    writeState("at", shape, state, place);
    spoken.say(summary(view));
  }

  function refresh() {
    const config = configs[state.model];
    if (state.layer >= config.layers) state.layer = firstLayer(state.model);
    // A position or block beyond the end is kept, for when the context grows again; the last counts.
    const position = state.q === "last" ? state.n - 1 : Math.min(state.q, state.n - 1);
    const reads = queryReads(config, state.layer, position);
    const chosen = illustrativeSelection(reads.complete, reads.read, SEED);
    const pools = reads.size > 0 && reads.complete > 0;
    const fits = state.block !== "auto" && state.block < reads.complete;
    const looked = !pools ? null : fits ? state.block : chosen[Math.floor(chosen.length / 2)];
    const steps = stepsOf(reads.kind);
    if (!steps.includes(state.step)) state.step = "first";
    const step = state.step === "first" ? steps[0] : state.step;
    view = { model: state.model, config, layer: state.layer, tokens: state.n, position, reads, chosen, block: looked, step };

    fillLayers(layer, config, state.layer);
    length.set(state.n);
    if (document.activeElement !== lengthSlider.input) lengthSlider.set(state.n);
    query.limit(0, state.n - 1);
    query.set(position);
    querySlider.max = state.n - 1;
    querySlider.value = position;
    querySlider.setAttribute("aria-valuetext", `position ${whole(position)}`);
    block.input.disabled = !pools;
    block.limit(0, Math.max(0, reads.complete - 1));
    if (looked !== null) block.set(looked);
    block.field.hidden = !reads.size || reads.kind === "dsa";

    stepTitle.textContent = `Step ${steps.indexOf(step) + 1} of ${steps.length}: ${TITLES[step]}`;
    stepText.textContent = caption(step, view);
    for (const [button, dead] of [[previous, step === steps[0]], [next, step === steps.at(-1)]]) {
      // Not `disabled`: the button would lose the focus of those who step by keyboard.
      button.setAttribute("aria-disabled", String(dead));
    }
    const { headers, rows } = tableRows(view);
    result.textContent = summary(view);
    numbers.replaceChildren(table("What this query reads and what is kept", headers, rows, [1]));
    limit.textContent = beyond(view.model);
    paint();
  }

  function beyond(id) {
    const spec = records.get(id)?.specs["context-length"];
    if (!spec || state.n <= spec.value) return "";
    return `${records.get(id).name} is listed with a context of ${whole(spec.value)} tokens; beyond that the figures only continue its rules.`;
  }

  function paint() {
    const width = Math.round(Math.min(760, Math.max(260, drawing.clientWidth || 640)));
    drawing.replaceChildren(draw(view, width, `${summary(view)} ${stepTitle.textContent}.`));
  }

  refresh();
  onWidth(drawing, () => paint());
}

function fillLayers(layer, config, value) {
  if (layer.dataset.model !== config.model) {
    layer.dataset.model = config.model;
    layer.replaceChildren(...Array.from({ length: config.layers }, (_, index) =>
      h("option", { value: index }, `${index}: ${KINDS[layerKind(config, index)]}`)));
  }
  layer.value = String(value);
}

/** The sentence above the table. */
function summary({ config, layer, tokens, position, reads }) {
  const parts = [];
  if (reads.window) parts.push(`${whole(reads.window.count)} of the window`);
  if (reads.size > 1) parts.push(`${whole(reads.read)} of ${whole(reads.complete)} compressed blocks`);
  if (reads.kind === "dsa") parts.push(`${whole(reads.read)} of ${whole(reads.visible)} tokens`);
  if (reads.kind === "full") parts.push("every token it can see");
  const kept = binaryBytes(layerBytes(config, layer, tokens).total);
  const what = reads.total === 1 ? "1 entry" : `${whole(reads.total)} entries`;
  return `The query at position ${whole(position)} reads ${what} in this layer: ${parts.join(" and ")}. At ${whole(tokens)} ${tokens === 1 ? "token" : "tokens"} the layer keeps ${kept}.`;
}

function tableRows({ config, layer, tokens, position, reads, block }) {
  const bytes = layerBytes(config, layer, tokens);
  const full = reads.kind === "full";
  const rows = [["Tokens the query can see", whole(reads.visible), "itself included"]];
  if (reads.window) rows.push(["Window entries read", whole(reads.window.count), `tokens ${whole(reads.window.from)} to ${whole(reads.window.to)}`]);
  if (reads.size > 1) rows.push(["Blocks complete", whole(reads.complete), `one for every ${whole(reads.size)} tokens`]);
  if (reads.scanned) rows.push(["Index keys scored", whole(reads.scanned), reads.size > 1 ? "one a block" : "one a token"]);
  if (reads.size) rows.push([reads.size > 1 ? "Blocks read" : "Tokens read", whole(reads.read), reads.kind === "hca" ? "all" : `at most ${whole(config.topK)}`]);
  if (block !== null && blockSize(config, layer) > 1) {
    const pooled = pooledTokens(config, layer, block);
    rows.push([`Source tokens pooled by block ${whole(block)}`, whole(pooled.count), `tokens ${whole(pooled.before?.from ?? pooled.own.from)} to ${whole(pooled.own.to)}`]);
  }
  rows.push(["Entries read in this layer", whole(reads.total), ""]);
  rows.push(["Entries read in all layers", whole(full ? config.layers * reads.visible : entriesRead(config, position + 1)), `${whole(config.layers)} layers`]);
  if (!full && reads.window) rows.push(["Bytes kept: window", whole(bytes.window), "this layer"]);
  if (reads.size || full) rows.push([reads.size > 1 ? "Bytes kept: blocks" : "Bytes kept: tokens", whole(bytes.entries), "this layer"]);
  if (bytes.index) rows.push(["Bytes kept: index keys", whole(bytes.index), "this layer"]);
  rows.push(["Bytes kept by this layer", whole(bytes.total), binaryBytes(bytes.total)]);
  const all = full ? gqa8Bytes(config.layers, tokens) : kvBytes(config, tokens);
  rows.push(["Bytes kept by all layers", whole(all), binaryBytes(all)]);
  return { headers: ["What", "Number", "Note"], rows };
}

function notes(records) {
  const links = MODELS.flatMap((id, index) => {
    const record = records.get(id);
    return [index ? ", " : "", h("a", { href: recordAddress("models", id) }, record.name), ` (as of ${record.as_of})`];
  });
  return h("p", { class: "explorer-note" },
    "Filled marks are read, outlined ones are not, dashed ones do not exist yet for the query; the height of a fill compares the cells of its row. ",
    "Which blocks the indexer picks depends on the text: the choice shown is an illustration, the counts are not. ",
    "Shapes and byte sizes: ", links, ". The rules: ",
    h("a", { href: sourceAddress("deepseek2026v4report") }, "V4 report, §2.3"), " and ",
    h("a", { href: sourceAddress("deepseek2025v32exp") }, "V3.2"),
    ". Left out: tokens that wait for their block, padding and draft layers. Full attention is the report's conventional cache: grouped-query attention in BF16, 8 KV heads of 128, with as many layers as V4-Pro. The later releases Pro-0813 and Flash-0731 have the shapes of the previews.");
}
