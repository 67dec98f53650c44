"""What the demo's people see when they look up: the day as it stands in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.crews import Crew
from domain.incidents import Outage, WorkOrder
from domain.network import IsolationValve
from domain.places import LonLat
from domain.reports import CrewFix
from domain.visits import TrackedVisit
from domain.words import WorkOrderKind
from mainbreak.server import LiveHome
from operations.ground import Ground
from operations.showing.closing_order import StepState, closing_order


@dataclass(frozen=True, slots=True)
class Scene:
    """One look at the day; ``orders`` are those not ended, ``outages`` by their incident."""

    now: datetime
    ground: Ground
    crews: dict[str, Crew]
    visits: dict[str, tuple[TrackedVisit, ...]]
    orders: dict[str, WorkOrder]
    outages: dict[str, Outage]
    fixes: dict[str, CrewFix]

    def next_visit(self, crew: str) -> TrackedVisit | None:
        """Return what the crew is at, else what comes first; None if it has nothing."""
        mine = self.visits.get(crew, ())
        return next((one for one in mine if one.has_started), mine[0] if mine else None)

    def outage_of(self, order: WorkOrder) -> Outage | None:
        """Return the outage that an order to isolate is about; None for other work."""
        shuts = order.kind is WorkOrderKind.ISOLATE
        return self.outages.get(order.incident) if shuts else None

    def next_valve(self, order: WorkOrder) -> IsolationValve | None:
        """Return the isolation valve to turn next, None if none is left or it is other work."""
        outage = self.outage_of(order)
        steps = closing_order(self.ground.network, outage) if outage else ()
        return next((one.valve for one in steps if one.state is StepState.NEXT), None)

    def target(self, order: WorkOrder) -> LonLat:
        """Return where the crew has to go."""
        valve = self.next_valve(order)
        return valve.location if valve else order.location

    def must_wait(self, order: WorkOrder) -> bool:
        """Return True while another order must be done first, or a plan B be decided on."""
        outage = self.outage_of(order)
        undecided = outage is not None and outage.proposal is not None
        return undecided or any(one in self.orders for one in order.after)


def look(home: LiveHome) -> Scene:
    """Return the day as it stands now."""
    with home.reading() as work:
        visits: dict[str, list[TrackedVisit]] = {}
        for one in sorted(work.visits.active(), key=lambda one: (one.planned.start, one.id)):
            visits.setdefault(one.crew, []).append(one)
        return Scene(
            now=home.clock(),
            ground=home.ground(work),
            crews={one.id: one for one in work.crews.all()},
            visits={crew: tuple(found) for crew, found in visits.items()},
            orders={one.id: one for one in work.work_orders.active()},
            outages={one.incident: one for one in work.outages.active()},
            fixes=work.fixes.latest(),
        )
