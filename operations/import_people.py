"""Bring premises, crews, depots and places in from CSV; what cannot be used comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path

import gateways
import gis
from domain.errors import BadFile
from domain.places import Datum, LonLat
from domain.rejection import Rejected
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Intake:
    """How many rows were stored in place of how many, and the rows that were not.

    ``datum`` is the alarm if all of them seem to be of another datum than they were read in.
    """

    stored: int
    replaced: int
    rejected: tuple[Rejected, ...]
    datum: gis.WrongDatum | None = None


def import_premises(work: UnitOfWork, file: Path, datum: Datum = Datum.WGS84) -> Intake:
    """Replace the stored premises; those without a pipe are connected to the nearest one.

    ``datum`` is that of rows that name none.
    """
    network = work.network.load()

    def middle_of(pipe: str) -> LonLat | None:
        link = network.link_by_id.get(pipe)
        return link.path[len(link.path) // 2] if link else None

    premises, rejected = gateways.read_premises(file, place_of_pipe=middle_of, assumed=datum)
    alarm = gis.wrong_datum(
        network, [one.location for one in premises], [one.link for one in premises]
    )
    connected = gis.connect_premises(network, premises)
    work.network.save_premises(connected.premises)
    work.commit()
    return Intake(len(premises), len(network.premises), rejected, alarm)


def import_crews(work: UnitOfWork, file: Path, zone: tzinfo, today: date) -> Intake:
    """Replace the stored crews; shifts given as HH:MM are today's."""
    crews, rejected = gateways.read_crews(file, zone, today)
    if rejected and not crews:
        first = rejected[0]
        raise BadFile(file, first.detail, "correct the rows", row=first.row, field=first.field)
    replaced = len(work.crews.all())
    work.crews.save(crews)
    work.commit()
    return Intake(len(crews), replaced, rejected)


def import_depots(work: UnitOfWork, file: Path, datum: Datum = Datum.WGS84) -> Intake:
    """Replace the stored depots; ``datum`` is that of rows that name none."""
    depots, rejected = gateways.read_depots(file, assumed=datum)
    replaced = len(work.depots.all())
    work.depots.save(depots)
    work.commit()
    alarm = None
    if work.network.exists():
        alarm = gis.wrong_datum(work.network.load(), [one.position for one in depots])
    return Intake(len(depots), replaced, rejected, alarm)


def import_places(work: UnitOfWork, file: Path, datum: Datum = Datum.WGS84) -> Intake:
    """Replace the stored places, the landmarks callers name; ``datum``: of rows that name none."""
    places, rejected = gateways.read_places(file, assumed=datum)
    replaced = len(work.places.all())
    work.places.save(places)
    work.commit()
    alarm = None
    if work.network.exists():
        alarm = gis.wrong_datum(work.network.load(), [one.position for one in places])
    return Intake(len(places), replaced, rejected, alarm)
