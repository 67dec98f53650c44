"""Answers of a locator held against the truth: shares, times, calibration, what nobody asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import numpy as np

import gis
from benchmarks.lines import Line, figure
from domain.places import LonLat
from domain.tickets import Candidate
from operations.calling.place_of_call import needs_confirmation

#: From here on an answer counts as confident. Source: the target "never confident and wrong".
CONFIDENT = 0.9
BINS = 10

#: Wrong answers that a line shows.
EXAMPLES = 3

#: Answers before the clock starts, so that what is made at first use is made.
WARM_UP = 20

#: Metres. Source: mean earth radius, IUGG.
EARTH_M = 6_371_008.8


@dataclass(frozen=True)
class Question:
    """A text, the place it means in words, and what counts as a right first answer."""

    text: str
    meant: str
    is_right: Callable[[Candidate], bool]


@dataclass(frozen=True)
class Answer:
    """What a locator said first to a question, in how many seconds, and whether that is right.

    ``asks`` is True where the desk would ask the agent which place is meant.
    """

    question: Question
    first: Candidate | None
    seconds: float
    asks: bool
    right: bool

    @property
    def confidence(self) -> float:
        """Of the first candidate; 0 if there is none."""
        return self.first.confidence if self.first else 0.0


def answers(gazetteer: gis.Gazetteer, questions: Sequence[Question]) -> list[Answer]:
    """Return the locator's answer to each question, one by one as calls come in."""
    for one in questions[:WARM_UP]:
        gazetteer.locate(one.text)
    return [_answer(gazetteer, one) for one in questions]


def _answer(gazetteer: gis.Gazetteer, question: Question) -> Answer:
    begun = time.perf_counter()
    found = gazetteer.locate(question.text)
    seconds = time.perf_counter() - begun
    right = bool(found) and question.is_right(found[0])
    return Answer(question, found[0] if found else None, seconds, needs_confirmation(found), right)


def share(flags: Iterable[bool]) -> float:
    """Return the share that is True."""
    return float(np.mean(list(flags)))


def right_share(case: str, metric: str, given: Sequence[Answer]) -> Line:
    """Return the line of the share that is right, with the surest of the wrong answers."""
    wrong = sorted((one for one in given if not one.right), key=lambda one: -one.confidence)
    named = [
        {
            "said": one.question.text,
            "meant": one.question.meant,
            "found": one.first.label if one.first else None,
            "confidence": round(one.confidence, 2),
        }
        for one in wrong[:EXAMPLES]
    ]
    line = figure(case, metric, share(one.right for one in given), "share")
    return line | {"calls": len(given), "surest wrong": named}


def standing(case: str, given: Sequence[Answer]) -> list[Line]:
    """Return the lines about times, and about how sure the locator was when wrong."""
    ms = np.array([one.seconds for one in given]) * 1e3
    wrong = [one for one in given if not one.right]
    figures = (
        ("p50", float(np.percentile(ms, 50)), "ms"),
        ("p95", float(np.percentile(ms, 95)), "ms"),
        ("worst", float(ms.max()), "ms"),
        (
            "confident and wrong",
            sum(one.confidence >= CONFIDENT for one in wrong) / len(given),
            "share",
        ),
        ("no answer", share(one.first is None for one in given), "share"),
        ("asked", share(one.asks for one in given), "share"),
        ("silently wrong", sum(not one.asks for one in wrong) / len(given), "share"),
    )
    return [figure(case, *one) for one in figures] + [_calibration(case, given)]


def _calibration(case: str, given: Sequence[Answer]) -> Line:
    """Return the mean gap between confidence and share right, weighted by answers, and its bins.

    Source: expected calibration error, Naeini et al. 2015, equal widths.
    """
    answered = [one for one in given if one.first is not None]
    bins, gap = [], 0.0
    for number in range(BINS):
        inside = [one for one in answered if min(int(one.confidence * BINS), BINS - 1) == number]
        if inside:
            confidence = float(np.mean([one.confidence for one in inside]))
            right = share(one.right for one in inside)
            gap += abs(confidence - right) * len(inside) / len(answered)
            bins.append(
                {
                    "from": number / BINS,
                    "n": len(inside),
                    "confidence": round(confidence, 3),
                    "right": round(right, 3),
                }
            )
    return figure(case, "calibration error", gap, "share") | {"bins": bins}


def metres(one: LonLat, other: LonLat) -> float:
    """Return the great-circle distance."""
    lat, other_lat = radians(one.lat), radians(other.lat)
    half = sin((other_lat - lat) / 2) ** 2
    half += cos(lat) * cos(other_lat) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


def within(place: LonLat, most_m: float) -> Callable[[Candidate], bool]:
    """Return a judge that takes any answer within so many metres of a place."""
    return lambda found: metres(found.position, place) <= most_m
