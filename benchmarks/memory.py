"""How much memory this process holds, and held at most since it was last asked to forget."""

from __future__ import annotations

from pathlib import Path

_FORGET_PEAK = "5"  # Source: proc(5), /proc/pid/clear_refs


def forget_peak() -> None:
    """Start a new peak from what is held now; does nothing where /proc cannot do so."""
    try:
        Path("/proc/self/clear_refs").write_text(_FORGET_PEAK, encoding="ascii")
    except OSError:
        return


def held_mb() -> float:
    """Return the megabytes held now, 0 where /proc does not tell."""
    return _status("VmRSS")


def peak_mb() -> float:
    """Return the most megabytes held since ``forget_peak``, 0 where /proc does not tell."""
    return _status("VmHWM")


def _status(field: str) -> float:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    kibibytes = next(line.split()[1] for line in lines if line.startswith(f"{field}:"))
    return int(kibibytes) * 1024 / 1e6
