"""All that never changes about the streets, laid out for the searches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from domain.streets import IntArray, StreetNetwork
from routing.bearings import Bearings, end_bearings
from routing.opposites import opposites
from routing.turns import TurnGraph, edge_ms, turn_graph


@dataclass(frozen=True, slots=True)
class Groups:
    """Members by group: those of group g are ``member[start[g]:start[g + 1]]``, ascending."""

    start: IntArray
    member: IntArray

    @classmethod
    def of(cls, group: IntArray, count: int) -> Groups:
        """Return the indexes of ``group`` by its values 0 to count - 1."""
        member = np.argsort(group, kind="stable")
        return cls(np.searchsorted(group[member], np.arange(count + 1)), member)

    def __getitem__(self, group: int) -> IntArray:
        return self.member[self.start[group] : self.start[group + 1]]

    def spread(self, groups: IntArray) -> tuple[IntArray, IntArray]:
        """Return (k,) which of ``groups`` each belongs to, and (k,) all their members in turn."""
        count = self.start[groups + 1] - self.start[groups]
        which = np.repeat(np.arange(len(groups)), count)
        ahead = np.repeat(np.cumsum(count) - count, count)
        place = np.repeat(self.start[groups], count) + np.arange(len(which)) - ahead
        return which, self.member[place]


@dataclass(frozen=True)
class Roads:
    """The streets with their turn graph, and who meets whom.

    Attributes
    ----------
    bearings
        Those of ``end_bearings``.
    opposite, ms
        (m,) the same street backwards, -1 if there is none; usual whole milliseconds.
    turns, coming
        The turn graph; its turns grouped by the state they lead to.
    states
        The states grouped by their edge.
    leaving, entering
        The edges grouped by the node they leave and the node they enter.
    """

    streets: StreetNetwork
    bearings: Bearings
    opposite: IntArray
    ms: IntArray
    turns: TurnGraph
    coming: Groups
    states: Groups
    leaving: Groups
    entering: Groups

    @classmethod
    def of(cls, streets: StreetNetwork) -> Roads:
        """Return the streets laid out."""
        bearings = end_bearings(streets)
        turns = turn_graph(streets, bearings)
        nodes, edges = len(streets.nodes), len(streets.tail)
        return cls(
            streets=streets,
            bearings=bearings,
            opposite=opposites(streets),
            ms=edge_ms(streets),
            turns=turns,
            coming=Groups.of(turns.head, len(turns.edge)),
            states=Groups.of(turns.edge, edges),
            leaving=Groups.of(streets.tail, nodes),
            entering=Groups.of(streets.head, nodes),
        )

    def onwards(self, state: int) -> tuple[int, int]:
        """Return the first turn out of a state and the one after the last."""
        return int(self.turns.start[state]), int(self.turns.start[state + 1])

    def turn_ms(self, before: IntArray, after: IntArray) -> IntArray:
        """Return the milliseconds of the turns from edges into others, which must be there."""
        keys, cost = self._turn_table
        found: IntArray = cost[np.searchsorted(keys, before * len(self.ms) + after)]
        return found

    @cached_property
    def _turn_table(self) -> tuple[IntArray, IntArray]:
        """The turns without history as ascending keys of both edges, and what each costs."""
        plain = slice(0, int(self.turns.start[len(self.ms)]))
        keys = self.turns.tail[plain] * len(self.ms) + self.turns.edge[self.turns.head[plain]]
        order = np.argsort(keys)
        return keys[order], self.turns.cost_ms[plain][order]
