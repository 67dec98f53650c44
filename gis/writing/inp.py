"""Write a network as an EPANET 2.2 INP that EPANET and wntr read, and mainbreak reads back equal.

What an INP has no section for stands in comments (``gis.reading.inp_extras``). Pump power,
valve settings, tank heights and the roughness of a pipe that has none are placeholders.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import pi, sqrt
from pathlib import Path

from domain.network import Link, LinkKind, Node, NodeKind, PipeNetwork
from gis.crs import WGS84
from gis.reading.inp_extras import MARK, UNKNOWN_ROUGHNESS
from gis.writing.network_geojson import (
    compact,
    hydrant_feature,
    isolation_valve_feature,
    link_feature,
    node_feature,
    premises_feature,
)
from gis.writing.whole import whole_file

#: Placeholders: pump power in kW, metres of water in a tank.
#: Source: mainbreak defaults; EPANET asks for them, isolation does not.
POWER_KW, LEVEL_M = 10, 3.0

#: EPANET's ids have up to 31 characters and no spaces, quotes or semicolons.
#: Source: EPANET 2.2 manual, input file format.
MOST_ID = 31

#: What EPANET is told of a diameter or length of nothing, metres: it takes none.
LEAST_M = 0.001

#: Litres a second in a cubic metre a day.
LPS = 1000.0 / 86_400.0


def write_inp(network: PipeNetwork, path: Path) -> None:
    """Write the INP, whole or not at all; coordinates are WGS-84 degrees."""
    with whole_file(path) as draft:
        text = "\n".join(_lines(network)) + "\n"
        draft.write_text(text, encoding="utf-8", newline="\n")


def _lines(network: PipeNetwork) -> Iterator[str]:
    node_ids = _inp_ids(node.id for node in network.nodes)
    link_ids = _inp_ids(link.id for link in network.links)
    shut = _shut(network)
    yield from (
        "[TITLE]",
        *_comment(network.name),
        "",
        "[OPTIONS]",
        "UNITS LPS",
        "HEADLOSS H-W",
        "",
    )
    yield from _node_sections(network, node_ids)
    yield from _link_sections(network, node_ids, link_ids, shut)
    yield from _map_sections(network, node_ids, link_ids)
    yield ";What EPANET has no section for; mainbreak reads it back."
    yield from _extras(network, node_ids, link_ids, shut)
    yield "[END]"


def _comment(text: str) -> list[str]:
    return [f";{' '.join(text.split())}"] if text else []


def _inp_ids(ids: Iterable[str]) -> dict[str, str]:
    """Return each id as EPANET can take it; one that it cannot take is numbered instead."""
    wanted = list(ids)
    taken, found = set(wanted), {}
    for number, name in enumerate(wanted, start=1):
        fits = len(name.encode()) <= MOST_ID and not any(one in name for one in " \t\n\r;\"'[")
        plain = name
        while not fits:
            plain = f"_{number}"
            fits = plain not in taken
            number = number + len(wanted)  # noqa: PLW2901 - the next number nobody has
        found[name] = plain
        taken.add(plain)
    return found


def _shut(network: PipeNetwork) -> set[str]:
    """Return the links that carry no water: closed themselves, or by an isolation valve."""
    closed = {link.id for link in network.links if not link.open}
    return closed | {one.link for one in network.isolation_valves if not one.is_open}


def _node_sections(network: PipeNetwork, ids: Mapping[str, str]) -> Iterator[str]:
    demand = _demands(network)
    by_kind: dict[NodeKind, list[Node]] = defaultdict(list)
    for node in network.nodes:
        by_kind[node.kind].append(node)
    yield "[JUNCTIONS]"
    for node in by_kind[NodeKind.JUNCTION]:
        yield f"{ids[node.id]} {node.elevation_m!r} {demand.get(node.id, 0.0) * LPS!r}"
    yield "[RESERVOIRS]"
    for node in by_kind[NodeKind.RESERVOIR]:
        yield f"{ids[node.id]} {node.elevation_m!r}"
    yield "[TANKS]"
    for node in by_kind[NodeKind.TANK]:
        yield f"{ids[node.id]} {node.elevation_m!r} {LEVEL_M} 0 {2 * LEVEL_M} {_wide_m(node)!r} 0"


def _wide_m(tank: Node) -> float:
    """Return the diameter at which a tank's level holds its volume; one of no volume is small."""
    return max(0.01, sqrt(4.0 * (tank.volume_m3 or 0.0) / (pi * LEVEL_M)))


def _demands(network: PipeNetwork) -> dict[str, float]:
    """Return m3 a day by node: premises draw at their node, or at the start of their pipe."""
    found: dict[str, float] = defaultdict(float)
    for one in network.premises:
        link = network.link_by_id.get(one.link or "")
        node = one.node or (link.start if link else None)
        if node is not None and one.demand_m3_d:
            found[node] += one.demand_m3_d
    return found


