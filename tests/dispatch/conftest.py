"""What the tests of the planner share."""

from __future__ import annotations

import pytest

import dispatch


@pytest.fixture(autouse=True, scope="session")
def _warm() -> None:
    """Load the compiled search once: without it every plan is a greedy one."""
    dispatch.warm_up()
