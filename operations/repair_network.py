"""Do the safe repairs of the stored network, in one transaction, and say which."""

from __future__ import annotations

import gis
from domain.incidents import Outage
from domain.isolation import Isolation
from storage import UnitOfWork


def repair_network(work: UnitOfWork, snap_m: float, *, dry_run: bool = False) -> gis.Mending:
    """Return what was mended and what is left; ids that stay are the ids they were.

    What an outage, an incident or a planned shut-off that is not over names by id does not go.
    Appends ``network.repaired`` with how many repairs of each kind were done; a dry run stores
    nothing.

    Raises
    ------
    NothingImported
        If there is no network yet.
    """
    mending = gis.mend(work.network.load(), snap_m, keep=named_in_the_field(work))
    if mending.done and not dry_run:
        work.network.save(mending.network)
        payload: dict[str, object] = dict(mending.counts)
        work.events.append("network.repaired", mending.network.name, payload)
        work.commit()
    return mending


def named_in_the_field(work: UnitOfWork) -> frozenset[str]:
    """Return the ids of links and nodes that something not over yet names."""
    named = {one.link for one in work.incidents.active() if one.link}
    for outage in work.outages.active():
        named |= _of_outage(outage)
    for shutoff in work.planned_shutoffs.active():
        named |= {*shutoff.pipes, *_of_isolation(shutoff.isolation)}
    return frozenset(named)


def _of_outage(outage: Outage) -> set[str]:
    proposed = _of_isolation(outage.proposal) if outage.proposal else set()
    return _of_isolation(outage.isolation) | proposed


def _of_isolation(isolation: Isolation) -> set[str]:
    return {
        *isolation.burst,
        *isolation.segment_pipes,
        *isolation.segment_nodes,
        *isolation.unintended_pipes,
        *isolation.unintended_nodes,
        *isolation.dry_before_pipes,
        *isolation.only_combined_pipes,
    }
