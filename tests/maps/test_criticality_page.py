"""The page of criticality: whole, silent, offline, in both languages, by keyboard."""

from __future__ import annotations

import pytest

from domain.critical_places import CriticalPlaces, CriticalSegment, CriticalValve, ValveSite
from domain.criticality import SegmentLoss, StuckLoss
from domain.errors import BadInput
from maps.criticality_page import criticality_page
from tests.maps.conftest import Open
from tests.maps.test_check_page import HOSTILE, NETWORK, PLACES

PLACED = CriticalPlaces(
    segments=(
        CriticalSegment(
            SegmentLoss("p0", 2, 380.0, 3, 56, 2),
            "长顺路",
            200,
            PLACES[0],
            ValveSite("p1", "n1", "长顺路", 200, PLACES[1], 8.5),
        ),
        CriticalSegment(SegmentLoss("p2", 1, 190.0, 1, 7, 0), "", 200, PLACES[2]),
    ),
    valves=(CriticalValve(StuckLoss(HOSTILE, 63, 5, 12.5), "p2", "", 200, PLACES[2], 56),),
    segment_of_link=(0, 0, 1),
)


def test_a_page_that_grows_too_large_is_refused_with_a_way_out() -> None:
    """One sentence that names the layers instead."""
    with pytest.raises(BadInput, match="--out"):
        criticality_page(NETWORK, PLACED, "en", largest=1000)


@pytest.mark.browser
def test_classes_ranks_and_lists_show(open_page: Open) -> None:
    """In both languages, with what it costs; an id is never markup."""
    shown = open_page(criticality_page(NETWORK, PLACED, "zh-CN"))
    assert shown.inked("critical") > 100
    assert shown.page.locator("#legend .classes li").count() == 4
    first = shown.text(".critical-row")
    assert "若此处爆管，停水 56 户，其中重点 2 户" in first
    assert "可加阀：p1 的 n1 端，风险 21.3" in first
    shown.page.click("[data-key='tab valves']")
    assert HOSTILE in shown.text(".critical-row")
    assert "若此阀门关不动，最多多停 56 户（共 63 户）" in shown.text(".critical-row")
    assert shown.page.locator("img").count() == 0
    shown.page.click("#language")
    assert "up to 56 more premises (63 in all)" in shown.text(".critical-row")


@pytest.mark.browser
def test_keys_and_clicks_lead_to_the_place(open_page: Open) -> None:
    """J chooses the first, a rank on the map its isolation valve, Escape nothing."""
    shown = open_page(criticality_page(NETWORK, PLACED, "en"))
    shown.page.keyboard.press("j")
    chosen = shown.page.locator(".critical-row[aria-current=true]")
    assert "premises without water" in chosen.inner_text()
    assert shown.page.locator(".rank.is-added").count() == 1
    shown.page.locator(".rank-spot:not(:has(.is-added))").click()
    assert "If this isolation valve sticks" in chosen.inner_text()
    shown.page.keyboard.press("Escape")
    assert chosen.count() == 0
