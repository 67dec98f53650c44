"""Nothing that the API's own description allows, or forbids, makes the server fail."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import schemathesis.specs.openapi.schemas  # else imported in a test, and rewritten there
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from domain.users import Role
from mainbreak.server import LiveHome, create_app
from mainbreak.server.api import plan, what_if
from mainbreak.settings import Settings
from operations.plan_day import Effort
from storage import open_database
from tests.web.busy_day import make_busy
from tests.web.house import HandClock, House, add_people
from tests.web.office import Json, Office

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

#: Requests of each operation and role: such as keep to the description, and such as do not.
MODES = ((GenerationMode.POSITIVE, 10), (GenerationMode.NEGATIVE, 5))

#: Operations that are left out, and why.
NOT_ASKED = {
    "stream_events": "never ends; tests/web/test_event_stream.py listens to it",
    "log_out": "ends the log-in that the other requests need",
    "end_token": "the same",
}

#: Operations that take a pipe or a place: the description cannot say "one of both".
AT_A_PIPE = {"add_incident", "find_isolation"}

#: Requests are as far apart as people's, so that throttles let them pass, and log-ins last.
APART_S = 5


@contextmanager
def house_on(file: Path) -> Iterator[House]:
    """Yield a house on a database file."""
    clock = HandClock()
    database = open_database(f"sqlite:///{file}")
    home = LiveHome(Settings(), database, clock=clock, wall=clock)
    yield House(home, create_app(home), clock)
    database.close()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Json]:
    """Return a database in the middle of a day, and ids in it by the names requests use."""
    file = tmp_path_factory.mktemp("busy") / "day.sqlite"
    with house_on(file) as house, pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "EFFORT", Effort(seconds=0.2))
        add_people(house.home)
        known = make_busy(Office(house))
    return file, known


@pytest.fixture
def house(
    busy: tuple[Path, Json], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """Yield a house with a busy day of its own."""
    for endpoint in (plan, what_if):
        monkeypatch.setattr(endpoint, "EFFORT", Effort(seconds=0.05))
    with house_on(Path(shutil.copyfile(busy[0], tmp_path / "day.sqlite"))) as house:
        yield house


def aimed(case: Case, known: Mapping[str, Any], draw: Any) -> None:
    """Put real ids where the description only says "a text", so that requests hit something."""
    for part in (case.path_parameters, case.query, case.body):
        if not isinstance(part, dict):
            continue
        for name in sorted(part.keys() & known.keys()):
            if draw(st.booleans()):
                part[name] = known[name]
    if isinstance(case.body, dict) and case.operation.definition.raw["operationId"] in AT_A_PIPE:
        case.body |= {"pipe": known["pipe"]} if draw(st.booleans()) else {}
        for name in {"lon", "lat"} if "pipe" in case.body else set():
            case.body.pop(name, None)


def send(client: TestClient, case: Case) -> Any:
    """Return the answer to a case; its own cookies could only end the log-in."""
    sent = case.as_transport_kwargs(base_url="http://testserver", headers=dict(client.headers))
    sent.pop("cookies", None)
    if isinstance(sent.get("data"), bytes | str):
        sent["content"] = sent.pop("data")
    return client.request(**sent)


def operations(house: House, role: Role) -> list[Any]:
    """Return the operations that this role is admitted to; everybody's are asked as nobody.

    How to log in is left out of the description: the requests carry a log-in that is good.
    """
    document = deepcopy(house.app.openapi())
    document["components"].pop("securitySchemes")
    for methods in document["paths"].values():
        for operation in methods.values():
            operation.pop("security")
    schema = schemathesis.openapi.from_dict(document)
    found = [one.ok() for one in schema.get_all_operations()]
    return [one for one in found if _is_for(one.definition.raw, role)]


def _is_for(told: Mapping[str, Any], role: Role) -> bool:
    everybodys = Role.PUBLIC.value in told["x-roles"]
    admitted = everybodys if role is Role.PUBLIC else role.value in told["x-roles"]
    asked_already = everybodys and role is not Role.PUBLIC
    return admitted and not asked_already and told["operationId"] not in NOT_ASKED


class Asker:
    """Asks a house as one role, with ids that it holds."""

    def __init__(self, house: House, known: Mapping[str, Any], role: Role) -> None:
        self._house, self._known = house, known
        self._client = house.phone() if role is Role.CREW else house.client(role)

    def ask(self, operation: Any, mode: GenerationMode, times: int) -> None:
        """Send so many requests of a mode; the first answer that is not right raises."""

        @settings(
            max_examples=times,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
        def check(case: Case, data: st.DataObject) -> None:
            aimed(case, self._known, data.draw)
            self._house.clock.move(seconds=APART_S)
            case.validate_response(send(self._client, case), checks=CHECKS)

        with suppress(*_NOTHING_TO_BREAK[mode]):
            check()


#: An operation that takes nothing cannot be asked badly.
_NOTHING_TO_BREAK: dict[GenerationMode, tuple[type[Exception], ...]] = {
    GenerationMode.POSITIVE: (),
    GenerationMode.NEGATIVE: (Unsatisfiable,),
}


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_no_request_makes_the_server_fail_or_answer_what_it_does_not_tell(
    house: House, busy: tuple[Path, Json], role: Role
) -> None:
    """Every operation that a role is admitted to, with good requests and bad ones."""
    asker, wrong = Asker(house, busy[1], role), []
    for operation in operations(house, role):
        for mode, times in MODES:
            try:
                asker.ask(operation, mode, times)
            except (FailureGroup, Failure) as failure:
                wrong.append(f"{operation.label}, {mode.value}: {failure}")
    assert wrong == [], "\n\n".join(wrong)


def test_all_operations_are_asked_by_somebody(house: House) -> None:
    """What is left out is left out by name."""
    asked = {one.definition.raw["operationId"] for role in Role for one in operations(house, role)}
    everything = {
        one["operationId"]
        for methods in house.app.openapi()["paths"].values()
        for one in methods.values()
    }
    assert everything - asked == set(NOT_ASKED)
