"""Walls, sign-ins, parked names, pages that send on: seen, and not seen in good pages."""

from __future__ import annotations

import pytest

from scripts.links.outside import page, walls
from scripts.links.outside.classify import judge
from scripts.links.outside.model import Answer, Failure, Link, Place, Verdict
from tests.links.outside.test_classify import LONG, NOW, known
from tests.links.outside.test_classify import page as answer

WALLS = [
    ("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", "Cloudflare"),
    ("<script>window.gokuProps = {}</script><noscript>JavaScript is off</noscript>", "AWS WAF"),
    ("<script src=/_Incapsula_Resource?x></script>", "Imperva"),
    ("<p>Request unsuccessful. Incapsula incident ID: 1-2</p>", "Imperva"),
    ("<script src=https://ct.captcha-delivery.com/c.js></script>", "DataDome"),
    ("<div id=px-captcha></div>", "HUMAN"),
    ("<script src=/_sec/cp_challenge/ak.js></script>", "Akamai"),
    ("<meta http-equiv=refresh content='5; URL=/?bm-verify=AAQ'>", "Akamai"),
    ("<script id=\"anubis_challenge\" type=application/json>{}</script>", "Anubis"),
    ("<script src=https://check.ddos-guard.net/js-challenge/x></script>", "DDoS-Guard"),
    ("<script>var arg1='A'; document.cookie='acw_sc__v2='</script>", "Alibaba Cloud"),
    ("<script src=https://ssl.captcha.qq.com/TencentCaptcha.js></script>", "Tencent"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "owner"), WALLS)
def test_a_wall_is_known_by_what_only_it_holds(raw: str, owner: str) -> None:
    assert page.read(raw.encode(), "text/html").wall == owner
    # The same script beside a page that can be read is no wall.
    assert page.read(f"{raw}<p>{LONG}</p>".encode(), "text/html").wall == ""


@pytest.mark.parametrize(
    ("headers", "owner"),
    [
        ({"x-amzn-waf-action": "challenge"}, "AWS WAF"),
        ({"x-amzn-waf-action": "captcha"}, "AWS WAF"),
        ({"x-amzn-waf-action": "count"}, ""),
        ({"cf-mitigated": "challenge"}, "Cloudflare"),
        ({"x-vercel-mitigated": "challenge"}, "Vercel"),
        ({"x-datadome": "protected"}, "DataDome"),
        ({"x-sucuri-block": "x"}, "Sucuri"),
        ({"server": "cloudflare", "cf-ray": "8"}, ""),
        ({}, ""),
    ],
)
def test_a_wall_is_known_by_its_headers(headers: dict[str, str], owner: str) -> None:
    assert walls.of_headers(headers) == owner


@pytest.mark.parametrize("status", [200, 202, 403, 405, 429, 503])
def test_a_wall_is_unverifiable_and_forgets_nothing(status: int) -> None:
    finding = judge(
        Link("https://a.test/x", (Place("a.md", 1),)),
        answer("https://a.test/x", status=status, wall="AWS WAF"),
        known(10, 17),
        NOW,
    )
    assert finding.verdict is Verdict.UNVERIFIABLE
    assert len(finding.failing_days) == 2


@pytest.mark.parametrize("status", [201, 202, 205, 206])
def test_what_is_no_page_is_unverifiable(status: int) -> None:
    finding = judge(Link("https://a.test/x", ()), answer("https://a.test/x", status=status))
    assert finding.verdict is Verdict.UNVERIFIABLE


@pytest.mark.parametrize(
    "raw",
    [
        "<title>example.com is for sale</title><p>Buy it now</p>",
        "<title>example.com</title><script src=//www.sedoparking.com/x.js></script>",
        "<title>x</title><p>This domain may be for sale!</p>",
        "<title>x.com</title><a href=https://www.hugedomains.com/domain_profile.cfm>Get it</a>",
        "<title>example.cn 域名出售</title><p>联系我们</p>",
        "<p>本域名可转让，请联系</p>",
        "<title>This domain has expired</title>",
        "<script>window.park = 'eyJ'</script>",
    ],
)
def test_parked_names(raw: str) -> None:
    content = page.read(raw.encode(), "text/html; charset=utf-8")
    assert content.parked
    finding = judge(Link("https://a.test/", ()), answer("https://a.test/", parked=True))
    assert finding.verdict is Verdict.SOFT_404


