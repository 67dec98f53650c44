"""What the driver is told reads as one would say it, in both languages, for every kind of step."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.driving_words import distance_words, step_sentence, street_words
from domain.places import LonLat
from domain.streets import StreetName
from domain.travel import Modifier, Step, StepType

ROAD = StreetName("中山路", "中山路", "Zhongshan Road")
NAMELESS = StreetName()


def step(
    type_: StepType,
    modifier: Modifier | None = None,
    street: StreetName = ROAD,
    exit_: int | None = None,
    metres: float = 300.0,
) -> Step:
    """Return a step of 300 m."""
    return Step(type_, modifier, LonLat(113.9, 30.3), street, metres, 30.0, exit_)


@pytest.mark.parametrize(
    ("one", "zh", "en"),
    [
        (step(StepType.DEPART), "沿中山路行驶 300 米", "Drive 300 m along Zhongshan Road"),
        (step(StepType.DEPART, street=NAMELESS), "出发，行驶 300 米", "Set out and drive 300 m"),
        (step(StepType.TURN, Modifier.LEFT), "左转进入中山路", "Turn left on to Zhongshan Road"),
        (step(StepType.TURN, Modifier.SHARP_RIGHT, NAMELESS), "向右急转", "Turn sharp right"),
        (step(StepType.TURN, Modifier.SLIGHT_LEFT), "向左前方行驶，进入中山路",
         "Bear left on to Zhongshan Road"),
        (step(StepType.CONTINUE, Modifier.UTURN), "掉头，沿中山路行驶",
         "Make a U-turn and drive back along Zhongshan Road"),
        (step(StepType.CONTINUE, Modifier.RIGHT), "右转，继续沿中山路行驶",
         "Turn right to stay on Zhongshan Road"),
        (step(StepType.NEW_NAME, Modifier.STRAIGHT), "继续行驶，进入中山路",
         "Continue on to Zhongshan Road"),
        (step(StepType.END_OF_ROAD, Modifier.RIGHT), "在道路尽头右转进入中山路",
         "At the end of the road turn right on to Zhongshan Road"),
        (step(StepType.FORK, Modifier.SLIGHT_LEFT), "在岔路口靠左，进入中山路",
         "At the fork keep left on to Zhongshan Road"),
        (step(StepType.ON_RAMP, Modifier.RIGHT, NAMELESS), "右转驶入匝道",
         "Turn right on to the ramp"),
        (step(StepType.ON_RAMP, Modifier.SLIGHT_RIGHT), "向右前方驶入匝道，往中山路",
         "Bear right on to the ramp for Zhongshan Road"),
        (step(StepType.NEW_NAME, street=StreetName("Rua A", ref="N 1")),
         "继续行驶，进入 Rua A（N 1）", "Continue on to Rua A (N 1)"),
        (step(StepType.OFF_RAMP, Modifier.SLIGHT_RIGHT), "从右侧出口驶出，往中山路",
         "Take the exit on the right for Zhongshan Road"),
        (step(StepType.MERGE, Modifier.SLIGHT_LEFT), "向左汇入中山路",
         "Merge left into Zhongshan Road"),
        (step(StepType.ROUNDABOUT, Modifier.STRAIGHT, exit_=2),
         "进入环岛，从第 2 个出口驶出，进入中山路",
         "At the roundabout take the 2nd exit on to Zhongshan Road"),
        (step(StepType.ROUNDABOUT, Modifier.RIGHT, NAMELESS), "驶入环岛", "Enter the roundabout"),
        (step(StepType.EXIT_ROUNDABOUT, Modifier.RIGHT, exit_=3),
         "从第 3 个出口驶出环岛，进入中山路",
         "Leave the roundabout by the 3rd exit on to Zhongshan Road"),
        (step(StepType.ARRIVE, Modifier.RIGHT), "到达目的地，在道路右侧",
         "You are there, on the right"),
        (step(StepType.ARRIVE), "到达目的地", "You are there"),
    ],
)  # fmt: skip
def test_what_is_said(one: Step, zh: str, en: str) -> None:
    """One sentence for each kind of step."""
    assert (step_sentence(one).zh, step_sentence(one).en) == (zh, en)


def test_every_kind_and_way_can_be_said() -> None:
    """With and without a name: no placeholder, no doubled comma, no Chinese in English."""
    for type_, modifier, street in product(StepType, [None, *Modifier], [ROAD, NAMELESS]):
        for exit_ in (None, 1):
            said = step_sentence(step(type_, modifier, street, exit_))
            assert said.en[0].isupper()
            assert not re.search(r"[\u4e00-\u9fff]|  |None|\{", said.en)
            assert not re.search(r"[A-Za-z]|，，|None|\{", said.zh)


@pytest.mark.parametrize(
    ("street", "zh", "en"),
    [
        (StreetName("Hauptstraße", "", "Main Street"), "Hauptstraße", "Main Street"),
        (StreetName("Rua Direita", "直街"), "直街", "Rua Direita"),
        (StreetName("", ref="G65"), "G65", "G65"),
        (StreetName("包茂高速", "", "", "G65"), "包茂高速（G65）", "包茂高速 (G65)"),
        (StreetName("B37", ref="B37"), "B37", "B37"),
        (NAMELESS, "", ""),
    ],
)
def test_a_street_is_called_as_the_reader_knows_it(street: StreetName, zh: str, en: str) -> None:
    """In their language where that is known, else as people there say; its number in brackets."""
    assert (street_words(street).zh, street_words(street).en) == (zh, en)


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "10 m"), (14, "10 m"), (16, "20 m"), (94, "90 m"), (96, "100 m"), (124, "100 m"),
        (126, "150 m"), (960, "950 m"), (976, "1 km"), (1049, "1 km"), (1051, "1.1 km"),
        (9940, "9.9 km"), (9960, "10 km"), (123_400, "123 km"),
    ],
)  # fmt: skip
def test_distances_as_a_driver_reads_them(metres: float, said: str) -> None:
    """Coarser the farther."""
    assert distance_words(metres).en == said


@given(st.floats(0, 2e5), st.floats(0, 2e5))
def test_farther_never_reads_nearer(one: float, other: float) -> None:
    """And what is read is within a tenth, or fifty metres, of what is."""

    def read(metres: float) -> float:
        figure, unit = distance_words(metres).en.split()
        return float(figure) * (1000.0 if unit == "km" else 1.0)

    near, far = sorted((one, other))
    assert read(near) <= read(far)
    assert abs(read(far) - far) <= max(50.0, far / 10.0)
