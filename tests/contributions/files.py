"""Files, folders, links and settings with mistakes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.contributions.case import HEAD, Case, replaced, whole

CONFIG = "mkdocs.yml"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'
_NAV = "nav:\n  - Home: index.md\n  - Other: sub/other.md\n  - All: everything.md\n  - Sources: sources.md\n"
_NAV += "  - Facts: reference/facts/index.md\n  - D: reference/downloads.md\n  - C: reference/changes.md\n"


def act(name: str, words: str, file: str, do: Callable[[Path], object]) -> Case:
    return Case(name, (), words, file, "", lambda root: do(root) and None)


def svg(inside: str, words: str = "") -> Case:
    return whole("docs/assets/x.svg", _SVG.format(inside), words)


def config(text: str, words: str = "", find: str = "") -> Case:
    """Settings that are added at the end."""

    def do(root: Path) -> None:
        with (root / CONFIG).open("a", encoding="utf-8") as file:
            file.write(text)

    return Case(f"config {text[:40]!r}", (), words, CONFIG if words else "", find, do)


def nav(old: str, new: str, words: str = "", find: str = "") -> Case:
    return config(_NAV.replace(old, new), words, find)


FILES = [
    act("a link to a file of the machine", "a symbolic link", "docs/assets.txt",
        lambda root: os.symlink("/etc/hostname", root / "docs/assets.txt")),
    act("a linked page", "a symbolic link", "docs/passwd.md",
        lambda root: os.symlink("/etc/hostname", root / "docs/passwd.md")),
    act("a link that leads nowhere", "a symbolic link", "docs/gone.md",
        lambda root: os.symlink("/nowhere", root / "docs/gone.md")),
    act("a linked folder", "a symbolic link", "docs/etc", lambda root: os.symlink("/etc", root / "docs/etc")),
    act("linked data", "a symbolic link", "data/gone.yml",
        lambda root: os.symlink("/nowhere", root / "data/gone.yml")),
    act("a pipe among the pages", "no file with content", "docs/pipe.md", lambda root: os.mkfifo(root / "docs/pipe.md")),
    act("a pipe in the data", "no file with content", "data/pipe.yml", lambda root: os.mkfifo(root / "data/pipe.yml")),
    act("a pipe among the assets", "no file with content", "docs/x.png", lambda root: os.mkfifo(root / "docs/x.png")),
    act("a folder named as a page", "a folder with the name of a page", "docs/x.md", lambda root: (root / "docs/x.md").mkdir()),
    act("a folder named as data", "a folder with the name", "data/x.yml", lambda root: (root / "data/x.yml").mkdir()),
    act("no data", "the folder data/ is missing", "data", lambda root: shutil.rmtree(root / "data")),
    Case("no facts", (), "no record 'total-parameters'", "docs/index.md", "{{ fact(",
         lambda root: (root / "data/facts.yml").unlink()),
    act("no bibliography", "the bibliography is missing", "references.bib", lambda root: (root / "references.bib").unlink()),
    act("no settings", "not a file with text", CONFIG, lambda root: (root / CONFIG).unlink()),
    act("a folder README.md", "", "", lambda root: (root / "README.md").mkdir()),
    act("an empty folder", "", "", lambda root: (root / "docs/empty").mkdir()),
    whole("docs/robots.txt", "User-agent: *\n", "not published"),
    whole("docs/data/facts.json", "{}", "not published"),
    whole("docs/demo.html", "<script>alert(1)</script>", "not published"),
    whole("docs/x.xhtml", "<html/>", "not published"),
    whole("docs/x.htm", "x", "not published"),
    whole("docs/x.php", "x", "not published"),
    whole("docs/x.zip", b"PK", "not published"),
    whole("data/notes.txt", "x", "not published or read here"),
    whole("data/facts.json", "{}", "not published or read here"),
    whole("docs/assets/empty.png", b"", "an empty file"),
    whole("docs/assets/x.png", b"GIF89a", "this is no PNG file"),
    whole("docs/assets/x.jpg", b"\x89PNG", "this is no JPG file"),
    whole("docs/assets/big.png", b"\x89PNG\r\n\x1a\n" + b"x" * 3_000_000, "bytes; 2,000,000 are allowed"),
    whole("docs/a page.md", HEAD, "a name may have only letters"),
    whole("docs/seite-ü.md", HEAD, "a name may have only letters"),
    whole("docs/assets/x(1).svg", _SVG, "a name may have only letters"),
    svg("<script>alert(1)</script>", "<script> in a drawing"),
    svg("<rect onload='alert(1)'/>", "the event handler 'onload'"),
    svg("<foreignObject/>", "<foreignobject> in a drawing"),
    svg("<a href='javascript:alert(1)'/>", "a drawing that leads to"),
    svg("<image href='https://example.org/x.png'/>", "a drawing that leads to"),
    svg("<use href='other.svg#x'/>", "a drawing that leads to"),
    svg("<set attributeName='href' to='javascript:alert(1)'/>", "<set> in a drawing"),
    svg("<rect style='fill:url(https://example.org/x)'/>", "'url(...)' of another file"),
    svg("<style>@import 'https://example.org/x.css';</style>", "a style of another file"),
    svg("<rect", "not well-formed SVG"),
    whole("docs/assets/x.svg", '<!DOCTYPE svg [<!ENTITY x "y">]>' + _SVG, "a DOCTYPE, an entity"),
    whole("docs/assets/x.svg", "", "an empty file"),
    whole("docs/assets/x.css", "@import 'https://example.org/x.css';", "a style of another host"),
    whole("docs/assets/x.css", "a{background:url(https://example.org/x)}", "a style of another host"),
    whole("docs/assets/x.css", "a{background:url(//example.org/x)}", "a style of another host"),
]  # fmt: skip

CONFIGS = [
    whole(CONFIG, "", "expected settings"),
    whole(CONFIG, "- a\n", "expected settings"),
    whole(CONFIG, "site_name: [x\n", "not valid YAML"),
    whole(CONFIG, b"site_name: \xe9\n", "byte 0xE9"),
    whole(CONFIG, "site_name: x\n\ttheme: y\n", "not valid YAML", find="\ttheme"),
    whole(CONFIG, "site_name: &a [*a]\n", "never ends"),
    config("site_nmae: x\n", "did you mean 'site_name'?", "site_nmae"),
    config("nav: 5\n", "nav must be a list", "nav:"),
    nav("", "" , ""),
    nav("index.md\n  - Other", "idnex.md\n  - Other", "is no page below docs/", "idnex"),
    nav("  - Other: sub/other.md\n", "", "is in no menu", "nav:"),
    nav("  - Other", "  - Again: index.md\n  - Other", "is named twice", "- Home"),
    nav("Home:", "'<b>Home</b>':", "holds HTML", "<b>"),
    nav("Home: index.md", "Home: 5", "leads to no page", "Home: 5"),
    nav("Home: index.md", "Home: javascript:alert(1)", "is no page below docs/", "javascript"),
    replaced(CONFIG, "- bibtex:", "- macros\n  - bibtex:", "is not one of ours", "- macros"),
    replaced(CONFIG, "- bibtex:", "- redirects: {redirect_maps: {'../x.md': index.md}}\n  - bibtex:",
             "must be the file that the page had", "../x.md"),
    replaced(CONFIG, "- bibtex:", "- redirects: {redirect_maps: {old.md: gone.md}}\n  - bibtex:",
             "'gone.md' is no page", "gone.md"),
    replaced(CONFIG, "- bibtex:", "- redirects: {redirect_maps: {old.md: 'javascript:x'}}\n  - bibtex:",
             "is no address to lead on to", "old.md"),
    replaced(CONFIG, "- bibtex:", "- redirects: {redirect_maps: {index.md: sources.md}}\n  - bibtex:",
             "is a page, so it cannot lead on", "index.md"),
    replaced(CONFIG, "- bibtex:", "- redirects: {redirect_maps: {old.md: index.md}}\n  - bibtex:"),
]  # fmt: skip

CASES: list[Case] = [*FILES, *CONFIGS]
