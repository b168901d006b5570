"""Scripts in all forms in which contributions could bring them, and the places for them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.contributions import base
from tests.contributions.case import HEAD

RUN = "window.__ran=1"

IN_PAGES = (
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT>",
    f"<script\n>{RUN}</script>",
    "<script src=https://example.org/x.js></script>",
    "<script src=//example.org/x.js>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror\n=\n{RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f'<img src="x" alt=">" onerror="{RUN}">',
    f"<svg onload={RUN}></svg>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<div onmouseover={RUN} style='position:fixed;inset:0'>x</div>",
    f"<p onclick='{RUN}'>x</p>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    "<object data=data:text/html,x></object>",
    "<embed src=data:text/html,x>",
    "<base href=https://example.org/>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<style>@import 'https://example.org/x.css';</style>",
    f"<form action=javascript:{RUN}><button>x</button></form>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<body onload={RUN}>",
    f"<math><mtext></mtext><script>{RUN}</script></math>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<a href='javascript:{RUN}'>x</a>",
    f"<a href='java&#115;cript:{RUN}'>x</a>",
    f"<a href='java&Tab;script:{RUN}'>x</a>",
    f"<a href=' javascript:{RUN}'>x</a>",
    f"<a href='JaVaScRiPt:{RUN}'>x</a>",
    f"<a href='data:text/html,<script>{RUN}</script>'>x</a>",
    f"[x](javascript:{RUN})",
    f"[x](JAVASCRIPT:{RUN})",
    f"[x](java&#115;cript:{RUN})",
    f"[x](<javascript:{RUN}>)",
    f"[x]( javascript:{RUN})",
    f"[x](vbscript:{RUN})",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    f"[x][y]\n\n[y]: javascript:{RUN}",
    f"![x](javascript:{RUN})",
    "![x](https://example.org/pixel.png)",
    "![x](//example.org/pixel.png)",
    "<img src='https://example.org/pixel.png' alt=x>",
    f"<javascript:{RUN}>",
    f'*x*{{ onclick="{RUN}" }}',
    f'*x*{{: onclick="{RUN}" }}',
    f'[x](index.md){{ href="javascript:{RUN}" }}',
    f"Words\n{{ onmouseover={RUN} }}",
    f'## Heading {{ #x onclick="{RUN}" }}',
    '*x*{ style="position:fixed;inset:0" }',
    "<div class='md-overlay'>x</div>",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<!-- --!><img src=x onerror={RUN}>-->",
    f"<![CDATA[<img src=x onerror={RUN}>]]>",
    f"<?x ><img src=x onerror={RUN}>",
    f"{{{{ '<script>{RUN}</script>' }}}}",
    f"{{{{ '<img src=x oner' ~ 'ror={RUN}>' }}}}",
    f"{{{{ '<scr' + 'ipt>{RUN}</scr' + 'ipt>' }}}}",
    f"{{{{ explorer('x\" onclick=\"{RUN}', 'T', 'x') }}}}",
    f"`<script>{RUN}</script>`",
    f"    <script>{RUN}</script>",
    f"```html\n<script>{RUN}</script>\n```",
    f"<div>\n```\n<script>{RUN}</script>\n```\n</div>",
    f"<div>\n\n    <script>{RUN}</script>\n\n</div>",
    f"`` ` <img src=x onerror={RUN}> ` ``",
    f"\\`<img src=x onerror={RUN}>\\`",
    f"``<img src=x onerror={RUN}>`",
    f"Text [@org2026report, <img src=x onerror={RUN}>].",
    f"Text [@org2026report, *x*{{ onclick={RUN} }}].",
    f"| a |\n|---|\n| <img src=x onerror={RUN}> |",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"\\<script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</script>",
    f"<kbd title='<script>{RUN}</script>'>x</kbd>",
    f"*[x]: <script>{RUN}</script>",
)  # fmt: skip

IN_VALUES = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror={RUN}>',
    f"' onmouseover={RUN} x='",
    f'" onmouseover={RUN} x="',
    f"[x](javascript:{RUN})",
    f"*x*{{ onclick={RUN} }}",
    f"javascript:{RUN}",
    f"</script><script>{RUN}</script>",
    f"`<script>{RUN}</script>`",
    f"\\u003cscript\\u003e{RUN}",
    f"&lt;img src=x onerror={RUN}&gt;",
    "]]><x>",
    "${" + RUN + "}",
)  # fmt: skip

FIELDS = {
    "events": ("title", "text"), "glossary": ("term", "short"), "limits": ("name", "applies_to"),
    "error_codes": ("name", "cause", "remedy"), "engines": ("engine", "summary", "hardware"),
    "rumors": ("claim", "who", "evidence"), "corrections": ("was", "now"), "facts": ("label", "note", "display"),
    "results": ("setting", "mode", "harness"), "chips": ("name", "maker", "accounting"), "models": ("name", "developer"),
    "benchmarks": ("name", "measures", "metric"), "claims": ("claim", "finding"),
}  # fmt: skip


@dataclass
class Laden:
    """A project with a page or a record for each payload, by the file that holds it alone."""

    root: Path
    files: dict[str, str] = field(default_factory=dict)
    """The payload in each file."""


def _record(collection: str, name: str, value: str, number: int) -> str:
    """The record of the project with one more id and one field as given; JSON is YAML."""
    if collection == "facts":
        record = {"id": "f", "topic": "pricing", "label": "F", "value": "words", "as_of": "2026-04-24",
                  "reported_by": "deepseek", "sources": [{"key": "org2026report"}]}  # fmt: skip
    else:
        text = f"- {{{base.DATA[collection]}, {base.COMMON}}}"
        (record,) = yaml.load(text, yaml.BaseLoader)
    for line in record.get("specs", {}).values():
        line["value"] = int(line["value"])
    for number_field in ("score", "value", "number"):
        if number_field in record and record[number_field].replace(".", "").isdecimal():
            record[number_field] = float(record[number_field])
    if "major" in record:
        record["major"] = True
    if collection == "results":
        record["checkpoint"] = f"c{number}"
    record["id"] = f"p-{name.replace('_', '-')}-{number}"
    # One name, one thing: what is not the payload must differ.
    for own in {"name", "term"} & record.keys():
        record[own] = f"{record[own]} {name} {number}"
    if "number" in record:
        record["number"] = 100 * sorted(FIELDS["claims"]).index(name) + number + 100
    record[name] = value
    return json.dumps({"records": [record]}, ensure_ascii=False)


def lade(root: Path) -> Laden:
    """Every payload in every place, each in a file of its own."""
    laden = Laden(base.make(root))
    for number, payload in enumerate(IN_PAGES):
        laden.files[f"docs/p{number}.md"] = payload
        head = HEAD.replace("title: A page", f"title: Page {number}")
        (root / f"docs/p{number}.md").write_text(head + payload + "\n", encoding="utf-8")
    front = HEAD.partition("\n\n")
    for number, payload in enumerate(IN_VALUES):
        for name in ("title", "description"):
            file = f"docs/{name}{number}.md"
            typed = f"{name}: {json.dumps(payload, ensure_ascii=False)}"
            if name == "title":
                head = front[0].replace("title: A page", typed)
            else:
                head = front[0].replace("title: A page", f"title: Described {number}")
                head = head.replace("description: What it says.", typed)
            laden.files[file] = payload
            (root / file).write_text(head + front[1] + front[2], encoding="utf-8")
        for collection, names in FIELDS.items():
            for name in names:
                file = f"data/{collection}/{name}{number}.yml"
                laden.files[file] = payload
                (root / file).parent.mkdir(exist_ok=True)
                text = _record(collection, name, payload, number)
                (root / file).write_text(text, encoding="utf-8")
    return laden
