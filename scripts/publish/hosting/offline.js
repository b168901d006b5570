// What a browser runs beside the pages, so that those that were read can be read without a network.
//
// With a network it changes nothing: every answer is the host's, and of those that arrive in full a
// copy is kept. A copy is shown only where no answer arrives. The build writes this file to the top
// of the site (scripts/publish/hosting/offline.py), with a word for the state of the site in it:
// another state is another file, which a browser notices at the next page.

const BUILD = "@BUILD@";
const FORM = 1; // of what is kept; what was kept in another form is removed
const MOST = 100; // pages that were read; who asks for the whole site gets it whole
const PATIENCE = 5000; // milliseconds before a kept page is shown in place of one that does not come
const SCOPE = new URL("./", location.href);
const PREFIX = `explained ${SCOPE.pathname} `; // other sites may stand on the same host
const NAME = `${PREFIX}${FORM} ${BUILD}`;
const WISH = new URL("offline/wish", SCOPE).href; // there if the reader asked for the whole site
const LOOSE = { ignoreSearch: true, ignoreVary: true };
const KEPT = /(\/|\.(html|js|css|json|svg|png|ico|woff2))$/;
const NOT_KEPT = /^(\d{4}\.\d{2}(\.\d+)?|offline)\//; // dated editions, and lists that we make
const copies = new Set(); // pages that were shown as copies; a window may get another name on its way
let off = false;

const isPage = (address) => /(\/|\.html)$/.test(address);
const plain = (address) => { const url = new URL(address); return url.origin + url.pathname; };

function within(address) {
  if (!address.startsWith(SCOPE.href)) return false;
  const path = address.slice(SCOPE.href.length);
  return KEPT.test(address) && !NOT_KEPT.test(path);
}

/** Caches of this site, that of its newest state first. */
async function shelves() {
  const names = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}${FORM} `));
  const older = names.filter((name) => name !== NAME).reverse();
  return Promise.all([...(names.includes(NAME) ? [NAME] : []), ...older].map((name) => caches.open(name)));
}

/** A copy; for something that a page asks for, of the same state as the page's own copy. */
async function copy(address, page) {
  const all = await shelves();
  if (page) {
    const has = await Promise.all(all.map((shelf) => shelf.match(page, LOOSE)));
    const first = has.findIndex(Boolean);
    if (first > 0) all.unshift(...all.splice(first, 1));
  }
  for (const shelf of all) {
    const found = await shelf.match(address, LOOSE);
    if (found) return found;
  }
  return undefined;
}

async function pageOf(clientId) {
  const client = clientId && (await clients.get(clientId));
  return client ? plain(client.url) : "";
}

async function keep(address, got) {
  if (off) return;
  try {
    const shelf = await caches.open(NAME);
    const had = await shelf.match(address, LOOSE);
    const tag = got.headers.get("ETag");
    if (had && tag && had.headers.get("ETag") === tag) {
      await got.body?.cancel();
      return;
    }
    await shelf.put(address, got);
    if (isPage(address)) await tidy(address);
  } catch {
    // No room, or no leave: the page that was asked for is shown all the same.
  }
}

/** A page is kept once, and only so many of them. */
async function tidy(address) {
  const all = await shelves();
  for (const shelf of all.slice(1)) await shelf.delete(address, LOOSE);
  const wished = await Promise.all(all.map((shelf) => shelf.match(WISH)));
  if (wished.some(Boolean)) return;
  const pages = [];
  for (const shelf of all.reverse()) {
    for (const { url } of await shelf.keys()) if (isPage(url)) pages.push([shelf, url]);
  }
  for (const [shelf, url] of pages.slice(0, -MOST)) await shelf.delete(url);
}

/** Only what came whole, from here, and under its own address. */
const whole = (got) => got.status === 200 && got.type === "basic" && !got.redirected;

/** The host's answer. What was asked for ahead of the worker may never come where one worker takes
 * the place of another: it is asked for again, and the first that comes counts. */
async function host(event) {
  if (event.request.mode !== "navigate") return fetch(event.request); // asked for ahead are pages alone
  const ahead = Promise.resolve(event.preloadResponse);
  const late = new Promise((done) => { setTimeout(done, PATIENCE, "late"); });
  const got = await Promise.race([ahead, late]);
  if (got !== "late") return got ?? fetch(event.request);
  return Promise.any([ahead.then((one) => one ?? Promise.reject(new Error("nothing"))), fetch(event.request)]);
}

async function answer(event, address) {
  const navigates = event.request.mode === "navigate";
  if (!navigates && copies.size) {
    const page = await pageOf(event.clientId);
    const found = copies.has(page) && (await copy(address, page));
    if (found) return found;
  }
  const asked = host(event);
  event.waitUntil(asked.then((got) => whole(got) && keep(address, got.clone())).catch(() => {}));
  let got;
  try {
    const late = async () => {
      await new Promise((done) => { setTimeout(done, PATIENCE); });
      return (await copy(address)) ? undefined : asked;
    };
    got = await (navigates ? Promise.race([asked, late()]) : asked);
    if (got && got.status < 500) {
      if (navigates) copies.delete(address);
      return got;
    }
  } catch { /* no network */ }
  const found = await copy(address, navigates ? "" : await pageOf(event.clientId));
  if (found) {
    if (navigates) copies.add(address);
    return found;
  }
  return got ?? (navigates ? notKept(address) : Response.error());
}

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Kept pages, by address, with their titles; those of single facts and figures are only counted. */
async function list() {
  const found = new Map();
  let small = 0;
  for (const shelf of await shelves()) {
    for (const { url } of await shelf.keys()) {
      if (!isPage(url) || found.has(url)) continue;
      if (/^(f|figures)\//.test(url.slice(SCOPE.href.length))) { small += 1; continue; }
      const [, title] = /<title>([^<]*)/.exec(await (await shelf.match(url)).text()) ?? [];
      found.set(url, title?.replace(/ [-–—] DeepSeek V4, explained$/, "") ?? escaped(url)); // escaped already
    }
  }
  return { pages: [...found].sort(([a], [b]) => (a < b ? -1 : 1)), small };
}

const STYLE = "color-scheme:light dark;font:1.05rem/1.6 system-ui,sans-serif;margin:2rem auto;max-width:40rem;padding:0 1rem";

/** A page in place of one that cannot be had. It needs nothing but itself. */
async function notKept(address) {
  const { pages, small } = await list();
  const items = pages.map(([url, title]) => `<li><a href="${escaped(url)}">${title}</a></li>`).join("");
  const text = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>This page is not kept on this device</title><style>body{${STYLE}}h1{line-height:1.25}a{color:light-dark(#0b57a4,#8ab8ff)}body{background:light-dark(#fcfbf8,#16181c)}code{overflow-wrap:anywhere}li{padding:.2rem 0}</style>
<main><h1>This page is not kept on this device</h1>
<p>There is no answer from the network, and your browser has no copy of <code>${escaped(address)}</code>.</p>
<p><a href="${escaped(address)}">Try again</a></p>
${items ? `<h2>What is kept here</h2><ul>${items}</ul>` : "<p>No other page is kept here yet.</p>"}
${small ? `<p>Besides: ${small} pages of single facts and figures.</p>` : ""}</main></html>`;
  return new Response(text, {
    status: 503,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cache-Control": "no-store",
    },
  });
}

