// The index of the search, as lunr.js wants it, from the shorter form in which it is sent.

import { split } from "./words.js";

/**
 * lunr's index from terms and, for each field and document, steps through the terms with scores
 * in hundredths. scripts/publish/search/index.py writes it.
 */
export function unfold(lunr, { version, fields, terms, vectors }) {
  const entries = terms.map((term, index) => [term, {
    _index: index, ...Object.fromEntries(fields.map((field) => [field, {}])),
  }]);
  const fieldVectors = [];
  for (const field of fields) {
    for (const [document, steps] of Object.entries(vectors[field])) {
      const vector = [];
      let term = 0;
      for (let i = 0; i < steps.length; i += 2) {
        term += steps[i];
        entries[term][1][field][document] = {};
        vector.push(term, steps[i + 1] / 100);
      }
      fieldVectors.push([`${field}/${document}`, vector]);
    }
  }
  // lunr reads its words in the order of the alphabet by code.
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return lunr.Index.load({ version, fields, fieldVectors, invertedIndex: sorted, pipeline: [] });
}

/** Everything that a question is held against. */
export class Search {
  /** @param lunr the library; @param content search/pages.json */
  constructor(lunr, content) {
    this.lunr = lunr;
    this.index = unfold(lunr, content.index);
    this.known = new Set(content.index.terms);
    this.sections = content.sections;
    this.pages = content.pages;
    this.simplified = content.simplified;
  }

  /** The stem of a word, as the index has it. */
  stem = (word) => this.lunr.stemmer(new this.lunr.Token(word)).toString();

  /** The words of a question, each once. */
  words(text) {
    return [...new Set(split(text.slice(0, 400), this.stem, this.simplified))].slice(0, 24);
  }

  /** Scores of the documents of an index in which any of the words stands. */
  scores(index, known, words) {
    if (!words.length) return [];
    const { wildcard } = this.lunr.Query;
    return index.query((query) => {
      words.forEach((word, i) => {
        const there = known.has(word);
        if (there) query.term(word, { usePipeline: false, boost: 1 });
        if (/^[^\W\d_]{4,}$/u.test(word) && !there) {
          const editDistance = word.length > 7 ? 2 : 1;
          query.term(word, { usePipeline: false, boost: 0.5, editDistance });
        }
        // The last word may not be finished; a number is never the beginning of another.
        if (i === words.length - 1 && /^\p{L}{3,}$/u.test(word)) {
          query.term(word, { usePipeline: false, boost: there ? 0.1 : 0.6, wildcard: wildcard.TRAILING });
        }
      });
    });
  }

  /**
   * Pages that answer, best first: one hit a page, with its best section.
   * @returns {{url: string, anchor: string, title: string, heading: string, section: number,
   *   score: number, words: string[]}[]}
   */
  find(text, most = 10) {
    const words = this.words(text);
    const byPage = new Map();
    for (const { ref, score, matchData } of this.scores(this.index, this.known, words)) {
      const [url, anchor, heading] = this.sections[ref];
      const found = byPage.get(url);
      if (found) {
        found.rest += score;
      } else {
        byPage.set(url, {
          url, anchor, heading, section: Number(ref), best: score, rest: 0,
          title: this.pages[url], words: Object.keys(matchData.metadata),
        });
      }
    }
    return [...byPage.values()]
      .map((hit) => ({ ...hit, score: hit.best + 0.15 * Math.min(hit.rest, 3 * hit.best) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, most);
  }

  /** Adds search/records.json, which is fetched after the pages. */
  withRecords({ index, records }) {
    this.recordsKnown = new Set(index.terms);
    this.recordIndex = unfold(this.lunr, index);
    this.records = records;
    return this;
  }

  /** Records in which most of the words stand, best first: `[address, label, value]`. */
  findRecords(text, most = 5) {
    return this.scores(this.recordIndex, this.recordsKnown, this.words(text))
      .slice(0, most)
      .map(({ ref }) => this.records[ref]);
  }
}
