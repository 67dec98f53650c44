"""`mainbreak serve` and `mainbreak user ...`: the running day, and who may use it.

What they run is imported when they run; see verbs_day.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from domain.errors import BadInput
from domain.users import User
from mainbreak.bootstrap import Home
from mainbreak.console import say, show_json, show_table
from mainbreak.options import AsJson

user = typer.Typer(help="Who may use the server.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="The login.", show_default=False)]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


class RoleOption(StrEnum):
    """The roles a user can have: all but the public's."""

    CREW = "crew"
    AGENT = "agent"
    DISPATCHER = "dispatcher"
    MANAGER = "manager"
    ADMIN = "admin"


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8470,
    replan_seconds: Annotated[
        float,
        typer.Option(min=0, max=600, help="Search of each new plan; 0: plan only when asked."),
    ] = 2.0,
) -> None:
    """Serve the pages and the API on the configured database until stopped."""
    from mainbreak.run_server import run_server

    home: Home = context.obj
    run_server(home, host, port, replan_seconds)


@user.command()
def add(
    context: typer.Context,
    login: Login,
    role: Annotated[RoleOption, typer.Option(help="What the user is here for.")],
    name: Annotated[str, typer.Option(help="The name others see.", show_default=False)],
    crew: Annotated[
        str | None, typer.Option(help="The id of the crew, for role crew only.")
    ] = None,
    password_stdin: FromStdin = False,
) -> None:
    """Add a user; the password is asked for twice."""
    from domain.users import Role
    from operations.access.users import NewUser, add_user

    home: Home = context.obj
    new = NewUser(login, name, Role(role.value), _password(password_stdin), crew)
    with home.work() as work:
        added = add_user(work, new, home.clock())
        work.commit()
    say(f"{added.login}, {added.role.value}, may log in.")


@user.command(name="list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """Show every user."""
    home: Home = context.obj
    with home.work() as work:
        found = work.users.all()
    if as_json:
        show_json([_document(one) for one in found])
        return
    rows = [list(_document(one).values()) for one in found]
    show_table("users", ["login", "name", "role", "crew", "disabled", "since"], rows)


@user.command()
def disable(context: typer.Context, login: Login) -> None:
    """Let a user log in no more, and end all its sessions and tokens."""
    from operations.access.users import disable_user

    home: Home = context.obj
    with home.work() as work:
        disable_user(work, login)
        work.commit()
    say(f"{login} may not log in; what was open has ended.")


@user.command()
def password(context: typer.Context, login: Login, password_stdin: FromStdin = False) -> None:
    """Give a user a new password, asked for twice; a disabled one may log in again."""
    from operations.access.users import set_password

    home: Home = context.obj
    with home.work() as work:
        # First, so that nobody types a password for a login that is not there.
        work.users.get(login)
        set_password(work, login, _password(password_stdin))
        work.commit()
    say(f"{login} has a new password; what was open has ended.")


@user.command()
def token(
    context: typer.Context,
    login: Login,
    label: Annotated[str, typer.Option(help="What it is for.", show_default=False)],
) -> None:
    """Print a new bearer token of a user, this once; it lasts as MAINBREAK_TOKEN_DAYS says."""
    from operations.access.sessions import open_token

    home: Home = context.obj
    with home.work() as work:
        opened = open_token(work, login, label, home.settings.token_lifetime, home.clock())
        work.commit()
    print(opened.secret)


def _document(found: User) -> dict[str, object]:
    return {
        "login": found.login,
        "name": found.name,
        "role": found.role.value,
        "crew": found.crew,
        "disabled": found.disabled,
        "created_at": found.created_at.isoformat(),
    }


def _password(from_stdin: bool) -> str:
    """Return the password, asked for or piped in; never an argument, which others could read."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BadInput("a password is asked for on a terminal. Elsewhere use --password-stdin.")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
