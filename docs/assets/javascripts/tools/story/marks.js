// A mark of a picture, and the frame in which all of them stand. Mirror of
// scripts/figures/architecture/story/marks.py; no DOM here.

export const WIDE = 704;
export const NARROW = 328;
/** Words in a column of a narrow picture: every size of block ends with it. */
const ROWS = 16;

const NUMBER = new Intl.NumberFormat("en-US");
export const whole = (value) => NUMBER.format(value);
/** One decimal at most, halves up. */
export const num = (value) => String(Math.floor(value * 10 + 0.5) / 10);

export const rect = (key, x, y, w, h, fill = "", stroke = "", more = {}) =>
  ({ key, tag: "rect", x: num(x), y: num(y), w: num(Math.max(0.5, w)), h: num(Math.max(0.5, h)), fill, stroke, ...more });
export const text = (key, x, y, words, size, more = {}) =>
  ({ key, tag: "text", x: num(x), y: num(y), words, size: num(size), ...more });
export const path = (key, d, fill = "", stroke = "", more = {}) => ({ key, tag: "path", d, fill, stroke, ...more });

/** Of a picture: as high as its lowest box or word, so that no picture ends in a hole. */
export function height(marks) {
  const lows = marks.filter(({ tag }) => tag !== "path").map((mark) => Number(mark.y) + Number(mark.h ?? 0));
  return Math.ceil(Math.max(0, ...lows) + 6);
}

function placesOf(narrow, bows) {
  if (narrow && bows) return { peak: 50, base: 58, word: 60, end: 128, column: 196 };
  if (narrow) return { word: 1, end: 68, block: 86, under: 110, key: 120, points: 128, turn: 144, gather: 153, column: 166 };
  if (bows) return { peak: 88, base: bows, word: bows + 4, end: bows + 72 };
  return { word: 4, end: 72, block: 96, under: 118, key: 132, points: 154, turn: 162, gather: 170 };
}

/**
 * Words run to the right on a wide picture and down on a narrow one, there in two columns.
 * @param {boolean} narrow
 * @param {number} all words of the sentence
 * @param {number} bows room for lines above the words; a narrow picture has them beside, in what
 *   otherwise is room for blocks
 */
export function frameOf(narrow, all, bows = 0) {
  const size = narrow ? 12 : 13;
  const cell = narrow ? 24 : WIDE / all;
  const place = placesOf(narrow, bows);
  const column = (along) => (narrow && along >= ROWS * cell ? 1 : 0);
  const spot = (along, across) => (narrow
    ? [across + column(along) * place.column, along - column(along) * ROWS * cell]
    : [along, across]);
  const at = (along, across) => spot(along, across).map(num).join(" ");
  return {
    narrow, width: narrow ? NARROW : WIDE, size, all, cell, place, column, spot, at,
    box(key, start, end, top, bottom, ...more) {
      const [x, y] = spot(start, top);
      return narrow ? rect(key, x, y, bottom - top, end - start, ...more) : rect(key, x, y, end - start, bottom - top, ...more);
    },
    /** A line from a word to an earlier one, the higher the farther; straight to another column. */
    bow(later, earlier) {
      const a = (later + 0.5) * cell;
      const b = (earlier + 0.5) * cell;
      const start = `M${at(a, place.base)}`;
      const top = (-2 * place.peak * (a - b)) / (cell * ((narrow ? ROWS : all) - 1));
      if (!narrow) return `${start}q${num((b - a) / 2)} ${num(top)} ${num(b - a)} 0`;
      if (column(a) === column(b)) return `${start}q${num(top)} ${num((b - a) / 2)} 0 ${num(b - a)}`;
      const wide = place.end + 2 - place.base - place.column;
      const down = num(b - a + ROWS * cell);
      return `${start}c${num(wide / 2)} 0 ${num(wide / 2)} ${down} ${num(wide)} ${down}`;
    },
    /** Words right below what has been drawn. */
    notes(lines, below) {
      const first = narrow ? ROWS * cell + 18 : place[below] + 24;
      return lines.map((line, index) => text(`note${index}`, 0, first + index * size * 1.35, line, size));
    },
  };
}
