"""Navigation links lead to the place, each in the datum its app reads."""

from __future__ import annotations

from math import cos, radians
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from domain.datum import to_wgs84
from domain.places import Datum, LonLat
from mobile_api.navigation import navigation_links

TARGET = LonLat(108.942, 34.26)
NAME = "学府路, 12号|门前 (人行道)"
LINKS = navigation_links(TARGET, NAME)


def metres_off(place: LonLat) -> float:
    """Return how far a place is from the target."""
    east = (place.lon - TARGET.lon) * 111_133 * cos(radians(TARGET.lat))
    return float(((place.lat - TARGET.lat) ** 2 * 111_133**2 + east**2) ** 0.5)


def query(app: str) -> dict[str, str]:
    """Return a link's parameters, decoded."""
    return {key: value for key, (value,) in parse_qs(urlsplit(LINKS[app]).query).items()}


def pair(text: str) -> tuple[float, float]:
    """Return the two numbers a text begins with."""
    first, second = text.split(",")[:2]
    return float(first), float(second)


def test_amap_gets_longitude_first_in_gcj02() -> None:
    """Its web link is opened by the app too, and lists no parameter for another datum."""
    said = query("amap")
    assert metres_off(to_wgs84(*pair(said["to"]), Datum.GCJ02)) < 1
    assert said["to"].split(",")[2].split()[0] == "学府路"
    assert (said["mode"], said["src"]) == ("car", "mainbreak")


@pytest.mark.parametrize(("app", "scheme"), [("baidu", "baidumap"), ("baidu_android", "bdapp")])
def test_baidu_gets_latitude_first_in_bd09_and_says_so(app: str, scheme: str) -> None:
    """Without coord_type it would be guessed."""
    said = query(app)
    at, name = said["destination"].removeprefix("latlng:").split("|", 1)
    lat, lon = pair(at)
    assert LINKS[app].startswith(f"{scheme}://map/direction?")
    assert metres_off(to_wgs84(lon, lat, Datum.BD09)) < 1
    assert said["coord_type"] == "bd09ll"
    assert name == "name:学府路, 12号 门前 (人行道)"


@pytest.mark.parametrize(("app", "key"), [("tencent", "tocoord"), ("apple", "daddr")])
def test_tencent_and_apple_get_latitude_first_in_gcj02(app: str, key: str) -> None:
    """Both drive on GCJ-02 in the mainland."""
    lat, lon = pair(query(app)[key])
    assert metres_off(to_wgs84(lon, lat, Datum.GCJ02)) < 1


def test_geo_gets_latitude_first_in_wgs84() -> None:
    """RFC 5870 knows no other datum."""
    at, _, rest = LINKS["geo"].removeprefix("geo:").partition("?")
    lat, lon = pair(at)
    assert metres_off(LonLat(lon, lat)) < 1
    assert unquote(rest) == f"q={at}({NAME})"


def test_beyond_the_mainland_nothing_is_shifted() -> None:
    """There every app reads WGS-84."""
    there = LonLat(8.69, 49.41)
    links = navigation_links(there, "Heidelberg")
    assert "to=8.690000,49.410000," in links["amap"]
    assert "daddr=49.410000,8.690000" in links["apple"]
