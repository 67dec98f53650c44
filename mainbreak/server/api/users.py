"""Who may use mainbreak: for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from domain.errors import BadInput
from domain.users import Role, User
from mainbreak.server.access import Caller, admit
from mainbreak.server.home import LiveHome
from mainbreak.server.paging import PathId
from operations.access import users

Admin = Annotated[Caller, Depends(admit(Role.ADMIN))]


class NewUser(BaseModel):
    """Who shall be able to log in; ``crew`` is the id of its crew, for role crew only."""

    model_config = ConfigDict(extra="forbid")

    login: Annotated[str, Field(max_length=50)]
    name: Annotated[str, Field(max_length=200)]
    role: Role
    password: Annotated[str, Field(max_length=500)]
    crew: Annotated[str | None, Field(max_length=100)] = None


class UserDocument(BaseModel):
    """A user, without what it logs in with."""

    login: str
    name: str
    role: Role
    crew: str | None
    disabled: bool
    created_at: datetime


class UserList(BaseModel):
    """Every user, by login; ``next`` is always null."""

    items: list[UserDocument]
    next: None = None


def document_of(user: User) -> UserDocument:
    """Return what an administrator sees of a user."""
    return UserDocument(
        login=user.login,
        name=user.name,
        role=user.role,
        crew=user.crew,
        disabled=user.disabled,
        created_at=user.created_at,
    )


def router(home: LiveHome) -> APIRouter:
    """Return the routes under /api/users."""
    routes = APIRouter(prefix="/api/users", tags=["users"])

    @routes.get("")
    def list_users(_caller: Admin) -> UserList:
        """Return every user."""
        with home.reading() as work:
            return UserList(items=[document_of(user) for user in work.users.all()])

    @routes.post("", status_code=201)
    def add_user(caller: Admin, given: NewUser) -> UserDocument:
        """Add a user; the password has 10 characters or more."""
        new = users.NewUser(given.login, given.name, given.role, given.password, given.crew)
        with home.admitting(caller.actor) as work:
            return document_of(users.add_user(work, new, home.wall()))

    @routes.post("/{login}/disable")
    def disable_user(caller: Admin, login: PathId) -> UserDocument:
        """Let a user log in no more; its sessions and tokens end at once."""
        if login == caller.login:
            raise BadInput("login: nobody locks themselves out. Ask another administrator.")
        with home.admitting(caller.actor) as work:
            return document_of(users.disable_user(work, login))

    return routes
