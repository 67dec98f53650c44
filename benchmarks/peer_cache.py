"""What peers prepare of a street file is kept, and never used half made."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

#: Not part of the tree: a folder of its root that git passes over.
CACHE = Path(__file__).parents[1] / ".cache" / "peers"


def kept(peer: str, version: str, file: Path) -> Path:
    """Return the folder of what a peer's version makes of this very file, there or not yet."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    return CACHE / f"{peer}-{version}-{digest}"


def prepared(folder: Path, prepare: Callable[[Path], None]) -> Path:
    """Return the folder, made by ``prepare`` in a folder beside it if it is not there yet."""
    if not folder.is_dir():
        making = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        prepare(making)
        making.rename(folder)
    return folder
