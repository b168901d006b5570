"""Which cited passages have been read against their sources, and which have changed since.

Why: the records are right more often than the sentences around them; a sentence that was read by
somebody who did not write it has its check in ``data/checks/``, and loses it when it changes.

Good: a sentence whose check in data/checks/ was read after it was last changed
Bad: a sentence that says more than when somebody read it against its source
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scripts.pages.passages import Passage, passages, uses
from scripts.problems import Problem, nearest
from scripts.sources.audit import FOLDER, Check
from scripts.sources.records.lookup import split_spec
from scripts.sources.site import Site

COMMAND = "python -m scripts passages"


def _exists(name: str, site: Site) -> bool:
    collection, slash, record = name.partition("/")
    if not slash:
        return name in site.keys
    return split_spec(record)[0] in site.records[collection]


def check(site: Site) -> Iterator[Problem]:
    """Checks that nothing on the pages answers to, that name nothing, or left something out."""
    yield from site.problems_of_audit
    there = {passage.id: passage for passage in passages(site)}
    for done in site.audit[FOLDER].values():
        passage = there.get(done.id)
        if passage is None:
            message = (
                f"'{done.begins}' on {done.page} is not as it was read; read it again and take "
                f"its new id from '{COMMAND} {done.page}', or take this check out"
            )
            yield site.audit.problem(FOLDER, done.id, message, "id", rule="audit", level="warning")
            continue
        for name in done.read:
            if not _exists(name, site):
                hint = nearest(name, [*uses(passage), *site.keys])
                message = f"'{name}' is no source and no record{hint}"
                yield site.audit.problem(FOLDER, done.id, message, "read", rule="audit")
        if left := [name for name in uses(passage) if name not in done.read]:
            message = f"the passage rests on '{left[0]}', too, which was not read"
            yield site.audit.problem(
                FOLDER, done.id, message, "read", rule="audit", level="warning"
            )
        if done.verdict != "holds":
            message = f"'{done.begins}' on {done.page} does not hold ({done.verdict}); mend it"
            yield site.audit.problem(
                FOLDER, done.id, message, "verdict", rule="audit", level="warning"
            )


def unread(site: Site) -> list[Passage]:
    """Passages that have no check."""
    return [passage for passage in passages(site) if passage.id not in site.audit[FOLDER]]


def summary(site: Site, found: Sequence[Passage]) -> str:
    """One line for people who check, of all passages; empty where nobody has read anything."""
    known: dict[str, Check] = site.audit[FOLDER]
    if not known:
        return ""
    verdicts = Counter(known[passage.id].verdict for passage in found if passage.id in known)
    said = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
    return f"Cited passages: {len(found)}, read against their sources: {said or 'none'}."
