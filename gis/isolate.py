"""Isolate a burst: what to shut, what runs dry, who is out. Each rule is drawn in the docs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from domain.isolation import Isolation
from domain.network import LinkKind, PipeNetwork, Premises
from gis.border import border, closing_order, lets_water_in, resupplying
from gis.cautions import cautions
from gis.segments import Part, enclosed
from gis.supply import supply, supply_today
from gis.topology import Stand, Topology, stand_of, topology_of


@dataclass(frozen=True, slots=True)
class Effect:
    """What shutting does: the segment, what has supply afterwards, what lost it beyond."""

    inside: Part
    after: Part
    lost: Part


def isolate(
    network: PipeNetwork,
    bursts: Sequence[str],
    *,
    inoperable: Collection[str] = (),
    closed: Collection[str] = (),
    with_outages: Sequence[Sequence[str]] = (),
) -> Isolation:
    """Return the isolation of the burst links, shut together with other outages.

    Parameters
    ----------
    bursts
        Ids of the links that burst.
    inoperable, closed
        Isolation valves that cannot be turned, or are already shut, whatever the network says.
    with_outages
        The burst links of each other outage. All are shut and the answer covers all; only
        ``burst`` stays with the question.

    Raises
    ------
    UnknownId
        If a link or an isolation valve is not in the network.
    """
    topology, stand = topology_of(network), stand_of(network, inoperable, closed)
    outages = [tuple(bursts), *(tuple(other) for other in with_outages)]
    changed = bool(inoperable or closed)
    before = supply(topology, stand) if changed else supply_today(network)
    together = tuple(link for outage in outages for link in outage)
    effect = _effect(topology, stand, before, together)
    singles = [_effect(topology, stand, before, one) for one in outages if len(outages) > 1]
    return _answer(topology, stand, tuple(dict.fromkeys(bursts)), before, effect, singles)


def _effect(topology: Topology, stand: Stand, before: Part, bursts: Iterable[str]) -> Effect:
    inside = enclosed(topology, stand, bursts)
    after = supply(topology, stand, without=inside)
    lost = Part(
        nodes=before.nodes - after.nodes - inside.nodes,
        links=before.links - after.links - inside.links,
    )
    return Effect(inside, after, lost)


def _answer(
    topology: Topology,
    stand: Stand,
    bursts: tuple[str, ...],
    before: Part,
    effect: Effect,
    singles: Sequence[Effect],
) -> Isolation:
    network, inside, lost = topology.network, effect.inside, effect.lost
    on_border = list(border(topology, stand, inside))
    close = [valve for valve, far in on_border if lets_water_in(topology, far, effect.after)]
    dry_links = before.links & (inside.links | lost.links)
    out = [one for one in network.premises if _is_out(one, before, inside, lost)]
    alone = frozenset(link for one in singles for link in one.inside.links | one.lost.links)
    return Isolation(
        burst=bursts,
        close=closing_order(topology, close),
        optional=tuple(sorted(valve for valve, far in on_border if far.within(lost))),
        segment_pipes=_pipes(network, inside.links),
        segment_nodes=tuple(sorted(inside.nodes)),
        unintended_pipes=_pipes(network, lost.links),
        unintended_nodes=tuple(sorted(lost.nodes)),
        premises=_ids(out),
        critical_premises=_ids(one for one in out if one.critical),
        premises_in_segment=_ids(one for one in out if _within(one, inside)),
        hydrants_out=tuple(sorted(one.id for one in network.hydrants if one.link in dry_links)),
        dry_before_pipes=_pipes(
            network, (link.id for link in network.links if link.id not in before.links)
        ),
        only_combined_pipes=_pipes(network, lost.links - alone if singles else ()),
        resupply=resupplying(topology, stand, lost, effect.after),
        warnings=cautions(topology, stand, bursts, before, inside, len(close)),
    )


def _pipes(network: PipeNetwork, links: Iterable[str]) -> tuple[str, ...]:
    """Return those of the links that are pipes, sorted: pumps and control valves are not."""
    return tuple(sorted(one for one in links if network.link_by_id[one].kind is LinkKind.PIPE))


def _ids(premises: Iterable[Premises]) -> tuple[str, ...]:
    return tuple(sorted(one.id for one in premises))


def _within(premises: Premises, part: Part) -> bool:
    return premises.link in part.links or premises.node in part.nodes


def _is_out(premises: Premises, before: Part, inside: Part, lost: Part) -> bool:
    return _within(premises, before) and (_within(premises, inside) or _within(premises, lost))
