"""What an answer means for the contributor who wrote the link: a pure function of what came.

In doubt it says "unverifiable" or "failing", never "dead": an address is dead only after it failed
on three different days, because hosts have bad days and runners bad networks.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace
from http import HTTPStatus

import httpx

from scripts.links.outside import walls
from scripts.links.outside.address import fragment, is_home, same_place, same_site, wire
from scripts.links.outside.model import Answer, Failure, Finding, Link, Verdict
from scripts.links.outside.state import Remembered

DAYS_UNTIL_DEAD = 3
_REFUSES_ROBOTS = frozenset({401, 402, 403, 405, 406, 407, 418, 423, 425, 429, 451, 511, 999})
"""Statuses with which hosts turn checkers away (418 and 999 are customs of single large sites)."""
_PERMANENT = frozenset({301, 308})
_SHORT_PAGE = 5_000
"""Characters; a longer text that says "not found" somewhere is more likely about something else."""
_LONGEST_WALL = 1_500
"""Characters; whoever wants to see a person first says little else."""
_SHORT_LINK = re.compile(r"/[\w-]{1,12}")

_NO_PAGE = frozenset({201, 202, 205, 206, 207, 208, 226})
"""Answers to other questions than ours, with which walls hold robots off."""
_FILE = re.compile(r"\.(?:pdf|zip|gz|tgz|xz|tar|whl|docx?|xlsx?|pptx?|epub|csv|parquet)$", re.I)
_SHOWN = re.compile(r"/(?:blob|wiki|tree|viewer|src|-)/|/File:", re.IGNORECASE)
"""Where a page about a file has the file's name."""

_CHALLENGE = re.compile(
    r"^just a moment|^attention required!|checking (?:if the site connection is secure|"
    r"your browser)|verif(?:y|ying) (?:that )?you are (?:a )?human|are you (?:a )?(?:robot|human)|"
    r"^access (?:to this page has been )?denied|captcha|security checkpoint|^ddos-guard|"
    r"^one moment, please|^client challenge|unusual traffic|^bot verification|^human verification|"
    r"enable javascript and cookies to continue|"
    r"人机验证|安全验证|请完成验证|验证码|访问验证|滑动验证",
    re.IGNORECASE,
)
_CHALLENGE_SAYS = re.compile(
    r"checking (?:if the site connection is secure|your browser)|unusual traffic from|"
    r"verif(?:y|ying) (?:that )?you are (?:a )?human|enable javascript and cookies to continue|"
    r"请完成(?:安全)?验证",
    re.IGNORECASE,
)
"""What a wall says where its title is the site's; narrower, for pages speak of captchas."""
_NOT_FOUND = re.compile(
    r"\b(?:page|file|article|post|content|document|story|site|url|address|resource)\b[^.!?|]{0,40}?"
    r"\b(?:not (?:be )?found|can(?:['’]t|not) be found|(?:does|did)(?:n['’]t| not) exist|"
    r"no longer (?:exists?|available)|"
    r"(?:isn['’]t|is not) available|has been (?:removed|deleted))|"
    r"(?:can(?:no|['’])t|could(?:n['’]t| not)|unable to) find (?:th(?:e|at|is) |what )?"
    r"(?:page|you\b|article|file)|"
    r"\bnothing (?:was |to be )?found (?:here|at this location)\b|"
    r"\blink (?:you followed )?(?:has expired|is (?:broken|no longer valid))|"
    r"\berror[ -]*404\b|\b404[ -]*(?:error|not found)|"
    r"(?:页面|頁面|网页|網頁|文章|内容|內容)[^。|]{0,8}?(?:不存在|未找到|找不到|已(?:被)?(?:删除|刪除|下架))|"
    r"(?:页面|網頁|网页|内容|文章|帖子|商品)[^。|]{0,6}?(?:走丢|飞走|消失|离家出走|去火星)|"
    r"(?:该|此|您?访问的|当前)(?:内容|页面|文章|帖子|账号)[^。|]{0,8}?"
    r"(?:已被|被)(?:发布者|作者|用户)?(?:删除|移除|屏蔽)|此内容因违规无法查看|"
    r"(?:该|此)(?:内容|文章)(?:暂时)?(?:无法|不能)(?:显示|查看|访问)|没有知识存在的荒原|"
    r"(?:链接|連結|鏈接)[^。|]{0,4}?(?:已失效|已过期|不存在)|"
    r"(?:找不到|未找到|无法找到|無法找到)[^。|]{0,8}?(?:页面|頁面|网页|網頁|文章|内容)|"
    r"ページ[がは][^。|]{0,6}?(?:見つかり|存在し)ません|お探しのページ|페이지를 찾을 수 없|"
    r"존재하지 않는 페이지|페이지가 존재하지 않|"
    r"seite (?:wurde )?(?:leider )?nicht gefunden\b|seite existiert (?:leider )?nicht|"
    r"page (?:non trouvée|introuvable)|page n['’]existe (?:pas|plus)|"
    r"página (?:no (?:encontrada|existe)|não (?:encontrada|existe))|pagina non (?:trovata|esiste)|"
    r"страниц[аы][^.!?|]{0,20}? не (?:найдена|существует)",
    re.IGNORECASE,
)
_NOT_FOUND_TITLE = re.compile(
    r"^(?:http |error )*404\b\s*(?:$|[-–—|:·!(]|error|not|page|oops|未|页|頁)|"
    r"[-–—|:·(]\s*(?:error )?404\)?$|^not found\s*(?:$|[-–—|:·!.])|[-–—|:·]\s*not found$|"
    r"^(?:未找到|找不到)",
    re.IGNORECASE,
)
_GATE = re.compile(
    r"(?:^|/)(?:log[-_]?in|sign[-_]?in|signup|sso|consent|oauth2?/authorize|session/new|"
    r"auth/(?:login|signin)|cookie-?consent|gdpr|privacy-gate|captcha|challenge|verify)(?:$|[/.])",
    re.IGNORECASE,
)
_GATE_HOST = re.compile(r"^(?:login|signin|accounts?|auth|sso|consent|passport|id)\.")
_STOP_WORDS = frozenset(
    re.findall(r"\w+", "a an the of and or in on to for with by from at is are de la le")
)
_SAME_TITLE = 0.5
"""Share of the shorter title's words that the other must have."""


