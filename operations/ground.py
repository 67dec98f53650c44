"""What lies under and around the day, loaded once and used by many requests."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

import gis
from domain.calibration import Calibration
from domain.closed_streets import ClosedStreets
from domain.network import PipeNetwork
from domain.places import Place
from domain.streets import StreetNetwork
from domain.travel import TravelTimes
from operations.closures.today import StreetsToday
from operations.named_roads import named_roads
from operations.travel import calibrate, streets_or_none, travel_over
from storage import UnitOfWork

#: From so many on, answers after a turned isolation valve are slower until the supply is renewed.
#: Source: mainbreak default; benchmarks.isolation has 126 000 of them on 100 000 pipes.
MANY_ISOLATION_VALVES = 50_000

#: Whose clock the bands of traffic go by, unless told. Source: mainbreak's first setting.
_ZONE = ZoneInfo("Asia/Shanghai")


class Versions(NamedTuple):
    """How often each part of the ground was stored."""

    network: int
    places: int
    streets: int
    valves: int
    calibration: int


@dataclass(frozen=True)
class _Finder:
    """What looks up words and places; built at the first question."""

    network: PipeNetwork
    places: tuple[Place, ...]
    streets: StreetNetwork | None

    @cached_property
    def gazetteer(self) -> gis.Gazetteer:
        return gis.Gazetteer(self.network, self.places, named_roads(self.streets))

    @cached_property
    def snapper(self) -> gis.Snapper:
        return gis.Snapper(self.network)


@dataclass(frozen=True)
class Ground:
    """The pipe network as it stands, the streets, and what answers questions about both.

    ``version`` changes whenever any of it does but ``closures``: those that stand, which
    ``travel`` drives by while they hold; its ``metric`` tells what it drives by now.
    ``calibration`` says how the crews' drives differ from free flow.
    """

    network: PipeNetwork
    finder: _Finder
    streets: StreetNetwork | None
    travel: TravelTimes
    version: Versions
    calibration: Calibration
    closures: tuple[ClosedStreets, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """The places callers name."""
        return self.finder.places

    @property
    def gazetteer(self) -> gis.Gazetteer:
        """Where words are looked up."""
        return self.finder.gazetteer

    @property
    def snapper(self) -> gis.Snapper:
        """What puts a place on a pipe."""
        return self.finder.snapper


class GroundKeeper:
    """Keeps the ground of one database and loads again only what changed.

    ``zone`` is the utility's: traffic goes by its clock.
    """

    def __init__(self, zone: tzinfo = _ZONE) -> None:
        self._zone = zone
        self._lock = threading.Lock()
        self._kept: Ground | None = None
        self._today: StreetsToday | None = None

    def of(self, work: UnitOfWork) -> Ground:
        """Return the ground as this unit of work sees it, driving by the closures of its instant.

        Call it before the unit writes closures: what is not stored yet may never be.

        Raises
        ------
        NothingImported
            If there is no network yet.
        """
        version = Versions(
            work.network.version(),
            work.places.version(),
            work.streets.version(),
            work.network.valves_version(),
            work.calibration.version(),
        )
        with self._lock:
            if self._kept is None or self._kept.version != version:
                self._kept = _renewed(work, self._kept, version, self._zone)
            self._kept = self._as_of_today(work, self._kept)
            return self._kept

    def _as_of_today(self, work: UnitOfWork, ground: Ground) -> Ground:
        """Return the ground with the closures that stand; its engine drives by them."""
        if self._today is None or self._today.travel is not ground.travel:
            self._today = StreetsToday(ground.streets, ground.travel)
        standing = self._today.follow(work)
        return ground if ground.closures is standing else replace(ground, closures=standing)


def _renew_behind(network: PipeNetwork) -> None:
    """Let the supply be worked out anew while questions are answered from the old one.

    Only where that takes long enough to matter: answers are the same, and on small networks as
    fast.
    """
    if len(network.isolation_valves) >= MANY_ISOLATION_VALVES:
        threading.Thread(target=_renew, args=(network,), daemon=True).start()


def _renew(network: PipeNetwork) -> None:
    gis.renew(network)
    gis.prepare_suspects(network)


def _renewed(work: UnitOfWork, old: Ground | None, version: Versions, zone: tzinfo) -> Ground:
    """Return the ground of this version, taking over from the old one what is the same."""
    if old is not None and old.version.network == version.network:
        turned = work.network.isolation_valves_changed_since(old.version.valves)
        network = old.network.with_isolation_valves(turned)
        _renew_behind(network)
    else:
        network = work.network.load()
    if old is not None and old.version.streets == version.streets:
        streets, travel = old.streets, old.travel
    else:
        streets = streets_or_none(work)
        travel = travel_over(streets)
    if old is not None and old.version[:3] == version[:3]:
        finder = old.finder  # no isolation valve changes where a place is
    else:
        finder = _Finder(network, work.places.all(), streets)
    calibration = Calibration(zone, work.calibration.load())
    calibrate(travel, calibration)
    return Ground(network, finder, streets, travel, version, calibration)
