"""The door through which the crews' API reaches the house."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends

import mobile_api.door
from domain.clocks import Clock
from domain.users import Role
from mainbreak.server.access import Caller, admit
from mainbreak.server.home import LiveHome
from operations.ground import Ground
from storage import UnitOfWork


def crew_of(caller: Annotated[Caller, Depends(admit(Role.CREW))]) -> mobile_api.door.Caller:
    """Return the crew that the log-in speaks for."""
    return mobile_api.door.Caller(caller.login, caller.name, caller.crew or "")


@dataclass(frozen=True, slots=True)
class CrewDoor:
    """The home, as ``mobile_api.Door`` asks for it."""

    home: LiveHome

    @property
    def clock(self) -> Clock:
        """The day's clock."""
        return self.home.clock

    @property
    def speed(self) -> float:
        """Seconds of it that pass in a real one."""
        return self.home.speed

    @property
    def desk_phone(self) -> str:
        """The number a crew rings for help."""
        return self.home.settings.desk_phone

    @property
    def crew(self) -> Callable[..., Any]:
        """The dependency that admits crews only."""
        return crew_of

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """Return a unit of work to read from."""
        return self.home.reading()

    def writing(self, actor: str) -> AbstractContextManager[UnitOfWork]:
        """Return a unit of work that commits when left without an error."""
        return self.home.writing(actor)

    def ground(self, work: UnitOfWork) -> Ground:
        """Return the loaded networks."""
        return self.home.ground(work)

    def changed(self) -> None:
        """Wake the replanner and the live streams."""
        self.home.changed()
