"""Which ways of OpenStreetMap a crew may drive, in which direction, under which name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from routing.speeds import CLASS_KPH, FERRY_KPH, duration_s, kph

#: The class of a ferry line, which has no ``highway`` of its own.
FERRY = "ferry"

#: The most particular word on access wins. Source: OSM wiki, Key:access, land-based transport.
_ACCESS_KEYS = ("motorcar", "motor_vehicle", "vehicle", "access")
_NO_ENTRY = frozenset({"no", "agricultural", "forestry", "emergency"})
_PRIVATE = "private"

#: Ways to one house or inside a car park: no pipe runs there and no crew drives through.
_LEFT_OUT_SERVICE = frozenset({"driveway", "parking_aisle", "drive-through", "emergency_access"})

_FORWARD = frozenset({"yes", "true", "1"})
_BACKWARD = frozenset({"-1", "reverse"})
_CHANGING = frozenset({"reversible", "alternating"})
_ROUND = frozenset({"roundabout", "circular"})

_NAME_KEYS = ("name", "name:zh", "name:en")
_CHINESE_KEYS = ("name:zh-Hans", "name:zh")


@dataclass(frozen=True, slots=True)
class Street:
    """What a build needs to know of a way.

    Attributes
    ----------
    highway
        The class: OSM's ``highway``, or ``ferry``.
    oneway
        ``yes``, ``-1`` (against the drawing) or ``no``; what roundabouts and motorways imply is
        made plain.
    name, zh, en, ref
        The name shown; in Chinese; in English; the road's number. Empty where there is none.
    kph
        Free-flow speed.
    crossing_s
        A ferry's seconds for the whole way, 0 if only its speed is known.
    roundabout, ferry, private
        What it is beside a street open to all.
    """

    highway: str
    oneway: str
    name: str
    zh: str
    en: str
    ref: str
    kph: float
    crossing_s: float = 0.0
    roundabout: bool = False
    ferry: bool = False
    private: bool = False


def street_of(tags: Mapping[str, str]) -> Street | None:
    """Return what the tags say of a street, None if no utility's vehicle may ever drive it.

    Ferries and private roads are answered: whether to drive them is for the caller to choose.
    """
    ferry = tags.get("route") == FERRY
    access = next((tags[key] for key in _ACCESS_KEYS if key in tags), "yes")
    if access in _NO_ENTRY or not (ferry or _is_road(tags)):
        return None
    highway = FERRY if ferry else tags["highway"]
    return Street(
        highway=highway,
        oneway=_oneway(tags, highway),
        name=street_name(tags),
        zh=_first(tags, _CHINESE_KEYS),
        en=_first(tags, ("name:en",)),
        ref=_first(tags, ("ref",)),
        kph=FERRY_KPH if ferry else kph(highway, tags.get("maxspeed", "")),
        crossing_s=duration_s(tags.get("duration", "")) if ferry else 0.0,
        roundabout=tags.get("junction") in _ROUND,
        ferry=ferry,
        private=access == _PRIVATE,
    )


def is_wanted(street: Street, *, ferries: bool, private: bool) -> bool:
    """Return True unless the street is of a kind that was not asked for."""
    return (ferries or not street.ferry) and (private or not street.private)


def street_name(tags: Mapping[str, str]) -> str:
    """Return the local name, else the Chinese, else the English one, else an empty text."""
    return _first(tags, _NAME_KEYS)


def _is_road(tags: Mapping[str, str]) -> bool:
    """Return True for a road of a kept class that leads somewhere."""
    return (
        tags.get("highway") in CLASS_KPH
        and tags.get("area", "no") == "no"
        and tags.get("service") not in _LEFT_OUT_SERVICE
        and tags.get("oneway") not in _CHANGING
    )


def _oneway(tags: Mapping[str, str], highway: str) -> str:
    """Return the direction of traffic along the way: ``yes``, ``-1`` (against it) or ``no``."""
    said = tags.get("oneway", "")
    if said in _BACKWARD:
        return "-1"
    implied = tags.get("junction") in _ROUND or highway == "motorway"
    return "yes" if said in _FORWARD or (implied and said != "no") else "no"


def _first(tags: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((tags[key].strip() for key in keys if tags.get(key)), "")
