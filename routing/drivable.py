"""Which ways of OpenStreetMap a crew may drive, in which direction, under which name."""

from __future__ import annotations

from collections.abc import Mapping

from routing.speeds import CLASS_KPH

#: The most particular word on access wins. Source: OSM wiki, Key:access, land-based transport.
_ACCESS_KEYS = ("motorcar", "motor_vehicle", "vehicle", "access")
_NO_ENTRY = frozenset({"no", "private", "agricultural", "forestry", "emergency"})

#: Ways to one house or inside a car park: no pipe runs there and no crew drives through.
_LEFT_OUT_SERVICE = frozenset({"driveway", "parking_aisle", "drive-through", "emergency_access"})

_FORWARD = frozenset({"yes", "true", "1"})
_BACKWARD = frozenset({"-1", "reverse"})
_CHANGING = frozenset({"reversible", "alternating"})
_ROUND = frozenset({"roundabout", "circular"})

_NAME_KEYS = ("name", "name:zh", "name:en")


def street_tags(tags: Mapping[str, str]) -> dict[str, str] | None:
    """Return the four tags a build needs of a way, None if no crew may drive it.

    ``highway`` as it was; ``oneway`` is ``yes``, ``-1`` or ``no``, with what roundabouts and
    motorways imply made plain; ``name`` the first of name, name:zh, name:en, empty if there is
    none; ``maxspeed`` as it was, empty if absent.
    """
    if not may_drive(tags):
        return None
    return {
        "highway": tags["highway"],
        "oneway": _oneway(tags),
        "name": street_name(tags),
        "maxspeed": tags.get("maxspeed", ""),
    }


def street_name(tags: Mapping[str, str]) -> str:
    """Return the local name, else the Chinese, else the English one, else an empty text."""
    return next((tags[key].strip() for key in _NAME_KEYS if tags.get(key)), "")


def may_drive(tags: Mapping[str, str]) -> bool:
    """Return True for a street of a kept class that is open to a utility's vehicle."""
    access = next((tags[key] for key in _ACCESS_KEYS if key in tags), "yes")
    return (
        tags.get("highway") in CLASS_KPH
        and tags.get("area", "no") == "no"
        and tags.get("service") not in _LEFT_OUT_SERVICE
        and tags.get("oneway") not in _CHANGING
        and access not in _NO_ENTRY
    )


def _oneway(tags: Mapping[str, str]) -> str:
    """Return the direction of traffic along the way: ``yes``, ``-1`` (against it) or ``no``."""
    said = tags.get("oneway", "")
    if said in _BACKWARD:
        return "-1"
    implied = tags.get("junction") in _ROUND or tags["highway"] == "motorway"
    return "yes" if said in _FORWARD or (implied and said != "no") else "no"
