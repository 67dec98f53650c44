"""All looks at a network together."""

from __future__ import annotations

from itertools import chain

from domain.findings import Finding, FindingKind
from domain.network import PipeNetwork
from gis.checking.crossings import crossings
from gis.checking.drawn import drawn
from gis.checking.isolation_valves import isolation_valves
from gis.checking.joints import joints
from gis.checking.parts import parts
from gis.checking.premises import premises
from gis.checking.sizes import diameters, lengths, self_loops
from gis.checking.twins import duplicates, twins

#: Ends nearer than this were meant to meet, metres. Source: mainbreak default, what a survey
#: with a hand-held receiver misses by.
SNAP_M = 1.0

_ORDER = {kind: number for number, kind in enumerate(FindingKind)}


def check(network: PipeNetwork, snap_m: float = SNAP_M) -> tuple[Finding, ...]:
    """Return the findings in the order of ``FindingKind``, each kind in the network's order.

    Parameters
    ----------
    snap_m
        Ends this near to each other or to a pipe were meant to meet, metres.
    """
    if not network.nodes:
        return ()
    ground = drawn(network)
    repeated = twins(ground)
    found = chain(
        parts(ground),
        joints(ground, snap_m),
        self_loops(ground),
        diameters(ground),
        lengths(ground),
        duplicates(ground, repeated),
        crossings(ground, repeated, snap_m),
        isolation_valves(ground),
        premises(ground),
    )
    return tuple(sorted(found, key=lambda one: _ORDER[one.kind]))
