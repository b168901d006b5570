"""What Google Scholar, feed readers, browsers and crawlers ask for, a test for each rule."""

from __future__ import annotations

import datetime as dt
import email.utils
import gzip
import json
import re
import struct
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import feedparser
import pytest
from lxml import html

from scripts.publish import citing

DATE = re.compile(r"\d{4}/\d{2}/\d{2}")


def meta(page: html.HtmlElement, name: str) -> list[str]:
    return page.xpath("//head/meta[@name=$name or @property=$name]/@content", name=name)


def file_of(address: str, site: Path) -> Path:
    """The file that a static host sends for an address."""
    path = site / urlsplit(address).path.lstrip("/")
    return path / "index.html" if address.endswith("/") or path.is_dir() else path


# ------------------------------------------------- Google Scholar and reference managers


def test_there_is_one_title_and_it_is_the_works_alone(works_of_ours) -> None:
    for where, page in works_of_ours.items():
        (title,) = meta(page, "citation_title")
        assert title.strip() == title != "", where
        if where != ".":
            assert citing.SITE_TITLE not in title, where


def test_each_author_has_a_tag_and_the_group_is_whole(works_of_ours) -> None:
    """A trailing comma keeps a group's name in one field."""
    for where, page in works_of_ours.items():
        assert meta(page, "citation_author") == [f"{citing.AUTHOR},"], where
        assert not meta(page, "citation_authors"), where


@pytest.mark.parametrize("name", ["citation_publication_date", "citation_online_date"])
def test_dates_are_written_with_slashes(works_of_ours, name: str) -> None:
    for where, page in works_of_ours.items():
        (date,) = meta(page, name)
        assert DATE.fullmatch(date), where
        assert dt.datetime.strptime(date, "%Y/%m/%d").date().isoformat() == meta(page, "DC.date")[0]


def test_no_page_claims_to_be_of_a_journal_a_book_or_a_conference(works_of_ours) -> None:
    claims = {
        "citation_journal_title", "citation_journal_abbrev", "citation_issn", "citation_isbn",
        "citation_volume", "citation_issue", "citation_book_title", "citation_inbook_title",
        "citation_conference_title", "citation_dissertation_institution", "citation_doi",
        "citation_pdf_url",
    }  # fmt: skip
    for where, page in works_of_ours.items():
        assert not claims & set(page.xpath("//meta/@name")), where


def test_pages_are_websites_and_data_pages_are_datasets(works_of_ours) -> None:
    """``og:type`` wins over ``DC.type``: a page of data must do without."""
    datasets = {
        where for where, page in works_of_ours.items() if meta(page, "DC.type") == ["dataset"]
    }
    assert datasets == {"reference/downloads"}
    for where, page in works_of_ours.items():
        assert meta(page, "og:site_name") == [citing.SITE_TITLE], where
        assert meta(page, "og:type") == ([] if where in datasets else ["website"]), where
        if where in datasets:
            assert meta(page, "DC.identifier") == meta(page, "citation_public_url"), where


def test_the_address_is_the_canonical_one(works_of_ours) -> None:
    for where, page in works_of_ours.items():
        (address,) = meta(page, "citation_public_url")
        assert page.xpath("//link[@rel='canonical']/@href") == [address], where
        assert page.xpath("//link[@rel='cite-as']/@href") == [address], where
        assert meta(page, "og:url") == [address], where


def test_the_license_is_said(works_of_ours) -> None:
    for where, page in works_of_ours.items():
        assert meta(page, "DC.rights") == [citing.LICENSE], where
        assert citing.LICENSE in page.xpath("//link[@rel='license']/@href"), where


def test_tags_stand_in_the_head_and_nothing_hides_the_page(works_of_ours) -> None:
    for where, page in works_of_ours.items():
        assert not page.xpath("//body//meta[starts-with(@name, 'citation_')]"), where
        assert not any("noindex" in value for value in meta(page, "robots")), where


