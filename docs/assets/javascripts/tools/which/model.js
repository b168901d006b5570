// Which rows of the table of offers answer to what a reader needs. DOM-free.

/** What can be asked for, and how a row answers: {weights, images, context, scored, cost}. */
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
  const wanted = needs ? needs.split(".") : [];
  const left = rows.filter((row) => wanted.every((name) => NEEDS[name][1](row)));
  if (order !== "cost") return left;
  return [...left].sort((a, b) => (a.cost ?? Infinity) - (b.cost ?? Infinity));
}
