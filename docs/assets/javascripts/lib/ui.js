// Small pieces of interface: elements, labeled native controls, polite announcements.

let serial = 0;

/** An element: h("p", { class: "x", onclick: f }, "text", child). Attributes null/false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(element, attributes);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else setAttribute(element, name, value === true ? "" : value);
  }
}

/** An attribute, or a style, which is set otherwise: the pages' policy refuses style attributes. */
export function setAttribute(element, name, value) {
  if (name === "style") element.style.cssText = value;
  else element.setAttribute(name, value);
}

/** A control with its visible label and, below it, a hint. Returns the wrapping element. */
export function labeled(text, control, hint) {
  control.id ||= `explorer-control-${++serial}`;
  const parts = [h("label", { for: control.id }, text), control];
  if (hint) {
    const id = `${control.id}-hint`;
    control.setAttribute("aria-describedby", id);
    parts.push(h("small", { id, class: "explorer-hint" }, hint));
  }
  return h("div", { class: "explorer-field" }, parts);
}

/** A <select>. `options` are [value, text] or {group, options}. */
export function select(options, value, onchange) {
  const option = ([key, text]) => h("option", { value: key, selected: key === value }, text);
  const items = options.map((item) =>
    Array.isArray(item)
      ? option(item)
      : h("optgroup", { label: item.group }, item.options.map(option)),
  );
  return h("select", { onchange: (event) => onchange(event.target.value) }, items);
}

/** A place for live results that screen readers announce when they have settled. */
export function announcer() {
  const region = h("p", { class: "explorer-announce", role: "status", "aria-live": "polite" });
  let timer;
  return {
    region,
    say(text) {
      clearTimeout(timer);
      timer = setTimeout(() => { region.textContent = text; }, 400);
    },
  };
}

/** A table: headers, rows of cells (strings or nodes); `numeric` columns align right. */
export function table(caption, headers, rows, numeric = []) {
  const side = (index) => (numeric.includes(index) ? "right" : null);
  const frame = h("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": caption });
  frame.append(
    h("table", {},
      h("thead", {}, h("tr", {}, headers.map((text, i) => h("th", { scope: "col", class: side(i) }, text)))),
      h("tbody", {}, rows.map((row) =>
        h("tr", {}, row.map((cell, i) => h("td", { class: side(i) }, cell ?? "–"))))),
    ),
  );
  return frame;
}

/** Load the rules of an explorer once; `name` as in stylesheets/explorer-<name>.css. */
export function stylesheet(name) {
  const href = new URL(`../../stylesheets/explorer-${name}.css`, import.meta.url).href;
  const loaded = [...document.styleSheets].some((sheet) => sheet.href === href)
    || document.querySelector(`link[href="${href}"]`);
  if (!loaded) document.head.append(h("link", { rel: "stylesheet", href }));
}

/** Call `redraw` with the new width (CSS px) whenever `element` has become wider or narrower. */
export function onWidth(element, redraw) {
  let width = element.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(element.clientWidth - width) < 2) return;
    width = element.clientWidth;
    redraw(width);
  }).observe(element);
}