def test_everything_says_what_it_is_in_a_paragraph(works_of_ours) -> None:
    """Previews show nothing for less than a line; the same text is the abstract elsewhere."""
    for where, page in works_of_ours.items():
        (text,) = meta(page, "og:description")
        assert len(text) >= 40, where
        assert meta(page, "description") == [text], where
        assert page.get("lang") == "en", where


def test_signposts_lead_to_author_type_license_and_files(site: Path, works_of_ours) -> None:
    kinds = {
        "application/vnd.citationstyles.csl+json": "cite.json",
        "application/x-bibtex": "cite.bib",
        "application/x-research-info-systems": "cite.ris",
    }
    for where, page in works_of_ours.items():
        links = {
            link.get("type"): link.get("href") for link in page.xpath("//link[@rel='describedby']")
        }
        assert links == kinds, where
        assert all((site / where / name).is_file() for name in links.values()), where
        (author,) = page.xpath("//link[@rel='author']/@href")
        assert file_of(author, site).is_file(), where
        assert page.xpath("//link[@rel='type']/@href") == ["https://schema.org/AboutPage"], where
        for item in page.xpath("//link[@rel='item']/@href"):
            base = f"https://x.org/{where}/"
            assert file_of(urljoin(base, item), site).is_file(), (where, item)


def test_the_text_of_each_page_is_announced(site: Path, pages) -> None:
    for where, page in pages.items():
        (href,) = page.xpath(
            "//link[normalize-space(@rel)='alternate'][@type='text/markdown']/@href"
        )
        assert (site / where / href).is_file(), where


# ------------------------------------------------------------------------- oEmbed


def test_each_figure_can_be_found_and_embedded(site: Path, works_of_ours) -> None:
    """By the rules of oembed.com: discovery, required members of a rich answer, sizes."""
    figures = {w: p for w, p in works_of_ours.items() if w.startswith("figures/")}
    for where, page in figures.items():
        (link,) = page.xpath("//link[@rel='alternate'][@type='application/json+oembed']")
        answer = json.loads((site / where / link.get("href")).read_text("utf-8"))
        assert answer["version"] == "1.0" and answer["type"] == "rich", where
        assert isinstance(answer["width"], int) and isinstance(answer["height"], int), where
        (frame,) = html.fragments_fromstring(answer["html"])
        assert frame.tag == "iframe" and frame.get("src") == meta(page, "og:url")[0], where
        assert file_of(frame.get("src"), site).is_file(), where
        assert frame.get("title") and answer["title"] == meta(page, "og:title")[0], where
        png = file_of(answer["thumbnail_url"], site).read_bytes()
        size = answer["thumbnail_width"], answer["thumbnail_height"]
        assert struct.unpack(">II", png[16:24]) == size, where


def test_every_card_is_a_picture_of_the_size_that_is_said(site: Path, works_of_ours) -> None:
    for where, page in works_of_ours.items():
        data = file_of(meta(page, "og:image")[0], site).read_bytes()
        size = tuple(int(meta(page, f"og:image:{name}")[0]) for name in ("width", "height"))
        assert struct.unpack(">II", data[16:24]) == size == (1200, 630), where
        words = meta(page, "og:image:alt")[0].split(": ")
        assert len(set(words)) == len(words), where


# ------------------------------------------------------------------------- feeds


def test_feedparser_reads_the_rss_without_complaint(site: Path) -> None:
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    assert not feed.bozo and feed.version == "rss20"
    assert feed.feed.title and feed.feed.subtitle and feed.feed.language == "en-US"
    assert file_of(feed.feed.link, site).is_file()
    selves = [link for link in feed.feed.links if link.rel == "self"]
    assert [urlsplit(link.href).path for link in selves] == ["/feed.xml"]
    assert [link.type for link in selves] == ["application/rss+xml"]
    moments = [entry.published_parsed for entry in feed.entries]
    assert len(moments) >= 20 and moments == sorted(moments, reverse=True)
    assert feed.feed.updated_parsed == moments[0]


