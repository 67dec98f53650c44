"""A made town: everything one day of the product needs, invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.crews import Crew
from domain.network import PipeNetwork
from domain.places import Place
from domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happened on the made day; for judging, never for deciding.

    ``bursts`` are (pipe id, instant) pairs; ``ticket_pipe`` the pipe each ticket was made for.
    """

    bursts: tuple[tuple[str, datetime], ...]
    ticket_pipe: dict[str, str]


@dataclass(frozen=True, slots=True)
class Town:
    """Pipes, premises, places, crews and a day of tickets along one street network."""

    name: str
    seed: int
    network: PipeNetwork
    places: tuple[Place, ...]
    crews: tuple[Crew, ...]
    tickets: tuple[Ticket, ...]
    truth: Truth
