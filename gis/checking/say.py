"""How findings say a distance."""

from __future__ import annotations


def metres(value: float) -> str:
    """Return metres as people read them: 0.42 m, 12.3 m, 240 m."""
    return f"{value:.2f} m" if value < 10 else f"{value:.1f} m" if value < 100 else f"{value:.0f} m"
