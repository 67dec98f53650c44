"""Write one file whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import BadFile

_REMEDY = "give another file"


@contextmanager
def out_file(out: Path) -> Iterator[Path]:
    """Yield a path of the same name that becomes ``out`` when the block ends without an error.

    After an error ``out`` is as it was.

    Raises
    ------
    BadFile
        If ``out`` cannot be written.
    """
    if out.is_dir():
        raise BadFile(out, "is a folder where a file must go", _REMEDY)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise BadFile(out, f"cannot write here ({error.strerror})", _REMEDY) from error
    try:
        yield fresh / out.name
        os.replace(fresh / out.name, out)
    except OSError as error:
        raise BadFile(out, f"cannot write here ({error.strerror})", _REMEDY) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
