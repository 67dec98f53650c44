"""Whatever the network does to an outbox, the server ends up as if all had come once, in order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.reports import ReportKind
from mainbreak.server import LiveHome, create_app
from mainbreak.settings import Settings
from storage import open_database
from tests.mobile_api.field import LEAK, MEND, SHUT, Field, report
from tests.web.house import HandClock, House, add_people

#: Different days and different bad luck; each runs on both databases.
SEEDS = (1, 2, 3, 4, 5)

#: Rounds after which the network becomes good, so that every day ends.
PATIENCE = 200

Report = dict[str, Any]


class BadNetwork:
    """Loses requests, loses answers, doubles and delays: a delayed one arrives when it likes."""

    def __init__(self, field: Field, luck: random.Random) -> None:
        self.field, self.luck, self.late, self.rounds = field, luck, list[list[Report]](), 0

    def post(self, items: list[Report]) -> list[dict[str, Any]] | None:
        """Return the answer to a batch, None if the phone sees none."""
        self.rounds += 1
        self._arrivals()
        fate = self.luck.choice(("lost", "late", "unanswered", "doubled", "good"))
        if self.rounds > PATIENCE:
            fate = "good"
        if fate == "late":
            self.late.append(items)
        if fate in {"lost", "late"}:
            return None
        told = self.field.send(*items)
        if fate == "doubled":
            assert self.field.send(*items) == told
        return None if fate == "unanswered" else told

    def flush(self) -> None:
        """Let everything that is still on its way arrive, in any order."""
        self.luck.shuffle(self.late)
        for items in self.late:
            self.field.send(*items)

    def _arrivals(self) -> None:
        for items in [one for one in self.late if self.luck.random() < 0.3]:
            self.late.remove(items)
            self.field.send(*items)


class Phone:
    """The outbox's promise: in order, nothing new before the old is answered, until it is."""

    def __init__(self, network: BadNetwork, luck: random.Random) -> None:
        self.network, self.luck, self.waiting = network, luck, list[Report]()
        self.outcomes: dict[str, str] = {}

    def try_once(self) -> None:
        """Send some of what waits, oldest first; keep what was not answered."""
        some = self.waiting[: self.luck.randint(1, 4)]
        told = self.network.post(some) if some else None
        for item in told or ():
            self.outcomes[item["id"]] = item["outcome"]
        self.waiting = [one for one in self.waiting if one["id"] not in self.outcomes]


def some_day(field: Field, luck: random.Random) -> list[Report]:
    """Return reports of every kind, sensible and not: some will contradict."""
    valves, kinds = field.close(), list(ReportKind)
    sensible = ["accepted", "en_route", "on_site"]
    wild = [luck.choice(kinds).value for _ in range(12)]
    return [
        report(
            number,
            kind,
            order=luck.choice((SHUT, SHUT, LEAK, MEND, "W9999")) if number > 3 else SHUT,
            reason=luck.choice(("", "等配件")),
            isolation_valve=luck.choice((*valves, "V-none")),
        )
        for number, kind in enumerate(sensible + wild, start=1)
    ]


@pytest.fixture
def calm(tmp_path: Path, clock: HandClock) -> Iterator[Field]:
    """Yield a second field, on a database of its own, for what should have happened."""
    database = open_database(f"sqlite:///{tmp_path / 'calm.sqlite'}")
    home = LiveHome(Settings(), database, clock=clock, wall=clock)
    add_people(home)
    yield Field(House(home, create_app(home), clock))
    database.close()


def told_events(field: Field) -> list[tuple[str, str, dict[str, object]]]:
    """Return what the event log tells of the day, sessions left out."""
    with field.house.home.reading() as work:
        found = work.events.since(0, 100_000)
    return [
        (one.kind, one.subject, one.payload)
        for one in found
        if not one.kind.startswith(("session.", "user.", "network.", "premises."))
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_bad_luck_changes_nothing(field: Field, calm: Field, seed: int) -> None:
    """Reports, visits, outages, isolation valves, events and every outcome are the same."""
    luck = random.Random(seed)
    day = some_day(field, luck)
    expected = {one["id"]: one["outcome"] for report in day for one in calm.send(report)}
    network = BadNetwork(field, luck)
    phone = Phone(network, luck)
    made = iter(day)
    while phone.waiting or len(phone.outcomes) < len(day):
        if luck.random() < 0.5 and (new := next(made, None)) is not None:
            phone.waiting.append(new)
        phone.try_once()
    network.flush()
    assert phone.outcomes == expected
    assert field.state() == calm.state()
    assert told_events(field) == told_events(calm)


def test_the_days_are_worth_the_trouble(calm: Field) -> None:
    """Among the seeds' days some reports apply and some contradict."""
    outcomes = [one["outcome"] for one in calm.send(*some_day(calm, random.Random(SEEDS[0])))]
    assert {"applied", "conflict"} <= set(outcomes)
