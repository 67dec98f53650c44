"""Fixtures every test may use; what the machine lacks is skipped, or failed with --require-all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that `.ci/run` sets."""
    parser.addoption(
        "--require-all",
        action="store_true",
        help="turn every skip into a failure: for CI, where nothing may be missing",
    )


def missing(request: pytest.FixtureRequest, reason: str) -> None:
    """Skip the test for what the machine lacks; fail it under --require-all."""
    if request.config.getoption("--require-all"):
        pytest.fail(f"{reason} (--require-all)")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shelf(request: pytest.FixtureRequest) -> Path:
    """Return the public data files: MAINBREAK_DATA, else ../shared/data beside the tree."""
    folder = Path(os.environ.get("MAINBREAK_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        missing(request, "public data files not found: set MAINBREAK_DATA to their folder")
    return folder
