"""One transaction: everything that happens in it is stored together, or not at all."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, delete, func, select
from sqlalchemy.exc import OperationalError, TimeoutError  # noqa: A004

from domain.clocks import Clock
from domain.crews import Crew, Depot
from domain.incidents import Incident
from domain.places import Place
from storage import tables
from storage.event_log import EventLog
from storage.faults import lost, refused_write
from storage.repositories.access import SessionRepository, UserRepository
from storage.repositories.calibration import CalibrationRepository
from storage.repositories.closures import ClosureRepository
from storage.repositories.counters import Numbers, RequestRepository
from storage.repositories.durations import DurationRepository
from storage.repositories.field import FixRepository, ReportRepository
from storage.repositories.listed import CREWS, DEPOTS, PLACES, ListRepository
from storage.repositories.lives import LifeRepository
from storage.repositories.network import NetworkRepository
from storage.repositories.plans import PlanRepository
from storage.repositories.streets import StreetsRepository
from storage.repositories.tickets import TicketRepository
from storage.repositories.words import CrewWordRepository
from storage.repositories.work import (
    INCIDENT,
    INCIDENTS,
    OutageRepository,
    ShutoffRepository,
    VisitRepository,
    WorkOrderRepository,
)

#: What ``clear_day`` empties; what refers to others comes before them.
_DAY = (
    tables.plan_visit,
    tables.plan_route,
    tables.plan_unassigned,
    tables.plan,
    tables.visit,
    tables.report,
    tables.crew_fix,
    tables.request,
    tables.forbidden,
    tables.crew_hold,
    tables.work_order,
    tables.outage,
    tables.closure,
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
    closures: ClosureRepository
    calibration: CalibrationRepository
    places: ListRepository[Place]
    crews: ListRepository[Crew]
    depots: ListRepository[Depot]
    crew_words: CrewWordRepository
    durations: DurationRepository
    tickets: TicketRepository
    incidents: LifeRepository[Incident]
    outages: OutageRepository
    planned_shutoffs: ShutoffRepository
    work_orders: WorkOrderRepository
    plans: PlanRepository
    visits: VisitRepository
    reports: ReportRepository
    fixes: FixRepository
    users: UserRepository
    sessions: SessionRepository
    numbers: Numbers
    requests: RequestRepository
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
        self._open_network(connection, events)
        self._open_day(connection, events)
        self.users = UserRepository(connection, events)
        self.sessions = SessionRepository(connection, events, self._clock)
        self.requests = RequestRepository(connection)
        return self

    @property
    def now(self) -> datetime:
        """The present instant by the clock of this unit."""
        return self._clock()

    def _open_network(self, connection: Connection, events: EventLog) -> None:
        self.numbers = Numbers(connection)
        self.network = NetworkRepository(connection, events, self._clock)
        self.streets = StreetsRepository(connection, events, self._clock)
        self.closures = ClosureRepository(connection, events)
        self.calibration = CalibrationRepository(connection, events)
        self.places = ListRepository(connection, events, PLACES, "places")
        self.crews = ListRepository(connection, events, CREWS, "crews")
        self.depots = ListRepository(connection, events, DEPOTS, "depots")
        self.crew_words = CrewWordRepository(connection, events)
        self.durations = DurationRepository(connection, events)

    def _open_day(self, connection: Connection, events: EventLog) -> None:
        self.tickets = TicketRepository(connection, events)
        self.incidents = LifeRepository(connection, events, INCIDENTS, INCIDENT)
        self.outages = OutageRepository(connection, events)
        self.planned_shutoffs = ShutoffRepository(connection, events)
        self.work_orders = WorkOrderRepository(connection, events)
        self.plans = PlanRepository(connection, events)
        self.visits = VisitRepository(connection, events)
        self.reports = ReportRepository(connection, events)
        self.fixes = FixRepository(connection, events)

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
        """Forget the day from its tickets to its reports and plans; the event log stays.

        Appends ``day.cleared`` with the number of tickets, if there was anything to forget.
        """
        tickets = self._connection.scalar(select(func.count()).select_from(tables.ticket))
        gone = sum(self._connection.execute(delete(table)).rowcount for table in _DAY)
        if gone:
            self.closures.forgotten()
            self.events.append("day.cleared", "day", {"tickets": tickets})
