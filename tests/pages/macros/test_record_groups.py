"""A long list of records is divided into folds that links open."""

from __future__ import annotations

from lxml import html

from scripts.pages.macros.record_groups import FEW, group_id, grouped
from tests import real


def listing(collection: str, count: int | None = None) -> html.HtmlElement:
    data = real.site().records
    found = list(data[collection].values())[:count]
    text = grouped(data, collection, found, lambda record: f'<li id="{record.id}"></li>')
    root = html.fragment_fromstring(text, create_parent="div")
    assert [*root.iter("li")] and len(root.xpath(".//li")) == len(found)
    return root


def test_a_short_list_is_not_folded() -> None:
    assert listing("results", FEW).find("details") is None
    assert listing("results", FEW + 1).find("details") is not None


def test_each_fold_holds_what_its_title_says() -> None:
    data = real.site().records
    for fold in listing("results").iter("details"):
        held = [data["results"][item.get("id")] for item in fold.iter("li")]
        (benchmark,) = {result.benchmark for result in held}
        name = data["benchmarks"][benchmark].name
        assert fold.findtext("summary") == f"{name}: {len(held)}"
        # Browsers open a fold for a target within it, not for the fold itself.
        assert fold.find("ul").get("id") == group_id(benchmark)


def test_months_stand_in_their_order_and_sellers_by_name() -> None:
    months = [fold.find("ul").get("id") for fold in listing("events").iter("details")]
    assert months == sorted(months)
    titles = [fold.findtext("summary") or "" for fold in listing("prices").iter("details")]
    sellers = [title.rpartition(": ")[0] for title in titles]
    assert sellers == sorted(sellers, key=str.lower)
