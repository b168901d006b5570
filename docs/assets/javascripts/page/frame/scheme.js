// The switch between the system's colors, light and dark.
//
// The choice is kept under the name that the theme gave it, which is read before the first paint
// (partials/javascripts/palette.html).

import { asButton } from "./button.js";

const form = document.querySelector("[data-md-component=palette]");
const choices = [...(form?.querySelectorAll("input") ?? [])];
const light = matchMedia("(prefers-color-scheme: light)");
const KEY = "__palette";

function kept() {
  try {
    return globalThis.__md_get(KEY)?.index;
  } catch {
    return undefined; // storage may be forbidden
  }
}

/** The colors of a choice; those of the system for the first one. */
function colors(choice) {
  if (choice.dataset.mdColorMedia !== "(prefers-color-scheme)") return choice.dataset;
  const media = `(prefers-color-scheme: ${light.matches ? "light" : "dark"})`;
  return choices.find((other) => other.dataset.mdColorMedia === media)?.dataset ?? choice.dataset;
}

function show(index) {
  const choice = choices[index];
  choice.checked = true;
  choices.forEach((other, i) => { other.nextElementSibling.hidden = i !== index; });
  document.body.dataset.mdColorScheme = colors(choice).mdColorScheme;
}

function keep(index) {
  const { mdColorMedia: media, mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent } =
    choices[index].dataset;
  globalThis.__md_set(KEY, { index, color: { media, scheme, primary, accent } });
}

choices.forEach((choice, index) => {
  // What one presses is the picture behind the choice: it leads to the next.
  const label = choice.nextElementSibling;
  const next = (index + 1) % choices.length;
  choice.tabIndex = -1;
  choice.setAttribute("aria-hidden", "true");
  asButton(label, label.title).addEventListener("click", () => {
    show(next);
    keep(next);
    choices[next].nextElementSibling.focus();
  });
});

if (choices.length) {
  const index = kept();
  show(choices[index] ? index : 0);
  light.addEventListener("change", () => show(choices.findIndex((choice) => choice.checked)));
}
