"""Where the project is kept, as addresses: a file at its line to edit, a form that is filled in.

Only where the environment says so (``REPO_URL``, ``EDIT_URI``): nothing links to what does not
exist. A dated edition is built without ``EDIT_URI``: its errors can be reported, its text stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

FORM = "wrong-fact.yml"
"""Of ``.github/ISSUE_TEMPLATE/``; the ids of its fields are those below."""
FIELDS = ("page", "record", "value", "edition")
MAX_VALUE = 160
"""Letters of a value that go into an address."""


@dataclass(frozen=True)
class Forge:
    repo: str
    """Address of the repository, without a slash at its end."""
    edits: str = ""
    """Between that and a file: ``edit/main/``; empty where files are not to be edited."""

    def edit(self, file: str, line: int = 1) -> str:
        """Opens ``file`` (from the top of the project) in the editor; empty if there is none."""
        if not self.edits:
            return ""
        anchor = f"#L{line}" if line > 1 else ""
        return f"{self.repo}/{self.edits}{quote(file)}{anchor}"

    def report(self, page: str, record: str = "", value: str = "", edition: str = "") -> str:
        """Opens the form of an error with these fields filled in."""
        short = value if len(value) <= MAX_VALUE else value[: MAX_VALUE - 1] + "…"
        given = dict(zip(FIELDS, (page, record, short, edition), strict=True))
        query = {"template": FORM, **{name: text for name, text in given.items() if text}}
        return f"{self.repo}/issues/new?{urlencode(query)}"


def forge(repo_url: str | None, edit_uri: str | None) -> Forge | None:
    """From ``repo_url`` and ``edit_uri`` of mkdocs.yml; the latter leads to ``docs/``."""
    repo = (repo_url or "").strip().rstrip("/")
    parts = urlsplit(repo)
    if parts.scheme not in {"https", "http"} or not parts.netloc or parts.query or parts.fragment:
        return None
    edits = (edit_uri or "").strip().lstrip("/")
    return Forge(repo, edits.removesuffix("docs/") if edits.endswith("/") else "")
