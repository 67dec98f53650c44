"""Write a network as a GeoPackage, or as Shapefiles in a folder or a zip."""

from __future__ import annotations

import errno
import os
import zipfile
from pathlib import Path

from domain.errors import BadInput
from domain.network import PipeNetwork
from gis.crs import WGS84
from gis.reading.dbf import shapes_bytes, table_bytes
from gis.reading.source import PARTS
from gis.writing.tables import Table, tables
from gis.writing.whole import whole_file, whole_folder

#: A Shapefile's field names have ten characters. The reader knows these short ones.
#: Source: ESRI Shapefile Technical Description, dBASE III field names.
SHORT = {
    "elevation_m": "elev_m",
    "check_valve": "check_v",
    "operability": "operab",
    "demand_m3_d": "demand",
}

#: Bytes of the longest text a Shapefile holds. Source: dBASE III character fields.
MOST_TEXT_BYTES = 254


def write_geopackage(network: PipeNetwork, path: Path) -> None:
    """Write a GeoPackage of one layer a kind of thing, whole or not at all."""
    with whole_file(path) as draft:
        for number, table in enumerate(tables(network)):
            _write(table, draft, "GPKG", {}, append=number > 0)


def write_shapefiles(network: PipeNetwork, path: Path) -> None:
    """Write a folder of Shapefiles, UTF-8, whole or not at all.

    Raises
    ------
    BadInput
        If a text is longer than a Shapefile can hold, or the folder holds other files.
    """
    layers = tables(network)
    _check_texts(layers)
    with whole_folder(path, PARTS) as draft:
        _write_parts(layers, draft)


def write_zip(network: PipeNetwork, path: Path) -> None:
    """Write a zip of Shapefiles, whole or not at all.

    Raises
    ------
    BadInput
        If a text is longer than a Shapefile can hold.
    """
    layers = tables(network)
    _check_texts(layers)
    with whole_file(path) as draft:
        folder = draft.parent / "parts"
        folder.mkdir()
        _write_parts(layers, folder)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as box:
            for part in sorted(folder.iterdir()):
                box.write(part, part.name)


def _write_parts(layers: list[Table], folder: Path) -> None:
    for table in layers:
        file = folder / f"{table.name}.shp"
        _write(table, file, "ESRI Shapefile", SHORT, append=False)
        _check_written(file, len(table.wkb))


def _check_written(file: Path, rows: int) -> None:
    """Pass a Shapefile that is all there: GDAL tells nobody of a disk that is full at the end."""
    index, data = file.with_suffix(".shx"), file.with_suffix(".dbf")
    wholes = {file: shapes_bytes(file), index: 100 + 8 * rows, data: table_bytes(data)}
    if any(part.stat().st_size < whole for part, whole in wholes.items()):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _write(table: Table, file: Path, driver: str, short: dict[str, str], *, append: bool) -> None:
    from pyogrio import raw  # noqa: PLC0415 - GDAL takes a moment to load, and few verbs write

    columns = list(table.columns.values())
    raw.write(
        str(file),
        table.wkb,
        field_data=columns,
        fields=[short.get(name, name) for name in table.columns],
        field_mask=[one == 0 if name == "year" else None for name, one in table.columns.items()],
        layer=table.name,
        driver=driver,
        geometry_type=table.shape,
        crs=WGS84,
        encoding="UTF-8",
        append=append,
        promote_to_multi=False,
    )


def _check_texts(layers: list[Table]) -> None:
    for table in layers:
        for name, column in table.columns.items():
            long = (one for one in column if isinstance(one, str))
            for text in long:
                if len(text.encode()) > MOST_TEXT_BYTES:
                    raise BadInput(
                        f"layer {table.name}, field {name}: {text[:40]}... is longer than a "
                        "Shapefile can hold. Write a .gpkg instead."
                    )
