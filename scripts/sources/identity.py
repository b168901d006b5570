"""What the site calls itself, and where its files for machines stand."""

from __future__ import annotations

SITE_TITLE = "DeepSeek V4, explained"
AUTHOR = "DeepSeek V4 Explained Contributors"
"""One name without a comma: reference managers would split it into first and last name."""
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
LICENSE_NAME = "CC BY 4.0"

ABOUT = "contributing"
"""Folder of the page that says who writes here."""
DATA = "data"
"""Folder of the downloads."""
SQLITE = "all.sqlite"
"""All records in one file, below ``data/``."""
FIGURES = "figures"
"""Folder of the figures as files of their own."""
SHORT = "f"
"""Folder of the short addresses."""
