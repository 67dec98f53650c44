"""The callers of the demo: the script's, and people who run dry and ring."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from domain.errors import MainbreakError
from domain.incidents import Outage
from domain.network import Premises
from domain.states import OutageState
from domain.tickets import Ticket
from domain.words import Channel, Symptom
from mainbreak.demo.luck import Luck
from mainbreak.demo.script import Script
from mainbreak.server import LiveHome
from operations.take_call import Call, take_call

#: Who the events about calls name; what came through a person's desk names that person.
SIMULATION = "simulation"

#: Somebody of an outage rings so often, and so many do at the most. Source: mainbreak default;
#: the bundled day brings about two dozen calls of its own for the great burst.
_RINGS_EVERY, _MOST_RINGS = timedelta(minutes=12), 6

_DRY = frozenset({OutageState.IN_EFFECT, OutageState.PARTLY_RESTORED})

_SAYS = (
    "你好，家里没水了，什么时候能来？",
    "我们这栋楼停水了，有没有通知？",
    "喂，水龙头一滴水都没有，是不是在修管道？",
)

_LOG = logging.getLogger("mainbreak.demo")


class Callers:
    """Everybody who reports something in the demo."""

    def __init__(self, home: LiveHome, script: Script, luck: Luck) -> None:
        self._home, self._luck = home, luck
        self._calls = script.calls()
        self._next = next(self._calls)
        self._rang: Counter[str] = Counter()
        self._rings_at: datetime | None = None

    @property
    def next_at(self) -> datetime:
        """When the script's next caller rings."""
        return self._next.received_at

    def step(self) -> bool:
        """Take every call that is due; return True if there was one."""
        now, taken = self._home.clock(), False
        while self._next.received_at <= now:
            taken = self._take(_call_of(self._next)) or taken
            self._next = next(self._calls)
        if self._rings_at is None or now >= self._rings_at:
            self._rings_at = now + _RINGS_EVERY * self._luck.of("rings", str(now)).uniform(0.5, 1.5)
            taken = self._ring_dry(now) or taken
        if taken:
            self._home.changed()
        return taken

    def _take(self, call: Call) -> bool:
        home = self._home
        try:
            with home.writing(SIMULATION) as work:
                take_call(work, home.ground(work), call, home.clock())
        except MainbreakError as error:
            _LOG.warning("demo: a call was not taken: %s", error)
            return False
        return True

    def _ring_dry(self, now: datetime) -> bool:
        """Let somebody ring whose water an outage has taken, one for each outage."""
        with self._home.reading() as work:
            dry = [one for one in work.outages.active() if one.state in _DRY]
            premises = self._home.ground(work).network.premises_by_id
        taken = False
        for outage in dry:
            if self._rang[outage.id] < _MOST_RINGS and outage.isolation.premises:
                self._rang[outage.id] += 1
                one = premises[self._choose(outage, now)]
                taken = self._take(self._ring(one, now)) or taken
        return taken

    def _choose(self, outage: Outage, now: datetime) -> str:
        return self._luck.of(outage.id, str(now)).choice(outage.isolation.premises)

    def _ring(self, one: Premises, now: datetime) -> Call:
        """Return what somebody at a premises says on the telephone."""
        text = self._luck.of(one.id, str(now)).choice(_SAYS)
        client = str(uuid5(NAMESPACE_OID, f"{one.id} {now.isoformat()}"))
        return Call(
            channel=Channel.PHONE,
            phone=one.phone,
            account=one.account,
            address=one.address,
            text=text,
            symptom=Symptom.NO_WATER,
            client_id=client,
        )


def _call_of(ticket: Ticket) -> Call:
    """Return a call of the script as an agent would type it."""
    return Call(
        channel=ticket.channel,
        phone=ticket.phone,
        account=ticket.account,
        address=ticket.address,
        text=ticket.text,
        symptom=ticket.symptom,
        priority=ticket.priority,
        position=ticket.position,
        client_id=str(uuid5(NAMESPACE_OID, ticket.id)),
    )
