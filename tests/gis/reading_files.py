"""What tests of readers share: reading a file in one word, and the fault it ends in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import gis
from domain.errors import BadFile
from domain.network import PipeNetwork


def read(file: Path, **options: Any) -> PipeNetwork:
    """Return the network of a file."""
    return gis.read_network(file, **options).network


def fault(file: Path, **options: Any) -> BadFile:
    """Return the one line a bad file ends in; it names the file and has no line break."""
    with pytest.raises(BadFile) as caught:
        gis.read_network(file, **options)
    assert "\n" not in str(caught.value)
    assert file.name in str(caught.value)
    return caught.value
