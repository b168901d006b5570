// Whether this browser may keep pages, and under which names it does.

/** Top of the site. */
export const ROOT = new URL("../../../", import.meta.url);

const SWITCH = `explained ${ROOT.pathname} offline`;

/** Whether the reader has not turned it off; false where nothing can be remembered. */
export function mayKeep() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return false;
  }
}

/** Remember the reader's choice. Throws where nothing can be remembered. */
export function choose(on) {
  if (on) localStorage.removeItem(SWITCH);
  else localStorage.setItem(SWITCH, "off");
}

/** A newer state of the site that the reader does not want to hear of again. */
export const declined = {
  get: () => { try { return localStorage.getItem(`${SWITCH} declined`); } catch { return null; } },
  set: (build) => { try { localStorage.setItem(`${SWITCH} declined`, build); } catch { /* told again */ } },
  clear: () => { try { localStorage.removeItem(`${SWITCH} declined`); } catch { /* nothing there */ } },
};
