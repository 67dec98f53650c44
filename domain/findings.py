"""A finding of ``mainbreak check``: something in the network a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.places import LonLat
from domain.repairs import Repair
from domain.sentences import Sentence


class FindingKind(StrEnum):
    """What is odd, in the order findings are listed. docs/check.md draws each."""

    NO_SOURCE = "no_source"
    DUPLICATE_NODE = "duplicate_node"
    SELF_LOOP = "self_loop"
    IMPOSSIBLE_DIAMETER = "impossible_diameter"
    ZERO_LENGTH = "zero_length"
    PREMISES_UNCONNECTED = "premises_unconnected"
    NEAR_MISS = "near_miss"
    DANGLING_END = "dangling_end"
    DUPLICATE_PIPE = "duplicate_pipe"
    DUPLICATE_ISOLATION_VALVE = "duplicate_isolation_valve"
    ISOLATION_VALVE_OFF = "isolation_valve_off"
    SOURCE_UNJOINED = "source_unjoined"
    PREMISES_FAR = "premises_far"
    OUT_OF_SCALE = "out_of_scale"
    CROSSING_WITHOUT_NODE = "crossing_without_node"
    LENGTH_MISMATCH = "length_mismatch"
    DEAD_END = "dead_end"


class Severity(StrEnum):
    """An error makes answers wrong; a warning probably does; a hint may be right as it is."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class SubjectKind(StrEnum):
    """What a finding is about."""

    NODE = "node"
    LINK = "link"
    ISOLATION_VALVE = "isolation_valve"
    PREMISES = "premises"


@dataclass(frozen=True, slots=True)
class Finding:
    """One oddity in the data: never a fault of the import, always with a place and a remedy.

    Attributes
    ----------
    subject
        The id of the node, link, isolation valve or premises.
    repair
        What would mend it, None where only a person can say.
    safe
        True if ``mainbreak check --repair`` applies the repair without asking.
    distance_m, tolerance_m
        What was measured, and the bound it was held against, in metres; None where nothing was.
    """

    kind: FindingKind
    severity: Severity
    subject: str
    subject_kind: SubjectKind
    location: LonLat
    detail: Sentence
    remedy: Sentence
    repair: Repair | None = None
    safe: bool = False
    distance_m: float | None = None
    tolerance_m: float | None = None
