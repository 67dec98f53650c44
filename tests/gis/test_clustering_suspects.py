"""The segments that may have failed, beside what can be reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gis
from domain.network import PipeNetwork, Position
from domain.tickets import LocatedTicket
from domain.words import Symptom
from gis.clustering.standing import standing
from tests.gis.test_clustering_groups import NETWORK, call, town

#: One line of streets from one source; every letter is 400 m or more from the next.
LINE = town("R--%a--%b--%c--%d--%e", homes=20)

PLACES = [*[one.id for one in NETWORK.links], None]
MINUTES = st.integers(0, 90)


def chances(network: PipeNetwork, calls: list[LocatedTicket]) -> dict[str, float]:
    """Return the probability of each named pipe."""
    return {one.pipe: one.probability for one in gis.suspects(network, calls)}


def at(chance: dict[str, float], pipes: str) -> float:
    """Return the probability of some pipes together."""
    return sum(chance.get(pipe, 0.0) for pipe in pipes.split())


def on(pipe: str, count: int, network: PipeNetwork = LINE) -> list[LocatedTicket]:
    """Return dry callers of so many homes on a pipe."""
    return [
        call(f"{pipe}{n}", pipe, n, premises=f"{pipe}{n}", network=network) for n in range(count)
    ]


def test_nobody_called_nobody_is_suspected() -> None:
    """Nor where the calls are about other things, or nowhere."""
    assert gis.suspects(LINE, []) == ()
    assert gis.suspects(LINE, [call("t", None)]) == ()
    assert gis.suspects(LINE, [call("t", "ab", 0, Symptom.WATER_QUALITY)]) == ()


def test_callers_of_one_street_point_to_it() -> None:
    """Were it farther up, twenty more homes in each street above would be as silent as they are."""
    found = gis.suspects(LINE, on("cd", 6))
    assert found[0].pipe == "cd"
    assert found[0].probability > 0.5


def test_callers_of_all_streets_below_point_to_the_one_above() -> None:
    """A burst on de does not dry who lives above it; one on bc dries all below."""
    calls = [*on("bc", 2), *on("cd", 2), *on("de", 2)]
    chance = chances(LINE, calls)
    assert next(iter(chance)) == "bc"
    assert at(chance, "cd de") < chance["bc"] / 2


@pytest.mark.parametrize("pipe", ["bc", "cd"])
def test_more_callers_below_raise_it(pipe: str) -> None:
    """Each says again that it is not farther down."""
    rising = [at(chances(LINE, [*on(pipe, 1), *on("de", n)]), "ab bc cd") for n in (0, 1, 2)]
    assert rising == sorted(rising)


def test_silence_of_many_speaks_against_a_street() -> None:
    """The same calls, with more homes above: a burst up there would have made some of them call."""
    more = [replace(one, id=f"more {one.id}") for one in LINE.premises if one.link != "de"]
    crowded = LINE.with_premises([*LINE.premises, *more])
    above = [
        sum(at(chances(network, on("de", 4)), pipe) for pipe in ("Ra", "ab", "bc", "cd"))
        / at(chances(network, on("de", 4)), "de")
        for network in (LINE, crowded)
    ]
    assert above[1] < above[0]


def test_a_household_counts_once() -> None:
    """Whether it calls again, or again from the same phone."""
    once = on("cd", 2)
    again = [call(f"again{n}", "cd", n + 3, premises="cd0") for n in range(5)]
    assert chances(LINE, [*once, *again]) == pytest.approx(chances(LINE, once))


def test_the_order_of_the_calls_does_not_matter() -> None:
    """To the last digit."""
    calls = [*on("cd", 2), *on("bc", 1), call("s", "cd", 3, Symptom.BURST, network=LINE)]
    assert len({gis.suspects(LINE, list(some)) for some in permutations(calls)}) == 1


def test_calls_after_now_are_not_known_yet() -> None:
    """What the third caller says changes nothing before it is said."""
    calls = on("cd", 3)
    now = calls[1].ticket.received_at
    assert gis.suspects(LINE, calls, now) == gis.suspects(LINE, calls[:2])


def test_callers_across_a_closed_pipe_speak_for_nothing() -> None:
    """The street px ends at the closed pipe that dh ends at, and hangs on another source."""
    west = on("dh", 3, NETWORK)
    east = [call(f"e{n}", "px", n, premises=f"px{n}") for n in range(2)]
    alone, both = chances(NETWORK, west), chances(NETWORK, [*west, *east])
    assert at(both, "dh cd bc ab Ra") <= at(alone, "dh cd bc ab Ra") + 1e-6


def test_a_shut_isolation_valve_is_no_way() -> None:
    """With the valve at c shut, cd and de are dry anyway; who calls there says nothing of bc."""
    valve = LINE.isolation_valve_by_id["cd.d"]
    shut = LINE.with_isolation_valves([replace(valve, position=Position.CLOSED)])
    assert at(chances(shut, on("de", 3)), "Ra ab bc cd") < 0.05


def test_who_saw_the_water_says_which_pipe() -> None:
    """One witness beats dry taps all along the segment; without one most callers do."""
    two = town("R--%a---b---c%---d", homes=5)
    dry = [call(f"d{n}", "ab", n, premises=f"ab{n}", network=two) for n in range(4)]
    seen = call("s", "bc", 9, Symptom.LEAK_ON_ROAD, network=two)
    assert gis.probable_pipe(two, dry) == "ab"
    assert gis.probable_pipe(two, [*dry, seen]) == "bc"
    assert gis.probable_pipe(two, [call("t", None)]) is None


def test_one_call_may_have_no_common_cause() -> None:
    """Four of them hardly."""
    some = [sum(chances(LINE, on("cd", n)).values()) for n in (1, 2, 4)]
    assert some == sorted(some)
    assert some[0] < 0.3
    assert some[2] > 0.9


def test_a_caller_outside_the_traced_area_is_an_outlier() -> None:
    """Who hangs on the burst is explained; who lives on another source is not."""
    calls = [*on("bc", 3, NETWORK), call("b", "bc", 5, Symptom.BURST)]
    assert gis.explains(NETWORK, calls, call("in", "cd")) > 0.8
    assert gis.explains(NETWORK, calls, call("out", "qr")) < 0.05
    assert gis.explains(NETWORK, [], call("in", "cd")) == 0.0


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(list(Symptom)), MINUTES), max_size=12
    )
)
def test_the_chances_are_chances(said: list[tuple[str | None, Symptom, int]]) -> None:
    """At most ten, falling, of different segments, and never more than 1 together."""
    calls = [call(f"t{n}", pipe, at, symptom) for n, (pipe, symptom, at) in enumerate(said)]
    found = gis.suspects(NETWORK, calls)
    chance = [one.probability for one in found]
    assert len(found) <= 10
    assert chance == sorted(chance, reverse=True)
    assert sum(chance) <= 1 + 1e-9
    assert len({gis.segment_of(NETWORK).of_link(one.pipe) for one in found}) == len(found)


def test_networks_that_stand_alike_share_what_is_reckoned() -> None:
    """A valve shut and opened again is the first stand; nothing is reckoned anew for it."""
    valve = LINE.isolation_valve_by_id["cd.d"]
    shut = LINE.with_isolation_valves([replace(valve, position=Position.CLOSED)])
    again = shut.with_isolation_valves([valve])
    gis.prepare_suspects(again)
    assert standing(again) is standing(LINE)
    assert standing(shut) is not standing(LINE)
    assert gis.suspects(again, on("de", 3)) == gis.suspects(LINE, on("de", 3))
