"""Closures: which edges they touch, who may still drive there, and that lifting undoes them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.closures import Closure, ClosureShape
from domain.errors import BadInput
from domain.places import LonLat
from domain.streets import StreetNetwork
from domain.travel import RouteLine, Unreachable
from routing import StreetTimes
from tests.routing.checks import (
    ENGINES,
    assert_equals_oracle,
    assert_reach_matches,
    assert_routes_match,
)
from tests.routing.drawn import at, street
from tests.routing.turn_maps import (
    closure,
    network,
    random_closure,
    random_network,
    random_places,
)
from tests.routing.turn_oracle import TurnOracle

AREA, STREET, LINE = ClosureShape.AREA, ClosureShape.STREET, ClosureShape.LINE
SEEDS = st.integers(0, 2**32 - 1)
engines = pytest.mark.parametrize("engine", ENGINES)

#: A ladder: two long streets from west to east, 400 m apart, and five rungs 300 m apart.
LOW = [at(300 * k, 0) for k in range(5)]
HIGH = [at(300 * k, 400) for k in range(5)]
PLACES = dict(enumerate(LOW, start=1)) | dict(enumerate(HIGH, start=6))
RUNGS = [street(k, k + 5) for k in range(1, 6)]
WAYS = (street(1, 2, 3, 4, 5), street(6, 7, 8, 9, 10), *RUNGS)
WEST, EAST, INSIDE, ALSO_INSIDE = at(150, 0), at(1050, 0), at(430, 0), at(500, 0)

#: Round the stretch of the low street between 300 m and 600 m, its two ends not touched.
RING = [at(320, -50), at(580, -50), at(580, 50), at(320, 50)]


@pytest.fixture(scope="module")
def ladder() -> StreetNetwork:
    """Return the ladder's streets."""
    return network(PLACES, WAYS)


def seconds(streets: StreetNetwork, engine: str, *closures: Closure) -> np.ndarray:
    """Return the matrix of west, east and two places inside, judged by the oracle."""
    times = StreetTimes(streets, engine=engine)
    times.close(closures)
    places = [WEST, EAST, INSIDE, ALSO_INSIDE]
    found = times.matrix(places)
    oracle = TurnOracle(streets).closed_by(closures)
    assert_equals_oracle(found, oracle, places)
    assert_routes_match(times, oracle, places)
    return found.seconds


@engines
def test_a_closed_area_is_driven_round(ladder: StreetNetwork, engine: str) -> None:
    """Through it no longer; in it to the work, and out of it."""
    free = seconds(ladder, engine)
    shut = seconds(ladder, engine, closure("flood", AREA, RING))
    assert shut[0, 1] > free[0, 1] + 800 / (29 / 3.6)
    assert shut[2, 3] == free[2, 3]
    assert (shut[2, :2] == free[2, :2]).all()
    assert (shut[:2, 2] == free[:2, 2]).all()


@engines
def test_a_crew_inside_leaves_and_nobody_enters(ladder: StreetNetwork, engine: str) -> None:
    """Where entry is not allowed: no number, the reason, but still the way out."""
    barred = closure("collapse", AREA, RING, entry=False)
    shut = seconds(ladder, engine, barred)
    assert (shut[:2, 2:] == inf).all()
    assert np.isfinite(shut[2:, :]).all()
    times = StreetTimes(ladder, engine=engine)
    times.close([barred])
    assert times.route(WEST, INSIDE) is Unreachable.CLOSED
    assert isinstance(times.route(INSIDE, WEST), RouteLine)
    assert times.matrix([WEST], [INSIDE]).reasons == {(0, 0): Unreachable.CLOSED}


@engines
def test_who_has_left_does_not_come_back(ladder: StreetNetwork, engine: str) -> None:
    """Two closed streets and an open one between: from inside one there is no way to the other."""
    rungs = [[at(300 * k - 40, 50), at(300 * k + 40, 50), at(300 * k, 350)] for k in (1, 2)]
    shut = [closure(f"rung {k}", AREA, ring, entry=False) for k, ring in enumerate(rungs)]
    times = StreetTimes(ladder, engine=engine)
    times.close(shut)
    ends = at(300, 200), at(600, 200)
    assert times.route(*ends) is Unreachable.CLOSED
    times.close([shut[0]])
    assert isinstance(times.route(*ends), RouteLine)


