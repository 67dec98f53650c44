"""The town that ships is what the generator makes of seed 1, and small."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from mainbreak.demo import bundled_town
from operations.make_town import TownSize, make_town

LARGEST = 5_000_000


def test_the_bundled_files_are_what_seed_1_makes(tmp_path: Path) -> None:
    """Whoever changes the generator makes the bundled town anew: mainbreak town --out ..."""
    size = TownSize(premises=6000, tickets=150, crews=12, seed=1, day=date(2026, 11, 23))
    make_town(size, tmp_path / "town", ZoneInfo("Asia/Shanghai"))
    made = {file.name: file.read_bytes() for file in (tmp_path / "town").iterdir()}
    shipped = {file.name: file.read_bytes() for file in bundled_town().iterdir()}
    assert sorted(made) == sorted(shipped)
    assert [name for name in made if made[name] != shipped[name]] == []
    assert sum(len(content) for content in shipped.values()) < LARGEST
