// Which picture of a strip is meant: by button, by key, or by where the reader has scrolled to.

/** Where a key leads from `index` of `count`; undefined for a key that means nothing here. */
export function byKey(key, index, count) {
  return {
    ArrowRight: Math.min(index + 1, count - 1), ArrowLeft: Math.max(index - 1, 0), Home: 0, End: count - 1,
  }[key];
}

/**
 * The picture in sight: the one that was chosen as long as it is whole, else the first that is.
 * @param {{start: number, end: number}[]} pictures left and right edges, in pixels of the window
 * @param {{start: number, end: number}} frame edges of the strip
 * @param {number} chosen
 */
export function inSight(pictures, frame, chosen) {
  const whole = ({ start, end }) => start >= frame.start - 2 && end <= frame.end + 2;
  if (pictures[chosen] && whole(pictures[chosen])) return chosen;
  const first = pictures.findIndex(whole);
  if (first >= 0) return first;
  const far = pictures.map(({ start }) => Math.abs(start - frame.start));
  return far.indexOf(Math.min(...far));
}
