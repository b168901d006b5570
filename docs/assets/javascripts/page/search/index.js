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

/** How many documents hold each term, in whatever field. */
function spread({ terms, vectors }) {
  const holders = terms.map(() => new Set());
  for (const vector of Object.values(vectors)) {
    for (const [document, steps] of Object.entries(vector)) {
      let term = 0;
      for (let i = 0; i < steps.length; i += 2) holders[term += steps[i]].add(document);
    }
  }
  return new Map(terms.map((term, i) => [term, holders[i].size]));
}

// Words that say little of what is sought: rare on a page of facts, so that rarity alone would
// let them decide.
const WEAK = new Set((
  "about actually after again all allowed also always am any anyone anything available bad because "
  + "before best better between big both come did different difference done down each else even "
  + "ever every exactly explain find first get give go going good got happen happens has have help "
  + "just keep kind know last let like little long look lot made main make makes many mean means "
  + "may might more most much must need needed needs new no not now off once one only other out over "
  + "own people please possible put really same say says see seem shall should show since some "
  + "still sure take tell than thing things think through today told too true try turn two under "
  + "until up us use used using very want way well without work works worth yes yet").split(" "));
/** How much each of these counts, tried on tests/search/queries.yml (`make bench` prints how it does):
 * a weak word beside others; a word that stands for the one typed; the share of the question that a
 * section answers, that its page answers as a whole, what its other sections add, and the line of
 * what readers would ask that fits best. */
export const RANK = { weak: 0.35, alike: 0.4, covered: 0.85, rest: 0.2, whole: 1.5, asked: 1 };

/** Everything that a question is held against. */
export class Search {
  /** @param lunr the library; @param content search/pages.json */
  constructor(lunr, content) {
    this.lunr = lunr;
    this.index = unfold(lunr, content.index);
    this.known = spread(content.index);
    this.sections = content.sections;
    this.asks = content.asks; // for each, the first section of its page
    this.pages = content.pages;
    this.simplified = content.simplified;
    this.alike = new Map(Object.entries(content.alike ?? {}));
    this.weak = new Set(split([...WEAK].join(" "), this.stem));
  }

  /** The stem of a word, as the index has it. */
  stem = (word) => this.lunr.stemmer(new this.lunr.Token(word)).toString();

  /** The words of a question, each once. */
  words(text) {
    return [...new Set(split(text.slice(0, 400), this.stem, this.simplified))].slice(0, 24);
  }

  /** Scores of the documents of an index in which any of the words stands. */
  scores(index, known, words) {
    const { wildcard } = this.lunr.Query;
    let asked = 0;
    const found = index.query((query) => {
      words.forEach((word, i) => {
        const there = known.has(word);
        const boost = this.weak.has(word) ? RANK.weak : 1;
        if (there) query.term(word, { usePipeline: false, boost });
        const others = (this.alike.get(word) ?? []).filter((other) => known.has(other) && !words.includes(other));
        for (const other of others) query.term(other, { usePipeline: false, boost: boost * RANK.alike });
        if (/^[^\W\d_]{4,}$/u.test(word) && !there) {
          const editDistance = word.length > 7 ? 2 : 1;
          query.term(word, { usePipeline: false, boost: 0.5, editDistance });
        }
        // The last word may not be finished; a number is never the beginning of another.
        if (i === words.length - 1 && /^\p{L}{3,}$/u.test(word)) {
          query.term(word, { usePipeline: false, boost: there ? 0.1 : 0.6, wildcard: wildcard.TRAILING });
        }
      });
      asked = query.clauses.length;
    });
    return asked ? found : []; // to lunr, a question without words asks for everything
  }

  /** How much each word of a question tells, rarer ones more; words that nothing holds, nothing. */
  weights(words) {
    const all = this.sections.length;
    return new Map(words.map((word) => {
      const seen = [word, ...(this.alike.get(word) ?? [])].map((each) => this.known.get(each) ?? 0);
      const most = Math.max(...seen);
      return [word, Math.log(1 + all / (most || 20)) * (this.weak.has(word) ? RANK.weak : 1)];
    }));
  }

  /** The share of a question, by weight, that terms of a document answer. */
  covered(terms, weights) {
    const open = [...weights.keys()].filter((word) => !this.known.has(word));
    const strange = terms.some((term) => !weights.has(term));
    let sum = 0, all = 0;
    for (const [word, weight] of weights) {
      all += weight;
      if (terms.includes(word)) sum += weight;
      else if ((this.alike.get(word) ?? []).some((other) => terms.includes(other))) sum += 0.7 * weight;
      else if (strange && open.includes(word)) sum += 0.6 * weight;
    }
    return all ? sum / all : 0;
  }

  /**
   * Pages that answer, best first: one hit a page, with its best section.
   * @returns {{url: string, anchor: string, title: string, heading: string, section: number,
   *   score: number, words: string[]}[]}
   */
  find(text, most = 10) {
    const words = this.words(text);
    const weights = this.weights(words);
    const byPage = new Map();
    for (const { ref, score: plain, matchData } of this.scores(this.index, this.known, words)) {
      const asked = Number(ref) - this.sections.length;
      const section = asked < 0 ? Number(ref) : this.asks[asked];
      const [url, anchor, heading] = this.sections[section];
      const terms = Object.keys(matchData.metadata);
      const share = this.covered(terms, weights);
      const score = plain * (1 - RANK.covered + RANK.covered * share);
      if (!byPage.has(url)) {
        byPage.set(url, {
          url, anchor, heading, section, best: 0, rest: 0, asked: 0, share: 0,
          title: this.pages[url], words: [], all: new Set(),
        });
      }
      const found = byPage.get(url);
      if (asked >= 0) {
        if (score > found.asked) Object.assign(found, { asked: score, share });
        continue;
      }
      for (const term of terms) found.all.add(term);
      if (score > found.best) {
        found.rest += found.best;
        Object.assign(found, { anchor, heading, section, best: score, words: terms });
      } else {
        found.rest += score;
      }
    }
    return [...byPage.values()]
      .map((hit) => {
        const share = Math.max(hit.share, this.covered([...hit.all], weights));
        const score = hit.best + RANK.rest * Math.min(hit.rest, 3 * hit.best) + RANK.asked * hit.asked;
        return { ...hit, score: score * (1 + (RANK.whole - 1) * share) };
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, most);
  }

  /** Adds search/records.json, which is fetched after the pages. */
  withRecords({ index, records }) {
    this.recordsKnown = spread(index);
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
