// The search box: a dialog that opens by its button, by "/" or by its address (?q=), asks the
// index and shows one hit a page. Nothing is fetched before it is first opened.

import { Search } from "./index.js";
import { split } from "./words.js";

const FOLDER = new URL("../../../../search/", import.meta.url);
const TOP = new URL("../../../../", import.meta.url);
const EXCERPT = 180;

function json(name) {
  return fetch(new URL(name, FOLDER)).then((answer) => {
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  });
}

function script(name) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = new URL(name, FOLDER);
    element.onload = () => resolve(window.lunr);
    element.onerror = () => reject(new Error(`${name} did not arrive`));
    document.head.append(element);
  });
}

let loading;
/** The index, fetched once; after a failure it may be asked for again. */
function search() {
  loading ??= Promise.all([script("lunr.js"), json("pages.json")])
    .then(([lunr, content]) => new Search(lunr, content))
    .catch((error) => { loading = undefined; throw error; });
  return loading;
}

let texts;
function excerpts() {
  texts ??= json("texts.json").catch(() => { texts = undefined; return []; });
  return texts;
}

let records;
function recordIndex(found) {
  records ??= json("records.json").then((content) => found.withRecords(content))
    .catch(() => { records = undefined; return null; });
  return records;
}

/** The part of a text in which most of the words stand, cut at spaces. */
export function excerpt(text, words, stem) {
  const flat = text.replace(/\s+/g, " ");
  const wanted = new Set(words);
  const places = [...flat.matchAll(/[^\s]+/g)]
    .filter(({ 0: word }) => split(word, stem).some((form) => wanted.has(form)))
    .map(({ 0: word, index }) => [index, index + word.length]);
  if (!places.length) return { text: flat.slice(0, EXCERPT), marks: [] };
  let best = 0, most = 0;
  places.forEach(([start], i) => {
    const count = places.slice(i).filter(([, end]) => end - start < EXCERPT).length;
    if (count > most) [best, most] = [i, count];
  });
  const from = Math.max(0, flat.lastIndexOf(" ", Math.max(0, places[best][0] - 40)) + 1);
  const piece = flat.slice(from, from + EXCERPT);
  const marks = places.map(([a, b]) => [a - from, b - from])
    .filter(([a, b]) => a >= 0 && b <= piece.length);
  return { text: piece, marks, before: from > 0, after: from + EXCERPT < flat.length };
}

function marked({ text, marks, before, after }) {
  const out = document.createElement("p");
  out.className = "find-excerpt";
  if (before) out.append("… ");
  let done = 0;
  for (const [a, b] of marks) {
    if (a < done) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(a, b);
    out.append(text.slice(done, a), mark);
    done = b;
  }
  out.append(text.slice(done));
  if (after) out.append(" …");
  return out;
}

function item(address, title, more) {
  const out = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(address, TOP);
  link.className = "find-hit";
  const name = document.createElement("b");
  name.textContent = title;
  link.append(name);
  if (more) {
    const part = document.createElement("span");
    part.textContent = ` › ${more}`;
    link.append(part);
  }
  out.append(link);
  return out;
}

class Finder {
  constructor(dialog) {
    this.dialog = dialog;
    this.input = dialog.querySelector("input");
    this.list = dialog.querySelector(".find-pages");
    this.more = dialog.querySelector(".find-records");
    this.state = dialog.querySelector(".find-state");
    this.asked = 0;
    this.input.addEventListener("input", () => this.ask());
    dialog.addEventListener("keydown", (event) => this.key(event));
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.dialog.querySelector(".find-hit")?.click();
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.querySelector(".find-close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => this.address(""));
  }

  open(text) {
    if (!this.dialog.open) this.dialog.showModal();
    if (text !== undefined) this.input.value = text;
    this.input.focus();
    this.input.select();
    this.ask();
  }

  address(text) {
    const url = new URL(location.href);
    if (text) url.searchParams.set("q", text); else url.searchParams.delete("q");
    history.replaceState(history.state, "", url);
  }

  key(event) {
    const hits = [...this.dialog.querySelectorAll(".find-hit")];
    const at = hits.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && hits.length) {
      hits[Math.min(at + 1, hits.length - 1)].focus();
      event.preventDefault();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (at ? hits[at - 1] : this.input).focus();
      event.preventDefault();
    } else if (event.key === "Escape" && !event.isComposing) {
      this.dialog.close(); // some browsers would only empty the field
      event.preventDefault();
    }
  }

  async ask() {
    const text = this.input.value;
    const number = this.asked += 1;
    this.address(text.trim());
    if (!text.trim()) {
      this.list.replaceChildren();
      this.more.hidden = true;
      this.state.textContent = "Words, a question, a number: every page, term and record is searched.";
      search().catch(() => {});
      return;
    }
    if (!loading) this.state.textContent = "Fetching the index …";
    let found;
    try {
      found = await search();
    } catch {
      this.state.replaceChildren(
        "The index of the search did not arrive. ",
        Object.assign(document.createElement("a"),
          { href: this.dialog.dataset.all, textContent: "All pages, terms and questions on one page" }),
        ".");
      return;
    }
    if (number !== this.asked) return;
    this.show(found, text, number);
  }

  show(found, text, number) {
    const hits = found.find(text);
    const strong = hits.filter((hit) => hit.score >= hits[0].score * 0.6).length;
    this.state.textContent = hits.length
      ? `${strong} ${strong === 1 ? "page answers" : "pages answer"} best`
        + (hits.length > strong ? `, ${hits.length - strong} more mention it` : "")
      : "Nothing on this site has any of these words.";
    const items = hits.map((hit) => item(
      hit.anchor ? `${hit.url}#${hit.anchor}` : hit.url, hit.title,
      hit.heading === hit.title ? "" : hit.heading));
    this.list.replaceChildren(...items);
    excerpts().then((all) => {
      if (number !== this.asked) return;
      hits.forEach((hit, i) => {
        const whole = all[hit.section];
        if (whole) items[i].firstChild.append(marked(excerpt(whole, hit.words, found.stem)));
      });
    });
    recordIndex(found).then((index) => {
      if (number !== this.asked || !index) return;
      const some = found.findRecords(text);
      this.more.hidden = !some.length;
      this.more.querySelector("ol").replaceChildren(
        ...some.map(([address, label, value]) => item(address, label, value)));
    });
  }
}

let finder;
/** Open the box; `text` is what stands in it. */
export function open(text) {
  finder ??= new Finder(document.getElementById("find"));
  finder.open(text);
}
