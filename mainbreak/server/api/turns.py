"""Units of work of the office's routes: who decides waits with the ground already at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from domain.errors import BadInput, NothingImported, UnknownId
from domain.users import Role
from mainbreak.server.access import Caller, admit
from mainbreak.server.home import LiveHome
from operations.ground import Ground
from storage import UnitOfWork

Office = Annotated[Caller, Depends(admit(Role.AGENT, Role.DISPATCHER, Role.MANAGER))]
Desk = Annotated[Caller, Depends(admit(Role.AGENT, Role.DISPATCHER))]
Control = Annotated[Caller, Depends(admit(Role.DISPATCHER, Role.MANAGER))]
Dispatcher = Annotated[Caller, Depends(admit(Role.DISPATCHER))]


#: How operations begin a refusal for which a field is to blame: ``at: this time has passed.``
_NAMED = re.compile(r"([a-z_]+)(?:, [a-z_]+)*: (.+)")


@contextmanager
def refusing(field: str | None = None) -> Iterator[None]:
    """Tell what an operation refuses as what it is: a bad field, or a thing in another state.

    A field that the sentence names is answered with 422, and so is everything where ``field`` is
    the only one that can be wrong. Else the request is good and its time is not: 409. An id that
    is not there, and a network that is not, stay what they are.
    """
    try:
        yield
    except (NothingImported, UnknownId):
        raise
    except BadInput as error:
        named = _NAMED.fullmatch(str(error))
        if named is not None:
            raise _bad_field(named[1], named[2]) from error
        if field is not None:
            raise _bad_field(field, str(error)) from error
        raise HTTPException(HTTPStatus.CONFLICT, str(error)) from error


def _bad_field(field: str, said: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", field), "msg": said, "type": "value_error"}])


@contextmanager
def deciding(
    home: LiveHome, caller: Caller, field: str | None = None
) -> Iterator[tuple[UnitOfWork, Ground]]:
    """Yield a unit of work that has its turn, and the ground it sees; see ``refusing``.

    A network that must be loaded again is loaded before the turn is taken, so that nobody waits
    for it. Leaving without an error commits.
    """
    with home.reading() as work:
        home.ground(work)
    with refusing(field), home.writing(caller.actor) as work:
        yield work, home.ground(work)
