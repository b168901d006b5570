// Tables in which the Tab key stops once a row: the arrow keys go on to the other links of the row.

const LINKS = "a[href]";

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const row = event.target.closest?.("tr");
  if (!row?.querySelector(`${LINKS}[tabindex="-1"]`)) return;
  const links = [...row.querySelectorAll(LINKS)];
  const next = links[links.indexOf(event.target) + step];
  if (!next || !links.includes(event.target)) return;
  event.preventDefault(); // the table would scroll; the focus brings what it is on into sight
  next.focus();
});
