"""Streets by the name of a place, from a stand-in for OpenStreetMap's servers on this machine."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import osmnx
import pytest

from domain.errors import BadInput
from routing.build import build_place
from tests.routing.drawn import at

CORNERS = [at(-500, -500), at(1500, -500), at(1500, 500), at(-500, 500), at(-500, -500)]
TOWN = {
    "place_id": 1,
    "osm_type": "relation",
    "osm_id": 1,
    "lat": "30.0",
    "lon": "120.0",
    "importance": 0.5,
    "display_name": "Riverton",
    "boundingbox": ["29.9", "30.1", "119.9", "120.1"],
    "geojson": {"type": "Polygon", "coordinates": [[[p.lon, p.lat] for p in CORNERS]]},
}
POINT = {**TOWN, "geojson": {"type": "Point", "coordinates": [120.0, 30.0]}}


def node(number: int, east_m: float, **tags: str) -> dict[str, Any]:
    """Return a node as the map server sends it."""
    place = at(east_m, 0)
    said = {"tags": tags} if tags else {}
    return {"type": "node", "id": number, "lat": place.lat, "lon": place.lon, **said}


def way(number: int, *nodes: int, **tags: str) -> dict[str, Any]:
    """Return a way as the map server sends it."""
    return {"type": "way", "id": number, "nodes": list(nodes), "tags": tags}


STREETS = [
    node(1, 0),
    node(2, 300, highway="traffic_signals"),
    node(3, 600),
    node(4, 900),
    way(1, 1, 2, highway="primary", **{"name": "人民路", "name:en": "Renmin Road", "ref": "G7"}),
    way(2, 2, 3, highway="residential"),
    way(3, 3, 4, highway="residential", access="private"),
    way(4, 2, 4, highway="footway"),
]


@dataclass
class Servers:
    """What the geocoder and the map server answer, and what they were asked."""

    found: list[dict[str, Any]] = field(default_factory=list)
    elements: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    """Serve both on a free port and point osmnx there."""
    told = Servers()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, document: object) -> None:
            body = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            told.asked.append(self.path)
            self._answer(told.found)

        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            told.asked.append(self.rfile.read(size).decode())
            self._answer({"elements": told.elements})

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _point_osmnx_at(f"http://127.0.0.1:{server.server_port}", monkeypatch)
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


def _point_osmnx_at(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(osmnx.settings, "nominatim_url", url + "/")
    monkeypatch.setattr(osmnx.settings, "overpass_url", url + "/api")
    monkeypatch.setattr(osmnx.settings, "overpass_rate_limit", False)
    monkeypatch.setattr("time.sleep", lambda _: None)  # osmnx spares the real servers
    monkeypatch.setattr(socket, "getaddrinfo", socket.getaddrinfo)  # which osmnx replaces


def test_a_place_is_fetched_by_its_name(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With names and signals; private roads and footways are left out; no file is written."""
    monkeypatch.chdir(tmp_path)
    servers.found, servers.elements = [TOWN], STREETS
    told: list[float] = []
    streets = build_place("Riverton", progress=lambda done, _: told.append(done))
    assert (len(streets.nodes), len(streets.tail)) == (3, 4)
    assert streets.label_of(0).en == "Renmin Road"
    assert "G7" in streets.rules.refs
    assert len(streets.rules.signals) == 1
    assert streets.report.private_left_out == 2
    assert streets.report.source == "Riverton"
    assert streets.report.attribution == "© OpenStreetMap contributors"
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert "ferry" not in "".join(servers.asked)
    assert list(tmp_path.iterdir()) == []


def test_a_place_with_its_private_roads_and_ferries(servers: Servers) -> None:
    """Both are asked for, and kept."""
    servers.found = [TOWN]
    crossing = way(5, 4, 5, 6, route="ferry", duration="0:10")
    servers.elements = [*STREETS, node(5, 1100), node(6, 1200), crossing]
    streets = build_place("Riverton", ferries=True, private=True)
    assert (len(streets.rules.ferries), len(streets.rules.private)) == (2, 2)
    assert streets.seconds[streets.rules.ferries] == pytest.approx([600, 600])
    assert "ferry" in "".join(servers.asked)


@pytest.mark.parametrize("found", [[], [POINT]], ids=["unknown", "a point"])
def test_a_place_the_map_does_not_contain(servers: Servers, found: list[dict[str, Any]]) -> None:
    """Or knows only as a point: one line, with the remedy."""
    servers.found = found
    with pytest.raises(
        BadInput, match=r"does not contain an area called 'Atlantis'.*FILE"
    ) as caught:
        build_place("Atlantis")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("elements", [[], STREETS[:4], [*STREETS[:4], STREETS[7]]])
def test_a_place_without_streets(servers: Servers, elements: list[dict[str, Any]]) -> None:
    """Nothing, nodes only, a footway only."""
    servers.found, servers.elements = [TOWN], elements
    with pytest.raises(BadInput, match=r"'Riverton' holds no street.*FILE"):
        build_place("Riverton")


def test_a_server_that_answers_nonsense(servers: Servers) -> None:
    """What it said stands in the line."""
    servers.found, servers.elements = [TOWN], [{"type": "way", "id": 1}]
    with pytest.raises(BadInput, match=r"'Riverton' cannot be fetched.*FILE"):
        build_place("Riverton")


def test_without_the_internet_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port where nobody listens stands for a machine without it."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        _point_osmnx_at(f"http://127.0.0.1:{held.getsockname()[1]}", monkeypatch)
        with pytest.raises(BadInput, match="needs the internet; give a file instead"):
            build_place("Riverton")
