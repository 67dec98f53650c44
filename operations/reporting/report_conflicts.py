"""Why a report contradicts what is known, in words for the crew and the dispatcher."""

from __future__ import annotations

from domain.reports import ReportKind
from domain.sentences import Sentence
from domain.visits import TrackedVisit

#: How each kind is called in the sentences below.
_SAID: dict[ReportKind, Sentence] = {
    ReportKind.ACCEPTED: Sentence("接受", "accepted"),
    ReportKind.DECLINED: Sentence("拒绝", "declined"),
    ReportKind.EN_ROUTE: Sentence("出发", "en route"),
    ReportKind.ON_SITE: Sentence("到场", "on site"),
    ReportKind.PAUSED: Sentence("暂停", "paused"),
    ReportKind.FIELD_COMPLETE: Sentence("现场完成", "field complete"),
    ReportKind.CANNOT_COMPLETE: Sentence("不能完成", "cannot complete"),
    ReportKind.VALVE_CLOSED: Sentence("阀门已关", "valve closed"),
    ReportKind.VALVE_STUCK: Sentence("阀门关不动", "valve stuck"),
    ReportKind.VALVE_OPENED: Sentence("阀门已开", "valve opened"),
    ReportKind.ROAD_IMPASSABLE: Sentence("道路不通", "road impassable"),
}


def no_reason(kind: ReportKind) -> Sentence:
    """Return that the report came without its reason."""
    said = _SAID[kind]
    return Sentence(f"报告“{said.zh}”没有写原因。", f'"{said.en}" came without a reason.')


def no_valve() -> Sentence:
    """Return that a report about an isolation valve names none."""
    return Sentence("报告没有写是哪个阀门。", "The report does not say which isolation valve.")


def unknown_valve(name: str) -> Sentence:
    """Return that the network has no such isolation valve."""
    return Sentence(f"管网里没有阀门 {name}。", f"The network has no isolation valve {name}.")


def no_place() -> Sentence:
    """Return that the report about a road does not say where."""
    return Sentence("报告没有写是哪段路。", "The report does not say where the road is.")


def no_streets() -> Sentence:
    """Return that no streets are known that could be closed."""
    return Sentence(
        "没有导入道路，未能封路。", "No streets are imported, so that none could be closed."
    )


def no_street_there() -> Sentence:
    """Return that no known street lies at the reported place."""
    return Sentence(
        "所报位置附近没有道路，未能封路。", "No known street lies where it was reported."
    )


def opened_since() -> Sentence:
    """Return that the reported street was opened by a dispatcher after the crew stood there."""
    return Sentence(
        "报告之后，调度已解除这段路的封闭。",
        "The street was opened again after the crew stood there.",
    )


def unknown_order(name: str) -> Sentence:
    """Return that there is no such work order."""
    return Sentence(f"没有工单 {name}。", f"There is no work order {name}.")


def never_sent(order: str, to: TrackedVisit | None) -> Sentence:
    """Return that the crew was not sent there, and who was."""
    if to is None:
        return Sentence(
            f"工单 {order} 没有指派给该班组。", f"Work order {order} was not given to this crew."
        )
    return Sentence(
        f"工单 {order} 指派给了 {to.crew}，不是该班组。",
        f"Work order {order} was given to {to.crew}, not to this crew.",
    )


def taken_back(order: str, to: TrackedVisit | None) -> Sentence:
    """Return that the crew was sent there but is no longer, and who is."""
    if to is None:
        return Sentence(
            f"工单 {order} 已从该班组撤回。", f"Work order {order} was taken back from this crew."
        )
    return Sentence(
        f"工单 {order} 已改派给 {to.crew}。", f"Work order {order} was given to {to.crew} instead."
    )


def order_over(order: str, state: str) -> Sentence:
    """Return that the work order ended without this crew."""
    word = {"done": "完成", "cancelled": "取消"}.get(state, state)
    return Sentence(f"工单 {order} 已经{word}。", f"Work order {order} is already {state}.")


def already_ended(said: ReportKind, ended: TrackedVisit) -> Sentence:
    """Return that the crew itself had ended the visit before it said this."""
    words = _SAID[said]
    before = next((word for kind, word in _SAID.items() if kind.value == ended.state.value), words)
    return Sentence(
        f"该班组先报了“{before.zh}”，后报“{words.zh}”。",
        f'This crew said "{words.en}" after it had said "{before.en}".',
    )


def went_on(said: ReportKind) -> Sentence:
    """Return that the crew reported from the same visit after the instant of this end."""
    words = _SAID[said]
    return Sentence(
        f"该班组报“{words.zh}”的时间之后，还有它从同一现场发来的报告。",
        f'This crew reported from the same visit later than the time of its "{words.en}".',
    )


def valve_elsewhere(name: str, incident: str) -> Sentence:
    """Return that an isolation valve has nothing to do with what is being shut off."""
    return Sentence(
        f"阀门 {name} 不在事件 {incident} 的关阀范围内：请核对阀门编号。",
        f"Isolation valve {name} is not near what incident {incident} shuts off: check its number.",
    )


def no_outage(incident: str) -> Sentence:
    """Return that nothing is being shut off for the incident."""
    return Sentence(
        f"事件 {incident} 没有正在进行的停水：请核对阀门现状。",
        f"Incident {incident} has no outage going on: check how the isolation valve stands.",
    )


def kept_shut(name: str, outage: str) -> Sentence:
    """Return that another outage needs an isolation valve shut that was reported open."""
    return Sentence(
        f"停水 {outage} 仍需关闭阀门 {name}：请确认它没有被打开。",
        f"Outage {outage} still needs isolation valve {name} shut: make sure that it is not open.",
    )
