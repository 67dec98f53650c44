"""Compile what numba compiles before somebody waits for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from domain.network import (
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    PipeNetwork,
    Position,
    Premises,
)
from domain.places import LonLat
from domain.tickets import Candidate, FoundBy, LocatedTicket, Snap, Ticket
from domain.words import Priority, Symptom
from gis.clustering import group_tickets, suspects
from gis.isolation.criticality import criticality
from gis.isolation.isolate import isolate
from gis.isolation.segments import segment_of
from gis.locating.gazetteer import Gazetteer


def warm_up() -> None:
    """Compile the walks, or load them where that was done before: half a minute, or half a second.

    Asks a network of a few pipes everything that a large one is asked.
    """
    network = _few_pipes()
    for pipe in ("P1", "P2", "P3"):
        isolate(network, [pipe], with_outages=[["P4"]])
    shut = replace(network.isolation_valves[0], position=Position.CLOSED)
    isolate(network.with_isolation_valves([shut]), ["P2"])
    segment_of(network)
    criticality(network)
    group_tickets(network, _few_calls(network))
    suspects(network, _few_calls(network))
    Gazetteer(network, ()).locate("长江陆12号")


def _few_calls(network: PipeNetwork) -> list[LocatedTicket]:
    """Return a call from each premises, now."""
    now = datetime.now(UTC)
    calls = []
    for one in network.premises:
        snap = Snap(one.link or "", one.location, 0.0, 0.0)
        place = Candidate(one.location, FoundBy.ACCOUNT, 1.0, "", premises=one.id, snap=snap)
        calls.append(LocatedTicket(Ticket(one.id, now), place, Symptom.NO_WATER, Priority.P2))
    return calls


def _few_pipes() -> PipeNetwork:
    """Return a line of pipes from a reservoir to a tank, one of them closed."""
    kinds = (NodeKind.RESERVOIR, *[NodeKind.JUNCTION] * 4, NodeKind.TANK)
    places = [LonLat(114.3 + 0.001 * step, 30.6) for step in range(len(kinds))]
    nodes = tuple(
        Node(f"N{step}", kind, places[step], volume_m3=500.0) for step, kind in enumerate(kinds)
    )
    links = tuple(
        Link(f"P{n}", LinkKind.PIPE, f"N{n - 1}", f"N{n}", (places[n - 1], places[n]), 90.0, 0.2)
        for n in range(1, len(kinds))
    )
    links = (*links[:3], replace(links[3], open=False), links[4])
    valves = tuple(
        IsolationValve(f"V{n}", f"P{n}", f"N{n}", places[n]) for n in range(1, len(kinds))
    )
    homes = tuple(
        Premises(f"C{n}", places[n], link=f"P{n}", address=f"长江路{n}号")
        for n in range(1, len(kinds))
    )
    return PipeNetwork(nodes, links, valves, premises=homes)
