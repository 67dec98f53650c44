"""premises.csv and places.csv."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import BadFile
from domain.network import Premises
from domain.places import LonLat, Place
from domain.rejection import RejectReason
from domain.words import PremisesKind
from gateways import read_places, read_premises


def write(folder: Path, text: str) -> Path:
    """Return a file with this text."""
    file = folder / "some.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_premises(tmp_path: Path) -> None:
    """All columns, and the defaults of those that are left out."""
    full = write(
        tmp_path,
        "id,account,name,phone,address,lon,lat,datum,pipe,kind,critical\n"
        "S1,A-1,王女士,138,雁塔路,108.9,34.2,CGCS2000,P7,Hospital,是\n"
        "S2,,,,,108.9,34.2,,,,\n",
    )
    values, rejected = read_premises(full)
    at = LonLat(108.9, 34.2)
    first = Premises(
        "S1", at, "P7", None, PremisesKind.HOSPITAL, True, "A-1", "王女士", "138", "雁塔路"
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
    values, (bad,) = read_premises(write(tmp_path, f"id,lon,lat,kind,critical\n{row}\n"))
    assert values == ()
    assert (bad.field, bad.reason) == (field, reason)


def test_places(tmp_path: Path) -> None:
    """Aliases are separated by semicolons; a place needs a name."""
    file = write(tmp_path, "id,name,aliases,lon,lat\nL1,医院,一院; 市一;,108.9,34.2\nL2,,,1,2\n")
    values, (bad,) = read_places(file)
    assert values == (Place("L1", "医院", LonLat(108.9, 34.2), ("一院", "市一")),)
    assert (bad.id, bad.field) == ("L2", "name")
