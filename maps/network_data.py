"""The pipe network as the page needs it: pipes, isolation valves, hydrants, premises."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import atan2, cos, degrees, radians
from typing import Any

from domain.network import IsolationValve, Link, Operability, PipeNetwork
from domain.places import LonLat
from maps.detail import Detail
from maps.encode import path, place, places


def pipe_data(network: PipeNetwork, detail: Detail) -> dict[str, Any]:
    """Return columns of equal length, one entry a link, in the network's order."""
    roads, materials = _Words(), _Words()
    links = network.links
    return {
        "id": [link.id for link in links],
        "dn": [link.dn for link in links],
        "road": [roads.index(link.road) for link in links],
        "material": [materials.index(link.material) for link in links],
        "year": [link.year or 0 for link in links],
        "line": [path(link.path, detail.pipe_tolerance_m) for link in links],
        "roads": roads.words,
        "materials": materials.words,
    }


def isolation_valve_data(
    network: PipeNetwork, used: Collection[str], detail: Detail
) -> list[list[Any]]:
    """Return [id, lon, lat, turn, away, state, pipe row] of each isolation valve that is drawn.

    ``turn`` is how the symbol lies, degrees clockwise from east; ``away`` the direction off the
    junction, None where the isolation valve is a link of its own. ``used`` are ids that must be
    there; the pipe row is -1 where the pipe is unknown.
    """
    pipes = link_indexes(network)
    return [
        [
            valve.id,
            *place(valve.location),
            *_heading(network, valve),
            drawn_state(valve),
            pipes.get(valve.link, -1),
        ]
        for valve in network.isolation_valves
        if detail.idle_isolation_valves or valve.id in used
    ]


def hydrant_data(network: PipeNetwork, used: Collection[str], detail: Detail) -> dict[str, Any]:
    """Return the ids and places of the hydrants that are drawn."""
    shown = [one for one in network.hydrants if detail.idle_isolation_valves or one.id in used]
    return {"id": [one.id for one in shown], "at": places(one.location for one in shown)}


def premises_data(network: PipeNetwork, dry: Collection[str], detail: Detail) -> dict[str, Any]:
    """Return where premises keep their water: ``wet`` places, ``critical`` [lon, lat, kind]."""
    wet = [one for one in network.premises if one.id not in dry]
    drawn = (one.location for one in wet if not one.critical)
    return {
        "wet": places(drawn) if detail.wet_premises else [],
        "critical": [[*place(one.location), one.kind.value] for one in wet if one.critical],
    }


def link_indexes(network: PipeNetwork) -> dict[str, int]:
    """Return each link's row in ``pipe_data``."""
    return {link.id: row for row, link in enumerate(network.links)}


class _Words:
    """A growing list of distinct words."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._rows: dict[str, int] = {}

    def index(self, word: str) -> int:
        if word not in self._rows:
            self._rows[word] = len(self.words)
            self.words.append(word)
        return self._rows[word]


def drawn_state(valve: IsolationValve) -> str:
    """Return how the symbol looks: the worst that is known, else open or closed."""
    if valve.operability is Operability.INOPERABLE:
        return "inoperable"
    if not valve.accessible:
        return "inaccessible"
    if valve.operability is Operability.UNKNOWN:
        return "unknown"
    return valve.position.value


def _heading(network: PipeNetwork, valve: IsolationValve) -> Iterable[int | None]:
    """Return (rotation of the symbol, direction away from the junction or None), degrees."""
    link = network.link_by_id.get(valve.link)
    if link is None:
        return (0, None)
    if valve.node is None:
        return (_bearing(link.path[0], link.path[-1]), None)
    here, there = _first_step(link, valve.node)
    bearing = _bearing(here, there)
    return (bearing, bearing)


def _first_step(link: Link, node: str) -> tuple[LonLat, LonLat]:
    if node == link.end:
        return link.path[-1], link.path[-2]
    return link.path[0], link.path[1]


def _bearing(here: LonLat, there: LonLat) -> int:
    east = (there.lon - here.lon) * cos(radians(here.lat))
    return round(degrees(atan2(here.lat - there.lat, east)))
