// What is folded, and what stands behind a tab, opens for a link that leads into it, and on paper.

function openFor(target) {
  if (!target) return;
  let opened = false;
  for (let fold = target.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
    fold.open = true;
    opened = true;
  }
  const block = target.closest(".tabbed-block");
  if (block) {
    const set = block.closest(".tabbed-set");
    const index = [...block.parentElement.children].indexOf(block);
    set.querySelectorAll(":scope > input")[index].checked = true;
    opened = true;
  }
  if (opened) target.scrollIntoView();
}

function byAddress() {
  try {
    openFor(document.getElementById(decodeURIComponent(location.hash.slice(1))));
  } catch {
    // an address with a stray percent sign names no place
  }
}

if (location.hash) byAddress();
addEventListener("hashchange", byAddress);

let forPaper = [];
addEventListener("beforeprint", () => {
  forPaper = [...document.querySelectorAll(".md-content details:not([open], [name])")];
  for (const fold of forPaper) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of forPaper) fold.open = false;
});

/** Tabs of the same name go together on a page: who reads Python reads it everywhere. */
for (const set of document.querySelectorAll(".tabbed-set")) {
  const labels = [...set.querySelectorAll(":scope > .tabbed-labels > label")];
  set.addEventListener("change", (event) => {
    const label = labels.find((one) => one.htmlFor === event.target.id);
    if (!label) return;
    for (const other of document.querySelectorAll(".tabbed-labels > label")) {
      if (other !== label && other.textContent.trim() === label.textContent.trim()) {
        document.getElementById(other.htmlFor).checked = true;
      }
    }
  });
}
