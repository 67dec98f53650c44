"""What reading a file gives: the values, where they stood, and the rows put aside."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, TypeVar

from domain.errors import BadFile
from domain.rejection import Rejected

V = TypeVar("V")


class Rows(tuple[tuple[V, ...], tuple[Rejected, ...]], Generic[V]):
    """``(values, rejected)`` of one file, which also knows the row of each value.

    Attributes
    ----------
    file
        Name of the file.
    numbers
        The row each value stood in, counted from 1; the header is row 1. For a use case that
        finds out later that a value cannot be used and must say which row that was.
    """

    file: str
    numbers: tuple[int, ...]

    def __new__(
        cls,
        file: str,
        values: tuple[V, ...],
        numbers: tuple[int, ...],
        rejected: tuple[Rejected, ...],
    ) -> Rows[V]:
        """Return the pair with its two attributes."""
        rows = super().__new__(cls, (values, rejected))
        rows.file, rows.numbers = file, numbers
        return rows

    @property
    def values(self) -> tuple[V, ...]:
        """The values that can be used, in the file's order."""
        return self[0]

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """The rows that cannot, in the file's order."""
        return self[1]


def usable(file: Path, rows: Rows[V], kind: str) -> Rows[V]:
    """Return the rows of a file that is to replace good data of this kind (plural).

    Raises
    ------
    BadFile
        If there are rows and not one can be used: then it is most likely another kind of file.
    """
    if rows.values or not rows.rejected:
        return rows
    first = rows.rejected[0]
    where = f"row {first.row}" + (f", field {first.field}" if first.field else "")
    raise BadFile(
        file,
        f"not one of its {len(rows.rejected)} rows can be used "
        f"(the first: {where}: {first.detail.rstrip('.')})",
        f"check that it is a file of {kind}",
    )
