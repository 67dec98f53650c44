"""Links that open a phone's navigation app at a place, each in the datum its app expects.

In mainland China Amap, Apple, Google and Tencent drive by GCJ-02, Baidu by BD-09; a link in the
wrong one ends 500 m off. Elsewhere, and for OpenStreetMap's apps, it is WGS-84. Links are built
here and opened on the phone, never by the server.

Source: the apps' own URI pages, as gathered in docs/mobile-api.md.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, urlencode

from domain.datum import to_bd09, to_gcj02
from domain.mainland import drives_shifted
from domain.places import LonLat

#: How the apps are told who sent the crew.
_SOURCE = "mainbreak"

#: A longer name is cut: it is shown in one line, and a link of kilobytes opens nothing.
#: Source: mainbreak default.
_LONGEST_NAME = 60

#: What separates the parts of an app's own notation; in a name it would end the name early.
_SEPARATORS = str.maketrans(dict.fromkeys(",，|;()", " "))


def navigation_links(target: LonLat, name: str) -> dict[str, str]:
    """Return a link by app; degrees to six digits, a tenth of a metre.

    ``target`` is where to stop on the road. ``name`` may hold anything: it is put in one line,
    shortened and percent-encoded as UTF-8, so it never changes what the link does.
    """
    shifted = drives_shifted(target)
    wgs = (target.lon, target.lat)
    gcj, bd = (to_gcj02(target), to_bd09(target)) if shifted else (wgs, wgs)
    name = _one_line(name)
    return {
        "amap": _amap(gcj, name),
        "amap_android": _amap_app("androidamap", gcj, name),
        "amap_ios": _amap_app("iosamap", gcj, name),
        "baidu": _baidu("baidumap", bd, name, shifted),
        "baidu_android": _baidu("bdapp", bd, name, shifted),
        "tencent": _tencent(gcj, name),
        "google": _google(gcj),
        "apple": _apple(gcj),
        "osmand": _osmand(target),
        "geo": _geo(target, name),
    }


def _one_line(name: str) -> str:
    """Return a name without separators and control characters, at most ``_LONGEST_NAME`` long."""
    plain = "".join(
        " " if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} else one
        for one in name.translate(_SEPARATORS)
    )
    return " ".join(plain.split())[:_LONGEST_NAME].strip() or "·"


def _degrees(value: float) -> str:
    return f"{value:.6f}"


def _lat_lon(place: tuple[float, float]) -> str:
    return f"{_degrees(place[1])},{_degrees(place[0])}"


def _link(head: str, query: dict[str, str], safe: str = "") -> str:
    """Return the link; what is in ``safe`` the app wants as it is."""
    return f"{head}?{urlencode(query, quote_via=quote, safe=safe)}"


def _amap(gcj: tuple[float, float], name: str) -> str:
    """Return the web page, which hands over to the app where that is installed."""
    query = {
        "to": f"{_degrees(gcj[0])},{_degrees(gcj[1])},{name}",
        "mode": "car",
        "policy": "1",
        "src": _SOURCE,
        "callnative": "1",
    }
    return _link("https://uri.amap.com/navigation", query, safe=",")


def _amap_app(scheme: str, gcj: tuple[float, float], name: str) -> str:
    """Return the app's own scheme; ``dev=0`` says that the place is GCJ-02 already."""
    query = {
        "sourceApplication": _SOURCE,
        "poiname": name,
        "lat": _degrees(gcj[1]),
        "lon": _degrees(gcj[0]),
        "dev": "0",
        "style": "2",
    }
    return _link(f"{scheme}://navi", query)


def _baidu(scheme: str, bd: tuple[float, float], name: str, shifted: bool) -> str:
    query = {
        "destination": f"latlng:{_lat_lon(bd)}|name:{name}",
        "coord_type": "bd09ll" if shifted else "wgs84",
        "mode": "driving",
        "src": _SOURCE,
    }
    return _link(f"{scheme}://map/direction", query, safe=",:|")


def _tencent(gcj: tuple[float, float], name: str) -> str:
    """Return the web page, which hands over to the app; its own scheme wants a customer's key."""
    query = {
        "type": "drive",
        "to": name,
        "tocoord": _lat_lon(gcj),
        "coord_type": "2",
        "referer": _SOURCE,
    }
    return _link("https://apis.map.qq.com/uri/v1/routeplan", query, safe=",")


def _google(gcj: tuple[float, float]) -> str:
    query = {"api": "1", "destination": _lat_lon(gcj), "travelmode": "driving"}
    return _link("https://www.google.com/maps/dir/", query, safe=",")


def _apple(gcj: tuple[float, float]) -> str:
    return _link("https://maps.apple.com/", {"daddr": _lat_lon(gcj), "dirflg": "d"}, safe=",")


def _osmand(target: LonLat) -> str:
    at = _lat_lon((target.lon, target.lat))
    return _link("https://osmand.net/map/", {"finish": at, "profile": "car"}, safe=",")


def _geo(target: LonLat, name: str) -> str:
    at = _lat_lon((target.lon, target.lat))
    return f"geo:{at}?q={at}({quote(name, safe='')})"