def _words(title: str) -> frozenset[str]:
    """Words of a title, and pairs of characters where there are no spaces between words."""
    title = unicodedata.normalize("NFKC", title).casefold().replace("’", "'")
    out = set()
    for run in re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\W_]+(?:\.\d+)*", title):
        if run[0] >= "\u3040":
            out |= {run[i : i + 2] for i in range(max(1, len(run) - 1))}
        else:
            # Letters stop where characters begin: "V4的" is "v4" and "的".
            out.update(re.findall(r"[^\W\u3040-\u9fff\uac00-\ud7af]+(?:\.\d+)*", run))
    return frozenset(out - _STOP_WORDS or out)


def _head(title: str) -> frozenset[str]:
    """Words before the first mark that sets off a subtitle, a remark or the name of a site."""
    words = _words(re.split(r"\s[|–—·_-]\s|[:(\[|]", title.strip(" ([|"), maxsplit=1)[0])
    return words if len(words) > 1 else frozenset()


def same_title(one: str, other: str) -> bool:
    """Whether two titles may well name the same page: the names of sites, subtitles, and other
    words that one of the two has in addition do not matter."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return True  # nothing to compare
    for head, words in ((_head(one), second), (_head(other), first)):
        if head and head <= words:
            return True
    return len(first & second) / min(len(first), len(second)) >= _SAME_TITLE


def _says_title(link: Link, answer: Answer) -> bool:
    """Whether the page is still the one of the bibliography, as far as can be told."""
    if not link.title or not answer.title or same_title(link.title, answer.title):
        return True
    flat = " ".join(re.findall(r"\w+", link.title.casefold()))
    return flat in " ".join(re.findall(r"\w+", answer.text.casefold()))


def _titled(link: Link, answer: Answer) -> bool:
    """Whether the page has the title that was cited: then it speaks of walls, and is none."""
    return bool(link.title and answer.title) and same_title(link.title, answer.title)


def _challenges(link: Link, answer: Answer) -> bool:
    """Whether the page is one that wants to see a person first."""
    if len(answer.text) >= _LONGEST_WALL or _titled(link, answer):
        return False
    where = answer.title or answer.text[:500]
    return bool(_CHALLENGE.search(where) or _CHALLENGE_SAYS.search(answer.text[:500]))


def _says_not_found(link: Link, answer: Answer) -> str:
    """The words with which a page of status 200 says that it is none."""
    if _titled(link, answer) and not _NOT_FOUND_TITLE.search(answer.title):
        return ""
    if _NOT_FOUND_TITLE.search(answer.title) or _NOT_FOUND.search(answer.title):
        return answer.title
    if len(answer.text) < _SHORT_PAGE and (found := _NOT_FOUND.search(answer.text[:1500])):
        return found[0]
    return ""


@dataclass(frozen=True)
class _Way:
    """Where a link leads: addresses as sent."""

    start: httpx.URL
    end: httpx.URL
    permanent: httpx.URL
    """Where the redirects that are for good lead, from the start on without a break."""
    permanent_as_written: str


def _way(answer: Answer) -> _Way:
    start = wire(answer.url)
    permanent, written = start, ""
    for hop in answer.hops:
        if hop.status not in _PERMANENT:
            break
        permanent, written = wire(hop.to), hop.to
    return _Way(start, wire(answer.final_url), permanent, written)


def _is_gate(url: httpx.URL) -> bool:
    return bool(_GATE.search(url.path) or _GATE_HOST.search(url.host))


def _led_home(way: _Way) -> bool:
    """Whether a page deep in a site now leads to a home page."""
    if is_home(way.start) or not is_home(way.end) or same_place(way.start, way.end):
        return False
    # A short link to a home page is in order; an article that became one is not.
    return same_site(way.start, way.end) or not _SHORT_LINK.fullmatch(way.start.path.rstrip("/"))


def _leads_to(target: str, end: httpx.URL) -> bool:
    """Whether ``target`` is the page itself, perhaps with another slash or question."""
    try:
        there = wire(target)
    except ValueError:
        return True  # leads nowhere, so the visitor stays
    return there.host == end.host and there.path.rstrip("/") == end.path.rstrip("/")


def _with_fragment(url: str, link: Link) -> str:
    mark = link.url.partition("#")[2]
    return url if "#" in url or not mark else f"{url}#{mark}"


def _has_anchor(anchor: str, answer: Answer) -> bool:
    return bool({anchor, f"user-content-{anchor}"} & answer.anchors)


@dataclass(frozen=True)
class _Judge:
    link: Link
    answer: Answer
    history: Remembered | None
    now: dt.datetime

    def _finding(self, verdict: Verdict, reason: str = "", moved_to: str = "") -> Finding:
        """A finding; only what works wipes out that the address failed before."""
        works = verdict not in {Verdict.UNVERIFIABLE, Verdict.UNCHECKED}
        before = self.history.failing_days if self.history and not works else ()
        return Finding(
            self.link,
            verdict,
            reason,
            # Text and anchors have served: thousands of findings must fit in memory.
            replace(self.answer, text="", anchors=frozenset()),
            self.now,
            moved_to=moved_to,
            failing_days=before,
        )

    def _failing(self, what: str) -> Finding:
        before = self.history.failing_days if self.history else ()
        days = tuple(sorted({*before, self.now.astimezone(dt.UTC).date()}))
        count = f"on {len(days)} days" if len(days) > 1 else "on 1 day"
        verdict = Verdict.DEAD if len(days) >= DAYS_UNTIL_DEAD else Verdict.FAILING
        finding = self._finding(verdict, f"{what} {count} since {days[0]}")
        return replace(finding, failing_days=days)

    def judge(self) -> Finding:
        answer = self.answer
        if answer.failure:
            return self._without_answer()
        status = answer.status
        if answer.retry_after:
            hours = answer.retry_after / 3600
            wait = f"{hours:.1f} hours" if hours >= 1 else f"{answer.retry_after:.0f} s"
            return self._finding(Verdict.UNVERIFIABLE, f"{_phrase(status)}; asks to wait {wait}")
        if status in _REFUSES_ROBOTS:
            detail = f"; {answer.detail}" if answer.detail else ""
            return self._finding(Verdict.UNVERIFIABLE, f"{_phrase(status)}{detail}")
        if answer.wall:
            reason = f"{_phrase(status)}; the wall of {answer.wall} wants a person"
            return self._finding(Verdict.UNVERIFIABLE, reason)
        if status in _NO_PAGE:
            return self._finding(Verdict.UNVERIFIABLE, f"{_phrase(status)}, which is no page")
        if _challenges(self.link, answer):
            reason = f"a page that wants a person: {answer.title or answer.text[:100]}"
            return self._finding(Verdict.UNVERIFIABLE, reason)
        if status != 300 and not 200 <= status < 300:
            return self._failing(_phrase(status))
        return self._with_answer(_way(answer))

    def _without_answer(self) -> Finding:
        answer = self.answer
        detail = f"{answer.failure}: {answer.detail}" if answer.detail else str(answer.failure)
        match answer.failure:
            case Failure.OUT_OF_TIME:
                return self._finding(Verdict.UNCHECKED, detail)
            case Failure.ROBOTS | Failure.MALFORMED:
                return self._finding(Verdict.UNVERIFIABLE, detail)
            case Failure.PRIVATE | Failure.BAD_REDIRECT:
                return self._finding(Verdict.REFUSED, detail)
            case Failure.TLS:
                return self._finding(Verdict.INSECURE, detail)
            case Failure.TOO_MANY_REDIRECTS if answer.sets_cookies:
                return self._finding(Verdict.UNVERIFIABLE, f"{detail}; it may want cookies")
            case _:
                return self._failing(detail)

    def _with_answer(self, way: _Way) -> Finding:
        link, answer = self.link, self.answer
        if answer.hops and _is_gate(way.end) and not _is_gate(way.start):
            return self._finding(Verdict.UNVERIFIABLE, f"leads to a gate: {answer.final_url}")
        if _led_home(way):
            return self._finding(Verdict.SOFT_404, f"leads to the home page {answer.final_url}")
        if answer.parked and not _titled(link, answer):
            return self._finding(Verdict.SOFT_404, "the name is parked or for sale")
        if words := _says_not_found(link, answer):
            reason = f"status {answer.status}, but the page says '{words[:100]}'"
            return self._finding(Verdict.SOFT_404, reason)
        if reason := self._hidden(way):
            return self._finding(Verdict.UNVERIFIABLE, reason)
        retitled = ""
        if not _says_title(link, answer):
            retitled = f"the page is now titled '{answer.title[:120]}'"
        if moved := self._moved(way):
            reason = f"moved to {moved}" + (f"; {retitled}" if retitled else "")
            return self._finding(Verdict.MOVED, reason, moved)
        if answer.https_works:
            better = _with_fragment(str(way.start.copy_with(scheme="https")), link)
            return self._finding(Verdict.INSECURE, "plain http, and https works", better)
        if way.start.scheme == "https" and way.end.scheme == "http":
            return self._finding(Verdict.INSECURE, f"leads to plain http: {answer.final_url}")
        if finding := self._anchor():
            return finding
        if retitled:
            return self._finding(Verdict.RETITLED, retitled)
        return self._finding(Verdict.ALIVE)

    def _hidden(self, way: _Way) -> str:
        """Why the page that came is none that can be judged; empty if it can."""
        link, answer = self.link, self.answer
        is_html = "html" in answer.content_type.lower()
        if answer.empty and is_html:
            return f"{_phrase(answer.status)}, and nothing came"
        if _titled(link, answer):
            return ""
        if walls.signs_in(answer.title):
            return f"a page to sign in: {answer.title[:100]}"
        if answer.sends_on and not _leads_to(answer.sends_on, way.end):
            return f"a page that sends its visitors on to {answer.sends_on[:200]}"
        nothing = not (answer.title or answer.text or answer.truncated)
        if is_html and answer.status == 200 and nothing:
            return f"{_phrase(answer.status)}, and nothing to read in it"
        if is_html and _FILE.search(way.end.path) and not _SHOWN.search(way.end.path):
            return "a page came where a file should be"
        return ""

    def _moved(self, way: _Way) -> str:
        """The new address, if the old one leads there for good and differs in earnest."""
        upgraded = way.start.scheme == "http" and way.permanent.scheme == "https"
        if not way.permanent_as_written or _is_gate(way.permanent):
            return ""
        if same_place(way.start, way.permanent) and not upgraded:
            return ""
        return _with_fragment(way.permanent_as_written, self.link)

    def _anchor(self) -> Finding | None:
        answer = self.answer
        anchor = fragment(self.link.url)
        is_html = "html" in answer.content_type.lower()
        if not anchor or not is_html or _has_anchor(anchor, answer):
            return None
        if answer.truncated or answer.scripts:
            why = "scripts may add it" if answer.scripts else "the page is longer than we read"
            return self._finding(Verdict.UNVERIFIABLE, f"anchor '#{anchor}' not seen, but {why}")
        return self._finding(Verdict.NO_ANCHOR, f"the page has no anchor '#{anchor}'")


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def judge(
    link: Link,
    answer: Answer,
    history: Remembered | None = None,
    now: dt.datetime | None = None,
) -> Finding:
    """The finding for ``link`` after ``answer``, with what earlier runs knew of it.

    ``now`` is the time of the answer (UTC; default: this moment).
    """
    return _Judge(link, answer, history, now or dt.datetime.now(dt.UTC)).judge()


def recall(link: Link, known: Remembered) -> Finding:
    """The finding that an earlier run came to, held against the title that the entry has today."""
    verdict, reason = known.verdict, known.reason
    if verdict is Verdict.RETITLED and same_title(link.title, known.title):
        verdict, reason = Verdict.ALIVE, ""
    return Finding(
        link,
        verdict,
        reason,
        None,
        known.checked,
        moved_to=known.moved_to,
        failing_days=known.failing_days,
    )


def unchecked(link: Link, known: Remembered | None, reason: str) -> Finding:
    """The finding for an address whose turn did not come; what was known stays so."""
    return Finding(
        link,
        Verdict.UNCHECKED,
        reason,
        checked=known.checked if known else None,
        failing_days=known.failing_days if known else (),
    )
