// What as-of reading does to a page, so that it can be taken back.

/** A list of changes; `undo` takes them back, the last first. */
export class Changes {
  #back = [];

  undo() {
    for (const back of this.#back.reverse()) back();
    this.#back = [];
  }

  hide(element) {
    if (element.classList.contains("asof-gone")) return;
    element.classList.add("asof-gone");
    this.#back.push(() => element.classList.remove("asof-gone"));
  }

  mark(element, name) {
    if (element.classList.contains(name)) return;
    element.classList.add(name);
    this.#back.push(() => element.classList.remove(name));
  }

  /** Put `made` before `place`, or at the end of `parent` if there is none. */
  insert(made, parent, place = null) {
    parent.insertBefore(made, place);
    this.#back.push(() => made.remove());
    return made;
  }

  attribute(element, name, value) {
    const before = element.getAttribute(name);
    element.setAttribute(name, value);
    this.#back.push(() => (before === null ? element.removeAttribute(name) : element.setAttribute(name, before)));
  }

  /** Show `text` in a cell instead of what it holds. */
  replace(cell, text) {
    const kept = [...cell.childNodes];
    const note = document.createElement("span");
    note.className = "asof-none";
    note.textContent = text;
    cell.replaceChildren(note);
    this.#back.push(() => cell.replaceChildren(...kept));
  }
}

/** An element with a class and a text. */
export function made(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
