"""Answer "what must be shut, and who runs dry?" for a burst at a pipe or at a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import gis
from domain.errors import BadInput
from domain.isolation import Isolation
from domain.network import PipeNetwork
from domain.places import LonLat
from storage import UnitOfWork


def pipe_at(network: PipeNetwork, place: LonLat) -> str:
    """Return the id of the pipe nearest to a place.

    Raises
    ------
    BadInput
        If no pipe is near.
    """
    snap = gis.Snapper(network).snap(place)
    if snap is None:
        raise BadInput(
            f"no pipe near {place.lon},{place.lat}; give longitude first, or name one with --pipe."
        )
    return snap.link


def isolate_burst(
    work: UnitOfWork,
    burst: str | LonLat,
    *,
    inoperable: Collection[str] = (),
    closed: Collection[str] = (),
    with_outages: Sequence[str] = (),
    network: PipeNetwork | None = None,
) -> Isolation:
    """Return the isolation of a burst pipe (id) or place.

    ``inoperable`` and ``closed`` are isolation valve ids that stand differently from what is
    stored; ``with_outages`` are stored outage ids, or pipe ids of bursts not stored. ``network``
    saves loading it where it is at hand.

    Raises
    ------
    NothingImported
        If there is no network yet.
    UnknownId
        If an id is not in the network.
    """
    network = network or work.network.load()
    pipe = burst if isinstance(burst, str) else pipe_at(network, burst)
    others = [_bursts_of(work, name) for name in with_outages]
    return gis.isolate(network, [pipe], inoperable=inoperable, closed=closed, with_outages=others)


def _bursts_of(work: UnitOfWork, name: str) -> tuple[str, ...]:
    """Return the burst pipes of a stored outage, or the name itself as a pipe id."""
    stored = {outage.id: outage.isolation.burst for outage in work.outages.all()}
    return stored.get(name, (name,))
