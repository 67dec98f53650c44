"""Fixtures every test may use; what the machine lacks is skipped, or failed with --require-all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from storage import Database, open_database
from storage.tables import metadata
from tests.browser import chromium
from tests.storage import server

__all__ = ["chromium"]

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that `.ci/run` sets."""
    parser.addoption(
        "--require-all",
        action="store_true",
        help="turn every skip into a failure: for CI, where nothing may be missing",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with slow tests first: begun last, one would keep the whole run waiting."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


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


@pytest.fixture(scope="session")
def postgis(request: pytest.FixtureRequest) -> Iterator[server.Server]:
    """Yield a PostgreSQL server with PostGIS: see tests/storage/server.py for which."""
    with server.postgis() as found:
        if found is None:
            missing(request, server.REMEDY)
        yield found


@pytest.fixture(scope="session")
def postgis_database(postgis: server.Server) -> Iterator[Database]:
    """Yield one migrated database for the whole session."""
    with postgis.empty_database() as url:
        opened = open_database(url)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file to copy: ten times faster than to migrate afresh."""
    file = tmp_path_factory.mktemp("migrated") / "empty.sqlite"
    open_database(f"sqlite:///{file}").close()
    return file


def _empty(database: Database) -> None:
    """Delete every row and let the numbers start again; faster than to migrate afresh."""
    with database.engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
        for sequence in ("event_id_seq", "plan_id_seq"):
            connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART"))


@pytest.fixture(params=["sqlite", "postgis"])
def kind(request: pytest.FixtureRequest) -> str:
    """Return each kind of database in turn: what uses it, or a fixture below, runs on both."""
    return str(request.param)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """Return the address of an empty database that is migrated already."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "mainbreak.sqlite")
        return f"sqlite:///{tmp_path / 'mainbreak.sqlite'}"
    shared: Database = request.getfixturevalue("postgis_database")
    _empty(shared)
    return shared.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Yield an open, empty database: a SQLite file, then PostGIS."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def new_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[str]:
    """Yield the address of a database without any table, for tests that change the tables."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.sqlite'}"
        return
    with request.getfixturevalue("postgis").empty_database() as url:
        yield url
