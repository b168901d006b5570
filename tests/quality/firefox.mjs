// A look at some pages in Firefox: prints, as JSON, what is wrong on each.
// node firefox.mjs ADDRESS PATH ...   with FIREFOX = the program
//
// Debian's Firefox speaks WebDriver BiDi, which Puppeteer does; Playwright wants a Firefox of its own.

import puppeteer from "puppeteer-core";

const [base, ...paths] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: "firefox", executablePath: process.env.FIREFOX, headless: true,
});
const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Ask until the answer is yes, for ten seconds. */
async function within(page, question) {
  for (let i = 0; i < 50; i += 1) {
    if (await page.evaluate(question)) return true;
    await wait(200);
  }
  return false;
}

async function look(path) {
  const wrong = [];
  const page = await browser.newPage();
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (said) => said.type() === "error" && wrong.push(`console: ${said.text()}`));
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(base + path, { waitUntil: "load", timeout: 60_000 });
  await page.evaluate(() => document.querySelectorAll("[data-explorer]").forEach((one) => one.scrollIntoView()));
  const mounted = () => document.querySelectorAll(".explorer--mounted").length
    === document.querySelectorAll("[data-explorer]").length;
  await page.evaluate(() => scrollTo(0, 0));
  if (!(await within(page, mounted))) wrong.push("a tool did not start");
  const mark = (await page.evaluateHandle(() => (
    [...document.querySelectorAll(".md-content a.cite-ref")].find((one) => one.checkVisibility())
  ))).asElement();
  if (mark) {
    await mark.focus();
    if (!(await within(page, () => Boolean(document.querySelector(".note:popover-open"))))) wrong.push("a note does not open");
    await page.keyboard.press("Escape");
  }
  if (await page.$("[data-find]")) {
    await page.click("[data-find]");
    if (await within(page, () => Boolean(document.querySelector("dialog.find[open]")))) {
      await page.type("dialog.find input", "price of a million tokens");
      if (!(await within(page, () => document.querySelectorAll(".find-hit").length > 0))) wrong.push("the search finds nothing");
    } else wrong.push("the search does not open");
    await page.keyboard.press("Escape");
  }
  for (const width of [2560, 360]) {
    await page.setViewport({ width, height: 800 });
    await wait(200);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wrong.push(`${over} px wider than ${width}`);
  }
  if (await page.$("button.md-header__button[data-for=__drawer]")) {
    await page.focus("button.md-header__button[data-for=__drawer]");
    await page.keyboard.press("Enter");
    if (!(await within(page, () => Boolean(document.activeElement.closest("#menu"))))) wrong.push("the menu does not open");
  }
  await page.close();
  return wrong;
}

const found = {};
for (const path of paths) found[path] = await look(path).catch((error) => [String(error)]);
await browser.close();
console.log(JSON.stringify(found));
