"""Places in degrees inside a text: every writing, every map link, every datum, no surprise."""

from __future__ import annotations

import time
from math import cos, hypot, radians
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.datum import to_bd09, to_gcj02
from domain.places import Datum, LonLat
from gis.locating.coordinates import Spotted, is_short_link, spots_in

#: Xi'an in WGS-84 and in GCJ-02. Source: a published pair, see tests/domain/test_datum.py.
HERE, GCJ = LonLat(108.9420, 34.2600), (108.946655, 34.258412)


def metres_apart(a: LonLat, b: LonLat) -> float:
    """Return the distance of two near places on a sphere of 6,371 km."""
    east = (a.lon - b.lon) * cos(radians(a.lat))
    return hypot(east, a.lat - b.lat) * 111_195


def only(text: str) -> Spotted:
    """Return the one place of a text."""
    found = spots_in(text)
    assert len(found) == 1, (text, found)
    return found[0]


BARE = [
    "108.9420,34.2600",
    " ( 108.9420 , 34.2600 ) ",
    "（１０８．９４２０，３４．２６００）",
    "108.942 34.26",
    "【108.942；34.26】",
    "我在 108.9420,34.2600 这里漏水",
    "我在108.9420，34.2600这里漏水",
    "坐标：108.94200/34.26000。快来",
    "108.9420,34.2600,412.5",
    "x=108.9420, y=34.2600",
    "\u202a108.942\u200b,34.26\u202c",
]

NAMED = [
    "北纬34.26度 东经108.942度",
    "东经108.942，北纬34.26",
    "東經１０８．９４２度，北緯３４．２６度",
    "北纬34度15分36秒，东经108度56分31.2秒",
    "34°15'36\"N 108°56'31.2\"E",
    "34°15′36″N，108°56′31.2″E",
    "N34°15.6′ E108°56.52′",
    "N34 15.600 E108 56.520",
    "34 15.6 N, 108 56.52 E",
    "N34.26E108.942",
    "E108.942N34.26",
    "108.9420E,34.2600N",
    "34.26 N 108.942 E",
    "经度：108.942 纬度：34.26",
    "纬度34.26，经度108.942",
    '{"lat": 34.26, "lng": 108.942}',
    '{"longitude":108.942,"latitude":34.26}',
    "lat=34.26&lon=108.942",
    "https://example.com/here?lng=108.942&lat=34.26",
    "lat%3D34.26%26lon%3D108.942",
]


@pytest.mark.parametrize("text", BARE + NAMED)
def test_every_writing_is_the_same_place(text: str) -> None:
    """Within 30 m, the worth of a third decimal of a minute; nothing says which datum."""
    spot = only(text)
    assert metres_apart(spot.position, HERE) < 30
    assert (spot.datum, spot.turned, spot.stated) == (Datum.WGS84, False, False)


@pytest.mark.parametrize(
    "text", ["34.2600,108.9420", "（34.26，108.942）", "在34.2600 108.9420爆管"]
)
def test_a_bare_pair_with_latitude_first_is_turned(text: str) -> None:
    """A latitude of 108 can only be a longitude."""
    spot = only(text)
    assert spot.turned
    assert metres_apart(spot.position, HERE) < 30


def test_where_both_orders_are_places_both_are_given() -> None:
    """In Heidelberg only the network can tell which is meant; longitude first comes first."""
    straight, turned = spots_in("8.6917,49.4133")
    assert (straight.position, straight.turned) == (LonLat(8.6917, 49.4133), False)
    assert (turned.position, turned.turned) == (LonLat(49.4133, 8.6917), True)


@pytest.mark.parametrize(
    ("word", "datum"),
    [
        *(("gcj02", Datum.GCJ02), ("GCJ-02", Datum.GCJ02), ("高德", Datum.GCJ02)),
        *(("腾讯地图", Datum.GCJ02), ("火星坐标", Datum.GCJ02)),
        *(("bd09", Datum.BD09), ("百度", Datum.BD09), ("BD-09", Datum.BD09)),
        *(("cgcs2000", Datum.CGCS2000), ("wgs84", Datum.WGS84), ("GPS", Datum.WGS84)),
    ],
)
def test_a_word_says_the_datum(word: str, datum: Datum) -> None:
    """Before or behind the pair."""
    shift = {Datum.GCJ02: to_gcj02, Datum.BD09: to_bd09}.get(datum)
    lon, lat = shift(HERE) if shift else (HERE.lon, HERE.lat)
    for text in (f"{word} {lon:.7f},{lat:.7f}", f"我在{lon:.7f},{lat:.7f}（{word}）"):
        spot = only(text)
        assert (spot.datum, spot.stated) == (datum, True)
        assert metres_apart(spot.position, HERE) < 0.1


