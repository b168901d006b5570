// What the page of reading offline shows: sentences, buttons, and how far a loading is.

import { h } from "../../lib/ui.js";
import { counted } from "../../lib/words.js";
import { megabytes } from "./model.js";

export const button = (text, onclick) => h("button", { type: "button", onclick }, text);

/** A part of the tool: a heading, a sentence, and what can be pressed. */
export const part = (title, words, ...controls) =>
  h("div", { class: "explorer-field" }, h("strong", {}, title), h("span", {}, words), ...controls);

export const keeping = ({ all, older }, used) =>
  `${counted(all, "page")} ${all === 1 ? "is" : "are"} kept on this device${used ? `; all that is kept takes about ${megabytes(used)}` : ""}.`
  + (older ? ` ${older === all ? "All" : counted(older, "page")} of ${older === 1 ? "it is" : "them"} of an older state of the site.` : "");

export const offer = ({ pages, small, size }) =>
  `${counted(pages, "page")}: ${megabytes(small)} to load, ${megabytes(size)} on this device.`;

/** Why a loading ended before its end. */
export function broken(error, done, total) {
  const far = `${counted(done, "file")} of ${total} ${done === 1 ? "is" : "are"} kept.`;
  if (error.name === "AbortError") return `Stopped. ${far} Press again to go on.`;
  if (error.name === "QuotaExceededError") {
    return `Your browser gives this site no more room. ${far} What is kept can be read; turn keeping off below to free the room.`;
  }
  return `The network broke off. ${far} Press again to go on.`;
}

/** Why nothing can be kept. */
export const FORBIDDEN = "This browser keeps nothing for this site: in a private window, or where the "
  + "settings forbid it, that is so. With a network everything can be read as ever.";
