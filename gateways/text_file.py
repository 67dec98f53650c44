"""From the bytes of a file to its text, or to one line that says what the file really is."""

from __future__ import annotations

from pathlib import Path

from domain.errors import BadFile
from domain.said import storable

_SAVE_AS = "save it as CSV in UTF-8 or GB18030"

#: First bytes of what people hand over instead of a CSV file.
#: Source: the formats' own specifications (ZIP, CFB, PDF, SQLite, gzip).
_NOT_TEXT = {
    b"PK\x03\x04": "it is an Excel workbook or a ZIP archive, not CSV",
    b"\xd0\xcf\x11\xe0": "it is an old Excel workbook, not CSV",
    b"%PDF": "it is a PDF, not CSV",
    b"SQLite format 3": "it is a SQLite database, not CSV",
    b"\x1f\x8b": "it is a gzip archive, not CSV",
    b"\xff\xfe": "it is text in UTF-16",
    b"\xfe\xff": "it is text in UTF-16",
}


#: A text has at most one NUL, from a broken line, in so many bytes. Source: mainbreak default.
_RARE = 100


def read_text(file: Path) -> str:
    """Return the file's text without its byte order mark.

    A file that is valid UTF-8 is read as UTF-8, any other as GB18030 (which holds GBK, GB2312).
    A NUL here and there becomes U+FFFD: no database keeps it.

    Raises
    ------
    BadFile
        If it cannot be read, is empty, or is no text in either encoding.
    """
    data = _bytes_of(file)
    for start, what in _NOT_TEXT.items():
        if data.startswith(start):
            raise BadFile(file, what, _SAVE_AS)
    if data.count(0) * _RARE > len(data):
        raise BadFile(file, "it is not text", _SAVE_AS)
    text = storable(_decode(file, data)).removeprefix("\ufeff")
    if not text.strip():
        raise BadFile(file, "the file is empty", "give a CSV file with a header row")
    return text


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise BadFile(file, "there is no such file", "check the name and the folder") from None
    except IsADirectoryError:
        raise BadFile(file, "it is a folder", "name the CSV file in it") from None
    except (OSError, ValueError) as error:
        raise BadFile(file, f"it cannot be read ({error})", "check its permissions") from error


def _decode(file: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_cut_utf8(file, data, error)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise BadFile(file, "it is neither UTF-8 nor GB18030 text", _SAVE_AS) from None


def _refuse_cut_utf8(file: Path, data: bytes, error: UnicodeDecodeError) -> None:
    """Refuse UTF-8 that ends inside a character: GB18030 would read it as other words."""
    if error.reason == "unexpected end of data" and not data[: error.start].isascii():
        raise BadFile(
            file, "it ends in the middle of a character", "copy the whole file again"
        ) from None
