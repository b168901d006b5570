// The steps of reading and their captions. Numbers are put in from the model; the mechanism is
// that of the report, §2.3 (V4), and of V3.2's sparse attention.

import { pooledAtMost, pooledTokens } from "./grid.js";
import { whole } from "../../lib/checked.js";

const span = ({ from, to }) => (from === to ? `token ${whole(from)}` : `tokens ${whole(from)} to ${whole(to)}`);

export const KINDS = {
  window: "window only",
  csa: "CSA",
  hca: "HCA",
  dsa: "DSA",
  full: "full",
};

const STEPS = {
  csa: ["window", "compression", "indexer", "top-k", "sink"],
  hca: ["window", "compression", "hca", "sink"],
  window: ["window", "sink"],
  dsa: ["indexer", "top-k"],
  full: ["all"],
};

/** Names of the steps, for the heading above the caption. */
export const TITLES = {
  window: "The window",
  compression: "Compression",
  indexer: "The indexer scores",
  "top-k": "The best are read",
  hca: "HCA reads every block",
  sink: "One list, and a sink",
  all: "Every token is read",
};

/** Ids of the steps in a layer of a kind. */
export const stepsOf = (kind) => STEPS[kind];

const noBlockYet = (size, reads) =>
  `A block is complete after ${whole(size)} tokens, and the query sees ${whole(reads.visible)}, so there is none yet. The window covers the gap.`;

/**
 * The caption of a step.
 * @param {string} step an id from `stepsOf`
 * @param {{config: object, layer: number, reads: object, block: ?number}} view
 */
export function caption(step, { config, layer, reads, block }) {
  const { window, size, complete, read, scanned } = reads;
  switch (step) {
    case "window": {
      const rest = reads.visible % (size || 1);
      const gap = !size ? "This layer keeps nothing else."
        : rest ? `The ${rest === 1 ? "latest token belongs" : `latest ${whole(rest)} tokens belong`} to a block that is not finished and cannot be read as a block; without the window the query would be blind to ${rest === 1 ? "it" : "them"}.`
        : "Here the latest block has just been finished, so it can be read both ways.";
      return `The query reads ${span(window)} exactly: the latest ${whole(config.window)} at most, itself included, one uncompressed entry each. ${gap}`;
    }
    case "compression": {
      if (!complete) return noBlockYet(size, reads);
      const pooled = pooledTokens(config, layer, block);
      const most = pooledAtMost(config, layer);
      const parts = pooled.before
        ? `its own ${whole(size)} (${span(pooled.own)}) and the ${whole(size)} before (${span(pooled.before)}), so neighboring blocks overlap`
        : most > size ? `only its own ${whole(size)} (${span(pooled.own)}), as nothing comes before it; every later block pools ${most}`
        : `${span(pooled.own)}, without overlap`;
      return `Block ${whole(block)} is one entry, a learned weighted average of ${whole(pooled.count)} source tokens: ${parts}. Queries from position ${whole(pooled.visibleFrom)} on may read it, because only finished blocks are visible. This query sees ${whole(complete)} of them.`;
    }
    case "indexer":
      if (!complete) return noBlockYet(size, reads);
      return config.kind === "sparse-mla"
        ? `V3.2 keeps a small index key for every token. The indexer compares the query with all ${whole(scanned)} of them, in every layer: the work that grows with the text.`
        : `Each finished block also has a small index key. The indexer compares the query with all ${whole(scanned)} keys, one for every ${whole(size)} tokens, in 4-bit numbers. HCA layers have no indexer.`;
    case "top-k": {
      if (!complete) return noBlockYet(size, reads);
      const unit = config.kind === "sparse-mla" ? "tokens" : "blocks";
      const rest = "Which ones depends on the text: the choice drawn here is only an illustration, always the same for the same settings.";
      return read === complete
        ? `The layer reads at most ${whole(config.topK)} ${unit}. There are only ${whole(complete)}, so all are read.`
        : `The ${whole(read)} best-scored of ${whole(complete)} ${unit} are read, the others are skipped for this query. ${rest}`;
    }
    case "hca":
      if (!complete) return noBlockYet(size, reads);
      return `No indexer, no choice: all ${whole(complete)} finished blocks are read. One entry for ${whole(size)} tokens keeps the list short enough, and every query has a coarse view of the whole text.`;
    case "sink": {
      const what = complete ? `${whole(window.count)} window entries and ${whole(read)} compressed ones` : `${whole(window.count)} window entries`;
      return `One softmax runs over one list of ${whole(reads.total)}: ${what}. Each head adds a learned sink to the denominator; it has no value, so a head that finds nothing can gather almost nothing.`;
    }
    default:
      return `In full attention each query compares itself with every one of the ${whole(reads.visible)} tokens it can see, itself included. Nothing is skipped and nothing is pooled.`;
  }
}
