"""Who uses the server while it is killed: an agent, crews, a dispatcher, somebody who watches."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from domain.tickets import Ticket
from tests.web.killed.books import Books
from tests.web.killed.stubborn import Stubborn

#: What a crew reports in each state of its visit.
NEXT = {
    "assigned": "accepted",
    "accepted": "en_route",
    "en_route": "on_site",
    "on_site": "field_complete",
    "paused": "on_site",
}


class Person:
    """Somebody who does one thing after the other until told to go home."""

    def __init__(self, name: str, client: Stubborn, books: Books, seed: int) -> None:
        self.name, self.client, self.books = name, client, books
        self.random = Random(f"{seed}/{name}")
        self.gone: BaseException | None = None

    def uuid(self) -> str:
        """Return a UUID drawn by the seed."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def work(self, home_time: threading.Event) -> None:
        """Go on until it is time to go; what goes wrong is kept for the test."""
        try:
            while not home_time.wait(self.random.uniform(0.0, 0.08)):
                self.act()
        except BaseException as error:
            self.gone = error

    def act(self) -> None:
        """Do one thing, to its acknowledged end."""
        raise NotImplementedError


class Agent(Person):
    """Takes the calls of a day, again and again, each time as a new one."""

    def __init__(
        self, name: str, client: Stubborn, books: Books, seed: int, calls: Iterator[Ticket]
    ) -> None:
        super().__init__(name, client, books, seed)
        self._calls = calls

    def act(self) -> None:
        """Take one call."""
        call = next(self._calls)
        client = self.uuid()
        body: dict[str, Any] = {
            "channel": call.channel.value,
            "phone": call.phone,
            "account": call.account,
            "address": call.address,
            "text": call.text,
            "client_id": client,
        }
        if call.symptom:
            body["symptom"] = call.symptom.value
        if call.position:
            body["position"] = {"lon": call.position.lon, "lat": call.position.lat}
        status, taken = self.client.post("/api/tickets", body)
        assert status in {200, 201}, (status, taken)
        self.books.ticket(client, taken["ticket"]["id"])


class Phone(Person):
    """A crew's phone: reads its visits, reports the next step, sends where it is."""

    def act(self) -> None:
        """Bring the first visit one step further, and send two positions."""
        self._send_fixes()
        listed = self.client.get("/api/mobile/visits")["items"]
        # A finished repair stays listed for its isolation valves; here nobody opens them.
        items = [one for one in listed if one["state"] in NEXT]
        if items:
            steps = self._steps(items[0])
            if len(steps) > 1:
                self._send_batch(steps)
            else:
                self._send(steps[0])

    def _steps(self, visit: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the next report, now and then the next two at once."""
        order, state = visit["work_order"], visit["state"]
        valves = (visit["isolation"] or {"order": []})["order"]
        ahead = [one["id"] for one in valves if one["state"] == "next"]
        if state == "on_site" and ahead:
            stuck = self.random.random() < 0.1
            kind = "valve_stuck" if stuck else "valve_closed"
            return [self._report(order, kind, isolation_valve=ahead[0])]
        if state == "on_site" and self.random.random() < 0.15:
            return [self._report(order, "paused", reason="waiting")]
        kind = NEXT[state]
        following = NEXT.get(kind)
        if kind in {"accepted", "en_route"} and following and self.random.random() < 0.4:
            return [self._report(order, kind), self._report(order, following)]
        return [self._report(order, kind)]

    def _report(self, order: str, kind: str, **more: str) -> dict[str, Any]:
        at = datetime.now(UTC).isoformat()
        return {"id": self.uuid(), "work_order": order, "kind": kind, "device_time": at, **more}

    def _send(self, report: dict[str, Any]) -> None:
        status, told = self.client.post("/api/mobile/reports", report)
        assert status in {200, 201}, (status, told)
        self._note(report, told)

    def _send_batch(self, reports: Sequence[dict[str, Any]]) -> None:
        status, told = self.client.post("/api/mobile/reports/batch", {"items": list(reports)})
        assert status == 200, (status, told)
        for report, one in zip(reports, told["items"], strict=True):
            self._note(report, one)

    def _note(self, report: dict[str, Any], told: dict[str, Any]) -> None:
        assert told["id"] == report["id"]
        kept = (self.name, report["work_order"], report["kind"], told["outcome"])
        self.books.report(report["id"], kept)

    def _send_fixes(self) -> None:
        fixes = [
            {
                "id": self.uuid(),
                "device_time": datetime.now(UTC).isoformat(),
                "lon": 113.95 + self.random.uniform(-0.01, 0.01),
                "lat": 30.30 + self.random.uniform(-0.01, 0.01),
            }
            for _ in range(2)
        ]
        status, told = self.client.post("/api/mobile/positions", {"items": fixes})
        assert status == 200, (status, told)
        assert told["refused"] == []
        for one in fixes:
            self.books.fix(one["id"], self.name)


class Dispatcher(Person):
    """Closes what is done."""

    def act(self) -> None:
        """Verify the resolved incidents; one that was closed before the answer came is told so."""
        for one in self.client.get("/api/incidents?limit=500")["items"]:
            if one["state"] == "resolved":
                status, told = self.client.post(f"/api/incidents/{one['id']}/verify", {})
                assert status in {200, 409}, (status, told)
                self.books.close(one["id"])


class Watcher:
    """Reads the live events, and goes on where it was whenever it is cut off."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port, self._headers = port, headers
        self._pause = threading.Event()
        self._last = "0"
        self.heard: list[tuple[int, str]] = []
        self.cut_off = 0

    def watch(self, home_time: threading.Event) -> None:
        """Listen until told to go home."""
        while not home_time.is_set():
            with suppress(OSError, http.client.HTTPException):
                self._listen(home_time)
            self.cut_off += 1
            self._pause.wait(0.02)

    def _listen(self, home_time: threading.Event) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            headers = self._headers | {"Last-Event-ID": self._last}
            connection.request("GET", "/api/events", headers=headers)
            answer = connection.getresponse()
            while answer.status == 200 and not home_time.is_set():
                block = _block(answer)
                if block is None:
                    return
                self._note(block)
        finally:
            connection.close()

    def _note(self, block: dict[str, str]) -> None:
        assert block.get("event") != "stream.reset"
        self._last = block.get("id", self._last)
        if "data" in block:
            self.heard.append((int(block["id"]), block["event"]))


def _block(answer: http.client.HTTPResponse) -> dict[str, str] | None:
    """Return the next whole block; None for half a one, which no browser counts either."""
    block: dict[str, str] = {}
    while line := answer.readline():
        text = line.decode().rstrip("\n")
        if not text:
            return block
        name, _, value = text.partition(": ")
        block[name] = value
    return None
