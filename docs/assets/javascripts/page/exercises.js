// Exercises: a field beside each question, and whether the answer is right. The answers come from
// the tested models; what is typed is read as everywhere on the site.

import { readNumber } from "../lib/numbers.js";
import { h, labeled } from "../lib/ui.js";

/** Whether a number answers; `tolerance` is relative. */
export function right(value, answer, tolerance) {
  return Math.abs(value - answer) <= Math.abs(answer) * tolerance + 1e-9;
}

function about(value, answer) {
  if (answer && value / answer > 1.5) return "Too much.";
  if (answer && value / answer < 0.67) return "Too little.";
  return "Close, and not it.";
}

for (const place of document.querySelectorAll(".exercise")) {
  const { answer, unit, tolerance } = place.dataset;
  const said = h("p", { class: "exercise-said", role: "status" });
  const input = h("input", { type: "text", inputmode: "decimal", autocomplete: "off" });
  const hint = () => {
    let next = place.nextElementSibling;
    while (next && next.tagName !== "DETAILS") next = next.nextElementSibling;
    return next;
  };
  const form = h("form", {
    class: "explorer exercise-form",
    onsubmit: (event) => {
      event.preventDefault();
      const read = readNumber(input.value, { parts: 6 });
      if (read.error) { said.textContent = read.error; return; }
      const value = Number(read.value) / 1e6;
      const good = right(value, Number(answer), Number(tolerance));
      said.textContent = good ? "Right. The solution tells one way to it."
        : `${about(value, Number(answer))} You wrote ${read.said}${unit ? ` ${unit}` : ""}; the hint may help.`;
      const details = hint();
      if (!good && details) details.open = true;
    },
  }, labeled(`Your answer${unit ? `, ${unit}` : ""}`, input), h("button", { type: "submit" }, "Check"), said);
  place.append(form);
}
