// What is kept on this device: the worker's caches, looked at and filled from a page.

import { ROOT } from "../../lib/kept.js";

/** As in the worker, scripts/publish/hosting/offline.js. */
export const PREFIX = `explained ${ROOT.pathname} `;
const FORM = 1;
const WISH = "offline/wish";
const AT_ONCE = 4;

const address = (path) => new URL(path, ROOT).href;
const nameOf = (build) => `${PREFIX}${FORM} ${build}`;
const names = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

async function digest(answer) {
  const sum = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
  return [...new Uint8Array(sum)].slice(0, 8).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A list that the build wrote: "site" or "facts". Throws without a network. */
export async function list(name) {
  const answer = await fetch(address(`offline/${name}.json`), { mode: "same-origin", cache: "no-cache" });
  if (!answer.ok) throw new Error(`offline/${name}.json: ${answer.status}`);
  return answer.json();
}

/** Addresses of what is kept, from the top of the site, and what of it is from an older state. */
export async function kept(build) {
  const all = new Set();
  const older = new Set();
  for (const name of await names()) {
    for (const { url } of await (await caches.open(name)).keys()) {
      const path = url.slice(ROOT.href.length);
      if (path === WISH) continue;
      all.add(path);
      if (name !== nameOf(build)) older.add(path);
    }
  }
  return { all, older };
}

/**
 * Hashes of what is kept, by address. What the newest state's cache holds is as listed; what is older
 * is looked at, since much of it has not changed.
 */
export async function hashes(build, listed) {
  const out = new Map();
  const all = await names();
  for (const name of [...all.filter((one) => one !== nameOf(build)), nameOf(build)]) {
    if (!all.includes(name)) continue;
    const shelf = await caches.open(name);
    for (const request of await shelf.keys()) {
      const path = request.url.slice(ROOT.href.length);
      out.set(path, name === nameOf(build) ? listed.get(path)?.hash : await digest(await shelf.match(request)));
    }
  }
  return out;
}

/** Groups that the reader asked for as a whole. */
export async function wish() {
  for (const name of await names()) {
    const found = await (await caches.open(name)).match(address(WISH));
    if (found) return found.json();
  }
  return [];
}

export async function setWish(build, groups) {
  await (await caches.open(nameOf(build))).put(address(WISH), Response.json(groups));
}

/**
 * Load files, some at a time.
 * @returns {Promise<number>} how many the host did not give
 * @throws {DOMException} AbortError if stopped, QuotaExceededError if there is no more room; TypeError
 *   if the network broke off
 */
export async function load(build, files, { signal, onfile }) {
  const shelf = await caches.open(nameOf(build));
  const left = [...files];
  let missing = 0;
  async function some() {
    for (let file = left.shift(); file; file = left.shift()) {
      signal.throwIfAborted();
      const answer = await fetch(address(file.path), { mode: "same-origin", cache: "no-cache", signal });
      if (answer.ok && !answer.redirected) await shelf.put(address(file.path), answer);
      else missing += 1;
      onfile(file);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, some));
  return missing;
}

/** Move what has not changed from older states to this one, and remove those. */
export async function leaveOlder(build, list) {
  const shelf = await caches.open(nameOf(build));
  for (const name of (await names()).filter((one) => one !== nameOf(build))) {
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      const path = request.url.slice(ROOT.href.length);
      if (!list.has(path) || (await shelf.match(request))) continue;
      await shelf.put(request, await old.match(request));
    }
    await caches.delete(name);
  }
}

/** Remove everything, worker first: what it would still keep goes, too. */
export async function removeAll() {
  const registration = await navigator.serviceWorker.getRegistration(ROOT.href);
  const worker = registration?.active;
  if (worker && registration.scope === ROOT.href) {
    await new Promise((done) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      setTimeout(done, 3000); // a worker that does not answer is removed all the same
      worker.postMessage({ off: true }, [channel.port2]);
    });
    await registration.unregister();
  }
  for (const name of await names()) await caches.delete(name);
}
