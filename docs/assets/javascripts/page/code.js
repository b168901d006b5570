// Blocks of code for those who read by keyboard or by ear.

/** Code that scrolls sideways must be reachable by keyboard, and its copy button needs a name. */
function nameCode() {
  document.querySelectorAll(".md-typeset pre > code").forEach((code, index) => {
    const name = `Code example ${index + 1}`;
    code.parentElement.querySelector(".md-code__nav")?.setAttribute("aria-label", `${name}, tools`);
    if (code.scrollWidth > code.clientWidth) {
      code.tabIndex = 0;
      code.setAttribute("role", "region");
      code.setAttribute("aria-label", name);
    } else {
      for (const attribute of ["tabindex", "role", "aria-label"]) code.removeAttribute(attribute);
    }
  });
}
nameCode();
window.addEventListener("resize", nameCode);
// The theme adds the copy buttons after this script has run.
if (document.querySelector(".md-typeset pre > code")) {
  new MutationObserver(nameCode).observe(document.querySelector(".md-content"), {
    childList: true,
    subtree: true,
  });
}
