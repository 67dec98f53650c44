"""The network as arrays in metres, which all looks of ``check`` read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

from domain.network import LinkKind, NodeKind, PipeNetwork
from domain.places import LonLat
from gis.crs import FloatArray, LocalMetres, plane_around

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Lines = npt.NDArray[Any]

#: Nearer than this, nodes are at one place and courses are one, metres.
#: Source: mainbreak default, what seven decimals of a degree can tell apart.
SAME_M = 0.01


@dataclass(frozen=True)
class Drawn:
    """Nodes and links by their row in the network; places are metres on ``plane``.

    Attributes
    ----------
    nodes
        (n, 2) places.
    ends
        (m, 2) node rows of each link, start first.
    pipes
        The rows of links that are pipes.
    lines
        Each link's course.
    """

    network: PipeNetwork
    plane: LocalMetres
    nodes: FloatArray
    ends: IntArray
    pipes: IntArray
    lines: Lines

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The pipes' courses; a number it answers is an index into ``pipes``."""
        return shapely.STRtree(self.lines[self.pipes])

    @cached_property
    def degree(self) -> IntArray:
        """How many link ends meet at each node."""
        return np.bincount(self.ends.ravel(), minlength=len(self.nodes))

    @cached_property
    def sources(self) -> BoolArray:
        """True for each node that is a reservoir or tank."""
        kinds = [node.kind is not NodeKind.JUNCTION for node in self.network.nodes]
        return np.array(kinds, dtype=bool)

    @cached_property
    def length_m(self) -> FloatArray:
        """What each link states as its length, metres."""
        return np.array([link.length_m for link in self.network.links], dtype=float)

    @cached_property
    def drawn_m(self) -> FloatArray:
        """How long each link is drawn, metres."""
        drawn: FloatArray = shapely.length(self.lines)
        return drawn

    @cached_property
    def link_row(self) -> dict[str, int]:
        """Rows of links by id."""
        return {link.id: row for row, link in enumerate(self.network.links)}

    @cached_property
    def node_row(self) -> dict[str, int]:
        """Rows of nodes by id."""
        return {node.id: row for row, node in enumerate(self.network.nodes)}

    def points(self, places: Sequence[LonLat]) -> Lines:
        """Return places as points on the plane."""
        points: Lines = shapely.points(self.plane.xy(places))
        return points

    def places(self, xy: FloatArray) -> list[LonLat]:
        """Return (n, 2) metres as places."""
        return [LonLat(lon, lat) for lon, lat in self.plane.lonlat(xy.reshape(-1, 2)).tolist()]

    def middles(self, links: IntArray) -> list[LonLat]:
        """Return the place halfway along each of these links."""
        halfway = shapely.line_interpolate_point(self.lines[links], 0.5, normalized=True)
        return self.places(shapely.get_coordinates(halfway))


def drawn(network: PipeNetwork) -> Drawn:
    """Return the network as arrays."""
    plane = plane_around([node.position for node in network.nodes])
    row = {node.id: number for number, node in enumerate(network.nodes)}
    links = network.links
    ends = np.array([(row[link.start], row[link.end]) for link in links], dtype=np.int64)
    pipe = np.array([link.kind is LinkKind.PIPE for link in links], dtype=bool)
    return Drawn(
        network=network,
        plane=plane,
        nodes=plane.xy([node.position for node in network.nodes]),
        ends=ends.reshape(-1, 2),
        pipes=np.flatnonzero(pipe),
        lines=_lines(network, plane),
    )


def _lines(network: PipeNetwork, plane: LocalMetres) -> Lines:
    xy = plane.xy([place for link in network.links for place in link.path])
    counts = np.array([len(link.path) for link in network.links], dtype=np.int64)
    lines: Lines = shapely.linestrings(xy, indices=np.repeat(np.arange(len(counts)), counts))
    return lines


def nodes_at_one_place(drawn: Drawn) -> IntArray:
    """Return for each node the row of the first node that stands where it stands, to 1 mm."""
    whole = np.rint(drawn.nodes * 1000.0).astype(np.int64)
    _spots, first, spot_of = np.unique(whole, axis=0, return_index=True, return_inverse=True)
    kept: IntArray = first[spot_of.reshape(-1)]
    return kept


def near_each_other(places: FloatArray, metres: float) -> IntArray:
    """Return (k, 2) rows of different places not farther apart than ``metres``."""
    if not len(places):
        return np.empty((0, 2), dtype=np.int64)
    pairs: IntArray = cKDTree(places).query_pairs(metres, output_type="ndarray").astype(np.int64)
    return pairs
