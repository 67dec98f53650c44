"""Steps of drives over Heidelberg, held against the drives' own courses and figures."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians

import numpy as np
import pytest

from domain.driving_words import step_sentence
from domain.places import LonLat
from domain.streets import StreetNetwork
from domain.travel import Modifier, RouteLine, Step, StepType
from routing import StreetTimes

#: Drives between so many pairs of places.
PAIRS = 60

#: Types whose modifier is the change of direction at one place.
AT_ONCE = {StepType.TURN, StepType.CONTINUE, StepType.END_OF_ROAD}

Point = tuple[float, float]


@pytest.fixture(scope="module")
def lines(heidelberg: StreetNetwork) -> list[RouteLine]:
    """Return drives with their steps."""
    streets = heidelberg
    engine, draw = StreetTimes(streets), np.random.default_rng(20261127)
    ends = streets.nodes[draw.integers(len(streets.nodes), size=(PAIRS, 2))]
    ends = ends + draw.normal(0.0, 2e-4, ends.shape)
    found = []
    for a, b in ends.tolist():
        line = engine.route(LonLat(*a), LonLat(*b), steps=True)
        assert isinstance(line, RouteLine)
        found.append(line)
    return found


def test_steps_add_up_to_the_drive(lines: list[RouteLine]) -> None:
    """Metres and seconds, the ways between place and street included; ends at the ends."""
    for line in lines:
        steps = line.steps
        assert sum(one.metres for one in steps) == pytest.approx(line.metres, rel=1e-6, abs=0.1)
        assert sum(one.seconds for one in steps) == pytest.approx(line.seconds, rel=1e-6, abs=0.01)
        assert [steps[0].type, steps[-1].type] == [StepType.DEPART, StepType.ARRIVE]
        assert not {StepType.DEPART, StepType.ARRIVE} & {one.type for one in steps[1:-1]}
        assert (steps[0].at, steps[-1].at) == (line.path[0], line.path[-1])
        assert (steps[-1].metres, steps[-1].seconds) == (0.0, 0.0)


def test_steps_lie_on_the_way_in_order(lines: list[RouteLine]) -> None:
    """Each at a place of the course, behind the one before."""
    for line in lines:
        row = 0
        for step in line.steps[1:-1]:
            row = next(k for k in range(row, len(line.path)) if near(line.path[k], step.at))
            assert 0 < row < len(line.path) - 1


def test_left_is_left_and_right_is_right(lines: list[RouteLine]) -> None:
    """By the course itself, ten metres before and behind the place."""
    seen = {"left": 0, "right": 0}
    for line in lines:
        for step in line.steps[1:-1]:
            way = str(step.modifier)
            if step.type not in AT_ONCE or way.rpartition(" ")[2] not in seen or "slight" in way:
                continue
            change = turn_at(line, step)
            if change is None:
                continue  # a turning lane: the turn is told where the lane begins
            side = "right" if change > 0 else "left"
            assert side in way, step_sentence(step).en
            assert abs(change) > 30.0
            seen[side] += 1
    assert min(seen.values()) > 2 * PAIRS


def test_little_is_said_and_all_of_it_can_be(lines: list[RouteLine]) -> None:
    """A step every half kilometre on the whole, every name of the map in a sentence."""
    steps = [one for line in lines for one in line.steps]
    metres = sum(line.metres for line in lines)
    assert metres / len(steps) > 400.0
    assert max(len(line.steps) for line in lines) < 60
    kinds = {one.type for one in steps}
    assert kinds >= set(StepType) - {StepType.EXIT_ROUNDABOUT}
    for one in steps:
        said = step_sentence(one)
        assert said.zh.strip() == said.zh
        assert said.en.strip() == said.en
        if one.type in {StepType.ROUNDABOUT, StepType.EXIT_ROUNDABOUT}:
            assert one.exit is None or 1 <= one.exit <= 8
        else:
            assert one.exit is None
    straight_on = [
        one for one in steps if one.type is StepType.CONTINUE and one.modifier is Modifier.STRAIGHT
    ]
    assert len(straight_on) < len(steps) / 20


def near(one: LonLat, other: LonLat) -> bool:
    """Return True for the same place to a decimetre."""
    return abs(one.lon - other.lon) < 1e-6 and abs(one.lat - other.lat) < 1e-6


def turn_at(line: RouteLine, step: Step) -> float | None:
    """Return the change of direction at a step's place, None where the course runs smoothly on."""
    width = cos(radians(step.at.lat))
    row = next(k for k, place in enumerate(line.path) if near(place, step.at))
    flat = [((p.lon - step.at.lon) * width * 111_195, (p.lat - step.at.lat) * 111_195)
            for p in line.path]  # fmt: skip
    back, on = ten_metres(flat[row::-1]), ten_metres(flat[row:])
    change = degrees(atan2(*on)) - degrees(atan2(-back[0], -back[1]))
    change = (change + 180.0) % 360.0 - 180.0
    return change if abs(change) > 30.0 and abs(change) < 175.0 else None


def ten_metres(course: list[Point]) -> Point:
    """Return the point ten metres along a course that begins at (0, 0)."""
    gone, here = 0.0, course[0]
    for there in course[1:]:
        length = hypot(there[0] - here[0], there[1] - here[1])
        if gone + length >= 10.0:
            share = (10.0 - gone) / length
            return (here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1]))
        gone, here = gone + length, there
    return here
