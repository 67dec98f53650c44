"""Navigation links lead to the place, each in the datum its app reads.

The datums are undone by prcoords, which shares no code with mainbreak.
"""

from __future__ import annotations

from math import cos, hypot, radians
from urllib.parse import parse_qs, unquote, urlsplit

import prcoords
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.mainland import drives_shifted
from domain.places import LonLat
from mobile_api.navigation import navigation_links

TARGET = LonLat(108.942, 34.26)

#: Inside the mainland, border towns and islands among them.
INSIDE = {
    "Beijing": LonLat(116.3975, 39.9087), "Shanghai": LonLat(121.4737, 31.2304),
    "Xi'an": TARGET, "Wuhan": LonLat(114.3055, 30.5928), "Nan'an": LonLat(118.3863, 24.9606),
    "Qingdao": LonLat(120.3826, 36.0671), "Lhasa": LonLat(91.117, 29.647),
    "Kashgar": LonLat(75.99, 39.47), "Tacheng": LonLat(82.98, 46.75),
    "Mohe": LonLat(122.54, 52.97), "Heihe": LonLat(127.49, 50.24), "Fuyuan": LonLat(134.3, 48.36),
    "Hunchun": LonLat(130.36, 42.86), "Dandong": LonLat(124.38, 40.12),
    "Manzhouli": LonLat(117.43, 49.59), "Erenhot": LonLat(111.98, 43.65),
    "Ruili": LonLat(97.85, 24.01), "Hekou": LonLat(103.96, 22.53),
    "Dongxing": LonLat(107.97, 21.54), "Zhangmu": LonLat(85.98, 27.99),
    "Shenzhen": LonLat(114.06, 22.54), "Zhuhai": LonLat(113.55, 22.27),
    "Sanya": LonLat(109.51, 18.25), "Xiamen": LonLat(118.09, 24.48),
    "Zhoushan": LonLat(122.2, 30.0), "Dalian": LonLat(121.6, 38.9),
}  # fmt: skip

#: Beyond it, also where a plain box around the mainland reaches.
OUTSIDE = {
    "Heidelberg": LonLat(8.69, 49.41), "Porto": LonLat(-8.61, 41.15), "Quito": LonLat(-78.5, -0.2),
    "Hong Kong": LonLat(114.16, 22.28), "Sheung Shui": LonLat(114.13, 22.50),
    "Macao": LonLat(113.55, 22.19), "Taipei": LonLat(121.56, 25.04),
    "Kinmen": LonLat(118.32, 24.44), "Seoul": LonLat(126.98, 37.57),
    "Fukuoka": LonLat(130.4, 33.6), "Vladivostok": LonLat(131.9, 43.12),
    "Ulaanbaatar": LonLat(106.9, 47.9), "Almaty": LonLat(76.9, 43.25),
    "Delhi": LonLat(77.2, 28.6), "Kathmandu": LonLat(85.3, 27.7), "Hanoi": LonLat(105.85, 21.03),
    "Bangkok": LonLat(100.5, 13.75), "Singapore": LonLat(103.82, 1.35),
    "Manila": LonLat(120.98, 14.6),
}  # fmt: skip

APPS = {
    "amap", "amap_android", "amap_ios", "baidu", "baidu_android", "tencent", "google", "apple",
    "osmand", "geo",
}  # fmt: skip

#: How each app is opened; whatever a name holds, this stays.
HEADS = {
    "amap": "https://uri.amap.com/navigation?",
    "amap_android": "androidamap://navi?",
    "amap_ios": "iosamap://navi?",
    "baidu": "baidumap://map/direction?",
    "baidu_android": "bdapp://map/direction?",
    "tencent": "https://apis.map.qq.com/uri/v1/routeplan?",
    "google": "https://www.google.com/maps/dir/?",
    "apple": "https://maps.apple.com/?",
    "osmand": "https://osmand.net/map/?",
    "geo": "geo:",
}

places = st.builds(LonLat, st.floats(103, 122), st.floats(23, 41))


def query(link: str) -> dict[str, str]:
    """Return a link's parameters, decoded; each stands once."""
    found = parse_qs(urlsplit(link).query, strict_parsing=True, errors="strict")
    return {key: value for key, (value,) in found.items()}


def read(app: str, link: str) -> tuple[str, float, float]:
    """Return the datum, longitude and latitude as the app's own pages say it reads its link."""
    said = query(link)
    if app == "amap":
        lon, lat = map(float, said["to"].split(",")[:2])
        return "gcj02", lon, lat
    if app.startswith("amap_"):
        return {"0": "gcj02", "1": "wgs84"}[said["dev"]], float(said["lon"]), float(said["lat"])
    if app.startswith("baidu"):
        text = said["destination"].split("|")[0].removeprefix("latlng:")
        datum = {"bd09ll": "bd09", "wgs84": "wgs84", "gcj02": "gcj02"}[said["coord_type"]]
    elif app == "tencent":
        text, datum = said["tocoord"], {"1": "wgs84", "2": "gcj02"}[said["coord_type"]]
    elif app == "geo":
        text, datum = said["q"].split("(")[0], "wgs84"
    else:
        key, datum = {"google": ("destination", "gcj02"), "apple": ("daddr", "gcj02"),
                      "osmand": ("finish", "wgs84")}[app]  # fmt: skip
        text = said[key]
    lat, lon = map(float, text.split(","))
    return datum, lon, lat


