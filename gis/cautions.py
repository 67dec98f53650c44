"""What a dispatcher must read beside an isolation."""

from __future__ import annotations

from collections.abc import Iterator

from domain.network import PipeNetwork
from domain.sentences import Sentence
from gis.border import sides_of
from gis.segments import Part
from gis.topology import Stand, Topology

#: More isolation valves than a crew or two can shut in an hour, at ten minutes each.
#: Source: mainbreak default.
MANY_TO_CLOSE = 12


def cautions(
    topology: Topology,
    stand: Stand,
    bursts: tuple[str, ...],
    before: Part,
    inside: Part,
    to_close: int,
) -> tuple[Sentence, ...]:
    """Return the warnings of an isolation, gravest first."""
    return (
        *_about_sources(topology, inside),
        *_about_dry_bursts(bursts, before),
        *_about_unreliable(topology, stand, inside),
        *_about_effort(to_close),
        *_about_premises(topology.network),
    )


def _about_sources(topology: Topology, inside: Part) -> Iterator[Sentence]:
    lost = [name for name in topology.sources if name in inside.nodes]
    if lost and len(lost) == len(topology.sources):
        yield Sentence(
            f"关阀单元包含全部水源（{_names(lost)}）：全网将停水。",
            f"the segment contains every source ({_names(lost)}): the whole network runs dry.",
        )
    elif lost:
        yield Sentence(
            f"关阀单元内有水源，关阀期间失去：{_names(lost)}。",
            f"the segment contains a source, which is lost while it is shut: {_names(lost)}.",
        )


def _about_dry_bursts(bursts: tuple[str, ...], before: Part) -> Iterator[Sentence]:
    dry = [link for link in bursts if link not in before.links]
    if dry:
        yield Sentence(
            f"爆管前此处就没有供水：{_names(dry)}；请核对阀门状态和水源。",
            f"no supply reached the burst even before: {_names(dry)}; check statuses and sources.",
        )


def _about_unreliable(topology: Topology, stand: Stand, inside: Part) -> Iterator[Sentence]:
    pushed = [
        valve.id
        for valve in topology.network.isolation_valves
        if valve.id not in stand.reliable
        and all(side.within(inside) for side in sides_of(topology, valve))
    ]
    if pushed:
        yield Sentence(
            f"不可靠的阀门扩大了关阀范围：{_names(pushed)}。",
            f"isolation valves that cannot be relied on widened the segment: {_names(pushed)}.",
        )


def _about_effort(to_close: int) -> Iterator[Sentence]:
    if to_close > MANY_TO_CLOSE:
        yield Sentence(
            f"须关 {to_close} 个阀门；超过 {MANY_TO_CLOSE} 个要花几个小时。",
            f"{to_close} isolation valves must be shut; more than {MANY_TO_CLOSE} take hours.",
        )
    if to_close == 0:
        yield Sentence(
            "不需要关阀，或没有可关的阀门。",
            "no isolation valve needs to be shut, or none can be.",
        )


def _about_premises(network: PipeNetwork) -> Iterator[Sentence]:
    unconnected = sum(one.link is None and one.node is None for one in network.premises)
    if unconnected:
        yield Sentence(
            f"{unconnected} 户没有接管信息，未计入。",
            f"{unconnected} premises have no connection and are counted nowhere.",
        )


def _names(ids: list[str]) -> str:
    """Return at most five ids, and how many more."""
    shown = ", ".join(sorted(ids)[:5])
    return shown if len(ids) <= 5 else f"{shown} +{len(ids) - 5}"
