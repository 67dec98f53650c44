"""Bring a pipe network in: EPANET INP or network GeoJSON, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gis
from domain.network import PipeNetwork
from domain.places import LonLat
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class NetworkImport:
    """What was stored, and what became of the premises.

    Attributes
    ----------
    kept_premises
        How many of the network's premises were stored before and kept.
    lost_premises
        How many stored premises the file's own took the place of.
    unconnected_premises
        How many have no pipe or node within reach.
    """

    network: PipeNetwork
    kept_premises: int
    lost_premises: int
    unconnected_premises: int

    @property
    def middle(self) -> LonLat:
        """The middle of the network's nodes, so that a wrong CRS is seen at once."""
        places = [node.position for node in self.network.nodes]
        return LonLat(
            sum(one.lon for one in places) / len(places),
            sum(one.lat for one in places) / len(places),
        )


def read_network(file: Path, crs: str | None, isolation_valves: str | None) -> PipeNetwork:
    """Return the network of a file, by its ending.

    Raises
    ------
    BadFile
        If the ending is not one of those read, or the file is not what it claims.
    """
    return gis.read_network(file, crs=crs, isolation_valves=isolation_valves).network


def import_network(
    work: UnitOfWork, file: Path, *, crs: str | None = None, isolation_valves: str | None = None
) -> NetworkImport:
    """Replace the stored network by the file's; premises already known are connected again.

    Premises in the file win over stored ones; a file without premises keeps the stored ones.
    """
    network = read_network(file, crs, isolation_valves)
    known = work.network.load().premises if work.network.exists() else ()
    keeps = not network.premises
    if keeps:
        network = gis.connect_premises(network, known)
    work.network.save(network)
    work.commit()
    return NetworkImport(
        network=network,
        kept_premises=len(known) if keeps else 0,
        lost_premises=0 if keeps else len(known),
        unconnected_premises=sum(not (one.link or one.node) for one in network.premises),
    )
