"""The page as text: closed, private, safe, small, always the same."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from domain.errors import BadInput
from maps.detail import DETAILS
from maps.page import LARGEST_PAGE, day_page
from tests.maps.sample import picture, with_text

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@pytest.fixture(scope="module")
def page() -> str:
    """Return the sample day's page."""
    return day_page(picture())


def table(page: str, key: str) -> Any:
    """Return one of the page's tables."""
    found = re.search(rf'<script type="application/json" id="data-{key}">(.*?)</script>', page)
    assert found, key
    return json.loads(found[1])


def test_the_policy_allows_exactly_what_is_inside(page: str) -> None:
    """Every script and style is in the policy by its hash; nothing else may act."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'")
    assert "unsafe" not in policy[1]
    for text in SCRIPT.findall(page) + STYLE.findall(page):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


def test_nothing_points_outside(page: str) -> None:
    """No element loads anything, no style names a file, no attribute holds style or script."""
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\s(src|style|on\w+)=", markup)
    assert all(link.startswith("data:") for link in re.findall(r'href="([^"]*)"', markup))
    for style in STYLE.findall(page):
        assert not re.search(r"url\((?!#|data:)|@import", style)


def test_nobody_is_named(page: str) -> None:
    """No phone, account or name of the network's premises or of a caller is in the page."""
    day = picture()
    for one in day.network.premises:
        for secret in (one.account, one.phone, one.name):
            assert secret not in page
    for located in day.tickets:
        assert located.ticket.phone not in page
        assert located.ticket.account not in page


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("我叫欧阳测试，电话 138-0000-1234", "我叫***，电话 ***"),
        ("户号88000012没水", "户号***没水"),
        ("市二院对面冒水", "市二院对面冒水"),
        ("建设路131号3栋402", "建设路131号3栋402"),
    ],
)
def test_secrets_in_a_callers_words_are_hidden(words: str, shown: str) -> None:
    """Numbers, accounts and householders go; places and house numbers stay."""
    assert table(day_page(with_text(words)), "day")["tickets"][0]["text"] == shown


def test_a_callers_words_cannot_end_a_script() -> None:
    """Markup in a ticket leaves the page's elements as they were."""
    hostile = "</script><img src=x onerror=alert(1)><!--\u2028"
    changed = day_page(with_text(hostile))
    assert changed.count("</script>") == day_page(picture()).count("</script>")
    assert "<img" not in changed
    assert table(changed, "day")["tickets"][0]["text"] == hostile


def test_the_same_day_is_the_same_page(page: str) -> None:
    """Two runs give the same bytes."""
    assert day_page(picture()) == page


def test_a_large_page_loses_unaffected_premises_first(page: str) -> None:
    """Just below its size the page drops wet premises only; dry ones and pipes stay."""
    smaller = day_page(picture(), largest=len(page.encode()) - 1)
    assert table(page, "premises")["wet"]
    assert table(smaller, "premises")["wet"] == []
    assert table(smaller, "outages") == table(page, "outages")
    assert table(smaller, "streets") == table(page, "streets")


def test_the_last_page_still_shows_the_day(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the least detail streets are gone; pipes, the plan and turned isolation valves stay."""
    monkeypatch.setattr("maps.page.DETAILS", DETAILS[-1:])
    least = day_page(picture())
    turned = {id_ for one in table(least, "outages") for id_ in one["close"]}
    assert table(least, "streets")["lines"] == []
    assert table(least, "day") == table(page, "day")
    assert len(table(least, "pipes")["id"]) == len(table(page, "pipes")["id"])
    assert turned <= {row[0] for row in table(least, "isolation_valves")}


def test_a_page_that_cannot_be_small_enough_says_so() -> None:
    """One clear line instead of a page nobody can open."""
    with pytest.raises(BadInput, match=r"Plan a smaller area\.$"):
        day_page(picture(), largest=1000)


def test_the_limit_is_fifteen_megabytes() -> None:
    """The cap and the order in which detail goes are as documented."""
    assert LARGEST_PAGE == 15_000_000
    assert not DETAILS[1].wet_premises
    assert DETAILS[1].streets
    assert not DETAILS[-1].streets


def test_an_unknown_language_is_refused() -> None:
    """Only the two languages of the page can be asked for."""
    with pytest.raises(ValueError, match="zh-CN, en"):
        replace(picture(), language="fr")
