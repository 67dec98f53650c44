"""The answer a caller gets: is my water off, why, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.durations import DurationEstimate
from domain.eta import Eta
from domain.incidents import Etr
from domain.sentences import Sentence


class AnswerKind(StrEnum):
    """What is known about a caller's water, surest bad news first."""

    NO_WATER = "no_water"
    WILL_BE_OFF = "will_be_off"
    SUSPECTED = "suspected"
    PLANNED = "planned"
    RESTORED = "restored"
    NOTHING_KNOWN = "nothing_known"
    PLACE_UNKNOWN = "place_unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell one caller.

    Attributes
    ----------
    premises, label
        Whose water: the premises' id and its place in words; None and the words asked for where
        the place is unknown.
    cause
        Why, in a clause; None where nothing is wrong.
    progress
        What is being done now; None where nothing is.
    etr
        When supply is restored, with source and age; None where nobody knows.
    etr_basis
        What its latest time rests on: how long such repairs take. Never told in public.
    crew_eta
        When a crew arrives; never told in public.
    script
        Two or three sentences to read aloud.
    """

    kind: AnswerKind
    label: str
    script: Sentence
    premises: str | None = None
    cause: Sentence | None = None
    progress: Sentence | None = None
    incident: str | None = None
    outage: str | None = None
    since: datetime | None = None
    restored_at: datetime | None = None
    etr: Etr | None = None
    crew_eta: Eta | None = None
    etr_basis: DurationEstimate | None = None