def metres_off(app: str, link: str, target: LonLat, mainland: bool) -> float:
    """Return how far the app would end from the target; beyond the mainland nothing is shifted."""
    datum, lon, lat = read(app, link)
    if mainland and datum == "gcj02":
        lat, lon = prcoords.gcj_wgs_bored((lat, lon))
    elif mainland and datum == "bd09":
        lat, lon = prcoords.bd_wgs_bored((lat, lon))
    north = (lat - target.lat) * 111_195
    return hypot((lon - target.lon) * 111_195 * cos(radians(target.lat)), north)


@pytest.mark.parametrize("place", [*INSIDE, *OUTSIDE])
def test_every_app_ends_within_a_metre(place: str) -> None:
    """Through another's datum shifts, in the order of axes and with the datum the app expects."""
    target = (INSIDE | OUTSIDE)[place]
    links = navigation_links(target, "学府路 12 号")
    assert links.keys() == APPS
    for app, link in links.items():
        assert metres_off(app, link, target, place in INSIDE) < 1.0, (app, link)


@given(places)
def test_anywhere_in_the_mainland(target: LonLat) -> None:
    """The same for any place between Chengdu, Shanghai and Beijing."""
    if not drives_shifted(target):
        return  # the sea, or a neighbour
    for app, link in navigation_links(target, "").items():
        assert metres_off(app, link, target, mainland=True) < 1.0, (app, link)


@pytest.mark.parametrize("place", INSIDE)
def test_the_judge_is_exact_enough(place: str) -> None:
    """What undoes the shifts undoes prcoords' own to a centimetre, at places that are shifted."""
    target = INSIDE[place]
    for shift, undo in ((prcoords.wgs_gcj, prcoords.gcj_wgs_bored),
                        (prcoords.wgs_bd, prcoords.bd_wgs_bored)):  # fmt: skip
        moved = shift((target.lat, target.lon))
        assert hypot(moved.lat - target.lat, moved.lon - target.lon) * 111_195 > 50.0
        back = undo(moved)
        assert hypot(back.lat - target.lat, back.lon - target.lon) * 111_195 < 0.01


@pytest.mark.parametrize(
    "name",
    [
        "学府路, 12号|门前 (人行道)", "a&b=c#d?e", "\"'<script>", "口🚰水", "line\nbreak\ttab",
        "长" * 300, "%26%7C", "+ +", "|name:x", "\ud800", "", "   ", "),1,1(",
    ],
)  # fmt: skip
def test_no_name_changes_what_a_link_does(name: str) -> None:
    """Scheme, host, place and every other parameter stay; the link stays short and plain."""
    check_name(name)


@given(st.text(st.characters(), max_size=400))
def test_no_name_at_all_changes_what_a_link_does(name: str) -> None:
    """Whatever can be typed, and what cannot."""
    check_name(name)


def check_name(name: str) -> None:
    """See that links with this name do what links with a plain one do."""
    plain, odd = navigation_links(TARGET, "x"), navigation_links(TARGET, name)
    for app, link in odd.items():
        assert link.startswith(HEADS[app])
        assert link.isascii()
        assert link.isprintable()
        assert not set(link) & set(" \"'<>#\\^`{}")
        assert len(link) < 1000
        assert read(app, link) == read(app, plain[app])
        said, expected = query(link), query(plain[app])
        assert said.keys() == expected.keys()
        differing = {key for key in said if said[key] != expected[key]}
        assert differing <= {"to", "poiname", "destination", "q"}
    assert query(odd["amap"])["to"].count(",") == 2
    assert query(odd["baidu"])["destination"].count("|") == 1


def test_a_name_is_shown_as_it_is_written() -> None:
    """Encoded as UTF-8, in one line."""
    links = navigation_links(TARGET, "学府路 12 号\n门前")
    name = "学府路 12 号 门前"
    assert query(links["amap"])["to"].endswith(f",{name}")
    assert query(links["amap_ios"])["poiname"] == query(links["tencent"])["to"] == name
    assert query(links["baidu_android"])["destination"].endswith(f"|name:{name}")
    assert unquote(links["geo"]).endswith(f"({name})")
    assert "%E5%AD%A6%E5%BA%9C%E8%B7%AF%2012" in links["tencent"]
