"""Hydrants and premises of a layer, each with the pipe or node that feeds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan

from domain.network import Hydrant, Node, Premises
from domain.sentences import Sentence
from domain.words import PremisesKind
from gis.reading.along import Lines
from gis.reading.columns import Columns
from gis.snap import REACH_M


def hydrants(columns: Columns, lines: Lines) -> Iterator[Hydrant]:
    """Yield a layer's hydrants, each on the pipe it names, else on the nearest."""
    ids = list(lines.number)
    places = columns.places()
    nearest = lines.nearest(places).tolist()
    for index, (name, link) in enumerate(zip(columns.ids("H"), columns.texts("link"), strict=True)):
        if link and link not in lines.number and f"{link}/1" not in lines.number:
            _unknown(columns, index, "link", "pipe", link)
        on = link if link in lines.number else ids[nearest[index]]
        yield Hydrant(name, on, places[index])


def premises(
    columns: Columns, lines: Lines, nodes: Mapping[str, Node], notes: list[Sentence]
) -> Iterator[Premises]:
    """Yield a layer's premises, each at the pipe or node it names, else on the nearest pipe.

    Beyond 2 km of every pipe one stays without connection, which ``check`` reports.
    """
    places = columns.places()
    links, at = columns.texts("link"), columns.texts("node")
    feeding = _feeding(columns, lines, nodes, links, at)
    _tell(columns, sum(not link and not node for link, node in zip(links, at, strict=True)), notes)
    texts = [columns.texts(one) for one in ("account", "name", "phone", "address", "meter")]
    kinds = [PremisesKind(one) for one in columns.words("kind", "home")]
    critical = columns.flags("critical", usual=False)
    demand = columns.numbers("demand_m3_d").tolist()
    for index, name in enumerate(columns.ids("C")):
        account, owner, phone, address, meter = (some[index] for some in texts)
        link, node = feeding[index]
        yield Premises(
            name,
            places[index],
            link,
            node,
            kinds[index],
            critical[index],
            account,
            owner,
            phone,
            address,
            None if isnan(demand[index]) else demand[index],
            meter,
        )


def _feeding(
    columns: Columns,
    lines: Lines,
    nodes: Mapping[str, Node],
    links: list[str],
    at: list[str],
) -> list[tuple[str | None, str | None]]:
    """Return the link and node, at most one of them, of each premises."""
    ids = list(lines.number)
    places = columns.places()
    found: list[tuple[str | None, str | None]] = []
    loose = [
        index for index, link in enumerate(links) if link not in lines.number and not at[index]
    ]
    nearest = lines.nearest([places[index] for index in loose]).tolist()
    spots = iter(lines.spots([places[index] for index in loose], nearest))
    for index, (link, node) in enumerate(zip(links, at, strict=True)):
        if link in lines.number:
            found.append((link, None))
        elif link and f"{link}/1" not in lines.number:
            _unknown(columns, index, "link", "pipe", link)
        elif node:
            if node not in nodes:
                _unknown(columns, index, "node", "node", node)
            found.append((None, node))
        else:
            spot = next(spots)
            found.append((ids[spot.pipe] if spot.off_m <= REACH_M else None, None))
    return found


def _unknown(columns: Columns, index: int, target: str, kind: str, name: str) -> None:
    problem = f"names a {kind} that does not exist: {name}"
    columns.fault(index, columns.field(target), problem, f"add the {kind} or correct the name")


def _tell(columns: Columns, count: int, notes: list[Sentence]) -> None:
    if count:
        notes.append(
            Sentence(
                zh=f"{count} 个用水户没有写明所接管线，已接到最近的管线。",
                en=f"{count} premises name no pipe; each was connected to the nearest.",
            )
        )
