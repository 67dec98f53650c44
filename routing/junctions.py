"""What a driver sees at each junction: which way is the obvious one, what else could be taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.streets import FloatArray, IntArray, StreetNetwork
from routing.bearings import Bearings, end_bearings, turned
from routing.opposites import opposites
from routing.turn_costs import streets_at

BoolArray = npt.NDArray[np.bool_]

#: Up to here a way leads ahead, beyond it is a turn, degrees.
#: Source: mainbreak default, looked at on the junctions of Heidelberg and Porto.
AHEAD_DEG = 45.0

#: The same where nothing else may be taken. Source: as above.
_ALONE_DEG = 60.0

#: By so much another way may be straighter and still not be mistaken for one's own street, degrees.
#: Source: mainbreak default.
_BEND_DEG = 20.0

#: Up to here a way leads straight on. Source: mainbreak default, looked at on Heidelberg.
_STRAIGHT_DEG = 15.0

#: Two carriageways of one street that part by less than this are one way. Source: as above.
_TWIN_DEG = 10.0

#: How much a street matters, 0 the most. Source: the order of OSM's highway classes.
_RANKS = {
    "motorway": 0,
    "trunk": 1,
    "primary": 2,
    "secondary": 3,
    "tertiary": 4,
    "unclassified": 5,
    "residential": 5,
    "road": 5,
    "living_street": 6,
    "service": 8,
}
_LEAST = max(_RANKS.values())

#: So many ranks above another, a street is the main one. Source: mainbreak default.
_CLEARLY = 2


@dataclass(frozen=True, slots=True)
class Choices:
    """What a driver can choose at each of k junctions.

    Attributes
    ----------
    obvious, beaten
        (k,) True where who is told nothing takes the next edge, and where surely another.
    begin, turn
        (k + 1,) and (t,): junction i has the other streets ``begin[i]`` to ``begin[i + 1]``, the
        way back not among them, each by its turn in degrees.
    """

    obvious: BoolArray
    beaten: BoolArray
    begin: IntArray
    turn: FloatArray


class Junctions:
    """The streets around every node, as arrays that a drive is looked up in.

    ``rank``, ``link``, ``roundabout`` and ``special`` (either of both) are (m,) by edge; ``arms``
    is (n,) how many streets meet at a node, ``exits`` (n,) how many edges leave it that go round
    no roundabout.
    """

    def __init__(self, streets: StreetNetwork, bearings: Bearings | None = None) -> None:
        self._out, self._into = bearings or end_bearings(streets)
        count, rules = len(streets.nodes), streets.rules
        edges = np.arange(len(streets.tail))
        self.head, self.name = streets.head, streets.name
        self.ref = rules.ref if len(rules.ref) else np.zeros_like(streets.name)
        self.opposite = opposites(streets)
        plain = [one.removesuffix("_link") for one in streets.classes]
        self.rank = np.array([_RANKS.get(one, _LEAST) for one in plain])[streets.road_class]
        links = np.array([one.endswith("_link") for one in streets.classes])
        self.link: BoolArray = links[streets.road_class]
        self.roundabout: BoolArray = np.zeros(len(edges), dtype=np.bool_)
        self.roundabout[rules.roundabouts] = True
        self.special: BoolArray = self.link | self.roundabout
        self._leaving = np.argsort(streets.tail, kind="stable")
        self._start = np.searchsorted(streets.tail[self._leaving], np.arange(count + 1))
        self.exits = np.bincount(streets.tail[~self.roundabout], minlength=count)
        self.arms = streets_at(streets, self.opposite)

    def turns(self, before: IntArray, after: IntArray) -> FloatArray:
        """Return the change of direction from each edge to the next, degrees, right positive."""
        return turned(self._into[before], self._out[after])

    def turn(self, before: int, after: int) -> float:
        """Return the same of one pair of edges, which need not meet."""
        return float(-((self._into[before] - self._out[after] + 180.0) % 360.0 - 180.0))

    def keeps(self, before: IntArray, after: IntArray) -> BoolArray:
        """Return where two edges are one street to a driver: by name, number, or neither known."""
        name, ref = self.name[before], self.ref[before]
        same_name = (name == self.name[after]) & (name != 0)
        same_ref = (ref == self.ref[after]) & (ref != 0)
        nameless = (name == 0) & (ref == 0) & (self.name[after] == 0) & (self.ref[after] == 0)
        alike = (self.rank[before] == self.rank[after]) & (self.link[before] == self.link[after])
        kept: BoolArray = same_name | same_ref | (nameless & alike)
        return kept

    def named(self, edge: IntArray) -> BoolArray:
        """Return which edges have a name or a number."""
        known: BoolArray = (self.name[edge] != 0) | (self.ref[edge] != 0)
        return known

    def choices(self, before: IntArray, after: IntArray, turn: FloatArray) -> Choices:
        """Return what can be chosen where ``before`` ends and ``after`` is driven.

        A bend without a junction is taken; so is the way that beats each other one. Where both
        are False two ways are as likely.
        """
        node = self.head[before]
        size = self._start[node + 1] - self._start[node]
        which = np.repeat(np.arange(len(node)), size)
        first = np.cumsum(size) - size
        place = np.arange(len(which)) - first[which] + self._start[node][which]
        other = self._leaving[place]
        seen = (other != after[which]) & (other != self.opposite[before[which]])
        away = turned(self._into[before[which]], self._out[other])
        begin = np.searchsorted(which[seen], np.arange(len(node) + 1))
        others = away[seen]
        twin = np.abs(away - turn[which]) < _TWIN_DEG
        seen &= ~(twin & self.named(other) & self.keeps(after[which], other))
        which, other, away = which[seen], other[seen], away[seen]
        here, own = before[which], after[which]
        ours, theirs = (own, np.abs(turn[which])), (other, np.abs(away))
        wins, loses = self._beats(here, ours, theirs), self._beats(here, theirs, ours)
        doubts = np.bincount(which[~wins | loses], minlength=len(node))
        beaten = np.bincount(which[loses & ~wins], minlength=len(node)) > 0
        alone = np.bincount(which, minlength=len(node)) == 0
        ahead = np.abs(turn) < np.where(alone, _ALONE_DEG, AHEAD_DEG)
        ahead |= self.arms[node] <= 2
        plain: BoolArray = (doubts == 0) & ahead & (after != self.opposite[before])
        return Choices(plain, beaten, begin, others)

    def _beats(
        self,
        before: IntArray,
        one: tuple[IntArray, FloatArray],
        other: tuple[IntArray, FloatArray],
    ) -> BoolArray:
        """Return where a driver takes ``one`` (edge, degrees off straight) rather than another."""
        (edge, bend), (edge2, bend2) = one, other
        rank, rank2 = self.rank[edge], self.rank[edge2]
        straighter = (bend2 >= AHEAD_DEG) & (bend2 >= 2.0 * bend)
        straighter |= (bend <= _STRAIGHT_DEG) & (bend2 >= bend + _BEND_DEG)
        straighter &= rank <= np.maximum(rank2, self.rank[before])
        similar = bend2 + _BEND_DEG >= bend
        named = self.keeps(before, edge) & ~self.keeps(before, edge2) & (rank <= rank2) & similar
        main = (rank + _CLEARLY <= rank2) & (similar | (rank2 == _LEAST))
        past_ramp = self.link[edge2] & ~self.link[edge] & similar
        beaten: BoolArray = (bend < AHEAD_DEG) & (straighter | named | main | past_ramp)
        return beaten
