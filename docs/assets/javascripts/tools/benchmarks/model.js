// Which results are chosen, into which panels they fall, and on which scale they are drawn.
// Nothing here touches the page.

/** Benchmarks whose settings are tests of their own: lengths, attacks, categories, opponents. */
const BY_SETTING = new Set([
  "mrcr-8-needle", "farai-jailbreak", "prompt-injection-harness", "wildclawbench",
  "in-house-creative-writing-instructions", "in-house-creative-writing-quality",
  "in-house-hard-writing",
]);
/** Words of a setting that name another set of questions or another version of the scale. */
const VARIANTS = [
  [/text-only subset/, "text-only subset"],
  [/full set/, "full set"],
  [/(?:later|earlier) version of the scale/, "later version of the scale"],
  [/FrontierSWE v2/, "v2"],
  [/a copy of 1 September/, "copy of September 1, 2026"],
  [/several agents/, "several agents"],
];

export const KINDS = { vendor: "vendor", independent: "independent", us: "this site" };
export const SORTS = ["score", "model", "date", "reporter"];
export const UNNAMED = "not-named";

/**
 * Who speaks: "vendor" (party.kind is vendor: filled), "independent" (hollow) or "us".
 * @param {{kind: string}} party record of data/parties
 */
export function kindOf(party) {
  if (!party?.kind) throw new TypeError("a party with a kind is expected");
  if (party.kind === "vendor") return "vendor";
  return party.kind === "us" ? "us" : "independent";
}

/**
 * The mode of a result as a key; spellings that differ only in case or ending fall together.
 * @param {string | undefined} mode as the source names it
 * @returns {string} such as "max", "non-think", "effort-25" or UNNAMED
 */
export function modeKey(mode) {
  if (mode === undefined || mode === null) return UNNAMED;
  const key = String(mode).toLowerCase().replaceAll(" ", "-");
  return key === "non-thinking" ? "non-think" : key;
}

/**
 * What sets a result apart from others of the same benchmark so far that they must not share an
 * axis: another metric, another set of questions, another version. Empty for the usual case.
 */
export function variantOf(result) {
  const parts = [];
  if (result.metric) parts.push(result.metric);
  if (result.setting && BY_SETTING.has(result.benchmark)) parts.push(result.setting);
  else {
    for (const [pattern, name] of VARIANTS) {
      if (pattern.test(result.setting ?? "")) parts.push(name);
    }
  }
  return parts.join("; ");
}

/** A model's name for a row: without "DeepSeek-", with the checkpoint where the name lacks it. */
export function rowName(model, checkpoint) {
  const name = (model?.name ?? "").replace(/^DeepSeek-/, "");
  if (!name) throw new TypeError("a model with a name is expected");
  if (!checkpoint || name.toLowerCase().includes(checkpoint)) return name;
  return `${name} ${checkpoint}`;
}

/** A score with its unit, as the benchmark counts: "80.6%", "1,554 Elo", "0.87". */
export function scoreText(result, unit) {
  if (result.display) return result.display;
  if (result.score === undefined) {
    return { absent: "absent", unconfirmed: "unconfirmed" }[result.state] ?? "no score";
  }
  const text = result.score.toLocaleString("en-US", { maximumFractionDigits: 3 });
  return { percent: `${text}%`, elo: `${text} Elo`, points: `${text} points` }[unit] ?? text;
}

/**
 * The results a choice lets through.
 * @param {object[]} results records of data/results
 * @param {{benchmarks: Set<string>, models: Set<string>, checkpoints: Set<string>,
 *   modes: Set<string>, who: "all" | "vendor" | "independent" | string,
 *   parties: Map<string, object>, text?: string}} choice `who` may also be the id of a party;
 *   `text` must stand in harness, setting, mode, model or reporter
 */
