// The claim, to drag: how long is the text, and what do three models keep and compute for it?

import { BASELINE, MODELS, PUBLISHED_AT, atLength } from "./model.js";
import { draw } from "./view.js";
import { readConfig } from "../attention/model.js";
import { digits, logSlider, spokenResult, whole } from "../../lib/checked.js";
import { byId } from "../../lib/data.js";
import { integer, readState, writeState } from "../../lib/state.js";
import { refusedText } from "../../lib/frame.js";
import { h, labeled, onWidth } from "../../lib/ui.js";

const SHORTEST = 1024;
const LENGTHS = [["4K", 4096], ["32K", 32768], ["128K", 131072], ["1M", PUBLISHED_AT]];

/** Build the tool in `place`. */
export async function mount(place) {
  const facts = JSON.parse(place.closest("[data-facts]").dataset.facts);
  const records = await byId("models");
  const configs = Object.fromEntries(MODELS.map((id) => [id, readConfig(records.get(id))]));
  const names = Object.fromEntries(MODELS.map((id) => [id, records.get(id).name.replace("DeepSeek-", "")]));
  const longest = records.get("v4-pro").specs["context-length"].value;
  const offered = records.get(BASELINE).specs["context-length"].value;
  const published = ["v4-pro", "v4-flash"].map((id) => ({
    id, cache: Number(facts[`${id}-published-kv-share`].value), work: Number(facts[`${id}-published-flops-share`].value),
  }));
  const shape = { n: { label: "length", default: PUBLISHED_AT, parse: integer(SHORTEST, longest) } };
  const state = readState("claim", shape);
  const most = atLength(configs, longest).find(({ id }) => id === BASELINE);
  const base = atLength(configs, PUBLISHED_AT).find(({ id }) => id === BASELINE);

  const spoken = spokenResult();
  const result = h("p", { class: "explorer-result claim-result" });
  const beyond = h("p", { class: "explorer-note claim-note" });
  const drawing = h("div", { class: "claim-frame" });
  const slider = logSlider("Length of the text", { value: state.n, max: longest, unit: "tokens" }, change);
  slider.input.min = Math.round(Math.log2(SHORTEST) * 4);
  slider.input.removeAttribute("aria-label"); // it has a visible one
  const field = labeled("Drag: how long is the text?", slider.input);
  const buttons = LENGTHS.map(([name, tokens]) => h("button", { type: "button", onclick: () => { slider.set(tokens); change(tokens); } }, name));
  const refusal = h("p", { class: "tool-refused" }, refusedText("claim", shape));
  place.replaceChildren(refusal, result, field, h("div", { class: "claim-lengths", role: "group", "aria-label": "Lengths" }, buttons), drawing, beyond, spoken.region);

  function change(tokens) {
    state.n = tokens;
    paint();
    writeState("claim", shape, state);
    spoken.say(result.textContent);
  }

  function paint() {
    const models = atLength(configs, state.n).map((item) => ({ ...item, name: names[item.id] }));
    const pro = models.find(({ id }) => id === "v4-pro");
    result.textContent = `At ${whole(state.n)} tokens V4-Pro keeps ${digits(pro.cacheShare)}% of V3.2's memory for the text and does ${digits(pro.workShare)}% of its work for a new token.`;
    const listed = state.n > offered ? ` V3.2 is listed with ${whole(offered)} tokens; beyond that its bars continue its rules, as in the report.` : "";
    beyond.textContent = `Computed here from the published shapes. Ticks: what DeepSeek published for 1 million tokens, V4-Pro ${published[0].cache}% and ${published[0].work}%, V4-Flash ${published[1].cache}% and ${published[1].work}%.${listed}`;
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(LENGTHS[index][1] === state.n)));
    const width = Math.round(Math.max(260, drawing.clientWidth || 480));
    drawing.replaceChildren(draw(models, most, published, base, width, result.textContent));
  }

  paint();
  onWidth(drawing, paint);
}
