"""Pages as hosts all over the world send them with status 200: those that are none, and those that
only speak of what those say."""

from __future__ import annotations

import pytest

from scripts.links.outside import page
from scripts.links.outside.classify import judge
from scripts.links.outside.model import Answer, Finding, Link, Verdict

TEXT = (
    "The report describes a model of many experts, of which a few answer each word. "
    "It gives what the cache holds, what a step costs, and how both grow with the prompt. "
) * 12
ADDRESS = "https://a.test/2026/04/deepseek-v4"

# Title, words of the body, and what a reader would say of it.
GONE: list[tuple[str, str]] = [
    ("404", ""),
    ("404 | A site", ""),
    ("A site | 404", "Go back home"),
    ("Error 404", "Sorry"),
    ("HTTP 404", "Sorry"),
    ("404: NOT_FOUND", "Code: DEPLOYMENT_NOT_FOUND"),
    ("Not Found | A site", ""),
    ("Page not found – A site", "Try a search"),
    ("Page Not Found · GitHub Pages", ""),
    ("Site not found · GitHub Pages", "There isn't a GitHub Pages site here."),
    ("A site", "Oops! That page can’t be found. It looks like nothing was found at this location."),
    ("A site", "Sorry, this page isn't available. The link you followed may be broken."),
    ("A site", "The page you are looking for doesn't exist or has been moved."),
    ("A site", "We couldn't find the page you were looking for."),
    ("A site", "We can’t find that page"),
    ("A site", "This article is no longer available."),
    ("A site", "This post has been removed by its author."),
    ("A site", "The requested content does not exist."),
    ("A site", "This story is not available in our archive."),
    ("A site", "The file you requested could not be found on this server."),
    ("A site", "Hmm... this page doesn’t exist. Try searching for something else."),
    ("A site", "Sorry, the page you requested was not found"),
    ("A site", "The document you requested is no longer available"),
    ("A site", "Uh oh. You have found a page that does not exist"),
    ("A site", "This content has been deleted"),
    ("A site", "The URL you requested was not found on this server."),
    ("A site", "This link has expired."),
    ("A site", "The page has moved or no longer exists."),
    ("页面不存在", ""),
    ("404 页面未找到", ""),
    ("出错啦 - 某站", "您访问的页面不存在或已被删除"),
    ("某站", "抱歉，您要访问的页面找不到了"),
    ("某站", "该内容已被发布者删除"),
    ("某站", "此内容因违规无法查看"),
    ("某站", "抱歉，文章已下架"),
    ("某站", "您要查看的文章不存在或已被作者删除"),
    ("某站", "链接已失效，请返回首页"),
    ("某站", "您访问的内容已被移除"),
    ("某站", "该文章已被删除"),
    ("某站", "网页走丢了，去首页看看吧"),
    ("某站", "你似乎来到了没有知识存在的荒原"),
    ("某站", "很抱歉，您访问的网页不存在"),
    ("某站", "啊哦，你所访问的页面不存在了"),
    ("某站", "该帖子已被作者删除"),
    ("某站", "此文章已不存在"),
    ("某站", "該頁面不存在"),
    ("某站", "抱歉，找不到您要的網頁"),
    ("某站", "連結已失效"),
    ("ページが見つかりません", ""),
    ("サイト", "お探しのページは見つかりませんでした。"),
    ("サイト", "指定されたページは存在しません。"),
    ("사이트", "요청하신 페이지를 찾을 수 없습니다."),
    ("사이트", "존재하지 않는 페이지입니다."),
    ("Seite", "Die Seite wurde leider nicht gefunden."),
    ("Seite", "Diese Seite existiert nicht."),
    ("Page", "Page introuvable"),
    ("Page", "Cette page n'existe pas ou plus."),
    ("Página", "Página no encontrada"),
    ("Página", "Esta página no existe"),
    ("Página", "Página não encontrada"),
    ("Pagina", "Pagina non trovata"),
    ("Страница не найдена", ""),
    ("Сайт", "Запрашиваемая страница не существует."),
]
PARKED: list[tuple[str, str]] = [
    ("example.com is for sale", "Make an offer"),
    ("example.ai may be for sale", "Buy now"),
    ("Parked Domain", "This page is parked."),
    ("example.com", "<p>This domain is for sale.</p>"),
    ("example.com", "<p>Buy this domain.</p>"),
    ("example.com", "<script src='https://www.sedoparking.com/frmpark/x.js'></script>"),
    ("example.com", "<script>window.park = 'eyJ1'</script><p>Related searches</p>"),
    ("example.cn", "<p>该域名正在出售</p>"),
    ("域名已过期", "<p>请联系注册商</p>"),
    ("This domain has expired", "<p>Renew it</p>"),
    ("example.com", "<p>The domain example.com is available for purchase</p>"),
    ("example.com", "<p>The owner of this domain has not yet uploaded a website.</p>"),
]
HIDDEN: list[tuple[str, str]] = [
    ("Just a moment...", ""),
    ("Attention Required! | Cloudflare", "Sorry, you have been blocked"),
    ("Access denied", "You do not have permission to view this page"),
    ("Access to this page has been denied", ""),
    ("Are you a robot?", "Please confirm"),
    ("Are you human?", "Press and hold"),
    ("Security Checkpoint", "We are checking your browser"),
    ("Client Challenge", ""),
    ("安全验证", "请完成验证"),
    ("访问验证", "拖动滑块"),
    ("验证码", ""),
    ("A site", "Please enable JavaScript and cookies to continue"),
    ("A site", "Our systems have detected unusual traffic from your network"),
    ("Sign in", "Email, password"),
    ("Log in · A site", ""),
    ("A site - Log In", ""),
    ("Please log in to continue", ""),
    ("登录 - 某站", "手机号"),
    ("请登录", ""),
    ("ログイン", ""),
    ("로그인", ""),
    ("Anmelden bei A site", ""),
    ("Connexion", ""),
    ("Sign In or Register", ""),
    ("", ""),
]
GOOD: list[tuple[str, str]] = [
    ("DeepSeek V4 released", ""),
    ("404 Media reports on DeepSeek", ""),
    ("Why links rot: half of them are gone", "Many pages say that they no longer exist."),
    ("Captchas and how models solve them", "A captcha asks whether you are human."),
    ("Are you human? What CAPTCHAs ask of us", "They were invented in 2000."),
    ("The domain name market", "A domain is for sale when its owner says so."),
    ("How to sign in with a passkey", "You sign in with a key that your phone keeps."),
    ("Login nodes and job queues", "The cluster has two login nodes."),
    ("Access denied: export controls on chips", "Who was denied access, and when."),
    ("Just a moment of silence", "The vendor said nothing."),
    ("DeepSeek-V4 技术报告", "文章讨论了页面缓存。找不到的块由索引器跳过。"),
    ("域名与备案", "本文讲解域名如何转让。"),
    ("验证码识别模型综述", "验证码是一种区分人与机器的测试。"),
    ("内容审核：哪些内容会被删除", "平台规定，违规内容会被删除。"),
    ("登录接口文档", "调用登录接口时需要密钥。"),
    ("ページング方式の解説", "ページが見つからない場合はページフォルトになる。"),
    ("페이지 캐시 설명", "페이지를 찾는 방법을 설명한다."),
    ("Deleted: what the first report left out", "Passages that were deleted between versions."),
    ("Model not available in your region", "A list of regions and models."),
    ("Errata: this article has been corrected", "The article has been updated."),
    ("Signing in the rain", ""),
    ("Not found in translation", "What machine translation loses."),
    ("Seite an Seite: zwei Modelle", "Eine Seite nicht gefundener Wörter."),
    ("One moment in April", "What happened on the 24th."),
    ("Unusual traffic patterns in MoE routing", "Traffic between experts is unusual."),
    ("Bot verification for agents", "How agents prove who they are."),
    ("Robots.txt and crawlers", "Are you a robot? Then read this file."),
    ("Human verification of model answers", "Two people verified each answer."),
    ("Redirects explained", "The page moved; the old address leads to the new one."),
    ("Was the page removed?", "The page was removed on Monday and is back since Tuesday."),
    ("For sale: one GPU cluster", "It was bought in 2024."),
    ("Parking and prefetching of weights", "Weights are parked in main memory."),
    ("403 tokens a second", ""),
    ("410 billion parameters", ""),
    ("Status codes of the API", "400, 401, 402, 422, 429, 500, 503"),
    ("Expired coupons and discounts", "The discount expired on May 31."),
    ("Kein Zugang: Exportregeln", "Wer keinen Zugang hat."),
    ("Connexion entre puces", "La bande passante de la connexion."),
    ("Anmeldung und Preise", "Was die Anmeldung kostet."),
    ("V4 has no page limit", "No page was found to be too long."),
    ("What we could not find", "We could not find the training cost in the report."),
    ("Links that no longer work", "Of 541 links, 12 no longer work."),
    ("The post that was deleted", "Its author deleted it an hour later; we kept a copy."),
    ("404 days after R1", ""),
    ("内容分发网络简介", "页面从最近的节点送出。"),
]  # fmt: skip

