"""The one pipe network, its premises included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from domain.clocks import Clock
from domain.errors import NothingImported, UnknownId
from domain.network import IsolationValve, Link, Node, PipeNetwork, Premises
from domain.network_delta import KindDelta, NetworkDelta, kind_delta
from storage import tables
from storage.event_log import EventLog
from storage.repositories.counters import Numbers
from storage.repositories.field_words import (
    CHANGED,
    IMPORTED,
    KEPT,
    Stand,
    stand_of,
    told,
    words_of_last_file,
)
from storage.repositories.network_rows import (
    HYDRANTS,
    ISOLATION_VALVES,
    LINKS,
    NODES,
    PREMISES,
    write_delta,
    write_kind,
    write_whole,
)
from storage.rows import Rows

_VERSION, _VALVES_VERSION = "network", "isolation_valves"

#: Ids of each list that the log keeps; the counts are whole. Source: mainbreak default.
MOST_IDS = 50

_REMEDY = "run: mainbreak import network FILE"


class NetworkRepository:
    """Saves the network whole and loads it whole; saving replaces what was there."""

    def __init__(self, connection: Connection, events: EventLog, clock: Clock) -> None:
        self._connection, self._events, self._clock = connection, events, clock
        self._numbers = Numbers(connection)

    def version(self) -> int:
        """Return how often the network or its premises were saved; cheap to ask."""
        return self._numbers.last(_VERSION)

    def valves_version(self) -> int:
        """Return how often an isolation valve was set; cheap to ask."""
        return self._numbers.last(_VALVES_VERSION)

    def isolation_valves(self) -> tuple[IsolationValve, ...]:
        """Return the isolation valves as they stand, in the network's order."""
        return ISOLATION_VALVES.load_in_order(self._connection)

    def isolation_valves_changed_since(self, version: int) -> tuple[IsolationValve, ...]:
        """Return the isolation valves set after this version, in the network's order.

        ``version`` is a ``valves_version``, read while the network was the present one.
        """
        table = tables.isolation_valve
        query = ISOLATION_VALVES.select().where(table.c.change > version)
        rows = self._connection.execute(query.order_by(table.c.ordinal)).all()
        return ISOLATION_VALVES.load(rows)

    def set_isolation_valve(self, valve: IsolationValve) -> None:
        """Store how an isolation valve stands; appends ``isolation_valve.changed``.

        Raises
        ------
        UnknownId
            If the network has none of this id.
        """
        table, (row,) = tables.isolation_valve, ISOLATION_VALVES.dump([valve])
        found = ISOLATION_VALVES.select().where(table.c.id == valve.id)
        known = ISOLATION_VALVES.load(self._connection.execute(found).all())
        if not known:
            raise UnknownId("isolation valve", valve.id, "Check the id")
        row["change"] = self._numbers.next(_VALVES_VERSION)
        self._connection.execute(update(table).where(table.c.id == valve.id).values(row))
        self._events.append_all([told(CHANGED, valve.id, stand_of(valve), stand_of(known[0]))])

    def words_of_last_file(self) -> dict[str, Stand]:
        """Return how the last file had each isolation valve that was set since, or kept."""
        return words_of_last_file(self._connection)

    def exists(self) -> bool:
        """Return True if a network was imported, even an empty one."""
        return self._connection.scalar(select(tables.network.c.id)) is not None

    def load(self) -> PipeNetwork:
        """Return the network, equal to the one saved, order included.

        Raises
        ------
        NothingImported
            If none was saved yet.
        """
        name = self._connection.scalar(select(tables.network.c.name))
        if name is None:
            raise NothingImported(f"there is no pipe network yet; {_REMEDY}.")
        return PipeNetwork(
            nodes=NODES.load_in_order(self._connection),
            links=LINKS.load_in_order(self._connection),
            isolation_valves=ISOLATION_VALVES.load_in_order(self._connection),
            hydrants=HYDRANTS.load_in_order(self._connection),
            premises=PREMISES.load_in_order(self._connection),
            name=name,
        )

    def save(self, network: PipeNetwork) -> None:
        """Replace the network and its premises; appends ``network.imported`` with the counts."""
        write_whole(self._connection, network)
        self._told_as_imported(network.name, _counts(network))

    def change(
        self, delta: NetworkDelta, network: PipeNetwork, kept: Mapping[str, Stand] | None = None
    ) -> None:
        """Write only what differs from the stored network, so that it is this one.

        Appends ``network.imported`` with what came, changed and went, and for each of ``kept``,
        the isolation valves that stand otherwise than the file says, ``isolation_valve.kept``.
        """
        write_delta(self._connection, delta)
        self._told_as_imported(network.name, _counts(network) | {"delta": _delta_of(delta)})
        valves = network.isolation_valve_by_id
        self._events.append_all(
            told(KEPT, name, stand_of(valves[name]), said) for name, said in (kept or {}).items()
        )

    def _told_as_imported(self, name: str, payload: dict[str, object]) -> None:
        header = {"id": 1, "name": name, "saved_at": self._clock()}
        self._connection.execute(delete(tables.network))
        self._connection.execute(insert(tables.network), header)
        self._numbers.next(_VERSION)
        self._events.append(IMPORTED, name, payload)

    def save_premises(self, premises: Iterable[Premises]) -> None:
        """Replace the premises of the stored network; appends ``premises.imported``.

        Raises
        ------
        NothingImported
            If there is no network to connect them to.
        UnknownId
            If one names a pipe or a node that the network does not hold.
        """
        new = tuple(premises)
        if not self.exists():
            raise NothingImported(f"premises need a pipe network first; {_REMEDY}.")
        self._refuse_unknown("pipe", LINKS, (one.link for one in new))
        self._refuse_unknown("node", NODES, (one.node for one in new))
        stored = PREMISES.load_in_order(self._connection)
        delta = kind_delta(stored, new)
        write_kind(self._connection, "premises", delta)
        if not delta.is_empty:
            self._numbers.next(_VERSION)
        counts = {"count": len(new)} | _counts_of(delta)
        self._events.append("premises.imported", "premises", counts)

    def _refuse_unknown(
        self, kind: str, rows: Rows[Link] | Rows[Node], named: Iterable[str | None]
    ) -> None:
        known = set(self._connection.scalars(select(rows.table.c.id)))
        for one in named:
            if one is not None and one not in known:
                raise UnknownId(kind, one, f"import the network that holds it first; {_REMEDY}")


def _counts(network: PipeNetwork) -> dict[str, object]:
    return {
        "nodes": len(network.nodes),
        "links": len(network.links),
        "isolation_valves": len(network.isolation_valves),
        "hydrants": len(network.hydrants),
        "premises": len(network.premises),
    }


def _delta_of(delta: NetworkDelta) -> dict[str, object]:
    """Return, of each kind that differs, how much and the first ids."""
    return {
        kind: _counts_of(one) | {"ids": _ids_of(one)}
        for kind, one in delta.kinds.items()
        if not one.is_empty
    }


def _counts_of(delta: KindDelta[Any]) -> dict[str, object]:
    return {"came": len(delta.came), "changed": len(delta.changed), "went": len(delta.went)}


def _ids_of(delta: KindDelta[Any]) -> dict[str, object]:
    return {
        "came": [one.id for one in delta.came[:MOST_IDS]],
        "changed": [one.after.id for one in delta.changed[:MOST_IDS]],
        "went": [one.id for one in delta.went[:MOST_IDS]],
    }
