"""Which outages everybody sees, and what of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import gis
from domain.incidents import Etr, EtrSource, Incident, Outage
from domain.network import PipeNetwork
from domain.states import IncidentState, OutageState
from domain.words import Priority, Symptom
from operations.ground import GroundKeeper
from operations.showing.public_outages import (
    STAYS,
    PublicOutage,
    area_in_words,
    public_outages,
    rounded,
)
from storage import Database
from tests.storage.conftest import NOW, clock
from tests.web import small_town

NETWORK = small_town.network()
FIRST = NETWORK.premises[0]


def incident(state: IncidentState = IncidentState.CONFIRMED) -> Incident:
    """Return a burst on the main that feeds the whole town."""
    at, none = FIRST.location, ()
    return Incident("E1", Symptom.BURST, Priority.P1, state, NOW, at, "M1", none, FIRST.address)


def outage(state: OutageState, **more: object) -> Outage:
    """Return its outage in a state."""
    return replace(Outage("O-E1", "E1", state, gis.isolate(NETWORK, ["E11"])), **more)


def listed(
    database: Database, about: Incident, off: Outage, network: PipeNetwork = NETWORK
) -> tuple[PublicOutage, ...]:
    """Return the public list of a day with this outage."""
    with database.unit_of_work(clock) as work:
        work.network.save(network)
        work.incidents.save([about])
        work.outages.save([off])
        return public_outages(work, GroundKeeper().of(work), clock())


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        (OutageState.DRAFT, False),
        (OutageState.APPROVED, False),
        (OutageState.ANNOUNCED, True),
        (OutageState.PREDICTED, True),
        (OutageState.IN_EFFECT, True),
        (OutageState.PARTLY_RESTORED, True),
        (OutageState.CANCELLED, False),
    ],
)
def test_what_goes_on_is_seen_and_what_is_only_prepared_is_not(
    database: Database, state: OutageState, seen: bool
) -> None:
    """A draft is nobody's business, a cancelled one nobody's worry."""
    assert [one.state for one in listed(database, incident(), outage(state))] == [state] * seen


def test_one_callers_word_is_not_published(database: Database) -> None:
    """A suspected incident's outage is seen once it takes effect."""
    suspected = incident(IncidentState.SUSPECTED)
    assert listed(database, suspected, outage(OutageState.PREDICTED)) == ()


@pytest.mark.parametrize(("late", "seen"), [(timedelta(0), 1), (timedelta(seconds=1), 0)])
def test_what_is_over_stays_for_a_while_without_a_promise(
    database: Database, late: timedelta, seen: int
) -> None:
    """Three hours long people read that water is back, and no ETR beside it."""
    back = clock() - STAYS - late
    etr = Etr(clock(), EtrSource.PLAN, clock())
    found = listed(database, incident(), outage(OutageState.RESTORED, restored_at=back, etr=etr))
    assert [(one.restored_at, one.etr) for one in found] == [(back, None)] * seen


def test_an_outage_that_dries_nobody_is_no_news(database: Database) -> None:
    """Nor is it an area."""
    empty = NETWORK.with_premises(())
    nobody = replace(outage(OutageState.IN_EFFECT), isolation=gis.isolate(empty, ["E11"]))
    assert listed(database, incident(), nobody, empty) == ()


def test_premises_that_a_new_import_no_longer_holds_do_no_harm(database: Database) -> None:
    """The others are drawn."""
    fewer = NETWORK.with_premises(NETWORK.premises[:18])
    (found,) = listed(database, incident(), outage(OutageState.IN_EFFECT), fewer)
    assert found.rings
    assert found.premises_count == 10


def test_the_roads_with_most_premises_name_the_area() -> None:
    """Three at the most; without a road it is part of the town."""
    every = area_in_words(NETWORK, NETWORK.premises)
    assert every.zh.endswith("一带")
    assert every.zh.count("、") == 2
    bare = [replace(one, link=None, node="J00") for one in NETWORK.premises[:2]]
    assert area_in_words(NETWORK, bare).en == "Part of the town"
    assert area_in_words(NETWORK, ()).zh == "部分片区"


@pytest.mark.parametrize(
    ("count", "told"), [(0, 0), (1, 10), (10, 10), (49, 50), (50, 50), (51, 51)]
)
def test_few_premises_are_counted_in_tens(count: int, told: int) -> None:
    """One dry home must not be found by counting."""
    assert rounded(count) == told
