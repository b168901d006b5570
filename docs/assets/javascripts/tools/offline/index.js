// Reading offline: what is kept, the whole site on request, bringing it up to date, and the switch.

import { choose, declined, mayKeep, ROOT } from "../../lib/kept.js";
import { announcer, h } from "../../lib/ui.js";
import { counted } from "../../lib/words.js";
import { due, listed, megabytes, pages } from "./model.js";
import * as store from "./store.js";
import { broken, button, FORBIDDEN, keeping, offer, part } from "./view.js";

const SMALL = /^(f|figures)\//; // pages of single facts and figures
const offered = () => Boolean(document.querySelector("a[data-keep]"));

async function usable() {
  try {
    await caches.keys();
    localStorage.getItem("");
    return Boolean(navigator.serviceWorker);
  } catch {
    return false;
  }
}

const register = () =>
  navigator.serviceWorker.register(new URL("offline.js", ROOT), { updateViaCache: "none" });

/** Lists of the host, as far as they are needed; undefined without a network. */
async function lists(withFacts) {
  try {
    const site = await store.list("site");
    return { site, facts: withFacts ? await store.list("facts") : undefined };
  } catch {
    return undefined;
  }
}

/** Build the tool into `place`. @param {HTMLElement} place */
export async function mount(place) {
  const { region, say } = announcer();
  const body = h("div", { class: "offline", tabindex: "-1" }); // takes the focus of what was pressed and is gone
  place.replaceChildren(body, region);
  let stop;

  /** Load what is wanted and not here, tell how far it is, and show what there is then. */
  async function bring(found, wanted, groups) {
    const list = listed(...[found.site, found.facts].filter(Boolean));
    const { build } = found.site;
    const { files } = due(list, await store.hashes(build, list), wanted);
    const bar = h("progress", { max: Math.max(1, files.length), value: 0, "aria-label": "Files loaded" });
    const far = h("span", {}, `0 of ${counted(files.length, "file")}`);
    stop = new AbortController();
    const end = button("Stop", () => stop.abort());
    body.replaceChildren(part("Loading", far, bar, end));
    end.focus();
    let done = 0;
    let words;
    try {
      if (groups.length) await store.setWish(build, groups);
      const missing = await store.load(build, files, {
        signal: stop.signal,
        onfile() { done += 1; bar.value = done; far.textContent = `${done} of ${counted(files.length, "file")}`; },
      });
      await store.leaveOlder(build, list);
      declined.clear();
      words = missing ? `Done, but ${counted(missing, "file")} could not be had.` : "Done: all of it can be read without a network.";
      await navigator.storage?.persist?.().catch(() => false); // a wish: the browser decides
    } catch (error) {
      stop.abort();
      words = broken(error, done, files.length);
    }
    await show();
    body.focus();
    say(words);
  }

  async function turn(on) {
    try {
      choose(on);
      if (on) {
        await register();
        // The same worker, which a browser may take up again, hears that it is on.
        (await navigator.serviceWorker.ready).active.postMessage({ ask: "state" });
      } else await store.removeAll();
    } catch {
      body.replaceChildren(h("p", {}, FORBIDDEN));
      return;
    }
    await show();
    body.focus();
    say(on ? "Pages that you read are kept from now on." : "Off: what was kept is removed, and so is the worker.");
  }

  async function whole(found, groups) {
    const all = groups.includes("facts") ? await lists(true) : found;
    if (!all) { say("There is no network now."); return; }
    const wanted = [all.site, all.facts].flatMap((list) => list?.files.map(([path]) => path) ?? []);
    await bring(all, wanted, groups);
  }

  async function update(found, here, groups) {
    const wanted = [...here.all];
    if (groups.length) wanted.push(...found.site.files.map(([path]) => path));
    if (groups.includes("facts")) wanted.push(...found.facts.files.map(([path]) => path));
    await bring(found, wanted, groups);
  }

  async function kept(found, here, groups) {
    const used = (await navigator.storage?.estimate?.().catch(() => undefined))?.usage;
    const count = { all: pages(here.all), older: pages(here.older) };
    const first = part("Kept", keeping(count, used));
    if (found && here.older.size) {
      const list = listed(...[found.site, found.facts].filter(Boolean));
      const { small } = due(list, await store.hashes(found.site.build, list), here.all);
      first.append(button(`Bring up to date (${megabytes(small)} to load)`, () => update(found, here, groups)));
    }
    return first;
  }

  async function show() {
    if (!mayKeep()) {
      body.replaceChildren(part("Off", "Nothing is kept on this device.", button("Keep the pages that I read", () => turn(true))));
      return;
    }
    const before = await store.kept("");
    const groups = await store.wish();
    const found = await lists([...before.all].some((path) => SMALL.test(path)) || groups.includes("facts"));
    const here = await store.kept(found?.site.build ?? "");
    if (!found) here.older.clear(); // without a network nothing is known to be newer
    const parts = [await kept(found, here, groups)];
    if (!found) parts.push(part("More", "There is no network now; what is not kept cannot be loaded."));
    else {
      const { site } = found;
      const both = { pages: site.pages + site.facts.pages, small: site.small + site.facts.small, size: site.size + site.facts.size };
      if (!groups.length) parts.push(part("The whole site", offer(site), button("Keep the whole site", () => whole(found, ["site"]))));
      if (!groups.includes("facts")) {
        parts.push(part("With a page for each fact and figure", offer(both), button("Keep all of these", () => whole(found, ["site", "facts"]))));
      } else parts.push(part("The whole site", "You asked for all of it. A press loads what is missing.", button("Load what is missing", () => whole(found, groups))));
    }
    parts.push(part("The switch", "Removes the worker and all that it kept. Nothing is kept until you turn it on again.", button("Turn off and remove all", () => turn(false))));
    body.replaceChildren(...parts);
  }

  if (!offered()) body.replaceChildren(h("p", {}, "Pages of this kind keep nothing: those of a dated edition, and those that are being written."));
  else if (!(await usable())) body.replaceChildren(h("p", {}, FORBIDDEN));
  else {
    if (mayKeep()) {
      try {
        await (await register()).update();
      } catch (error) {
        if (error.name === "SecurityError" || error.name === "NotSupportedError") {
          body.replaceChildren(h("p", {}, FORBIDDEN));
          return;
        }
      }
    }
    await show();
  }
}
