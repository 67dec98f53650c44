"""The driver is told where there is something to decide, and nothing where there is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from domain.places import LonLat
from domain.streets import StreetNetwork
from domain.travel import Modifier, Step
from routing.manoeuvres import modifier_of
from routing.steps import Drive, StepMaker
from tests.routing.drawn import at
from tests.routing.drawn_network import Road, edges_along, network

#: A crossing with arms to the south (0), north (2), west (3) and east (4), and a node beyond each.
CROSS = {0: (0, -200), 1: (0, 0), 2: (0, 200), 3: (-200, 0), 4: (200, 0)}


def drive(
    streets: StreetNetwork,
    nodes: Sequence[int],
    begun: float = 0.0,
    left: float = 1.0,
    start: LonLat | None = None,
    arrival: LonLat | None = None,
    access_m: tuple[float, float] = (0.0, 0.0),
) -> Drive:
    """Return the drive from node to node."""
    edges = edges_along(streets, nodes)
    metres, seconds = streets.length_m[edges].copy(), streets.seconds[edges].copy()
    for part in (metres, seconds):
        whole = part.copy()
        part[0] -= begun * whole[0]
        part[-1] -= (1.0 - left) * whole[-1]
    ends = [LonLat(*streets.nodes[nodes[k]].tolist()) for k in (0, -1)]
    access_s = (access_m[0] * 0.36, access_m[1] * 0.36)
    return Drive(edges, begun, left, metres, seconds, start or ends[0], arrival or ends[1],
                 access_m, access_s)  # fmt: skip


def steps(streets: StreetNetwork, nodes: Sequence[int], **how: object) -> tuple[Step, ...]:
    """Return the steps, and see that they add up to the drive."""
    one = drive(streets, nodes, **how)  # type: ignore[arg-type]
    found = StepMaker(streets).steps(one)
    assert sum(step.metres for step in found) == pytest.approx(sum(one.metres) + sum(one.access_m))
    assert sum(s.seconds for s in found) == pytest.approx(sum(one.seconds) + sum(one.access_s))
    assert found[-1].metres == found[-1].seconds == 0.0
    return found


def told(found: Sequence[Step]) -> list[str]:
    """Return type, modifier and street of each step in short."""
    return [
        " ".join(part for part in (one.type, one.modifier or "", one.street.local) if part)
        for one in found
    ]


def cross(**names: str) -> StreetNetwork:
    """Return the crossing, its arms named by ``s``, ``n``, ``w`` and ``e``."""
    arms = {"s": 0, "n": 2, "w": 3, "e": 4}
    return network(CROSS, [Road((arms[arm], 1), name) for arm, name in names.items()])


def test_a_turn_has_a_side_and_the_street_turned_into() -> None:
    """Left, right; the distance of each is that until the next."""
    streets = cross(s="A", n="A", w="B", e="B")
    found = steps(streets, (0, 1, 4))
    assert told(found) == ["depart A", "turn right B", "arrive B"]
    assert [round(one.metres) for one in found] == [200, 200, 0]
    assert told(steps(streets, (0, 1, 3))) == ["depart A", "turn left B", "arrive B"]


def test_straight_on_is_nothing_to_decide() -> None:
    """Over a crossing on the same name, past a side street, past a driveway without a name."""
    assert told(steps(cross(s="A", n="A", w="B", e="B"), (0, 1, 2))) == ["depart A", "arrive A"]
    assert told(steps(cross(s="A", n="A", e="B"), (0, 1, 2))) == ["depart A", "arrive A"]
    assert told(steps(cross(s="", n="", e="B"), (0, 1, 2))) == ["depart", "arrive"]


def test_a_bend_of_the_same_street_is_nothing_to_decide() -> None:
    """However sharp: no other way leads on."""
    streets = network({0: (0, 0), 1: (0, 100), 2: (100, 100)}, [Road((0, 1, 2), "A")])
    assert told(steps(streets, (0, 1, 2))) == ["depart A", "arrive A"]


def test_a_new_name_straight_ahead_is_said() -> None:
    """It is what the signs will say; a piece without a name between two of one name is not."""
    streets = cross(s="A", n="C", w="B", e="B")
    assert told(steps(streets, (0, 1, 2))) == ["depart A", "new name straight C", "arrive C"]
    line = {0: (0, 0), 1: (0, 100), 2: (0, 120), 3: (0, 300)}
    gap = network(line, [Road((0, 1), "A"), Road((1, 2)), Road((2, 3), "A")])
    assert told(steps(gap, (0, 1, 2, 3))) == ["depart A", "arrive A"]


def test_a_name_within_one_numbered_road_is_not_said() -> None:
    """A road that keeps its number is one road to a driver."""
    line = {0: (0, 0), 1: (0, 100), 2: (0, 300)}
    streets = network(line, [Road((0, 1), "A", ref="G1"), Road((1, 2), "B", ref="G1")])
    assert told(steps(streets, (0, 1, 2))) == ["depart A", "arrive B"]


def test_a_name_soon_behind_a_nameless_turn_is_turned_into() -> None:
    """The few metres between are not worth a step of their own."""
    places = {**CROSS, 5: (40, 0)}
    roads = [Road((0, 1, 2), "A"), Road((1, 5)), Road((5, 4), "B")]
    assert told(steps(network(places, roads), (0, 1, 5, 4))) == [
        "depart A", "turn right B", "arrive B",
    ]  # fmt: skip


def test_the_name_that_turns_is_said_to_continue() -> None:
    """Where another street goes straight on and one's own turns off."""
    streets = cross(s="A", e="A", n="B")
    assert told(steps(streets, (0, 1, 4))) == ["depart A", "continue right A", "arrive A"]
    assert told(steps(streets, (0, 1, 2))) == ["depart A", "new name straight B", "arrive B"]


