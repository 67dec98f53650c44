"""docs/http-api.md and the description of the API tell every operation, and no other."""

from __future__ import annotations

import re

from tests.web.api_table import MARKED, PAGE, tables
from tests.web.house import House

_REGENERATE = "run: python -m tests.web.api_table"


def test_the_page_tells_every_operation_and_no_other(house: House) -> None:
    """The tables are what the routes say."""
    found = MARKED.search(PAGE.read_text(encoding="utf-8"))
    assert found, f"no marks in {PAGE.name}"
    told = found[0].removeprefix(found[1]).removesuffix(found[2])
    assert told == tables(house.app), _REGENERATE


def test_every_operation_is_named_and_has_a_subject(house: House) -> None:
    """Generated clients call an operation by its name, which no other has."""
    operations = [
        operation
        for methods in house.app.openapi()["paths"].values()
        for operation in methods.values()
    ]
    names = [operation["operationId"] for operation in operations]
    assert {"add_ticket", "read_incident", "list_public_outages"} <= set(names)
    assert sorted(names) == sorted(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []
    assert [one["operationId"] for one in operations if not one.get("tags")] == []
    assert [one["operationId"] for one in operations if not one.get("description")] == []


def test_every_problem_is_told_where_it_can_happen(house: House) -> None:
    """Each operation of the office tells what it answers when it cannot."""
    for path, methods in house.app.openapi()["paths"].items():
        for method, operation in methods.items():
            told = set(operation["responses"])
            assert {"422", "503"} <= told, (method, path)
            if "{" in path:
                assert "404" in told, (method, path)
            if method == "post":
                assert {"404", "409"} <= told, (method, path)
