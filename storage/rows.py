"""How a frozen domain value lies in a table row, both ways, many at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, Table, insert, select

from storage.geometry import Geometry

V = TypeVar("V")
Row = dict[str, Any]


def fields_of(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, in order."""
    return tuple(one.name for one in dataclasses.fields(kind))


class Rows(Generic[V]):
    """The mapping of one kind of value to one table.

    Parameters
    ----------
    table
        Where the values lie.
    make
        From the cells, in the order of ``fields``, to the value.
    fields
        Columns that hold the value, in order; the fields of the dataclass ``make`` if not given.
    take
        From the value to its cells, in the order of ``fields``; its attributes if not given.
    """

    def __init__(
        self,
        table: Table,
        make: Callable[..., V],
        *,
        fields: tuple[str, ...] = (),
        take: Callable[[V], Sequence[Any]] | None = None,
    ) -> None:
        if not fields and isinstance(make, type):
            fields = fields_of(make)
        self.table, self.fields = table, fields
        self._make = make
        self._take = take or (lambda value: [getattr(value, name) for name in fields])

    def dump(self, values: Iterable[V]) -> list[Row]:
        """Return one row per value, keyed by column."""
        columns = list(zip(*map(self._take, values), strict=True))
        stored = [
            kind.shapes(cells) if isinstance(kind, Geometry) else cells
            for kind, cells in zip(self._types(), columns, strict=False)
        ]
        return [dict(zip(self.fields, cells, strict=True)) for cells in zip(*stored, strict=True)]

    def load(self, rows: Sequence[Sequence[Any]]) -> tuple[V, ...]:
        """Return one value per row of ``select``."""
        columns = list(zip(*rows, strict=True))
        cells = [
            kind.values(column) if isinstance(kind, Geometry) else column
            for kind, column in zip(self._types(), columns, strict=False)
        ]
        return tuple(map(self._make, *cells)) if cells else ()

    def select(self) -> Select[Any]:
        """Return the query of the mapped columns, in the order ``load`` expects."""
        return select(*(self.table.c[name] for name in self.fields))

    def _types(self) -> list[Any]:
        return [self.table.c[name].type for name in self.fields]

    def insert_in_order(self, connection: Connection, values: Iterable[V], **shared: Any) -> None:
        """Insert the values, numbering them from 0 in ``ordinal``; ``shared`` goes into each."""
        rows = [row | {"ordinal": n} | shared for n, row in enumerate(self.dump(values))]
        if rows:
            connection.execute(insert(self.table), rows)

    def load_in_order(self, connection: Connection, **shared: Any) -> tuple[V, ...]:
        """Return the values in the order they were inserted; the inverse of the above."""
        query = self.select().filter_by(**shared).order_by(self.table.c.ordinal)
        return self.load(connection.execute(query).all())
