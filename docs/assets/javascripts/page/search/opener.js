// What opens the search: its button, "/" and the address (?q=).

/** The search: its box is a module of its own, fetched when it is first opened. */
function find(text) {
  import("./dialog.js").then(({ open }) => open(text)).catch(() => {
    location.href = document.querySelector("[data-find]").href; // the page that lists everything
  });
}
document.querySelector("[data-find]")?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  find();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  find();
});
const question = new URLSearchParams(location.search).get("q");
if (question !== null) find(question);
