"""Write a file or folder whole or not at all: beside its place first, then moved there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import BadFile

_REMEDY = "give another name"

#: How much of GDAL's reason is told, letters: its end says most.
MOST_WHY = 120


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a place of the same name that becomes ``path`` when the block ends without an error.

    After an error ``path`` is as it was.

    Raises
    ------
    BadFile
        If ``path`` is a folder or cannot be written.
    """
    if path.is_dir():
        raise BadFile(path, "is a folder where a file must go", _REMEDY)
    with _beside(path) as folder:
        draft = folder / path.name
        yield draft
        draft.replace(path)


@contextmanager
def whole_folder(path: Path, endings: frozenset[str]) -> Iterator[Path]:
    """Yield a folder to write into that takes the place of ``path`` when the block ends well.

    Raises
    ------
    BadFile
        If the present folder holds anything but files of these endings: they would be lost. Also
        if it cannot be written.
    """
    if path.exists() and not path.is_dir():
        raise BadFile(path, "is a file, and a folder is to be written", _REMEDY)
    present = path.iterdir() if path.is_dir() else ()
    strange = [one.name for one in present if one.suffix.lower() not in endings]
    if strange:
        raise BadFile(path, f"holds {strange[0]}, which is not ours", _REMEDY)
    with _beside(path) as folder:
        draft, old = folder / path.name, folder / "old"
        draft.mkdir()
        yield draft
        if path.is_dir():
            path.rename(old)
        draft.rename(path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Yield a new folder on the same disk as ``path``, gone afterwards."""
    if not path.parent.is_dir():
        raise BadFile(path, "its folder does not exist", f"make it, or {_REMEDY}")
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise BadFile(path, f"cannot write here ({error.strerror})", _REMEDY) from error
    try:
        yield folder
    except OSError as error:
        raise BadFile(path, f"cannot write here ({error.strerror})", _REMEDY) from error
    except RuntimeError as error:  # all of GDAL's are, a full disk among them
        why = str(error)[-MOST_WHY:]
        raise BadFile(path, f"cannot write here ({why})", f"make room, or {_REMEDY}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
