"""What an agent tells a caller."""

from __future__ import annotations

from fastapi import APIRouter

from domain.answers import Answer
from domain.places import LonLat
from mainbreak.server.api.models.answers import AnswerView, AskedBody, answer_view
from mainbreak.server.api.turns import Desk
from mainbreak.server.home import LiveHome
from operations.answer_caller import Asked, answer_caller
from operations.ground import Ground


def router(home: LiveHome) -> APIRouter:
    """Return the route of /api/answer."""
    routes = APIRouter(prefix="/api/answer", tags=["customers"])

    @routes.post("")
    def answer_call(caller: Desk, given: AskedBody) -> AnswerView:
        """Return what to tell a caller: is the water off, why, and until when.

        Whose phone or account it was is told with it, so that is in the event log.
        """
        asked = given.asked()
        now, zone = home.clock(), home.settings.tzinfo
        with home.reading() as work:
            ground = home.ground(work)
            answer = answer_caller(work, ground, asked, now, zone)
        if answer.premises and (asked.phone or asked.account):
            with home.writing(caller.actor) as work:
                work.events.append("customer.looked_up", answer.premises, {})
        return answer_view(answer, place_of(ground, answer, asked), now, zone)

    return routes


def place_of(ground: Ground, answer: Answer, asked: Asked) -> LonLat | None:
    """Return where the answer is about: the premises, else the place that was asked for."""
    premises = ground.network.premises_by_id.get(answer.premises or "")
    return premises.location if premises else asked.position
