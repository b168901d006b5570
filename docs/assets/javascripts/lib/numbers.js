// Numbers as people write them: 1M, 128K, 1e6, 1.5M, 1,000,000, 1 000 000, 12.50. DOM-free.
//
// The rules, which the pages state: a point is the decimal mark; commas, spaces, apostrophes and
// low lines part groups of three digits; K, M and B (or G) multiply. What could mean two things
// ("12,50", "1.000.000", "1.000" where no parts are allowed) is asked back, never guessed.

const MULTIPLES = [
  [/^(?:k|thousand|tsd)$/, 3, 10], [/^(?:m|mn|mio|million|millions)$/, 6, 20],
  [/^(?:b|bn|g|billion|billions)$/, 9, 30], [/^(?:t|tn|trillion|trillions)$/, 12, 40],
];
const UNITS = /\s*(?:tokens?|tok|calls?|requests?|pages?|characters?|chars?|gb|gib)$/;
const GROUPS = /^\d{1,3}(?:([, '_])\d{3})(?:\1\d{3})*(?:\.\d+)?$/;
const SPACES = /[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;

/** One form for full-width digits, odd spaces, minus signs and apostrophes. */
function plain(text) {
  return String(text).normalize("NFKC").replace(SPACES, " ").replace(/[’‘ʼ`´]/g, "'")
    .replace(/[−–—]/g, "-").replace(/[，、]/g, ",").replace(/[٬]/g, ",").replace(/[．٫]/g, ".")
    .trim().toLowerCase();
}

/** What somebody typed in a way that can mean two numbers: each of them, written clearly. */
const ways = (...forms) => ({ ways: forms });

/**
 * Asks back, with forms that the field then takes: where it has no parts, "12.5M" in place of 12.50.
 * @param {string} suffix what multiplies the number as it was typed, such as "M"
 */
function askBack(typed, forms, suffix, options) {
  const takes = (form) => !readNumber(form, options).error;
  const whole = (form) => `${form.replace(/0+$/, "").replace(/\.$/, "")}M`;
  const offered = forms.map((form) => form + suffix)
    .map((form) => (!takes(form) && !suffix && form.includes(".") ? whole(form) : form)).filter(takes);
  return {
    error: `“${typed}” can be read in two ways. ` +
      (offered.length ? `Write ${offered.join(" or ")}.` : "Write a whole number, with a point only before K, M or B."),
  };
}

/** The digits of a number without multiple: "1 000 000" as "1000000", or what else it may mean. */
function digitsOf(bare, typed, parts) {
  if (/^\d+$/.test(bare)) return { text: bare };
  if (GROUPS.test(bare) && !/^0[, '_]/.test(bare)) return { text: bare.replace(/[, '_]/g, "") };
  if (/^\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$/.test(bare) || /^\d{1,3}(?:\.\d{3})+,\d+$/.test(bare)) {
    const whole = bare.split(",")[0].replaceAll(".", "");
    return ways(grouped(whole), whole);
  }
  if (/^\d{1,3}\.\d{3}$/.test(bare) && !parts && !/^0/.test(bare)) {
    return ways(grouped(bare.replace(".", "")), bare.split(".")[0]);
  }
  if (/^\d+,\d+$/.test(bare)) return ways(bare.replace(",", "."), bare.replace(",", "").replace(/^0+(?=\d)/, ""));
  if (/^\d*\.\d+$|^\d+\.$/.test(bare)) return { text: bare.replace(/^\./, "0.").replace(/\.$/, "") };
  return {
    error: /\d/.test(bare) && /[, '_]/.test(bare)
      ? `“${typed}” has groups that are not of three digits. Write it like 1,000,000 or 1000000.`
      : `“${typed}” is not a number. Write digits, such as 1000000, 1,000,000 or 1M.`,
  };
}

/** A whole number as text with separators: "1,048,576". */
export function grouped(text) {
  return String(text).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * What somebody typed, as an exact number.
 * @param {string} text
 * @param {{parts?: number, max?: number, binary?: boolean}} options parts: decimals allowed (0: a
 *   whole number); max: most digits before the point; binary: K is 1,024, as with the lengths of
 *   contexts
 * @returns {{value: bigint, said: string, plain: boolean}|{error: string}} value in units of
 *   10^-parts; said: the number in digits; plain: whether it was typed just so
 */
export function readNumber(text, { parts = 0, max = 15, binary = false } = {}) {
  const typed = String(text).trim().slice(0, 40);
  if (/[\n\t]/.test(String(text).trim())) {
    return { error: "That is more than one number. Paste one." };
  }
  let bare = plain(text).replace(/^[$¥€£]\s*/, "").replace(UNITS, "");
  if (bare === "") return { error: "Empty: write a number, 0 or more." };
  if (/^-/.test(bare)) return { error: "Must not be negative." };
  bare = bare.replace(/^\+\s*/, "");
  const power = /^(.*?\d)\s*(?:e\+?(\d{1,3})|(?:[*x×]\s*)?10\s*\^\s*(\d{1,3}))$/.exec(bare)
    ?? /^()10\s*\^\s*()(\d{1,3})$/.exec(bare);
  let shift = 0;
  let doubled = 0;
  let suffix = "";
  if (power) {
    bare = power[1].trim() || "1";
    suffix = `e${power[2] || power[3]}`;
    shift = Number(power[2] || power[3]);
  } else {
    const word = /^(.*?\d\.?)\s*([a-z]+)$/.exec(bare);
    const found = word && MULTIPLES.find(([name]) => name.test(word[2].replace(/^([kmgt])i$/, "$1")));
    if (word && !found) return digitsOf(bare, typed, parts);
    if (found) {
      bare = word[1];
      suffix = word[2].endsWith("i") ? word[2][0].toUpperCase() + "i" : { 3: "K", 6: "M", 9: "B", 12: "T" }[found[1]];
      if (binary || /^[kmgt]i$/.test(word[2])) [, , doubled] = found;
      else [, shift] = found;
    }
  }
  const read = digitsOf(bare, typed, parts || shift || doubled);
  if (read.ways) return askBack(typed, read.ways, suffix, { parts, max, binary });
  if (read.error) return read;
  const [whole, fraction = ""] = read.text.split(".");
  if (whole.length + shift > max + 40) return { error: `At most ${max} digits.` };
  const digits = BigInt(whole + fraction) * 10n ** BigInt(shift + parts) * 2n ** BigInt(doubled);
  const scale = 10n ** BigInt(fraction.length);
  if (digits % scale) {
    return {
      error: parts ? `At most ${parts} decimals.` : "Write a whole number; it has no parts.",
    };
  }
  const value = digits / scale;
  if (String(value / 10n ** BigInt(parts)).length > max) return { error: `At most ${max} digits.` };
  const said = spoken(value, parts);
  return { value, said, plain: typed === said || typed.replace(/,/g, "") === said.replace(/,/g, "") };
}

/** A number in units of 10^-parts in digits, with separators: "1,234.5". */
export function spoken(value, parts = 0) {
  const scale = 10n ** BigInt(parts);
  const rest = String(value % scale).padStart(parts, "0").replace(/0+$/, "");
  return grouped(value / scale) + (parts && rest ? `.${rest}` : "");
}

/** "1.5 million", "128 thousand": what a large number is in words; empty below a thousand. */
export function inWords(value) {
  for (const [digits, name] of [[12, "trillion"], [9, "billion"], [6, "million"], [3, "thousand"]]) {
    const scale = 10n ** BigInt(digits);
    if (value < scale) continue;
    const hundredths = (value * 100n) / scale;
    const exact = hundredths * scale === value * 100n;
    return `${exact ? "" : "about "}${spoken(hundredths, 2)} ${name}`;
  }
  return "";
}