OF_THAT_NAME: list[tuple[str, str]] = [
    ("How to design a 404 page", "A page not found is a chance to help."),
    ("Page not found? A history of the 404 error", "The error 404 was defined in 1992."),
    ("The file that was not found", "A story about a missing file of weights."),
    ("Content that does not exist", "On hallucinated references: papers that do not exist."),
    ("Error budgets", "An error 404 counts, a 500 counts twice."),
]
"""Only who knows what was cited can tell these from pages that are not there."""


def judged(title: str, body: str, link_title: str = "") -> Finding:
    """What is said of a page with these words, as the checker reads it."""
    raw = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    read = page.read(raw.encode(), "text/html; charset=utf-8")
    answer = Answer(
        ADDRESS,
        200,
        (),
        content_type="text/html; charset=utf-8",
        title=read.title,
        text=read.text,
        wall=read.wall,
        parked=read.parked,
    )
    return judge(Link(ADDRESS, (), link_title), answer)


NOT_THE_PAGE = [(*said, Verdict.SOFT_404) for said in GONE]
NOT_THE_PAGE += [(*said, Verdict.UNVERIFIABLE) for said in HIDDEN]


@pytest.mark.parametrize(("title", "body", "verdict"), NOT_THE_PAGE)
def test_a_page_that_is_none_or_wants_somebody_first(
    title: str, body: str, verdict: Verdict
) -> None:
    found = judged(title, f"<p>{body}</p>")
    assert found.verdict is verdict, found


@pytest.mark.parametrize(("title", "body"), PARKED)
def test_a_name_that_is_for_sale(title: str, body: str) -> None:
    found = judged(title, body)
    assert found.verdict is Verdict.SOFT_404 and "parked" in found.reason, found


@pytest.mark.parametrize(("title", "body"), GOOD)
def test_a_page_that_speaks_of_such_pages(title: str, body: str) -> None:
    found = judged(title, f"<p>{body}</p><p>{TEXT}</p>")
    assert found.verdict is Verdict.ALIVE, found


@pytest.mark.parametrize(("title", "body"), [*GOOD, *OF_THAT_NAME])
def test_such_a_page_is_the_one_that_was_cited(title: str, body: str) -> None:
    """With the bibliography's title, and short: the whole page is a paragraph."""
    found = judged(f"{title} | A site", f"<p>{body}</p><p>{TEXT[:400]}</p>", title)
    assert found.verdict is Verdict.ALIVE, found