def test_the_nearer_of_two_words_counts() -> None:
    """Who gives a place twice gives it in two datums."""
    first, second = spots_in("高德 108.946655,34.258412 或者 GPS 108.9420,34.2600")
    assert (first.datum, second.datum) == (Datum.GCJ02, Datum.WGS84)
    assert metres_apart(first.position, second.position) < 0.2


_X, _Y = GCJ
GCJ_LINKS = [
    f"https://uri.amap.com/marker?position={_X},{_Y}&name=%E5%AE%B6&src=x",
    f"https://uri.amap.com/marker?position={_X}%2C{_Y}",
    f"uri.amap.com/marker?position={_X},{_Y}",
    f"【高德地图】我在这儿：https://uri.amap.com/marker?position={_X},{_Y}，快来",
    f"https://uri.amap.com/marker?markers={_X},{_Y},a|116.3,39.9,b",
    f"https://uri.amap.com/navigation?to={_X},{_Y},%E5%AE%B6&mode=car",
    f"https://wb.amap.com/?q={_Y},{_X},%E5%AE%B6",
    f"https://www.amap.com/?p=B001B0I5V1,{_Y},{_X},家,雁塔路",
    f"https://wb.amap.com/?p=B001B0I5V1%2C{_Y}%2C{_X}%2C%E5%AE%B6",
    f"https://www.amap.com/regeo?lng={_X}&lat={_Y}",
    f"androidamap://viewMap?sourceApplication=a&poiname=b&lat={_Y}&lon={_X}&dev=0",
    f"https://apis.map.qq.com/uri/v1/marker?marker=coord:{_Y},{_X};title:a;addr:b&referer=x",
    f"https://apis.map.qq.com/uri/v1/marker?marker=coord%3A{_Y}%2C{_X}%3Btitle%3A%E5%AE%B6",
    f"https://apis.map.qq.com/uri/v1/geocoder?coord={_Y},{_X}",
    f"https://map.qq.com/?type=marker&isopeninfowin=1&markertype=1&pointx={_X}&pointy={_Y}&name=a",
    f"https://api.map.baidu.com/marker?location={_Y},{_X}&coord_type=gcj02&title=a",
    quote(f"https://uri.amap.com/marker?position={_X},{_Y}", safe=""),
]
WGS_LINKS = [
    "geo:34.26,108.942",
    "geo:34.26,108.942,400;crs=wgs84;u=35",
    "geo:0,0?q=34.26,108.942(%E5%AE%B6)",
    "https://uri.amap.com/marker?position=108.942,34.26&coordinate=wgs84",
    "https://uri.amap.com/marker?position=108.942,34.26&amp;coordinate=wgs84",
    "androidamap://viewMap?lat=34.26&lon=108.942&dev=1",
    "http://api.map.baidu.com/marker?location=34.26,108.942&coord_type=wgs84&output=html",
    "https://apis.map.qq.com/uri/v1/marker?marker=coord:34.26,108.942;title:a&coord_type=1",
    "https://www.openstreetmap.org/?mlat=34.26&mlon=108.942#map=16/34.2/108.9",
    "https://www.openstreetmap.org/#map=17/34.26/108.942",
    "openstreetmap.org/#map=17/34.26/108.942&layers=N",
    "https://osmand.net/map/?pin=34.26,108.942#16/34/108",
]
MAYBE_LINKS = [
    "https://maps.google.com/?q={0},{1}",
    "https://maps.google.com/maps?ll={0},{1}&z=17",
    "https://www.google.com/maps/@{0},{1},17z",
    "https://www.google.com/maps/search/?api=1&query={0}%2C{1}",
    "https://www.google.de/maps/place/X/@40.1,9.1,17z/data=!3m1!4b1!8m2!3d{0}!4d{1}",
    "https://maps.apple.com/?ll={0},{1}&q=x",
]


