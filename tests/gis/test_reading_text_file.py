"""A network file that is no text: one line, whichever the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import BadFile
from gis.reading.inp import read_inp
from gis.reading.network_geojson import read_network_geojson

READERS: tuple[tuple[str, Callable[[Path], object]], ...] = (
    ("an EPANET INP", lambda path: read_inp(path, crs="EPSG:4326")),
    ("a network GeoJSON", read_network_geojson),
)


@pytest.mark.parametrize(("wanted", "reader"), READERS)
@pytest.mark.parametrize(
    ("data", "problem", "remedy"),
    [
        (None, "cannot be read (No such file or directory)", "check the name"),
        (b"", "is empty", "give {wanted}"),
        (b"\xef\xbb\xbf\r\n ", "is empty", "give {wanted}"),
        (b"\xff\xfe{\x00", "is not UTF-8 text", "save it as UTF-8, or give {wanted}"),
    ],
)
def test_a_file_without_text(
    tmp_path: Path,
    wanted: str,
    reader: Callable[[Path], object],
    data: bytes | None,
    problem: str,
    remedy: str,
) -> None:
    """Missing, empty, in another encoding."""
    file = tmp_path / "network"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(BadFile) as caught:
        reader(file)
    assert caught.value.problem == problem
    assert caught.value.remedy == remedy.format(wanted=wanted)


@pytest.mark.parametrize(("wanted", "reader"), READERS)
def test_a_folder(tmp_path: Path, wanted: str, reader: Callable[[Path], object]) -> None:
    """A folder is called one."""
    with pytest.raises(BadFile, match=f"is a folder, not a file. Give {wanted}"):
        reader(tmp_path)
