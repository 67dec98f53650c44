"""Give a network the isolation valves its file does not call so: its TCVs, or the N-1 rule's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from domain.errors import BadFile
from domain.network import IsolationValve, Link, LinkKind, PipeNetwork, Position
from domain.places import LonLat
from domain.sentences import Sentence
from gis.crs import lines_in_metres, plane_around
from gis.reading.network_file import NetworkFile

TCV, N_1 = "TCV", "N-1"

#: How far from its junction a generated isolation valve is drawn, metres. Source: mainbreak
#: default, the reach of a valve chamber beside a crossing.
FROM_JUNCTION_M = 1.0


def with_isolation_valves(file: Path, found: NetworkFile, wanted: str | None) -> NetworkFile:
    """Return the file's network with the isolation valves the user asked for.

    Raises
    ------
    BadFile
        If the wish is neither TCV nor N-1, or the network has isolation valves of its own where
        the N-1 rule would make some.
    """
    if wanted is None:
        return found
    if wanted.upper() == TCV:
        return found.changed(_tcvs(found.network))
    if wanted.upper() != N_1:
        raise BadFile(
            file,
            f"cannot take {wanted} for isolation valves",
            f"give {TCV} (links) or {N_1} (rule)",
        )
    have = len(found.network.isolation_valves)
    if have:
        raise BadFile(
            file,
            f"holds {have} isolation valves of its own",
            f"leave --isolation-valves {N_1} out: the rule is for networks without any",
        )
    made = tuple(n_minus_1(found.network))
    return found.changed(replace(found.network, isolation_valves=made), _made(len(made)))


def _made(count: int) -> Sentence:
    return Sentence(
        zh=f"按 N-1 规则生成了 {count} 个阀门：它们是假设，不是现场实际阀门。",
        en=f"{count} isolation valves were made by the N-1 rule: assumed, not found in the street.",
    )


def n_minus_1(network: PipeNetwork) -> Iterator[IsolationValve]:
    """Yield an isolation valve for all but one pipe end where three links meet or more.

    The largest pipe goes without, of equal ones the longest, then the first by id: a large
    valve costs most, and shutting all the others still cuts that pipe off from the junction.

    Source: the N-1 placement of Walski and others, "Water distribution valve topology for
    reliability analysis", Reliability Engineering and System Safety 42 (1993).
    """
    degree: dict[str, int] = defaultdict(int)
    at: dict[str, list[Link]] = defaultdict(list)
    for link in network.links:
        for node in (link.start, link.end):
            degree[node] += 1
            if link.kind is LinkKind.PIPE and link not in at[node][-1:]:
                at[node].append(link)
    chosen = [
        (link, node.id)
        for node in network.nodes
        if degree[node.id] >= 3
        for link in sorted(at[node.id], key=_largest_first)[_spared(at[node.id], degree, node.id) :]
    ]
    places = _beside_junctions(chosen)
    for (link, node_id), place in zip(chosen, places, strict=True):
        yield IsolationValve(f"{link.id}@{node_id}", link.id, node_id, place)


def _largest_first(link: Link) -> tuple[float, float, str]:
    return -link.diameter_m, -link.length_m, link.id


def _spared(pipes: list[Link], degree: Mapping[str, int], node: str) -> int:
    """Return 1 if one of the pipes goes without, 0 if a pump or control valve does already."""
    ends = sum((link.start == node) + (link.end == node) for link in pipes)
    return 1 if ends == degree[node] else 0


def _beside_junctions(chosen: list[tuple[Link, str]]) -> list[LonLat]:
    """Return the place on each pipe 1 m from the junction, at most a quarter along it."""
    if not chosen:
        return []
    plane = plane_around([place for link, _ in chosen for place in link.path])
    lines = lines_in_metres(plane, [link.path for link, _ in chosen])
    spots = []
    for line, (link, node) in zip(lines, chosen, strict=True):
        off = min(FROM_JUNCTION_M, line.length / 4)
        spot = line.interpolate(off if link.start == node else line.length - off)
        spots.append(plane.place(spot.x, spot.y))
    return spots


def _tcvs(network: PipeNetwork) -> PipeNetwork:
    """Return the network with each TCV as an isolation valve that is that link.

    Its own position says whether it is shut; the link itself is open, and as wide as the widest
    pipe beside it, since files give such a TCV a placeholder diameter.
    """
    known = {valve.link for valve in network.isolation_valves}
    own = [one for one in network.links if one.kind is LinkKind.TCV and one.id not in known]
    widest_m, names = _widest_m(network.links), {link.id for link in own}
    links = tuple(_open(link, widest_m) if link.id in names else link for link in network.links)
    valves = (*network.isolation_valves, *(_isolation_valve(link) for link in own))
    return replace(network, links=links, isolation_valves=valves)


def _open(link: Link, widest_m: Mapping[str, float]) -> Link:
    beside = max(widest_m.get(link.start, 0.0), widest_m.get(link.end, 0.0))
    return replace(link, open=True, diameter_m=beside or link.diameter_m)


def _widest_m(links: Iterable[Link]) -> dict[str, float]:
    """Return the largest pipe diameter at each node, metres."""
    widest: dict[str, float] = {}
    for link in links:
        if link.kind is LinkKind.PIPE:
            for node in (link.start, link.end):
                widest[node] = max(widest.get(node, 0.0), link.diameter_m)
    return widest


def _isolation_valve(link: Link) -> IsolationValve:
    start, end = link.path[0], link.path[-1]
    middle = LonLat((start.lon + end.lon) / 2, (start.lat + end.lat) / 2)
    position = Position.OPEN if link.open else Position.CLOSED
    return IsolationValve(link.id, link.id, None, middle, position)