@pytest.mark.parametrize("link", GCJ_LINKS)
def test_links_in_gcj02(link: str) -> None:
    """They are shifted back, and the maker of the link stands for the datum."""
    spot = only(link)
    assert (spot.datum, spot.turned, spot.stated) == (Datum.GCJ02, False, True)
    assert metres_apart(spot.position, HERE) < 0.2


@pytest.mark.parametrize("link", WGS_LINKS)
def test_links_in_wgs84(link: str) -> None:
    """They are taken as they are."""
    spot = only(link)
    assert (spot.position, spot.datum, spot.turned, spot.stated) == (HERE, Datum.WGS84, False, True)


@pytest.mark.parametrize(
    "link",
    [
        "https://api.map.baidu.com/marker?location={1},{0}&title=a&output=html",
        "baidumap://map/marker?location={1},{0}&title=a",
        "https://map.baidu.com/?latlng={1},{0}&title=a",
    ],
)
def test_links_in_bd09(link: str) -> None:
    """Baidu's own datum unless the link names another; what is in its metres is no place."""
    lon, lat = to_bd09(HERE)
    spot = only(link.format(lon, lat))
    assert (spot.datum, spot.stated) == (Datum.BD09, True)
    assert metres_apart(spot.position, HERE) < 0.1
    assert (
        spots_in("https://api.map.baidu.com/marker?location=3568023,12127000&coord_type=bd09mc")
        == ()
    )
    assert spots_in("https://map.baidu.com/@12127000.5,3568023.8,19z") == ()


@pytest.mark.parametrize("link", MAYBE_LINKS)
def test_links_whose_datum_depends(link: str) -> None:
    """Abroad it is WGS-84; in the mainland it may be either, the map's own first."""
    abroad = only(link.format(49.4133, 8.6917))
    assert (abroad.position, abroad.stated) == (LonLat(8.6917, 49.4133), True)
    inside, raw = spots_in(link.format(GCJ[1], GCJ[0]))
    assert (inside.datum, inside.stated, raw.datum, raw.stated) == ("gcj02", False, "wgs84", False)
    assert metres_apart(inside.position, HERE) < 0.2
    assert raw.position == LonLat(*GCJ)


@pytest.mark.parametrize(
    "link",
    [
        *("https://surl.amap.com/1aBcD", "https://j.map.baidu.com/12/abc", "https://dwz.cn/a1"),
        *("看这里 https://maps.app.goo.gl/xyz 快", "https://goo.gl/maps/abc"),
        "https://osm.org/go/0EEQjE--",
    ],
)
def test_a_short_link_says_nothing_and_is_told(link: str) -> None:
    """It is never fetched; the page asks for the long one."""
    assert spots_in(link) == ()
    assert is_short_link(link)
    assert not is_short_link(f"{link} 就是 108.9420,34.2600 geo:34.26,108.942")


@pytest.mark.parametrize(
    "text",
    [
        *("", "0,0", "0.0, 0.0", "geo:0,0", "nan,nan", "inf,34.26", "1e999,34.2600", "1e400 1e400"),
        *("181.001,34.260", "108.942,108.942", "91.5,91.5", "999.999,999.999", "-180.1,0.123"),
        "北纬91.5 东经108.942",
        "北纬34.26 北纬34.27",
        "北纬34度 东经108度",
        "建设路131号3栋2单元",
        "我家5-2，水压0.15,0.22兆帕",
        "12 3",
        "192.168.100.200",
        "版本1.2.3, 4.5.6",
        "DN300.123,100.123",
        "2026-11-23 08:30",
        "户号10007919，电话13800135521",
        "https://uri.amap.com/marker?position=0,0",
        "https://uri.amap.com/marker?position=a,b",
        "https://uri.amap.com/marker",
        "https://[::1/marker?position=1,2",
        "geo:34.26,108.942;crs=nad83",
        "geo:",
    ],
)
def test_what_is_no_place_gives_none(text: str) -> None:
    """Off the globe, nowhere, or a number of something else."""
    assert spots_in(text) == ()
    assert not is_short_link(text)


