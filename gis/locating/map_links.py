"""Places that links of map services carry. A link is read, never opened.

Source: the services' own documents of their links (Amap URI API, Baidu Maps URI API, Tencent
location service URI API, Google Maps URLs, Apple Map Links), RFC 5870 for geo, and OpenStreetMap's
wiki on permalinks. Which datum each means: docs/datum.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from domain.datum import in_mainland
from domain.places import Datum
from gis.locating.spots import Spotted, spotted

#: Links of one text, and characters of one, that are read. Source: mainbreak default.
MOST_LINKS, LONGEST_LINK = 8, 2000

_HOSTS = (
    r"(?:[a-z0-9-]{1,20}\.){0,3}(?:amap\.com|gaode\.com|map\.baidu\.com|map\.qq\.com"
    r"|google\.[a-z]{2,3}(?:\.[a-z]{2})?/maps|maps\.google\.[a-z]{2,3}(?:\.[a-z]{2})?"
    r"|maps\.apple\.com|openstreetmap\.org|osm\.org|osmand\.net|goo\.gl|dwz\.cn)"
)
_SCHEMES = (
    r"geo:(?=[-+0-9])|(?:androidamap|iosamap|amapuri|baidumap|bdapp|qqmap|comgooglemaps)://"
    r"|google\.navigation:"
)
_LINK = re.compile(
    rf"(?:(?:https?|map)://(?:{_HOSTS}|maps\.apple)(?![a-z0-9])|{_SCHEMES}"
    rf"|(?<![a-z0-9./@-]){_HOSTS}(?![a-z0-9.]))"
    r"[^\s<>\"“”，。；！？、【】《》]*",
    re.IGNORECASE,
)

#: Hosts whose links say nothing until somebody opens them.
_SHORT = re.compile(
    r"(?:surl\.amap\.com|j\.map\.baidu\.com|dwz\.cn|maps\.app\.goo\.gl|goo\.gl/maps|osm\.org/go/"
    r"|maps\.apple/p/|map\.baidu\.com/s/|map\.qq\.com/m/)[^\s]",
    re.IGNORECASE,
)

_DEGREES = r"[-+]?\d{1,3}(?:\.\d{1,20})?"
_PAIR = re.compile(rf"\s*(?:loc:|coord:|latlng:)?\s*({_DEGREES})\s*[, ]\s*({_DEGREES})(?![\d.])")
_AT = re.compile(rf"/@({_DEGREES}),({_DEGREES})(?![\d.])")
_PIN = re.compile(rf"!3d({_DEGREES})!4d({_DEGREES})(?![\d.])")
_IN_PATH = re.compile(rf"/(?:place|search|dir|dir/[^/]*)/({_DEGREES}),[ +]?({_DEGREES})(?![\d.])")
_MAP_HASH = re.compile(rf"(?:^|map=|&)\d{{1,2}}(?:\.\d+)?/({_DEGREES})/({_DEGREES})(?![\d.])")

_TENCENT = {"1": Datum.WGS84, "3": Datum.BD09, "": Datum.GCJ02, "5": Datum.GCJ02}
_BAIDU = {
    "": Datum.BD09,
    "bd09ll": Datum.BD09,
    "bd09": Datum.BD09,
    "gcj02": Datum.GCJ02,
    "wgs84": Datum.WGS84,
}

Query = Mapping[str, str]
#: (lon, lat, datum) as a link says them.
Said = tuple[float, float, Datum]


def spots_of_links(text: str) -> tuple[tuple[Spotted, ...], str]:
    """Return the places that links in a text carry, and the text without those links."""
    found: dict[Spotted, None] = {}
    kept: list[str] = []
    done = 0
    for number, link in enumerate(_LINK.finditer(text)):
        if number == MOST_LINKS:
            break
        found |= dict.fromkeys(_spots_of(link[0][:LONGEST_LINK]))
        kept.append(text[done : link.start()])
        done = link.end()
    return tuple(found), "\n".join([*kept, text[done:]])


def is_short_link(text: str) -> bool:
    """Return True if a text holds a shortened map link and no place: it has to be opened first.

    The page can then say so: open it, and paste the long address that the browser shows.
    """
    return _SHORT.search(text) is not None and not spots_of_links(text)[0]


def _spots_of(link: str) -> Iterator[Spotted]:
    parts = _split(link.replace("&amp;", "&"))
    if parts is None:
        return
    query = {key.lower(): value for key, value in parse_qsl(parts.query)}
    for read in (one for host, one in _READERS if host.search(_host(parts))):
        for lon, lat, datum in read(parts, query):
            yield from _spotted(lon, lat, datum, is_stated=read not in {_google, _apple})
        return


def _spotted(lon: float, lat: float, datum: Datum, *, is_stated: bool) -> Iterator[Spotted]:
    """Yield the place; in the mainland both where the service's map can be in either datum."""
    doubtful = not is_stated and in_mainland(lon, lat)
    for each in (Datum.GCJ02, Datum.WGS84) if doubtful else (datum,):
        spot = spotted(lon, lat, each, stated=not doubtful)
        if spot is not None:
            yield spot


