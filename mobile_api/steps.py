"""What the phone is told of a drive: a few dozen steps at most, each in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.driving_words import distance_words, step_sentence, street_words
from domain.travel import Step
from mobile_api.faults import both

#: More steps of one drive are not sent; the last of them is the arrival all the same.
#: Source: mainbreak default; drives across Heidelberg or Porto have 15 to 45.
MOST_STEPS = 80


def steps_document(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return the steps as JSON: whole metres and seconds, places in degrees to six digits.

    ``distance`` is ``metres`` as a driver reads them, ``text`` what to do.
    """
    kept = [*steps[: MOST_STEPS - 1], steps[-1]] if len(steps) > MOST_STEPS else steps
    return [_step(one) for one in kept]


def _step(one: Step) -> dict[str, Any]:
    return {
        "type": one.type.value,
        "modifier": one.modifier.value if one.modifier else None,
        "exit": one.exit,
        "street": both(street_words(one.street)),
        "metres": round(one.metres),
        "seconds": round(one.seconds),
        "lon": round(one.at.lon, 6),
        "lat": round(one.at.lat, 6),
        "distance": both(distance_words(one.metres)),
        "text": both(step_sentence(one)),
    }
