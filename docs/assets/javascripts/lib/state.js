// The state of an explorer lives in the address, so that a view can be shared and cited.

/**
 * Read an explorer's state from the address. Only known names are read; a value that `parse`
 * refuses (returns undefined) gives the default.
 * @param {string} prefix short name of the explorer; its parameters are `<prefix>.<name>`
 * @param {Object<string, {default: any, parse: (text: string) => any}>} shape
 */
export function readState(prefix, shape, search = location.search) {
  const query = new URLSearchParams(search);
  const state = {};
  for (const [name, { default: fallback, parse }] of Object.entries(shape)) {
    const text = query.get(`${prefix}.${name}`);
    const value = text === null ? undefined : parse(text);
    state[name] = value === undefined ? fallback : value;
  }
  return state;
}

/**
 * What an address asks of an explorer and does not get: names it does not have, values that `parse`
 * refuses, and of lists (`separator`) the parts that are not known.
 * @param {Object<string, {parse: (text: string) => any, separator?: string}>} shape
 * @returns {{name: string, texts: string[]}[]}
 */
export function refused(prefix, shape, search = location.search) {
  const out = [];
  for (const [key, text] of new URLSearchParams(search)) {
    if (!key.startsWith(`${prefix}.`)) continue;
    const name = key.slice(prefix.length + 1);
    const { parse, separator } = shape[name] ?? {};
    const value = parse?.(text);
    if (value === undefined) out.push({ name, texts: [text] });
    else if (separator && text) {
      const kept = String(value).split(separator);
      const gone = text.split(separator).filter((part) => !kept.includes(part));
      if (gone.length) out.push({ name, texts: gone });
    }
  }
  return out;
}

/** The query string for a state: only what differs from the defaults, in the order of `shape`. */
export function queryOf(prefix, shape, state, search = location.search) {
  const query = new URLSearchParams(search);
  for (const [name, { default: fallback }] of Object.entries(shape)) {
    const value = String(state[name]);
    if (value === String(fallback)) query.delete(`${prefix}.${name}`);
    else query.set(`${prefix}.${name}`, value);
  }
  return query.toString();
}

/**
 * Write the state into the address without a new entry in the history.
 * @param {Element} [root] the place of the tool, which is marked if the state is the reader's own:
 *   then it is printed in place of the static version
 */
export function writeState(prefix, shape, state, root) {
  root?.closest(".explorer")?.classList.toggle("explorer--own", queryOf(prefix, shape, state, "") !== "");
  const query = queryOf(prefix, shape, state);
  const address = location.pathname + (query ? `?${query}` : "") + location.hash;
  history.replaceState(history.state, "", address);
}

/** Parsers for `shape`; each returns undefined for what it does not accept. */
export const oneOf = (values) => (text) => (values.includes(text) ? text : undefined);
export const integer = (low, high) => (text) => {
  const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
  return value >= low && value <= high ? value : undefined;
};
export const decimal = (low, high) => (text) => {
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) && value >= low && value <= high ? value : undefined;
};
export const boolean = (text) => ({ true: true, false: false })[text];
