// Places for tools, and the modules that fill them.

function start(place) {
  const { explorer: name, tool } = place.dataset;
  import(`../tools/${tool}/index.js`)
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
  if (place.dataset.when !== "seen") {
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
