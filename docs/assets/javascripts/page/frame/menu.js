// The menu of narrow windows, by keyboard and by ear: without scripts its marks work by pointer.

const drawer = document.getElementById("__drawer");
const column = document.querySelector(".md-sidebar--primary");
const opener = document.querySelector(".md-header__button[for=__drawer]");
const narrow = matchMedia("(max-width: 76.234375em)");

/** A label that opens something is a button to those who do not see it. */
function asButton(label, box, name, part) {
  label.tabIndex = 0;
  label.setAttribute("role", "button");
  if (name) label.setAttribute("aria-label", name);
  const tell = () => label.setAttribute("aria-expanded", String(box.checked));
  box.addEventListener("change", tell);
  tell();
  if (part?.id) label.setAttribute("aria-controls", part.id);
  label.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    label.click();
  });
}

/** What is closed or out of sight is not met by Tab either. */
function settle() {
  const shown = !narrow.matches || drawer.checked;
  column.inert = !shown;
  for (const box of column.querySelectorAll(".md-nav__toggle")) {
    const part = box.parentElement.querySelector(":scope > .md-nav");
    if (part) part.inert = narrow.matches && !box.checked;
  }
}

function close() {
  if (!drawer.checked) return;
  drawer.checked = false;
  drawer.dispatchEvent(new Event("change"));
  opener.focus();
}

if (drawer && column && opener) {
  column.id ||= "menu";
  asButton(opener, drawer, "Menu", column);
  for (const box of column.querySelectorAll(".md-nav__toggle")) {
    const label = column.querySelector(`label.md-nav__link[for="${box.id}"]`);
    const back = box.parentElement.querySelector(":scope > .md-nav > label.md-nav__title");
    const part = back?.parentElement;
    part?.removeAttribute("aria-expanded"); // is of the button, not of what it opens
    if (label) asButton(label, box);
    if (back && narrow.matches) asButton(back, box, `Back from ${back.textContent.trim()}`);
    box.addEventListener("change", () => {
      settle();
      if (narrow.matches) (box.checked ? back : label)?.focus();
    });
  }
  drawer.addEventListener("change", () => {
    settle();
    if (drawer.checked) column.querySelector("a[href], [tabindex='0']")?.focus();
  });
  column.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link?.hash && link.pathname === location.pathname) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  narrow.addEventListener("change", settle);
  settle();
}