@engines
def test_a_slowed_area_takes_longer(ladder: StreetNetwork, engine: str) -> None:
    """Half the speed on the stretch of 300 m: at most that much later, and nothing is closed."""
    free = seconds(ladder, engine)
    slow = seconds(ladder, engine, closure("snow", AREA, RING, factor=0.5))
    assert slow[0, 1] == pytest.approx(free[0, 1] + 300 / (29 / 3.6), abs=0.01)
    assert np.isfinite(slow).all()
    both = [closure("snow", AREA, RING, factor=0.5), closure("ice", AREA, RING, factor=0.25)]
    slower = seconds(ladder, engine, *both)
    assert slower[0, 1] == pytest.approx(free[0, 1] + 3 * 300 / (29 / 3.6), abs=0.01)
    shut = seconds(ladder, engine, *both, closure("flood", AREA, RING))
    assert shut[2, 3] == slower[2, 3]


@engines
def test_a_street_between_two_crossings(ladder: StreetNetwork, engine: str) -> None:
    """What runs along it is closed, the streets that only meet it are not."""
    times = StreetTimes(ladder, engine=engine)
    drawn = closure("works", STREET, [at(300, 3), at(450, 4), at(600, 3)])
    assert times.close([drawn]).streets == {"works": 2}
    assert times.matrix([WEST], [at(300, 200)]).seconds[0, 0] < 60
    shut = seconds(ladder, engine, drawn)
    assert shut[0, 1] > seconds(ladder, engine)[0, 1] + 800 / (29 / 3.6)


@engines
@pytest.mark.parametrize(
    ("drawn", "edges"),
    [
        ([at(450, -30), at(450, 30)], 2),  # across the low street
        ([at(297, -30), at(297, 380)], 2),  # along a rung; the low street only at its end
        ([at(450, 30), at(450, 370)], 0),  # in the block between
        ([at(450, -30), at(450, 430)], 4),  # across both
        ([at(305, -30), at(305, 30)], 2),  # across, near a crossing
        ([at(100, 200), at(650, 200)], 4),  # across two rungs
        ([at(300, -3), at(604, -3), at(604, 60)], 2),  # along, and a bit beside a rung
        ([at(300, -3), at(620, -3), at(750, 30)], 4),  # along, and across the next street
        ([at(300, -3), at(600, -3), at(660, 20)], 2),  # along, the next only near its end
    ],
)
def test_what_a_drawn_line_closes(
    ladder: StreetNetwork, engine: str, drawn: list[LonLat], edges: int
) -> None:
    """What runs along it, and what it crosses in earnest."""
    shut = closure("line", LINE, drawn)
    assert len(TurnOracle(ladder, [shut]).rules.closed) == edges
    assert StreetTimes(ladder, engine=engine).close([shut]).streets == {"line": edges}


@engines
def test_a_short_street_is_crossed_only_if_nothing_runs_along(engine: str) -> None:
    """A link of 24 m between two parallel streets: the line across it, with and without a tail."""
    places = {1: at(0, 0), 2: at(500, 0), 3: at(0, 24), 4: at(500, 24), 5: at(250, 0)}
    places |= {6: at(250, 24)}
    ways = (street(1, 5, 2), street(3, 6, 4), street(1, 3), street(2, 4), street(5, 6))
    streets = network(places, ways)
    times = StreetTimes(streets, engine=engine)
    start = [at(235, 1.5), at(262, 1.5)]
    across = closure("across", LINE, start)
    along = closure("along", LINE, [*start, at(262, 23), at(480, 23)])
    link = TurnOracle(streets, [across]).rules.closed
    assert link.isdisjoint(TurnOracle(streets, [along]).rules.closed)
    assert times.close([across, along]).streets == {"across": 2, "along": 2}


