"""Times worked out before, by spot: a crew that moves costs a row, a new ticket a column."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np

from domain.streets import IntArray
from routing.between import Destinations
from routing.compiled import compiled
from routing.conditions import Conditions
from routing.hierarchy import FAR
from routing.inside import arriving, leaving
from routing.place_book import PlaceBook
from routing.searching import Times
from routing.seeds import Seeds
from routing.snap import Snapped

#: Not worked out yet.
_UNKNOWN = -1

#: Times kept at most; what does not fit any more is forgotten with all the rest. Source:
#: mainbreak default, 16 MiB: 500 crews by 8,000 orders.
_MOST = 4_000_000

#: A question for less than one in so many of the rows known is answered without following a change
#: to the rest. Source: measured: following takes as long as about a third of the rows.
_FEW = 4

#: A change is followed through the table if it has no more states times cells than this; else the
#: table is begun anew. Source: measured: beyond, following takes longer than working out anew.
_FOLLOWED = 8_000_000


@dataclass
class _Known:
    """Rows and columns by spot, and the times between them, ``_UNKNOWN`` where not worked out.

    ``asked`` are the destinations of the last question, as they were given, and their columns.
    """

    rows: dict[int, int] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    ms: Times = field(default_factory=lambda: np.full((0, 0), _UNKNOWN, dtype=np.int32))
    asked: tuple[IntArray, IntArray] | None = None

    def places(self, origins: IntArray, destinations: IntArray) -> tuple[IntArray, IntArray]:
        """Return the rows and columns of the spots; new ones are added."""
        rows = _numbered(self.rows, origins)
        if self.asked is None or self.asked[0] is not destinations:
            self.asked = (destinations, _numbered(self.columns, destinations))
        columns = self.asked[1]
        height, width = self.ms.shape
        if len(self.rows) > height or len(self.columns) > width:
            height = max(height, len(self.rows) * 5 // 4)
            width = max(width, len(self.columns) * 5 // 4)
            larger = np.full((height, width), _UNKNOWN, dtype=np.int32)
            larger[: len(self.ms), : self.ms.shape[1]] = self.ms
            self.ms = larger
        return rows, columns

    @property
    def full(self) -> bool:
        """True once it keeps more than ``_MOST`` times."""
        return self.ms.size > _MOST


def _numbered(numbers: dict[int, int], spots: IntArray) -> IntArray:
    """Return the number of each spot; a new one gets the next."""
    found = [numbers.setdefault(spot, len(numbers)) for spot in spots.tolist()]
    return np.array(found, dtype=np.int64)


class TimeTable:
    """The times between spots of one book under one version of the streets."""

    def __init__(self, now: Conditions, book: PlaceBook, before: TimeTable | None = None) -> None:
        self.now, self.book = now, book
        self._lock = threading.Lock()
        self._known = _Known()
        self._before = before
        self._ready: tuple[bytes, Destinations] | None = None

    def times(self, origins: IntArray, destinations: IntArray) -> Times:
        """Return (p, q) whole milliseconds between spots, ``FAR`` where there is no way."""
        before = self._before
        if before is not None and not before.much_of(origins):
            return Destinations(self.now, self.book.at(destinations)).times_from(
                self.book.at(origins)
            )
        self._inherit()
        with self._lock:
            if self._known.full:
                self._known = _Known()
            known = self._known
            rows, columns = known.places(origins, destinations)
            ms = known.ms[np.ix_(rows, columns)]
        unknown = ms == _UNKNOWN
        if not unknown.any():
            return ms
        new = unknown.all(axis=1)
        every = np.arange(len(destinations))
        self._fill(ms, (np.flatnonzero(new), every), origins, destinations)
        behind = np.flatnonzero(unknown[~new].any(axis=0))
        self._fill(ms, (np.flatnonzero(~new), behind), origins, destinations)
        with self._lock:
            known.ms[np.ix_(rows, columns)] = ms
        return ms

    def _fill(
        self,
        ms: Times,
        cells: tuple[IntArray, IntArray],
        origins: IntArray,
        destinations: IntArray,
    ) -> None:
        """Work out these rows at these columns."""
        rows, columns = cells
        if len(rows) and len(columns):
            ready = self._prepared(destinations[columns])
            ms[np.ix_(rows, columns)] = ready.times_from(self.book.at(origins[rows]))

    def _prepared(self, spots: IntArray) -> Destinations:
        """Return these destinations prepared; those of the last question are kept."""
        key, ready = spots.tobytes(), self._ready
        if ready is None or ready[0] != key:
            ready = (key, Destinations(self.now, self.book.at(spots)))
            self._ready = ready
        return ready[1]

    def after(self, now: Conditions) -> TimeTable:
        """Return the table under the next version.

        What the change cannot have touched is taken over by the first who asks; those who ask
        meanwhile do not wait for it.
        """
        unused = self._before if self._before is not None and not self._known.ms.size else self
        return TimeTable(now, self.book, unused)

    def much_of(self, origins: IntArray) -> bool:
        """Return True if so many origins are asked for that following a change to them pays.

        That takes as long as some dozen rows of what is known.
        """
        return _FEW * len(origins) >= len(self._known.rows)

    def _inherit(self) -> None:
        with self._lock:
            before, self._before = self._before, None
        known = before._untouched(self.now) if before is not None else None
        if known is not None:
            with self._lock:
                if not self._known.ms.size:
                    self._known = known

    def _untouched(self, now: Conditions) -> _Known | None:
        """Return the times that hold under another version too, None if that is not worth it."""
        edges = _changed_edges(self.now, now)
        _, states = now.roads.states.spread(edges)
        with self._lock:
            old = self._known
            cells = len(old.rows) * len(old.columns)
            if not (now.search.swift and 0 < len(states) * cells <= _FOLLOWED):
                return None
            kept = old.ms[: len(old.rows), : len(old.columns)].copy()
            known = _Known(dict(old.rows), dict(old.columns), kept)
        rows, columns = self._spots(known.rows), self._spots(known.columns)
        here, there = self.book.at(rows), self.book.at(columns)
        worse, better = _changes(self.now, now)
        for version, matters in ((self.now, worse), (now, better)):
            origins = leaving(version.roads, version.edges, here)
            destinations = arriving(version.roads, version.edges, there)
            kept[_affected(edges, here, origins), :] = _UNKNOWN
            kept[:, _affected(edges, there, destinations)] = _UNKNOWN
            if matters:
                _forget(kept, *_by_way_of(version, states, origins, destinations))
        return known

    @staticmethod
    def _spots(places: dict[int, int]) -> IntArray:
        return np.fromiter(places, dtype=np.int64, count=len(places))


def _changed_edges(old: Conditions, new: Conditions) -> IntArray:
    a, b = old.edges, new.edges
    return np.flatnonzero((a.ms != b.ms) | (a.closed != b.closed) | (a.entry != b.entry))


def _changes(old: Conditions, new: Conditions) -> tuple[bool, bool]:
    """Return whether any edge is slower or shut now, and whether any is faster or open.

    Only ways that were driven can have become slower, only ways that can be driven now faster.
    """
    a, b = old.edges, new.edges
    worse = bool(((b.ms > a.ms) | (b.closed & ~a.closed)).any())
    return worse, bool(((b.ms < a.ms) | (a.closed & ~b.closed)).any())


def _by_way_of(
    now: Conditions, states: IntArray, origins: Seeds, destinations: Seeds
) -> tuple[Times, Times]:
    """Return (p, s) the times from each origin to each state, and (s, q) from there onwards."""
    each, none = np.arange(len(states) + 1), np.zeros(len(states), dtype=np.int64)
    stop = Seeds(each, states, none, none, None)
    to = now.search.to(stop).times(origins.begin, origins.state, origins.ms)
    return to, now.search.to(destinations).times(each, states, none)


@compiled
def _forget(times: Times, to: Times, onwards: Times) -> None:
    """Make unknown what may lead by way of a state: where that would take no longer."""
    for origin in range(len(to)):
        for state in range(len(onwards)):
            before = to[origin, state]
            if before < FAR:
                for destination in range(onwards.shape[1]):
                    if before + onwards[state, destination] <= times[origin, destination]:
                        times[origin, destination] = _UNKNOWN


def _affected(edges: IntArray, places: Snapped, seeds: Seeds) -> IntArray:
    """Return the places on these edges, and those with closed streets around them."""
    on = np.flatnonzero(np.isin(places.edge, edges).any(axis=1))
    if seeds.inside is None:
        return on
    return np.union1d(on, np.flatnonzero(np.diff(seeds.inside.begin))).astype(np.int64)
