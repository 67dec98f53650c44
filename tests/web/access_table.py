"""The table of docs/access.md, from the routes: ``python -m tests.web.access_table`` writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from domain.users import Role
from mainbreak.server import LiveHome, create_app
from mainbreak.server.access import roles_of
from mainbreak.settings import Settings
from storage import open_database
from tests.conftest import ROOT

PAGE: Path = ROOT / "docs" / "access.md"

#: What stands between the marks on the page.
MARKED = re.compile(r"(<!-- routes -->\n).*?(<!-- /routes -->)", re.DOTALL)


@dataclass(frozen=True)
class Door:
    """One method of one route, and the roles it admits; None where it does not say."""

    method: str
    path: str
    roles: frozenset[Role] | None


def doors(app: FastAPI) -> Iterator[Door]:
    """Yield every door of the app but the folders of static files."""
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, Mount):
            continue
        dependant: Any = getattr(route.original_route, "dependant", None)
        roles = None if dependant is None else roles_of(route.dependant)
        for method in sorted(route.methods or ()):
            yield Door(method, route.path_format or "", roles)


def table(app: FastAPI) -> str:
    """Return the table, a line a door."""
    lines = ["| route | " + " | ".join(Role) + " |", "|---" * (len(Role) + 1) + "|"]
    for door in sorted(doors(app), key=lambda one: (one.path, one.method)):
        cells = ["yes" if role in (door.roles or ()) else "" for role in Role]
        lines.append(f"| `{door.method} {door.path}` | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table into the page."""
    database = open_database("sqlite://")
    app = create_app(LiveHome(Settings(), database))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(MARKED.sub(rf"\g<1>{table(app)}\g<2>", page), encoding="utf-8")
    database.close()


if __name__ == "__main__":
    main()
