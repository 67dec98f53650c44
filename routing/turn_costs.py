"""What a turn costs: the sharper the longer, and across the oncoming traffic most."""

from __future__ import annotations

import numpy as np

from domain.streets import FloatArray, IntArray, StreetNetwork
from routing.bearings import Bearings, turned
from routing.opposites import NONE

#: Seconds for passing signals, for a U-turn, and at most for a turn; how steeply a turn's cost
#: grows with its angle, and how much dearer it is to cross the oncoming traffic.
#: Source: OSRM's car profile (Project-OSRM/osrm-backend, profiles/car.lua).
SIGNAL_S, UTURN_S, TURN_S, STEEPNESS, HALFWAY, BIAS = 2.0, 20.0, 7.5, 13.0, 6.5, 1.075

#: Where fewer streets meet nobody has to give way.
_MEETING = 3


def turn_ms(
    streets: StreetNetwork,
    opposite: IntArray,
    turns: tuple[IntArray, IntArray],
    bearings: Bearings,
) -> IntArray:
    """Return (k,) whole milliseconds of turns, each from an edge into the edge driven next.

    Source: docs/driving.md, rule 4.
    """
    (before, after), (leaving, arriving) = turns, bearings
    change = turned(arriving[before], leaving[after])
    seconds = _turn_s(-change if streets.rules.left else change)
    node = streets.head[before]
    seconds[streets_at(streets, opposite)[node] < _MEETING] = 0.0
    seconds[(opposite[before] == after) & (opposite[before] != NONE)] = UTURN_S
    signals = np.zeros(len(streets.nodes), dtype=bool)
    signals[streets.rules.signals] = True
    return np.rint(1000.0 * (seconds + SIGNAL_S * signals[node])).astype(np.int64)


def streets_at(streets: StreetNetwork, opposite: IntArray) -> IntArray:
    """Return (n,) how many street ends meet at each node; both directions are one street."""
    once = (opposite == NONE) | (np.arange(len(opposite)) < opposite)
    count = len(streets.nodes)
    ends: IntArray = np.bincount(streets.tail[once], minlength=count)
    ends += np.bincount(streets.head[once], minlength=count)
    return ends


def _turn_s(change: FloatArray) -> FloatArray:
    """Return seconds of a change of direction, degrees, positive towards the near side."""
    near = STEEPNESS / BIAS * change / 180.0 - HALFWAY * BIAS
    far = STEEPNESS * BIAS * -change / 180.0 - HALFWAY / BIAS
    seconds: FloatArray = TURN_S / (1.0 + np.exp(-np.where(change >= 0.0, near, far)))
    return seconds
