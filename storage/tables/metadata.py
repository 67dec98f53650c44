"""The catalogue all tables belong to, and the columns that many of them share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData

from storage.types import CleanText

#: Named constraints can be dropped by a later migration on every database.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def own_id() -> Column[Any]:
    """Return the key column: the utility's own id, as it writes it."""
    return Column("id", CleanText, primary_key=True)


def ordinal() -> Column[Any]:
    """Return the column that keeps the order of the imported file, so that it round-trips."""
    return Column("ordinal", Integer, nullable=False)


def spatial_index(column: Column[Any]) -> Index:
    """Return a GiST index on a geometry column, made on PostgreSQL only."""
    index = Index(f"ix_{column.table.name}_{column.name}_gist", column, postgresql_using="gist")
    return index.ddl_if(dialect="postgresql")
