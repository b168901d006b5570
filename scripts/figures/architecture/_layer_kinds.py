"""The kinds of layers by compression ratio: name and color."""

from __future__ import annotations

KINDS = {0: ("window only", "c-window"), 4: ("CSA", "c-csa"), 128: ("HCA", "c-hca")}
