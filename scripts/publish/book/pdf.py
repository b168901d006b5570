"""The book as a PDF: tagged, with an outline, links and drawings as vectors.

Chromium makes it, from the style sheets that the pages are printed with: the drawings are inline
SVG colored by variables, which no other program at hand draws as readers see them, and the browser
tests need it anyway.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lxml import html as lxml_html

from scripts.publish.book.gather import Chapter
from scripts.publish.book.whole import Imprint, document

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_OWN = Path(__file__).with_name("book.css")


def browser() -> str | None:
    """Where Chromium is on this machine; ``CHROMIUM`` names another one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def lacks_chinese() -> bool:
    """Whether this machine says that none of its fonts has Chinese characters, of which names and
    titles have some: the PDF takes its letters from here and would show boxes."""
    tool = shutil.which("fc-list")
    if tool is None:
        return False
    found = subprocess.run([tool, ":lang=zh"], capture_output=True, text=True, check=False)
    return found.returncode == 0 and not found.stdout.strip()


def styles(site: Path) -> str:
    """The style sheets of the first page, by their place on disk, and the book's own."""
    page = lxml_html.fromstring((site / "index.html").read_bytes())
    names = [link.get("href") for link in page.xpath('//head/link[@rel="stylesheet"]')]
    files = [*(site / name for name in names if "://" not in name), _OWN]
    return "".join(f'<link rel="stylesheet" href="{file.resolve().as_uri()}">' for file in files)


def write(chapters: Sequence[Chapter], said: Imprint, site: Path, into: Path) -> None:
    """Raises playwright's Error where the browser fails."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "book.html"
        file.write_text(document(chapters, said, styles(site)), encoding="utf-8")
        flags = ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
        chromium = playwright.chromium.launch(executable_path=browser(), args=flags)
        try:
            page = chromium.new_page(java_script_enabled=False, color_scheme="light")
            page.set_default_timeout(0)  # several hundred sheets on a small machine
            page.goto(file.as_uri(), wait_until="load")
            page.pdf(
                path=str(into), format="A4", prefer_css_page_size=True, tagged=True, outline=True,
                print_background=True,
            )  # fmt: skip
        finally:
            chromium.close()


def pack(file: Path) -> None:
    """Chromium writes each of some hundred thousand tags plainly; qpdf, where it is installed,
    makes a third of that without a change to what is shown."""
    tool = shutil.which("qpdf")
    if tool is None:
        return
    packed = file.with_suffix(".packed")
    options = ["--object-streams=generate", "--recompress-flate", "--compression-level=9"]
    done = subprocess.run([tool, *options, file, packed], capture_output=True, check=False)
    if done.returncode == 0:
        packed.replace(file)
    else:
        packed.unlink(missing_ok=True)