def _split(link: str) -> SplitResult | None:
    whole = link if re.match(r"[a-z.]+:", link, re.IGNORECASE) else f"https://{link}"
    try:
        return urlsplit(whole)
    except ValueError:
        return None


def _host(parts: SplitResult) -> str:
    scheme = parts.scheme.lower()
    return f"{parts.netloc.lower()}{parts.path}" if scheme in {"http", "https", "map"} else scheme


def _pair(text: str | None) -> tuple[float, float] | None:
    found = _PAIR.match(unquote(text)) if text else None
    return (float(found[1]), float(found[2])) if found else None


def _numbers(query: Query, *names: str) -> tuple[float, float] | None:
    """Return two parameters as numbers, None unless both are."""
    values = [query.get(name, "") for name in names]
    if not all(re.fullmatch(_DEGREES, value.strip()) for value in values):
        return None
    first, second = map(float, values)
    return first, second


def _amap(_parts: SplitResult, query: Query) -> Iterator[Said]:
    datum = Datum.WGS84 if query.get("coordinate", "").lower() == "wgs84" else Datum.GCJ02
    if query.get("dev") == "1":
        datum = Datum.WGS84
    for name in ("position", "markers", "to"):
        if pair := _pair(query.get(name, "").partition("|")[0]):
            yield *pair, datum
            return
    named = query.get("p", "").split(",", 1)
    for said in (query.get("q", ""), named[1] if len(named) == 2 else "", query.get("location")):
        if pair := _pair(said):
            yield pair[1], pair[0], datum
            return
    for names in (("lng", "lat"), ("lon", "lat"), ("dlon", "dlat")):
        if pair := _numbers(query, *names):
            yield *pair, datum
            return


def _baidu(_parts: SplitResult, query: Query) -> Iterator[Said]:
    datum = _BAIDU.get(query.get("coord_type", "").lower())
    if datum is None:  # its metres have no closed form
        return
    for name in ("location", "latlng", "destination", "center"):
        if pair := _pair(query.get(name, "").partition("|")[0]):
            yield pair[1], pair[0], datum
            return


def _tencent(_parts: SplitResult, query: Query) -> Iterator[Said]:
    datum = _TENCENT.get(query.get("coord_type", ""))
    if datum is None:
        return
    if pair := _numbers(query, "pointx", "pointy"):
        yield *pair, datum
        return
    for name in ("marker", "coord", "tocoord", "center"):
        if pair := _pair(query.get(name)):
            yield pair[1], pair[0], datum
            return


def _google(parts: SplitResult, query: Query) -> Iterator[Said]:
    path = unquote(parts.path)
    pins = [found for pattern in (_PIN, _IN_PATH) if (found := pattern.search(path))]
    pairs = [(float(found[1]), float(found[2])) for found in pins]
    named = (_pair(query.get(name)) for name in ("q", "query", "destination", "daddr", "ll"))
    pairs += [pair for pair in named if pair]
    if view := _AT.search(path):
        pairs.append((float(view[1]), float(view[2])))
    if pairs:
        yield pairs[0][1], pairs[0][0], Datum.WGS84


def _apple(_parts: SplitResult, query: Query) -> Iterator[Said]:
    for name in ("coordinate", "ll", "q", "daddr", "sll"):
        if pair := _pair(query.get(name)):
            yield pair[1], pair[0], Datum.WGS84
            return


def _openstreetmap(parts: SplitResult, query: Query) -> Iterator[Said]:
    for names in (("mlon", "mlat"), ("lon", "lat")):
        if pair := _numbers(query, *names):
            yield *pair, Datum.WGS84
            return
    for name in ("pin", "finish"):
        if there := _pair(query.get(name)):
            yield there[1], there[0], Datum.WGS84
            return
    if view := _MAP_HASH.search(unquote(parts.fragment)):
        yield float(view[2]), float(view[1]), Datum.WGS84


def _geo(parts: SplitResult, query: Query) -> Iterator[Said]:
    """Yield what a geo URI says; ``geo:0,0?q=`` is how phones write a pin with a name."""
    place, _, options = unquote(parts.path).partition(";")
    crs = dict(one.partition("=")[::2] for one in options.lower().split(";"))
    if crs.get("crs", "wgs84") != "wgs84":
        return
    for said in (query.get("q"), place):
        if pair := _pair(said):
            yield pair[1], pair[0], Datum.WGS84
            return


_READERS: tuple[tuple[re.Pattern[str], Callable[[SplitResult, Query], Iterator[Said]]], ...] = (
    (re.compile(r"^geo$"), _geo),
    (re.compile(r"(^|\.)(amap|gaode)\.com|^(androidamap|iosamap|amapuri)$"), _amap),
    (re.compile(r"(^|\.)map\.baidu\.com|^(baidumap|bdapp)$"), _baidu),
    (re.compile(r"(^|\.)map\.qq\.com|^qqmap$"), _tencent),
    (re.compile(r"(^|\.)google\.|^comgooglemaps$"), _google),
    (re.compile(r"^maps\.apple"), _apple),
    (re.compile(r"(^|\.)(openstreetmap\.org|osm\.org|osmand\.net)"), _openstreetmap),
)