def _link_sections(
    network: PipeNetwork, nodes: Mapping[str, str], ids: Mapping[str, str], shut: set[str]
) -> Iterator[str]:
    def ends(link: Link) -> str:
        return f"{ids[link.id]} {nodes[link.start]} {nodes[link.end]}"

    pipes = [link for link in network.links if link.kind is LinkKind.PIPE]
    pumps = [link for link in network.links if link.kind is LinkKind.PUMP]
    valves = [one for one in network.links if one.kind not in {LinkKind.PIPE, LinkKind.PUMP}]
    yield "[PIPES]"
    for link in pipes:
        status = "Closed" if link.id in shut else "CV" if link.check_valve else "Open"
        rough = UNKNOWN_ROUGHNESS if link.roughness is None else link.roughness
        size = f"{max(link.length_m, LEAST_M)!r} {_mm(link)!r} {rough!r}"
        yield f"{ends(link)} {size} 0 {status}"
    yield "[PUMPS]"
    yield from (f"{ends(link)} POWER {POWER_KW}" for link in pumps)
    yield "[VALVES]"
    for link in valves:
        setting = "gpv_curve" if link.kind is LinkKind.GPV else "0"
        yield f"{ends(link)} {_mm(link)!r} {_kind(network, link).value.upper()} {setting} 0"
    if any(link.kind is LinkKind.GPV for link in valves):
        yield from ("[CURVES]", "gpv_curve 0 0", "gpv_curve 1000 1")
    yield "[STATUS]"
    yield from (f"{ids[link.id]} Closed" for link in (*pumps, *valves) if link.id in shut)


def _kind(network: PipeNetwork, link: Link) -> LinkKind:
    """Return the kind to write: EPANET has no PRV, PSV or FCV beside a reservoir or tank.

    Source: EPANET 2.2 manual, error 219.
    """
    ends = {network.node_by_id[node].kind for node in (link.start, link.end)}
    barred = link.kind in {LinkKind.PRV, LinkKind.PSV, LinkKind.FCV}
    return LinkKind.TCV if barred and ends != {NodeKind.JUNCTION} else link.kind


def _mm(link: Link) -> float:
    return max(link.diameter_m, LEAST_M) * 1000.0


def _map_sections(
    network: PipeNetwork, nodes: Mapping[str, str], ids: Mapping[str, str]
) -> Iterator[str]:
    yield "[COORDINATES]"
    for node in network.nodes:
        yield f"{nodes[node.id]} {node.position.lon!r} {node.position.lat!r}"
    yield "[VERTICES]"
    for link in network.links:
        yield from (f"{ids[link.id]} {one.lon!r} {one.lat!r}" for one in link.path[1:-1])


def _extras(
    network: PipeNetwork, nodes: Mapping[str, str], ids: Mapping[str, str], shut: set[str]
) -> Iterator[str]:
    """Yield the comments: a header, then a feature for all that the sections above do not hold."""
    yield MARK + json.dumps({"crs": WGS84, "name": network.name}, ensure_ascii=False)
    for node in network.nodes:
        told = node.kind is NodeKind.TANK or node.pressure_m is not None
        if told or nodes[node.id] != node.id:
            yield _feature(node_feature(node), nodes[node.id])
    for link in network.links:
        if not _held(network, link, ids[link.id], shut):
            yield _feature(link_feature(link), ids[link.id])
    yield from map(_feature, map(isolation_valve_feature, network.isolation_valves))
    yield from map(_feature, map(hydrant_feature, network.hydrants))
    yield from map(_feature, map(premises_feature, network.premises))


def _held(network: PipeNetwork, link: Link, name: str, shut: set[str]) -> bool:
    """Return True if an INP's own sections hold all there is to a link."""
    ends = (network.node_by_id[link.start].position, network.node_by_id[link.end].position)
    plain = not (link.material or link.year or link.road or link.zone)
    stands = link.open == (link.id not in shut) and not (link.check_valve and link.id in shut)
    pump, pipe = link.kind is LinkKind.PUMP, link.kind is LinkKind.PIPE
    whole = link.length_m >= LEAST_M if pipe else link.length_m == 0.0
    wide = link.diameter_m == 0.0 if pump else link.diameter_m >= LEAST_M
    whole = whole and _kind(network, link) is link.kind
    rough = link.roughness != UNKNOWN_ROUGHNESS if pipe else link.roughness is None
    there = (link.path[0], link.path[-1]) == ends
    return plain and stands and whole and wide and rough and there and name == link.id


def _feature(one: dict[str, object], name: str = "") -> str:
    properties = one["properties"]
    if name and isinstance(properties, dict) and properties["id"] != name:
        properties["inp"] = name
    return MARK + compact(one)
