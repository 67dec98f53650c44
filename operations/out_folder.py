"""Write a folder of results whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import BadFile

_REMEDY = "give another --out"


@contextmanager
def out_folder(out: Path, names: Collection[str]) -> Iterator[Path]:
    """Yield a fresh folder whose files move to ``out`` when the block ends without an error.

    Files of the same name in ``out`` are replaced one by one, others stay; after an error ``out``
    is as it was. ``names`` are the files that will be written: whether they can be is tried
    before the block begins, so that nobody waits for a result that has no place.

    Raises
    ------
    BadFile
        If ``out`` cannot be made or written.
    """
    fresh = _fresh(out, names)
    try:
        yield fresh
        try:
            out.mkdir(exist_ok=True)
            for file in sorted(fresh.iterdir()):
                os.replace(file, out / file.name)
        except OSError as error:
            raise _unwritable(out, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _fresh(out: Path, names: Collection[str]) -> Path:
    """Return a new folder on the disk of ``out``; inside it, where it exists, to try it out."""
    if out.exists() and not out.is_dir():
        raise BadFile(out, "is a file, not a folder", _REMEDY)
    for name in names:
        if (out / name).is_dir():
            raise BadFile(out / name, "is a folder where a file must go", f"move it, or {_REMEDY}")
    home = out if out.exists() else out.parent
    try:
        home.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=home))
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> BadFile:
    return BadFile(out, f"cannot write here ({error.strerror})", _REMEDY)
