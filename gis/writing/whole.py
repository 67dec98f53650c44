"""Write a file or folder whole or not at all: beside its place first, then moved there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import BadInput


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a place to write to that becomes ``path`` in one step when the block ends well."""
    with _beside(path) as folder:
        draft = folder / path.name
        yield draft
        draft.replace(path)


@contextmanager
def whole_folder(path: Path, endings: frozenset[str]) -> Iterator[Path]:
    """Yield a folder to write into that takes the place of ``path`` when the block ends well.

    Raises
    ------
    BadInput
        If the present folder holds anything but files of these endings: they would be lost.
    """
    if path.exists() and not path.is_dir():
        raise BadInput(f"{path}: is a file, and a folder is to be written. Give another name.")
    strange = (
        [one.name for one in path.iterdir() if one.suffix.lower() not in endings]
        if (path.is_dir())
        else []
    )
    if strange:
        raise BadInput(f"{path}: holds {strange[0]}, which is not ours. Give another name.")
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
        raise BadInput(f"{path}: its folder does not exist. Make it, or give another name.")
    folder = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=os.fspath(path.parent)))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