@engines
def test_a_line_inside_a_street_shorter_than_it_still_closes_it(
    ladder: StreetNetwork, engine: str
) -> None:
    """Drawn along a third of the street: it runs along nothing, but it crosses it twice."""
    times = StreetTimes(ladder, engine=engine)
    drawn = closure("weave", LINE, [at(400, -4), at(440, 4), at(480, -4)])
    assert times.close([drawn]).streets == {"weave": 2}


@engines
def test_entry_needs_every_closure_to_allow_it(ladder: StreetNetwork, engine: str) -> None:
    """A second closure over the same stretch that bars it bars it."""
    open_, barred = closure("a", AREA, RING), closure("b", STREET, [LOW[1], LOW[2]], entry=False)
    assert np.isfinite(seconds(ladder, engine, open_)[:2, 2:]).all()
    assert (seconds(ladder, engine, open_, barred)[:2, 2:] == inf).all()


@engines
def test_a_junction_in_the_middle_of_a_closed_area(ladder: StreetNetwork, engine: str) -> None:
    """All its streets closed: it is inside. One open: it is reached over that one."""
    middle = LOW[2]
    wide = [at(310, -50), at(890, -50), at(890, 50), at(310, 50)]
    for entry in (True, False):
        shut = closure("wide", AREA, wide, entry=entry)
        oracle = TurnOracle(ladder).closed_by([shut])
        times = StreetTimes(ladder, engine=engine)
        times.close([shut])
        places = [WEST, middle, LOW[1], INSIDE, at(600, 300)]
        assert_equals_oracle(times.matrix(places), oracle, places)
        found = times.matrix(places).seconds
        assert np.isfinite(found[0, 1]) == entry
        assert np.isfinite(found[1]).all()
        assert np.isfinite(found[0, 2])


@engines
@pytest.mark.parametrize("shape", list(ClosureShape))
def test_lifted_again_everything_is_as_before(
    ladder: StreetNetwork, engine: str, shape: ClosureShape
) -> None:
    """To the last digit; and the metric has moved on each time."""
    times = StreetTimes(ladder, engine=engine)
    places = [WEST, EAST, INSIDE, ALSO_INSIDE, *HIGH]
    before = times.matrix(places)
    drawn = [*RING, RING[0]] if shape is AREA else [LOW[1], LOW[2]]
    first = times.close([closure("x", shape, drawn)])
    during = times.matrix(places)
    second = times.close([])
    after = times.matrix(places)
    assert np.array_equal(after.seconds, before.seconds)
    assert not np.array_equal(during.seconds, before.seconds)
    assert (during.metric, after.metric) == (first.metric, second.metric)
    assert len({before.metric, during.metric, after.metric}) == 3
    assert times.metric == after.metric
    assert second.streets == {}


@engines
def test_closing_again_replaces_what_was_closed(ladder: StreetNetwork, engine: str) -> None:
    """Exactly the closures given last count."""
    times = StreetTimes(ladder, engine=engine)
    times.close([closure("a", AREA, RING)])
    times.close([closure("b", STREET, [LOW[3], LOW[4]])])
    other = StreetTimes(ladder, engine=engine)
    other.close([closure("b", STREET, [LOW[3], LOW[4]])])
    places = [WEST, EAST, INSIDE, ALSO_INSIDE]
    assert np.array_equal(times.matrix(places).seconds, other.matrix(places).seconds)


@engines
def test_a_closure_beside_all_streets_says_so(ladder: StreetNetwork, engine: str) -> None:
    """It touches none, and the one who drew it can be told."""
    field = [at(400, 100), at(500, 100), at(500, 200)]
    far = [at(90_000, 90_000), at(90_100, 90_000), at(90_000, 90_100)]
    shut = [closure("field", AREA, field), closure("far", AREA, far), closure("a", AREA, RING)]
    closing = StreetTimes(ladder, engine=engine).close(shut)
    assert closing.streets == {"field": 0, "far": 0, "a": 2}


@engines
def test_everything_closed_still_answers(ladder: StreetNetwork, engine: str) -> None:
    """A polygon over the whole map: inside it all drives are leaving drives."""
    whole = [at(-500, -500), at(2000, -500), at(2000, 1000), at(-500, 1000)]
    free = seconds(ladder, engine)
    for entry in (True, False):
        shut = seconds(ladder, engine, closure("all", AREA, whole, entry=entry))
        assert np.array_equal(shut, free)


