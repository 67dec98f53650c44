"""Migrations: what they make is what the model says, on SQLite and for PostgreSQL."""

from __future__ import annotations

import io
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import storage.migrations
from storage import Database
from storage.tables import metadata


def _not_gist(thing: Any, _name: object, kind: str, *_rest: object) -> bool:
    """Return False for the indexes that are made on PostgreSQL only."""
    return kind != "index" or thing.dialect_options["postgresql"]["using"] != "gist"


def test_a_migrated_empty_sqlite_equals_the_model(database: Database) -> None:
    """Alembic finds no difference in tables, columns, types, keys and indexes."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": _not_gist}
        )
        assert compare_metadata(context, metadata) == []


def test_the_comparison_would_notice(database: Database) -> None:
    """A dropped column is a difference: the test above can fail."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE crew DROP COLUMN vehicle")
        context = MigrationContext.configure(connection, opts={"include_object": _not_gist})
        assert "add_column" in str(compare_metadata(context, metadata))


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(storage.migrations.__path__[0])


def _statements(sql: str) -> set[str]:
    parts = (" ".join(part.split()) for part in sql.split(";"))
    return {part for part in parts if part}


def _migrated_sql() -> set[str]:
    """Return what all migrations together would run on PostgreSQL, oldest first."""
    out = io.StringIO()
    context = MigrationContext.configure(
        dialect=postgresql.dialect(), opts={"as_sql": True, "output_buffer": out}
    )
    with Operations.context(context):
        for script in reversed(list(_scripts().walk_revisions())):
            script.module.upgrade()
    return _statements(out.getvalue())


def test_the_first_migration_makes_the_model_on_postgresql_too() -> None:
    """Statement for statement; only the PostGIS extension comes on top.

    Holds while there is one migration; later ones need a server to compare against.
    """
    assert len(list(_scripts().walk_revisions())) == 1
    dialect = postgresql.dialect()
    wanted = set()
    for table in metadata.sorted_tables:
        wanted |= _statements(str(CreateTable(table).compile(dialect=dialect)))
        for index in table.indexes:
            wanted |= _statements(str(CreateIndex(index).compile(dialect=dialect)))
    assert _migrated_sql() - wanted == {"CREATE EXTENSION IF NOT EXISTS postgis"}
    assert wanted - _migrated_sql() == set()


def test_there_is_one_head() -> None:
    """Two migrations on the same parent would leave a database half-way."""
    assert len(_scripts().get_heads()) == 1


def test_a_migration_can_be_taken_back(database: Database) -> None:
    """Downgrading to nothing leaves no table of ours."""
    with database.engine.begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            for script in _scripts().walk_revisions():
                script.module.downgrade()
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        left = set(connection.exec_driver_sql(query).scalars())
    assert left <= {"alembic_version", "sqlite_sequence"}