def test_a_tee_is_the_end_of_the_road() -> None:
    """One must turn, whatever the name."""
    streets = cross(s="A", w="B", e="B")
    assert told(steps(streets, (0, 1, 3)))[1] == "end of road left B"
    assert told(steps(cross(s="A", w="A", e="B"), (0, 1, 3)))[1] == "end of road left A"


def test_a_fork_tells_the_side_to_keep_to() -> None:
    """Both ways lead ahead; the side is the one among the two."""
    places = {0: (0, -200), 1: (0, 0), 2: (-60, 200), 3: (60, 200)}
    roads = [Road((0, 1), "A"), Road((1, 2), "B"), Road((1, 3), "C")]
    streets = network(places, roads)
    assert told(steps(streets, (0, 1, 2)))[1] == "fork slight left B"
    assert told(steps(streets, (0, 1, 3)))[1] == "fork slight right C"
    narrow = network({**places, 2: (-10, 200)}, roads)
    assert told(steps(narrow, (0, 1, 2)))[1] == "fork slight left B"


def test_a_main_road_past_a_driveway_ahead_is_obvious() -> None:
    """A service way at a small angle is no fork of a primary road, but turning into it is told."""
    places = {0: (0, -200), 1: (0, 0), 2: (-40, 200), 3: (60, 200)}
    streets = network(places, [Road((0, 1, 2), "", "primary"), Road((1, 3), "", "service")])
    assert told(steps(streets, (0, 1, 2))) == ["depart", "arrive"]
    assert told(steps(streets, (0, 1, 3)))[1] == "turn slight right"


def test_two_carriageways_that_part_are_no_fork() -> None:
    """Both are the street one is on; a street that plainly goes straight on is none either."""
    places = {0: (0, -200), 1: (0, 0), 2: (-8, 200), 3: (8, 200), 4: (100, 200)}
    twins = network(places, [Road((0, 1), "A"), Road((1, 2), "A"), Road((1, 3), "A")])
    assert told(steps(twins, (0, 1, 3))) == ["depart A", "arrive A"]
    aside = network(places, [Road((0, 1, 2), "A"), Road((1, 4), "A")])
    assert told(steps(aside, (0, 1, 2))) == ["depart A", "arrive A"]
    assert told(steps(aside, (0, 1, 4)))[1] == "continue slight right A"


def test_leaving_the_main_road_straight_on_is_said() -> None:
    """The main road turns off, a driveway without a name goes on: nobody would guess."""
    streets = network(CROSS, [Road((0, 1, 4), "A", "primary"), Road((1, 2), "", "service")])
    assert told(steps(streets, (0, 1, 2)))[1] == "turn straight"
    assert told(steps(streets, (0, 1, 4)))[1] == "continue right A"


