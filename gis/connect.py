"""Give every premises its connection: the pipe or node it names, else the nearest pipe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.network import PipeNetwork, Premises
from gis.snap import Snapper


def connect_premises(network: PipeNetwork, premises: Iterable[Premises]) -> PipeNetwork:
    """Return the network with these premises instead of its own, connected.

    A premises that names a pipe or node of the network keeps it. One that names none, or one the
    network does not hold, is put on the nearest pipe; beyond 2 km it stays without connection,
    which ``check`` reports.
    """
    snapper = Snapper(network)
    return network.with_premises(_connected(network, snapper, one) for one in premises)


def _connected(network: PipeNetwork, snapper: Snapper, one: Premises) -> Premises:
    if one.link in network.link_by_id or one.node in network.node_by_id:
        return one
    snap = snapper.snap(one.location)
    return replace(one, link=snap.link if snap else None, node=None)
