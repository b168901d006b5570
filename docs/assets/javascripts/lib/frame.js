// The frame in which every tool stands: inputs, the result beside them, and on a phone one line of
// it that stays in sight. Above them, what a link asked for and could not have.

import { refused } from "./state.js";
import { h } from "./ui.js";

const quoted = (text) => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/** What of a link was not understood, in a sentence; empty if all of it was. */
export function refusedText(prefix, shape, search = location.search) {
  const found = refused(prefix, shape, search).map(({ name, texts }) => {
    const label = shape[name]?.label ?? name;
    return shape[name] ? `${label} ${texts.map(quoted).join(", ")}` : `${quoted(name)}, which is no choice of this tool`;
  });
  if (!found.length) return "";
  return `This link has something that is not known or not possible here: ${found.join("; ")}. ` +
    "In its place stands what the tool begins with, or what was left of the list.";
}

/** What scrolls by itself is reached with the keyboard, too; what does not is no stop on the way. */
function reachable(part) {
  const watch = new ResizeObserver(() => {
    const scrolls = part.scrollHeight > part.clientHeight + 1;
    for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", "Result"]]) {
      if (scrolls) part.setAttribute(name, value);
      else part.removeAttribute(name);
    }
  });
  for (const one of [part, ...part.children]) watch.observe(one);
}

/**
 * Put a tool into its place.
 * @param {HTMLElement} root
 * @param {{prefix: string, shape: object, inputs: Node[], result: Node[], below?: Node[],
 *   wrong?: string}} parts below: what needs the whole width; wrong: what else a link asked for in
 *   vain, in a sentence
 * @returns {{pin: (text: string) => void}} pin: the result in one line, for the foot of a phone; a
 *   tap on it leads to the result
 */
export function frame(root, { prefix, shape, inputs, result, below = [], wrong = "" }) {
  const said = [refusedText(prefix, shape), wrong].filter(Boolean).join(" ");
  const answer = h("div", { class: "tool-result" }, result);
  const pinned = h("button", { type: "button", class: "tool-pinned", onclick: () => answer.scrollIntoView({ block: "start" }) });
  root.replaceChildren(
    h("p", { class: "tool-refused" }, said),
    h("div", { class: "tool-columns" },
      h("div", { class: "tool-inputs" }, inputs), answer),
    ...below, pinned,
  );
  reachable(answer);
  return { pin: (text) => { pinned.textContent = text; } };
}
