// Pages that were read can be read again without a network: a worker at the top of the site keeps a
// copy (scripts/publish/hosting/offline.js). It is asked for when all else is done, and not where the
// reader has turned it off.

import { mayKeep, ROOT } from "../lib/kept.js";

/** In the footer of the newest pages; dated editions and pages that are being written keep nothing. */
const offered = document.querySelector("a[data-keep]");

let seen;
const TOLD = new URL("./kept.js", import.meta.url).href;

/** Name what this page fetches, what tells of a copy, and itself last, to a worker that came late. */
function handOver(worker) {
  if (!worker) return; // none yet, or it was turned off
  seen?.disconnect();
  seen = new PerformanceObserver((entries) => {
    if (!mayKeep()) return; // turned off in another window
    worker.postMessage({ keep: [...entries.getEntries().map(({ name }) => name), TOLD, location.href] });
  });
  seen.observe({ type: "resource", buffered: true });
}

async function begin() {
  const { serviceWorker: worker } = navigator;
  worker.addEventListener("message", ({ data }) => {
    if (!data.older && data.copy === null) return;
    import("./kept.js").then(({ tell }) => tell(data)).catch(() => { /* the page is read all the same */ });
  });
  // A worker that comes while the page is here, the first or that of a newer state, has not seen it.
  worker.addEventListener("controllerchange", () => handOver(worker.controller));
  // Nor has one that came before this line, but behind the page: the navigation tells.
  const [came] = performance.getEntriesByType("navigation");
  if (came?.workerStart) worker.controller?.postMessage({ ask: "state" });
  else handOver(worker.controller);
  const registration = await worker.register(new URL("offline.js", ROOT), { updateViaCache: "none" });
  // It may have come between the page's request and the page, and then has nothing to do with it.
  if (!worker.controller) handOver(registration.active);
}

function whenIdle() {
  (globalThis.requestIdleCallback ?? setTimeout)(() => {
    begin().catch(() => { /* forbidden here: the page is as good without */ });
  });
}

if (offered && navigator.serviceWorker && mayKeep()) {
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle);
}
