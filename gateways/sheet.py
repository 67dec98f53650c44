"""A table for people, as CSV that a spreadsheet opens: nothing in it runs, nothing is garbled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from gateways.rejected_csv import harmless
from gateways.writing import csv_text, write_csv

#: Spreadsheets take UTF-8 for what it is only behind a byte order mark.
_ENCODING = "utf-8-sig"


def sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    r"""Return the table; a cell that could run as a formula gets a quote in front.

    >>> sheet(["name"], [["=1+1"]])
    b"\xef\xbb\xbfname\r\n'=1+1\r\n"
    """
    return csv_text(columns, _harmless(rows)).encode(_ENCODING)


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write the table as ``sheet`` makes it, whole or not at all.

    Raises
    ------
    BadFile
        If the file cannot be written; one that was there before is untouched.
    """
    write_csv(path, columns, _harmless(rows), encoding=_ENCODING)


def _harmless(rows: Iterable[Sequence[str]]) -> Iterable[list[str]]:
    return ([harmless(cell) for cell in row] for row in rows)