def test_items_have_what_rss_2_asks_for(site: Path) -> None:
    root = ElementTree.parse(site / "feed.xml").getroot()
    assert root.tag == "rss" and root.get("version") == "2.0"
    (channel,) = root
    for name in ("title", "link", "description"):
        assert channel.findtext(name), name
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    assert all(guids) and len(set(guids)) == len(guids)
    for item in items:
        assert item.findtext("title") and item.findtext("description")
        assert email.utils.parsedate_to_datetime(item.findtext("pubDate", "")).tzinfo
        (guid,) = item.findall("guid")
        assert guid.get("isPermaLink") == "false"
        # A description is HTML: what looks like markup or an entity must be meant as such.
        described = html.fromstring(f"<p>{item.findtext('description')}</p>")
        assert len(described) == 0 and "&" not in re.sub(
            r"&(amp|lt|gt);", "", item.findtext("description", "")
        )


def test_links_of_the_feeds_lead_to_anchors(site: Path) -> None:
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    texts: dict[Path, str] = {}
    for entry in feed.entries:
        address, anchor = urldefrag(entry.link)
        file = file_of(address, site)
        text = texts.setdefault(file, file.read_text(encoding="utf-8"))
        assert not anchor or f'id="{anchor}"' in text, entry.link


KNOWN = {
    "feed": {
        "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url",
        "icon", "favicon", "authors", "language", "expired", "hubs", "items",
    },
    "item": {
        "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
        "banner_image", "date_published", "date_modified", "authors", "tags", "language",
        "attachments",
    },
}  # fmt: skip


