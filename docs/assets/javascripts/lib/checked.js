// Number fields that say what is wrong, and numbers as the site prints them (American style).

import { readNumber } from "./numbers.js";
import { announcer, h, labeled } from "./ui.js";

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
 * A number field for numbers as people write them (`readNumber`): what was understood is told where
 * it was not typed in plain digits, and an arrow key steps by one.
 * @param {number} value
 * @param {{parts?: number, binary?: boolean}} options parts: decimals allowed; binary: K is 1,024
 * @param {(value: number, error: string) => void} oninput NaN and words for what cannot be read
 * @returns {{input: HTMLInputElement, heard: HTMLElement}}
 */
export function writtenNumber(value, { parts = 0, binary = false } = {}, oninput) {
  const heard = h("small", { class: "explorer-hint" });
  const input = h("input", {
    type: "text", inputmode: "text", autocomplete: "off", value,
    oninput: () => {
      const read = readNumber(input.value, { parts, binary });
      heard.textContent = read.error || read.plain ? "" : `Understood: ${read.said}`;
      oninput(read.error ? NaN : Number(read.value) / 10 ** parts, read.error ?? "");
    },
    onkeydown: (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      const read = readNumber(input.value, { parts, binary });
      if (!step || read.error) return;
      event.preventDefault();
      input.value = String(Math.max(0, Number(read.value) / 10 ** parts + step));
      input.dispatchEvent(new Event("input"));
    },
  });
  return { input, heard };
}

/**
 * A labeled number field with a message beside it. `onvalue` gets only good values; for anything
 * else the message says what is wanted and the last good value stays in force.
 * @param {string} text label
 * @param {{value: number, min: number, max: number, step?: number, unit?: string,
 *   hint?: string|Node}} options `step` "any" allows decimals; with the unit "tokens" K is 1,024, as
 *   with the lengths of contexts
 * @returns {{field: HTMLElement, input: HTMLInputElement, set: (value: number) => void,
 *   limit: (min: number, max: number) => void}}
 */
export function checkedNumber(text, { value, min, max, step = 1, unit = "", hint }, onvalue) {
  const limits = { min, max };
  const options = { parts: step === "any" ? 4 : 0, binary: unit === "tokens" };
  const kept = () => (step === "any" ? `a number from ${limits.min} to ${limits.max}`
    : `a whole number from ${whole(limits.min)} to ${whole(limits.max)}`);
  const { input, heard } = writtenNumber(value, options, (number, error) => {
    const good = Number.isFinite(number) && number >= limits.min && number <= limits.max;
    const asked = /two ways/.test(error) ? error : `Please enter ${kept()}${unit && ` ${unit}`}.`;
    say(good ? "" : `${asked} The result still shows ${shown}.`);
    if (good) { current = number; shown = printed(number); onvalue(number); }
  });
  const printed = (number) => (step === "any" ? String(number) : whole(number));
  let current = value;
  let shown = printed(value);
  const message = h("small", { class: "explorer-error", "aria-live": "polite" });
  const field = labeled(text, input, hint);
  message.id = `${input.id}-error`;
  heard.id = `${input.id}-heard`;
  input.setAttribute("aria-describedby",
    [input.getAttribute("aria-describedby"), heard.id, message.id].filter(Boolean).join(" "));
  field.append(heard, message);
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
      heard.textContent = "";
      say("");
    },
    limit(low, high) {
      Object.assign(limits, { min: low, max: high });
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
