"""The oracle of drives: networkx Dijkstra over (phase, last edges driven), in plain Python.

Written from docs/driving.md alone: clear and slow. Shares no code with routing/; reads only the
arrays of the ``StreetNetwork`` and the geometry of ``turn_places``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp, inf

import networkx as nx

from domain.closures import Closure
from domain.places import LonLat
from domain.streets import StreetNetwork
from domain.travel import Unreachable
from tests.routing.turn_places import Ground, Put

ACCESS_MPS = 10 / 3.6
SIGNAL_S, U_TURN_S, TURN_S, STEEP, MIDDLE, BIAS = 2.0, 20.0, 7.5, 13.0, 6.5, 1.075

#: What a drive may use: still leaving closed streets, on open ones, entering closed ones.
LEAVING, OPEN, ENTERING = "leaving", "open", "entering"
START = "start"
State = tuple[str, tuple[int, ...]]


class Rules:
    """What closures leave of the streets: milliseconds, what is closed, what may be entered."""

    def __init__(self, ground: Ground, closures: Sequence[Closure]) -> None:
        free = [max(1, round(1000 * float(s))) for s in ground.streets.seconds]
        slowest: dict[int, float] = {}
        refused: set[int] = set()
        self.touched = {closure.id: ground.touched(closure) for closure in closures}
        self.closed: set[int] = set()
        for closure in closures:
            if closure.factor == 0:
                self.closed |= self.touched[closure.id]
            for e in self.touched[closure.id]:
                slowest[e] = min(slowest.get(e, 1.0), closure.factor or 1.0)
                if closure.factor == 0 and not closure.entry:
                    refused.add(e)
        self.enters = self.closed - refused
        self.ms = [round(ms / slowest[e]) if e in slowest else ms for e, ms in enumerate(free)]


class TurnOracle:
    """Seconds and reasons between places, as docs/driving.md says."""

    def __init__(
        self,
        streets: StreetNetwork,
        closures: Sequence[Closure] = (),
        *,
        drives_on_left: bool = False,
        without: TurnOracle | None = None,
    ) -> None:
        self.without = without
        self.ground = without.ground if without else Ground(streets)
        self.drives_on_left = drives_on_left
        self.rules = Rules(self.ground, closures)
        self.leaving: defaultdict[int, list[int]] = defaultdict(list)
        self.entering: defaultdict[int, list[int]] = defaultdict(list)
        for e, (u, v) in enumerate(zip(self.ground.tail, self.ground.head, strict=True)):
            self.leaving[u].append(e)
            self.entering[v].append(e)
        self.signals = {int(v) for v in streets.rules.signals}
        starts = streets.rules.ban_start
        self.bans = {tuple(int(e) for e in streets.rules.bans[a:b]) for a, b in pairwise(starts)}
        self.begun = {ban[:k] for ban in self.bans for k in range(1, len(ban))}
        self.bearing_in, self.bearing_out = self.ground.bearings_in(), self.ground.bearings_out()
        self.met = {v: self.street_ends(v) for v in self.entering}
        self.states: defaultdict[int, list[State]] = defaultdict(list)
        self.graph = self._graph()

    def closed_by(self, closures: Sequence[Closure]) -> TurnOracle:
        """Return the oracle of the same streets under these closures."""
        free = self.without or self
        on_left = self.drives_on_left
        return TurnOracle(free.ground.streets, closures, drives_on_left=on_left, without=free)

    # Turns: rules 2 to 5.

    def street_ends(self, v: int) -> int:
        """Return how many streets meet at a node; one with both ends there counts twice."""
        ends: Counter[int] = Counter()
        for e in {*self.leaving[v], *self.entering[v]}:
            loops = self.ground.tail[e] == self.ground.head[e]
            ends[max(e, self.ground.opposite[e])] = 2 if loops else 1
        return ends.total()

    def turn_ms(self, e: int, f: int) -> int:
        """Return what going from one edge to the next costs."""
        v = self.ground.head[e]
        seconds = SIGNAL_S if v in self.signals else 0.0
        if f == self.ground.opposite[e]:
            seconds += U_TURN_S
        elif self.met[v] >= 3:
            seconds += self.turn_s(e, f)
        return round(1000 * seconds)

    def turn_s(self, e: int, f: int) -> float:
        """Return seconds by how sharp a turn is."""
        angle = self.bearing_out[f] - self.bearing_in[e]
        angle = (angle + 180) % 360 - 180
        if self.drives_on_left:
            angle = -angle
        if angle >= 0:
            return TURN_S / (1 + exp(-(STEEP / BIAS * angle / 180 - MIDDLE * BIAS)))
        return TURN_S / (1 + exp(-(STEEP * BIAS * -angle / 180 - MIDDLE / BIAS)))

    def may_turn(self, driven: tuple[int, ...], f: int) -> bool:
        """Whether no ban and no U-turn stands against driving ``f`` after these edges."""
        after = (*driven, f)
        if any(after[k:] in self.bans for k in range(len(after) - 1)):
            return False
        is_u_turn = self.ground.opposite[driven[-1]] == f
        return not is_u_turn or self.leaving[self.ground.tail[f]] == [f]

    def remembered(self, driven: tuple[int, ...]) -> tuple[int, ...]:
        """Return the last edges that a ban may still speak of, at least the last one."""
        for k in range(len(driven) - 1):
            if driven[k:] in self.begun:
                return driven[k:]
        return driven[-1:]

    # Closures: rules 9 to 12.

    def phase_after(self, phase: str, f: int) -> str | None:
        """Return in which phase a drive goes on over an edge; None if it may not."""
        if f not in self.rules.closed:
            return OPEN if phase in (LEAVING, OPEN) else None
        if phase == LEAVING:
            return LEAVING
        return ENTERING if f in self.rules.enters else None

    def _graph(self) -> nx.DiGraph:
        """Return every state with arcs of ``ms``, and ``begin``: the turn alone."""
        graph = nx.DiGraph()
        todo: list[State] = []
        for e in range(len(self.ground.tail)):
            phases = (LEAVING, ENTERING) if e in self.rules.closed else (OPEN,)
            todo += [(p, (e,)) for p in phases if p != ENTERING or e in self.rules.enters]
        graph.add_nodes_from(todo)
        turns: dict[tuple[int, int], int] = {}
        while todo:
            state = todo.pop()
            self.states[state[1][-1]].append(state)
            e = state[1][-1]
            for after in self._next(state):
                f = after[1][-1]
                if (e, f) not in turns:
                    turns[e, f] = self.turn_ms(e, f)
                if after not in graph:
                    todo.append(after)
                graph.add_edge(state, after, ms=turns[e, f] + self.rules.ms[f], begin=turns[e, f])
        return graph

    def _next(self, state: State) -> Iterator[State]:
        phase, driven = state
        for f in self.leaving[self.ground.head[driven[-1]]]:
            after = self.phase_after(phase, f)
            if after and self.may_turn(driven, f):
                yield after, self.remembered((*driven, f))

    def _all_closed(self, v: int) -> bool:
        return self.rules.closed >= {*self.leaving[v], *self.entering[v]}

    def _setting_out(self, a: Put) -> Iterator[tuple[State, int, int | None]]:
        """Yield first states with the ms to their end, and 0 if from their very beginning."""
        closed, ms = self.rules.closed, self.rules.ms
        if a.node is None:
            for e, share in a.shares.items():
                phase = LEAVING if e in closed else OPEN
                yield (phase, (e,)), round((1 - share) * ms[e]), None
            return
        first = LEAVING if self._all_closed(a.node) else OPEN
        for e in self.leaving[a.node]:
            phase = self.phase_after(first, e)
            if phase:
                yield (phase, (e,)), ms[e], 0

    # Drives: rules 6 to 8 and 13.

    def row(self, a: Put, places: Sequence[Put]) -> list[float]:
        """Return the seconds from one place to each of several."""
        if a.too_far:
            return [0.0 if a.place == b.place else inf for b in places]
        for state, ms, begin in self._setting_out(a):
            self.graph.add_edge(START, state, ms=ms, begin=begin)
        found: dict[object, float] = {}
        if START in self.graph:
            found = nx.single_source_dijkstra_path_length(self.graph, START, weight="ms")
        answer = [self._arrival(a, b, found) for b in places]
        if START in self.graph:
            self.graph.remove_node(START)
        return answer

    def _arrival(self, a: Put, b: Put, found: dict[object, float]) -> float:
        if a.place == b.place:
            return 0.0
        if b.too_far:
            return inf
        ms = min([*self._arrivals(b, found), *self._direct(a, b)], default=inf)
        return ms / 1000 + (a.metres + b.metres) / ACCESS_MPS

    def _direct(self, a: Put, b: Put) -> Iterator[float]:
        if a.node is not None:
            if a.node == b.node:
                yield 0
            return
        for e in a.shares.keys() & b.shares.keys():
            if b.shares[e] >= a.shares[e]:
                yield round((b.shares[e] - a.shares[e]) * self.rules.ms[e])

    def _arrivals(self, b: Put, found: dict[object, float]) -> Iterator[float]:
        """Yield the ms at which a place is reached over each of its edges, in each phase."""
        if b.node is not None:
            edges = {*self.leaving[b.node], *self.entering[b.node]}
            shut = self._all_closed(b.node)
            phases = self._phases(edges) if shut else {OPEN, LEAVING}
            for e in self.entering[b.node]:
                yield from (found.get(s, inf) for s in self.states[e] if s[0] in phases)
            return
        phases = self._phases(set(b.shares))
        for e, share in b.shares.items():
            for state in self.states[e]:
                if state[0] in phases:
                    yield self._begin(state, found) + round(share * self.rules.ms[e])

    def _phases(self, edges: set[int]) -> set[str]:
        """Return in which phases a place on these edges may be reached."""
        closed = edges & self.rules.closed
        may_enter = closed <= self.rules.enters
        return {OPEN, LEAVING, ENTERING} if may_enter else {OPEN, LEAVING}

    def _begin(self, state: State, found: dict[object, float]) -> float:
        """Return the earliest ms at which the last edge of a state is begun."""
        return min(
            (
                found[before] + arc["begin"]
                for before, _, arc in self.graph.in_edges(state, data=True)
                if before in found and arc["begin"] is not None
            ),
            default=inf,
        )

    def put(self, place: LonLat) -> Put:
        """Return where a place meets the streets."""
        return self.ground.put(place)

    def matrix(
        self, origins: Sequence[LonLat], destinations: Sequence[LonLat] | None = None
    ) -> tuple[list[list[float]], dict[tuple[int, int], Unreachable]]:
        """Return seconds from each to each, and why a cell is ``inf``."""
        starts = [self.put(place) for place in origins]
        ends = starts if destinations is None else [self.put(place) for place in destinations]
        seconds = [self.row(a, ends) for a in starts]
        reasons = {}
        for i, a in enumerate(starts):
            shut = [j for j, s in enumerate(seconds[i]) if s == inf]
            free = self.without.row(a, [ends[j] for j in shut]) if self.without and shut else []
            for k, j in enumerate(shut):
                reason = Unreachable.CLOSED if free and free[k] < inf else Unreachable.OTHER_PART
                far = a.too_far or ends[j].too_far
                reasons[i, j] = Unreachable.TOO_FAR_FROM_ROAD if far else reason
        return seconds, reasons
