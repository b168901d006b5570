"""The list of changes: the newest months stand open, those before in folds of their own."""

from __future__ import annotations

import re

from scripts.pages.here import Here
from scripts.pages.macros.changes import OPEN_MONTHS, changes_list
from scripts.sources.records import history
from tests import real


def test_every_change_is_listed_once_and_old_months_are_folded() -> None:
    site = real.site()
    text = changes_list(Here(real.site(), "reference/changes/"))
    every = [change.date for change in history.changes(site.records)]
    assert re.findall(r'data-date="([^"]+)"', text) == every
    opened, _, folded = text.partition('id="m-earlier"')
    assert "<details" not in opened
    assert set(re.findall(r'id="m-([^"]+)"', opened)) == set(
        sorted({date[:7] for date in every}, reverse=True)[:OPEN_MONTHS]
    )
    for title, body in re.findall(r"<summary>(.*?)</summary>(.*?)</details>", folded, re.DOTALL):
        dates = re.findall(r'data-date="([^"]+)"', body)
        (month,) = re.findall(r'id="m-([^"]+)"', body)
        assert {date[:7] for date in dates} == {month}
        assert re.search(rf": {len(dates)} changes?$", title)
    loose = re.sub(r"<details.*?</details>", "", folded, flags=re.DOTALL)
    assert "data-date" not in loose
