"""What a crew must mind before it gets out of the van: from callers' words and the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.incidents import Incident, Outage, WorkOrder
from domain.network import PipeNetwork
from domain.sentences import Sentence
from domain.tickets import LocatedTicket
from domain.words import WorkOrderKind
from domain.work import LARGE_MAIN_M

#: What callers say, and what it means to those who drive there.
#: Source: the words of danger in domain/symptoms.py.
_SAID: tuple[tuple[str, Sentence], ...] = (
    (
        "塌陷 塌方 坍塌 地陷 陷坑 sinkhole collapse",
        Sentence("有人报告路面塌陷：车停远处", "A caller saw the road collapse: park well away"),
    ),
    (
        "漏电 触电 electric",
        Sentence("有人报告漏电：先断电再下水", "A caller fears live current: power off first"),
    ),
    (
        "被困 被淹 trapped",
        Sentence("可能有人被困或被淹：先救人", "People may be trapped or flooded: they come first"),
    ),
)  # fmt: skip


def site_hazards(
    network: PipeNetwork,
    order: WorkOrder,
    incident: Incident,
    outage: Outage | None,
    callers: Sequence[LocatedTicket],
) -> tuple[Sentence, ...]:
    """Return what to mind at a work order's place, danger to life first."""
    said = " ".join(one.ticket.text for one in callers).lower()
    found = [sentence for words, sentence in _SAID if any(one in said for one in words.split())]
    found += _large_main(network, incident)
    if outage is not None:
        found += _pressure(order, outage)
        found += _warnings(network, order, outage)
    return tuple(found)


def _large_main(network: PipeNetwork, incident: Incident) -> Iterator[Sentence]:
    link = network.link_by_id.get(incident.link or "")
    if link is not None and link.diameter_m >= LARGE_MAIN_M:
        yield Sentence(
            f"DN{link.dn} 主管：带大口径扳手、围栏、警示灯",
            f"DN{link.dn} main: bring the large key, fence and lights",
        )


def _pressure(order: WorkOrder, outage: Outage) -> Iterator[Sentence]:
    """Warn who digs at a pipe that is not shut off yet."""
    left = [one for one in outage.isolation.close if one not in outage.closed]
    if order.kind is WorkOrderKind.REPAIR and left:
        yield Sentence(
            f"还有 {len(left)} 个阀门未关：管道带压",
            f"Under pressure: isolation valves still open: {len(left)}",
        )


def _warnings(network: PipeNetwork, order: WorkOrder, outage: Outage) -> Iterator[Sentence]:
    """Tell who shuts valves what the isolation warns of, and which critical premises it dries."""
    if order.kind is not WorkOrderKind.ISOLATE:
        return
    yield from outage.isolation.warnings
    known = network.premises_by_id
    names = [known[one].name for one in outage.isolation.critical_premises if one in known]
    told = [name for name in names if name]
    if told:
        yield Sentence(f"关完停水：{'、'.join(told)}", f"These lose water: {', '.join(told)}")
