"""tickets.csv: a day of reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, tzinfo
from pathlib import Path

from domain.rejection import RejectReason
from domain.tickets import Ticket
from domain.words import Channel, Symptom
from gateways.cells import optional_place, optional_priority, optional_word, word
from gateways.rows import Rows
from gateways.table import Cells, RowFault, read_rows
from gateways.times import instant
from gateways.writing import degrees, write_csv

COLUMNS = (
    "id",
    "received_at",
    "channel",
    "phone",
    "account",
    "address",
    "lon",
    "lat",
    "datum",
    "text",
    "symptom",
    "priority",
)
REQUIRED = ("id", "received_at")


def read_tickets(path: Path, zone: tzinfo) -> Rows[Ticket]:
    """Return (tickets, rejected rows); a time without an offset is in ``zone``.

    A ticket needs at least one of phone, account, address, lon and lat, or text. ``symptom`` and
    ``priority`` stay None where the file is silent: ``domain.symptoms`` reads them from the text.

    Raises
    ------
    BadFile
        If the file is no CSV file of tickets.
    """

    def ticket(cells: Cells) -> Ticket:
        position = optional_place(cells)
        said = (cells["phone"], cells["account"], cells["address"], cells["text"])
        if position is None and not any(said):
            raise RowFault(
                "address",
                RejectReason.NO_PLACE,
                "Nothing says where. Give phone, account, address, lon and lat, or text.",
            )
        return Ticket(
            id=cells["id"],
            received_at=instant(cells, "received_at", zone),
            channel=word(cells, "channel", Channel, default=Channel.PHONE),
            phone=cells["phone"],
            account=cells["account"],
            address=cells["address"],
            text=cells["text"],
            position=position,
            symptom=optional_word(cells, "symptom", Symptom),
            priority=optional_priority(cells, "priority"),
        )

    return read_rows(path, COLUMNS, REQUIRED, ticket)


def write_tickets(path: Path, tickets: Iterable[Ticket], zone: tzinfo = UTC) -> None:
    """Write tickets so that ``read_tickets`` gives them back; times are written in ``zone``."""
    write_csv(path, COLUMNS, (_cells(one, zone) for one in tickets))


def _cells(one: Ticket, zone: tzinfo) -> tuple[object, ...]:
    return (
        one.id,
        one.received_at.astimezone(zone).isoformat(),
        one.channel.value,
        one.phone,
        one.account,
        one.address,
        *degrees(one.position),
        one.text,
        one.symptom.value if one.symptom else "",
        one.priority.name if one.priority else "",
    )
