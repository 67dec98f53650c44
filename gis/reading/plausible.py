"""Pressures and roughnesses that cannot be count as unknown, whatever file they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from domain.network import Link, Node, PipeNetwork
from domain.sentences import Sentence
from gis.reading.network_file import NetworkFile

#: Pressures of a main, metres of water: from vacuum on, up to what no main bears.
#: Source: 10 m of water are an atmosphere; pipes are made for 1.0 to 2.5 MPa (GB/T 13295), 300 m
#: is mainbreak's default.
LEAST_PRESSURE_M, MOST_PRESSURE_M = -10.0, 300.0

#: Hazen-Williams C: less is another formula's roughness (Manning's 0.013, or millimetres), more
#: than a made-up pipe without friction has is a slip. Source: mainbreak defaults; C of real pipes
#: is 40 to 160 (EPANET 2.2 manual, table 3.2).
LEAST_ROUGHNESS, MOST_ROUGHNESS = 10.0, 10_000.0

T = TypeVar("T", Node, Link)


def with_plausible_figures(found: NetworkFile) -> NetworkFile:
    """Return the file's network without impossible figures; a note counts each kind."""
    network = found.network
    nodes, no_node = _cleared(network.nodes, _is_odd_node, _without_pressure)
    links, no_link = _cleared(network.links, _is_odd_link, _without_roughness)
    if not (no_node or no_link):
        return found
    cleared: PipeNetwork = replace(network, nodes=nodes, links=links)
    notes = [_pressures(no_node)] if no_node else []
    notes += [_roughnesses(no_link)] if no_link else []
    return found.changed(cleared, *notes)


def _cleared(
    things: Sequence[T], is_odd: Callable[[T], bool], clear: Callable[[T], T]
) -> tuple[tuple[T, ...], list[T]]:
    odd = [one for one in things if is_odd(one)]
    if not odd:
        return tuple(things), []
    return tuple(clear(one) if is_odd(one) else one for one in things), odd


def _is_odd_node(node: Node) -> bool:
    pressure_m = node.pressure_m
    return pressure_m is not None and not LEAST_PRESSURE_M <= pressure_m <= MOST_PRESSURE_M


def _is_odd_link(link: Link) -> bool:
    roughness = link.roughness
    return roughness is not None and not LEAST_ROUGHNESS <= roughness <= MOST_ROUGHNESS


def _without_pressure(node: Node) -> Node:
    return replace(node, pressure_m=None)


def _without_roughness(link: Link) -> Link:
    return replace(link, roughness=None)


def _pressures(odd: Sequence[Node]) -> Sentence:
    first = odd[0]
    return Sentence(
        zh=f"{len(odd)} 个节点的压力不可能，按未知处理，第一个是 {first.id}"
        f"（{first.pressure_m:g} 米）。",
        en=f"{len(odd)} nodes have an impossible pressure, which counts as unknown; the first is "
        f"{first.id} ({first.pressure_m:g} m).",
    )


def _roughnesses(odd: Sequence[Link]) -> Sentence:
    first = odd[0]
    return Sentence(
        zh=f"{len(odd)} 条管线的海曾威廉系数不可能，按未知处理，第一条是 {first.id}"
        f"（{first.roughness:g}）。",
        en=f"{len(odd)} pipes have an impossible Hazen-Williams roughness, which counts as "
        f"unknown; the first is {first.id} ({first.roughness:g}).",
    )
