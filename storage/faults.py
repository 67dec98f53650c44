"""Say in one line what a database refused, in the same words for both databases."""

from __future__ import annotations

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError

from domain.errors import BadInput, MainbreakError

#: Serialization failure, deadlock, lock timeout.
#: Source: PostgreSQL 15 documentation, appendix A, "PostgreSQL Error Codes".
_OVERTAKEN = {"40001", "40P01", "55P03"}
_FOREIGN_KEY, _UNIQUE = "23503", "23505"


def lost() -> MainbreakError:
    """Return what to tell when the server went away."""
    return MainbreakError(
        "the database does not answer; what was not committed is not stored. "
        "Run it again when it does."
    )


def refused_write(error: BaseException | None) -> MainbreakError | None:
    """Return what to tell a person, None if this is not the database's refusal to write."""
    if isinstance(error, StatementError) and isinstance(error.orig, MainbreakError):
        return error.orig
    if not isinstance(error, DBAPIError):
        return None
    if isinstance(error, IntegrityError):
        return _constraint(error)
    if _state(error) in _OVERTAKEN or "locked" in str(error.orig):
        return MainbreakError(
            "another mainbreak wrote to the database meanwhile; nothing was stored. Run it again."
        )
    if error.connection_invalidated:
        return lost()
    return _unwritable(error) if isinstance(error, OperationalError) else None


def _unwritable(error: OperationalError) -> MainbreakError:
    """Return what to tell of a full disk, or a database that may only be read."""
    return MainbreakError(
        f"the database cannot be written ({_reason(error)}); nothing was stored. "
        "Check its rights and the free disk space."
    )


def _constraint(error: IntegrityError) -> MainbreakError | None:
    said = str(error.orig)
    if _state(error) == _FOREIGN_KEY or "FOREIGN KEY" in said:
        return BadInput(
            "something to be stored names a thing that the database does not hold, or is still "
            "named by others; nothing was stored. Store what is named first."
        )
    if _state(error) == _UNIQUE or "UNIQUE" in said:
        return BadInput(
            f"the same id twice in {_table(error)!r}, perhaps stored by another mainbreak "
            "meanwhile; nothing was stored. Check the ids and run it again."
        )
    return None


def _table(error: IntegrityError) -> str:
    """Return the table of a uniqueness violation; SQLite says ``... failed: node.id``."""
    named = getattr(getattr(error.orig, "diag", None), "table_name", None)
    return named or str(error.orig).rsplit(": ", 1)[-1].split(".")[0]


def unopenable(address: URL, error: DBAPIError) -> BadInput:
    """Return why the database at this address cannot be opened, and what to do about it."""
    name = address.render_as_string(hide_password=True)
    if "CREATE EXTENSION" in (error.statement or ""):
        return _no_postgis(name, error)
    return BadInput(f"cannot open the database {name}: {_reason(error)}. {_advice(address)}")


def _no_postgis(name: str, error: DBAPIError) -> BadInput:
    if _state(error) == "42501":
        return BadInput(
            f"the database {name} has no PostGIS and its user may not add it. "
            "An administrator runs once, in that database: CREATE EXTENSION postgis"
        )
    return BadInput(
        f"PostGIS is not installed on the server of {name}. An administrator installs it there "
        "(Debian: apt-get install postgresql-postgis) and runs, in that database: "
        "CREATE EXTENSION postgis"
    )


def _reason(error: DBAPIError) -> str:
    """Return the driver's first line, or the last where it tells of several tries."""
    lines = [line.strip(" -") for line in str(error.orig).splitlines() if line.strip(" -")]
    return lines[-1 if lines[0].endswith(":") else 0].rstrip(".")


def _advice(address: URL) -> str:
    if address.get_backend_name() == "postgresql":
        return (
            "Check that the server runs, the address is right, the database exists, and its user "
            "may log in and create tables there."
        )
    return (
        "Check that the address is right, the folder exists and can be written to, and the file "
        "is a mainbreak database."
    )


def _state(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)
