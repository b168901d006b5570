// A story in a strip: buttons and keys that bring its pictures into sight. The pictures are the
// page's own and stay where they are.

import { byKey, inSight } from "./model.js";
import { oneOf, readState, writeState } from "../../lib/state.js";
import { h, stylesheet } from "../../lib/ui.js";

const SETTLED = 120;

/** Build the buttons in `place`. @param {HTMLElement} place */
export async function mount(place) {
  stylesheet("story");
  const strip = place.parentElement.querySelector(".story-strip");
  const pictures = [...strip.children];
  const steps = pictures.map((item) => item.dataset.step);
  const title = (item) => item.querySelector(".story-title span").textContent;
  const shape = { step: { default: steps[0], parse: oneOf(steps) } };
  const asked = steps.indexOf(readState("strip", shape).step);
  let at = asked;

  const button = (text, by) => h("button", { type: "button", onclick: () => go(at + by) }, text);
  const back = button("Back", -1);
  const next = button("Next", 1);
  const dots = pictures.map((item, index) => h("button", {
    type: "button", class: "story-dot", "aria-label": `Picture ${index + 1}: ${title(item)}`, onclick: () => go(index),
  }, String(index + 1)));
  const spoken = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  place.replaceChildren(h("div", { class: "story-steps", role: "group", "aria-label": "Pictures" }, back, dots, next), spoken);

  function mark(index) {
    at = index;
    pictures.forEach((item, i) => { if (i === at) item.setAttribute("aria-current", "step"); else item.removeAttribute("aria-current"); });
    dots.forEach((dot, i) => { if (i === at) dot.setAttribute("aria-current", "step"); else dot.removeAttribute("aria-current"); });
    for (const [item, dead] of [[back, at === 0], [next, at === pictures.length - 1]]) item.setAttribute("aria-disabled", String(dead));
    writeState("strip", shape, { step: steps[at] });
  }

  /** Show a picture that was asked for: its sentence is spoken, its place in the row scrolled to. */
  function go(index) {
    if (!pictures[index]) return;
    mark(index);
    spoken.textContent = [".story-title", ".story-words", ".story-count"].map((part) => pictures[index].querySelector(part).textContent).join(" ");
    scroll(matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");
  }

  // Only the row scrolls, never the page.
  function scroll(behavior) {
    strip.scrollTo({ left: pictures[at].offsetLeft - pictures[0].offsetLeft, behavior });
  }

  let timer;
  strip.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const edges = (element) => { const { left, right } = element.getBoundingClientRect(); return { start: left, end: right }; };
      const seen = inSight(pictures.map(edges), edges(strip), at);
      if (seen !== at) mark(seen);
    }, SETTLED);
  }, { passive: true });
  place.parentElement.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("a")) return;
    const to = byKey(event.key, at, pictures.length);
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });
  mark(asked);
  if (asked) scroll("instant");
}
