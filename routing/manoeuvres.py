"""Where on a drive there is something to decide, and what: the types of OSRM's vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from domain.streets import FloatArray, IntArray
from domain.travel import Modifier, StepType
from routing.junctions import AHEAD_DEG, Junctions

#: Up to how many degrees off straight each sector reaches. Source: OSRM's turn directions.
#: Each with what it is called to the right and to the left.
_SECTORS = (
    (20.0, Modifier.STRAIGHT, Modifier.STRAIGHT),
    (40.0, Modifier.SLIGHT_RIGHT, Modifier.SLIGHT_LEFT),
    (120.0, Modifier.RIGHT, Modifier.LEFT),
    (180.0, Modifier.SHARP_RIGHT, Modifier.SHARP_LEFT),
)

#: Ramps lead on and off roads up to this rank, whatever their length (motorways, trunk roads).
_RAMP_RANK = 1

#: A longer link of a lesser road is a ramp too, a shorter one a turning lane, metres.
#: Source: mainbreak default, looked at on Heidelberg and Porto.
_LANE_M = 150.0

#: Two turns to one side so near to each other are one, across a divided road, metres.
#: Source: mainbreak default, wider than the middle of a city's dual carriageway.
_MEDIAN_M = 45.0

#: So soon behind a turn into a nameless piece a name is the one turned into, metres.
#: Source: mainbreak default.
_SOON_M = 80.0

#: So many degrees of turning lead back. Source: mainbreak default.
_BACK_DEG = 150.0


class Manoeuvre(NamedTuple):
    """One decision.

    It is due where edge number ``after`` of the drive begins; ``street`` is the number of the
    edge whose name is driven on then.
    """

    type: StepType
    modifier: Modifier
    after: int
    street: int
    exit: int | None = None


def modifier_of(turn: float) -> Modifier:
    """Return the modifier of a change of direction in degrees, to the right positive.

    >>> modifier_of(-90.0).value, modifier_of(30.0).value, modifier_of(3.0).value
    ('left', 'slight right', 'straight')
    """
    size = abs(turn)
    for limit, right, left in _SECTORS:
        if size <= limit + 1e-6:
            return right if turn > 0.0 else left
    raise ValueError(f"a turn of {turn} degrees")


class Manoeuvres:
    """Finds the decisions of drives over one network."""

    def __init__(self, junctions: Junctions) -> None:
        self._at = junctions

    def of(self, edges: IntArray, metres: FloatArray) -> list[Manoeuvre]:
        """Return what a driver of these edges is told, in order; ``metres`` are of each edge."""
        return _Trip(self._at, edges, metres).manoeuvres()


class _Trip:
    """One drive, looked at from its beginning to its end."""

    def __init__(self, at: Junctions, edges: IntArray, metres: FloatArray) -> None:
        before, after = edges[:-1], edges[1:]
        turn, same = at.turns(before, after), at.keeps(before, after)
        choices = at.choices(before, after, turn)
        special = at.special[edges]
        quiet = choices.obvious & same & ~(special[:-1] ^ special[1:])
        # Lists: what follows looks at single values, where arrays are slow.
        self._at, self._edges = at, edges.tolist()
        self._along: list[float] = [0.0, *np.cumsum(metres).tolist()]
        self._turn: list[float] = turn.tolist()
        self._same, self._choices = same.tolist(), choices
        self._obvious, self._leaves = choices.obvious.tolist(), choices.beaten.tolist()
        self._loud = np.flatnonzero(~quiet).tolist()
        self._link, self._roundabout_at = at.link[edges].tolist(), at.roundabout[edges].tolist()
        self._rank: list[int] = at.rank[edges].tolist()
        self._name: list[int] = at.name[edges].tolist()
        self._ref: list[int] = at.ref[edges].tolist()
        self._opposite = at.opposite[edges].tolist()

    def manoeuvres(self) -> list[Manoeuvre]:
        """Return the decisions, those that only tell of a name again left out."""
        return self._named(list(self._decisions()))

    def _decisions(self) -> Iterator[Manoeuvre]:
        """Yield the decisions, each with the junctions behind it that belong to it used up."""
        passed = -1
        for k in self._loud:
            if k <= passed:
                continue
            one, passed = self._one(k)
            if one is not None:
                yield one

    def _one(self, k: int) -> tuple[Manoeuvre | None, int]:
        """Return what is to be done between edges k and k + 1, and the last junction used up."""
        if self._roundabout_at[k + 1] or self._roundabout_at[k]:
            return self._roundabout(k)
        if self._link[k + 1] and not self._link[k]:
            lane = self._lane(k)
            if lane is not None:
                return lane
            ramp = self._ramp(k)
            return (ramp, k) if ramp else (self._turning(k), k)
        if self._link[k] and not self._link[k + 1]:
            return self._joining(k), k
        back = self._u_turn(k)
        return back or (self._turning(k), k)

    def _others(self, k: int) -> list[float]:
        """Return the turns into the other streets between edges k and k + 1, degrees."""
        begin = self._choices.begin
        turns: list[float] = self._choices.turn[begin[k] : begin[k + 1]].tolist()
        return turns

    def _keeps(self, i: int, j: int) -> bool:
        """Return True if two edges of the drive are one street to a driver."""
        if self._name[i] or self._name[j] or self._ref[i] or self._ref[j]:
            same_name = self._name[i] == self._name[j] != 0
            return same_name or self._ref[i] == self._ref[j] != 0
        return self._rank[i] == self._rank[j] and self._link[i] == self._link[j]

    def _named(self, found: list[Manoeuvre]) -> list[Manoeuvre]:
        """Return the manoeuvres, those that only tell of a name again left out.

        A name that begins a few metres behind a turn into a nameless piece is the name turned
        into; a name that only comes back after a nameless piece is none.
        """
        kept: list[Manoeuvre] = []
        street = 0
        for one in found:
            if one.type is not StepType.NEW_NAME:
                kept.append(one)
                street = one.street
                continue
            nameless = not (self._name[street] or self._ref[street])
            last = kept[-1] if kept else None
            near = self._along[one.after] - self._along[last.after if last else 0] <= _SOON_M
            if last and nameless and near:
                kept[-1] = last._replace(street=one.street)
            elif not self._alike(street, one.street):
                kept.append(one)
            street = one.street
        return kept

    def _alike(self, i: int, j: int) -> bool:
        """Return True if two edges of the drive bear the same name."""
        if self._name[i] or self._name[j]:
            return self._name[i] == self._name[j]
        return self._ref[i] == self._ref[j]

    def _roundabout(self, k: int) -> tuple[Manoeuvre | None, int]:
        """Return the whole way round as one: the exits counted after the first edge is entered."""
        at, edges, on = self._at, self._edges, self._roundabout_at
        entered = not on[k]
        first = k + 1 if entered else k
        while not entered and first > 0 and on[first - 1]:
            first -= 1
        end = k + 1
        while end < len(edges) and on[end]:
            end += 1
        if end == len(edges):
            if not entered:
                return None, end
            turn = modifier_of(self._turn[k])
            return Manoeuvre(StepType.ROUNDABOUT, turn, k + 1, end - 1), end - 1
        exit_ = int(at.exits[at.head[edges[first : end - 1]]].sum()) + 1
        if not entered:
            first_turn = modifier_of(self._turn[end - 1])
            return Manoeuvre(StepType.EXIT_ROUNDABOUT, first_turn, end, end, exit_), end - 1
        whole = modifier_of(at.turn(edges[k], edges[end]))
        return Manoeuvre(StepType.ROUNDABOUT, whole, k + 1, end, exit_), end - 1

    def _lane(self, k: int) -> tuple[Manoeuvre | None, int] | None:
        """Return a turn over a turning lane as the turn it is, None if the link is a ramp.

        A lane into a roundabout is part of the way to it.
        """
        edges, end = self._edges, self._link_end(k)
        if end == len(edges) or self._is_ramp(k, end):
            return None
        if self._roundabout_at[end]:
            return None, k
        turn, same = self._at.turn(edges[k], edges[end]), self._keeps(k, end)
        if same and abs(turn) < AHEAD_DEG:
            return None, end - 1
        type_ = StepType.CONTINUE if same else StepType.TURN
        return Manoeuvre(type_, modifier_of(turn), k + 1, end), end - 1

    def _ramp(self, k: int) -> Manoeuvre | None:
        """Return the way onto a ramp: off a main road, or on to one; None on a short lane."""
        if not self._is_ramp(k, self._link_end(k)):
            return None
        off = self._rank[k] <= _RAMP_RANK
        return Manoeuvre(
            StepType.OFF_RAMP if off else StepType.ON_RAMP, self._beside(k), k + 1, k + 1
        )

    def _link_end(self, k: int) -> int:
        """Return the number of the first edge behind the links that begin behind edge k."""
        end = k + 1
        while end < len(self._edges) and self._link[end] and not self._roundabout_at[end]:
            end += 1
        return end

    def _is_ramp(self, k: int, end: int) -> bool:
        """Return True for links of great roads or long ones; the others are turning lanes."""
        great = min(self._rank[k + 1 : end]) <= _RAMP_RANK
        return great or self._along[end] - self._along[k + 1] > _LANE_M

    def _joining(self, k: int) -> Manoeuvre | None:
        """Return the end of a ramp: a merge where it runs into the road, else a turn."""
        turn = self._turn[k]
        if abs(turn) >= AHEAD_DEG or self._rank[k + 1] > _RAMP_RANK:
            return self._turning(k)
        # Who joins from the right comes heading to the left of the road.
        side = Modifier.SLIGHT_LEFT if turn > 0.0 else Modifier.SLIGHT_RIGHT
        return Manoeuvre(StepType.MERGE, side if turn else Modifier.STRAIGHT, k + 1, k + 1)

    def _u_turn(self, k: int) -> tuple[Manoeuvre, int] | None:
        """Return two turns to one side across a divided road, back along it, as one."""
        if abs(self._turn[k]) < AHEAD_DEG:
            return None
        for j in range(k + 1, len(self._turn)):
            far = self._along[j + 1] - self._along[k + 1] > _MEDIAN_M
            if far or self._roundabout_at[j + 1]:
                return None
            if abs(self._turn[j]) < AHEAD_DEG:
                continue
            around = self._turn[k] + self._turn[j]
            if abs(around) < _BACK_DEG or not self._keeps(k, j + 1):
                return None
            return Manoeuvre(StepType.CONTINUE, Modifier.UTURN, k + 1, j + 1), j
        return None

    def _turning(self, k: int) -> Manoeuvre | None:
        """Return a decision at a plain junction, None if there is none."""
        at, turn = self._at, self._turn[k]
        before, after = self._edges[k], self._edges[k + 1]
        modifier = modifier_of(turn)
        if self._obvious[k]:
            if self._same[k] or not (self._name[k + 1] or self._ref[k + 1]):
                return None
            type_ = StepType.NEW_NAME if abs(turn) <= _SECTORS[1][0] else StepType.TURN
            return Manoeuvre(type_, modifier, k + 1, k + 1)
        type_ = StepType.CONTINUE if self._same[k] else StepType.TURN
        others = self._others(k)
        if after == self._opposite[k]:
            modifier = Modifier.UTURN
        elif abs(turn) < AHEAD_DEG:
            if any(abs(one) < AHEAD_DEG for one in others) and not self._between(turn, others):
                modifier = self._beside(k)
                type_ = type_ if self._leaves[k] else StepType.FORK
        elif at.arms[at.head[before]] == 3 and any(_across(one, turn) for one in others):
            type_ = StepType.END_OF_ROAD
        return Manoeuvre(type_, modifier, k + 1, k + 1)

    @staticmethod
    def _between(turn: float, others: list[float]) -> bool:
        """Return True if ways ahead lie to the left and to the right of this one."""
        ahead = [one for one in others if abs(one) < AHEAD_DEG]
        return bool(ahead) and min(ahead) < turn < max(ahead)

    def _beside(self, k: int) -> Modifier:
        """Return which way to keep where ways part at small angles, by the others' directions."""
        turn = self._turn[k]
        if abs(turn) > _SECTORS[1][0]:
            return modifier_of(turn)
        ahead = [one for one in self._others(k) if abs(one) < AHEAD_DEG]
        if not ahead or self._between(turn, ahead):
            return modifier_of(turn)
        return Modifier.SLIGHT_LEFT if turn < min(ahead) else Modifier.SLIGHT_RIGHT


def _across(other: float, turn: float) -> bool:
    """Return True if another way leads to the other side."""
    return other * turn < 0.0 and abs(other) >= AHEAD_DEG
