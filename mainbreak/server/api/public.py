"""What everybody may ask: which outages there are, and about one address."""

from __future__ import annotations

import threading
from datetime import datetime

from fastapi import APIRouter, Depends

from mainbreak.server.access import Everyone
from mainbreak.server.api.answer import place_of
from mainbreak.server.api.models.answers import PublicAnswer, PublicAskedBody, public_answer
from mainbreak.server.api.models.public import PublicOutages, PublicOutageView
from mainbreak.server.home import LiveHome
from mainbreak.server.throttle import throttled
from operations.answer_caller import Asked, answer_caller
from operations.showing.public_outages import PublicOutage, public_outages
from storage import UnitOfWork

#: Requests of one address a minute. Source: mainbreak default; a page that stays open asks for
#: the list five times, and a house full of people stands behind one address.
LISTS, QUESTIONS = 120, 20


class PublicList:
    """The public list, worked out once a minute and after each event, however many ask for it.

    In a large outage a town asks at once; the desk must not become slow by it.
    """

    def __init__(self, home: LiveHome) -> None:
        self._home, self._lock = home, threading.Lock()
        self._state: tuple[int, int] | None = None
        self._found: tuple[PublicOutage, ...] = ()

    def read(self) -> PublicOutages:
        """Return the list as of now."""
        now = self._home.clock()
        with self._home.reading() as work:
            found = self._as_of(work, now)
        return PublicOutages(items=[PublicOutageView.of(one) for one in found], as_of=now)

    def _as_of(self, work: UnitOfWork, now: datetime) -> tuple[PublicOutage, ...]:
        state = work.events.last_id(), int(now.timestamp() // 60)
        with self._lock:
            if state != self._state:
                self._found = public_outages(work, self._home.ground(work), now)
                self._state = state
            return self._found


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/public that tell of outages."""
    listed = PublicList(home)
    routes = APIRouter(prefix="/api/public", tags=["public"])

    @routes.get("/outages", dependencies=[Depends(throttled(LISTS, 60))])
    def list_public_outages(_caller: Everyone) -> PublicOutages:
        """Return the outages of now, newest first, each with an area drawn coarsely."""
        return listed.read()

    @routes.post("/answer", dependencies=[Depends(throttled(QUESTIONS, 60))])
    def answer_anybody(_caller: Everyone, given: PublicAskedBody) -> PublicAnswer:
        """Return what is known about the water at an address."""
        asked = Asked(address=given.address, in_public=True)
        with home.reading() as work:
            ground = home.ground(work)
            answer = answer_caller(work, ground, asked, home.clock(), home.settings.tzinfo)
        return public_answer(answer, given.address, place_of(ground, answer, asked))

    return routes
