"""The pages go on when an import takes away what running outages name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import gis
from domain.network import PipeNetwork
from domain.places import LonLat
from domain.reports import ReportKind
from domain.users import Role
from operations.import_network import import_network
from tests.web import small_town
from tests.web.office import FIRST, SECOND, Office
from tests.web.test_console import on_site, report

#: What every page asks for, and who asks.
ASKED = (
    (Role.DISPATCHER, "/api/console/ground"),
    (Role.DISPATCHER, "/api/console/day"),
    (Role.AGENT, "/api/console/day"),
    (Role.DISPATCHER, "/api/incidents/{incident}"),
    (Role.DISPATCHER, "/api/incidents"),
    (Role.DISPATCHER, "/api/outages"),
    (Role.DISPATCHER, "/api/work-orders"),
    (Role.AGENT, "/api/tickets"),
    (Role.PUBLIC, "/api/public/outages"),
    (Role.DISPATCHER, "/api/events/log"),
)


def renamed(network: PipeNetwork) -> PipeNetwork:
    """Return the same pipes, isolation valves and premises under ids nobody has heard of."""
    return replace(
        network,
        links=tuple(replace(one, id=f"X{one.id}") for one in network.links),
        isolation_valves=tuple(
            replace(one, id=f"X{one.id}", link=f"X{one.link}") for one in network.isolation_valves
        ),
        hydrants=(),
        premises=tuple(
            replace(one, id=f"X{one.id}", link=f"X{one.link}") for one in network.premises
        ),
    )


def elsewhere(network: PipeNetwork) -> PipeNetwork:
    """Return it eleven kilometres to the north too: nothing is near any more."""

    def there(at: LonLat) -> LonLat:
        return LonLat(at.lon, at.lat + 0.1)

    new = renamed(network)
    return replace(
        new,
        nodes=tuple(replace(one, position=there(one.position)) for one in new.nodes),
        links=tuple(replace(one, path=tuple(map(there, one.path))) for one in new.links),
        isolation_valves=tuple(
            replace(one, location=there(one.location)) for one in new.isolation_valves
        ),
        premises=tuple(replace(one, location=there(one.location)) for one in new.premises),
    )


@pytest.mark.parametrize("change", [renamed, elsewhere])
def test_no_page_fails_for_what_an_import_took_away(
    office: Office, tmp_path: Path, change: object
) -> None:
    """One isolation valve shut, one stuck, a plan B proposed; then every id is another."""
    assert callable(change)
    incident, order = on_site(office)
    shut, stuck = office.story(incident)["outage"]["isolation"]["close"][:2]
    report(office, order, ReportKind.VALVE_CLOSED, valve=shut)
    report(office, order, ReportKind.VALVE_STUCK, valve=stuck, reason="锈死")
    file = tmp_path / "network.geojson"
    gis.write_network_geojson(change(small_town.network()), file, premises=True)
    with office.home.writing("import") as work:
        import_network(work, file, force=True)
    for role, path in ASKED:
        answer = office.get(path.format(incident=incident), role)
        assert answer.status_code == 200, (path, answer.text)
    for path in ("visits", "ground", "reports"):
        answer = office.phone().get(f"/api/mobile/{path}")
        assert answer.status_code == 200, (path, answer.text)
    asked = office.post("/api/customers/answer", {"premises": FIRST.id}, Role.AGENT)
    assert asked.status_code < 500
    assert office.call(address=SECOND.address, text="家里没水了")["ticket"]["id"]
    report(office, order, ReportKind.FIELD_COMPLETE)
    assert office.story(incident)
