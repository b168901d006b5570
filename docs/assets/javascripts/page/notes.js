// Notes: what a number in the text or a term of the glossary stands for, shown beside it. The
// words are those of the lists at the end of the page; without this script the links lead there.

const OPEN_AFTER = 120; // ms: a pointer that only passes opens nothing
const CLOSE_AFTER = 350; // ms: time to come back
const EDGE = 8; // px to the window's edge
const MARK = "a.cite-ref, a.gloss[data-term]";
const PHONE = window.matchMedia("(max-width: 59.99em)"); // there the note is a sheet, see site.css
const METHOD = new URL("../../../reference/method/#marks", import.meta.url);
const CITING = new URL("../../../reference/cite/#number", import.meta.url);

let note; // the popover, made when first needed
let shown = null; // the mark whose note is open
let waiting; // timer
let quiet = false; // focus that the script moves opens nothing

function element(name, classes, text) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text) made.textContent = text;
  return made;
}

function copy(original) {
  const clone = original.cloneNode(true);
  for (const named of [clone, ...clone.querySelectorAll("[id]")]) named.removeAttribute("id");
  for (const back of clone.querySelectorAll(".cite-back")) back.remove();
  // A fact's own page offers all formats; of other records a page says how they are cited.
  const record = clone.querySelector("a.cite-record");
  if (record) record.after(" ", linkTo(/\/f\/[^/]+\/$/.test(record.pathname) ? `${record.href}#cite` : CITING, "Cite"));
  return clone;
}

function linkTo(href, text) {
  const link = element("a", "", text);
  link.href = href;
  return link;
}

/** Sources behind a mark, each with its notes; null if the page does not hold them. */
function sourcesOf(mark) {
  const names = mark.dataset.refs?.split(" ") ?? [decodeURIComponent(mark.hash.slice(1))];
  const sources = new Map();
  for (const name of names) {
    const entry = document.getElementById(name);
    const source = entry?.closest("ol.references > li");
    if (!source) return null;
    if (!sources.has(source)) sources.set(source, []);
    if (entry !== source) sources.get(source).push(entry);
  }
  return sources;
}

/** What the note of a mark says; null where the page does not hold it. */
function words(mark) {
  const body = document.createDocumentFragment();
  if (mark.dataset.term) {
    const meaning = document.getElementById(mark.dataset.term);
    if (!meaning) return null;
    body.append(
      element("b", "note-term", meaning.previousElementSibling.textContent),
      element("span", "note-text", meaning.textContent),
      linkTo(mark.href, "Glossary"),
    );
    return body;
  }
  const sources = sourcesOf(mark);
  if (!sources) return null;
  const many = sources.size > 1;
  if (many) body.append(element("b", "note-count", `${sources.size} sources`));
  for (const [source, entries] of sources) {
    const part = element("div", "note-part");
    for (const entry of entries) {
      const said = element("div", "note-said");
      said.append(...copy(entry).childNodes);
      part.append(said);
    }
    const from = element("div", "note-source");
    const number = [...source.parentElement.children].indexOf(source) + 1;
    from.append(`${number}. `, copy(source.querySelector(".ref-text")), " ", copy(source.querySelector(".kind")), " ");
    from.append(linkTo(`#${(entries[0] ?? source).id}`, "In the list"));
    part.append(from);
    body.append(part);
  }
  if (body.querySelector(".status:not(.status--confirmed), .state")) {
    body.append(linkTo(METHOD, "What the marks mean"));
  }
  return body;
}

function make() {
  note = element("div", "note");
  note.popover = "manual";
  note.setAttribute("role", "group");
  note.addEventListener("pointerenter", () => clearTimeout(waiting));
  note.addEventListener("pointerleave", leave);
  note.addEventListener("keydown", keys);
  note.addEventListener("focusout", lost);
  document.body.append(note);
}

