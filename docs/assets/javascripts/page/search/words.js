// Text to words, as the search compares them: the mirror of scripts/publish/search/words.py, which
// makes the index; a test binds the two.

const HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff";
const LETTER = `(?:(?![${HAN}])[\\p{L}\\p{N}])`;
const TOKEN = new RegExp(
  `(?<han>[${HAN}]+)|(?<word>[$¥€£]?${LETTER}(?:${LETTER}|[.,_'/+-]${LETTER})*[%+]?)`, "gu");
const QUOTES = {
  "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u2032": "'",
  "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-",
};
export const STOP = new Set((
  "a an and are as at be been but by can could did do does for from had has have how i if in into "
  + "is it its me my of on or our s so than that the their them then there these they this to was "
  + "we were what when where which while who why will with would you your").split(" "));

const BRITISH = /(?<=[a-z]{3})(?:is(?=(?:e[drs]?|ers|ing|ations?)$)|our(?=(?:s|ed|ing|ite)?$))/;

const UNITS = [
  [/(\p{Nd}) ?(?:percent|per cent|pct)(?![\p{L}\p{N}_])/gu, "$1%"],
  [/(?<![\p{L}\p{N}_.,])(\p{Nd}[\p{Nd}.,]*) ?(?:us )?(?:dollars?|usd)(?![\p{L}\p{N}_])/gu, "$$$1"],
  [/(?<![\p{L}\p{N}_.,])(\p{Nd}[\p{Nd}.,]*) ?(?:yuan|rmb|cny)(?![\p{L}\p{N}_])/gu, "¥$1"],
];

/** One form for signs and units that look or mean the same. */
export function normal(text) {
  const plain = text.normalize("NFKC")
    .replace(/[\u2018\u2019\u201b\u2032\u2010-\u2013\u2212]/g, (sign) => QUOTES[sign])
    .toLowerCase();
  return UNITS.reduce((found, [spelled, sign]) => found.replace(spelled, sign), plain);
}

function forms(token) {
  const whole = token.replace(/'s?$/, "").replace(/(\d),(?=\d)/g, "$1");
  if (whole.includes(",")) return whole.split(",").flatMap(forms);
  const parts = whole.split(/[_'/+-]/).filter(Boolean);
  const out = [whole, ...(parts.length > 1 ? parts : [])];
  const bare = whole.replace(/^[$¥€£%+]+|[$¥€£%+]+$/g, "");
  if (bare !== whole && parts.length === 1) out.push(bare);
  return out;
}

/**
 * The words of a text, in their order; pairs of characters for Chinese.
 * @param {string} text whatever was typed
 * @param {(word: string) => string} stem the stemmer of the index
 * @param {Object<string, string>} simplified traditional characters to simplified ones
 * @returns {string[]}
 */
export function split(text, stem, simplified = {}) {
  const known = normal(text).replace(new RegExp(`[${HAN}]`, "gu"), (sign) => simplified[sign] ?? sign);
  const out = [];
  for (const { groups } of known.matchAll(TOKEN)) {
    if (groups.han) {
      const signs = [...groups.han];
      if (signs.length === 1) out.push(signs[0]);
      for (let i = 0; i + 1 < signs.length; i += 1) out.push(signs[i] + signs[i + 1]);
      continue;
    }
    for (const form of forms(groups.word)) {
      if (!form || STOP.has(form)) continue;
      const plain = /^[a-z]{4,}$/.test(form);
      const american = form.replace(BRITISH, (found) => (found === "is" ? "iz" : "or"));
      out.push(plain ? stem(american).replace(/i$/, "y") : form);
    }
  }
  return out;
}