def motorway() -> StreetNetwork:
    """Return a motorway north (0-1-2-3), an exit at 1 to a street, and a way up to 2."""
    places = {0: (0, 0), 1: (0, 1000), 2: (0, 2000), 3: (0, 3000), 4: (40, 1300), 5: (300, 1400),
              6: (40, 1700), 7: (300, 1900), 8: (300, 900)}  # fmt: skip
    return network(places, [
        Road((0, 1, 2, 3), "", "motorway", oneway=True, ref="G65"),
        Road((1, 4, 5), "", "motorway_link", oneway=True),
        Road((5, 6, 2), "", "motorway_link", oneway=True),
        Road((8, 5, 7), "雁塔路", "secondary"),
    ])  # fmt: skip


def test_ramps_and_merging() -> None:
    """Off the motorway, on to it, into its traffic; past an exit nothing is said."""
    streets = motorway()
    assert told(steps(streets, (0, 1, 2, 3))) == ["depart", "arrive"]
    off = steps(streets, (0, 1, 4, 5, 7))
    assert told(off)[1] == "off ramp slight right"
    assert off[0].street.ref == "G65"
    assert [one.split()[0] for one in told(off)] == ["depart", "off", "turn", "arrive"]
    on = steps(streets, (8, 5, 6, 2, 3))
    assert [one.type.value for one in on] == ["depart", "on ramp", "merge", "arrive"]
    assert on[2].modifier is Modifier.SLIGHT_LEFT  # it joins from the right
    assert on[2].street.ref == "G65"


def test_a_turning_lane_is_the_turn_it_is() -> None:
    """A short link of a lesser road is no ramp."""
    places = {0: (0, -200), 1: (0, -30), 2: (0, 0), 3: (0, 200), 4: (30, 0), 5: (200, 0)}
    streets = network(places, [
        Road((0, 1, 2, 3), "A", "primary"),
        Road((2, 4, 5), "B", "secondary"),
        Road((1, 4), "", "primary_link", oneway=True),
    ])  # fmt: skip
    found = steps(streets, (0, 1, 4, 5))
    assert told(found) == ["depart A", "turn right B", "arrive B"]


def roundabout(radius: float = 20.0) -> StreetNetwork:
    """Return a roundabout driven counter-clockwise: arms south 0, east 2, north 3, west 4."""
    r, far = radius, 200.0
    places = {0: (0, -far), 2: (far, 0), 3: (0, far), 4: (-far, 0),
              10: (0, -r), 11: (r, 0), 12: (0, r), 13: (-r, 0)}  # fmt: skip
    ring = Road((10, 11, 12, 13, 10), "", "tertiary", oneway=True, roundabout=True)
    return network(places, [
        ring, Road((0, 10), "A"), Road((2, 11), "B"), Road((3, 12), "A"), Road((4, 13), "C"),
    ])  # fmt: skip


@pytest.mark.parametrize("radius", [20.0, 6.0])
@pytest.mark.parametrize(
    ("nodes", "exit_", "way"),
    [
        ((0, 4, 5, 1), 1, "right B"),
        ((0, 4, 5, 6, 2), 2, "straight A"),
        ((0, 4, 5, 6, 7, 3), 3, "left C"),
    ],
)
def test_a_roundabout_is_one_step_with_its_exit(
    radius: float, nodes: tuple[int, ...], exit_: int, way: str
) -> None:
    """Counted over the streets that leave it; the ring's metres belong to the step."""
    found = steps(roundabout(radius), nodes)
    assert told(found)[1] == f"roundabout {way}"
    assert found[1].exit == exit_
    assert len(found) == 3
    assert round(found[0].metres) == 200 - round(radius)


