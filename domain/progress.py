"""How long work tells the one who waits how far it is."""

from __future__ import annotations

from collections.abc import Callable

#: Told the fraction done (0..1) and what is being done.
Progress = Callable[[float, str], None]


def quiet(fraction: float, doing: str) -> None:
    """Tell nobody."""
