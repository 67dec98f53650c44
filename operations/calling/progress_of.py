"""How far the work on an incident is, in a sentence for those who wait."""

from __future__ import annotations

from domain.incidents import Incident, Outage, WorkOrder
from domain.sentences import Sentence
from domain.states import IncidentState, OutageState, VisitState, WorkOrderState
from domain.words import WorkOrderKind
from operations.incidents.of_incident import orders_of
from storage import UnitOfWork

_RESOLVED = Sentence("已修好，正在核实供水", "The repair is done and supply is being checked")
_REPAIRING = Sentence("抢修人员正在现场抢修", "A crew is on site repairing it")
_ON_SITE = Sentence("工作人员已到现场", "A crew is on site")
_SHUT = Sentence("阀门已关，等待抢修", "The isolation valves are shut and the repair comes next")
_RETURNING = Sentence("正在逐个开阀恢复供水", "Supply is being restored valve by valve")
_EN_ROUTE = Sentence("抢修人员正在途中", "A crew is on its way")
_ASSIGNED = Sentence("已经派了抢修人员", "A crew has been assigned")
_RECEIVED = Sentence("正在安排抢修人员", "A crew is being found")


#: Somebody is told to come, and nobody is there: when is the next thing to say.
COMING = frozenset({_EN_ROUTE, _ASSIGNED})


def progress_of(work: UnitOfWork, incident: Incident, outage: Outage | None) -> Sentence:
    """Return what is being done now: the farthest step that somebody has reached."""
    returning = outage is not None and outage.state is OutageState.PARTLY_RESTORED
    if returning or incident.state is IncidentState.RESOLVED:
        return _RETURNING if returning else _RESOLVED
    orders = orders_of(work, incident.id)
    running = {one.kind for one in orders if one.state is WorkOrderState.IN_PROGRESS}
    if WorkOrderKind.REPAIR in running:
        return _REPAIRING
    if WorkOrderKind.ISOLATE in running and outage is not None:
        return _shutting(outage)
    if running:
        return _ON_SITE
    if _is_done(orders, WorkOrderKind.ISOLATE):
        return _SHUT
    return _sent(work, orders)


def _shutting(outage: Outage) -> Sentence:
    wanted = outage.isolation.close
    shut = sum(one in outage.closed for one in wanted)
    return Sentence(
        f"正在关阀，已关 {shut}/{len(wanted)}",
        f"A crew is shutting isolation valves, {shut} of {len(wanted)} are shut",
    )


def _is_done(orders: tuple[WorkOrder, ...], kind: WorkOrderKind) -> bool:
    mine = [one for one in orders if one.kind is kind]
    return any(one.state is WorkOrderState.DONE for one in mine)


def _sent(work: UnitOfWork, orders: tuple[WorkOrder, ...]) -> Sentence:
    live = [one for one in work.visits.of_orders([one.id for one in orders]) if one.is_live]
    if any(one.state is VisitState.EN_ROUTE for one in live):
        return _EN_ROUTE
    return _ASSIGNED if live else _RECEIVED
