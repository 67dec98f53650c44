"""The five tables of the pipe network: written whole, or only where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from domain.network import Hydrant, IsolationValve, Link, Node, PipeNetwork, Premises
from domain.network_delta import KindDelta, NetworkDelta
from storage import tables
from storage.repositories.lives import chunks
from storage.rows import Rows

NODES = Rows(tables.node, Node)
LINKS = Rows(tables.link, Link)
ISOLATION_VALVES = Rows(tables.isolation_valve, IsolationValve)
HYDRANTS = Rows(tables.hydrant, Hydrant)
PREMISES = Rows(tables.premises, Premises)

#: By kind, what is referred to before what refers to it.
KINDS: dict[str, Rows[Any]] = {
    "nodes": NODES,
    "links": LINKS,
    "isolation_valves": ISOLATION_VALVES,
    "hydrants": HYDRANTS,
    "premises": PREMISES,
}


def write_whole(connection: Connection, network: PipeNetwork) -> None:
    """Leave exactly this network in the tables."""
    for rows in reversed(KINDS.values()):
        connection.execute(delete(rows.table))
    for kind, rows in KINDS.items():
        rows.insert_in_order(connection, getattr(network, kind))


def write_delta(connection: Connection, delta: NetworkDelta) -> None:
    """Write only the rows that differ, what refers to others after them."""
    for kind, rows in KINDS.items():
        _write(connection, rows, delta.kinds[kind])
    for kind in reversed(KINDS):
        _delete(connection, KINDS[kind], (one.id for one in delta.kinds[kind].went))


def write_kind(connection: Connection, kind: str, delta: KindDelta[Any]) -> None:
    """Write only the rows of one kind that differ."""
    _write(connection, KINDS[kind], delta)
    _delete(connection, KINDS[kind], (one.id for one in delta.went))


def _write(connection: Connection, rows: Rows[Any], delta: KindDelta[Any]) -> None:
    if delta.changed:
        changed = rows.dump(one.after for one in delta.changed)
        connection.execute(_of_row(rows), [row | {"known_id": row["id"]} for row in changed])
    if not (delta.came or delta.reordered):
        return
    table = rows.table
    stored = connection.execute(select(table.c.id, table.c.ordinal)).all()
    numbers = renumbered(delta.order, {row.id: row.ordinal for row in stored})
    came = [row | {"ordinal": numbers.pop(row["id"])} for row in rows.dump(delta.came)]
    if numbers:
        moved = [{"known_id": one, "ordinal": number} for one, number in numbers.items()]
        connection.execute(_of_row(rows), moved)
    if came:
        connection.execute(insert(table), came)


def _of_row(rows: Rows[Any]) -> Any:
    # An argument may not share its name with a column that is set.
    return update(rows.table).where(rows.table.c.id == bindparam("known_id"))


def _delete(connection: Connection, rows: Rows[Any], ids: Iterable[str]) -> None:
    for some in chunks(list(ids)):
        connection.execute(delete(rows.table).where(rows.table.c.id.in_(some)))


def renumbered(order: Iterable[str], stored: Mapping[str, int]) -> dict[str, int]:
    """Return the new number of each id that needs one, so that numbers rise in this order.

    >>> renumbered(["a", "new", "b", "d"], {"a": 0, "b": 1, "c": 2, "d": 3})
    {'new': 1, 'b': 2}
    """
    numbers: dict[str, int] = {}
    last = -1
    for one in order:
        kept = stored.get(one)
        if kept is not None and kept > last:
            last = kept
        else:
            last += 1
            numbers[one] = last
    return numbers
