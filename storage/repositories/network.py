"""The one pipe network, its premises included."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select, update

from domain.clocks import Clock
from domain.errors import NothingImported, UnknownId
from domain.network import Hydrant, IsolationValve, Link, Node, PipeNetwork, Premises
from storage import tables
from storage.event_log import EventLog
from storage.repositories.counters import Numbers
from storage.rows import Rows

_NODES = Rows(tables.node, Node)
_LINKS = Rows(tables.link, Link)
_ISOLATION_VALVES = Rows(tables.isolation_valve, IsolationValve)
_HYDRANTS = Rows(tables.hydrant, Hydrant)
_PREMISES = Rows(tables.premises, Premises)

#: What refers to others comes before them.
_DELETE_ORDER = (_PREMISES, _HYDRANTS, _ISOLATION_VALVES, _LINKS, _NODES)

_VERSION, _VALVES_VERSION = "network", "isolation_valves"

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
        return _ISOLATION_VALVES.load_in_order(self._connection)

    def isolation_valves_changed_since(self, version: int) -> tuple[IsolationValve, ...]:
        """Return the isolation valves set after this version, in the network's order.

        ``version`` is a ``valves_version``, read while the network was the present one.
        """
        table = tables.isolation_valve
        query = _ISOLATION_VALVES.select().where(table.c.change > version)
        rows = self._connection.execute(query.order_by(table.c.ordinal)).all()
        return _ISOLATION_VALVES.load(rows)

    def set_isolation_valve(self, valve: IsolationValve) -> None:
        """Store how an isolation valve stands; appends ``isolation_valve.changed``.

        Raises
        ------
        UnknownId
            If the network has none of this id.
        """
        table, (row,) = tables.isolation_valve, _ISOLATION_VALVES.dump([valve])
        row["change"] = self._numbers.next(_VALVES_VERSION)
        done = self._connection.execute(update(table).where(table.c.id == valve.id).values(row))
        if not done.rowcount:
            raise UnknownId("isolation valve", valve.id, "Check the id")
        payload: dict[str, object] = {
            "position": valve.position.value,
            "operability": valve.operability.value,
        }
        self._events.append("isolation_valve.changed", valve.id, payload)

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
            nodes=_NODES.load_in_order(self._connection),
            links=_LINKS.load_in_order(self._connection),
            isolation_valves=_ISOLATION_VALVES.load_in_order(self._connection),
            hydrants=_HYDRANTS.load_in_order(self._connection),
            premises=_PREMISES.load_in_order(self._connection),
            name=name,
        )

    def save(self, network: PipeNetwork) -> None:
        """Replace the network and its premises; appends ``network.imported`` with the counts."""
        self._clear()
        _NODES.insert_in_order(self._connection, network.nodes)
        _LINKS.insert_in_order(self._connection, network.links)
        _ISOLATION_VALVES.insert_in_order(self._connection, network.isolation_valves)
        _HYDRANTS.insert_in_order(self._connection, network.hydrants)
        _PREMISES.insert_in_order(self._connection, network.premises)
        header = {"id": 1, "name": network.name, "saved_at": self._clock()}
        self._connection.execute(insert(tables.network), header)
        self._numbers.next(_VERSION)
        self._events.append("network.imported", network.name, _counts(network))

    def _clear(self) -> None:
        for rows in _DELETE_ORDER:
            self._connection.execute(delete(rows.table))
        self._connection.execute(delete(tables.network))

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
        self._refuse_unknown("pipe", _LINKS, (one.link for one in new))
        self._refuse_unknown("node", _NODES, (one.node for one in new))
        self._connection.execute(delete(tables.premises))
        _PREMISES.insert_in_order(self._connection, new)
        self._numbers.next(_VERSION)
        self._events.append("premises.imported", "premises", {"count": len(new)})

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
