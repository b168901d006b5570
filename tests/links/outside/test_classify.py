"""What an answer means: the rules, one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from scripts.links.outside.classify import judge, recall, same_title
from scripts.links.outside.model import Answer, Failure, Finding, Hop, Link, Place, Verdict
from scripts.links.outside.state import Remembered, remember

NOW = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
URL = "https://a.test/articles/sparse-attention"
LONG = "Plain words of a page that is what it says it is. " * 200


def link(url: str = URL, title: str = "") -> Link:
    return Link(url, (Place("references.bib", 1, 1, "key"),), title)


def page(url: str = URL, *hops: tuple[int, str], **fields: object) -> Answer:
    defaults = {"status": 200, "content_type": "text/html", "title": "Sparse attention"}
    chain = tuple(Hop(status, to) for status, to in hops)
    return Answer(url, hops=chain, **{**defaults, **fields})  # type: ignore[arg-type]


def verdict(answer: Answer, title: str = "", history: Remembered | None = None) -> Finding:
    return judge(link(answer.url, title), answer, history, NOW)


# Moved


@pytest.mark.parametrize(
    ("hops", "moved_to"),
    [
        ([(301, "https://a.test/new")], "https://a.test/new"),
        ([(308, "https://b.test/x"), (301, "https://b.test/y")], "https://b.test/y"),
        ([(301, "https://b.test/x"), (302, "https://b.test/y")], "https://b.test/x"),
        ([(302, "https://b.test/x"), (301, "https://b.test/y")], ""),
        ([(302, "https://b.test/x")], ""),
        ([(303, "https://b.test/x")], ""),
        ([(307, "https://b.test/x")], ""),
        ([(301, URL + "/")], ""),
        ([(301, URL + "?utm_source=a&fbclid=b")], ""),
        ([(301, URL.replace("a.test", "www.a.test"))], ""),
        ([(301, URL.replace("a.test", "A.TEST"))], ""),
        ([(301, URL + "?page=2")], URL + "?page=2"),
        ([(301, URL.upper().replace("HTTPS://A.TEST", "https://a.test"))],
         "https://a.test/ARTICLES/SPARSE-ATTENTION"),
    ],
)  # fmt: skip
def test_moved(hops: list[tuple[int, str]], moved_to: str) -> None:
    finding = verdict(page(URL, *hops))
    assert finding.moved_to == moved_to
    assert finding.verdict is (Verdict.MOVED if moved_to else Verdict.ALIVE)


def test_moved_keeps_the_fragment_and_tells_of_a_new_title() -> None:
    answer = page(f"{URL}#part", (301, "https://a.test/new"), anchors=frozenset({"part"}))
    assert verdict(answer).moved_to == "https://a.test/new#part"
    own = page(f"{URL}#part", (301, "https://a.test/new#own"), anchors=frozenset({"own"}))
    assert verdict(own).moved_to == "https://a.test/new#own"
    other = page(URL, (301, "https://a.test/new"), title="Casino")
    assert "now titled 'Casino'" in verdict(other, "Sparse attention").reason


def test_from_http_to_https_for_good_is_a_move() -> None:
    finding = verdict(page("http://a.test/x/y", (301, "https://a.test/x/y")))
    assert (finding.verdict, finding.moved_to) == (Verdict.MOVED, "https://a.test/x/y")


@pytest.mark.parametrize(
    "gate",
    [
        "https://a.test/login?next=/x",
        "https://accounts.b.test/v3/start",
        "https://a.test/cookie-consent",
        "https://consent.a.test/?continue=x",
        "https://a.test/users/sign_in",
        "https://a.test/session/new",
    ],
)
@pytest.mark.parametrize("status", [301, 302])
def test_gates_are_no_new_addresses(gate: str, status: int) -> None:
    finding = verdict(page(URL, (status, gate)))
    assert (finding.verdict, finding.moved_to) == (Verdict.UNVERIFIABLE, "")


def test_an_address_about_signing_in_may_redirect() -> None:
    answer = page("https://a.test/docs/login", (302, "https://a.test/docs/v2/login"))
    assert verdict(answer).verdict is Verdict.ALIVE


# Soft 404


@pytest.mark.parametrize(
    "title",
    [
        "404", "404 - Page not found", "Error 404 | Site", "Page not found - Site", "Not Found",
        "Site | 404", "页面不存在", "404 页面", "找不到页面 - 某站", "您访问的页面不存在",
        "頁面未找到",
        "Seite nicht gefunden", "Page introuvable | Le Site", "Página no encontrada",
        "ページが見つかりません", "페이지를 찾을 수 없습니다", "Страница не найдена",
        "Site – Not found",
        "Sorry, this page isn't available.", "This article does not exist", "File not found",
    ],
)  # fmt: skip
def test_soft_404_by_title(title: str) -> None:
    assert verdict(page(title=title, text=LONG)).verdict is Verdict.SOFT_404


@pytest.mark.parametrize(
    "title",
    [
        "404 Media", "How we handle HTTP errors", "Room 404: a story", "Not found in translation",
        "The page that changed the web", "Lost and found", "HTTP 404 explained - Wiki",
        "DeepSeek V4: what nobody found", "",
    ],
)  # fmt: skip
def test_no_soft_404_by_title(title: str) -> None:
    assert verdict(page(title=title, text=LONG)).verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    "text",
    [
        "Oops! The page you requested could not be found.",
        "We can't find the page you are looking for.",
        "Sorry, this post has been removed by its author.",
        "This page doesn't exist.",
        "抱歉，您访问的页面不存在",
        "该内容已被删除",
        "Error 404",
    ],
)
def test_soft_404_by_text_of_a_short_page(text: str) -> None:
    assert verdict(page(title="Site", text=text)).verdict is Verdict.SOFT_404
    assert verdict(page(title="Site", text=f"{text} {LONG}")).verdict is Verdict.ALIVE


def test_a_page_of_the_expected_title_is_no_soft_404_for_its_words() -> None:
    answer = page(title="Sparse attention | Journal", text="Fig. 3: page not found.")
    assert verdict(answer, "Sparse attention").verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    ("url", "to", "soft"),
    [
        (URL, "https://a.test/", True),
        (URL, "https://www.a.test", True),
        (URL, "https://a.test/en/", True),
        (URL, "https://a.test/index.html", True),
        (URL, "https://b.test/", True),
        ("https://a.test/?p=123", "https://a.test/", True),
        ("https://s.test/x7Yz", "https://b.test/", False),
        ("https://a.test/", "https://a.test/en/", False),
        ("https://a.test/home", "https://a.test/", False),
        (URL, "https://a.test/articles/", False),
        (URL, "https://a.test/?p=7", False),
    ],
)
def test_led_to_the_home_page(url: str, to: str, soft: bool) -> None:
    finding = verdict(page(url, (302, to)))
    assert finding.verdict is (Verdict.SOFT_404 if soft else Verdict.ALIVE)


# A person has to look


@pytest.mark.parametrize("status", [401, 402, 403, 405, 406, 418, 429, 451, 999])
def test_refusals(status: int) -> None:
    assert verdict(page(status=status)).verdict is Verdict.UNVERIFIABLE


@pytest.mark.parametrize(
    "title", ["Just a moment...", "Attention Required! | Cloudflare", "Access Denied", "安全验证"]
)
@pytest.mark.parametrize("status", [200, 503])
def test_challenges(title: str, status: int) -> None:
    assert verdict(page(status=status, title=title)).verdict is Verdict.UNVERIFIABLE


def test_a_page_about_captchas_is_alive() -> None:
    answer = page(title="Sparse attention", text="How to solve a captcha")
    assert verdict(answer).verdict is Verdict.ALIVE


# Failing and dead


def known(*days: int, verdict: Verdict = Verdict.FAILING) -> Remembered:
    failed = tuple(dt.date(2026, 11, day) for day in days)
    return Remembered(verdict, NOW - dt.timedelta(days=7), failing_days=failed)


FAULTS = [
    page(status=404),
    page(status=410),
    page(status=500),
    page(status=400),
    page(status=304),
    page(status=0, failure=Failure.DNS),
    page(status=0, failure=Failure.CONNECT),
    page(status=200, failure=Failure.TIMEOUT),
    page(status=200, failure=Failure.RESET),
    page(status=0, failure=Failure.PROTOCOL),
    page(status=302, failure=Failure.TOO_MANY_REDIRECTS),
]


@pytest.mark.parametrize("answer", FAULTS, ids=lambda a: f"{a.status} {a.failure}")
@pytest.mark.parametrize(
    ("days", "expected", "count"),
    [
        ((), Verdict.FAILING, 1),
        ((24,), Verdict.FAILING, 1),
        ((10,), Verdict.FAILING, 2),
        ((10, 24), Verdict.FAILING, 2),
        ((10, 17), Verdict.DEAD, 3),
        ((3, 10, 17), Verdict.DEAD, 4),
    ],
)
def test_three_days(answer: Answer, days: tuple[int, ...], expected: Verdict, count: int) -> None:
    finding = verdict(answer, history=known(*days))
    assert finding.verdict is expected
    assert len(finding.failing_days) == count


def test_days_are_those_of_utc() -> None:
    late = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    finding = judge(link(), page(status=404), known(24), late)
    assert finding.failing_days[-1] == dt.date(2026, 11, 25)


def test_what_works_wipes_out_the_days_and_what_cannot_be_verified_does_not() -> None:
    history = known(10, 17)
    assert verdict(page(), history=history).failing_days == ()
    blocked = verdict(page(status=403), history=history)
    assert blocked.failing_days == history.failing_days
    late = verdict(page(status=0, failure=Failure.OUT_OF_TIME), history=history)
    assert (late.verdict, late.failing_days) == (Verdict.UNCHECKED, history.failing_days)


def test_a_wait_that_is_too_long() -> None:
    finding = verdict(page(status=503, retry_after=7200))
    assert finding.verdict is Verdict.UNVERIFIABLE
    assert "2.0 hours" in finding.reason


# Insecure


def test_insecure() -> None:
    finding = verdict(page("http://a.test/x", https_works=True))
    assert (finding.verdict, finding.moved_to) == (Verdict.INSECURE, "https://a.test/x")
    assert verdict(page("http://a.test/x")).verdict is Verdict.ALIVE
    down = verdict(page("https://a.test/x", (302, "http://a.test/y")))
    assert down.verdict is Verdict.INSECURE
    bad = verdict(page(status=0, failure=Failure.TLS, detail="certificate has expired"))
    assert bad.verdict is Verdict.INSECURE
    assert "expired" in bad.reason


# Titles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DeepSeek-V4: Towards Highly Efficient Million-Token Context Intelligence",
         "[2606.19348] DeepSeek-V4: Towards highly efficient million-token context intelligence"),
        ("Models & Pricing (state of 2026-11-15)", "Models & Pricing | DeepSeek API Docs"),
        ("DeepSeek V4 Pro: model page and leaderboard",
         "DeepSeek V4 Pro - Intelligence, Performance & Price Analysis"),
        ("It’s here", "It's here – Blog"),
        ("ＤｅｅｐＳｅｅｋ V4", "DeepSeek V4"),
        ("深度求索发布新模型V4", "深度求索发布新模型V4_新闻频道"),
        ("A title", ""),
        ("", "A title"),
        ("???", "A title"),
    ],
)  # fmt: skip
def test_same_title(one: str, other: str) -> None:
    assert same_title(one, other)
    assert same_title(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DeepSeek-V4: Towards Highly Efficient Context Intelligence", "Best casino bonus"),
        ("深度求索发布新模型", "今日天气预报"),
        ("A study of attention", "The end of the world"),
        ("DeepSeek V4", "Domain for sale"),
    ],
)
def test_other_title(one: str, other: str) -> None:
    assert not same_title(one, other)
    finding = verdict(page(title=other, text=LONG), one)
    assert finding.verdict is Verdict.RETITLED
    assert other in finding.reason


def test_a_title_within_the_text_is_enough() -> None:
    answer = page(title="Blog", text="Home > Sparse Attention, explained > Comments")
    assert verdict(answer, "Sparse attention explained").verdict is Verdict.ALIVE


# Anchors


def test_anchors() -> None:
    anchors = frozenset({"here", "user-content-there", "é"})
    for mark in ("here", "there", "%C3%A9", "top", "", ":~:text=x", "here:~:text=x", "/route"):
        answer = page(f"{URL}#{mark}", anchors=anchors)
        assert verdict(answer).verdict is Verdict.ALIVE, mark
    missing = page(f"{URL}#nowhere", anchors=anchors)
    assert verdict(missing).verdict is Verdict.NO_ANCHOR
    for reason in ({"scripts": True}, {"truncated": True}):
        unsure = page(f"{URL}#nowhere", anchors=anchors, **reason)
        assert verdict(unsure).verdict is Verdict.UNVERIFIABLE
    file = page("https://a.test/x.pdf#page=3", content_type="application/pdf")
    assert verdict(file).verdict is Verdict.ALIVE


# Remembered


def test_recall() -> None:
    finding = verdict(page(title="Casino"), "Sparse attention")
    entry = remember(finding, NOW)
    again = recall(finding.link, entry)
    assert (again.verdict, again.checked, again.answer) == (Verdict.RETITLED, NOW, None)
    mended = recall(link(title="The Casino"), entry)
    assert (mended.verdict, mended.reason) == (Verdict.ALIVE, "")
    moved = verdict(page(URL, (301, "https://a.test/new")))
    assert recall(moved.link, remember(moved, NOW)).moved_to == "https://a.test/new"
