// Small helps that the pages can do without: notes of citations and terms, scrolling code that takes
// the keyboard, the search, explorers, buttons that copy.

import "./notes.js";

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
