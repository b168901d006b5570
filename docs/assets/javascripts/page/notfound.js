// The page that is not there: what was probably meant.

/** How unlike two names are: the number of letters to change, at most `most` (then Infinity). */
export function distance(a, b, most = 12) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] <= most ? row[b.length] : Infinity;
}

/**
 * The names most like one, nearest first: few changed letters, or most words in common.
 * @param {string} name @param {string[]} known @param {number} [count]
 */
export function nearest(name, known, count = 5) {
  const words = new Set(name.split(/[^a-z0-9]+/).filter(Boolean));
  const unlike = (other) => {
    const parts = other.split(/[^a-z0-9]+/).filter(Boolean);
    const common = parts.filter((part) => words.has(part)).length;
    const apart = 1 - common / Math.max(1, words.size, parts.length);
    return Math.min(distance(name, other) / Math.max(name.length, 1), apart + 0.05);
  };
  return known.map((other) => [unlike(other), other]).filter(([score]) => score < 0.6)
    .sort(([a, one], [b, other]) => a - b || (one < other ? -1 : 1)).slice(0, count).map(([, other]) => other);
}

const place = document.querySelector("[data-not-found]");

async function show() {
  const root = new URL("../../../", import.meta.url);
  const path = decodeURIComponent(location.pathname).slice(root.pathname.length).toLowerCase();
  const [, id] = /^f\/([^/]*)/.exec(path) ?? [];
  const answer = await fetch(new URL("search/records.json", root));
  const { records } = await answer.json();
  const found = new Map(records.map(([address, label]) => {
    const [, fact] = /^f\/([^/]+)\/$/.exec(address) ?? [];
    return [fact ?? address.split("#").at(-1), [address, label]];
  }));
  const pages = await fetch(new URL("sitemap.xml", root)).then((one) => one.text());
  const addresses = [...pages.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url).pathname);
  const base = addresses.reduce((a, b) => (b.length < a.length ? b : a), addresses[0] ?? "/");
  const names = id ? nearest(id, [...found.keys()])
    : nearest(path.replace(/\/$/, ""), addresses.map((one) => one.slice(base.length).replace(/\/$/, "")));
  const links = names.filter(Boolean).map((name) => {
    const [address, label] = id ? found.get(name) : [`${name}/`, name];
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(address, root).href;
    link.textContent = label;
    item.append(link);
    return item;
  });
  if (!links.length) return;
  const list = document.createElement("ul");
  list.append(...links);
  place.append("Perhaps you meant:", list);
}

if (place) show().catch(() => { /* the links above are help enough */ });