/** Put the note at its mark, without a gap that a slow pointer would fall into. */
function place() {
  if (!shown) return;
  note.style.left = note.style.top = "";
  if (PHONE.matches) return;
  const at = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
  const box = note.getBoundingClientRect();
  const right = document.documentElement.clientWidth - box.width - EDGE;
  const below = at.bottom - 1;
  const above = at.top - box.height + 1;
  const fits = below + box.height + EDGE < window.innerHeight || above < EDGE;
  note.style.left = `${Math.max(EDGE, Math.min(at.left - EDGE, right))}px`;
  note.style.top = `${fits ? below : above}px`;
}

function open(mark) {
  clearTimeout(waiting);
  if (shown === mark) return;
  const body = words(mark);
  if (!body) return;
  if (!note) make();
  if (shown) note.hidePopover();
  note.replaceChildren(body);
  note.setAttribute("aria-label", mark.getAttribute("aria-label") ?? mark.textContent);
  const close = element("button", "note-close", "Close");
  close.type = "button";
  close.addEventListener("click", hide);
  note.append(close);
  shown = mark;
  note.showPopover();
  note.scrollTop = 0;
  place();
}

function hide() {
  clearTimeout(waiting);
  if (!shown) return;
  const mark = shown;
  shown = null;
  if (note.contains(document.activeElement)) focus(mark);
  note.hidePopover();
}

/** Focus a mark without opening its note. */
function focus(mark) {
  quiet = true;
  mark.focus({ preventScroll: true });
  quiet = false;
}

function leave() {
  clearTimeout(waiting);
  const held = document.activeElement;
  // What the keyboard opened stays until the keyboard leaves.
  if (held === shown && held?.matches(":focus-visible")) return;
  if (note?.contains(held)) return;
  waiting = setTimeout(hide, CLOSE_AFTER);
}

function lost(event) {
  const to = event.relatedTarget;
  if (shown && to !== shown && !note.contains(to)) {
    // A click on the note's own text moves the focus to nothing: it stays.
    if (to || !note.matches(":hover")) hide();
  }
}

/** Tab goes from the mark into its note, and from the note's end on to what follows the mark. */
function keys(event) {
  if (event.key !== "Tab" || !shown) return;
  const links = [...note.querySelectorAll("a[href], button")].filter((each) => each.checkVisibility());
  const { activeElement: at } = document;
  if (at === shown && !event.shiftKey && links.length) {
    event.preventDefault();
    links[0].focus();
  } else if (at === links[0] && event.shiftKey) {
    event.preventDefault();
    focus(shown);
  } else if (at === links.at(-1) && !event.shiftKey) {
    hide(); // the focus is on the mark again, and goes on from there
  }
}

function markOf(event) {
  return event.target.closest?.(MARK);
}

function listen() {
  document.addEventListener("pointerover", (event) => {
    const mark = markOf(event);
    if (!mark || event.pointerType === "touch" || event.buttons) return; // text is being selected
    clearTimeout(waiting);
    if (mark !== shown) waiting = setTimeout(open, OPEN_AFTER, mark);
  });
  document.addEventListener("pointerout", (event) => {
    if (markOf(event) && event.pointerType !== "touch") leave();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark && !quiet && mark.matches(":focus-visible")) open(mark);
  });
  document.addEventListener("focusout", (event) => {
    if (!quiet && markOf(event) === shown) lost(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    else if (event.target === shown) keys(event);
  });
  // Touch: the first tap shows the note, the second follows the link; a tap elsewhere closes it.
  document.addEventListener("click", (event) => {
    const mark = markOf(event);
    const touch = event.pointerType === "touch" || (!event.pointerType && window.matchMedia("(hover: none)").matches);
    if (mark && touch && mark !== shown) {
      open(mark);
      if (shown !== mark) return;
      event.preventDefault();
      if (mark.getBoundingClientRect().bottom > note.getBoundingClientRect().top) {
        mark.scrollIntoView({ block: "center" });
      }
    } else if (mark || !note?.contains(event.target) || event.target.closest("a[href^='#']")) {
      hide();
    }
  });
  window.addEventListener("scroll", place, { passive: true, capture: true });
  window.addEventListener("resize", place);
}


if ("popover" in HTMLElement.prototype) listen();
for (const term of document.querySelectorAll("a.gloss[data-term]")) {
  term.setAttribute("aria-describedby", term.dataset.term);
}
