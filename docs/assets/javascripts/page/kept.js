// What the worker has to tell about this page: that it is a copy, or that kept pages have aged.
//
// It imports nothing but what every page has: without a network nothing else may be here.

import { declined, ROOT } from "../lib/kept.js";

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function note(...parts) {
  const said = element("p", { className: "kept-note" }, ...parts);
  said.setAttribute("role", "status");
  return said;
}

function copied(date) {
  const moment = Date.parse(date);
  const when = Number.isNaN(moment) ? ""
    : ` of ${new Date(moment).toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" })}`;
  document.querySelector(".md-content__inner")?.prepend(
    note(`No answer came from the network. This is the copy${when} that your browser keeps.`),
  );
}

function aged(count, build) {
  const one = count === 1;
  const said = note(
    `The site has changed. ${one ? "One page" : `${count} pages`} kept on this device for reading offline ${one ? "is" : "are"} older. `,
    element("a", { href: new URL("reference/offline/", ROOT).href }, "Bring up to date"), " ",
    element("button", { type: "button", onclick: () => { declined.set(build); said.remove(); } }, "Leave as it is"),
  );
  document.querySelector(".md-footer .foot")?.prepend(said);
}

/** @param {{build: string, older: number, copy: string|null}} state as the worker answers */
export function tell({ build, older, copy }) {
  for (const said of document.querySelectorAll(".kept-note")) said.remove();
  if (copy !== null) copied(copy);
  if (older && declined.get() !== build && !document.querySelector("[data-explorer=offline]")) aged(older, build);
}
