"""Bring a database's tables to the state this version of mainbreak expects."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from domain.errors import BadInput
from storage.turns import alone

_FOLDER = Path(__file__).parent / "migrations"

#: Tables that come with the PostGIS extension. Source: PostGIS 3 manual, section 4.5.
_OF_POSTGIS = {"spatial_ref_sys"}


def migrate(engine: Engine) -> None:
    """Run the migrations the database has not seen yet, all in one transaction.

    Raises
    ------
    BadInput
        If the database belongs to a newer mainbreak or to another program.
    """
    config = Config()
    # A percent sign in a folder's name would start an interpolation.
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        up_to_date = _revision(connection, scripts) == scripts.get_current_head()
    if not up_to_date:
        _upgrade(engine, config, scripts)


def _upgrade(engine: Engine, config: Config, scripts: ScriptDirectory) -> None:
    with alone(engine), _writing(engine) as connection:
        # Another process may have migrated between the look and the lock.
        _revision(connection, scripts)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _writing(engine: Engine) -> Connection:
    # On PostgreSQL the table whose lock is a writer's turn may not exist yet: `alone` serves.
    return engine.connect().execution_options(write_first=engine.dialect.name == "sqlite")


def _revision(connection: Connection, scripts: ScriptDirectory) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        _refuse_foreign(connection)
    if revision not in {None, *(script.revision for script in scripts.walk_revisions())}:
        raise BadInput(
            f"the database was written by a newer mainbreak (its tables are at {revision}). "
            "Install that version, or name another database."
        )
    return revision


def _refuse_foreign(connection: Connection) -> None:
    inspector = inspect(connection)
    # Named, or PostgreSQL lists what the search path shows, such as PostGIS's topology tables.
    schema = inspector.default_schema_name
    if found := set(inspector.get_table_names(schema=schema)) - _OF_POSTGIS:
        raise BadInput(
            f"the database belongs to another program (it holds a table {min(found)!r}). "
            "Name another one; mainbreak makes its tables."
        )
