"""``llms.txt``: what the site is and where the text of each page stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin

from scripts.publish.finished import Finished
from scripts.sources.identity import SITE_TITLE


def write_llms(pages: Iterable[Finished], base: str, into: Path, description: str) -> None:
    """``llms.txt``: what the site is and where each page's Markdown version stands."""
    lines = [f"# {SITE_TITLE}", "", f"> {description}", ""]
    part = None
    for page in pages:
        section = page.parts[-1] if page.parts else "Start"
        if section != part:
            lines += ["", f"## {section}", ""]
            part = section
        about = str(page.meta.get("description") or "")
        address = urljoin(base, f"{page.url}index.md")
        lines.append(f"- [{page.heading}]({address}): {about}")
    lines += [
        "",
        "## Data",
        "",
        f"- [All records]({urljoin(base, 'reference/downloads/')}): JSON, CSV, SQLite",
    ]
    (into / "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
