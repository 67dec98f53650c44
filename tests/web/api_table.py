"""The tables of docs/http-api.md, from the API: ``python -m tests.web.api_table`` writes them."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from domain.users import Role
from mainbreak.server import LiveHome, create_app
from mainbreak.settings import Settings
from storage import open_database
from tests.conftest import ROOT

PAGE: Path = ROOT / "docs" / "http-api.md"

#: What stands between the marks on the page.
MARKED = re.compile(r"(<!-- operations -->\n).*?(<!-- /operations -->)", re.DOTALL)


def tables(app: FastAPI) -> str:
    """Return one table a subject, a line an operation."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, methods in sorted(app.openapi()["paths"].items()):
        for method, operation in sorted(methods.items()):
            found[operation["tags"][0]].append(_line(method.upper(), path, operation))
    head = "| | for | |\n|---|---|---|\n"
    parts = [f"### {tag.capitalize()}\n\n{head}" + "".join(found[tag]) for tag in sorted(found)]
    return "\n".join(parts)


def _line(method: str, path: str, operation: dict[str, Any]) -> str:
    roles = operation["x-roles"]
    told = "everybody" if len(roles) == len(Role) else ", ".join(roles)
    first = re.split(r"(?<=\.)\s", " ".join(operation["description"].split()))[0]
    return f"| `{method} {path}` | {told} | {first.rstrip('.')} |\n"


def main() -> None:
    """Write the tables into the page."""
    database = open_database("sqlite://")
    app = create_app(LiveHome(Settings(), database))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(MARKED.sub(rf"\g<1>{tables(app)}\g<2>", page), encoding="utf-8")
    database.close()


if __name__ == "__main__":
    main()
