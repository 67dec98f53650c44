"""The house keeps its order: small files, one README that is true, contracts that hold."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

LIMIT = 400


def tracked(*patterns: str) -> list[Path]:
    """Return the files of the tree, without what git ignores."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).exists()]


def test_no_python_file_is_longer_than_the_limit() -> None:
    """A file over 400 lines hides something; split it."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LIMIT
    }
    assert long == {}


def test_every_package_is_shipped() -> None:
    """What is not listed is missing from the wheel, and so from the container."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = settings["tool"]["setuptools"]["packages"]
    folders = [path.parent.relative_to(ROOT) for path in tracked("*/__init__.py")]
    there = {".".join(folder.parts) for folder in folders}
    ours = {one for one in there if one.split(".")[0] not in {"tests", "benchmarks"}}
    assert sorted(set(listed) ^ ours) == []


def test_every_package_says_what_it_is_for() -> None:
    """The docstring of a package is its sign on the door."""
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked("*/__init__.py")
        if path.parent.parent == ROOT and len(path.read_text(encoding="utf-8")) < 40
    ]
    assert silent == []


def test_import_contracts_hold() -> None:
    """Data flows one way through the house."""
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([str(lint)], cwd=ROOT, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-2000:]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_real_places(readme: str) -> None:
    """Every path the README shows in code style or links exists."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.-]+(?:/[\w.*-]+)+/?|[\w-]+/)`", text))
    named |= {link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link}
    missing = sorted(name for name in named if not list(ROOT.glob(name.rstrip("/"))))
    assert named
    assert missing == []


def test_the_constraints_name_no_address() -> None:
    """Versions are pinned, the place to get them from is the machine's own business."""
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), line
