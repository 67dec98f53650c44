"""What a work order is about, in words: its incident."""

from __future__ import annotations

from collections.abc import Mapping

from domain.incidents import WorkOrder
from domain.sentences import Language, Sentence
from domain.words import Symptom
from maps.words import phrases_of
from storage import UnitOfWork


def titles_of(work: UnitOfWork, orders: Mapping[str, WorkOrder]) -> dict[str, Sentence]:
    """Return what each work order's incident is, in words."""
    chinese, english = (phrases_of(one, "common") for one in Language)
    told = (one for one in work.incidents.active() if one.symptom is not Symptom.OTHER)
    symptoms = {one.id: f"symptom.{one.symptom}" for one in told}
    return {
        order.id: Sentence(chinese[word], english[word].lower())
        for order in orders.values()
        if (word := symptoms.get(order.incident)) is not None
    }
