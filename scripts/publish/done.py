"""What stands in the folder of a site already, so that it need not be written again."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts.sources.shelf import digest


@dataclass
class Done:
    """By the name of each part of the site: the hash of what it was made from."""

    keys: dict[str, str] = field(default_factory=dict)

    def again(self, name: str, *made_from: str) -> bool:
        """Whether a part must be made (again); if so, it counts as made from this."""
        key = digest(*made_from)
        if self.keys.get(name) == key:
            return False
        self.keys[name] = key
        return True
