"""Bring a pipe network in: EPANET INP or network GeoJSON, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gis
from domain.errors import BadFile
from domain.network import PipeNetwork
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class NetworkCounts:
    """What an imported network holds, by kind; metres of pipe."""

    nodes: int
    links: int
    isolation_valves: int
    hydrants: int
    premises: int
    pipe_m: float


def counts_of(network: PipeNetwork) -> NetworkCounts:
    """Return how much of each kind the network holds."""
    return NetworkCounts(
        nodes=len(network.nodes),
        links=len(network.links),
        isolation_valves=len(network.isolation_valves),
        hydrants=len(network.hydrants),
        premises=len(network.premises),
        pipe_m=sum(link.length_m for link in network.links),
    )


def read_network(file: Path, crs: str | None, isolation_valves: str | None) -> PipeNetwork:
    """Return the network of a file, by its ending.

    Raises
    ------
    BadFile
        If the ending is not one of those read, or the file is not what it claims.
    """
    ending = file.suffix.lower()
    if ending == ".inp":
        return gis.read_inp(file, crs=crs or "", isolation_valves=isolation_valves)
    if ending in {".geojson", ".json"}:
        return gis.read_network_geojson(file)
    raise BadFile(
        file, f"cannot read a network from a {ending or 'nameless'} file", "give .inp or .geojson"
    )


def import_network(
    work: UnitOfWork, file: Path, *, crs: str | None = None, isolation_valves: str | None = None
) -> NetworkCounts:
    """Replace the stored network by the file's; premises already known are connected again.

    Premises in the file win over stored ones; a file without premises keeps the stored ones.
    """
    network = read_network(file, crs, isolation_valves)
    if not network.premises and work.network.exists():
        known = work.network.load().premises
        network = gis.connect_premises(network, known)
    work.network.save(network)
    work.commit()
    return counts_of(network)
