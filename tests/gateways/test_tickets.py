"""tickets.csv: what is read, what is put aside, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.datum import to_gcj02
from domain.places import LonLat
from domain.rejection import RejectReason
from domain.words import Channel, Priority, Symptom
from gateways import read_tickets

ZONE = ZoneInfo("Asia/Shanghai")
HEADER = "id,received_at,channel,phone,account,address,lon,lat,datum,text,symptom,priority"
GOOD = "T1,2026-11-22T08:30,,,,雁塔路12号,,,,,,"


def write(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    """Return a tickets file with these rows."""
    file = folder / "tickets.csv"
    file.write_bytes("\n".join([header, *rows]).encode(encoding))
    return file


def test_a_full_row(tmp_path: Path) -> None:
    """Every column arrives in its field; the place is converted from its datum."""
    lon, lat = to_gcj02(LonLat(108.942, 34.26))
    row = (
        f'T1,2026-11-22 08:30,12345,+86 138 0013 8000,A-1,雁塔路,{lon},{lat},GCJ-02,"漏水,'
        '很大",Leak_On_Road,P2'
    )
    values, rejected = read_tickets(write(tmp_path, row), ZONE)
    assert rejected == ()
    (ticket,) = values
    assert ticket.position is not None
    assert ticket.position.lon == pytest.approx(108.942, abs=1e-8)
    assert ticket.position.lat == pytest.approx(34.26, abs=1e-8)
    assert ticket.received_at == datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
    assert ticket.channel is Channel.HOTLINE_12345
    assert ticket.symptom is Symptom.LEAK_ON_ROAD
    assert ticket.priority is Priority.P2
    said = (ticket.id, ticket.phone, ticket.account, ticket.address, ticket.text)
    assert said == ("T1", "+86 138 0013 8000", "A-1", "雁塔路", "漏水,很大")


@pytest.mark.parametrize(
    "place", ["138,,,,,,", ",A-1,,,,,", ",,雁塔路,,,,", ",,,108.9,34.2,,", ",,,,,,没水"]
)
def test_one_hint_of_a_place_is_enough(tmp_path: Path, place: str) -> None:
    """Phone, account, address, coordinates or text: any one will do; the rest stays silent."""
    values, rejected = read_tickets(write(tmp_path, f"T1,2026-11-22T08:30,,{place},,"), ZONE)
    assert rejected == ()
    assert values[0].symptom is values[0].priority is None
    assert values[0].channel is Channel.PHONE


@pytest.mark.parametrize(
    ("row", "field", "reason", "said"),
    [
        (",2026-11-22T08:30,,1,,,,,,,,", "id", RejectReason.MISSING_ID, "no id"),
        ("T0,2026-11-22T08:30,,1,,,,,,,,", "id", RejectReason.DUPLICATE_ID, "Row 2"),
        ("T1,yesterday,,1,,,,,,,,", "received_at", RejectReason.BAD_TIME, "'YESTERDAY'"),
        ("T1,,,1,,,,,,,,", "received_at", RejectReason.BAD_TIME, "is empty"),
        ("T1,2026-02-30T08:00,,1,,,,,,,,", "received_at", RejectReason.BAD_TIME, "2026-02-30"),
        ("T1,2026-11-22,,1,,,,,,,,", "received_at", RejectReason.BAD_TIME, "no date and time"),
        ("T1,0001-01-01T00:00,,1,,,,,,,,", "received_at", RejectReason.BAD_TIME, "0001"),
        ("T1,2626-01-01T00:00,,1,,,,,,,,", "received_at", RejectReason.BAD_TIME, "2626"),
        ("T1,2026-11-22T08:30,,,,,,,,,,", "address", RejectReason.NO_PLACE, "Nothing says where"),
        ("T1,2026-11-22T08:30,,,,,108.9,,,,,", "lat", RejectReason.BAD_NUMBER, "Only one"),
        ("T1,2026-11-22T08:30,,,,,,34.2,,x,,", "lon", RejectReason.BAD_NUMBER, "Only one"),
        ("T1,2026-11-22T08:30,,,,,1o8,34.2,,,,", "lon", RejectReason.BAD_NUMBER, "'1o8'"),
        ("T1,2026-11-22T08:30,,,,,nan,34.2,,,,", "lon", RejectReason.BAD_NUMBER, "'nan'"),
        ("T1,2026-11-22T08:30,,,,,1_0,34.2,,,,", "lon", RejectReason.BAD_NUMBER, "'1_0'"),
        (
            "T1,2026-11-22T08:30,,,,,34.2,108.9,,,,",
            "lat",
            RejectReason.SWAPPED_COORDINATES,
            "lon first",
        ),
        ("T1,2026-11-22T08:30,,,,,500000,34.2,,,,", "lon", RejectReason.BAD_NUMBER, "WGS-84"),
        ("T1,2026-11-22T08:30,,,,,36,3800000,,,,", "lat", RejectReason.BAD_NUMBER, "WGS-84"),
        ("T1,2026-11-22T08:30,,,,,108.9,34.2,mars,,,", "datum", RejectReason.BAD_WORD, "gcj02"),
        ("T1,2026-11-22T08:30,,1,,,,,,,flood,", "symptom", RejectReason.BAD_WORD, "low_pressure"),
        ("T1,2026-11-22T08:30,,1,,,,,,,,P5", "priority", RejectReason.BAD_WORD, "P1, P2"),
        ("T1,2026-11-22T08:30,,1,,,,,,,,p", "priority", RejectReason.BAD_WORD, "P1, P2"),
        ("T1,2026-11-22T08:30,fax,1,,,,,,,,", "channel", RejectReason.BAD_WORD, "wechat"),
        ("T1,2026-11-22T08:30,,1,,,,,,,,,too", "", RejectReason.WRONG_CELLS, "13 cells"),
    ],
)
def test_a_row_that_cannot_be_used_is_put_aside(
    tmp_path: Path, row: str, field: str, reason: RejectReason, said: str
) -> None:
    """The rows around it are read; it comes back with its row, field, reason and a sentence."""
    others = ("T0,2026-11-22T08:30,,1,,,,,,,,", "T9,2026-11-22T08:30,,1,,,,,,,,")
    rows = read_tickets(write(tmp_path, others[0], row, others[1]), ZONE)
    assert [one.id for one in rows.values] == ["T0", "T9"]
    assert rows.numbers == (2, 4)
    (bad,) = rows.rejected
    assert (bad.file, bad.row, bad.field, bad.reason) == ("tickets.csv", 3, field, reason)
    assert bad.id == row.split(",", maxsplit=1)[0]
    assert said in bad.detail
    assert "\n" not in bad.detail


@pytest.mark.parametrize(
    ("written", "utc_hour"),
    [
        ("2026-11-22T08:30", 0),
        ("2026-11-22 08:30:00", 0),
        ("2026-11-22T08:30+08:00", 0),
        ("2026-11-22T08:30Z", 8),
        ("2026-11-22t08:30z", 8),
        ("20261122T083000", 0),
        ("２０２６-11-22 ０８：３０", 0),
    ],
)
def test_times(tmp_path: Path, written: str, utc_hour: int) -> None:
    """ISO 8601; a time without an offset is local; full-width digits are digits."""
    values, _ = read_tickets(write(tmp_path, f"T1,{written},,1,,,,,,,,"), ZONE)
    assert values[0].received_at == datetime(2026, 11, 22, utc_hour, 30, tzinfo=UTC)


def test_full_width_numbers(tmp_path: Path) -> None:
    """１０８．９４２ is a number; the account is the utility's own text and stays as it is."""
    row = "T1,2026-11-22T08:30,,,Ａ１,,１０８．９４２,+34.26,,,,"
    values, _ = read_tickets(write(tmp_path, row), ZONE)
    assert values[0].position == LonLat(108.942, 34.26)
    assert values[0].account == "Ａ１"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with and without its mark and GB18030 read alike."""
    values, rejected = read_tickets(write(tmp_path, GOOD, encoding=encoding), ZONE)
    assert rejected == ()
    assert values[0].address == "雁塔路12号"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_blank_lines_and_quoted_line_breaks(tmp_path: Path, end: str) -> None:
    """A record is one row however many lines it spans; blank rows count and are skipped."""
    file = tmp_path / "tickets.csv"
    lines = [HEADER, GOOD, "", 'T2,2026-11-22T08:30,,,,,,,,"一', '二",,', ",,,,,,,,,,,", ",,,"]
    file.write_bytes(end.join([*lines, "T3,x"]).encode())
    rows = read_tickets(file, ZONE)
    assert [one.id for one in rows.values] == ["T1", "T2"]
    assert rows.values[1].text == f"一{end}二"
    assert rows.numbers == (2, 4)
    assert [(one.row, one.id) for one in rows.rejected] == [(7, "T3")]


def test_columns_in_any_order_and_others_ignored(tmp_path: Path) -> None:
    """Only the names count; a short row has empty cells at its end."""
    header = " text ,remark,received_at,id,,"
    file = write(tmp_path, "没水,x,2026-11-22T08:30,T1", header=header)
    values, rejected = read_tickets(file, ZONE)
    assert rejected == ()
    assert (values[0].id, values[0].text) == ("T1", "没水")


def test_a_header_alone_is_a_day_without_tickets(tmp_path: Path) -> None:
    """No rows, no fault."""
    assert read_tickets(write(tmp_path), ZONE) == ((), ())
