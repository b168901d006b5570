"""For engines that run our Markdown extensions but hand nothing down: the site by its folder.

Our own build never comes here; it gives each extension the ``Site`` that it has read.
"""

from __future__ import annotations

import functools
from pathlib import Path

from scripts.sources.shelf import Shelf
from scripts.sources.site import Site, read


@functools.cache
def site_at(root: str) -> Site:
    """The project below ``root``, read once a process."""
    folder = Path(root)
    return read(folder, shelf=Shelf(folder / ".cache" / "kept", "alone"))
