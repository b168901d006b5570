// Number fields that say what is wrong, and numbers as the site prints them (American style).

import { announcer, h, labeled, numberField } from "./ui.js";

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A whole number with separators: 1,048,576. */
export const whole = (value) => WHOLE.format(value);

/** A number with so many significant digits, as the pages print it: 27.0, 4.92, 1,148. */
export function digits(value, count = 3) {
  if (Math.abs(value) >= 10 ** count) return whole(value);
  return new Intl.NumberFormat("en-US", { minimumSignificantDigits: value === 0 ? 1 : count, maximumSignificantDigits: count }).format(value);
}

/** Bytes in the largest fitting binary unit: 4.92 GiB. */
export function binaryBytes(value) {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let unit = 0;
  let scaled = value;
  while (scaled >= 1024 && unit < units.length - 1) { scaled /= 1024; unit += 1; }
  return `${unit ? digits(scaled) : whole(scaled)} ${units[unit]}`;
}

/** FLOPs in the largest fitting decimal unit: 310 GFLOPs. */
export function flops(value) {
  const units = ["FLOPs", "kFLOPs", "MFLOPs", "GFLOPs", "TFLOPs", "PFLOPs"];
  let unit = 0;
  let scaled = value;
  while (scaled >= 1000 && unit < units.length - 1) { scaled /= 1000; unit += 1; }
  return `${digits(scaled)} ${units[unit]}`;
}

/**
 * A labeled number field with a message beside it. `onvalue` gets only good values; for anything
 * else the message says what is wanted and the last good value stays in force.
 * @param {string} text label
 * @param {{value: number, min: number, max: number, step?: number, unit?: string,
 *   hint?: string|Node}} options `step` "any" allows decimals
 * @returns {{field: HTMLElement, input: HTMLInputElement, set: (value: number) => void,
 *   limit: (min: number, max: number) => void}}
 */
export function checkedNumber(text, { value, min, max, step = 1, unit = "", hint }, onvalue) {
  const limits = { min, max };
  const kept = () => (step === "any" ? `a number from ${limits.min} to ${limits.max}`
    : `a whole number from ${whole(limits.min)} to ${whole(limits.max)}`);
  const input = numberField(value, { min, max, step }, (number) => {
    const good = Number.isFinite(number) && number >= limits.min && number <= limits.max
      && (step === "any" || Number.isInteger(number));
    say(good ? "" : `Please enter ${kept()}${unit && ` ${unit}`}. The result still shows ${shown}.`);
    if (good) { current = number; shown = printed(number); onvalue(number); }
  });
  const printed = (number) => (step === "any" ? String(number) : whole(number));
  let current = value;
  let shown = printed(value);
  const message = h("small", { class: "explorer-error", "aria-live": "polite" });
  const field = labeled(text, input, hint);
  message.id = `${input.id}-error`;
  input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), message.id].filter(Boolean).join(" "));
  field.append(message);
  function say(words) {
    message.textContent = words;
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
  return {
    field,
    input,
    /** Show another value; does nothing while it is the value in force and the field is in order. */
    set(number) {
      if (number === current && !message.textContent) return;
      current = number;
      shown = printed(number);
      input.value = String(number);
      say("");
    },
    limit(low, high) {
      Object.assign(limits, { min: low, max: high });
      input.min = low;
      input.max = high;
    },
  };
}

/** Steps of a logarithmic slider a doubling. */
const STEPS = 4;

/**
 * A slider over powers of two, four stops a doubling.
 * @param {string} name what it sets, for screen readers
 * @returns {{input: HTMLInputElement, set: (value: number) => void}}
 */
export function logSlider(name, { value, max, unit }, onvalue) {
  const input = h("input", {
    type: "range", "aria-label": `${name}, slider`, min: 0, max: Math.round(Math.log2(max) * STEPS), step: 1,
    oninput: () => {
      const number = Math.min(max, Math.max(1, Math.round(2 ** (Number(input.value) / STEPS))));
      spoken(number);
      onvalue(number);
    },
  });
  const spoken = (number) => input.setAttribute("aria-valuetext", `${whole(number)} ${unit}`);
  const set = (number) => {
    // While it is dragged the slider already stands right; a typed number moves it to the nearest stop.
    input.value = String(Math.round(Math.log2(number) * STEPS));
    spoken(number);
  };
  set(value);
  return { input, set };
}

/** An announcer for results that are on the screen anyway: heard, not seen. */
export function spokenResult() {
  const { region, say } = announcer();
  region.classList.add("explorer-spoken");
  return { region, say };
}
