"""rejected.csv: the rows put aside, for a person to read in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from domain.rejection import Rejected
from gateways.writing import write_csv

COLUMNS = ("file", "row", "id", "field", "reason", "detail")

#: First characters that make a spreadsheet run a cell as a formula.
#: Source: OWASP, "CSV Injection".
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_rejected(path: Path, rejected: Iterable[Rejected]) -> None:
    """Write the rejected rows in UTF-8 with a byte order mark, which spreadsheets need.

    What came from outside may pose as a formula: such a cell gets a quote in front. Files that
    are read again, such as tickets.csv, are not touched like this: ``+86...`` stays a phone.
    """
    write_csv(path, COLUMNS, map(_cells, rejected), encoding="utf-8-sig")


def _cells(one: Rejected) -> tuple[object, ...]:
    said = (one.file, one.id, one.field, one.detail)
    file, own_id, field, detail = map(harmless, said)
    return (file, one.row, own_id, field, one.reason.value, detail)


def harmless(text: str) -> str:
    """Return the text with a quote in front if a spreadsheet could run it."""
    return f"'{text}" if text.startswith(_RISKY) else text
