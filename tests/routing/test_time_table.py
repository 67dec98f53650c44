"""Times kept across questions and closures: always those of an engine that keeps nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from domain.closures import Closure, ClosureReason, ClosureShape
from domain.places import LonLat
from domain.streets import StreetNetwork
from routing import StreetTimes
from routing.between import Destinations

#: Degrees that most places lie beside the streets.
BESIDE = 0.001

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)


def scattered(streets: StreetNetwork, count: int, seed: int) -> list[LonLat]:
    """Return places near streets, some of them exactly at nodes."""
    rng = np.random.default_rng(seed)
    near = streets.nodes[rng.integers(0, len(streets.nodes), count)]
    near = near + rng.normal(0, BESIDE, near.shape) * (rng.random((count, 1)) < 0.8)
    return [LonLat(float(lon), float(lat)) for lon, lat in near]


def around(place: LonLat, size: float, *, factor: float, entry: bool, number: int) -> Closure:
    """Return a square closure, ``size`` degrees from its middle to its sides."""
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ring = tuple(LonLat(place.lon + a * size, place.lat + b * size) for a, b in corners)
    shape, why = ClosureShape.AREA, ClosureReason.FLOOD
    return Closure(
        f"K-{number}", shape, ring, NOW, None, why, "d1", NOW, factor=factor, entry=entry
    )


@pytest.mark.shelf
@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_equals_what_is_worked_out_anew(
    liechtenstein: StreetNetwork, seed: int
) -> None:
    """Crews move, tickets come, streets close, slow down and open, in any order."""
    rng = np.random.default_rng(seed)
    keeps, plain = StreetTimes(liechtenstein), StreetTimes(liechtenstein, engine="scipy")
    places = scattered(liechtenstein, 60, seed)
    closures: list[Closure] = []
    for turn in range(14):
        if closures and rng.random() < 0.4:
            closures.pop(int(rng.integers(len(closures))))
        else:
            factor, entry = float(rng.choice([0.0, 0.0, 0.5])), bool(rng.random() < 0.5)
            middle, size = places[int(rng.integers(60))], float(rng.uniform(2e-4, 2e-3))
            closures.append(around(middle, size, factor=factor, entry=entry, number=turn))
        for engine in (keeps, plain):
            engine.close(closures)
        crews = [places[k] for k in rng.integers(0, 60, 5)]
        orders = [places[k] for k in rng.integers(0, 60, 12)]
        found, fresh = keeps.matrix(crews, orders), plain.matrix(crews, orders)
        assert np.array_equal(found.seconds, fresh.seconds)
        assert found.reasons == fresh.reasons


class Counted:
    """Counts the cells that are worked out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cells = 0
        work_out = Destinations.times_from

        def counting(this: Destinations, here: object) -> object:
            found = work_out(this, here)  # type: ignore[arg-type]
            self.cells += found.size
            return found

        monkeypatch.setattr(Destinations, "times_from", counting)

    def of(self, engine: StreetTimes, crews: list[LonLat], orders: list[LonLat]) -> int:
        """Return how many cells this question costs."""
        before = self.cells
        engine.matrix(crews, orders)
        return self.cells - before


@pytest.mark.shelf
def test_a_move_costs_a_row_and_a_ticket_a_column(
    liechtenstein: StreetNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the same question again costs nothing."""
    places = scattered(liechtenstein, 40, 9)
    engine, counted = StreetTimes(liechtenstein), Counted(monkeypatch)
    crews, orders = places[:8], places[10:30]
    assert counted.of(engine, crews, orders) == 8 * 20
    assert counted.of(engine, crews, orders) == 0
    assert counted.of(engine, [*crews[:-1], places[8]], orders) == 20
    assert counted.of(engine, crews, [*orders, places[30]]) == 8


@pytest.mark.shelf
def test_a_closure_forgets_only_what_it_touches(
    liechtenstein: StreetNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A street at the rim is closed: most of the times are still known."""
    places = scattered(liechtenstein, 60, 5)
    engine, counted = StreetTimes(liechtenstein), Counted(monkeypatch)
    crews, orders = places[:20], places[20:]
    counted.of(engine, crews, orders)
    rim = max(places, key=lambda one: one.lat)
    told = engine.close([around(rim, 3e-4, factor=0.0, entry=True, number=1)])
    assert told.streets["K-1"] > 0
    assert 0 <= counted.of(engine, crews, orders) < 0.4 * len(crews) * len(orders)
