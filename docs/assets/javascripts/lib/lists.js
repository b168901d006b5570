// Lists of ids in the address.

/**
 * A parser for a list of ids in the address, "a.b.c": unknown ones are dropped; a list in which
 * nothing is known gives undefined (the default); the empty text is the empty list.
 * @param {string[]} known
 */
export const idList = (known) => (text) => {
  if (text === "") return "";
  const found = [...new Set(text.split("."))].filter((id) => known.includes(id));
  return found.length ? found.join(".") : undefined;
};
