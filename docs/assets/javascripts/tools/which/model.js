// Which rows of the table of offers answer to what a reader needs. DOM-free.

/**
 * What can be asked for, and how a row answers: {weights, images, context, scored, cost}; images is
 * null where the input is not on record.
 */
export const NEEDS = {
  weights: ["Public weights", (row) => row.weights === "open"],
  images: ["Reads images", (row) => row.images],
  context: ["Context length on record", (row) => row.context],
  scored: ["Has a score here", (row) => row.scored],
};

/** Needs as they stand in an address, "weights.images". @returns {string|undefined} */
export function parseNeeds(text) {
  const names = text === "" ? [] : text.split(".");
  const known = Object.keys(NEEDS);
  return names.every((name) => known.includes(name))
    ? known.filter((name) => names.includes(name)).join(".") : undefined;
}

/**
 * Rows that have all that is needed, in the order asked for.
 * @param {{cost: number|null}[]} rows in the order of the page
 * @param {{needs: string, order: "page"|"cost"}} choice order "cost": cheapest first, those without
 *   an amount last
 */
export function chosen(rows, { needs, order }) {
  const left = rows.filter((row) => wantedOf(needs).every((name) => NEEDS[name][1](row)));
  return sorted(left, order);
}

/** Rows of which it is not on record whether they read images, where that is asked for, and that have the rest. */
export function unsure(rows, { needs, order }) {
  const others = wantedOf(needs).filter((name) => name !== "images");
  if (others.length === wantedOf(needs).length) return [];
  return sorted(rows.filter((row) => row.images === null && others.every((name) => NEEDS[name][1](row))), order);
}

const wantedOf = (needs) => (needs ? needs.split(".") : []);
const sorted = (rows, order) => (order === "cost"
  ? [...rows].sort((a, b) => (a.cost ?? Infinity) - (b.cost ?? Infinity)) : rows);
