"""What a Shapefile's parts say of themselves: their sizes, and the encoding of the table."""

from __future__ import annotations

import struct
from pathlib import Path

#: How much of the table is looked at, bytes.
SAMPLE_BYTES = 1_000_000

#: Broken characters a table may have and still be in an encoding: fields cut inside a character.
#: Source: mainbreak default.
MOST_BROKEN = 0.1


def name_encoding(table: Path) -> bool:
    """Write a .cpg beside a .dbf that has none and no code page; return True if it is GB18030.

    Source: the dBASE header's byte 29 is the code page, 0 for none; GDAL takes that for latin-1.
    """
    page = table.with_suffix(".cpg")
    with table.open("rb") as stream:
        data = stream.read(SAMPLE_BYTES)
    if page.exists() or len(data) < 32 or data[29] not in {0, 0x57} or data[32:].isascii():
        return False
    if _broken(data[32:], "utf-8") <= MOST_BROKEN:
        page.write_text("UTF-8", encoding="ascii")
        return False
    if _broken(data[32:], "gb18030") > MOST_BROKEN:
        return False
    page.write_text("GB18030", encoding="ascii")
    return True


def table_bytes(table: Path) -> int:
    """Return how many bytes a .dbf has by its header, at least the header's own 32.

    Source: dBASE III, bytes 4 to 11: records, length of the header, length of a record.
    """
    with table.open("rb") as stream:
        head = stream.read(12).ljust(12, b"\0")
    records, header, record = struct.unpack("<IHH", head[4:])
    return max(32, int(header) + int(records) * int(record))


def shapes_bytes(shapes: Path) -> int:
    """Return how many bytes a .shp has by its header, at least the header's own 100.

    Source: ESRI Shapefile Technical Description, 1998: byte 24, in words of 16 bits.
    """
    with shapes.open("rb") as stream:
        head = stream.read(28).ljust(28, b"\0")
    (words,) = struct.unpack(">I", head[24:])
    return max(100, 2 * int(words))


def _broken(data: bytes, encoding: str) -> float:
    """Return the share of the characters beyond ASCII that are broken in an encoding."""
    odd = [one for one in data.decode(encoding, "replace") if ord(one) > 127]
    return sum(one == "\ufffd" for one in odd) / len(odd) if odd else 0.0
