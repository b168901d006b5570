"""The table of headers as each kind of host reads it.

``_headers`` (Cloudflare Pages, Netlify) is written with each build, since it lists what is there.
The others know patterns: they stand in ``hosting/``, and ``python -m scripts hosting`` writes them
again when the table changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from scripts.publish.hosting.headers import (
    EVERYWHERE,
    IMMUTABLE,
    KINDS,
    NAMES,
    TYPES,
    Kind,
    kind_of,
)

MADE = "Made by `python -m scripts hosting` from scripts/publish/hosting/headers.py."
_FOLDERS = {
    "assets": "picture",
    "data": "data",
    "figures": "figure",
    "offline": "data",
    "search": "data",
}
"""Kinds of the top folders whose files are not mostly pages."""
MOST_RULES = 100
"""More than this many blocks Cloudflare does not read."""


def _kind(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


def _block(path: str, headers: Mapping[str, str]) -> str:
    return "\n".join([path, *(f"  {name}: {value}" for name, value in headers.items())])


def headers_file(folder: Path) -> str:
    """``_headers`` for the site in ``folder``.

    Its patterns are folders, and where two match, both of their values are sent. So each header
    that differs stands once for each folder at the top, in the words of most that is in it; all
    may be read from other sites, which only what is in the folder of figures may frame.
    """
    shared = {**EVERYWHERE, "Access-Control-Allow-Origin": "*"}
    blocks = [_block("/*", shared)]
    left_out = {"Access-Control-Allow-Origin", "Cache-Control"}
    # Revalidating is what these hosts do unasked.

    def some(kind: Kind) -> dict[str, str]:
        out = {name: said for name, said in kind.headers.items() if name not in left_out}
        if kind.name == "picture":
            out.pop("Content-Security-Policy")
        return out

    page = some(_kind("page"))
    blocks.append(_block("/", page))
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            kind = _kind(_FOLDERS.get(path.name, "page"))
            blocks.append(_block(f"/{path.name}/*", some(kind)))
        elif path.suffix == ".html":
            blocks.append(_block(f"/{path.name}", page))
    whole = re.compile(r"[a-z]+-[0-9a-f]{8}")
    for path in sorted((folder / "assets").rglob("*")):
        address = f"/{path.relative_to(folder).as_posix()}"
        if path.is_dir() and whole.fullmatch(path.name) and path.parent.name == "assets":
            blocks.append(_block(f"{address}/*", {"Cache-Control": IMMUTABLE}))
        elif whole.fullmatch(address.split("/")[2]):
            continue
        elif path.is_file() and kind_of(address).name == "hashed" and len(blocks) < MOST_RULES:
            blocks.append(_block(address, {"Cache-Control": IMMUTABLE}))
    return "\n".join(blocks) + "\n"


def _variable(name: str) -> str:
    return "explained_" + re.sub(r"[^a-z]+", "_", name.lower())


def nginx_maps() -> str:
    """For nginx's ``http``: which file gets what."""
    lines = [f"# {MADE}", "", "map $uri $explained_kind {"]
    lines += [f'    "~{kind.pattern}" {kind.name};' for kind in KINDS if kind.pattern]
    lines += [f"    default {KINDS[-1].name};", "}"]
    for name in NAMES:
        lines += ["", f"map $explained_kind ${_variable(name)} {{", '    default "";']
        for kind in KINDS:
            if name in kind.headers:
                lines.append(f'    {kind.name} "{kind.headers[name]}";')
        lines.append("}")
    lines += [
        "",
        "# Told only to who asks with another method.",
        "map $request_method $explained_allow {",
        '    default "GET, HEAD";',
        '    GET "";',
        '    HEAD "";',
        "}",
    ]
    return "\n".join(lines) + "\n"


def nginx_headers() -> str:
    """For nginx's ``server``. A header whose value is empty is not sent."""
    lines = [f"# {MADE}"]
    lines += [f'add_header {name} "{said}" always;' for name, said in EVERYWHERE.items()]
    lines += [f"add_header {name} ${_variable(name)} always;" for name in NAMES]
    lines += ["add_header Allow $explained_allow always;"]
    lines += ["", "types {"]
    for end, said in TYPES.items():
        lines.append(f"    {said.partition(';')[0]} {end};")
    lines += ["    text/html html;", "    text/plain txt;", "    text/css css;"]
    lines += ["    image/svg+xml svg;", "    image/png png;", "}"]
    with_encoding = sorted({said.partition(";")[0] for said in TYPES.values() if ";" in said})
    lines += ["charset utf-8;", f"charset_types {' '.join(with_encoding)} text/plain text/css;"]
    return "\n".join(lines) + "\n"


def caddy() -> str:
    """Snippets that a Caddyfile imports: for what is there, and for what is not."""

    def block(headers: Mapping[str, str]) -> list[str]:
        return [f'\t\t{name} "{said}"' for name, said in headers.items()]

    lines = [f"# {MADE}", "", "(explained_missing) {", "\theader {"]
    lines += [*block({**EVERYWHERE, **KINDS[-1].headers}), "\t\t-Server", "\t}", "}"]
    lines += ["", "(explained_headers) {", "\tmap {path} {explained_kind} {"]
    lines += [f'\t\t"~{kind.pattern}" {kind.name}' for kind in KINDS if kind.pattern]
    lines += [f"\t\tdefault {KINDS[-1].name}", "\t}", "", "\theader {"]
    lines += [*block(EVERYWHERE), "\t\t-Server", "\t}"]
    for kind in KINDS:
        matcher = f"@explained_{kind.name}"
        lines += ["", f"\t{matcher} vars {{explained_kind}} {kind.name}"]
        lines += [f"\theader {matcher} {{", *block(kind.headers), "\t}"]
    for end, said in TYPES.items():
        lines += ["", f"\t@type_{end} path *.{end}", f'\theader @type_{end} Content-Type "{said}"']
    return "\n".join([*lines, "}", ""])


def cloudfront() -> str:
    """A CloudFront Function for answers: S3 alone sends none of these headers."""
    kinds = [{"pattern": kind.pattern, "headers": {**EVERYWHERE, **kind.headers}} for kind in KINDS]
    return f"""// {MADE}
var KINDS = {json.dumps(kinds, indent=2)};

function handler(event) {{
  var kind = KINDS.find(function (one) {{
    return new RegExp(one.pattern).test(event.request.uri);
  }});
  Object.keys(kind.headers).forEach(function (name) {{
    event.response.headers[name.toLowerCase()] = {{ value: kind.headers[name] }};
  }});
  return event.response;
}}
"""


FILES = {
    "nginx/explained/maps.conf": nginx_maps,
    "nginx/explained/headers.conf": nginx_headers,
    "caddy/headers.caddy": caddy,
    "cloudfront/answers.js": cloudfront,
}
"""What is made from the table, below ``hosting/``."""


def write(folder: Path) -> list[Path]:
    """The files below ``folder`` that were not as the table says, now written."""
    written = []
    for name, make in FILES.items():
        path = folder / name
        text = make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written
