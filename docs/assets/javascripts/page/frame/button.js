// Labels of hidden boxes, with which the frame works without scripts, become buttons.

/**
 * A button in place of a label, with all that it shows.
 * @param {HTMLLabelElement} label
 * @param {string} [name] what it is called where its text does not say it
 */
export function asButton(label, name) {
  const button = document.createElement("button");
  button.type = "button";
  for (const { name: key, value } of label.attributes) {
    if (key !== "for" && key !== "tabindex" && key !== "title") button.setAttribute(key, value);
  }
  button.dataset.for = label.htmlFor; // the style sheet knows some of them by this
  button.append(...label.childNodes);
  if (name) button.setAttribute("aria-label", name);
  label.replaceWith(button);
  return button;
}

/** A button that opens what a box opens, and says whether it is open. */
export function opener(label, box, name, part) {
  const button = asButton(label, name);
  const tell = () => button.setAttribute("aria-expanded", String(box.checked));
  button.addEventListener("click", () => {
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change"));
  });
  box.addEventListener("change", tell);
  tell();
  if (part?.id) button.setAttribute("aria-controls", part.id);
  return button;
}
