"""Who can log in to the demo: users that exist nowhere else, on this machine only."""

from __future__ import annotations

from datetime import datetime

from domain.crews import Crew
from domain.users import Role, User
from operations.access.passwords import hash_password
from storage import UnitOfWork

#: Everybody's password. It is no secret: the demo listens on loopback, and its town is invented.
PASSWORD = "mainbreak-demo"  # noqa: S105

#: The users beside the crews: login, name, role.
OFFICE = (
    ("dispatcher", "江调度", Role.DISPATCHER),
    ("agent", "林坐席", Role.AGENT),
    ("manager", "周主任", Role.MANAGER),
    ("admin", "管理员", Role.ADMIN),
)


def login_of_crew(crew: str) -> str:
    """Return the login that speaks for a crew: its id in small letters."""
    return crew.casefold()


def add_demo_users(work: UnitOfWork, crews: tuple[Crew, ...], now: datetime) -> None:
    """Store the demo's users."""
    hashed = hash_password(PASSWORD)  # once: it takes a while on purpose
    for login, name, role in OFFICE:
        work.users.save(User(login, name, role, hashed, now))
    for crew in crews:
        login = login_of_crew(crew.id)
        work.users.save(User(login, crew.name, Role.CREW, hashed, now, crew.id))
