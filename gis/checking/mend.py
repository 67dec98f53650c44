"""Do the safe repairs, stage by stage, until none is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from domain.findings import Finding
from domain.network import IsolationValve, Link, PipeNetwork, Premises
from domain.repairs import (
    ConnectPremises,
    JoinNodes,
    MoveIsolationValve,
    RemovePipe,
    Repair,
    SetLength,
)
from domain.sentences import Sentence
from gis.checking.join import join_nodes, put_on_twins
from gis.checking.looks import SNAP_M, check
from gis.checking.say import metres

T = TypeVar("T", Link, IsolationValve, Premises)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Mended:
    """One repair that was done: for which finding, and what is different."""

    finding: Finding
    change: Sentence


@dataclass(frozen=True, slots=True)
class Mending:
    """A network after its safe repairs.

    Attributes
    ----------
    done
        The repairs, in the order in which they were done.
    withheld
        Safe ones that were not done: an outage or incident that is not over names what would go.
    left
        The findings of the network as it is now, those of ``withheld`` included.
    """

    network: PipeNetwork
    done: tuple[Mended, ...]
    withheld: tuple[Finding, ...]
    left: tuple[Finding, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many repairs of each name were done."""
        return Counter(one.finding.repair.name for one in self.done if one.finding.repair)


def mend(
    network: PipeNetwork, snap_m: float = SNAP_M, keep: Collection[str] = frozenset()
) -> Mending:
    """Return the network with every safe repair done; ids that stay are the ids they were.

    A repair may make the next one possible: joined ends can turn two pipes into twins. Each one
    takes a node or a pipe away, or leaves a length, place or connection that is no finding any
    more; so this ends, and mending the result changes nothing.

    Parameters
    ----------
    keep
        Ids of nodes and links that must not go.
    """
    done: list[Mended] = []
    while True:
        findings = check(network, snap_m)
        safe = [one for one in findings if one.safe]
        withheld = tuple(one for one in safe if _goes(one.repair) in keep)
        stage = _first_stage([one for one in safe if _goes(one.repair) not in keep])
        if not stage:
            return Mending(network, tuple(done), withheld, findings)
        done += [Mended(one, _change(network, one)) for one in stage]
        network = _after(network, [one.repair for one in stage if one.repair])


def _goes(repair: Repair | None) -> str | None:
    """Return the id that a repair takes away, if any."""
    match repair:
        case JoinNodes(drop=gone) | RemovePipe(link=gone):
            return gone
    return None


def _first_stage(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings whose repairs come first and do not disturb each other.

    Nodes are joined before twins are looked for, and twins are gone before premises are connected.
    """
    for kinds in ((JoinNodes,), (RemovePipe,), (SetLength, MoveIsolationValve, ConnectPremises)):
        if stage := [one for one in findings if isinstance(one.repair, kinds)]:
            return stage
    return []


def _after(network: PipeNetwork, repairs: Sequence[Repair]) -> PipeNetwork:
    joined = {one.drop: one.keep for one in repairs if isinstance(one, JoinNodes)}
    gone = {one.link: one.twin for one in repairs if isinstance(one, RemovePipe) and one.twin}
    if joined:
        return join_nodes(network, joined)
    if gone:
        return put_on_twins(network, gone)
    lengths = {one.link: one.length_m for one in repairs if isinstance(one, SetLength)}
    places = {
        one.isolation_valve: one.location for one in repairs if isinstance(one, MoveIsolationValve)
    }
    pipes = {one.premises: one.link for one in repairs if isinstance(one, ConnectPremises)}
    return replace(
        network,
        links=_changed(network.links, lengths, lambda it, m: replace(it, length_m=m)),
        isolation_valves=_changed(
            network.isolation_valves, places, lambda it, place: replace(it, location=place)
        ),
        premises=_changed(network.premises, pipes, lambda it, pipe: replace(it, link=pipe)),
    )


def _changed(
    things: Sequence[T], values: dict[str, V], change: Callable[[T, V], T]
) -> tuple[T, ...]:
    return tuple(change(one, values[one.id]) if one.id in values else one for one in things)


def _change(network: PipeNetwork, finding: Finding) -> Sentence:
    """Return what a repair makes of what: before and after, in a line."""
    match finding.repair:
        case JoinNodes(keep, drop):
            gap = metres(finding.distance_m or 0.0)
            return Sentence(
                f"节点 {drop}：距 {keep} {gap} → 并入 {keep}",
                f"node {drop}: {gap} from {keep} -> part of {keep}",
            )
        case RemovePipe(link, twin):
            return Sentence(
                f"管道 {link}：与 {twin} 重复 → 删除，所带设施归 {twin}",
                f"pipe {link}: twin of {twin} -> removed, what sat on it is on {twin}",
            )
        case SetLength(link, length):
            before = network.link_by_id[link].length_m
            return Sentence(
                f"管道 {link}：长 {before:g} m → {length:g} m",
                f"pipe {link}: length {before:g} m -> {length:g} m",
            )
        case MoveIsolationValve(valve, place):
            pipe = network.isolation_valve_by_id[valve].link
            off, there = metres(finding.distance_m or 0.0), f"{place.lon:.7f},{place.lat:.7f}"
            return Sentence(
                f"阀门 {valve}：距管道 {pipe} {off} → 移到 {there}",
                f"isolation valve {valve}: {off} from pipe {pipe} -> at {there}",
            )
        case ConnectPremises(premises, pipe):
            gap = metres(finding.distance_m or 0.0)
            return Sentence(
                f"用水户 {premises}：未接管道 → 接 {pipe}（{gap}）",
                f"premises {premises}: no connection -> on pipe {pipe} ({gap})",
            )
    raise ValueError(f"no safe repair: {finding.repair}")
