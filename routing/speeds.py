"""How fast a crew's vehicle drives on a street of each class."""

from __future__ import annotations

import re

#: Free-flow km/h by OSM's highway value; the keys are the classes that a build keeps. Between two
#: published car profiles, which differ by a sixth: the mean of their seconds a kilometre, so that
#: ours agree with each better than the two with each other (docs/travel-times.md).
#: Source: OSRM, profiles/car.lua (Project-OSRM/osrm-backend); Valhalla, lua/graph.lua, the default
#: speeds by class, residential and service streets and ramps as its tiles have them. ``road``
#: (class unknown) is OSRM's ``unclassified``.
CLASS_KPH: dict[str, float] = {
    "motorway": 97.0,
    "motorway_link": 60.0,
    "trunk": 87.0,
    "trunk_link": 53.0,
    "primary": 70.0,
    "primary_link": 40.0,
    "secondary": 57.0,
    "secondary_link": 34.0,
    "tertiary": 44.0,
    "tertiary_link": 27.0,
    "unclassified": 31.0,
    "residential": 29.0,
    "living_street": 14.0,
    "service": 19.0,
    "road": 25.0,
}

#: Share of the posted limit that is driven on average. Source: OSRM drives 0.8 of a limit, Valhalla
#: all of it; this is the mean of their seconds.
LIMIT_FACTOR = 8.0 / 9.0

#: km/h on a ferry whose crossing time is not known. Source: OSRM's car profile, ``ferry``.
FERRY_KPH = 5.0

#: km/h per mile per hour. Source: the international mile is 1609.344 m.
KPH_PER_MPH = 1.609344

#: Hours, minutes and seconds. Source: OSM wiki, Key:duration; ISO 8601 for the second form.
_CLOCK = re.compile(r"(?:(\d+):)?(\d+)(?::(\d\d))?")
_ISO = re.compile(r"PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")

_LIMIT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(km/h|kmh|kph|mph)?\s*")


def kph(highway: str, maxspeed: str = "") -> float:
    """Return the km/h driven on a street, from its limit if it has one, else from its class.

    A limit that is no number (``none``, ``signals``, ``DE:urban``) counts as no limit; of several
    (``50;30``) the lowest counts.
    """
    limits = [limit for part in re.split(r"[;|]", maxspeed) if (limit := _limit_kph(part))]
    return LIMIT_FACTOR * min(limits) if limits else CLASS_KPH[highway]


def duration_s(text: str) -> float:
    """Return the seconds of a crossing written ``1:20``, ``20`` (minutes) or ``PT1H20M``.

    0 if the text is none of these.
    """
    found = _CLOCK.fullmatch(text.strip()) or _ISO.fullmatch(text.strip())
    if found is None:
        return 0.0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return 3600.0 * hours + 60.0 * minutes + seconds


def _limit_kph(text: str) -> float | None:
    """Return a posted limit in km/h, None if the text is none or not between 5 and 150."""
    found = _LIMIT.fullmatch(text)
    if found is None:
        return None
    limit = float(found[1]) * (KPH_PER_MPH if found[2] == "mph" else 1.0)
    return limit if 5.0 <= limit <= 150.0 else None
