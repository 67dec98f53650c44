"""Criticality joined with places, roads and diameters; kept for as long as the network stands."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import gis
from domain.critical_places import (
    UNRANKED,
    CriticalPlaces,
    CriticalSegment,
    CriticalValve,
)
from domain.criticality import Criticality, StuckLoss
from domain.network import IsolationValve, PipeNetwork
from domain.progress import Progress, quiet
from operations.ground import Ground

#: Of so many of the worst segments it is said where one more isolation valve would help most.
#: Source: mainbreak default; a year's programme of a utility has about as many.
SITES_FOR = 20

#: The share of the bar that the figures take; the rest is the search for sites.
_FIGURES = 0.6


def critical_places(network: PipeNetwork, progress: Progress = quiet) -> CriticalPlaces:
    """Return what every burst and every stuck isolation valve would cost, and where; worst first.

    Seconds on a large network: never call it while others wait for a write.
    """
    found = gis.criticality(network, lambda done, what: progress(_FIGURES * done, what))
    segments = gis.segment_of(network)
    worst = [one.pipe for one in found.segments[:SITES_FOR]]
    progress(_FIGURES, "sites")
    sites = gis.valve_sites(
        network, worst, lambda done, what: progress(_FIGURES + (1 - _FIGURES) * done, what)
    )
    rank = {segments.of_link(one.pipe): row for row, one in enumerate(found.segments)}
    return CriticalPlaces(
        segments=tuple(
            CriticalSegment(loss, link.road, link.dn, gis.halfway(link.path), sites.get(loss.pipe))
            for loss in found.segments
            for link in [network.link_by_id[loss.pipe]]
        ),
        valves=tuple(_valves(network, found, segments)),
        segment_of_link=tuple(
            rank.get(segments.of_link(link.id), UNRANKED) for link in network.links
        ),
    )


def _valves(
    network: PipeNetwork, found: Criticality, segments: gis.Segments
) -> Iterator[CriticalValve]:
    alone = {segments.of_link(one.pipe): one.premises_out for one in found.segments}
    for loss in found.stuck:
        valve = network.isolation_valve_by_id[loss.isolation_valve]
        link = network.link_by_id[valve.link]
        sides = _sides(network, segments, valve)
        least = min((alone[side] for side in sides if side in alone), default=None)
        at_most = _at_most(loss, least)
        yield CriticalValve(loss, link.id, link.road, link.dn, valve.location, at_most)


def _at_most(loss: StuckLoss, least: int | None) -> int:
    """Return how many more on the side that alone costs least; only sides with pipes burst."""
    return loss.more if least is None else loss.premises_out - least


def _sides(network: PipeNetwork, segments: gis.Segments, valve: IsolationValve) -> tuple[int, int]:
    """Return the segments an isolation valve parts."""
    link = network.link_by_id[valve.link]
    if valve.node is None:
        return segments.of_node(link.start), segments.of_node(link.end)
    return segments.of_link(link.id), segments.of_node(valve.node)


class CriticalPlacesKeeper:
    """Keeps the figures of one database until its network or its isolation valves change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[tuple[int, int], CriticalPlaces] | None = None

    def of(self, ground: Ground) -> CriticalPlaces:
        """Return the figures of this ground; one reckons, others wait for it.

        Call it outside a unit of work: on a large network it takes a while.
        """
        network, valves = ground.version.network, ground.version.valves
        with self._lock:
            if self._kept is None or self._kept[0] != (network, valves):
                self._kept = (network, valves), critical_places(ground.network)
            return self._kept[1]
