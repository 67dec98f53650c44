"""From a network file to its text, or to one line that says why there is none."""

from __future__ import annotations

import stat
from pathlib import Path

from domain.errors import BadFile
from domain.sentences import Sentence

#: No network of text is larger, bytes: a million pipes in an INP are about 200 MB.
#: Source: mainbreak default.
MOST_BYTES = 1_000_000_000


def read_text(file: Path, wanted: str) -> str:
    """Return the file's UTF-8 text without its byte order mark.

    Parameters
    ----------
    wanted
        What should have been given, with its article, for the remedy.

    Raises
    ------
    BadFile
        If the file cannot be read, is empty, or is not UTF-8.
    """
    try:
        text = read_bytes(file, wanted).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(file, "is not UTF-8 text", f"save it as UTF-8, or give {wanted}") from None
    return _with_content(file, text, wanted)


def read_any_text(file: Path, wanted: str) -> tuple[str, Sentence | None]:
    """Return the text of a file in UTF-8, GB18030 or latin-1, and a note unless it is UTF-8.

    Raises
    ------
    BadFile
        If the file cannot be read, is empty, or holds zero bytes, which no text has.
    """
    data = read_bytes(file, wanted)
    try:
        return _with_content(file, data.decode("utf-8-sig"), wanted), None
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise BadFile(file, "is not UTF-8 text", f"save it as UTF-8, or give {wanted}")
    encoding = "gb18030" if _looks_chinese(data) else "latin-1"
    note = Sentence(
        zh=f"文件不是 UTF-8 编码，已按 {encoding} 读取。",
        en=f"The file is not UTF-8; it was read as {encoding}.",
    )
    return _with_content(file, data.decode(encoding), wanted), note


def read_bytes(file: Path, wanted: str) -> bytes:
    """Return what the file holds.

    Raises
    ------
    BadFile
        If it cannot be read, or is larger than any network.
    """
    if file.is_dir():
        raise BadFile(file, "is a folder, not a file", f"give {wanted}")
    size = plain_size(file, file)
    if size > MOST_BYTES:
        raise BadFile(file, f"has {size} bytes, too many", f"give {wanted} of less")
    try:
        return file.read_bytes()
    except OSError as fault:
        raise BadFile(file, f"cannot be read ({fault.strerror})", "check the name") from None


def plain_size(name: Path, file: Path) -> int:
    """Return the bytes of a plain file; a pipe or a device would never end.

    Parameters
    ----------
    name
        What the user named; the file may be a part of it.

    Raises
    ------
    BadFile
        If it is none, or is not there.
    """
    try:
        found = file.stat()
    except OSError as fault:
        raise BadFile(name, f"cannot be read ({fault.strerror})", "check the name") from None
    if not stat.S_ISREG(found.st_mode):
        raise BadFile(name, f"is no plain file ({file.name})", "copy it to a file first")
    return found.st_size


def _with_content(file: Path, text: str, wanted: str) -> str:
    if not text.strip():
        raise BadFile(file, "is empty", f"give {wanted}")
    return text


def _looks_chinese(data: bytes) -> bool:
    """Return True if the bytes are GB18030 and most of its characters are everyday ones.

    Latin-1 letters before ASCII can pass for GB18030, but then end in a byte below 0x80; the
    characters of GB 2312, which nearly all Chinese is written in, never do.
    """
    try:
        odd = [one for one in data.decode("gb18030") if ord(one) > 127]
    except UnicodeDecodeError:
        return False
    usual = sum(one.encode("gb18030")[-1] >= 0x80 for one in odd)
    return 2 * usual > len(odd)
