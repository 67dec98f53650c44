"""Times as Chinese spreadsheets write them: year first is read, anything ambiguous is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rejection import RejectReason
from gateways.table import RowFault
from gateways.times import instant

ZONE = ZoneInfo("Asia/Shanghai")

#: How a moment is written, to the minute or to the second; the time of a day may be padded or not.
WRITTEN: tuple[Callable[[datetime], str], ...] = (
    lambda at: f"{at.year}/{at.month}/{at.day} {at.hour}:{at.minute:02}",
    lambda at: f"{at.year}/{at.month:02}/{at.day:02} {at.hour:02}:{at.minute:02}",
    lambda at: f"{at.year}-{at.month}-{at.day} {at.hour}:{at.minute:02}",
    lambda at: f"{at.year}.{at.month}.{at.day}  {at.hour}:{at.minute:02}",
    lambda at: f"{at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02}",
    lambda at: f"{at.year}年{at.month:02}月{at.day:02}日{at.hour:02}:{at.minute:02}",
    lambda at: f"{at.year}年{at.month}月{at.day}日 {at.hour}时{at.minute:02}分",
    lambda at: f"{at.year}/{at.month}/{at.day} {at.hour}时{at.minute}分",
)
MOMENTS = st.datetimes(
    datetime(2000, 1, 2, tzinfo=ZONE).replace(tzinfo=None),
    datetime(2100, 12, 30, tzinfo=ZONE).replace(tzinfo=None),
)

#: Half-width to full-width: NFKC turns them back.
WIDE = str.maketrans(
    {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"}
)


def read(text: str) -> datetime:
    """Return the instant a cell with this text means in Shanghai."""
    return instant({"at": text}, "at", ZONE)


@given(at=MOMENTS, write=st.sampled_from(WRITTEN), wide=st.booleans())
def test_to_the_minute(at: datetime, write: Callable[[datetime], str], wide: bool) -> None:
    """Every format means the same local minute, also in full-width digits and marks."""
    text = write(at).translate(WIDE) if wide else write(at)
    assert read(text) == at.replace(second=0, microsecond=0, tzinfo=ZONE)


@given(at=MOMENTS, write=st.sampled_from(WRITTEN), wide=st.booleans())
def test_to_the_second(at: datetime, write: Callable[[datetime], str], wide: bool) -> None:
    """The same with seconds."""
    minutes = write(at)
    text = f"{minutes}{at.second}秒" if minutes.endswith("分") else f"{minutes}:{at.second:02}"
    assert read(text.translate(WIDE) if wide else text) == at.replace(microsecond=0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026/11/23 8:05Z", datetime(2026, 11, 23, 8, 5, tzinfo=UTC)),
        ("2026/11/23 8:05+0800", datetime(2026, 11, 23, 0, 5, tzinfo=UTC)),
        ("2026/1/2T08:05:09.250", datetime(2026, 1, 2, 0, 5, 9, 250_000, tzinfo=UTC)),
    ],
)
def test_an_offset_and_a_fraction_are_kept(text: str, utc: datetime) -> None:
    """As a database's export may have them."""
    assert read(text) == utc


@pytest.mark.parametrize(
    "text",
    [
        "23/11/2026 8:05",
        "11/23/2026 8:05",
        "26/11/23 8:05",
        "26年11月23日 8:05",
        "2026/11/23",
        "2026年11月23日",
        "2026/11-23 8:05",
        "2026/11/238:05",
        "2026/13/1 8:05",
        "2026/2/30 8:05",
        "2026/11/23 24:05",
        "2026/11/23 8:5",
        "2026/11/23 8:60",
        "2026/11/23 8:05:9",
        "2026/11/23 8时",
        "1999/11/23 8:05",
        "٢٠٢٦/11/23 8:05",
        "46349.3368",
    ],
)
def test_what_could_mean_another_time_is_refused(text: str) -> None:
    """Day first, a year of two digits, a date alone, no such day or time; with what to write."""
    with pytest.raises(RowFault) as caught:
        read(text)
    assert caught.value.reason is RejectReason.BAD_TIME
    assert caught.value.detail.endswith("Write it like 2026-11-22T08:30+08:00.")
