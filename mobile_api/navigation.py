"""Links that open a phone's navigation app at a place, each in the datum its app expects.

Amap, Apple and Tencent drive by GCJ-02, Baidu by BD-09, everything else by WGS-84; a link in the
wrong one ends 500 m off. Links are built here and opened on the phone, never by the server.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from domain.datum import to_bd09, to_gcj02
from domain.places import LonLat

#: How the apps are told who sent the crew.
_SOURCE = "mainbreak"


def navigation_links(target: LonLat, name: str) -> dict[str, str]:
    """Return a link by app; degrees to six digits, a tenth of a metre."""
    gcj, bd = to_gcj02(target), to_bd09(target)
    return {
        "geo": _geo(target, name),
        "amap": _amap(gcj, name),
        "baidu": _baidu("baidumap", bd, name),
        "baidu_android": _baidu("bdapp", bd, name),
        "tencent": _tencent(gcj, name),
        "apple": _apple(gcj),
    }


def _geo(target: LonLat, name: str) -> str:
    at = f"{target.lat:.6f},{target.lon:.6f}"
    return f"geo:{at}?q={at}({quote(name, safe='')})"


def _amap(gcj: tuple[float, float], name: str) -> str:
    query = {
        "to": f"{gcj[0]:.6f},{gcj[1]:.6f},{name.replace(',', ' ')}",
        "mode": "car",
        "policy": "1",
        "src": _SOURCE,
        "callnative": "1",
    }
    return "https://uri.amap.com/navigation?" + urlencode(query, quote_via=quote, safe=",")


def _baidu(scheme: str, bd: tuple[float, float], name: str) -> str:
    query = {
        "destination": f"latlng:{bd[1]:.6f},{bd[0]:.6f}|name:{name.replace('|', ' ')}",
        "coord_type": "bd09ll",
        "mode": "driving",
        "src": _SOURCE,
    }
    return f"{scheme}://map/direction?" + urlencode(query, quote_via=quote, safe=",:|")


def _tencent(gcj: tuple[float, float], name: str) -> str:
    query = {
        "type": "drive",
        "to": name,
        "tocoord": f"{gcj[1]:.6f},{gcj[0]:.6f}",
        "referer": _SOURCE,
    }
    return "https://apis.map.qq.com/uri/v1/routeplan?" + urlencode(query, quote_via=quote, safe=",")


def _apple(gcj: tuple[float, float]) -> str:
    query = {"daddr": f"{gcj[1]:.6f},{gcj[0]:.6f}", "dirflg": "d"}
    return "https://maps.apple.com/?" + urlencode(query, safe=",")