def test_a_lane_into_a_roundabout_belongs_to_it() -> None:
    """The exits are counted from where the ring is entered."""
    places = {0: (0, -200), 1: (0, -60), 2: (200, 0), 3: (0, 200), 4: (-200, 0),
              10: (0, -20), 11: (20, 0), 12: (0, 20), 13: (-20, 0)}  # fmt: skip
    ring = Road((10, 11, 12, 13, 10), "", "secondary", oneway=True, roundabout=True)
    streets = network(places, [
        ring, Road((0, 1), "A", "secondary"), Road((1, 10), "", "secondary_link", oneway=True),
        Road((2, 11), "B"), Road((3, 12), "A"), Road((4, 13), "C"),
    ])  # fmt: skip
    found = steps(streets, (0, 1, 5, 6, 7, 8, 4))
    assert told(found) == ["depart A", "roundabout left C", "arrive C"]
    assert found[1].exit == 3


def test_a_drive_may_begin_and_end_on_a_roundabout() -> None:
    """Begun there the exit is told, ended there only that one enters."""
    streets = roundabout()
    out = steps(streets, (4, 5, 6, 2))
    assert told(out) == ["depart", "exit roundabout right A", "arrive A"]
    assert out[1].exit == 2
    into = steps(streets, (0, 4, 5))
    assert told(into) == ["depart A", "roundabout right", "arrive"]
    assert into[1].exit is None


def test_back_over_a_divided_road_is_one_u_turn() -> None:
    """Two lefts a few metres apart, back on the same street."""
    places = {0: (0, -200), 1: (0, 0), 2: (0, 200), 3: (-15, 200), 4: (-15, 0), 5: (-15, -200),
              6: (200, 0)}  # fmt: skip
    streets = network(places, [
        Road((0, 1, 2), "A", "primary", oneway=True), Road((3, 4, 5), "A", "primary", oneway=True),
        Road((6, 1, 4), "B"),
    ])  # fmt: skip
    assert told(steps(streets, (0, 1, 4, 5))) == ["depart A", "continue uturn A", "arrive A"]
    assert told(steps(streets, (6, 1, 4, 5))) == ["depart B", "turn left A", "arrive A"]


def test_turning_round_at_a_dead_end_is_said() -> None:
    """It is a U-turn of the same street."""
    streets = cross(s="A", n="A", e="B")
    assert told(steps(streets, (1, 2, 1, 4))) == [
        "depart A", "continue uturn A", "turn left B", "arrive B",
    ]  # fmt: skip


def test_the_sides_of_both_ends() -> None:
    """Left and right as one drives; none on the street itself; the access counts in the ends."""
    streets = cross(s="A", n="A")
    start, arrival = at(-15, -150), at(25, 100)
    found = steps(streets, (0, 1, 2), begun=0.25, left=0.5, start=start, arrival=arrival,
                  access_m=(15.0, 25.0))  # fmt: skip
    assert (found[0].modifier, found[-1].modifier) == (Modifier.LEFT, Modifier.RIGHT)
    assert (found[0].at, found[-1].at) == (start, arrival)
    assert found[0].metres == pytest.approx(150 + 100 + 15 + 25)
    near = steps(streets, (0, 1, 2), start=at(-2, -200), access_m=(2.0, 0.0))
    assert near[0].modifier is None


def test_a_drive_without_a_street_has_two_steps() -> None:
    """Two places at one crossing: only the way to it and from it."""
    one = Drive((), 0.0, 0.0, (), (), at(0, 5), at(5, 0), (5.0, 6.0), (2.0, 3.0))
    found = StepMaker(cross(s="A", n="A")).steps(one)
    assert [(s.type.value, s.metres, s.seconds) for s in found] == [
        ("depart", 11.0, 5.0), ("arrive", 0.0, 0.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("turn", "word"),
    [(0, "straight"), (20, "straight"), (-21, "slight left"), (40, "slight right"),
     (41, "right"), (-120, "left"), (121, "sharp right"), (-180, "sharp left")],
)  # fmt: skip
def test_sectors(turn: float, word: str) -> None:
    """The sectors of OSRM."""
    assert modifier_of(turn).value == word


def test_streets_that_know_no_rules_have_steps_too() -> None:
    """Drawn towns have neither numbers nor opposites stored."""
    from dataclasses import replace

    from domain.streets import DrivingRules

    streets = replace(cross(s="A", n="A", w="B", e="B"), rules=DrivingRules())
    assert told(steps(streets, (0, 1, 4))) == ["depart A", "turn right B", "arrive B"]
    assert np.isfinite([one.metres for one in steps(streets, (0, 1, 2))]).all()
