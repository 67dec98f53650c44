"""A file that cannot be what it claims: one line, never a traceback, whatever the bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import BadFile
from gateways import read_crews, read_depots, read_places, read_premises, read_tickets

ZONE = ZoneInfo("Asia/Shanghai")
READERS: tuple[Callable[[Path], Any], ...] = (
    lambda path: read_tickets(path, ZONE),
    lambda path: read_crews(path, ZONE),
    read_premises,
    read_depots,
    read_places,
)


def _workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \r\n", "the file is empty"),
        (_workbook(), "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        ("id,received_at\n".encode("utf-16"), "UTF-16"),
        (b"id,received_at\nT1,\x00\x01", "not text"),
        (b"id,received_at\nT1,\xff\xff\xff", "neither UTF-8 nor GB18030"),
        ("id,received_at,text\nT1,2026-11-22T08:30,没水".encode()[:-1], "middle of a character"),
        (b"id,text\nT1,x\n", "row 1: missing column received_at; found id, text"),
        (b"T1,2026-11-22T08:30,x\n", "row 1: missing columns id, received_at; found T1, 2026"),
        (b"id;received_at;text\n", "row 1: the columns are separated by semicolons. Save the"),
        (b"\nid\treceived_at\nT1\t2026\n", "row 2: the columns are separated by tabs. Save the"),
        (b"id;received_at,text\n", "missing columns id, received_at"),
        (b"id\n", "missing column received_at"),
        (b"\n\nid,text\n", "row 3: missing column"),
        (b",,,\n", "no header row"),
        (b'""', "no header row"),
        (b"id,received_at,id\n", "row 1: the column id stands twice"),
        (b'id,received_at,text\nT1,2026-11-22T08:30,"no end\n', "row 2: a quoted cell"),
        (b"id,received_at,text\nT1,2026,%s\n" % (b"x" * 200_000), "row 2: a quoted cell"),
        (b"\x1b[31mid,text\n", "missing columns id, received_at; found [31mid, text"),
    ],
)
def test_the_line_says_what_is_wrong(tmp_path: Path, data: bytes, said: str) -> None:
    """File, row where there is one, problem and remedy in one line."""
    file = tmp_path / "tickets.csv"
    file.write_bytes(data)
    with pytest.raises(BadFile) as caught:
        read_tickets(file, ZONE)
    line = str(caught.value)
    assert line.startswith(str(file))
    assert said in line
    assert "\n" not in line


@pytest.mark.parametrize("reader", READERS)
def test_no_such_file(tmp_path: Path, reader: Callable[[Path], Any]) -> None:
    """A missing file and a folder are named as such."""
    with pytest.raises(BadFile, match="there is no such file"):
        reader(tmp_path / "nothing.csv")
    with pytest.raises(BadFile, match="it is a folder"):
        reader(tmp_path)


HEADERS = (
    b"id,received_at,channel,phone,account,address,lon,lat,datum,text,symptom,priority\n",
    b"id,name,skills,size,lon,lat,datum,shift_start,shift_end,vehicle\n",
    b"id,name,aliases,pipe,kind,critical,lon,lat,datum\n",
)
CELLS = st.sampled_from(
    (
        *("", "1", "T1", "108.9", "34.2", "gcj02", "bd09", "nan", "1e999", "9" * 400, "08:00"),
        *("2026-11-22T08:30", "9999-12-31T23:59-12:00", "0001-01-01T00:00+12:00", "pipe", '"'),
        "\r",
    )
) | st.text(max_size=12)
BODIES = st.lists(st.lists(CELLS, max_size=13).map(",".join), max_size=5).map("\n".join)


def _read_all(file: Path) -> None:
    for reader in READERS:
        with suppress(BadFile):
            reader(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=200), header=st.sampled_from((b"", *HEADERS)))
def test_any_bytes_end_in_rows_or_in_one_line(tmp_path: Path, data: bytes, header: bytes) -> None:
    """No reader raises anything but BadFile on arbitrary bytes."""
    file = tmp_path / "any.csv"
    file.write_bytes(header + data)
    _read_all(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=BODIES, header=st.sampled_from(HEADERS))
def test_any_text_ends_in_rows_or_in_one_line(tmp_path: Path, body: str, header: bytes) -> None:
    """No reader raises anything but BadFile on arbitrary rows under a right header."""
    file = tmp_path / "any.csv"
    file.write_bytes(header + body.encode("utf-8", errors="replace"))
    _read_all(file)
