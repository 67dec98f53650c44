"""What a planner must read before anything is decided, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.planned import (
    EMERGENCY_SUPPLY_AFTER,
    Overlap,
    OverlapKind,
    PlannedShutoff,
    Repeat,
)
from domain.sentences import Sentence
from domain.told_time import told_time
from operations.planned.surroundings import Surroundings, is_known


def warnings_of(
    around: Surroundings,
    shutoff: PlannedShutoff,
    overlaps: Sequence[Overlap],
    repeats: Sequence[Repeat],
) -> tuple[Sentence, ...]:
    """Return the warnings about a planned shut-off, what concerns others first."""
    return (
        *_duties(shutoff),
        *_notice(around, shutoff),
        *(one for overlap in overlaps for one in _overlap(overlap)),
        *(_repeat(one) for one in repeats),
        *_replaced(around, shutoff),
        *shutoff.isolation.warnings,
    )


def _duties(shutoff: PlannedShutoff) -> Iterator[Sentence]:
    hydrants = len(shutoff.isolation.hydrants_out)
    if hydrants:
        yield Sentence(
            f"有 {hydrants} 个消火栓停水：先通知消防部门。",
            f"hydrants out: {hydrants}. Tell the fire brigade first.",
        )
    if shutoff.ends_at - shutoff.starts_at > EMERGENCY_SUPPLY_AFTER:
        yield Sentence(
            "停水超过 24 小时：必须安排应急供水（送水车）。",
            "more than 24 h without supply: arrange emergency supply (tankers).",
        )


def _notice(around: Surroundings, shutoff: PlannedShutoff) -> Iterator[Sentence]:
    if not shutoff.awaits_notice or around.now <= shutoff.tell_by:
        return
    by = told_time(shutoff.tell_by, around.now, around.zone)
    yield Sentence(
        f"应在{by.zh}前通知，现在通知须说明原因。",
        f"notice was due by {by.en}; announcing it now needs a reason.",
    )


def _overlap(one: Overlap) -> Iterator[Sentence]:
    kind = one.kind is OverlapKind.PLANNED
    name = Sentence(f"{'计划停水' if kind else '停水'} {one.other}", one.other)
    if one.only_combined_premises:
        count = len(one.only_combined_premises)
        yield Sentence(
            f"与{name.zh}同时进行，另有 {count} 户停水。",
            f"together with {name.en}, {count} more premises lose water.",
        )
    if one.contested:
        valves = ", ".join(one.contested)
        yield Sentence(
            f"阀门 {valves}：一方要打开补水，另一方要保持关闭（{name.zh}）。",
            f"isolation valve {valves}: one would open it for re-supply, {name.en} or this one "
            "needs it shut.",
        )
    if one.premises:
        count = len(one.premises)
        yield Sentence(
            f"有 {count} 户同时受{name.zh}影响。",
            f"{count} premises are dry through {name.en} at the same time.",
        )


def _repeat(one: Repeat) -> Sentence:
    others = ", ".join(one.others)
    return Sentence(
        f"重要用户 {one.premises} 七天内再次停水（{others}）。",
        f"critical premises {one.premises} are dry again within a week ({others}).",
    )


def _replaced(around: Surroundings, shutoff: PlannedShutoff) -> Iterator[Sentence]:
    if not is_known(around.network, shutoff.pipes):
        yield Sentence(
            "管网已更换，没有这些管段了：请取消，另行起草。",
            "the network was replaced and lacks these pipes: cancel this and draft it anew.",
        )
