"""Names by content: pages lead to them, another content has another name, editions stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.publish.hosting.fingerprint import fingerprint
from scripts.publish.hosting.headers import kind_of
from scripts.publish.hosting.servers import headers_file

PAGE = (
    '<html><head><link rel="stylesheet" href="{up}assets/stylesheets/site.css">'
    '<link rel="icon" href="{up}assets/favicon.svg"></head><body>'
    '<a href="{up}assets/javascripts/page/index.js">the script</a>'
    '<script src="{up}assets/javascripts/page/index.js" type="module"></script></body></html>'
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in {
        "index.html": PAGE.format(up=""),
        "404.html": PAGE.format(up="/"),
        "a/b/index.html": PAGE.format(up="../../"),
        "2026.11/index.html": PAGE.format(up=""),
        "assets/stylesheets/site.css": "a {}",
        "assets/javascripts/page/index.js": 'import "../lib/x.js";',
        "assets/javascripts/lib/x.js": "1",
        "assets/favicon.svg": "<svg/>",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def read(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_pages_lead_to_folders_named_by_their_content(site: Path) -> None:
    names = fingerprint(site)
    for page, up in (("index.html", ""), ("404.html", "/"), ("a/b/index.html", "../../")):
        text = read(site, page)
        assert f'src="{up}assets/{names["javascripts"]}/page/index.js"' in text
        assert f'href="{up}assets/{names["stylesheets"]}/site.css"' in text
        assert f'<a href="{up}assets/javascripts/page/index.js"' in text, "a link stays"
        assert f'href="{up}assets/favicon.svg"' in text
    script = f"assets/{names['javascripts']}/lib/x.js"
    assert (site / script).is_file() and kind_of(f"/{script}").name == "hashed"
    assert (site / "assets/javascripts/lib/x.js").is_file(), "who kept the address finds it"


def test_an_edition_stays_as_it_was(site: Path) -> None:
    fingerprint(site)
    assert read(site, "2026.11/index.html") == PAGE.format(up="")


def test_another_content_has_another_name_and_the_same_has_the_same(site: Path) -> None:
    first = fingerprint(site)
    page = read(site, "index.html")
    assert fingerprint(site) == first and read(site, "index.html") == page
    (site / "assets/javascripts/lib/x.js").write_text("2", encoding="utf-8")
    second = fingerprint(site)
    assert second["javascripts"] != first["javascripts"]
    assert second["stylesheets"] == first["stylesheets"]
    assert second["javascripts"] in read(site, "index.html")
    assert not (site / "assets" / first["javascripts"]).exists()


def test_the_headers_file_knows_the_folders(site: Path) -> None:
    names = fingerprint(site)
    text = headers_file(site)
    for name in names.values():
        assert f"/assets/{name}/*\n  Cache-Control: public, max-age=31536000, immutable" in text
