// Blocks of code: a button that copies, and help for those who read by keyboard or by ear.

const blocks = [...document.querySelectorAll(".md-typeset pre > code")];

/** Code that scrolls sideways must be reachable by keyboard. */
function nameCode() {
  // All are measured before any is changed: the browser then computes the layout once.
  const wide = blocks.map((code) => code.scrollWidth > code.clientWidth);
  blocks.forEach((code, index) => {
    if (wide[index]) {
      code.tabIndex = 0;
      code.setAttribute("role", "region");
      code.setAttribute("aria-label", `Code example ${index + 1}`);
    } else {
      for (const attribute of ["tabindex", "role", "aria-label"]) code.removeAttribute(attribute);
    }
  });
}

blocks.forEach((code, index) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-text copy-code";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy code example ${index + 1}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.innerText.trimEnd() + "\n");
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy by hand";
    }
  });
  code.before(button); // inside: its place is the corner of the block
});

if (blocks.length) {
  nameCode();
  addEventListener("resize", nameCode);
}
