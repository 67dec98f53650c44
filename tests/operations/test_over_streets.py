"""A plan laid over the streets: metres and lines of its drives, by a depot too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.places import LonLat
from domain.plans import Plan, Route, Visit
from domain.sentences import Sentence
from operations.over_streets import over_streets
from operations.travel import travel_over

EIGHT = datetime(2026, 11, 23, tzinfo=UTC)
START, FIRST, SECOND, DEPOT = (LonLat(114.3 + step / 100, 30.6) for step in (0, 1, 2, 5))


def visit(order: str, depot: str = "") -> Visit:
    """Return a visit whose times do not matter here."""
    at = EIGHT + timedelta(hours=1)
    return Visit("A", order, EIGHT, at, at, at, 60, 0, Sentence("", ""), depot=depot)


@pytest.mark.parametrize(("depot", "legs"), [("", (1,)), ("D1", (4, 3))])
def test_a_drive_by_a_depot_is_both_its_drives(depot: str, legs: tuple[int, ...]) -> None:
    """Past the second order to the depot and back, and from there on as before."""
    plan = Plan(EIGHT, 1, (Route("A", (visit("W1"), visit("W2", depot))),), ())
    engine = travel_over(None)
    places = {"W1": FIRST, "W2": SECOND}
    driven, lines = over_streets(plan, engine, {"A": START}, places, EIGHT, {"D1": DEPOT})
    first, second = driven.routes[0].visits
    assert second.travel_m == pytest.approx(sum(legs) * first.travel_m, rel=0.01)
    line = lines["A", "W2"]
    assert (line.path[0], line.path[-1]) == (FIRST, SECOND)
    assert (DEPOT in line.path) is bool(depot)
    assert line.metres == pytest.approx(second.travel_m, abs=1)
