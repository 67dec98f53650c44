"""A network in which nodes or pipes stand for others, and everything that named those follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.network import IsolationValve, Link, PipeNetwork


def join_nodes(network: PipeNetwork, keep_for: Mapping[str, str]) -> PipeNetwork:
    """Return the network in which each node named as a key is the node named as its value.

    Courses are drawn to the node that stays; stated lengths stay as they are.
    """

    def node(name: str | None) -> str | None:
        return name if name is None else keep_for.get(name, name)

    return replace(
        network,
        nodes=tuple(one for one in network.nodes if one.id not in keep_for),
        links=tuple(_moved(network, link, keep_for) for link in network.links),
        isolation_valves=tuple(
            replace(one, node=node(one.node)) if one.node in keep_for else one
            for one in network.isolation_valves
        ),
        premises=tuple(
            replace(one, node=node(one.node)) if one.node in keep_for else one
            for one in network.premises
        ),
    )


def _moved(network: PipeNetwork, link: Link, keep_for: Mapping[str, str]) -> Link:
    if link.start not in keep_for and link.end not in keep_for:
        return link
    start, end, path = link.start, link.end, link.path
    if start in keep_for:
        start = keep_for[start]
        path = (network.node_by_id[start].position, *path[1:])
    if end in keep_for:
        end = keep_for[end]
        path = (*path[:-1], network.node_by_id[end].position)
    return replace(link, start=start, end=end, path=path)


def put_on_twins(network: PipeNetwork, twin_of: Mapping[str, str]) -> PipeNetwork:
    """Return the network without the pipes named as keys; what sat on them is on their twins."""
    return replace(
        network,
        links=tuple(one for one in network.links if one.id not in twin_of),
        isolation_valves=tuple(_on_twin(one, twin_of) for one in network.isolation_valves),
        hydrants=tuple(
            replace(one, link=twin_of[one.link]) if one.link in twin_of else one
            for one in network.hydrants
        ),
        premises=tuple(
            replace(one, link=twin_of.get(one.link, one.link)) if one.link else one
            for one in network.premises
        ),
    )


def _on_twin(valve: IsolationValve, twin_of: Mapping[str, str]) -> IsolationValve:
    return replace(valve, link=twin_of[valve.link]) if valve.link in twin_of else valve