/** How many kept pages are of an older state of the site. */
async function older() {
  const names = await caches.keys();
  let count = 0;
  for (const name of names.filter((one) => one.startsWith(`${PREFIX}${FORM} `) && one !== NAME)) {
    const pages = (await (await caches.open(name)).keys()).filter(({ url }) => isPage(url));
    count += pages.length;
    if (!pages.length) await caches.delete(name);
  }
  return count;
}

async function removeAll() {
  await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}

async function state(client) {
  const page = plain(client.url);
  const at = copies.has(page) && (await copy(page));
  return { build: BUILD, older: await older(), copy: at ? at.headers.get("Date") ?? "" : null };
}

self.addEventListener("install", () => {
  self.skipWaiting(); // nobody sees a difference: what is shown is the host's either way
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && !name.startsWith(`${PREFIX}${FORM} `)) await caches.delete(name);
    }
    await registration.navigationPreload?.enable();
    await clients.claim(); // pages that are open tell what they are, and hear what has aged
  })());
});

self.addEventListener("message", (event) => {
  const { data, source, ports } = event;
  event.waitUntil((async () => {
    // A browser may take the same worker up again; pages ask only where the reader lets them.
    off = Boolean(data.off);
    if (off) await removeAll();
    for (const address of new Set((data.keep ?? []).map(plain).filter(within))) {
      if (await (await caches.open(NAME)).match(address, LOOSE)) continue;
      const got = await fetch(address).catch(() => undefined);
      if (got && whole(got)) await keep(address, got);
    }
    (ports[0] ?? source).postMessage(off ? { off } : await state(source));
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  // What the page of reading offline fetches in order to keep it, it keeps itself.
  if (request.method !== "GET" || request.mode === "same-origin") return;
  const address = plain(request.url);
  if (within(address)) event.respondWith(answer(event, address));
  else if (request.mode === "navigate") event.respondWith(host(event));
});
