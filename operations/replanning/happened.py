"""What happened since the running plan was stored, out of the event log: what may have moved it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from domain.events import Event
from domain.reports import ReportKind
from storage import UnitOfWork

#: Events read at once, and in all; a plan older than that is explained by its numbers alone.
#: Source: mainbreak default.
_AT_ONCE, _MOST = 1_000, 20_000

Pair = tuple[str, str]


@dataclass(frozen=True)
class Happened:
    """What is new, by ids.

    Attributes
    ----------
    issued, called_off
        Work orders that were made, and that were cancelled.
    refused
        (crew, work order): the crew declined it, or could not complete it.
    by_hand
        Visits that a person gave to a crew, or pinned or unpinned.
    given
        (crew, work order) where it is known without a visit.
    forbidden, allowed
        (crew, work order) by a dispatcher's word.
    words
        (crew, ``away``, ``away_ended``, ``locked`` or ``locked_ended``).
    closed, opened
        Closures that were made or changed, and that were lifted.
    stuck
        By work order the isolation valve that its crew could not turn.
    crews_imported
        True if the list of crews was replaced.
    """

    issued: frozenset[str] = frozenset()
    called_off: frozenset[str] = frozenset()
    refused: frozenset[Pair] = frozenset()
    by_hand: frozenset[str] = frozenset()
    given: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    allowed: frozenset[Pair] = frozenset()
    words: frozenset[Pair] = frozenset()
    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    stuck: Mapping[str, str] = field(default_factory=dict)
    crews_imported: bool = False

    @classmethod
    def since(cls, work: UnitOfWork, number: int) -> Happened:
        """Return what happened since the plan of this number; nothing before the first plan.

        What a plan does itself it stores before it says that it was made.
        """
        if not number:
            return cls()
        made = (one for one in work.events.about([str(number)], 50) if one.kind == "plan.made")
        stored = next(made, None)
        return cls() if stored is None else cls.out_of(_behind(work, stored.id))

    @classmethod
    def out_of(cls, events: Iterable[Event]) -> Happened:
        """Return what these events say."""
        notes = _Notes()
        for one in events:
            notes.take(one)
        return notes.happened()


def _behind(work: UnitOfWork, last: int) -> Iterator[Event]:
    for _ in range(0, _MOST, _AT_ONCE):
        found = work.events.since(last, _AT_ONCE)
        yield from found
        if len(found) < _AT_ONCE:
            return
        last = found[-1].id


class _Notes:
    def __init__(self) -> None:
        self._issued: set[str] = set()
        self._called_off: set[str] = set()
        self._by_hand: set[str] = set()
        self._refused: set[Pair] = set()
        self._forbidden: set[Pair] = set()
        self._allowed: set[Pair] = set()
        self._words: set[Pair] = set()
        self._closed: dict[str, None] = {}
        self._opened: dict[str, None] = {}
        self._stuck: dict[str, str] = {}
        self._imported = False

    def take(self, one: Event) -> None:
        noun, _, what = one.kind.partition(".")
        if noun == "work_order":
            self._order(one, what)
        elif noun == "visit":
            self._visit(one, what)
        elif noun == "crew":
            self._crew(one, what)
        elif noun == "closure":
            self._closure(one, what)
        elif noun == "report" and one.payload.get("kind") == ReportKind.VALVE_STUCK.value:
            self._stuck[_said(one, "work_order")] = _said(one, "isolation_valve")
        self._imported = self._imported or one.kind == "crews.imported"

    def happened(self) -> Happened:
        return Happened(
            issued=frozenset(self._issued),
            called_off=frozenset(self._called_off),
            refused=frozenset(self._refused),
            by_hand=frozenset(self._by_hand),
            forbidden=frozenset(self._forbidden),
            allowed=frozenset(self._allowed),
            words=frozenset(self._words),
            closed=tuple(self._closed),
            opened=tuple(self._opened),
            stuck=self._stuck,
            crews_imported=self._imported,
        )

    def _order(self, one: Event, what: str) -> None:
        if what == "issued":
            self._issued.add(one.subject)
        elif what == "cancelled":
            self._called_off.add(one.subject)

    def _visit(self, one: Event, what: str) -> None:
        if what in {"declined", "cannot_complete"}:
            self._refused.add((_said(one, "crew"), _said(one, "work_order")))
        elif what in {"assigned", "changed"}:
            self._by_hand.add(one.subject)

    def _crew(self, one: Event, what: str) -> None:
        pair = (one.subject, _said(one, "work_order"))
        if what == "forbidden":
            self._forbidden.add(pair)
            self._allowed.discard(pair)
        elif what == "allowed":
            self._allowed.add(pair)
            self._forbidden.discard(pair)
        elif what in {"away", "away_ended", "locked", "locked_ended"}:
            self._words.add((one.subject, what))

    def _closure(self, one: Event, what: str) -> None:
        if what == "lifted":
            self._closed.pop(one.subject, None)
            self._opened[one.subject] = None
        elif what != "confirmed":
            self._opened.pop(one.subject, None)
            self._closed[one.subject] = None


def _said(one: Event, name: str) -> str:
    return str(one.payload.get(name) or "")
