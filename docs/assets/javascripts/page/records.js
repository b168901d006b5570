// Lists of records and of changes: filter and search what the page already shows.

const MANY = 8;

/** Whether every word of `query` stands in `text`, whatever the case. */
export function matches(text, query) {
  const low = text.toLowerCase();
  return query.toLowerCase().split(/\s+/).filter(Boolean).every((word) => low.includes(word));
}

/** Whether a date of any precision lies in [from, to]; an empty bound is open. */
export function within(date, from, to) {
  const start = date.padEnd(10, "0").slice(0, 10);
  const end = date.length >= 10 ? date.slice(0, 10) : date.padEnd(10, "9");
  return (!from || end >= from) && (!to || start.slice(0, date.length) <= to.slice(0, date.length));
}

function field(label, control) {
  const wrap = document.createElement("div");
  wrap.className = "explorer-field";
  const name = document.createElement("label");
  name.textContent = label;
  name.htmlFor = control.id;
  wrap.append(name, control);
  return wrap;
}

function input(type, id, value) {
  const control = document.createElement("input");
  Object.assign(control, { type, id, value: value ?? "" });
  return control;
}

function choice(id, values, value) {
  const control = document.createElement("select");
  control.id = id;
  control.append(new Option("any", ""), ...values.map((text) => new Option(text.replaceAll("-", " "), text)));
  control.value = values.includes(value) ? value : "";
  return control;
}

function filter(items, controls, keep, unit) {
  const form = document.createElement("form");
  form.className = "explorer records-filter";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", `Filter the ${unit}`);
  const grid = document.createElement("div");
  grid.className = "explorer-controls";
  const count = document.createElement("p");
  count.className = "explorer-announce";
  count.setAttribute("role", "status");
  for (const [label, control] of controls) grid.append(field(label, control));
  form.append(grid, count);
  document.querySelector(".records-place").append(form);
  const known = new Set(items);
  const headings = [...form.closest("article").querySelectorAll("h2, h3.change-month")];
  const folds = [...document.querySelectorAll("details.record-group")];
  let opened = []; // by the filter, which closes them again

  /** Folds without a hit go; those with one stand open while something is looked for. */
  function fold() {
    for (const one of opened) one.open = false;
    opened = [];
    const looking = controls.some(([, control]) => control.value);
    for (const one of folds) {
      one.hidden = !one.querySelector(":is(.record, .change):not([hidden])");
      if (!looking || one.hidden || one.open) continue;
      one.open = true;
      opened.push(one);
    }
  }

  function run() {
    let shown = 0;
    for (const item of items) {
      item.hidden = !keep(item);
      if (!item.hidden) shown += 1;
    }
    fold();
    for (const heading of headings) {
      let next = heading.nextElementSibling;
      let any = false;
      let all = 0;
      while (next && !headings.includes(next)) {
        const held = known.has(next) ? [next] : [...next.querySelectorAll(".record, .change")];
        all += held.length;
        any ||= held.some((one) => !one.hidden);
        next = next.nextElementSibling;
      }
      if (all) heading.hidden = !any;
    }
    count.textContent = `${shown.toLocaleString("en-US")} of ${items.length.toLocaleString("en-US")} ${unit}`;
    const query = new URLSearchParams(location.search); // as it is now: the day may have gone
    for (const [, control] of controls) {
      const name = control.id.replace(/^filter-/, "");
      if (control.value) query.set(name, control.value);
      else query.delete(name);
    }
    const text = query.toString();
    history.replaceState(history.state, "", location.pathname + (text ? `?${text}` : "") + location.hash);
  }
  form.addEventListener("input", run);
  form.addEventListener("submit", (event) => event.preventDefault());
  run();
  // A link to a record that the filter hides must still arrive.
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden) return;
    for (const [, control] of controls) control.value = "";
    run();
    const group = target.closest("details");
    if (group) group.open = true;
    target.scrollIntoView();
  });
}

const given = new URLSearchParams(location.search);
const records = [...document.querySelectorAll(".record")];
if (records.length >= MANY) {
  const usual = { status: "confirmed", state: "known", reporter: "vendor" }; // goes unsaid in a record
  const chip = (record, name) => record.querySelector(`small .${name}`)?.className.split("--")[1];
  const brief = (record, name) => (name === "status" ? record.querySelector("small > i")?.textContent : undefined);
  const of = (record, name) => record.dataset[name] ?? chip(record, name) ?? brief(record, name) ?? usual[name];
  const values = (name) => [...new Set(records.map((record) => of(record, name)))].filter(Boolean).sort();
  const text = input("search", "filter-find", given.get("find"));
  const status = choice("filter-status", values("status"), given.get("status"));
  const state = choice("filter-state", values("state"), given.get("state"));
  const reporter = choice("filter-reporter", values("reporter"), given.get("reporter"));
  const texts = new Map(records.map((record) => [record, `${record.id} ${record.textContent}`]));
  filter(
    records,
    [["Search", text], ["Status", status], ["Value", state], ["Reported by", reporter]],
    (record) =>
      (!status.value || of(record, "status") === status.value) &&
      (!state.value || of(record, "state") === state.value) &&
      (!reporter.value || of(record, "reporter") === reporter.value) &&
      matches(texts.get(record), text.value),
    "records",
  );
}

const changes = [...document.querySelectorAll(".change")];
if (changes.length) {
  const from = input("date", "filter-from", given.get("from"));
  const to = input("date", "filter-to", given.get("to"));
  const kind = choice("filter-kind", [...new Set(changes.map((c) => c.querySelector(".kind").textContent))].sort(), given.get("kind"));
  filter(
    changes,
    [["From", from], ["To", to], ["Kind", kind]],
    (change) =>
      within(change.dataset.date, from.value, to.value) &&
      (!kind.value || change.querySelector(".kind").textContent === kind.value),
    "changes",
  );
}