@pytest.mark.parametrize(
    "title",
    [
        "Sign in · GitLab", "Log in", "Login - Example", "Sign in to your account",
        "Please log in to continue", "Example | Log in", "登录", "登录 - 知乎",
        "用户登录", "请登录",
        "ログイン", "로그인", "Anmelden - Beispiel", "Authentication required",
    ],
)  # fmt: skip
def test_pages_to_sign_in_are_unverifiable(title: str) -> None:
    found = answer("https://a.test/x", title=title, text=LONG)
    assert judge(Link("https://a.test/x", ()), found).verdict is Verdict.UNVERIFIABLE
    # The bibliography may mean such a page.
    cited = judge(Link("https://a.test/x", (), title), found)
    assert cited.verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    "title",
    [
        "Loginov on sparse attention", "How to sign in with DeepSeek: a guide", "Signing keys",
        "登录页的设计原则", "DeepSeek is for developers", "Houses for sale near parks",
        "Logging in production", "Sign language models", "The captcha is dead", "Parking lots",
    ],
)  # fmt: skip
def test_titles_of_good_pages(title: str) -> None:
    raw = f"<title>{title}</title><p>{LONG}</p>"
    content = page.read(raw.encode(), "text/html; charset=utf-8")
    assert (content.wall, content.parked, content.sends_on) == ("", False, "")
    found = answer("https://a.test/x", title=title, text=LONG)
    assert judge(Link("https://a.test/x", ()), found).verdict is Verdict.ALIVE


@pytest.mark.parametrize(
    ("raw", "leads"),
    [
        ('<meta http-equiv="refresh" content="0; url=https://b.test/">', "https://b.test/"),
        ("<META HTTP-EQUIV='Refresh' CONTENT='3;URL=\"/other\"'>", "/other"),
        ('<meta http-equiv="refresh" content="0;/other">', "/other"),
        ('<meta http-equiv="refresh" content="300">', ""),
        ('<meta http-equiv="refresh" content="600; url=/x">', ""),
        ('<meta http-equiv="refresh" content="soon">', ""),
        ("<script>window.location.href = 'https://b.test/'</script>", "https://b.test/"),
        ('<script>location.replace("/lander")</script>', "/lander"),
        ("<script>top.location='/x?ch=1'</script>", "/x?ch=1"),
        (f"<script>location.href = '/menu'</script><p>{LONG}</p>", ""),
    ],
)
def test_pages_that_send_visitors_on(raw: str, leads: str) -> None:
    assert page.read(raw.encode(), "text/html").sends_on == leads


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://b.test/", Verdict.UNVERIFIABLE),
        ("https://a.test/other", Verdict.UNVERIFIABLE),
        ("https://a.test/x/?lang=en", Verdict.ALIVE),
        ("https://a.test/x", Verdict.ALIVE),
        ("javascript:void(0)", Verdict.ALIVE),
    ],
)
def test_who_is_sent_elsewhere_has_not_seen_the_page(target: str, expected: Verdict) -> None:
    found = answer("https://a.test/x", sends_on=target)
    assert judge(Link("https://a.test/x", ()), found).verdict is expected


@pytest.mark.parametrize(
    "text",
    [
        "抱歉，您访问的页面不存在", "页面走丢了", "网页飞走了", "该内容已被发布者删除",
        "此内容因违规无法查看", "该文章已被作者删除", "您访问的内容已被删除",
        "你似乎来到了没有知识存在的荒原", "链接已失效", "该内容暂时无法显示", "頁面不存在",
        "啊哦，你所访问的页面不存在了", "内容已下架", "找不到您要的页面",
    ],
)  # fmt: skip
def test_soft_404_in_chinese(text: str) -> None:
    found = answer("https://a.test/x", title="某站", text=text)
    assert judge(Link("https://a.test/x", ()), found).verdict is Verdict.SOFT_404


@pytest.mark.parametrize(
    ("url", "title", "expected"),
    [
        ("https://a.test/report.pdf", "", Verdict.UNVERIFIABLE),
        ("https://a.test/report.pdf", "Something else", Verdict.UNVERIFIABLE),
        ("https://a.test/report.pdf", "Sparse attention", Verdict.ALIVE),
        ("https://github.test/o/r/blob/main/report.pdf", "", Verdict.ALIVE),
        ("https://a.test/report", "", Verdict.ALIVE),
    ],
)
def test_a_page_where_a_file_should_be(url: str, title: str, expected: Verdict) -> None:
    assert judge(Link(url, (), title), answer(url)).verdict is expected


def test_an_answer_that_browsers_forgive_is_unverifiable_on_any_day() -> None:
    broken = Answer("https://a.test/x", failure=Failure.MALFORMED, detail="two lengths")
    finding = judge(Link("https://a.test/x", ()), broken, known(10, 17), NOW)
    assert finding.verdict is Verdict.UNVERIFIABLE and len(finding.failing_days) == 2


def test_nothing_came() -> None:
    found = answer("https://a.test/x", title="", empty=True)
    assert judge(Link("https://a.test/x", ()), found).verdict is Verdict.UNVERIFIABLE
