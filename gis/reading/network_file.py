"""What reading a network file answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.network import PipeNetwork
from domain.sentences import Sentence

#: How far apart pipe ends may lie and still meet, metres: a digitiser's slip, not a gap that a
#: person drew. Source: mainbreak default.
SNAP_M = 0.05


@dataclass(frozen=True)
class NetworkFile:
    """A network as a file holds it.

    Attributes
    ----------
    notes
        What the reader assumed or left out, for the person who gave the file.
    crs
        What the file's coordinates refer to, such as ``EPSG:4547``; those of the network are
        WGS-84 degrees whatever it is.
    """

    network: PipeNetwork
    notes: tuple[Sentence, ...]
    crs: str

    def changed(self, network: PipeNetwork, *notes: Sentence) -> NetworkFile:
        """Return this file with another network and more notes."""
        return replace(self, network=network, notes=(*self.notes, *notes))
