// What leaves a tool: links, tables, drawings. Each says where it comes from and of when it is.

import { h, s } from "./ui.js";

/** Rows as CSV (RFC 4180), behind the byte order mark that spreadsheets know UTF-8 by. */
export function csv(headers, rows) {
  const cell = (value) => {
    const text = String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${[headers, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Rows as a Markdown table. */
export function markdown(headers, rows) {
  const cell = (value) => String(value ?? "").replaceAll("|", "\\|").replaceAll("\n", " ");
  const line = (row) => `| ${row.map(cell).join(" | ")} |`;
  return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n") + "\n";
}

/** Hand a text or an image to the reader as a file. */
export function save(name, blob) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const PROPERTIES = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size",
  "font-weight", "text-anchor", "dominant-baseline", "display", "visibility",
];
const FONT = "Arial, Liberation Sans, Helvetica, sans-serif";
const EDGE = 12;

/** A text in lines that fit into `width` at a size: letters are a little over half as wide as high. */
function wrapped(text, width, size) {
  const most = Math.max(12, Math.floor(width / (size * 0.56)));
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * A drawing as a file of its own: styles written in, the colors of the scheme that is shown, the
 * finding above it, and below it where it comes from.
 * @param {SVGElement} svg a drawing of the page
 * @param {{title?: string, foot?: string}} words
 * @returns {{text: string, width: number, height: number}}
 */
export function standalone(svg, { title = "", foot = "" } = {}) {
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
  const page = getComputedStyle(document.body);
  const above = wrapped(title, box.width, 15);
  const below = wrapped(foot, box.width, 10);
  const top = EDGE + (above.length ? above.length * 20 + 6 : 0);
  const width = Math.ceil(box.width + 2 * EDGE);
  const height = Math.ceil(top + box.height + EDGE + below.length * 14);
  const text = (words, y, size, weight) => s("text", {
    x: EDGE, y, "font-family": FONT, "font-size": size, "font-weight": weight, fill: page.color,
  }, words);
  for (const [name, value] of [["x", EDGE], ["y", top], ["width", box.width], ["height", box.height]]) {
    copy.setAttribute(name, value);
  }
  const whole = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height },
    s("rect", { width, height, fill: page.backgroundColor }),
    above.map((line, index) => text(line, EDGE + 15 + index * 20, 15, 600)), copy,
    below.map((line, index) => text(line, top + box.height + 14 + index * 14, 10, 400)));
  whole.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return { text: new XMLSerializer().serializeToString(whole), width, height };
}

function savePng(drawing, name) {
  const image = new Image();
  image.onload = () => {
    const canvas = h("canvas", { width: drawing.width * 2, height: drawing.height * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0, drawing.width, drawing.height);
    canvas.toBlob((blob) => save(name, blob), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.text)}`;
}

const SITE = () => document.querySelector('meta[property="og:site_name"]')?.content ?? document.title;

/** "Sources: a, b. As of 2026-10-17. DeepSeek V4, explained, CC BY 4.0, https://…" */
function provenance({ asOf, sources = [] }, address) {
  return [
    sources.length && `${sources.length === 1 ? "Source" : "Sources"}: ${sources.join(", ")}.`,
    asOf && `As of ${asOf}.`, `${SITE()}, CC BY 4.0, ${address}`,
  ].filter(Boolean).join(" ");
}

/** Keys of sources and the newest day of some records, for `about` of shareBar. */
export function restsOn(records) {
  const days = records.map((record) => record.as_of).filter(Boolean).sort();
  const keys = records.flatMap((record) => (record.sources ?? []).map(({ key }) => key));
  return { asOf: days.at(-1), sources: [...new Set(keys)] };
}

/**
 * The row of buttons every explorer ends with: copy link, Markdown, CSV, save SVG and PNG.
 * @param {{name: string, rows: () => {headers: string[], rows: any[][]}, svg?: () => SVGElement,
 *   say: (text: string) => void, link?: () => string,
 *   about: () => {title: string, asOf?: string, sources?: string[]}}} options link: the address to
 *   hand on, where that says more than the one in the window; about: the finding in words, and what
 *   it rests on where the rows do not say so themselves
 */
export function shareBar({ name, rows, svg, say, about, link = () => location.href }) {
  const copy = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
      say(`${what} copied`);
    } catch {
      say("The browser did not allow copying");
    }
  };
  const button = (text, onclick) => h("button", { type: "button", onclick }, text);
  function asMarkdown() {
    const { headers, rows: lines } = rows();
    return `${about().title}\n\n${markdown(headers, lines)}\n${provenance(about(), link())}\n`;
  }
  function asCsv() {
    const { headers, rows: lines } = rows();
    const { asOf, sources } = about();
    const more = [["As of", asOf], ["Sources", sources?.join(" ")], ["Address", link()]]
      .filter(([, value]) => value);
    return csv([...headers, ...more.map(([head]) => head)],
      lines.map((row) => [...row, ...more.map(([, value]) => value)]));
  }
  const drawn = () => standalone(svg(), { title: about().title, foot: provenance(about(), link()) });
  const bar = h("div", { class: "explorer-share", role: "group", "aria-label": "Share this view" },
    button("Copy link", () => copy(link(), "Link")),
    button("Copy as Markdown", () => copy(asMarkdown(), "Table")),
    button("Save CSV", () => save(`${name}.csv`, new Blob([asCsv()], { type: "text/csv" }))),
  );
  if (svg) {
    bar.append(
      button("Save SVG", () => save(`${name}.svg`, new Blob([drawn().text], { type: "image/svg+xml" }))),
      button("Save PNG", () => savePng(drawn(), `${name}.png`)),
    );
  }
  return bar;
}
