// The menu of narrow windows, by keyboard and by ear: without scripts its marks work by pointer.

import { opener } from "./button.js";

const drawer = document.getElementById("__drawer");
const column = document.querySelector(".md-sidebar--primary");
const sign = document.querySelector("label.md-header__button[for=__drawer]");
const narrow = matchMedia("(max-width: 76.234375em)");

/** Without a scroll to it: what slides in from the side is where it belongs a moment later. */
const go = (element) => element?.focus({ preventScroll: true });

/** What is closed or out of sight is not met by Tab either. */
function settle() {
  column.inert = narrow.matches && !drawer.checked;
  for (const box of column.querySelectorAll(".md-nav__toggle")) {
    const part = box.parentElement.querySelector(":scope > .md-nav");
    if (part) part.inert = narrow.matches && !box.checked;
  }
  // Where there is room, the part in which one is stands open: nothing is left to press.
  for (const button of column.querySelectorAll(".md-nav__item--section > button")) {
    button.disabled = !narrow.matches;
  }
}

/** The button of a part of the menu, and the one that leads back from it. */
function setUp(box) {
  const label = column.querySelector(`label.md-nav__link[for="${box.id}"]`);
  const title = box.parentElement.querySelector(":scope > .md-nav > label.md-nav__title");
  title?.parentElement.removeAttribute("aria-expanded"); // is of the button, not of what it opens
  const button = label && opener(label, box);
  const back = title && opener(title, box, `Back from ${title.textContent.trim()}`);
  box.addEventListener("change", () => {
    settle();
    if (narrow.matches) go(box.checked ? back : button);
  });
}

function start() {
  column.id ||= "menu";
  const button = opener(sign, drawer, "Menu", column);
  for (const box of column.querySelectorAll(".md-nav__toggle")) setUp(box);
  const close = () => {
    if (!drawer.checked) return;
    drawer.checked = false;
    drawer.dispatchEvent(new Event("change"));
    go(button);
  };
  drawer.addEventListener("change", () => {
    settle();
    if (drawer.checked) go(column.querySelector("a[href]"));
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

if (drawer && column && sign) start();
