"""From a network file to its text, or to one line that says why there is none."""

from __future__ import annotations

from pathlib import Path

from domain.errors import BadFile


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
        text = file.read_bytes().decode("utf-8-sig")
    except IsADirectoryError:
        raise BadFile(file, "is a folder, not a file", f"give {wanted}") from None
    except OSError as fault:
        raise BadFile(file, f"cannot be read ({fault.strerror})", "check the name") from None
    except UnicodeDecodeError:
        raise BadFile(file, "is not UTF-8 text", f"save it as UTF-8, or give {wanted}") from None
    if not text.strip():
        raise BadFile(file, "is empty", f"give {wanted}")
    return text
