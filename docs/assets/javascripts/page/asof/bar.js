// The bar below the header: which day the numbers are of, and the way back.

/**
 * A bar in the page, hidden until `show` is called.
 * @param {() => void} back what leads back to now
 */
export function buildBar(back) {
  const bar = document.createElement("section");
  bar.className = "asof-bar";
  bar.hidden = true;
  bar.setAttribute("aria-label", "Day of the numbers");
  const inner = document.createElement("div");
  inner.className = "asof-bar-inner md-grid";
  const text = document.createElement("strong");
  const link = document.createElement("a");
  link.textContent = "back to now";
  link.href = location.pathname; // a link from the start: Lighthouse takes one without for a dead end
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    back();
  });
  const way = document.createElement("span");
  way.append(" · ", link);
  inner.append(text, way);
  bar.append(inner);
  const header = document.querySelector(".md-header");
  if (header) header.after(bar);
  else document.body.prepend(bar);

  /** Where the bar sticks, and how much of the top it and the header take. */
  function place() {
    const above = header && getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
    const root = document.documentElement.style;
    root.setProperty("--asof-top", `${above}px`);
    root.setProperty("--asof-bar", `${bar.offsetHeight}px`);
  }
  window.addEventListener("resize", () => bar.hidden || place());

  return {
    show(words) {
      text.textContent = words;
      const query = new URLSearchParams(location.search);
      query.delete("asof");
      link.href = location.pathname + (query.size ? `?${query}` : "") + location.hash;
      bar.hidden = false;
      document.documentElement.classList.add("asof-on");
      place();
    },
    hide() {
      bar.hidden = true;
      document.documentElement.classList.remove("asof-on");
    },
  };
}
