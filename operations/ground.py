"""What lies under and around the day, loaded once and used by many requests."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
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

#: Grounds at the most, and how long one is kept that nobody asks for: readers that began before an
#: import have ended then. Source: mainbreak default, longer than any request.
_MOST_KEPT, _LATELY = 2, timedelta(minutes=1)

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


@dataclass
class _Kept:
    """A ground, what its engine drives by, and when it was asked for last."""

    ground: Ground
    today: StreetsToday
    asked: datetime


class GroundKeeper:
    """Keeps the ground of one database and loads again only what changed.

    While something is imported, readers that began before go on beside those of the new ground:
    each is given the ground of its own snapshot, and neither lets the other load again.
    ``zone`` is the utility's: traffic goes by its clock.
    """

    def __init__(self, zone: tzinfo = _ZONE) -> None:
        self._zone = zone
        self._lock = threading.Lock()
        #: The one asked for last is the first.
        self._kept: tuple[_Kept, ...] = ()

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
            found = self._of(work, version)
            standing = found.today.follow(work)
            if found.ground.closures is not standing:
                found.ground = replace(found.ground, closures=standing)
            others = [one for one in self._kept if one is not found and _asked(one, found.asked)]
            self._kept = (found, *others[: _MOST_KEPT - 1])
            return found.ground

    def _of(self, work: UnitOfWork, version: Versions) -> _Kept:
        """Return what is kept of this version, loaded if nothing is."""
        same = next((one for one in self._kept if one.ground.version[:3] == version[:3]), None)
        if same is not None and same.ground.version == version:
            same.asked = work.now
            return same
        before = self._kept if same is None else (same,)
        ground = _renewed(work, [one.ground for one in before], version, self._zone)
        if same is not None:
            same.ground, same.asked = ground, work.now
            return same
        known = (one.today for one in before if one.ground.travel is ground.travel)
        today = next(known, None) or StreetsToday(ground.streets, ground.travel)
        return _Kept(ground, today, work.now)


def _asked(one: _Kept, now: datetime) -> bool:
    """Return True if somebody asked for it lately."""
    return abs(now - one.asked) < _LATELY


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


def _renewed(work: UnitOfWork, before: Sequence[Ground], version: Versions, zone: tzinfo) -> Ground:
    """Return the ground of this version, taking over from those before what is the same."""
    old = next((one for one in before if one.version.network == version.network), None)
    if old is not None:
        turned = work.network.isolation_valves_changed_since(old.version.valves)
        network = old.network.with_isolation_valves(turned)
        _renew_behind(network)
    else:
        network = work.network.load()
    old = next((one for one in before if one.version.streets == version.streets), None)
    if old is not None:
        streets, travel = old.streets, old.travel
    else:
        streets = streets_or_none(work)
        travel = travel_over(streets)
    # No isolation valve changes where a place is.
    same = next((one.finder for one in before if one.version[:3] == version[:3]), None)
    finder = same or _Finder(network, work.places.all(), streets)
    calibration = Calibration(zone, work.calibration.load())
    calibrate(travel, calibration)
    return Ground(network, finder, streets, travel, version, calibration)
