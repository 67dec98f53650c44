"""Rules 1 to 3 of docs/isolation.md: what a burst's segment is."""

from __future__ import annotations

import pytest

import gis
from domain.errors import UnknownId
from gis.isolation.segments import NO_SEGMENT
from tests.gis.drawing import draw


def test_operable_isolation_valves_bound_the_segment() -> None:
    """Rule 1: an open, operable isolation valve is a reliable barrier."""
    found = gis.isolate(draw("R--%a---b%--c"), ["ab"])
    assert found.segment_pipes == ("ab",)
    assert found.segment_nodes == ("a", "b")


@pytest.mark.parametrize("sign", ["?", ";"])
def test_an_open_valve_that_may_not_turn_is_no_barrier(sign: str) -> None:
    """Rule 1: inoperable or unknown, the segment goes on to the next barrier."""
    found = gis.isolate(draw(f"R--%a---b{sign}--c%--d"), ["ab"])
    assert found.segment_pipes == ("ab", "bc")
    assert any("bc.b" in warning.en for warning in found.warnings)


@pytest.mark.parametrize("sign", ["#", "!"])
def test_a_closed_valve_is_a_barrier_operable_or_not(sign: str) -> None:
    """Rule 1: closed holds, and needs no closing."""
    found = gis.isolate(draw(f"R--%a---b{sign}--c---S"), ["ab"])
    assert found.segment_pipes == ("ab",)
    assert found.close == ("Ra.a",)


def test_a_valve_protects_one_end_only() -> None:
    """Rule 1: with the isolation valve at a, the pipe's other end is open to b."""
    found = gis.isolate(draw("R--%a%--b%--c"), ["ab"])
    assert found.segment_pipes == ("ab",)
    assert found.segment_nodes == ("b",)


def test_an_own_link_isolation_valve_separates_its_nodes() -> None:
    """Rule 1: a TCV of an INP belongs to no segment."""
    network = draw("R---a@b---c")
    assert gis.isolate(network, ["bc"]).segment_nodes == ("b", "c")
    assert gis.isolate(network, ["bc"]).close == ("ab",)
    assert gis.segment_of(network).of_link("ab") == NO_SEGMENT


def test_an_inoperable_own_link_isolation_valve_is_passed() -> None:
    """Rule 1: the segment runs through it."""
    found = gis.isolate(draw("R--%a$b---c"), ["bc"])
    assert found.segment_nodes == ("a", "b", "c")


def test_a_burst_on_an_own_link_isolation_valve_takes_both_sides() -> None:
    """A burst isolation valve holds nothing back."""
    found = gis.isolate(draw("R--%a---b@c---d%--e"), ["bc"])
    assert found.segment_pipes == ("ab", "cd")
    assert found.close == ("Ra.a",)


def test_a_closed_pipe_separates_segments() -> None:
    """Rule 2: the segment ends at a closed pipe, which belongs to neither side."""
    network = draw("R--%a---b-=-c---d%--S")
    found = gis.isolate(network, ["ab"])
    assert found.segment_pipes == ("ab",)
    assert gis.segment_of(network).of_link("bc") == NO_SEGMENT


def test_a_burst_on_a_closed_pipe_involves_both_ends() -> None:
    """Rule 2: its own two segments are shut."""
    found = gis.isolate(draw("R--%a---b-=-c---d%--S"), ["bc"])
    assert found.segment_pipes == ("ab", "bc", "cd")
    assert found.close == ("Ra.a", "dS.d")


@pytest.mark.parametrize("device", [">", ")", "(", "}", "~"])
def test_no_device_is_trusted_as_a_barrier(device: str) -> None:
    """Rule 3: check valves, pumps (closed ones too) and control valves are passed both ways."""
    found = gis.isolate(draw(f"R--%a-{device}-b---c%--d"), ["bc"])
    assert found.segment_nodes == ("a", "b", "c")


def test_the_dispatcher_knows_better_than_the_file() -> None:
    """``inoperable`` and ``closed`` override what the network says."""
    network = draw("R--%a---b%--c---d%--e")
    assert gis.isolate(network, ["ab"], inoperable=["bc.b"]).segment_pipes == ("ab", "bc", "cd")
    assert gis.isolate(network, ["ab"], closed=["Ra.a"]).close == ()


def test_unknown_ids_are_named() -> None:
    """A slip of the pen ends in one line, not in a wrong answer."""
    network = draw("R--%a---b")
    with pytest.raises(UnknownId, match="'zz'"):
        gis.isolate(network, ["zz"])
    with pytest.raises(UnknownId, match=r"'Ra\.x'"):
        gis.isolate(network, ["ab"], inoperable=["Ra.x"])


def test_segments_are_numbered_once_each() -> None:
    """Every node and every link between barriers has its segment, a lone pipe too."""
    network = draw("R%-%a---b%--c")
    segments = gis.segment_of(network)
    assert segments.count == 4
    assert segments.of_link("ab") == segments.of_node("a") == segments.of_node("b")
    assert segments.of_link("Ra") not in {segments.of_node("R"), segments.of_node("a")}
    assert segments.of_link("bc") == segments.of_node("c") != segments.of_node("b")
