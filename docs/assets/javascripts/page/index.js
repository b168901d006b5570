// Small helps that the pages can do without: place the notes of citations, close them with
// Escape, show them on touch before following the link, and let scrolling code take the keyboard.

const GAP = 8;

/** Put an open note inside the window, near its number; phones have a sheet (see site.css). */
function place(cite) {
  const note = cite.querySelector(":scope > .cite-pop");
  if (!note || window.matchMedia("(max-width: 59.99em)").matches) return;
  const number = cite.querySelector(".cite-ref").getBoundingClientRect();
  note.style.position = "fixed";
  note.style.right = note.style.bottom = "auto";
  const box = note.getBoundingClientRect();
  const left = Math.min(number.left, document.documentElement.clientWidth - box.width - GAP);
  const below = number.bottom + 2;
  const fits = below + box.height + GAP < window.innerHeight;
  note.style.left = `${Math.max(GAP, left)}px`;
  note.style.top = `${fits ? below : Math.max(GAP, number.top - box.height - 2)}px`;
}

function opened(event) {
  const cite = event.target.closest?.(".cite");
  if (!cite) return;
  cite.classList.remove("cite--closed");
  place(cite);
}

document.addEventListener("mouseover", opened);
document.addEventListener("focusin", opened);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const cite of document.querySelectorAll(".cite:hover, .cite:focus-within, .cite--open")) {
    cite.classList.remove("cite--open");
    cite.classList.add("cite--closed");
  }
});
document.addEventListener("mouseout", (event) => {
  event.target.closest?.(".cite")?.classList.remove("cite--closed");
});

// Touch: the first tap shows the note as a sheet; the second, or a tap on an address in it, goes
// there; a tap anywhere else closes it.
document.addEventListener("click", (event) => {
  if (!window.matchMedia("(hover: none)").matches) return;
  const cite = event.target.closest?.(".cite");
  const number = event.target.closest?.(".cite-ref");
  const goes = number && cite.classList.contains("cite--open");
  for (const open of document.querySelectorAll(".cite--open")) {
    if (open !== cite || goes) open.classList.remove("cite--open");
  }
  if (!number || goes) return;
  event.preventDefault();
  cite.classList.remove("cite--closed");
  cite.classList.add("cite--open");
  const note = cite.querySelector(":scope > .cite-pop");
  if (number.getBoundingClientRect().bottom > note.getBoundingClientRect().top) {
    number.scrollIntoView({ block: "center" });
  }
});

/** Code that scrolls sideways must be reachable by keyboard, and its copy button needs a name. */
function nameCode() {
  document.querySelectorAll(".md-typeset pre > code").forEach((code, index) => {
    const name = `Code example ${index + 1}`;
    code.parentElement.querySelector(".md-code__nav")?.setAttribute("aria-label", `${name}, tools`);
    if (code.scrollWidth > code.clientWidth) {
      code.tabIndex = 0;
      code.setAttribute("role", "region");
      code.setAttribute("aria-label", name);
    } else {
      for (const attribute of ["tabindex", "role", "aria-label"]) code.removeAttribute(attribute);
    }
  });
}
nameCode();
window.addEventListener("resize", nameCode);
// The theme adds the copy buttons after this script has run.
if (document.querySelector(".md-typeset pre > code")) {
  new MutationObserver(nameCode).observe(document.querySelector(".md-content"), {
    childList: true,
    subtree: true,
  });
}

/** The search: its box is a module of its own, fetched when it is first opened. */
function find(text) {
  import("./search/dialog.js").then(({ open }) => open(text)).catch(() => {
    location.href = document.querySelector("[data-find]").href; // the page that lists everything
  });
}
document.querySelector("[data-find]")?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  find();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  find();
});
const question = new URLSearchParams(location.search).get("q");
if (question !== null) find(question);

if (document.querySelector(".fact[data-since], a.rec[data-since]")) import("./asof.js");
if (document.querySelector(".record, .change")) import("./records.js");

/** Folders of tools whose name on the pages, in published addresses, is an older one. */
const FOLDERS = { calculator: "efficiency" };

/** Tools: each is a module of its own, fetched only where a page has a place for it. */
for (const place of document.querySelectorAll("[data-explorer]")) {
  const name = place.dataset.explorer;
  import(`../tools/${FOLDERS[name] ?? name}/index.js`)
    .then(({ mount }) => mount(place.querySelector(".explorer-live")))
    .catch((error) => {
      place.classList.add("explorer--failed"); // the static version shows instead
      console.warn(`${name}: ${error.message}`);
    });
}

/** Texts that are there to be copied get a button. */
for (const text of document.querySelectorAll("pre[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-text";
  button.textContent = "Copy";
  button.setAttribute("aria-describedby", text.getAttribute("aria-labelledby") ?? "");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy by hand";
    }
  });
  text.after(button);
}
