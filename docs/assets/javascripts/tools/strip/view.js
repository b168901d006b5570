// The buttons of a strip, and what shows which picture is meant.

import { h } from "../../lib/ui.js";

/** What a picture says, for a screen reader: its heading, its words and its count. */
export const sentence = (picture) =>
  [".story-title", ".story-words", ".story-count"].map((part) => picture.querySelector(part).textContent).join(" ");

/**
 * Back, a button for each picture, and Next.
 * @param {HTMLElement[]} pictures
 * @param {{to: (index: number) => void, by: (steps: number) => void}} go
 * @returns {{steps: HTMLElement, mark: (index: number) => void}} `mark` shows which one is meant
 */
export function buttons(pictures, go) {
  const button = (text, steps) => h("button", { type: "button", onclick: () => go.by(steps) }, text);
  const [back, next] = [button("Back", -1), button("Next", 1)];
  const dots = pictures.map((picture, index) => h("button", {
    type: "button", class: "story-dot", onclick: () => go.to(index),
    "aria-label": `Picture ${index + 1}: ${picture.querySelector(".story-title span").textContent}`,
  }, String(index + 1)));
  const steps = h("div", { class: "story-steps", role: "group", "aria-label": "Pictures" }, back, dots, next);
  const current = (elements, index) => elements.forEach((element, i) => {
    if (i === index) element.setAttribute("aria-current", "step");
    else element.removeAttribute("aria-current");
  });
  return {
    steps,
    mark(index) {
      current(pictures, index);
      current(dots, index);
      for (const [element, dead] of [[back, index === 0], [next, index === pictures.length - 1]]) {
        element.setAttribute("aria-disabled", String(dead));
      }
    },
  };
}
