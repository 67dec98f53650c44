"""Isolate one burst beside others that are being worked on, some of their valves shut already.

A burst is isolated in the *undisturbed* network: the isolation valves that active outages shut
count as open again, and those they opened as closed. So an isolation does not change while its own
valves are being turned, and what another outage has shut is still in the closing order: that one
may be reopened first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import gis
from domain.incidents import Outage
from domain.isolation import Isolation
from domain.network import IsolationValve, PipeNetwork, Position
from domain.sentences import Sentence
from operations.ground import Ground
from operations.planned.active import Shut, shut_by_planned
from storage import UnitOfWork

#: Ways in which the isolation valves stood that are remembered with what was derived from them.
#: Source: mainbreak default; a dispatcher who sets one makes a new one.
_KEPT = 3


def present_network(work: UnitOfWork, ground: Ground) -> PipeNetwork:
    """Return the network as it stands now, what this unit of work has turned included."""
    if ground.version.valves == work.network.valves_version():
        return ground.network
    turned = work.network.isolation_valves_changed_since(ground.version[-1])
    return ground.network.with_isolation_valves(turned)


def undisturbed_network(work: UnitOfWork, ground: Ground, own: Outage | None = None) -> PipeNetwork:
    """Return the network as it stood before outages and planned ones turned isolation valves.

    ``own`` is an outage that counts too if crews have restored it already.
    """
    network = present_network(work, ground)
    before: dict[str, Position] = {}
    for one in [*_shutting(work), *([own] if own else [])]:
        before |= dict.fromkeys(one.closed, Position.OPEN)
        before |= dict.fromkeys(opened_to_feed(one), Position.CLOSED)
    known = network.isolation_valve_by_id
    turned = [
        replace(known[name], position=position)
        for name, position in before.items()
        if name in known and known[name].position is not position
    ]
    return _known_before(network.with_isolation_valves(turned) if turned else network)


def _known_before(network: PipeNetwork) -> PipeNetwork:
    """Return the network that stood like this before, if there was one lately.

    It knows what was derived from it; each call would derive all of it anew while a single
    isolation valve is shut.
    """
    kept: dict[frozenset[IsolationValve], PipeNetwork]
    kept = network.ground.setdefault("operations.undisturbed", {})
    first: dict[str, IsolationValve] = network.ground.get("operations.first", {})
    if network.turned and not first:
        first = {one.id: one for one in network.first_isolation_valves}
        network.ground["operations.first"] = first
    stand = frozenset(one for one in network.turned.values() if one != first.get(one.id))
    known = kept.pop(stand, network)
    while len(kept) >= _KEPT:
        del kept[next(iter(kept))]
    kept[stand] = known
    return known


def opened_to_feed(outage: Outage | Shut) -> frozenset[str]:
    """Return the isolation valves, closed before the outage, that a crew opened in it."""
    first: dict[str, Position] = {}
    for step in outage.steps if isinstance(outage, Outage) else ():
        first.setdefault(step.isolation_valve, step.position)
    return frozenset(name for name, position in first.items() if position is Position.OPEN)


def live_isolation(
    work: UnitOfWork, ground: Ground, pipe: str, incident: str | None = None
) -> Isolation:
    """Return the isolation of a burst pipe, with what it dries only together with other outages.

    ``incident`` is whose isolation it is, None for one that is not stored.

    Raises
    ------
    UnknownId
        If the pipe is not in the network.
    """
    network = undisturbed_network(work, ground)
    alone = gis.isolate(network, [pipe])
    others = [one for one in _shutting(work, incident) if _is_known(network, one.isolation.burst)]
    if not others:
        return alone
    bursts = [one.isolation.burst for one in others]
    together = gis.isolate(network, [pipe], with_outages=bursts)
    return _joined(alone, together, others)


def _shutting(work: UnitOfWork, but: str | None = None) -> list[Outage | Shut]:
    """Return what shuts isolation valves now: outages, but one incident's, and planned ones."""
    outages = [one for one in work.outages.active() if but is None or one.incident != but]
    return [*outages, *shut_by_planned(work)]


def shuts_the_same(one: Isolation, other: Isolation) -> bool:
    """Return True if both shut the same isolation valves."""
    return set(one.close) == set(other.close)


def _is_known(network: PipeNetwork, bursts: Iterable[str]) -> bool:
    return all(one in network.link_by_id for one in bursts)


def _joined(alone: Isolation, together: Isolation, others: Sequence[Outage | Shut]) -> Isolation:
    """Return ``alone`` with what only the combination dries, which no other outage counts yet."""

    def extra(field: str, *taken_fields: str) -> tuple[str, ...]:
        fields = (field, *taken_fields)
        known = (alone, *(one.isolation for one in others))
        taken = {name for one in known for each in fields for name in getattr(one, each)}
        return tuple(name for name in getattr(together, field) if name not in taken)

    pipes = extra("unintended_pipes", "segment_pipes")
    if not pipes:
        return alone
    nodes, premises = extra("unintended_nodes", "segment_nodes"), extra("premises")
    names = ", ".join(one.id for one in others)
    return replace(
        alone,
        unintended_pipes=_sorted(alone.unintended_pipes, pipes),
        unintended_nodes=_sorted(alone.unintended_nodes, nodes),
        premises=_sorted(alone.premises, premises),
        critical_premises=_sorted(alone.critical_premises, extra("critical_premises")),
        hydrants_out=_sorted(alone.hydrants_out, extra("hydrants_out")),
        only_combined_pipes=pipes,
        warnings=(*alone.warnings, _combined(len(premises), names)),
    )


def _sorted(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


def _combined(count: int, names: str) -> Sentence:
    return Sentence(
        f"与停水 {names} 同时关阀，另有 {count} 户停水。",
        f"shut together with {names}, {count} more premises lose water.",
    )
