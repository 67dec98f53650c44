"""Bring premises, crews and places in from CSV; unusable rows come back, the rest is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path

import gateways
import gis
from domain.errors import BadFile
from domain.places import LonLat
from domain.rejection import Rejected
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Intake:
    """How many rows were stored in place of how many, and the rows that were not."""

    stored: int
    replaced: int
    rejected: tuple[Rejected, ...]


def import_premises(work: UnitOfWork, file: Path) -> Intake:
    """Replace the stored premises; those without a pipe are connected to the nearest one."""
    network = work.network.load()

    def middle_of(pipe: str) -> LonLat | None:
        link = network.link_by_id.get(pipe)
        return link.path[len(link.path) // 2] if link else None

    premises, rejected = gateways.read_premises(file, place_of_pipe=middle_of)
    connected = gis.connect_premises(network, premises)
    work.network.save_premises(connected.premises)
    work.commit()
    return Intake(len(premises), len(network.premises), rejected)


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


def import_places(work: UnitOfWork, file: Path) -> Intake:
    """Replace the stored places, the landmarks callers name."""
    places, rejected = gateways.read_places(file)
    replaced = len(work.places.all())
    work.places.save(places)
    work.commit()
    return Intake(len(places), replaced, rejected)