export function choose(results, choice) {
  const words = (choice.text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return results.filter((result) => {
    if (!choice.benchmarks.has(result.benchmark) || !choice.models.has(result.model)) return false;
    if (!choice.checkpoints.has(result.checkpoint ?? UNNAMED)) return false;
    if (!choice.modes.has(modeKey(result.mode))) return false;
    const party = choice.parties.get(result.reported_by);
    const kind = kindOf(party);
    if (choice.who === "vendor" || choice.who === "independent") {
      if (kind !== choice.who) return false;
    } else if (choice.who !== "all" && result.reported_by !== choice.who) return false;
    if (!words.length) return true;
    const text = [result.model, result.mode, result.harness, result.setting, party.name, result.note]
      .join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Order of two rows or table lines; equal ones by name. */
function order(sort, higherIsBetter) {
  const best = higherIsBetter ? -1 : 1;
  const by = {
    score: (a, b) => best * (a.best - b.best),
    model: () => 0,
    date: (a, b) => compare(b.newest, a.newest),
    reporter: (a, b) => compare(a.reporter, b.reporter),
  }[sort];
  if (!by) throw new RangeError(`unknown order '${sort}'`);
  return (a, b) => by(a, b) || compare(a.name, b.name);
}

/**
 * Chosen results as panels: one benchmark, metric, version and set of questions each, so that
 * nothing unlike shares an axis. A row is a model (and, with `split`, a mode); equal scores of
 * the same kind of reporter in a row become one mark with several records.
 * @param {object[]} results chosen results
 * @param {{benchmarks: Map<string, object>, models: Map<string, object>,
 *   parties: Map<string, object>, sort?: string, split?: boolean}} context
 * @returns {{key: string, benchmark: object, variant: string, title: string, unit: string,
 *   rows: {name: string, model: string, marks: {score: number, kind: string,
 *   records: object[]}[]}[], without: object[]}[]} `without`: records that hold no score
 */
export function panels(results, { benchmarks, models, parties, sort = "score", split = false }) {
  const found = new Map();
  for (const result of results) {
    const benchmark = benchmarks.get(result.benchmark);
    if (!benchmark) throw new RangeError(`unknown benchmark '${result.benchmark}'`);
    const variant = variantOf(result);
    const key = variant ? `${benchmark.id}: ${variant}` : benchmark.id;
    if (!found.has(key)) {
      const version = benchmark.version && !benchmark.name.includes(benchmark.version.split(" ")[0])
        ? ` ${benchmark.version}` : "";
      const title = `${benchmark.name}${version}${variant ? ` (${variant})` : ""}`;
      found.set(key, { key, benchmark, variant, title, unit: benchmark.unit, rows: new Map(), without: [] });
    }
    const panel = found.get(key);
    if (result.score === undefined || result.state !== "known") {
      panel.without.push(result);
      continue;
    }
    const mode = split && result.mode ? ` · ${result.mode}` : "";
    const name = rowName(models.get(result.model), result.checkpoint) + mode;
    const rowKey = name.toLowerCase();
    if (!panel.rows.has(rowKey)) panel.rows.set(rowKey, { name, model: result.model, marks: [] });
    const row = panel.rows.get(rowKey);
    const kind = kindOf(parties.get(result.reported_by));
    const same = row.marks.find((mark) => mark.score === result.score && mark.kind === kind);
    if (same) same.records.push(result);
    else row.marks.push({ score: result.score, kind, records: [result] });
  }
  const position = new Map([...benchmarks.keys()].map((id, index) => [id, index]));
  return [...found.values()]
    .map((panel) => {
      const higher = panel.benchmark.higher_is_better !== false;
      const rows = [...panel.rows.values()];
      for (const row of rows) {
        row.marks.sort((a, b) => a.score - b.score || compare(a.kind, b.kind));
        const records = row.marks.flatMap((mark) => mark.records);
        row.best = (higher ? Math.max : Math.min)(...row.marks.map((mark) => mark.score));
        row.newest = records.map((record) => record.as_of).sort().at(-1);
        row.reporter = records.map((record) => parties.get(record.reported_by).name).sort()[0];
      }
      return { ...panel, rows: rows.sort(order(sort, higher)) };
    })
    .sort((a, b) => position.get(a.benchmark.id) - position.get(b.benchmark.id) || compare(a.key, b.key));
}

/**
 * The axis of a panel with about five round ticks.
 * @param {string} unit unit of the benchmark
 * @param {number[]} scores at least one
 * @param {"full" | "fit"} mode full: percent from 0 to 100, the rest fitted; fit: always fitted
 * @returns {{low: number, high: number, ticks: number[]}}
 * @throws {RangeError} without a score, or if one is not finite
 */
export function axis(unit, scores, mode = "full") {
  if (!scores.length || !scores.every(Number.isFinite)) throw new RangeError("no finite score");
  if (unit === "percent" && mode === "full") return { low: 0, high: 100, ticks: [0, 20, 40, 60, 80, 100] };
  let low = Math.min(...scores);
  let high = Math.max(...scores);
  if (low === high) {
    const around = Math.abs(low) * 0.05 || 1;
    low -= around;
    high += around;
  }
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = [];
  for (let n = first; n <= last; n += 1) ticks.push(Number((n * step).toPrecision(10)));
  return { low: ticks[0], high: ticks.at(-1), ticks };
}

/** Benchmarks by category, both in alphabetical order: [category, benchmarks][]. */
export function byCategory(benchmarks) {
  const groups = new Map();
  for (const benchmark of [...benchmarks].sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()))) {
    if (!groups.has(benchmark.category)) groups.set(benchmark.category, []);
    groups.get(benchmark.category).push(benchmark);
  }
  return [...groups].sort((a, b) => compare(a[0], b[0]));
}

/** Names of models that have a price and no result on record, sorted. */
export function unscored(prices, results, models) {
  const scored = new Set(results.filter(({ score }) => score !== undefined && score !== null).map(({ model }) => model));
  const names = prices.filter(({ model }) => !scored.has(model)).map(({ model }) => models.get(model)?.name ?? model);
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}
