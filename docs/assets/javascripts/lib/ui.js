// Small pieces of interface: elements, labeled native controls, polite announcements, sharing.

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

/** Rows as CSV (RFC 4180). */
export function csv(headers, rows) {
  const cell = (value) => {
    const text = String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [headers, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** Rows as a Markdown table. */
export function markdown(headers, rows) {
  const cell = (value) => String(value ?? "").replaceAll("|", "\\|").replaceAll("\n", " ");
  const line = (row) => `| ${row.map(cell).join(" | ")} |`;
  return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n") + "\n";
}

function save(name, blob) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const PROPERTIES = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size",
  "font-weight", "text-anchor", "dominant-baseline", "display", "visibility",
];

/** A drawing as a file of its own: styles written in, the colors of the scheme that is shown. */
export function standalone(svg) {
  const copy = svg.cloneNode(true);
  const originals = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, index) => {
    const style = getComputedStyle(originals[index]);
    for (const property of PROPERTIES) {
      const value = style.getPropertyValue(property);
      if (value) element.setAttribute(property, value);
    }
    element.removeAttribute("style");
    element.removeAttribute("class");
  });
  const box = svg.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  const paper = getComputedStyle(document.body).backgroundColor;
  copy.prepend(s("rect", { x: box.x, y: box.y, width: box.width, height: box.height, fill: paper }));
  return new XMLSerializer().serializeToString(copy);
}

function png(svg, name) {
  const text = standalone(svg);
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image();
  image.onload = () => {
    const canvas = h("canvas", { width: width * 2, height: height * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0, width, height);
    canvas.toBlob((blob) => save(name, blob), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

/**
 * The row of buttons every explorer ends with: copy link, Markdown, CSV, save SVG and PNG.
 * @param {{name: string, rows: () => {headers: string[], rows: any[][]}, svg?: () => SVGElement,
 *   say: (text: string) => void, link?: () => string}} options link: the address to hand on, where
 *   that says more than the one in the window
 */
export function shareBar({ name, rows, svg, say, link = () => location.href }) {
  const copy = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} copied`);
    } catch {
      say("The browser did not allow copying");
    }
  };
  const button = (text, onclick) => h("button", { type: "button", onclick }, text);
  const values = () => { const { headers, rows: lines } = rows(); return [headers, lines]; };
  const bar = h("div", { class: "explorer-share", role: "group", "aria-label": "Share this view" },
    button("Copy link", () => copy(link(), "Link")),
    button("Copy as Markdown", () => copy(`${markdown(...values())}\nSource: ${link()}\n`, "Table")),
    button("Save CSV", () => save(`${name}.csv`, new Blob([csv(...values())], { type: "text/csv" }))),
  );
  if (svg) {
    bar.append(
      button("Save SVG", () => save(`${name}.svg`, new Blob([standalone(svg())], { type: "image/svg+xml" }))),
      button("Save PNG", () => png(svg(), `${name}.png`)),
    );
  }
  return bar;
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
