"""What stands in front of a page, or in its place: walls for robots, sign-ins, parked names.

Pure functions of what came. They name what they see; what that means is said in ``classify.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEADERS: tuple[tuple[str, str, str], ...] = (
    # header, what it holds, whose wall it is
    ("x-amzn-waf-action", r"challenge|captcha", "AWS WAF"),
    ("cf-mitigated", r"challenge", "Cloudflare"),
    ("x-vercel-mitigated", r"challenge|deny", "Vercel"),
    ("x-vercel-challenge-token", r".", "Vercel"),
    ("x-datadome", r"protected", "DataDome"),
    ("x-dd-b", r".", "DataDome"),
    ("x-sucuri-block", r".", "Sucuri"),
    ("x-px-block", r".", "HUMAN"),
    ("x-kpsdk-ct", r".", "Kasada"),
)
_MARKS: tuple[tuple[str, str], ...] = (
    # what only the page of a wall holds, and whose it is
    (r"window\._cf_chl_opt|/cdn-cgi/challenge-platform/h/[bg]/orchestrate/", "Cloudflare"),
    (r"window\.gokuProps|AwsWafIntegration\.", "AWS WAF"),
    (r"_Incapsula_Resource|Incapsula incident ID", "Imperva"),
    (r"geo\.captcha-delivery\.com|ct\.captcha-delivery\.com", "DataDome"),
    (r"window\._pxAppId|px-captcha", "HUMAN"),
    (r"/_sec/cp_challenge/|bm-verify=", "Akamai"),
    (r"perfdrive\.com/captcha|validate\.perfdrive\.com", "Radware"),
    (r"/\.within\.website/x/cmd/anubis|id=\"anubis_challenge\"", "Anubis"),
    (r"ddos-guard\.net/js-challenge|/\.well-known/ddos-guard/", "DDoS-Guard"),
    (r"_waf_is_mob|acw_sc__v2|aliyun_waf|aliyunCaptcha", "Alibaba Cloud"),
    (r"TencentCaptcha|t\.captcha\.qq\.com", "Tencent"),
    (r"/vqd-challenge/|\bsgcaptcha\b", "the host"),
)
_WALL = re.compile("|".join(f"(?P<w{n}>{pattern})" for n, (pattern, _) in enumerate(_MARKS)))
_MOST_OF_A_WALL = 600
"""Characters of text; a page with more is one, and loads such a script beside it."""

_PARKED = re.compile(
    r"sedoparking\.com|parkingcrew\.net|bodis\.com|hugedomains\.com/domain_profile|"
    r"afternic\.com/forsale|dan\.com/buy-domain|parklogic\.com|above\.com/park|"
    r"window\.park\s*=|cdn\.parkingcrew|domainmarket\.com/buynow|img1\.wsimg\.com/parking-lander|"
    r"mi\.aliyun\.com/detail|(?:am|wanwang)\.[a-z]+\.com/domain-sale|"
    r"\bdomain (?:name )?(?:is|may be) for sale\b|\bbuy this domain\b|"
    r"\bdomain\b[^!?<]{0,60}?\bis available for (?:purchase|sale)\b|"
    r"\bowner of this domain has not yet\b|"
    r"域名(?:正在)?(?:出售|转让|交易中)|本域名可(?:以)?(?:转让|出售)|此域名(?:已过期|出售)",
    re.IGNORECASE,
)
_PARKED_TITLE = re.compile(
    r"^[\w.-]+\.\w{2,} (?:is|may be) for sale|domain for sale|域名(?:出售|转让|已过期)|"
    r"^parked (?:domain|page)|^this domain has (?:expired|been registered)",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(
    r"^(?:sign|log)[ -]?in(?=$|\s*[-–—|·:]|\s+(?:to|or|with|required)\b)|"
    r"^(?:please )?(?:sign|log) in to\b|[-–—|·:]\s*(?:sign|log)[ -]?in$|"
    r"^(?:account|member|subscriber) (?:log|sign)[ -]?in|^authentication required|"
    r"^(?:用户|账号|帐号|会员)?登[录入錄](?=$|\s|[-–—|·_])|[-–—|·_]\s*登[录入錄]$|^请登录|^ログイン(?=$|\s|[-|])|^로그인(?=$|\s|[-|])|"
    r"^anmelden\b|^connexion(?=$|\s*[-–—|·:])|^iniciar sesión",
    re.IGNORECASE,
)
_SENDS_ON = re.compile(
    r"""(?:window\.|document\.|top\.|self\.)?location(?:\.href\s*=|\.(?:replace|assign)\(|\s*=)"""
    r"""\s*["']([^"'\s]{1,500})["']"""
)
_REFRESH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(?:[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+))?", re.I)
_AT_ONCE = 10.0
"""Seconds; a page that reads itself anew later is a page."""


def of_headers(headers: Mapping[str, str]) -> str:
    """Whose wall the headers say it is; empty if none."""
    for name, pattern, owner in _HEADERS:
        if re.search(pattern, headers.get(name, ""), re.IGNORECASE):
            return owner
    return ""


def of_page(raw: str, text: str) -> str:
    """Whose wall the page is. ``raw``: the page as it came; ``text``: what is to be read of it."""
    if len(text) > _MOST_OF_A_WALL:
        return ""
    match = _WALL.search(raw[:200_000])
    return _MARKS[int(str(match.lastgroup)[1:])][1] if match else ""


def parked(raw: str, title: str, text: str) -> bool:
    """Whether the name belongs to somebody who sells names."""
    if _PARKED_TITLE.search(title):
        return True
    return len(text) < 2_000 and bool(_PARKED.search(raw[:200_000]))


def signs_in(title: str) -> bool:
    return bool(_SIGN_IN.search(title.strip()))


def refresh_target(content: str) -> str:
    """Where ``<meta http-equiv=refresh>`` with this content leads soon; empty if nowhere."""
    match = _REFRESH.match(content)
    if match is None or float(match[1]) > _AT_ONCE:
        return ""
    return (match[2] or "").strip()


def script_target(raw: str, text: str) -> str:
    """Where a page that has nothing to read sends its visitors by a script; empty if nowhere."""
    if len(text) > 200:
        return ""
    match = _SENDS_ON.search(raw[:50_000])
    return match[1] if match else ""