def nowhere() -> LonLat:
    """Return a place that is no number; LonLat itself refuses to be built from it."""
    place = object.__new__(LonLat)
    object.__setattr__(place, "lon", nan)
    object.__setattr__(place, "lat", 30.0)
    return place


BAD: dict[str, tuple[ClosureShape, Sequence[LonLat]]] = {
    "crosses itself": (AREA, [at(0, 0), at(100, 100), at(100, 0), at(0, 100)]),
    "two places": (AREA, [at(0, 0), at(100, 0)]),
    "closed ring of two": (AREA, [at(0, 0), at(100, 0), at(0, 0)]),
    "no width": (AREA, [at(0, 0), at(100, 0), at(200, 0)]),
    "one place": (LINE, [at(0, 0)]),
    "one place twice": (LINE, [at(0, 0), at(0, 0)]),
    "street of one place": (STREET, [at(0, 0)]),
    "nothing": (LINE, []),
    "no area": (AREA, []),
    "no number": (LINE, [at(0, 0), nowhere()]),
    "no number in a ring": (AREA, [at(0, 0), nowhere(), at(100, 0), at(0, 100)]),
}


@engines
@pytest.mark.parametrize("kind", sorted(BAD))
def test_a_closure_that_cannot_be_is_refused(ladder: StreetNetwork, engine: str, kind: str) -> None:
    """One line that names it; the good one beside it is not taken either, nothing changes."""
    times = StreetTimes(ladder, engine=engine)
    kept = times.close([closure("kept", AREA, RING)])
    before = times.matrix([WEST, EAST])
    with pytest.raises(BadInput) as caught:
        times.close([closure("good", STREET, [LOW[3], LOW[4]]), closure("C-17", *BAD[kind])])
    text = str(caught.value)
    assert "C-17" in text
    assert "\n" not in text
    assert text.endswith(".")
    after = times.matrix([WEST, EAST])
    assert times.metric == after.metric == kept.metric
    assert np.array_equal(after.seconds, before.seconds)


@engines
@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_random_closures_equal_the_oracle(engine: str, seed: int) -> None:
    """Several of all kinds on a random map: seconds, reasons, routes, counts; then lifted."""
    rng = random.Random(seed)
    streets = random_network(rng)
    free = TurnOracle(streets)
    places = random_places(free, rng, 7)
    times = StreetTimes(streets, engine=engine)
    before = times.matrix(places)
    shut = [random_closure(free, rng, f"c{k}", size_m=300) for k in range(rng.randint(1, 4))]
    oracle = free.closed_by(shut)
    closing = times.close(shut)
    assert closing.streets == {name: len(e) for name, e in oracle.rules.touched.items()}
    assert_equals_oracle(times.matrix(places), oracle, places)
    assert_routes_match(times, oracle, places[:5])
    times.close([])
    assert np.array_equal(times.matrix(places).seconds, before.seconds)


@engines
@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_the_reach_stops_at_what_is_closed(engine: str, seed: int) -> None:
    """On open streets it agrees with the oracle's seconds under the closures."""
    rng = random.Random(seed)
    streets = random_network(rng)
    free = TurnOracle(streets)
    origin = random_places(free, rng, 1)[0]
    shut = [random_closure(free, rng, f"c{k}", size_m=300) for k in range(2)]
    times = StreetTimes(streets, engine=engine)
    times.close(shut)
    assert_reach_matches(times, free.closed_by(shut), origin, rng.uniform(20, 400))


@engines
def test_however_slow_a_street_is_no_drive_gets_faster(engine: str) -> None:
    """A share next to nothing is time that nobody has: it does not run over."""
    rng = random.Random(1)
    streets = random_network(rng)
    free = TurnOracle(streets)
    places = random_places(free, rng, 8)
    times = StreetTimes(streets, engine=engine)
    before = times.matrix(places).seconds
    for factor in (1e-6, 1e-12, 1e-300):
        times.close([replace(random_closure(free, rng, "c", size_m=300), factor=factor)])
        assert (times.matrix(places).seconds >= before).all()
