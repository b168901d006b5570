// The day of as-of reading goes along: a link to another page of this site takes it in its address,
// which is the only place where it is kept.

const KEY = "asof";

/** The address of a link with the day in it; "" where it must stay as it is. */
export function carried(link, day, here = location) {
  if (!day || !link?.href || link.hasAttribute("download") || link.closest(".asof-bar")) return "";
  const to = new URL(link.href, here.href);
  const page = to.origin === here.origin && /(?:\/|\.html)$/.test(to.pathname);
  if (!page || link.getAttribute("href").startsWith("#") || to.searchParams.has(KEY)) return "";
  to.searchParams.set(KEY, day);
  return to.href;
}

/** @param {() => string} day the day that is shown, "" for now */
export function carryDay(day) {
  // Set as the link is followed, in this tab or another, and taken back: the page keeps its links.
  for (const kind of ["click", "auxclick"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest?.("a[href]");
      const address = link && carried(link, day());
      if (!address) return;
      const own = link.getAttribute("href");
      link.href = address;
      setTimeout(() => link.setAttribute("href", own));
    }, { capture: true });
  }
}
