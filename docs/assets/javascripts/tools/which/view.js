// The tables that the page holds: found, copied, read.

/** The tables of the static version by the id of their heading. */
export function tasksOf(place) {
  return [...place.querySelectorAll("h3")].map((heading) => {
    const parts = [];
    for (let next = heading.nextElementSibling; next && next.tagName !== "H3"; next = next.nextElementSibling) {
      parts.push(next);
    }
    const name = heading.cloneNode(true);
    name.querySelectorAll(".headerlink").forEach((link) => link.remove());
    return { id: heading.id, name: name.textContent.trim(), parts };
  });
}

/** A copy without ids, which may stand only once a page. */
export function copyOf(part) {
  const copy = part.cloneNode(true);
  copy.removeAttribute("id");
  copy.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
  return copy;
}

/** What a row says to the choice. */
export function rowOf(element) {
  const { cost, weights, images, context, scored } = element.querySelector(".choice").dataset;
  return {
    element, weights, images: images ? images === "True" : null, context: context === "True", scored: scored === "True",
    cost: cost ? Number(cost) : null,
  };
}
