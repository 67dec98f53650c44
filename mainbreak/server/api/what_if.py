"""What if: the plan as it would be, with nothing stored and nobody told."""

from __future__ import annotations

import threading
from functools import partial
from http import HTTPStatus

from fastapi import APIRouter
from starlette.exceptions import HTTPException

import dispatch
from mainbreak.plan_weights import weights_of
from mainbreak.server.api.models.what_if import WhatIfBody, WhatIfView
from mainbreak.server.api.turns import Dispatcher, refusing
from mainbreak.server.home import LiveHome
from operations.plan_day import Effort
from operations.replanning.search import Search
from operations.what_if import what_if

#: Seconds of search for each of the two plans. Source: mainbreak default.
EFFORT = Effort(seconds=1.5)

#: Seconds after which to ask again while another question is being worked out.
#: Source: mainbreak default.
_BUSY_S = 5

_BUSY = "Another what-if is being worked out. Ask again in a moment."


def router(home: LiveHome) -> APIRouter:
    """Return the route of /api/plan/what-if; it works out one at a time."""
    routes = APIRouter(prefix="/api/plan", tags=["plan"])
    turn = threading.Lock()

    @routes.post("/what-if", responses={429: {}})
    def ask_what_if(caller: Dispatcher, given: WhatIfBody) -> WhatIfView:
        """Return the plan as it goes on anyway and as it would be; stores nothing, tells nobody."""
        if not turn.acquire(blocking=False):
            headers = {"Retry-After": str(_BUSY_S)}
            raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, _BUSY, headers)
        try:
            return _answer(home, caller.actor, given)
        finally:
            turn.release()

    return routes


def _answer(home: LiveHome, who: str, given: WhatIfBody) -> WhatIfView:
    solve = home.solver.solve if home.solver is not None else dispatch.solve
    search = Search(EFFORT, solve, weights_of(home.settings))
    open_work = partial(home.database.unit_of_work, home.clock, actor=who)
    now = home.clock()
    with refusing():
        question = given.question(who, now)
        return WhatIfView.of(what_if(open_work, home.ground, question, now, search))
