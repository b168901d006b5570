// Places for tools, and the modules that fill them.

/** Folders of tools whose name on the pages, in published addresses, is an older one. */
const FOLDERS = { calculator: "efficiency" };

/** Tools that are fetched only when they come into sight: stories, which stand beside the text. */
const WHEN_SEEN = new Set(["story", "strip", "claim"]);

function start(place) {
  const name = place.dataset.explorer;
  import(`../tools/${FOLDERS[name] ?? name}/index.js`)
    .then(({ mount }) => mount(place.querySelector(".explorer-live")))
    .then(() => place.classList.add("explorer--mounted"))
    .catch((error) => {
      const said = document.createElement("p");
      said.className = "explorer-hint";
      said.setAttribute("role", "status");
      said.textContent = "The tool could not be loaded. What follows is the same without it; reload the page to try again.";
      place.querySelector(".explorer-live").replaceChildren(said); // the static version stays
      console.warn(`${name}: ${error.message}`);
    });
}

/** Tools: each is a module of its own, fetched only where a page has a place for it. */
for (const place of document.querySelectorAll("[data-explorer]")) {
  if (!WHEN_SEEN.has(place.dataset.explorer)) {
    start(place);
    continue;
  }
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    start(place);
  }, { rootMargin: "200px" });
  watch.observe(place);
}
