"""What a dispatcher must read beside an isolation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from domain.isolation import TankFed
from domain.network import PipeNetwork
from domain.sentences import Sentence
from gis.isolation.outcome import Outcome, widened

#: More isolation valves than a crew or two can shut in an hour, at ten minutes each.
#: Source: mainbreak default.
MANY_TO_CLOSE = 12


def cautions(
    network: PipeNetwork, outcome: Outcome, to_close: int, lasting: Sequence[TankFed]
) -> tuple[Sentence, ...]:
    """Return the warnings of an isolation, gravest first."""
    return (
        *_about_sources(network, outcome),
        *_about_dry_bursts(network, outcome),
        *(_about_tanks(one) for one in lasting),
        *_about_unreliable(outcome),
        *_about_effort(to_close),
        *_about_premises(outcome),
    )


def _about_sources(network: PipeNetwork, outcome: Outcome) -> Iterator[Sentence]:
    source = outcome.effect.question.columns.node_source
    inside = outcome.segment_nodes
    lost = [network.nodes[row].id for row in inside[source[inside]].tolist()]
    if lost and len(lost) == int(source.sum()):
        yield Sentence(
            f"关阀单元包含全部水源（{_names(lost)}）：全网将停水。",
            f"the segment contains every source ({_names(lost)}): the whole network runs dry.",
        )
    elif lost:
        yield Sentence(
            f"关阀单元内有水源，关阀期间失去：{_names(lost)}。",
            f"the segment contains a source, which is lost while it is shut: {_names(lost)}.",
        )


def _about_dry_bursts(network: PipeNetwork, outcome: Outcome) -> Iterator[Sentence]:
    effect = outcome.effect
    links = np.unique(effect.burst_links)
    ends = effect.question.cells.of_end[links]
    dry = links[~effect.was_wet(ends[:, 0]) & ~effect.was_wet(ends[:, 1])]
    if len(dry):
        names = _names(network.links[row].id for row in dry.tolist())
        yield Sentence(
            f"爆管前此处就没有供水：{names}；请核对阀门状态和水源。",
            f"no supply reached the burst even before: {names}; check statuses and sources.",
        )


def _about_tanks(one: TankFed) -> Sentence:
    names = _names(one.tanks)
    if one.hours is None:
        return Sentence(
            f"{one.premises_count} 户只剩水池供水（{names}），能撑多久未知：缺少水池容积。",
            f"{one.premises_count} premises are left to tanks alone ({names}); how long is not "
            "known: a volume is missing.",
        )
    return Sentence(
        f"{one.premises_count} 户只剩水池供水（{names}），约可维持 {one.hours:.1f} 小时。",
        f"{one.premises_count} premises are left to tanks alone ({names}), for about "
        f"{one.hours:.1f} hours.",
    )


def _about_unreliable(outcome: Outcome) -> Iterator[Sentence]:
    gaps = widened(outcome.effect)
    if not len(gaps):
        return
    rows = np.flatnonzero(np.isin(outcome.effect.question.cells.gaps.of_valve, gaps))
    names = _names(outcome.effect.question.columns.valve_id[row] for row in rows.tolist())
    yield Sentence(
        f"不可靠的阀门扩大了关阀范围：{names}。",
        f"isolation valves that cannot be relied on widened the segment: {names}.",
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


def _about_premises(outcome: Outcome) -> Iterator[Sentence]:
    columns = outcome.effect.question.columns
    unconnected = int(((columns.premises_link < 0) & (columns.premises_node < 0)).sum())
    if unconnected:
        yield Sentence(
            f"{unconnected} 户没有接管信息，未计入。",
            f"{unconnected} premises have no connection and are counted nowhere.",
        )


def _names(ids: Iterable[str]) -> str:
    """Return at most five ids, and how many more."""
    known = sorted(ids)
    shown = ", ".join(known[:5])
    return shown if len(known) <= 5 else f"{shown} +{len(known) - 5}"
