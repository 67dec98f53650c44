"""The isolation engine of one network: prepared once, asked many times, told what was turned."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from domain.errors import UnknownId
from domain.network import IsolationValve, PipeNetwork
from gis.isolation.cells import Cells, cells_of
from gis.isolation.columns import Columns, columns_of, rows_of
from gis.isolation.effect import Question
from gis.isolation.graph import Flags, Ints
from gis.isolation.stand import Stand, stand_of
from gis.isolation.supply import WholeSupply, whole_supply
from gis.memo import once_per_ground


@dataclass
class Engine:
    """What is prepared of a network's ground: all but how its isolation valves stand now.

    ``supply`` is for the stand of some moment. Answers do not depend on which; they come faster
    the less was turned since, so ``renewed`` replaces it behind the questions.
    """

    columns: Columns
    cells: Cells
    first: Stand
    supply: WholeSupply
    first_valves: tuple[IsolationValve, ...]
    nodes: dict[str, int]
    links: dict[str, int]
    valves: dict[str, int]
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def question(
        self,
        network: PipeNetwork,
        inoperable: Collection[str] = (),
        closed: Collection[str] = (),
    ) -> Question:
        """Return the question how the network stands, with what the dispatcher knows better.

        Raises
        ------
        UnknownId
            If an isolation valve is not in the network.
        """
        for name in (*inoperable, *closed):
            if name not in self.valves:
                raise UnknownId(
                    "isolation valve", name, "name one of the network's isolation valves"
                )
        stand = self._stand(network.turned, frozenset(inoperable), frozenset(closed))
        supply = self.supply
        return Question(self.columns, self.cells, supply, stand, _changed(stand, supply))

    def _stand(
        self,
        turned: dict[str, IsolationValve],
        inoperable: frozenset[str],
        closed: frozenset[str],
    ) -> Stand:
        names = {*turned, *inoperable, *closed}
        if not names:
            return self.first
        gaps = self.cells.gaps
        rows = gaps.sharing([self.valves[name] for name in names])
        valves = [turned.get(one.id, one) for one in (self.first_valves[row] for row in rows)]
        is_open = [one.is_open and one.id not in closed for one in valves]
        can_turn = [one.can_turn and one.id not in inoperable for one in valves]
        return self.first.changed(rows, gaps.of_valve, is_open, can_turn)

    def rows(self, links: Iterable[str]) -> list[int]:
        """Return the rows of links.

        Raises
        ------
        UnknownId
            If a link is not in the network.
        """
        found = []
        for name in links:
            if name not in self.links:
                raise UnknownId("pipe", name, "name a link of the network")
            found.append(self.links[name])
        return found

    def renew(self, network: PipeNetwork) -> None:
        """Work the supply out anew for how the network stands; questions go on meanwhile."""
        with self._lock:
            stand = self._stand(network.turned, frozenset(), frozenset())
            if (stand.shut != self.supply.graph.shut).any():
                self.supply = whole_supply(self.columns, self.cells, stand.shut)


def prepare(columns: Columns, is_open: Flags, can_turn: Flags) -> Question:
    """Return the question how a network given as arrays stands; (v,) flags of isolation valves."""
    cells = cells_of(columns)
    stand = stand_of(cells.gaps, is_open, can_turn)
    supply = whole_supply(columns, cells, stand.shut)
    return Question(columns, cells, supply, stand, np.empty(0, np.int32))


def turned(question: Question, stands: Mapping[int, tuple[bool, bool]]) -> Question:
    """Return the question with isolation valves (rows) standing (is open, can turn) so.

    Each must be alone at its place.
    """
    rows = sorted(stands)
    of_valve, states = question.cells.gaps.of_valve, [stands[row] for row in rows]
    is_open, can_turn = [one[0] for one in states], [one[1] for one in states]
    stand = question.stand.changed(rows, of_valve, is_open, can_turn)
    return replace(question, stand=stand, changed=_changed(stand, question.supply))


def _changed(stand: Stand, supply: WholeSupply) -> Ints:
    """Return the gaps that are shut or open unlike when the supply was worked out."""
    return np.flatnonzero(stand.shut != supply.graph.shut).astype(np.int32)


@once_per_ground
def engine_of(network: PipeNetwork) -> Engine:
    """Return the network's engine, prepared once for it and all that differ by turned valves."""
    nodes, links = rows_of(network.nodes), rows_of(network.links)
    # By id, so that of several at one place the first is the same in whatever order they came.
    valves = tuple(sorted(network.first_isolation_valves, key=lambda one: one.id))
    columns = columns_of(network, valves, nodes, links)
    is_open = np.fromiter((one.is_open for one in valves), np.bool_)
    can_turn = np.fromiter((one.can_turn for one in valves), np.bool_)
    ready = prepare(columns, is_open, can_turn)
    parts = (ready.columns, ready.cells, ready.stand, ready.supply)
    return Engine(*parts, valves, nodes, links, rows_of(valves))


def renew(network: PipeNetwork) -> None:
    """Prepare for how the network stands now, so that the next questions are answered fastest.

    Takes seconds on a million pipes; call it behind the answers, not before them.
    """
    engine_of(network).renew(network)
