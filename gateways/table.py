"""A CSV file as rows of named cells, and the walk over them that sets bad rows aside."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from domain.errors import BadFile
from domain.rejection import Rejected, RejectReason
from gateways.rows import Rows
from gateways.text_file import read_text

V = TypeVar("V")
Cells = dict[str, str]


class RowFault(Exception):
    """The row cannot be used; caught by ``read_rows``, which sets it aside."""

    def __init__(self, field: str, reason: RejectReason, detail: str) -> None:
        super().__init__(detail)
        self.field, self.reason, self.detail = field, reason, detail


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of the file: its row number and all its cells."""

    row: int
    cells: list[str]


def read_rows(
    file: Path, columns: Sequence[str], required: Sequence[str], make: Callable[[Cells], V]
) -> Rows[V]:
    """Return what ``make`` makes of every row's cells, keyed by column, stripped, absent as "".

    Blank rows count but are skipped; columns not in ``columns`` are ignored; a row that is
    shorter than the header has empty cells at its end.

    Raises
    ------
    BadFile
        If the file is no CSV file or lacks one of the ``required`` columns; ``"lon or pipe"``
        asks for either.
    """
    records = _records(file)
    header = _header(file, next(records, None), required)
    values: list[V] = []
    numbers: list[int] = []
    rejected: list[Rejected] = []
    first_row: dict[str, int] = {}
    for record in records:
        cells = dict.fromkeys(columns, "") | dict(zip(header, record.cells, strict=False))
        own_id = cells["id"]
        try:
            _check_length(header, record)
            _check_id(own_id, first_row)
            values.append(make(cells))
            numbers.append(record.row)
        except RowFault as fault:
            rejected.append(
                Rejected(file.name, record.row, own_id, fault.field, fault.reason, fault.detail)
            )
        first_row.setdefault(own_id, record.row)
    return Rows(file.name, tuple(values), tuple(numbers), tuple(rejected))


def _records(file: Path) -> Iterator[_Record]:
    """Yield the records that are not blank; a quoted cell may span lines, a record is one row."""
    text = read_text(file)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield _Record(row, stripped)
    except csv.Error as error:
        problem = f"a quoted cell is never closed, or is too long ({error})"
        raise BadFile(file, problem, "check the quotes, or export it again", row=row + 1) from error


def _header(file: Path, record: _Record | None, required: Sequence[str]) -> list[str]:
    if record is None:
        raise BadFile(file, "it has no header row", "name the columns in row 1")
    names = record.cells
    _check_separator(file, record)
    missing = [name for name in required if not set(names) & set(name.split(" or "))]
    if missing:
        found = ", ".join(printable(name[:40]) for name in names[:20] if name)
        raise BadFile(
            file,
            f"missing {'column' if len(missing) == 1 else 'columns'} {', '.join(missing)}; "
            f"found {found}",
            "name the columns in row 1 as docs/csv.md does, separated by commas",
            row=record.row,
        )
    twice = [name for name, times in Counter(filter(None, names)).items() if times > 1]
    if twice:
        problem = f"the column {printable(twice[0][:40])} stands twice"
        raise BadFile(file, problem, "remove one of them", row=record.row)
    return names


def _check_separator(file: Path, record: _Record) -> None:
    """Refuse a header that is one name to a CSV reader but several to a person."""
    for mark, said in ("\t", "tabs"), (";", "semicolons"):
        if len(record.cells) == 1 and mark in record.cells[0]:
            problem = f"the columns are separated by {said}"
            raise BadFile(file, problem, "save the file with commas", row=record.row)


def printable(text: str) -> str:
    """Return the text without what would steer a terminal."""
    return "".join(one for one in text if one.isprintable())


def _check_length(header: list[str], record: _Record) -> None:
    if any(record.cells[len(header) :]):
        raise RowFault(
            "",
            RejectReason.WRONG_CELLS,
            f"{len(record.cells)} cells under {len(header)} columns. "
            "Put cells that hold a comma in quotes.",
        )


def _check_id(own_id: str, first_row: dict[str, int]) -> None:
    if not own_id:
        raise RowFault("id", RejectReason.MISSING_ID, "The row has no id. Give it one.")
    if own_id in first_row:
        raise RowFault(
            "id",
            RejectReason.DUPLICATE_ID,
            f"Row {first_row[own_id]} has the id {own_id} too. Give each row its own.",
        )
