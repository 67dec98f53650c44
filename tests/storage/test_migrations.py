"""Migrations: what they make is what the model says, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect

import storage.migrations
from storage import Database, open_database
from storage.geometry import Geometry
from storage.tables import metadata

#: What PostGIS brings along itself.
OF_POSTGIS = {"spatial_ref_sys"}

GEOMETRY_COLUMNS = {
    (table.name, column.name): column.type.geometry_type
    for table in metadata.tables.values()
    for column in table.columns
    if isinstance(column.type, Geometry)
}


@pytest.fixture
def new(new_url: str) -> Iterator[Database]:
    """Yield a database of its own, made by the migrations alone."""
    opened = open_database(new_url)
    yield opened
    opened.close()


def differences(connection: Connection) -> list[Any]:
    """Return what Alembic would change to make the database equal the model."""

    def ours(thing: Any, name: str | None, kind: str, *_rest: object) -> bool:
        if kind == "index" and connection.dialect.name == "sqlite":
            return thing.dialect_options["postgresql"]["using"] != "gist"
        return not (kind == "table" and name in OF_POSTGIS)

    options = {"compare_type": True, "include_object": ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_a_migrated_empty_database_equals_the_model(new: Database) -> None:
    """Alembic finds no difference in tables, columns, types, keys and indexes."""
    with new.engine.connect() as connection:
        assert differences(connection) == []


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        ("ALTER TABLE crew DROP COLUMN vehicle", "add_column"),
        ("DROP INDEX ix_outage_incident", "add_index"),
        ("CREATE TABLE extra (id INTEGER)", "remove_table"),
    ],
)
def test_the_comparison_would_notice(new: Database, statement: str, difference: str) -> None:
    """Each difference is found: the test above can fail."""
    with new.engine.begin() as connection:
        connection.exec_driver_sql(statement)
        assert difference in str(differences(connection))


def test_geometry_columns_are_typed_and_indexed_in_postgis(postgis_database: Database) -> None:
    """Each has its type, SRID 4326 and, but for found places, one GiST index."""
    with postgis_database.engine.connect() as connection:
        catalogue = connection.exec_driver_sql(
            "SELECT f_table_name, f_geometry_column, type, srid FROM geometry_columns"
        ).all()
        gist = connection.exec_driver_sql(
            "SELECT tablename, indexdef FROM pg_indexes WHERE indexdef LIKE '%%USING gist%%'"
        ).all()
    assert {(table, column): kind for table, column, kind, _ in catalogue} == GEOMETRY_COLUMNS
    assert {srid for *_, srid in catalogue} == {4326}
    indexed = {(table, definition.split("(")[1].rstrip(")")) for table, definition in gist}
    wanted = {at for at in GEOMETRY_COLUMNS if at[0] != "ticket_place"}
    assert (len(gist), {(t, c.strip('"')) for t, c in indexed}) == (len(wanted), wanted)


def test_two_processes_may_open_an_empty_database_at_once(new_url: str) -> None:
    """One migrates, the others wait and find it done."""
    with ThreadPoolExecutor(4) as pool:
        for opened in pool.map(open_database, [new_url] * 4):
            with opened.engine.connect() as connection:
                assert differences(connection) == []
            opened.close()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(storage.migrations.__path__[0])


def test_there_is_one_head() -> None:
    """Two migrations on the same parent would leave a database half-way."""
    assert len(_scripts().get_heads()) == 1


def test_a_migration_can_be_taken_back(new: Database) -> None:
    """Downgrading to nothing leaves no table of ours."""
    with new.engine.begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            for script in _scripts().walk_revisions():
                script.module.downgrade()
        assert set(inspect(connection).get_table_names()) - OF_POSTGIS == {"alembic_version"}


def test_a_failed_migration_leaves_nothing(new_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All in one transaction: a database is never half-way, and opens at the next try."""
    create = op.create_table

    def fails_at_the_last(name: str, *columns: Any, **options: Any) -> Any:
        if name == "artifact":
            raise KeyboardInterrupt
        return create(name, *columns, **options)

    with monkeypatch.context() as patched:
        patched.setattr(op, "create_table", fails_at_the_last)
        with pytest.raises(KeyboardInterrupt):
            open_database(new_url)
    engine = create_engine(new_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    open_database(new_url).close()
