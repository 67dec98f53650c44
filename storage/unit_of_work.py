"""One transaction: everything that happens in it is stored together, or not at all."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, delete, func, select
from sqlalchemy.exc import OperationalError, TimeoutError  # noqa: A004

from domain.clocks import Clock
from domain.crews import Crew
from domain.incidents import Incident, Outage, WorkOrder
from domain.places import Place
from storage import tables
from storage.event_log import EventLog
from storage.faults import lost, refused_write
from storage.repositories.listed import CREWS, PLACES, ListRepository
from storage.repositories.lives import LifeRepository
from storage.repositories.network import NetworkRepository
from storage.repositories.plans import PlanRepository
from storage.repositories.streets import StreetsRepository
from storage.repositories.tickets import TicketRepository
from storage.repositories.work import INCIDENTS, OUTAGES, WORK_ORDERS

#: What ``clear_day`` empties; what refers to others comes before them.
_DAY = (
    tables.plan_visit,
    tables.plan_route,
    tables.plan_unassigned,
    tables.plan,
    tables.work_order,
    tables.outage,
    tables.incident,
    tables.ticket_place,
    tables.ticket,
)


class UnitOfWork:
    """A transaction with the repositories that work in it.

    Use it as a context manager. ``commit()`` stores what was done so far; leaving without it
    rolls back. Reading sees one state of the database throughout.

    Raises
    ------
    MainbreakError
        On leaving, if another one wrote meanwhile what this one decided on, or the connection
        was lost; BadInput if an id is there twice or names something the database lacks.
    """

    network: NetworkRepository
    streets: StreetsRepository
    places: ListRepository[Place]
    crews: ListRepository[Crew]
    tickets: TicketRepository
    incidents: LifeRepository[Incident]
    outages: LifeRepository[Outage]
    work_orders: LifeRepository[WorkOrder]
    plans: PlanRepository
    events: EventLog

    def __init__(
        self, engine: Engine, clock: Clock, actor: str, *, write_first: bool = False
    ) -> None:
        self._engine, self._clock, self._actor = engine, clock, actor
        self._write_first = write_first

    def __enter__(self) -> Self:
        connection = self._connect()
        events = EventLog(connection, self._clock, self._actor)
        self._connection, self.events = connection, events
        self.network = NetworkRepository(connection, events, self._clock)
        self.streets = StreetsRepository(connection, events, self._clock)
        self.places = ListRepository(connection, events, PLACES, "places")
        self.crews = ListRepository(connection, events, CREWS, "crews")
        self.tickets = TicketRepository(connection, events)
        self.incidents = LifeRepository(
            connection, events, INCIDENTS, ("incident", "opened", "opened_at")
        )
        self.outages = LifeRepository(connection, events, OUTAGES, ("outage", "opened", "id"))
        self.work_orders = LifeRepository(
            connection, events, WORK_ORDERS, ("work_order", "issued", "released_at")
        )
        self.plans = PlanRepository(connection, events)
        return self

    def _connect(self) -> Connection:
        try:
            connection = self._engine.connect()
        except (OperationalError, TimeoutError) as error:
            raise lost() from error
        return connection.execution_options(write_first=self._write_first)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.rollback()
        self._connection.close()
        if told := refused_write(error):
            raise told from error

    def commit(self) -> None:
        """Store what was done since entering, or since the last commit."""
        self._connection.commit()

    def clear_day(self) -> None:
        """Forget tickets, incidents, outages, work orders and plans; the event log stays.

        Appends ``day.cleared`` with the number of tickets, if there was anything to forget.
        """
        tickets = self._connection.scalar(select(func.count()).select_from(tables.ticket))
        gone = sum(self._connection.execute(delete(table)).rowcount for table in _DAY)
        if gone:
            self.events.append("day.cleared", "day", {"tickets": tickets})
