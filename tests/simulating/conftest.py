"""Simulated days need the compiled search, from their first minute to their last."""

from __future__ import annotations

import pytest

import dispatch


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """Compile, or load, the search: a plan made while that happens would be another one."""
    dispatch.warm_up()
