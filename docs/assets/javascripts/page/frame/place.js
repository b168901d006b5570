// Where one is on the page: the title in the header, the section among the contents, the way up.

const headings = [...document.querySelectorAll(".md-content :is(h1, h2, h3)[id]")];
const title = document.querySelector(".md-header__title");
const list = document.querySelector(".md-sidebar--secondary [data-md-component=toc]");
const column = list?.closest(".md-sidebar__scrollwrap");
const links = new Map(
  [...(list?.querySelectorAll("a[href^='#']") ?? [])].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
);
const up = document.querySelector(".md-top");
const CONTROLS = ".explorer, .asof-form, .records-filter"; // what a reader presses, and should see

const LINE = 7.8; // rem from the top: what begins above it is being read. A heading that a link
// leads to stands right above it: scroll-padding 4, scroll-margin at most 3.6 (frame.css)

/** That line in pixels, which the reader's own size of letters moves. */
const edge = () => LINE * parseFloat(getComputedStyle(document.documentElement).fontSize);

let current;
let before = scrollY;

/** The last heading above the edge; headings stand in order, so half of them can be left out. */
function section() {
  const line = edge();
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (headings[middle].getBoundingClientRect().top <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function follow(index) {
  for (let i = index; i >= 0; i -= 1) {
    const link = links.get(headings[i].id);
    if (!link && i) continue;
    if (link === current) return;
    current?.classList.remove("md-nav__link--active");
    current?.removeAttribute("aria-current");
    current = link;
    link?.classList.add("md-nav__link--active");
    link?.setAttribute("aria-current", "location");
    if (!link || !column) return;
    const away = link.offsetTop - column.scrollTop;
    if (away < 0 || away > column.clientHeight - 40) column.scrollTop = link.offsetTop - column.clientHeight / 2;
    return;
  }
}

/** Whether the way up would lie on a tool or on a form: it comes back when they are past. */
function covers() {
  const button = up.getBoundingClientRect();
  return [...document.querySelectorAll(CONTROLS)].some((one) => {
    const box = one.getBoundingClientRect();
    return box.top < button.bottom && box.bottom > button.top && box.left < button.right && box.right > button.left;
  });
}

function look() {
  const index = section();
  title?.classList.toggle("md-header__title--active", index >= 0 && scrollY > 0);
  if (links.size) follow(index);
  if (up) up.hidden = scrollY < 400 || scrollY >= before || covers();
  before = scrollY;
}

let waiting = false;
document.addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    look();
  });
}, { passive: true });
up?.addEventListener("click", () => {
  scrollTo({ top: 0, behavior: "smooth" });
  document.querySelector(".md-skip")?.focus({ preventScroll: true });
});
