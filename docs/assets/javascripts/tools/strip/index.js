// A story in a strip: buttons and keys that bring its pictures into sight. The pictures are the
// page's own and stay where they are.

import { byKey, inSight } from "./model.js";
import { buttons, sentence } from "./view.js";
import { oneOf, readState, writeState } from "../../lib/state.js";
import { h, stylesheet } from "../../lib/ui.js";

const SETTLED = 120;

/** Build the buttons in `place`. @param {HTMLElement} place */
export async function mount(place) {
  stylesheet("story");
  const strip = place.parentElement.querySelector(".story-strip");
  const pictures = [...strip.children];
  const names = pictures.map((picture) => picture.dataset.step);
  const shape = { step: { default: names[0], parse: oneOf(names) } };
  const asked = names.indexOf(readState("strip", shape).step);
  let at = asked;

  const { steps, mark } = buttons(pictures, { to: go, by: (count) => go(at + count) });
  const spoken = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  place.replaceChildren(steps, spoken);

  function meant(index) {
    at = index;
    mark(at);
    writeState("strip", shape, { step: names[at] });
  }

  /** Show a picture that was asked for: its sentence is spoken, its place in the row scrolled to. */
  function go(index) {
    if (!pictures[index]) return;
    meant(index);
    spoken.textContent = sentence(pictures[index]);
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
      if (seen !== at) meant(seen);
    }, SETTLED);
  }, { passive: true });
  place.parentElement.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("a")) return;
    const to = byKey(event.key, at, pictures.length);
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });
  meant(asked);
  if (asked) scroll("instant");
}
