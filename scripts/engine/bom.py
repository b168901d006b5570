"""What the site is made with and what goes out with it, as a bill of materials (CycloneDX 1.6).

The same commit gives the same bytes: the packages are those of requirements.txt, whose hashes pip
asks for, and those that :mod:`scripts.sources.shipped` names.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.engine import commit
from scripts.sources.identity import SITE_TITLE
from scripts.sources.shipped import SHIPPED

_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Locked:
    name: str
    version: str
    hashes: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"pkg:pypi/{re.sub(r'[-_.]+', '-', self.name).lower()}@{self.version}"


def locked(text: str) -> Iterator[Locked]:
    """The packages of requirements.txt."""
    found = list(_PACKAGE.finditer(text))
    for here, after in zip(found, [*found[1:], None], strict=True):
        block = text[here.end() : after.start() if after else len(text)]
        yield Locked(here[1], here[2], tuple(_HASH.findall(block)))


def _shipped(versions: dict[str, str]) -> Iterator[dict[str, Any]]:
    for item in SHIPPED:
        version = item.version or versions.get(item.package, "")
        url = f"{item.package}@{version}" if item.package and version else item.package
        yield {
            "type": "library",
            "bom-ref": f"shipped/{item.name}",
            "name": item.name,
            **({"version": version} if version else {}),
            "description": f"Goes out to readers: {item.what}",
            "scope": "required",
            "licenses": [{"license": {"id": item.license}}],
            **({"purl": url} if url else {}),
            "externalReferences": [{"type": "website", "url": item.home}],
        }


def bill(root: Path) -> dict[str, Any]:
    packages = list(locked((root / "requirements.txt").read_text(encoding="utf-8")))
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    edition = re.search(r'^  edition: "?([\d.]+)', settings, re.MULTILINE)
    made = commit.git("log", "-1", "--format=%ct %H", root=root).split()
    name = f"{SITE_TITLE} {made[1] if made else 'without a commit'}"
    versions = {one.url.partition("@")[0]: one.version for one in packages}
    out: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "site",
                "name": SITE_TITLE,
                "version": edition[1] if edition else "",
            }
        },
        "components": [
            *_shipped(versions),
            *(
                {
                    "type": "library",
                    "bom-ref": one.url,
                    "name": one.name,
                    "version": one.version,
                    "description": "Used by the build and its tests",
                    # CycloneDX's word for what is there but does not go out.
                    "scope": "excluded",
                    "purl": one.url,
                    "hashes": [{"alg": "SHA-256", "content": said} for said in one.hashes],
                }
                for one in packages
            ),
        ],
    }
    if made:
        moment = dt.datetime.fromtimestamp(int(made[0]), dt.UTC)
        out["metadata"]["timestamp"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return out


def text(root: Path) -> str:
    return json.dumps(bill(root), indent=1, ensure_ascii=False) + "\n"
