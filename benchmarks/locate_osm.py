"""Real street names and addresses of OpenStreetMap files, said as callers say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import gis
from benchmarks.latin_noise import plain_name, say_address, say_street
from benchmarks.lines import Line
from benchmarks.locate_judge import Question, answers, right_share, standing
from benchmarks.osm_data import file_of, not_found
from benchmarks.osm_names import Parts, addresses_of, roads_of, written
from domain.network import PipeNetwork
from domain.places import Road
from domain.tickets import Candidate, FoundBy

STREETS, ADDRESSES = ("heidelberg", "porto"), "liechtenstein"
RATES = (0.0, 0.08)


def real_names_located(data: Path | None, count: int, rng: Random) -> Iterator[Line]:
    """Yield the shares of each town whose file is there; a line that says so for the others."""
    for town in STREETS:
        file = file_of(data, town)
        yield from _streets(town, file, count, rng) if file else _missing(town, "street")
    file = file_of(data, ADDRESSES)
    yield from _addresses(file, count, rng) if file else _missing(ADDRESSES, "address")


def _missing(town: str, metric: str) -> Iterator[Line]:
    for p in RATES:
        case = f"{town}, {p:.0%}"
        yield {
            "case": case,
            "metric": metric,
            "value": None,
            "holds": None,
            "missing": not_found(town),
        }


def _streets(town: str, file: Path, count: int, rng: Random) -> Iterator[Line]:
    """Yield the share of streets found by what is said of them, of names drawn without repeat."""
    roads = roads_of(file)
    gazetteer = gis.Gazetteer(PipeNetwork((), ()), (), roads)
    for p in RATES:
        asked = rng.sample(roads, min(count, len(roads)))
        given = answers(gazetteer, [_street_question(one, p, rng) for one in asked])
        case = f"{town}, {p:.0%}"
        yield right_share(case, "street", given) | {"names": len(roads)}
        yield from standing(case, given)


def _street_question(road: Road, p: float, rng: Random) -> Question:
    """Return a street said; one that differs only by what callers drop is right too."""

    def is_right(found: Candidate) -> bool:
        by_name = found.found_by is FoundBy.ROAD
        return by_name and plain_name(found.label) == plain_name(road.name)

    return Question(say_street(road.name, p, rng), road.name, is_right)


def _addresses(file: Path, count: int, rng: Random) -> Iterator[Line]:
    """Yield the share of addresses found, each asked once (or so many of them)."""
    premises, parts = addresses_of(file)
    gazetteer = gis.Gazetteer(PipeNetwork((), (), premises=premises), (), roads_of(file))
    gates = Counter(one[:2] for one in set(parts.values()))
    for p in RATES:
        asked = rng.sample(sorted(parts), min(count, len(parts)))
        questions = [
            _address_question(parts, parts[one], p, rng, needs_town=gates[parts[one][:2]] > 1)
            for one in asked
        ]
        given = answers(gazetteer, questions)
        case = f"{ADDRESSES}, {p:.0%}"
        yield right_share(case, "address", given) | {"addresses": len(parts)}
        yield from standing(case, given)


def _address_question(
    parts: dict[str, Parts], truth: Parts, p: float, rng: Random, *, needs_town: bool
) -> Question:
    """Return an address said; it is right on any premises recorded as the same address.

    The town is the same if town or postcode is; where the record of the true one gives neither,
    street and number are all there is to tell it by.
    """

    def is_right(found: Candidate) -> bool:
        there = parts.get(found.premises or "", ("", "", "", ""))
        nowhere = not any(truth[2:])
        same_town = any(
            one and one == other for one, other in zip(there[2:], truth[2:], strict=True)
        )
        return there[:2] == truth[:2] and (nowhere or same_town)

    said = say_address(truth, p, rng, needs_town=needs_town)
    return Question(said, written(truth), is_right)
