"""Write a folder of results whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import BadFile


@contextmanager
def out_folder(out: Path) -> Iterator[Path]:
    """Yield a fresh folder whose files move to ``out`` when the block ends without an error.

    Files of the same name in ``out`` are replaced one by one, others stay; after an error ``out``
    is as it was.

    Raises
    ------
    BadFile
        If ``out`` cannot be made or written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        out_is_file = out.exists() and not out.is_dir()
    except OSError as error:
        raise BadFile(out, f"cannot write here ({error.strerror})", "give another --out") from error
    try:
        if out_is_file:
            raise BadFile(out, "is a file, not a folder", "give another --out")
        yield fresh
        out.mkdir(exist_ok=True)
        for file in sorted(fresh.iterdir()):
            os.replace(file, out / file.name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
