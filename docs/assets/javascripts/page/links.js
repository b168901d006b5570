// Links that can be shared: headings (of terms too), claims, rumors, corrections and records.
//
// Without scripts the "#" beside a heading still is a link; what is added here is the copying.

const ROWS = ".md-content :is(.claim, .record)";

async function copied(address) {
  try {
    await navigator.clipboard.writeText(address);
    return "Link copied";
  } catch {
    return "Link is in the address bar";
  }
}

const said = document.createElement("span");
said.className = "copied-note";
said.setAttribute("role", "status");
let timer;

/** Follow a link to a place on this page, copy its address and say so beside it. */
async function share(link) {
  const address = new URL(link.getAttribute("href"), location.href);
  history.replaceState(history.state, "", address.hash);
  link.after(said);
  said.textContent = await copied(address.href);
  clearTimeout(timer);
  timer = setTimeout(() => { said.textContent = ""; }, 3000);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.headerlink, a.copy-link");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  share(link);
});

for (const link of document.querySelectorAll(".md-content a.headerlink")) {
  // Short: it is read as part of the heading, which says what it leads to.
  link.setAttribute("aria-label", "copy link");
  link.removeAttribute("title");
}

for (const row of document.querySelectorAll(ROWS)) {
  const { id } = row;
  // A fact has a page of its own, whose address is the one to share; a term has it in its heading.
  if (!id || row.querySelector(':scope > a[href*="/f/"]')) continue;
  const own = row.querySelector("a.record-id");
  if (own) {
    own.classList.add("copy-link");
    own.textContent = "copy link";
    continue;
  }
  const link = document.createElement("a");
  link.className = "copy-link";
  link.href = `#${id}`;
  link.textContent = "copy link";
  const last = row.querySelector(":scope > p:last-of-type") ?? row;
  last.append(" ", link);
}
