"""A row of an input file that cannot be used: kept, named and explained, never dropped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RejectReason(StrEnum):
    """Why a row could not be used; the machine's word in ``rejected.csv``."""

    MISSING_ID = "missing_id"
    DUPLICATE_ID = "duplicate_id"
    WRONG_CELLS = "wrong_cells"
    BAD_TIME = "bad_time"
    BAD_NUMBER = "bad_number"
    BAD_WORD = "bad_word"
    UNKNOWN_SKILL = "unknown_skill"
    BAD_SHIFT = "bad_shift"
    NO_PLACE = "no_place"
    PLACE_NOT_FOUND = "place_not_found"
    SWAPPED_COORDINATES = "swapped_coordinates"
    FAR_OFF = "far_off"
    UNKNOWN_PIPE = "unknown_pipe"


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that was put aside.

    Attributes
    ----------
    file
        Name of the file the row came from.
    row
        Row in that file, counted from 1; the header is row 1.
    id
        The row's own id; empty if it has none.
    field
        The field at fault.
    reason
        The machine's word.
    detail
        What was found and what to do, one English sentence.
    """

    file: str
    row: int
    id: str
    field: str
    reason: RejectReason
    detail: str
