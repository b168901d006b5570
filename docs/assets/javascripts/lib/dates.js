// Days as the pages write them. DOM-free.

export const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
];

/**
 * `2026-04-24` as "April 24, 2026"; months and years as precise as they are.
 * @param {string} text YYYY, YYYY-MM or YYYY-MM-DD
 */
export function day(text) {
  const [year, month, number] = String(text).split("-");
  if (!month) return year;
  const name = MONTHS[Number(month) - 1];
  return number ? `${name} ${Number(number)}, ${year}` : `${name} ${year}`;
}
