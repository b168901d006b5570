// "Can I run it?": weights, cache and headroom against the memory of real machines. Never speed.

import { writtenNumber } from "../../lib/checked.js";
import { collection, recordAddress } from "../../lib/data.js";
import { boolean, decimal, integer, oneOf, readState, writeState } from "../../lib/state.js";
import { frame as toolFrame } from "../../lib/frame.js";
import { restsOn, shareBar } from "../../lib/share.js";
import { announcer, h, labeled, onWidth, select, stylesheet, table } from "../../lib/ui.js";
import { day } from "../../lib/dates.js";
import { counted, plain, sourceLinks } from "../../lib/words.js";
import {
  BUILDS, REPORTS, builds, cacheShape, enginesFor, fewestDevices, fit, GB, gigabytes, HEADROOM, INDEX_BYTES, kvBytes,
  longestContext, machines, mostSequences, runnable,
} from "./model.js";
import { bars, gb } from "./view.js";

const PREFIX = "run";
const OWN = "own";
const LIMITS = { count: [1, 1024], own: [1, 100_000], context: [1, 1_048_576], sequences: [1, 100_000], headroom: [0, 500] };
const short = (name) => name.replace(/^DeepSeek-/, "");

/** Build the explorer into `place`. @param {HTMLElement} place */
export async function mount(place) {
  stylesheet("run");
  const [allModels, chipList, engineList] = await Promise.all([
    collection("models"), collection("chips"), collection("engines"),
  ]);
  // The page hands over the facts that are needed: all of them would weigh more than the page.
  const facts = new Map(Object.entries(JSON.parse(place.closest("[data-facts]").dataset.facts))
    .map(([id, fact]) => [id, { ...fact, id, value: Number(fact.value) }]));
  const models = new Map(runnable(allModels).sort((a, b) => (a.released < b.released ? 1 : -1)).map((m) => [m.id, m]));
  const devices = new Map(machines(chipList).sort((a, b) => b.maker.localeCompare(a.maker) || a.name.localeCompare(b.name)).map((c) => [c.id, c]));
  const tablesFact = facts.get("v41-engram-disk");
  const recipeFact = facts.get("nvidia-v41-4-h200");
  const whole = ([low, high]) => integer(low, high);
  const shape = {
    model: { label: "model", default: "v4-flash-0731", parse: oneOf([...models.keys()]) },
    build: { label: "build", default: "released", parse: oneOf(["released", ...BUILDS.map(({ id }) => id)]) },
    machine: { label: "machine", default: "h200", parse: oneOf([...devices.keys(), OWN]) },
    own: { label: "memory of one device", default: 128, parse: decimal(...LIMITS.own) },
    count: { label: "number of devices", default: 4, parse: whole(LIMITS.count) },
    context: { label: "context", default: 131_072, parse: whole(LIMITS.context) },
    sequences: { label: "conversations", default: 1, parse: whole(LIMITS.sequences) },
    headroom: { label: "headroom", default: HEADROOM, parse: decimal(...LIMITS.headroom) },
    keys: { label: "indexer keys", default: "auto", parse: oneOf(["auto", "fp4", "fp8"]) },
    copies: { label: "copies of the cache", default: "one", parse: oneOf(["one", "each"]) },
    tables: { label: "lookup tables", default: true, parse: boolean },
  };
  const state = readState(PREFIX, shape);
  const quiet = announcer(); // the answer, which stands on the page as well
  const { region, say } = announcer();
  const model = () => models.get(state.model);
  const windowOf = () => model().specs["context-length"].value;
  const choices = () => builds(model(), facts);
  const build = () => choices().find(({ id }) => id === state.build) ?? choices()[0];
  const chip = () => devices.get(state.machine);
  const asked = [
    state.build !== build().id && `There is no build “${state.build}” of ${short(model().name)} on record; the released files stand in its place.`,
    state.context > windowOf() && `The context of ${short(model().name)} ends at ${plain(windowOf())} tokens, not ${plain(state.context)}.`,
  ].filter(Boolean).join(" ");
  state.build = build().id;
  state.context = Math.min(state.context, windowOf());

  // ---------------------------------------------------------------- controls
  const wrong = new Map();
  const fields = new Map();

  /** A number field with its message; what is not valid leaves the state as it was. */
  function field(name, label, { hint, digits = 0, limits = () => LIMITS[name] }) {
    const problem = h("p", { class: "run-problem", id: `run-problem-${name}` });
    const options = { parts: digits ? 2 : 0, binary: name === "context" };
    const { input, heard } = writtenNumber(state[name], options, (value, error) => {
      const [low, high] = limits();
      const message = /two ways|whole number/.test(error) ? error
        : Number.isNaN(value) || value < low || value > high
          ? `Enter a number from ${plain(low)} to ${plain(high)}.` : "";
      problem.textContent = message;
      input.setAttribute("aria-invalid", String(Boolean(message)));
      if (message) wrong.set(name, `${label}: ${message}`);
      else {
        wrong.delete(name);
        state[name] = value;
      }
      update();
    });
    const view = labeled(label, input, hint);
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), problem.id].filter(Boolean).join(" "));
    view.append(heard, problem);
    fields.set(name, { input, heard, problem, view });
    return view;
  }
  function put(name, value) {
    state[name] = value;
    const { input, heard, problem } = fields.get(name);
    input.value = value;
    heard.textContent = "";
    problem.textContent = "";
    input.removeAttribute("aria-invalid");
    wrong.delete(name);
  }

  const buildPlace = h("div", {});
  const drawBuilds = () => buildPlace.replaceChildren(labeled("Build", select(
    choices().map(({ id, name, gb: size }) => [id, `${name}, ${gb(size)}`]), state.build, (value) => { state.build = value; update(); })));
  const machineOptions = [...new Set([...devices.values()].map((c) => c.maker))].map((maker) => ({
    group: maker,
    options: [...devices.values()].filter((c) => c.maker === maker).map((c) => [c.id, `${c.name}, ${gb(gigabytes(c.specs.memory))}`]),
  }));
  const tablesBox = h("input", { type: "checkbox", checked: state.tables, onchange: () => { state.tables = tablesBox.checked; update(); } });
  const tablesView = h("label", { class: "run-check" }, tablesBox, " Lookup tables (Engram) in GPU memory, not in main memory");
  const controls = h("div", { class: "explorer-controls" },
    labeled("Model", select([...models.values()].map((m) => [m.id, short(m.name)]), state.model, (value) => {
      state.model = value;
      state.build = "released";
      if (state.context > windowOf()) put("context", windowOf());
      drawBuilds();
      update();
    })),
    buildPlace,
    labeled("Machine", select([...machineOptions, { group: "Another", options: [[OWN, "Your own figure"]] }], state.machine, (value) => {
      state.machine = value;
      if (chip()?.kind === "system") put("count", 1);
      update();
    })),
    field("own", "Memory of one device, GB", { digits: 1 }),
    field("count", "Number of devices", {}),
    field("context", "Context of each conversation, tokens", { limits: () => [LIMITS.context[0], windowOf()] }),
    field("sequences", "Conversations at once", {}),
    field("headroom", "Headroom, percent of the weights", { digits: 1, hint: "An assumption: room to work in" }),
    labeled("Cache over the devices", select([["one", "One copy in all"], ["each", "A copy on each device"]], state.copies, (value) => { state.copies = value; update(); })),
    labeled("Indexer keys in the cache", select([["auto", "As the machine has FP4 units"], ["fp4", `FP4, ${INDEX_BYTES.fp4} bytes`], ["fp8", `FP8, ${INDEX_BYTES.fp8} bytes`]], state.keys, (value) => { state.keys = value; update(); })),
  );

  // ---------------------------------------------------------------- the sum
  /** Everything the answer needs, from the state. */
  function plan() {
    const cache = cacheShape(model());
    const noFp4 = chip()?.specs["fp4-dense"]?.state === "absent";
    const keys = state.keys === "auto" ? (noFp4 ? "fp8" : "fp4") : state.keys;
    const layout = { indexBytes: INDEX_BYTES[keys] };
    const cacheGb = (tokens) => kvBytes(cache, tokens, layout) / GB;
    const tables = build().tables;
    const moved = tables && !state.tables ? gigabytes(tablesFact) : 0;
    const memory = chip() ? gigabytes(chip().specs.memory) : state.own;
    const sum = {
      weights: build().gb - moved, cacheEach: cacheGb(state.context), sequences: state.sequences,
      copies: state.copies === "each" ? state.count : 1, headroom: state.headroom, memory, count: state.count,
    };
    return { cache, noFp4, keys, cacheGb, tables, moved, sum, result: fit(sum) };
  }

  const HEADERS = ["Part", "Size", "How"];
  function parts({ sum, result, keys, cache, moved }) {
    const copies = sum.copies > 1 ? `, a copy on each of ${counted(sum.copies, "device")}` : "";
    const bytes = cache.kind === "flat" ? `${plain(cache.perToken)} bytes a token` : `indexer keys of ${INDEX_BYTES[keys]} bytes`;
    const host = moved ? [["In main memory", gb(moved), "lookup tables (Engram), beside what the engine itself needs"]] : [];
    return [
      ["Weights", gb(result.weights), `${short(model().name)}, ${build().name}${moved ? `, without ${gb(moved)} of lookup tables` : ""}`],
      ["Cache", gb(result.cache), `${counted(state.sequences, "conversation")} of ${counted(state.context, "token")}${copies}; ${bytes}`],
      ["Headroom", gb(result.headroom), `${plain(state.headroom)}% of the weights, an assumption`],
      ["Sum", gb(result.need), "weights + cache + headroom"],
      ["Memory", gb(result.memory), `${plain(state.count)} × ${gb(sum.memory)}, ${chip()?.name ?? "your own figure"}`],
      ...host,
    ];
  }

  const verdict = h("p", { class: "explorer-result run-verdict" });
  const why = h("p", {});
  const heard = h("p", { class: "explorer-note run-heard" });
  const frame = h("div", { class: "run-frame" });
  const sumTable = h("div", {});
  const notes = h("ul", { class: "run-notes" });
  const engines = h("div", {});
  const engineLine = h("p", { class: "run-engines" });
  const engineSummary = h("summary", {});
  let last = null;

  /** What has to stand in main memory, and what moving the tables there would change. */
  function hostMemory({ sum, result, tables, moved }) {
    if (!tables) return "";
    const size = gigabytes(tablesFact);
    const report = build().id === "released" && REPORTS.find(({ machine, count }) => machine === state.machine && count === state.count);
    const recipe = report ? ` ${report.who}: ${facts.get(report.fact).shown}.` : "";
    if (moved) return ` Main memory holds the lookup tables, ${gb(moved)}.${recipe}`;
    if (result.verdict === "fits") return recipe;
    const without = fit({ ...sum, weights: sum.weights - size }).verdict;
    const how = { fits: "it fits", tight: "weights and cache fit, but not all of the headroom", no: "it does not fit either" }[without];
    return ` With the lookup tables, ${gb(size)}, in main memory ${how}.${recipe}`;
  }

  function answer({ sum, result, cacheGb, ...rest }) {
    const say = {
      fits: "It fits.",
      tight: "Weights and cache fit, but not all of the headroom.",
      no: result.weights > result.memory ? "It does not fit: the weights alone are too large." : "It does not fit.",
    }[result.verdict];
    verdict.textContent = say;
    verdict.dataset.verdict = result.verdict;
    const left = result.spare >= 0 ? `${gb(result.spare)} are left.` : `${gb(-result.spare)} are missing.`;
    const text = [`Weights ${gb(result.weights)} + cache ${gb(result.cache)} + headroom ${gb(result.headroom)} = ${gb(result.need)}, against ${gb(result.memory)} of memory. ${left}`];
    if (result.verdict === "fits") {
      const most = mostSequences(sum);
      const longest = longestContext(sum, cacheGb, windowOf());
      text.push(` At this context up to ${counted(most, "conversation")} at once fit; ${state.sequences === 1 ? "one conversation" : `${plain(state.sequences)} at once`} can be up to ${counted(longest, "token")} long${longest === windowOf() ? ", the whole window" : ""}.`);
    } else {
      const fewest = fewestDevices(sum);
      text.push(fewest ? ` By this sum it takes ${counted(fewest, "device")} of this kind.` : " No number of these devices is enough: the copy of the cache on each leaves no room.");
    }
    const recipe = model().specs["serving-memory"]?.value;
    if (recipe !== undefined && build().id === "released") text.push(` For comparison, vLLM's recipe asks for at least ${gb(recipe)}.`);
    text.push(hostMemory({ sum, result, ...rest }));
    why.textContent = text.join("");
    pin(`${say.replace(/[.:].*$/, "")}: ${gb(result.need)} of ${gb(result.memory)}`);
    heard.textContent = `${short(model().name)}, ${build().name}, on ${plain(state.count)} × ${chip()?.name ?? `${gb(state.own)} of your own`}; ${counted(state.sequences, "conversation")} of ${counted(state.context, "token")}.`;
    return `${say} ${text.join("")}`;
  }

  /** What the sum does not know. */
  function caveats({ cache, noFp4, tables }) {
    const out = [];
    const recipe = model().specs["serving-memory"];
    const record = (name, id, text) => h("a", { href: recordAddress(name, id) }, text);
    const memory = fit(plan().sum).memory;
    if (recipe?.value !== undefined && build().id === "released") {
      out.push([`vLLM's recipe asks for at least ${gb(recipe.value)} of GPU memory for ${short(model().name)}; this machine has ${memory >= recipe.value ? "that" : "less"}. Source: `, ...sourceLinks(recipe.sources?.length ? recipe.sources : model().sources), "."]);
    }
    const disk = model().specs["weights-on-disk"];
    const size = build().fact ? facts.get(build().fact) : { ...disk, sources: disk.sources?.length ? disk.sources : model().sources, as_of: model().as_of };
    out.push([`Size of the weights: ${build().name}, as of ${day(size.as_of)}. Source: `, ...sourceLinks(size.sources), "; ", build().fact ? record("facts", build().fact, "record") : record("models", model().id, "model record"), "."]);
    if (chip()) out.push([`Memory of one device: ${gb(gigabytes(chip().specs.memory))}, as of ${day(chip().as_of)} (${chip().accounting}). Source: `, ...sourceLinks(chip().sources), "; ", record("chips", chip().id, "record"), "."]);
    out.push([`Headroom: vLLM's recipe for V4.1-Flash asks for 1.2 times the files (`, record("facts", "run-v41-memory", "record"), `); that is where ${HEADROOM}% comes from. Other engines ask for more or less.`]);
    if (cache.kind === "flat") {
      out.push([`${plain(cache.perToken)} bytes a token need the FP4 cache, a path of Blackwell; other devices use more, how much was not found (`, record("facts", "run-v41-cache", "record"), ")."]);
    } else out.push(["Cache bytes are those of DeepSeek's own kernels; other engines may store more. See ", record("models", model().id, "the model record"), "."]);
    if (noFp4) out.push(["This device has no FP4 units: engines use other kernels or converted weights for it."]);
    if (chip()?.maker === "Huawei" && build().id === "released") out.push(["On Ascend, vLLM-Ascend runs 8-bit or 4-bit builds of its own, whose size was not found; only for V4-Pro on the 950DT its guide takes the released files. The sum uses the released files."]);
    if (tables) out.push([`The lookup tables take ${gb(gigabytes(tablesFact))} (`, record("facts", tablesFact.id, "record"), "). vLLM's recipe puts them into main memory on eight H100, NVIDIA's for a worker of four H200 (", record("facts", recipeFact.id, "record"), "): ", recipeFact.shown, "."]);
    out.push(["The sum takes the devices' memory as one. An uneven split, or experts kept in main memory, changes the answer. It says nothing about speed."]);
    notes.replaceChildren(...out.map((line) => h("li", {}, line)));
  }

  /** A record's remark without its measured speeds: they stand in their own table, with conditions. */
  const remark = (text) => text.replaceAll("`", "").split("; ").filter((part) => !part.includes("tokens/s")).join("; ");

  function listEngines() {
    let of = state.model;
    let found = enginesFor(engineList, of, build().engines);
    const intro = [];
    const parent = allModels.find((m) => m.successor === of && !enginesFor(engineList, of).some((e) => e.works === "yes"));
    if (parent && enginesFor(engineList, parent.id).length) {
      intro.push(`For ${short(model().name)} itself little was seen; the lines of ${short(parent.name)} follow.`);
      found = [...found, ...enginesFor(engineList, parent.id, build().engines)];
      of = parent.id;
    }
    if (build().engines && !build().engines.length) intro.push("No record says which engine runs this build; these run the released weights.");
    const rows = found.map((e) => [
      e.version ? `${e.engine} ${e.version}` : e.engine, e.works, e.hardware ?? "not named",
      remark(e.summary), day(e.as_of), h("span", {}, sourceLinks(e.sources)),
    ]);
    if (build().id === "released") intro.push("llama.cpp, ik_llama.cpp, Ollama and ds4 read GGUF files, not the released ones.");
    const works = found.filter((e) => e.works === "yes").map((e) => (e.version ? `${e.engine} ${e.version}` : e.engine));
    const partly = found.filter((e) => e.works === "partly").map((e) => e.engine);
    engineLine.replaceChildren(h("b", {}, "Engines: "), works.length ? `${[...new Set(works)].join(", ")}${build().id === "released" ? "" : " (this kind of build)"}` : "none is recorded as working", partly.length ? `; partly: ${[...new Set(partly)].join(", ")}` : "", ".");
    engineSummary.textContent = `Engines, hardware their makers name, and sources: ${counted(rows.length, "record")}`;
    engines.replaceChildren(
      intro.length ? h("p", { class: "explorer-note" }, intro.join(" ")) : "",
      rows.length ? table(`Engines for ${short(model().name)}`, ["Engine", "Works", "Hardware named", "Remark", "As of", "Source"], rows)
        : h("p", {}, "No record of an engine for this build."));
  }

  const render = () => frame.replaceChildren(bars(last.result, Math.max(280, Math.floor(frame.clientWidth || 640))));

  const stale = h("p", { class: "run-problem", role: "alert" });
  function update() {
    fields.get("own").view.hidden = state.machine !== OWN;
    if (state.machine !== OWN && wrong.has("own")) put("own", state.own);
    last = plan();
    tablesView.hidden = !last.tables;
    const text = answer(last);
    sumTable.replaceChildren(table("The sum", HEADERS, parts(last), [1]));
    caveats(last);
    listEngines();
    render();
    stale.textContent = wrong.size ? `${[...wrong.values()].join(" ")} The answer below is for the last valid entries.` : "";
    writeState(PREFIX, shape, state, place);
    quiet.say(text);
  }

  drawBuilds();
  const share = shareBar({
    name: "deepseek-v4-can-i-run-it", rows: () => ({ headers: HEADERS, rows: parts(last) }), svg: () => frame.querySelector("svg"), say,
    about: () => ({ title: `${heard.textContent} ${verdict.textContent}`, ...restsOn([model(), chip(), build().fact && facts.get(build().fact)].filter(Boolean)) }),
  });
  const { pin } = toolFrame(place, {
    prefix: PREFIX, shape, wrong: asked,
    inputs: [controls, tablesView], result: [stale, heard, verdict, why, frame, engineLine],
    below: [
      quiet.region,
      h("details", { class: "run-more" }, h("summary", {}, "The sum as a table"), sumTable),
      h("details", { class: "run-more" }, h("summary", {}, "What the sum rests on, and what it leaves out"), notes),
      h("details", { class: "run-more" }, engineSummary, engines),
      share, region,
    ],
  });
  quiet.region.classList.add("run-silent");
  update();
  onWidth(frame, () => render());
}
