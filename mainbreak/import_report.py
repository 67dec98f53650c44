"""What a person reads after an import: what was found, stored, lost and put aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from domain.network_delta import KindDelta
from domain.sentences import Language, Sentence
from domain.streets import StreetReport
from gis import WrongDatum
from mainbreak.console import say
from operations.import_network import NetworkImport
from operations.import_people import Intake
from operations.incidents.keep_in_place import InPlace

#: Rejected rows and names shown; the first ones tell what is wrong.
MOST_SHOWN = 10


#: What the kinds of things in a network are called.
_KINDS = {
    "nodes": Sentence("节点", "nodes"),
    "links": Sentence("管段", "links"),
    "isolation_valves": Sentence("阀门", "isolation valves"),
    "hydrants": Sentence("消火栓", "hydrants"),
    "premises": Sentence("用水户", "premises"),
}


def report_network(found: NetworkImport, language: str) -> None:
    """Say what a network file held, what differs from before, and what became of the day."""
    lines = [_held(found), *found.notes]
    if found.stored is not None:
        lines += _delta(found)
    lines += [*_premises(found), *_incidents(found.in_place or InPlace())]
    if found.in_place is None:
        lines += _only_looked(found)
    for one in lines:
        say(one.in_language(language))


def _held(found: NetworkImport) -> Sentence:
    network, middle = found.network, found.middle
    km = sum(link.length_m for link in network.links) / 1000
    nodes, links, valves = len(network.nodes), len(network.links), len(network.isolation_valves)
    hydrants, premises = len(network.hydrants), len(network.premises)
    at = f"{middle.lon:.5f},{middle.lat:.5f}" if middle else "-"
    return Sentence(
        f"{found.file.name}：节点 {nodes}，管段 {links}（{km:.1f} km），阀门 {valves}，"
        f"消火栓 {hydrants}，用水户 {premises}；管网中心位于 {at}。",
        f"{found.file.name}: {nodes} nodes, {links} links ({km:.1f} km), {valves} isolation valves "
        f"found, {hydrants} hydrants, {premises} premises; the middle lies at {at}.",
    )


def _delta(found: NetworkImport) -> Iterator[Sentence]:
    if found.delta.is_empty and not found.wins.is_news:
        yield Sentence("与库中一致，未作改动。", "Nothing differs from what is stored.")
        return
    for kind, one in found.delta.kinds.items():
        if not one.is_empty:
            yield _kind(_KINDS[kind], one)
    if kept := len(found.wins.kept):
        yield Sentence(
            f"{kept} 个阀门保留现场上报的状态，未按文件改动。",
            f"{kept} isolation valves stand as the field reported, not as the file says.",
        )


def _kind(name: Sentence, one: KindDelta[Any]) -> Sentence:
    came, changed, went = len(one.came), len(one.changed), len(one.went)
    if not came + changed + went:
        return Sentence(f"  {name.zh}：仅顺序不同", f"  {name.en}: only their order differs")
    fields = Counter(field for change in one.changed for field in change.fields)
    what = f" ({', '.join(f'{field} {n}' for field, n in fields.most_common())})" if fields else ""
    return Sentence(
        f"  {name.zh}：新增 {came}，变更 {changed}{what}，移除 {went}，不变 {one.same}",
        f"  {name.en}: {came} came, {changed} changed{what}, {went} went, {one.same} the same",
    )


def _premises(found: NetworkImport) -> Iterator[Sentence]:
    if found.kept_premises:
        n = found.kept_premises
        yield Sentence(
            f"文件不含用水户：保留原有 {n} 户并重新接到管网。",
            f"{n} premises stored before were kept and connected again.",
        )
    elif n := len(found.delta.premises.went):
        yield Sentence(
            f"警告：原有 {n} 户不在文件中，已移除；若来自另一文件，请重新导入。",
            f"Warning: {n} premises stored before are not in the file and are gone; "
            f"import theirs again if they came from another one.",
        )
    if found.unconnected_premises:
        n = found.unconnected_premises
        yield Sentence(
            f"警告：{n} 户附近没有管道，见 mainbreak check。",
            f"Warning: {n} premises have no pipe near; see check.",
        )
    if found.lost_callers:
        names = shortened(found.lost_callers)
        yield Sentence(
            f"警告：未结报修单 {names} 的用水户已不在文件中。",
            f"Warning: the premises of the open tickets {names} are not in the file any more.",
        )


def _incidents(place: InPlace) -> Iterator[Sentence]:
    for incident, before, after in place.moved:
        if after is None:
            yield Sentence(
                f"警告：事件 {incident} 的管段 {before} 已移除，附近没有其他管道；请调度员核对。",
                f"Warning: pipe {before} of incident {incident} went and no other lies near; "
                f"the dispatcher must look at it.",
            )
        else:
            yield Sentence(
                f"事件 {incident} 由管段 {before} 改到 {after}。",
                f"Incident {incident} moved from pipe {before} to {after}.",
            )
    if place.proposed:
        names = shortened(place.proposed)
        yield Sentence(
            f"停水 {names} 的关阀方案有变，已提出新方案，待调度员采用。",
            f"Other isolation valves are proposed for the outages {names}; a dispatcher adopts.",
        )


def _only_looked(found: NetworkImport) -> Iterator[Sentence]:
    if found.doubt:
        yield Sentence(
            f"警告：可能选错了文件（{found.doubt}），导入时须加 --force。",
            f"Warning: {found.doubt}; to import it, give --force.",
        )
    yield Sentence("仅预览，未写入。", "Only looked at; nothing was stored.")


def report_streets(found: StreetReport, language: str) -> None:
    """Say which streets were kept, which were not and why, and whose they are."""
    for one in _streets(found):
        say(one.in_language(language))


def _streets(found: StreetReport) -> Iterator[Sentence]:
    nodes, edges = found.dropped_nodes, found.dropped_edges
    yield Sentence(
        f"{found.source}：路口 {found.nodes}，有向路段 {found.edges}；"
        f"另有 {nodes} 个路口、{edges} 条路段无法驶入又驶出，未保留。",
        f"{found.source}: {found.nodes} crossings, {found.edges} directed street edges; left out "
        f"{nodes} and {edges} that one cannot drive in and out of.",
    )
    if found.bans or found.bans_unread:
        yield Sentence(
            f"转弯限制：遵守 {found.bans} 条，{found.bans_unread} 条所指不全或无意义，未采用。",
            f"Turn restrictions: {found.bans} are obeyed, {found.bans_unread} name what is not "
            f"there or make no sense.",
        )
    if found.ferries_left_out:
        yield Sentence(
            f"未保留轮渡 {found.ferries_left_out} 条；加 --ferries 可保留。",
            f"Ferries left out: {found.ferries_left_out}; --ferries keeps them.",
        )
    if found.private_left_out:
        yield Sentence(
            f"未保留内部道路 {found.private_left_out} 条；加 --private 可保留。",
            f"Private roads left out: {found.private_left_out}; --private keeps them.",
        )
    if found.attribution:
        yield Sentence(
            f"数据来源：{found.attribution}，显示街道处须注明。",
            f"Map data: {found.attribution}; they are named wherever the streets are shown.",
        )
    if found.dropped_edges > found.edges:
        yield Sentence(
            "警告：未保留的比保留的多；文件可能被截断，或不是连通的一地。",
            "Warning: more was left out than kept; the file may be cut, or not one connected "
            "place.",
        )


def shortened(names: Sequence[str]) -> str:
    """Return the names in a row, the first ten of many."""
    more = f", ... ({len(names)})" if len(names) > MOST_SHOWN else ""
    return ", ".join(names[:MOST_SHOWN]) + more


def report_rows(what: str, intake: Intake, language: str = Language.ENGLISH) -> None:
    """Say how many rows of a CSV file were stored, and why the first others were not."""
    if intake.datum is not None:
        say(_wrong_datum(what, intake.datum).in_language(language))
    say(
        f"{intake.stored} {what} stored in place of {intake.replaced}, "
        f"{len(intake.rejected)} rows rejected."
    )
    for one in intake.rejected[:MOST_SHOWN]:
        say(f"  {one.file}, row {one.row}, field {one.field}: {one.reason}. {one.detail}")
    if len(intake.rejected) > MOST_SHOWN:
        say(f"  and {len(intake.rejected) - MOST_SHOWN} more.")


def _wrong_datum(what: str, found: WrongDatum) -> Sentence:
    away, then, shift = round(found.away_m), round(found.then_m), round(found.shift_m)
    read_as, datum = found.read_as.value, found.probably.value
    redo = f"mainbreak import {what} FILE --datum {datum}"
    return Sentence(
        f"警告：坐标系疑似有误。按 {read_as} 读入的位置距管道约 {away} 米，"
        f"若按 {datum} 读则约 {then} 米，整体偏移约 {shift} 米。"
        f"请把 datum 列改为 {datum} 后重新导入；若无该列：{redo}",
        f"Warning: most likely the wrong datum. Read as {read_as} the places lie about {away} m "
        f"from the pipes, as {datum} about {then} m; all are off by {shift} m in one direction. "
        f"Write {datum} into the datum column and import again, or, without that column: {redo}",
    )
