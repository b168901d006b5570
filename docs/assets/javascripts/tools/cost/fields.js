// Fields of the calculator: label, hint, what was understood, and what is wrong.

import { h, labeled } from "../../lib/ui.js";
import { inWords } from "../../lib/numbers.js";

/**
 * A text field. `check` gives the message for a text that cannot be read, or ""; then the value that
 * was there before somebody began to type is in force again, not the first digits of what is wrong.
 * `mode` is the keyboard of a phone: numbers may have letters (12.5M).
 * @param {{value: string, hint?: string|Node, check: (text: string) => string,
 *   echo?: (text: string) => string, onvalue: (text: string, bad: string) => void}} options echo:
 *   what was understood, where that is not what was typed
 */
export function field(label, { value, hint, check, echo, onvalue, type = "text", mode = "text", list }) {
  const error = h("p", { class: "cost-error" });
  const heard = h("p", { class: "cost-echo" });
  let good = value;
  const tell = (text, message) => {
    const kept = String(good).trim() ? `: ${String(good).replace("T", " ")}` : "";
    error.textContent = message ? `${message} The result keeps the last value${kept}.` : "";
    heard.textContent = message ? "" : echo?.(text) ?? "";
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  const input = h("input", {
    type, value, list, inputmode: type === "text" ? mode : null, autocomplete: "off",
    oninput: () => {
      const message = check(input.value);
      tell(input.value, message);
      if (message && !check(good)) onvalue(good, "");
      else onvalue(input.value, message);
    },
    onchange: () => { if (!check(input.value)) good = input.value; },
  });
  const wrap = labeled(label, input, hint);
  error.id = `${input.id}-error`;
  heard.id = `${input.id}-echo`;
  input.setAttribute("aria-describedby", `${hint ? `${input.id}-hint ` : ""}${heard.id} ${error.id}`);
  wrap.append(heard, error);
  return {
    wrap,
    input,
    /** Show another value, in order. */
    set(text) {
      good = text;
      input.value = text;
      tell(text, "");
    },
  };
}

/** What was understood of a number, where it was not typed in plain digits. */
export function echoOf(read) {
  if (read.error || read.value === null || read.plain) return "";
  const words = inWords(read.value);
  return `Understood: ${read.said}${words ? ` (${words})` : ""}`;
}

/** A box to tick, with its label behind it. */
export function checkbox(text, checked, onchange) {
  const box = h("input", { type: "checkbox", checked, onchange: () => onchange(box.checked) });
  const wrap = labeled(text, box);
  wrap.className = "cost-check";
  wrap.prepend(box);
  return { wrap, box };
}
