"""For ``mkdocs build`` and ``mkdocs serve`` without us: hands MkDocs what our own commands hand it.

``python -m scripts build`` has put the plugin there itself, and has checked the sources.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from scripts.checks import run as checks  # noqa: E402
from scripts.engine import commit  # noqa: E402
from scripts.engine import site as sites  # noqa: E402
from scripts.engine.assembly import NAME, Assembly  # noqa: E402
from scripts.publish.citing import Printer  # noqa: E402
from scripts.publish.done import Done  # noqa: E402
from scripts.sources.forge import forge  # noqa: E402
from scripts.sources.site import DEFAULT_URL  # noqa: E402

log = logging.getLogger("mkdocs.plugins.explained")


def on_config(config: Any) -> Any:
    """The first event; nothing has been emptied or written yet."""
    if NAME in config.plugins:
        return config
    commit.fix_date(ROOT)
    edition = str(config.extra.get("edition", ""))
    kept = forge(config.repo_url, config.edit_uri)
    site = sites.of_project(ROOT, config.site_url or DEFAULT_URL, edition, forge=kept)
    problems = checks.run(site)
    for problem in problems:
        log.warning(str(problem))
    if any(problem.level == "error" for problem in problems):
        raise Abort(f"{len(problems)} problem(s) in the sources; site/ is left as it was")
    config.plugins[NAME] = Assembly(site, Printer(site.shelf), Done())  # its on_config comes next
    return config
