"""premises.csv and places.csv."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import BadFile
from domain.network import Premises
from domain.places import LonLat, Place
from domain.rejection import RejectReason
from domain.words import PremisesKind
from gateways import Rows, read_places, read_premises


def write(folder: Path, text: str) -> Path:
    """Return a file with this text."""
    file = folder / "some.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_premises(tmp_path: Path) -> None:
    """All columns, and the defaults of those that are left out."""
    full = write(
        tmp_path,
        "id,account,name,phone,address,lon,lat,datum,pipe,kind,critical,meter\n"
        "S1,A-1,王女士,138,雁塔路,108.9,34.2,CGCS2000,P7,Hospital,是,M-9\n"
        "S2,,,,,108.9,34.2,,,,,\n",
    )
    values, rejected = read_premises(full)
    at = LonLat(108.9, 34.2)
    first = Premises(
        "S1",
        at,
        "P7",
        None,
        PremisesKind.HOSPITAL,
        True,
        "A-1",
        "王女士",
        "138",
        "雁塔路",
        meter="M-9",
    )
    assert rejected == ()
    assert values == (first, Premises("S2", at))


def test_premises_by_their_pipe(tmp_path: Path) -> None:
    """Where pipes are known, one may stand for lon and lat; an unknown one is put aside."""
    file = write(tmp_path, "id,pipe\nS1,P1\nS2,P404\nS3,\n")
    spot = LonLat(108.9, 34.2)
    values, (unknown, nowhere) = read_premises(file, place_of_pipe={"P1": spot}.get)
    assert values == (Premises("S1", spot, link="P1"),)
    assert (unknown.id, unknown.field, unknown.reason) == ("S2", "pipe", RejectReason.UNKNOWN_PIPE)
    assert (nowhere.id, nowhere.reason) == ("S3", RejectReason.NO_PLACE)


def test_premises_without_any_place_column(tmp_path: Path) -> None:
    """The file cannot be what it claims; the missing columns are named."""
    with pytest.raises(BadFile, match="missing columns lon, lat; found id, pipe"):
        read_premises(write(tmp_path, "id,pipe\nS1,P1\n"))
    with pytest.raises(BadFile, match="missing columns lon or pipe, lat or pipe; found id, name"):
        read_premises(write(tmp_path, "id,name\nS1,王\n"), place_of_pipe={}.get)


READERS: tuple[Callable[[Path], Rows[Premises] | Rows[Place]], ...] = (read_premises, read_places)


@pytest.mark.parametrize("reader", READERS)
def test_a_file_of_which_nothing_can_be_used_is_refused(
    tmp_path: Path, reader: Callable[[Path], object]
) -> None:
    """It would replace good data by nothing; the line quotes the first row and its fault."""
    file = write(tmp_path, "id,name,lon,lat\nS1,x,34.2,108.9\nS2,x,,\n")
    with pytest.raises(BadFile) as caught:
        reader(file)
    said = "not one of its 2 rows can be used (the first: row 2, field lat: lat 108.9 can only"
    assert said in str(caught.value)
    assert f"check that it is a file of {reader.__name__[5:]}" in caught.value.remedy


@pytest.mark.parametrize("reader", READERS)
def test_one_row_that_can_be_used_or_none_at_all_is_no_fault(
    tmp_path: Path, reader: Callable[[Path], Rows[object]]
) -> None:
    """A header alone is nothing to do; bad rows beside a good one are put aside."""
    assert reader(write(tmp_path, "id,name,lon,lat\n")) == ((), ())
    rows = reader(write(tmp_path, "id,name,lon,lat\nS1,x,,\nS2,x,108.9,34.2\n"))
    assert [one.id for one in rows.rejected] == ["S1"]
    assert rows.numbers == (3,)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("S1,,,,", "lon", RejectReason.NO_PLACE),
        ("S1,108.9,34.2,castle,", "kind", RejectReason.BAD_WORD),
        ("S1,108.9,34.2,,maybe", "critical", RejectReason.BAD_WORD),
    ],
)
def test_premises_that_cannot_be_used(
    tmp_path: Path, row: str, field: str, reason: RejectReason
) -> None:
    """Put aside with field and reason."""
    rows = f"S0,108.9,34.2,,\n{row}\n"
    values, (bad,) = read_premises(write(tmp_path, f"id,lon,lat,kind,critical\n{rows}"))
    assert [one.id for one in values] == ["S0"]
    assert (bad.field, bad.reason) == (field, reason)


def test_places(tmp_path: Path) -> None:
    """Aliases are separated by semicolons; a place needs a name."""
    file = write(tmp_path, "id,name,aliases,lon,lat\nL1,医院,一院; 市一;,108.9,34.2\nL2,,,1,2\n")
    values, (bad,) = read_places(file)
    assert values == (Place("L1", "医院", LonLat(108.9, 34.2), ("一院", "市一")),)
    assert (bad.id, bad.field) == ("L2", "name")