CHINA = st.tuples(st.floats(74, 134), st.floats(19, 53))
WORLD = st.tuples(st.floats(-179.9, 179.9), st.floats(-89.9, 89.9)).filter(
    lambda one: abs(one[0]) > 0.01 or abs(one[1]) > 0.01
)


def dms(degrees: float, hands: str) -> str:
    """Return an angle in degrees, minutes and seconds, with its letter."""
    seconds = round(abs(degrees) * 3600, 2)
    whole, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{whole:.0f}°{minutes:.0f}'{rest:.2f}\"{hands[degrees < 0]}"


@given(WORLD)
def test_degrees_minutes_seconds_anywhere(place: tuple[float, float]) -> None:
    """All four quarters of the globe."""
    lon, lat = place
    for text in (
        f"{dms(lat, 'NS')} {dms(lon, 'EW')}",
        f"{dms(lon, 'EW')}, {dms(lat, 'NS')}",
        f"lat:{lat:.6f},lon:{lon:.6f}",
        f"{'NS'[lat < 0]}{abs(lat):.6f} {'EW'[lon < 0]}{abs(lon):.6f}",
    ):
        spot = only(text)
        assert metres_apart(spot.position, LonLat(lon, lat)) < 0.5, text


@given(CHINA)
def test_a_link_gives_back_the_place_it_was_made_for(place: tuple[float, float]) -> None:
    """Written in each maker's datum, read back to WGS-84."""
    here = LonLat(*place)
    (gx, gy), (bx, by) = to_gcj02(here), to_bd09(here)
    for link in (
        f"https://uri.amap.com/marker?position={gx:.8f},{gy:.8f}",
        f"https://apis.map.qq.com/uri/v1/marker?marker=coord:{gy:.8f},{gx:.8f};title:a",
        f"https://api.map.baidu.com/marker?location={by:.8f},{bx:.8f}&title=a",
        f"geo:{here.lat:.8f},{here.lon:.8f}",
    ):
        assert metres_apart(only(link).position, here) < 0.1, link


PIECES = st.sampled_from(
    [
        *(
            "108.9420",
            "34.26",
            ",",
            " ",
            "-",
            ".",
            "°",
            "'",
            '"',
            "N",
            "e",
            "北纬",
            "东经",
            "度",
            "分",
        ),
        *("秒", "lat", "lon=", "geo:", "https://", "uri.amap.com/", "?position=", "%2C", "%", "&"),
        *("map.qq.com/", "?marker=coord:", ";", "google.com/maps", "/@", "!3d", "[", "]", "1e999"),
        *(
            "nan",
            "gcj02",
            "百度",
            "\x00",
            "\ud800",
            "\u202e",
            "😀",
            "٣",
            "²",
            "osm.org/",
            "#map=1/2/",
        ),
        *("maps.apple.com/?ll=", "j.map.baidu.com/s", "://", "@", "9" * 400),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
@example("http://[")
@example("geo:1,2?q=%FF")
@example("٣.٣٣٣,٣.٣٣٣")
def test_no_text_is_too_odd(text: str) -> None:
    """It never raises, and every place is on the globe."""
    for spot in spots_in(text):
        assert abs(spot.position.lon) <= 180
        assert abs(spot.position.lat) <= 90
        assert (spot.position.lon, spot.position.lat) != (0, 0)
    assert is_short_link(text) in {True, False}


@pytest.mark.parametrize(
    "part",
    [
        *(
            "1.234,",
            "999.123,999.123 百度",
            "n",
            "n1",
            "30°",
            "30°35'",
            "geo:1,2;",
            "amap.com",
            "a.",
        ),
        *(
            "https://uri.amap.com/",
            "(",
            "lat=",
            "1",
            "1.",
            "1e",
            "-",
            "!3d",
            "/@1",
            "map=1/",
            "百度",
        ),
        *("https://www.google.com/maps/place/", "goo.gl/", "建设路131号没水，", "%2C", "A-"),
    ],
)
def test_long_texts_are_no_trap(part: str) -> None:
    """100,000 characters chosen to make a pattern try again: 0.1 s is enough, a trap takes 20 s."""
    text = (part * 100_000)[:100_000]
    begun = time.process_time()
    spots_in(text)
    is_short_link(text)
    assert time.process_time() - begun < 5.0
