"""The book: chapters that hold together, PDF, EPUB, a copy for a disk; offered when there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from scripts.problems import ROOT
from scripts.publish.book import disk, epub, gather, offer, pdf, whole
from scripts.publish.book.gather import Place
from scripts.publish.book.whole import Imprint

BASE = "https://example.org/v4/"
SAID = Imprint("2026.11", "abc1234", "2026-11-29", BASE)
PAGE = """<html><head><link rel="stylesheet" href="a.css"></head><body><article>
<h1 id="top">{title}<a class="headerlink" href="#top">#</a></h1><h2 id="short">Short</h2>
<p>See <a href="../two/#short">two</a>, <a href="../three/">three</a><a class="cite-ref"
href="#ref-a.1">[1]</a>.</p><details><summary>More</summary><p>Folded.</p></details>
<section class="explorer" data-explorer="cost"><div class="explorer-live"></div>
<div class="explorer-static"></div></section>
<figure><svg viewBox="0 0 10 10"><title id="t">A line</title><path fill="var(--ink)" d="M0 0"/>
</svg></figure><ol class="references"><li id="ref-a">A.<details class="ref-notes"><summary>1 note
</summary><ul><li id="ref-a.1">x</li></ul></details></li></ol></article></body></html>"""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for name in ("one", "two", "three"):
        (tmp_path / "site" / name).mkdir(parents=True)
        text = PAGE.format(title=name.title())
        (tmp_path / "site" / name / "index.html").write_text(text, encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def chapters(built: Path) -> list[gather.Chapter]:
    return gather.chapters(built, [Place("one/", "A"), Place("two/", "B")], BASE)


def test_links_stay_in_the_book_or_lead_to_the_site(chapters: list[gather.Chapter]) -> None:
    text = whole.document(chapters, SAID, "")
    assert 'href="#p-two--short"' in text and f'href="{BASE}three/"' in text
    assert 'href="#p-one--ref-a"' in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_no_empty_tool_and_nothing_folded(chapters: list[gather.Chapter]) -> None:
    text = whole.document(chapters, SAID, "")
    assert "explorer" not in text and "headerlink" not in text and "<details" not in text
    assert "Folded." in text
    assert [name for name, _ in whole.parts(chapters)] == ["A", "B"]


def test_the_epub_has_its_parts(chapters: list[gather.Chapter], tmp_path: Path) -> None:
    epub.write(chapters, SAID, ROOT / "docs", tmp_path / "book.epub")
    with zipfile.ZipFile(tmp_path / "book.epub") as archive:
        names = archive.namelist()
        first = archive.infolist()[0]
        assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
        texts = {n: archive.read(n) for n in names if n.endswith((".xhtml", ".opf", ".svg"))}
    for name, text in texts.items():
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False))
        assert len(root) or root.text, name
    with_heading = [name for name, text in texts.items() if b"<h2" in text and "/ch" in name]
    assert len(with_heading) == len(chapters), "a file a chapter"
    for chapter in chapters:  # links to a chapter still find it
        assert sum(f'id="{chapter.id}"'.encode() in text for text in texts.values()) == 1
    nav = next(text for name, text in texts.items() if name.endswith("nav.xhtml")).decode()
    assert "One" in nav and "Two" in nav
    drawings = [text.decode() for name, text in texts.items() if name.endswith(".svg")]
    assert drawings and all("var(" not in text and "viewBox" in text for text in drawings)


def test_the_pdf_is_tagged_with_outline_and_links(
    built: Path, chapters: list[gather.Chapter], tmp_path: Path
) -> None:
    if pdf.browser() is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium found")
        pytest.skip("no Chromium found; install Debian's 'chromium' or set CHROMIUM to its path")
    (built / "index.html").write_text("<html><head></head><body></body></html>", encoding="utf-8")
    pdf.write(chapters, SAID, built, tmp_path / "book.pdf")
    data = (tmp_path / "book.pdf").read_bytes()
    assert b"/Marked true" in data and b"/StructTreeRoot" in data
    assert re.search(rb"/Lang\s*\(en\)", data)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) >= 4
    assert f"({BASE}three/)".encode() in data and b"/Dest" in data
    titles = re.findall(rb"/Title\s*\(([^)]*)\)", data)
    assert {b"Contents", b"A", b"One", b"Short", b"B", b"Two"} <= set(titles)
    pdf.pack(tmp_path / "book.pdf")
    if tool := shutil.which("qpdf"):
        assert (tmp_path / "book.pdf").stat().st_size < len(data)
        subprocess.run([tool, "--check", tmp_path / "book.pdf"], check=True, capture_output=True)


def test_links_of_the_copy_name_files(built: Path, tmp_path: Path) -> None:
    disk.write(built, SAID, tmp_path / "copy.zip", "book")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        text = archive.read("deepseek-v4-explained/one/index.html").decode()
    assert 'href="../two/index.html#short"' in text and 'href="../three/index.html"' in text
    assert text.count('class="disk-note"') == 1


def test_pages_offer_what_is_there_and_nothing_else(built: Path) -> None:
    page = built / "one" / "index.html"
    page.write_text('<p class="take-along">None.</p>', encoding="utf-8")
    assert offer.offer(built) == ["one/index.html"]
    assert "<a " not in page.read_text(encoding="utf-8")
    (built / offer.FOLDER).mkdir()
    (built / offer.FOLDER / f"{offer.NAME}.epub").write_bytes(b"x" * 200_000)
    offer.offer(built)
    text = page.read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]+)"', text) == [f"../book/{offer.NAME}.epub"]
    assert "0.2 MB" in text