def test_the_json_feed_keeps_to_version_1_1(site: Path) -> None:
    feed = json.loads((site / "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"]
    assert feed.keys() <= KNOWN["feed"]
    assert urlsplit(feed["feed_url"]).path == "/feed.json"
    assert file_of(feed["home_page_url"], site).is_file()
    assert all(author.keys() & {"name", "url", "avatar"} for author in feed["authors"])
    identifiers = [item["id"] for item in feed["items"]]
    assert len(set(identifiers)) == len(identifiers) >= 20
    for item in feed["items"]:
        assert item.keys() <= KNOWN["item"] and isinstance(item["id"], str)
        assert item.get("content_text") or item.get("content_html"), item["id"]
        assert dt.datetime.fromisoformat(item["date_published"]).tzinfo, item["id"]
        assert urlsplit(item["url"]).netloc, item["id"]


def test_both_feeds_say_the_same(site: Path) -> None:
    rss = feedparser.parse((site / "feed.xml").read_bytes()).entries
    items = json.loads((site / "feed.json").read_text(encoding="utf-8"))["items"]
    assert [(e.id, e.link, e.title) for e in rss] == [
        (i["id"], i["url"], i["title"]) for i in items
    ]


def test_every_page_names_both_feeds_and_the_search(site: Path, pages) -> None:
    wanted = {
        "application/rss+xml": "feed.xml",
        "application/feed+json": "feed.json",
        "application/opensearchdescription+xml": "opensearch.xml",
    }
    for where, page in pages.items():
        for kind, name in wanted.items():
            (link,) = page.xpath("//head/link[@type=$kind]/@href", kind=kind)
            assert (site / where / link).resolve() == (site / name).resolve(), where


# ------------------------------------------------------------------------- crawlers

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_sitemap_dates_every_page_by_its_review(site: Path, pages) -> None:
    entries = ElementTree.parse(site / "sitemap.xml").getroot().findall(f"{SITEMAP}url")
    dates = {
        entry.findtext(f"{SITEMAP}loc"): entry.findtext(f"{SITEMAP}lastmod") for entry in entries
    }
    assert dates == {
        meta(page, "citation_public_url")[0]: meta(page, "DC.date")[0] for page in pages.values()
    }
    assert len(entries) == len(dates)
    assert (
        gzip.decompress((site / "sitemap.xml.gz").read_bytes())
        == (site / "sitemap.xml").read_bytes()
    )


def test_robots_may_fetch_every_page_and_find_the_sitemap(site: Path, pages) -> None:
    robots = RobotFileParser()
    robots.parse((site / "robots.txt").read_text(encoding="utf-8").splitlines())
    for page in pages.values():
        (address,) = meta(page, "citation_public_url")
        assert robots.can_fetch("Googlebot", address) and robots.can_fetch("GPTBot", address)
    (sitemap,) = robots.site_maps() or []
    assert urlsplit(sitemap).netloc and file_of(sitemap, site) == site / "sitemap.xml"


def test_the_search_description_keeps_to_opensearch_1_1(site: Path) -> None:
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ElementTree.parse(site / "opensearch.xml").getroot()
    assert root.tag == f"{name}OpenSearchDescription"
    assert 0 < len(root.findtext(f"{name}ShortName", "")) <= 16
    assert 0 < len(root.findtext(f"{name}Description", "")) <= 1024
    (address,) = root.findall(f"{name}Url")
    assert address.get("type") == "text/html"
    template = address.get("template", "")
    assert template.count("{searchTerms}") == 1 and urlsplit(template).netloc
    assert file_of(template.partition("?")[0], site).is_file()


LLMS_ITEM = re.compile(r"- \[(?P<name>[^\]]+)\]\((?P<url>https?://[^)\s]+)\)(: \S.*)?")


def test_llms_txt_has_the_form_of_its_proposal(site: Path, pages) -> None:
    """A title, a quoted summary, then sections that are lists of links with notes."""
    lines = [line for line in (site / "llms.txt").read_text(encoding="utf-8").splitlines() if line]
    assert lines[0] == f"# {citing.SITE_TITLE}"
    assert lines[1].startswith("> ")
    assert lines[2].startswith("## ")
    found: list[str] = []
    sections = [line for line in lines if line.startswith("## ")]
    assert len(set(sections)) == len(sections)
    for line in lines[2:]:
        if line.startswith("## "):
            continue
        match = LLMS_ITEM.fullmatch(line)
        assert match, line
        assert file_of(match["url"], site).is_file(), line
        found.append(urlsplit(match["url"]).path)
    assert len(set(found)) == len(found)
    assert not any(path.endswith(("/", ".html")) for path in found), "text and data only"
    for where in pages:
        assert f"/{where}/index.md".replace("/./", "/") in found, where


def test_the_whole_text_has_every_chapter_and_says_how_large_it_is(site: Path, pages) -> None:
    listing = (site / "llms.txt").read_text(encoding="utf-8")
    whole = (site / "llms-full.txt").read_text(encoding="utf-8")
    for where, page in pages.items():
        (address,) = meta(page, "citation_public_url")
        assert (f"<!-- {address} " in whole) != where.startswith("reference/facts"), where
    named = re.findall(r"\]\((\S+llms-full\.txt)\): (\d+) KB", listing)
    assert len(named) > 6
    for address, size in named:
        assert abs(file_of(address, site).stat().st_size / 1024 - int(size)) <= 1, address


# ------------------------------------------------------------------------- calendar


def test_the_calendar_keeps_to_its_standard(site: Path, pages) -> None:
    """RFC 5545: lines of at most 75 octets that end in CR LF, and what each entry must have."""
    data = (site / "calendar.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 and b"\n" not in line for line in lines)
    text = data.decode().replace("\r\n ", "")
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    entries = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL)
    assert len(entries) > 50 and text.count("BEGIN:") == len(entries) + 1
    fields = [dict(line.split(":", 1) for line in e.strip().split("\r\n")) for e in entries]
    assert len({one["UID"] for one in fields}) == len(fields)
    for one in fields:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"} <= one.keys()
        assert one["DTSTART;VALUE=DATE"] < one["DTEND;VALUE=DATE"]
        if "URL" in one:
            address, anchor = urldefrag(one["URL"])
            assert f'id="{anchor}"' in file_of(address, site).read_text(encoding="utf-8")
    for where, page in pages.items():
        (link,) = page.xpath("//head/link[@type='text/calendar']/@href")
        assert (site / where / link).resolve() == (site / "calendar.ics").resolve()
