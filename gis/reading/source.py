"""A private copy of a vector file that is what its ending says, for GDAL to read in peace.

The copy keeps GDAL from following links, from reading neighbours that were not meant, and from
writing beside the user's file, as SQLite does.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from domain.errors import BadFile
from domain.sentences import Sentence
from gis.reading.dbf import name_encoding, shapes_bytes, table_bytes
from gis.reading.text_file import plain_size

#: No file, or files unpacked, may hold more, bytes. Source: mainbreak default.
MOST_BYTES = 2_000_000_000

#: A zip of more than this unpacked may not shrink more than so many times: attribute tables shrink
#: 50 times, bombs 1000 times. Source: mainbreak default.
SMALL_BYTES, MOST_RATIO = 20_000_000, 200

#: Most entries of a zip or files of a folder. Source: mainbreak default.
MOST_ENTRIES = 2000

#: The parts of a Shapefile that are read.
PARTS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})

_MAGIC = {".gpkg": b"SQLite format 3\x00", ".shp": b"\x00\x00\x27\x0a", ".zip": b"PK\x03\x04"}
_WHAT = {".gpkg": "a GeoPackage", ".shp": "a Shapefile", ".zip": "a zip"}


@contextmanager
def private_copy(file: Path, notes: list[Sentence]) -> Iterator[Path]:
    """Yield a copy for GDAL: a GeoPackage, a GeoJSON, or a folder of Shapefiles.

    Raises
    ------
    BadFile
        If the file is missing, empty, too large, or not what its ending says.
    """
    with TemporaryDirectory(prefix="mainbreak-") as folder:
        here = Path(folder) / "source"
        here.mkdir()
        ending = file.suffix.lower()
        if file.is_dir():
            _copy_folder(file, file, here, notes)
        else:
            _check(file, file)
            if ending == ".zip":
                _unpack(file, here, notes)
            elif ending == ".shp":
                _copy_folder(file, file.parent, here, notes)
            else:
                here /= f"network{ending if ending == '.gpkg' else '.geojson'}"
                shutil.copyfile(file, here)
        yield here


def _check(name: Path, file: Path) -> None:
    """Pass a file of a sound size whose first bytes are those of its format."""
    size = plain_size(name, file)
    try:
        with file.open("rb") as stream:
            start = stream.read(512)
    except OSError as fault:
        raise BadFile(name, f"cannot be read ({fault.strerror})", "check the name") from None
    if size == 0:
        raise BadFile(name, f"is empty ({file.name})", "export it again")
    if size > MOST_BYTES:
        raise BadFile(name, f"has {size} bytes, too many", "give the network without other layers")
    ending = file.suffix.lower()
    if ending in _MAGIC:
        if not start.startswith(_MAGIC[ending]):
            problem = f"is not {_WHAT[ending]}, whatever its ending says"
            raise BadFile(name, problem, "export it again in that format")
    elif not start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise BadFile(name, "is not GeoJSON, whatever its ending says", "export it again")


def _copy_folder(name: Path, folder: Path, here: Path, notes: list[Sentence]) -> None:
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() in PARTS)
    if len(files) > MOST_ENTRIES:
        raise BadFile(name, f"holds more than {MOST_ENTRIES} files", "give the network alone")
    total, home = 0, folder.resolve()
    for one in files:
        if one.resolve().parent != home:
            raise BadFile(
                name, f"{one.name} is a link out of the folder", "put the file itself there"
            )
        total += plain_size(name, one)
        if total > MOST_BYTES:
            raise BadFile(name, f"holds more than {MOST_BYTES} bytes", "give the network alone")
        shutil.copyfile(one, here / (one.stem + one.suffix.lower()))
    _check_shapefiles(name, here, notes)


def _unpack(file: Path, here: Path, notes: list[Sentence]) -> None:
    try:
        with zipfile.ZipFile(file) as box:
            _check_box(file, box.infolist())
            for entry in box.infolist():
                _unpack_one(file, box, entry, here)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise BadFile(file, "is a damaged or locked zip", "pack it again, no password") from None
    _check_shapefiles(file, here, notes)


def _check_box(file: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Pass a zip that unpacks to a sound size and only into its own folder."""
    if len(entries) > MOST_ENTRIES:
        raise BadFile(file, f"holds more than {MOST_ENTRIES} files", "pack the network alone")
    packed = sum(one.compress_size for one in entries)
    whole = sum(one.file_size for one in entries)
    if whole > MOST_BYTES or (whole > SMALL_BYTES and whole > MOST_RATIO * packed):
        raise BadFile(
            file, f"unpacks from {packed} to {whole} bytes, as a zip bomb does", "pack it again"
        )
    for one in entries:
        path = PurePosixPath(one.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in one.filename:
            raise BadFile(file, f"holds a path out of itself: {one.filename}", "pack it again")
        if stat.S_ISLNK(one.external_attr >> 16):
            raise BadFile(file, f"holds a link: {one.filename}", "pack the file itself")


def _unpack_one(file: Path, box: zipfile.ZipFile, entry: zipfile.ZipInfo, here: Path) -> None:
    """Write one part of a Shapefile beside the others; what the header promised is the most."""
    path = PurePosixPath(_own_name(entry).replace("\\", "/"))
    if entry.is_dir() or path.suffix.lower() not in PARTS:
        return
    target = here / (path.stem + path.suffix.lower())
    if target.exists():
        raise BadFile(file, f"holds {path.name} twice", "give each layer its own name")
    with box.open(entry) as packed, target.open("wb") as out:
        left = entry.file_size
        while block := packed.read(1 << 20):
            left -= len(block)
            if left < 0:
                raise BadFile(file, "holds more than its header says", "pack it again")
            out.write(block)


def _own_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; a Chinese Windows writes it in GBK and says nothing."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _check_shapefiles(name: Path, here: Path, notes: list[Sentence]) -> None:
    """Pass a folder of whole Shapefiles; those that hide their encoding get it named."""
    shapes = sorted(here.glob("*.shp"))
    if not shapes:
        raise BadFile(name, "holds no Shapefile (.shp)", "give one with its .shx, .dbf and .prj")
    for shape in shapes:
        _check(name, shape)
        table = shape.with_suffix(".dbf")
        if not table.exists():
            raise BadFile(name, f"{shape.name} has no {table.name}", "put it beside the .shp")
        for part, whole in ((shape, shapes_bytes(shape)), (table, table_bytes(table))):
            if (size := part.stat().st_size) < whole:
                problem = f"{part.name} is cut off: {size} of {whole} bytes"
                raise BadFile(name, problem, "copy or export it again")
        if name_encoding(table) and (note := _GBK) not in notes:
            notes.append(note)


_GBK = Sentence(
    zh="属性表没有写明编码（.cpg），已按 GB18030 读取。",
    en="The attribute tables name no encoding (.cpg); they were read as GB18030.",
)
