"""Run the real command line as a user does, and look at what it left behind."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

DATABASE = "judge.sqlite"


def run(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Return what `mainbreak --db sqlite:///judge.sqlite ...` answers in a folder."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAINBREAK_")}
    command = [sys.executable, "-m", "mainbreak", "--db", f"sqlite:///{folder / DATABASE}"]
    return subprocess.run(
        [*command, *(str(argument) for argument in arguments)],
        cwd=folder,
        env=own,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )


def must_run(folder: Path, *arguments: object) -> str:
    """Return what it prints; fail the test if it does not exit with 0."""
    done = run(folder, *arguments)
    assert done.returncode == 0, f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def plan(folder: Path, tickets: Path, crews: Path, out: Path, *options: object) -> str:
    """Plan the day of two files into ``out``."""
    files = ("--tickets", tickets, "--crews", crews, "--out", out)
    return must_run(folder, "plan", *files, *options)


def tables(folder: Path) -> dict[str, list[str]]:
    """Return every row of every table that has any, the migrations' own table left out."""
    if not (folder / DATABASE).exists():
        return {}
    database = sqlite3.connect(folder / DATABASE)
    try:
        names = database.execute("select name from sqlite_master where type = 'table'").fetchall()
        rows = {
            name: sorted(map(repr, database.execute(f'select * from "{name}"')))  # noqa: S608
            for (name,) in names
        }
    finally:
        database.close()
    return {name: found for name, found in rows.items() if found and name != "alembic_version"}


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of every file under a folder but the database, hidden ones too."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(DATABASE)
    }
