"""What the crews' API needs of the house it stands in: a database, a clock, who is calling."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from domain.clocks import Clock
from operations.ground import Ground
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling: a user of role crew and its crew. ``name`` is personal data."""

    login: str
    name: str
    crew: str


class Door(Protocol):
    """The house behind the API; ``mainbreak`` implements it, tests bring a small one."""

    @property
    def clock(self) -> Clock:
        """The injected clock."""
        ...

    @property
    def speed(self) -> float:
        """Seconds that pass on ``clock`` in one real second; 1 but in the demo."""
        ...

    @property
    def desk_phone(self) -> str:
        """The number a crew rings for help, empty if none is set."""
        ...

    @property
    def crew(self) -> Callable[..., Any]:
        """The dependency that admits crews only and returns their ``Caller``."""
        ...

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """Return a unit of work that will not write."""
        ...

    def writing(self, actor: str) -> AbstractContextManager[UnitOfWork]:
        """Return a unit of work that writes as ``actor``; leaving it without an error stores."""
        ...

    def ground(self, work: UnitOfWork) -> Ground:
        """Return the loaded networks as they stand in this unit of work."""
        ...

    def changed(self) -> None:
        """Wake who waits for changes: the planner and the open pages."""
        ...
