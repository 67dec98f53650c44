"""Where the demo's files are: the bundled town, and a database that is made anew."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

#: What the demo writes lies here, under the working folder.
OUT = Path("out") / "demo"


def bundled_town() -> Path:
    """Return the folder of the town that ships with mainbreak."""
    return Path(str(files("data.pipes_network") / "town"))


def new_database(out: Path) -> str:
    """Return the address of a fresh SQLite file in ``out``; an older one is removed."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("demo.sqlite*"):
        old.unlink()
    return f"sqlite:///{out / 'demo.sqlite'}"
