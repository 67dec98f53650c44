"""The page of a network's findings: whole, silent, offline, in both languages, by keyboard."""

from __future__ import annotations

import pytest

from domain.errors import BadInput
from domain.findings import Finding, FindingKind, Severity, SubjectKind
from domain.network import Link, LinkKind, Node, NodeKind, PipeNetwork
from domain.places import LonLat
from domain.sentences import Sentence
from maps.check_data import MOST, check_data
from maps.check_page import check_page
from tests.maps.conftest import Open

HOSTILE = "</script><img src=x onerror=alert(1)><b>"
PLACES = tuple(LonLat(114.3 + 0.002 * step, 30.6) for step in range(4))
NETWORK = PipeNetwork(
    nodes=tuple(Node(f"n{step}", NodeKind.JUNCTION, at) for step, at in enumerate(PLACES)),
    links=tuple(
        Link(
            f"p{step}", LinkKind.PIPE, f"n{step}", f"n{step + 1}", PLACES[step : step + 2], 190, 0.2
        )
        for step in range(3)
    ),
    name="城南",
)


def finding(kind: FindingKind, severity: Severity, step: int, subject: str = "p0") -> Finding:
    """Return a finding at one of the places."""
    return Finding(
        kind, severity, subject, SubjectKind.LINK, PLACES[step],
        Sentence(f"情况{step}", f"detail {step}"), Sentence("建议", "remedy"), safe=step == 0,
    )  # fmt: skip


FINDINGS = (
    finding(FindingKind.DEAD_END, Severity.HINT, 2),
    finding(FindingKind.NEAR_MISS, Severity.WARNING, 1),
    finding(FindingKind.NO_SOURCE, Severity.ERROR, 0, HOSTILE),
    finding(FindingKind.NO_SOURCE, Severity.ERROR, 3),
)


def test_the_gravest_stand_first_and_none_is_lost_silently() -> None:
    """Errors before warnings before hints; what is too much is counted."""
    table = check_data(FINDINGS, "x", "en")
    assert [one["severity"] for one in table["findings"]] == ["error", "error", "warning", "hint"]
    assert table["kinds"] == [
        ["no_source", "error", 2],
        ["near_miss", "warning", 1],
        ["dead_end", "hint", 1],
    ]
    many = check_data([FINDINGS[0]] * (MOST + 7), "x", "en")
    assert (len(many["findings"]), many["more"]) == (MOST, 7)


def test_a_page_that_grows_too_large_is_refused_with_a_way_out() -> None:
    """One sentence that names the layer instead."""
    with pytest.raises(BadInput, match="--out"):
        check_page(NETWORK, FINDINGS, "en", largest=1000)


@pytest.fixture(scope="module")
def page() -> str:
    """Return the sample's page."""
    return check_page(NETWORK, FINDINGS, "zh-CN")


@pytest.mark.browser
def test_pipes_findings_and_legend_show(page: str, open_page: Open) -> None:
    """All of them, in the words of the language, the subject's own words never as markup."""
    shown = open_page(page)
    assert shown.inked("pipe") > 100
    assert shown.inked("symbol") > 100
    assert shown.page.locator("#findings .finding").count() == len(FINDINGS)
    assert "没有水源" in shown.text("#legend")
    assert HOSTILE in shown.text("#findings")
    assert shown.page.locator("img").count() == 0
    shown.page.click("#language")
    assert "No source" in shown.text("#findings")
    assert "detail 1" in shown.text("#findings")


@pytest.mark.browser
def test_a_finding_is_chosen_in_the_list_by_key_and_on_the_map(page: str, open_page: Open) -> None:
    """The card tells it, the map goes there, Escape leaves it."""
    shown = open_page(page)
    assert shown.page.is_hidden("#card")
    shown.page.keyboard.press("j")
    assert "情况0" in shown.text("#card")
    assert "可安全修复" in shown.text("#card")
    shown.page.keyboard.press("j")
    assert "情况3" in shown.text("#card")
    shown.page.keyboard.press("Escape")
    assert shown.page.is_hidden("#card")
    shown.page.locator("#findings .finding").nth(2).click()
    assert "情况1" in shown.text("#card")
    shown.page.keyboard.press("Escape")
    box = shown.page.locator("#map").bounding_box()
    assert box is not None
    shown.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "情况1" in shown.text("#card")


@pytest.mark.browser
def test_a_kind_can_be_hidden(page: str, open_page: Open) -> None:
    """The legend is the switch of the list and of the map."""
    shown = open_page(page)
    before = shown.inked("symbol")
    shown.page.locator("#legend button").first.click()
    assert shown.page.locator("#findings .finding").count() == 2
    assert shown.inked("symbol") < before
    assert shown.page.get_attribute("#legend li button", "aria-pressed") == "false"


@pytest.mark.browser
def test_a_sound_network_and_an_empty_one_are_pages(open_page: Open) -> None:
    """No findings, no pipes: it says so."""
    assert "没有问题" in open_page(check_page(NETWORK, (), "zh-CN")).text("#findings")
    nothing = check_page(PipeNetwork((), ()), (), "en")
    assert "Nothing to show" in open_page(nothing).text("#findings")


@pytest.mark.browser
def test_a_narrow_screen_stacks_map_and_list(page: str, open_page: Open) -> None:
    """At 390 px nothing is wider than the screen."""
    shown = open_page(page, width=390)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert shown.page.is_visible("#findings")
