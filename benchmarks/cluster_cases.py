"""Cases of the clusters benchmark: networks with their burst models, a burst and its calls."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely

import gis
from benchmarks.burst_model import Bursts, along, flat, with_homes
from benchmarks.burst_posterior import Belief
from benchmarks.callers import Call, background, calls_about, located
from benchmarks.district_bursts import district, district_bursts
from domain.network import PipeNetwork
from domain.tickets import LocatedTicket

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

#: Networks that come with wntr, and the CRS of each; those of a data folder, whose isolation
#: valves are in the file. Net3's unit of length is 225 m, by its pipes.
NET3 = "+proj=aeqd +lon_0=114 +lat_0=30 +to_meter=225 +type=crs"
WITH_WNTR = {"Net3": NET3, "ky4": "EPSG:3089", "ky10": "EPSG:3089"}
WITH_DATA = {"ky8_v": "EPSG:3089", "ky18_v": "EPSG:3089"}


@dataclass(frozen=True)
class Case:
    """One burst: its pipe (a row of the model), and every call of its zone, first one first."""

    row: int
    calls: tuple[Call, ...]

    def after(self, count: int) -> tuple[Call, ...]:
        """Return the calls up to the one that is number ``count`` about the burst."""
        ends = [number for number, call in enumerate(self.calls) if call.burst >= 0]
        return self.calls[: ends[count - 1] + 1] if len(ends) >= count else ()


class Town:
    """A network with its burst model, and which answers count as the same one."""

    def __init__(self, name: str, model: Bursts) -> None:
        self.name, self.model, self.network = name, model, model.network
        self.segments = gis.segment_of(self.network)
        self.belief = Belief(model)
        self.chance = model.metres / model.metres.sum()
        self.row = {pipe: row for row, pipe in enumerate(model.pipes)}
        self.lat = self.network.nodes[0].position.lat

    @cached_property
    def answers(self) -> Any:
        """Each pipe's segment; segments whose bursts have the same effects are one answer."""
        of = np.array([self.segments.of_link(pipe) for pipe in self.model.pipes])
        effects: dict[int, set[bytes]] = {}
        for row, segment in enumerate(of):
            effects.setdefault(int(segment), set()).add(self.model.signature(row))
        first: dict[frozenset[bytes], int] = {}
        same = {one: first.setdefault(frozenset(what), one) for one, what in effects.items()}
        return np.array([same[int(one)] for one in of])

    @cached_property
    def zones(self) -> Any:
        """Each pipe's zone."""
        return np.array([self.network.link_by_id[pipe].zone for pipe in self.model.pipes])

    @cached_property
    def home_zones(self) -> Any:
        """Each premises' zone."""
        links = self.network.link_by_id
        return np.array([links[one.link or ""].zone for one in self.network.premises])

    @cached_property
    def homes(self) -> Any:
        """Each premises' place in metres."""
        return flat([one.location for one in self.network.premises], self.lat)

    @cached_property
    def middles(self) -> Any:
        """The middle of each pipe in metres."""
        links = self.network.link_by_id
        return flat([along(links[pipe], 0.5) for pipe in self.model.pipes], self.lat)

    @cached_property
    def lines(self) -> Any:
        """The course of each pipe in metres."""
        paths = [self.network.link_by_id[pipe].path for pipe in self.model.pipes]
        spots = flat([one for path in paths for one in path], self.lat)
        of = np.repeat(np.arange(len(paths)), [len(path) for path in paths])
        return shapely.linestrings(spots, indices=of)

    def answer_of(self, pipe: str) -> int:
        """Return the answer that naming this pipe is; -1 for a pipe that cannot burst."""
        row = self.row.get(pipe)
        return -1 if row is None else int(self.answers[row])

    def tickets(self, calls: Sequence[Call]) -> tuple[LocatedTicket, ...]:
        """Return the calls as tickets T1, T2 ..."""
        return tuple(
            located(self.network, call, f"T{number}", START)
            for number, call in enumerate(calls, start=1)
        )


def draw_case(town: Town, rng: np.random.Generator, least: int) -> tuple[Case, int]:
    """Return a burst about which so many call at least, and how many were drawn until then."""
    drawn = 0
    while True:
        drawn += 1
        row = int(rng.choice(len(town.chance), p=town.chance))
        calls = calls_about(town.model, row, rng)
        if len(calls) >= least:
            homes = np.flatnonzero(town.home_zones == town.zones[row])
            others = background(homes, calls[-1].minute, rng)
            return Case(row, tuple(sorted([*calls, *others]))), drawn


def towns(names: Sequence[str], data: Path | None, seed: int) -> Iterator[Town]:
    """Yield each town that is there: a file of wntr or of ``data``, or ``district N``."""
    for name in names:
        if name.startswith("district"):
            network = district(int(name.split()[1]), seed)
            yield Town(name, district_bursts(network))
        elif (file := _file(name, data)) is not None:
            yield Town(name, _of_file(name, file, seed))
        else:
            print(f"{name}: no such file; give --data or MAINBREAK_DATA", file=sys.stderr)


def _of_file(name: str, file: Path, seed: int) -> Bursts:
    from benchmarks import epanet_bursts  # noqa: PLC0415 - wntr is needed here only

    if name in WITH_DATA:
        found = gis.read_network(file, crs=WITH_DATA[name], isolation_valves="TCV").network
        network: PipeNetwork = with_homes(found)
    else:
        found = gis.read_network(file, crs=WITH_WNTR[name]).network
        network = epanet_bursts.with_strategic_valves(with_homes(found), file, seed)
    return epanet_bursts.epanet_bursts(network, file, lambda at, of: _progress(name, at, of))


def _file(name: str, data: Path | None) -> Path | None:
    if name in WITH_WNTR:
        import wntr  # noqa: PLC0415 - as above

        return Path(wntr.library.ModelLibrary().get_filepath(name))
    spots = [] if data is None else [data / f"{name}.inp", data / "inp" / f"{name}.inp"]
    return next((spot for spot in spots if spot.is_file()), None)


def _progress(name: str, at: int, of: int) -> None:
    if at == of or at % 200 == 0:
        print(f"{name}: {at} of {of} bursts", file=sys.stderr)
