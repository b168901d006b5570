// What is to be loaded, and what that weighs. Knows no page and no cache.

/** Bytes in words, as browsers tell them: 0.9 MB, 12 MB. */
export function megabytes(bytes) {
  const value = bytes / 1e6;
  if (bytes > 0 && value < 0.1) return "less than 0.1 MB";
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} MB`;
}

/** A list as the build writes it, by address from the top of the site. */
export function listed(...lists) {
  return new Map(lists.flatMap(({ files }) => files.map(([path, hash, small]) => [path, { path, hash, small }])));
}

/**
 * Which listed files must be loaded for what is wanted: those that are not here as listed.
 * @param {Map<string, {path: string, hash: string, small: number}>} list
 * @param {Map<string, string>} here hashes of what is kept, by address
 * @param {Iterable<string>} wanted addresses; what is not listed any more is left out
 */
export function due(list, here, wanted) {
  const files = [...new Set(wanted)].map((path) => list.get(path)).filter(Boolean)
    .filter(({ path, hash }) => here.get(path) !== hash);
  return { files, small: files.reduce((sum, { small }) => sum + small, 0) };
}

/** How many of some addresses are pages. */
export const pages = (paths) => [...paths].filter((path) => /(^|\/|\.html)$/.test(path)).length;
