// Numbers and sources in words, as the pages write them.

import { h } from "./ui.js";
import { sourceAddress } from "./data.js";

/** A number in American style with at most `digits` decimals: 1,048,576. */
export function plain(value, digits = 2) {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}

/** "1 model", "2 models". */
export function counted(number, one, many = `${one}s`) {
  return `${plain(number)} ${number === 1 ? one : many}`;
}

/** Sources of a record as links to the bibliography, with the place in each. */
export function sourceLinks(sources) {
  return sources.flatMap((source, index) => [
    index ? "; " : "",
    h("a", { href: sourceAddress(source.key) }, source.key),
    source.at ? `, ${source.at}` : "",
  ]);
}

/** Sources of a record as text. */
export function sourceText(sources) {
  return sources.map(({ key, at }) => (at ? `${key}, ${at}` : key)).join("; ");
}
