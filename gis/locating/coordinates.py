"""Places in degrees that stand in a text, however written, and those that map links carry.

The text is cut into numbers, marks of degrees, words of hemisphere and separators in one pass;
angles are read from them, and two that stand side by side are a place.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from domain.places import Datum
from gis.locating.map_links import is_short_link, spots_of_links
from gis.locating.spots import Spotted, spotted

__all__ = ["Spotted", "is_short_link", "spots_in"]

#: Places of one text at the most, and numbers and words of direction that are looked at.
#: Source: mainbreak default; a person reads no more, and a list of places is no call.
MOST, MOST_TOLD = 8, 500

#: Digits behind the point that a bare pair needs inside a sentence (0.001 degrees are 100 m), and
#: an angle whose word says what it is (a kilometre). Source: mainbreak default.
BARE_DIGITS, NAMED_DIGITS = 3, 2

#: Full-width digits, letters and signs, one for one; signs that are not seen become blanks.
_UNSEEN = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x3000)
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x2212: 0x2D}
_NARROW |= dict.fromkeys(_UNSEEN, 0x20)

_TOKEN = re.compile(
    r"(?P<number>(?<![0-9a-z.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![0-9]|\.[0-9])"
    r"|(?:(?<=[nsew])|(?<=lat)|(?<=lon)|(?<=lng))\d+(?:\.\d+)?(?![0-9]|\.[0-9]))"
    r"|(?P<degree>°|º|˚|度|deg(?:rees?)?)"
    r"|(?P<second>''|[\"″”“]|秒)"
    r"|(?P<minute>['′’‘]|分)"
    r"|(?P<lat>[纬緯]度|(?<![a-z])lat(?:itude)?(?![a-z]))"
    r"|(?P<lon>[经經]度|(?<![a-z])(?:lon(?:gitude)?|lng)(?![a-z]))"
    r"|(?P<north>北[纬緯]|(?<![a-z])n(?:orth)?(?![a-z]))|(?P<south>南[纬緯]|(?<![a-z])s(?:outh)?(?![a-z]))"
    r"|(?P<east>[东東][经經]|(?<![a-z])e(?:ast)?(?![a-z]))"
    r"|(?P<west>西[经經]|(?<![a-z])w(?:est)?(?![a-z]))"
    r"|(?P<glue>\s+|[,、;:=/|&()\[\]{}【】是为為]|[xy](?=\s*[=:]))"
)

_DATUM = re.compile(
    r"(?P<gcj02>gcj[-_ ]?02|高德|腾讯|騰訊|火星|amap|gaode|tencent)"
    r"|(?P<bd09>bd[-_ ]?09|百度|baidu)"
    r"|(?P<cgcs2000>cgcs[-_ ]?2000|国家2000|天地图|tianditu|epsg:?4490)"
    r"|(?P<wgs84>wgs[-_ ]?84|gps|epsg:?4326)"
)

#: A sign between numbers or around an address, percent-encoded.
_ENCODED = re.compile(r"%(?:2[0CF]|3[ABDF]|26|25)", re.IGNORECASE)

_IS_LAT = {"lat": True, "north": True, "south": True, "lon": False, "east": False, "west": False}
_NEGATIVE = frozenset({"south", "west"})

#: What may stand between two angles, and how many of it at the most.
_BETWEEN, _MOST_GLUE = frozenset({"glue", "second", "minute"}), 6


@dataclass(frozen=True, slots=True)
class _Angle:
    """Degrees that stand at tokens ``start`` to ``stop``; ``is_lat`` None if nothing says so.

    ``digits`` is how many are behind the point, or stand for minutes and seconds.
    """

    degrees: float
    is_lat: bool | None
    digits: int
    start: int
    stop: int


def spots_in(text: str) -> tuple[Spotted, ...]:
    """Return the places a text gives in degrees, links first, then in the order they stand.

    A bare pair is longitude first; where only the other order makes a place it is turned, and
    where both do both are given. Inside a sentence a bare pair needs three digits behind each
    point. What is off the globe, or 0,0, is no place. Never raises; takes time linear in the text.
    """
    found = _read(text)
    return found if found or not _ENCODED.search(text) else _read(unquote(text))


def _read(text: str) -> tuple[Spotted, ...]:
    found, rest = spots_of_links(text)
    if not any(char.isdigit() for char in rest):
        return found[:MOST]
    plain = rest.translate(_NARROW).lower()
    datums = [(one.start(), Datum(one.lastgroup or "")) for one in _DATUM.finditer(plain)]
    bare = _spots(plain, datums)
    return tuple(dict.fromkeys((*found, *islice(bare, MOST))))[:MOST]


def _spots(text: str, datums: Sequence[tuple[int, Datum]]) -> Iterator[Spotted]:
    tokens = list(_tokens(text))
    angles = list(_angles(tokens))
    row = 0
    while row + 1 < len(angles):
        one, other = angles[row], angles[row + 1]
        if not _side_by_side(tokens, one, other):
            row += 1
            continue
        alone = _is_all(text, tokens, one, other)
        datum = _nearest(datums, tokens[one.start].start())
        places = [
            spotted(lon, lat, datum or Datum.WGS84, turned=turned, stated=datum is not None)
            for lon, lat, turned in _places(one, other, alone=alone)
        ]
        yield from (spot for spot in places if spot is not None)
        row += 2 if any(places) else 1


def _nearest(datums: Sequence[tuple[int, Datum]], at: int) -> Datum | None:
    """Return the datum named nearest to a place in the text, None if none is."""
    row = bisect(datums, at, key=lambda said: said[0])
    near = datums[max(0, row - 1) : row + 1]
    return min(near, key=lambda said: abs(said[0] - at))[1] if near else None


def _tokens(text: str) -> Iterator[re.Match[str]]:
    telling = 0
    for token in _TOKEN.finditer(text):
        telling += token.lastgroup not in _BETWEEN
        if telling > MOST_TOLD:
            return
        yield token


def _angles(tokens: Sequence[re.Match[str]]) -> Iterator[_Angle]:
    row = 0
    while row < len(tokens):
        angle = None if tokens[row].lastgroup in _BETWEEN else _angle(tokens, row)
        if angle is None:
            row += 1
        else:
            yield angle
            row = angle.stop


def _angle(tokens: Sequence[re.Match[str]], start: int) -> _Angle | None:
    """Return the angle that begins at a token: a word before it or behind it says which it is."""
    words: list[str] = []
    row = start
    while (kind := _kind(tokens, row)) in _IS_LAT and len(words) < 2:
        words.append(kind)
        row = _over_glue(tokens, row + 1, ",;")
    if _kind(tokens, row) != "number":
        return None
    degrees, digits, stop = _measured(tokens, row, named=bool(words))
    behind = _over_blank(tokens, stop)
    if not words and _kind(tokens, behind) in _NAMES_BEHIND:
        words, stop = [_kind(tokens, behind)], behind + 1
    is_lat = _IS_LAT[words[-1]] if words else None
    if any(word in _NEGATIVE for word in words):
        degrees = -abs(degrees)
    return _Angle(degrees, is_lat, digits, start, stop)


#: Of the words only letters stand behind a number.
_NAMES_BEHIND = frozenset({"north", "south", "east", "west"})


def _measured(tokens: Sequence[re.Match[str]], row: int, *, named: bool) -> tuple[float, int, int]:
    """Return degrees with minutes and seconds, digits given, and the token behind them."""
    said = tokens[row][0]
    degrees, digits = float(said), len(said.partition(".")[2])
    sign = -1.0 if said.startswith("-") else 1.0
    row += 1
    if _kind(tokens, row) == "degree":
        row += 1
    elif digits or not _are_minutes(tokens, row, named=named):
        return degrees, digits, row
    for share, mark in ((60.0, "minute"), (3600.0, "second")):
        at = _over_blank(tokens, row)
        part = _part(tokens, at)
        behind = _over_blank(tokens, at + 1)
        marked = _kind(tokens, behind) == mark
        if part is None or not (marked or _ends_angle(tokens, at + 1)):
            break
        degrees += sign * part / share
        digits = max(digits, 3)
        row = behind + 1 if marked else at + 1
    return degrees, digits, row


def _part(tokens: Sequence[re.Match[str]], row: int) -> float | None:
    """Return a number of minutes or seconds, None if the token is none."""
    if _kind(tokens, row) != "number" or not tokens[row][0][0].isdigit():
        return None
    part = float(tokens[row][0])
    return part if part < 60.0 else None


def _are_minutes(tokens: Sequence[re.Match[str]], row: int, *, named: bool) -> bool:
    """Return True for minutes behind degrees without a mark, such as N30 35.568."""
    at = _over_blank(tokens, row)
    if at == row or _part(tokens, at) is None:
        return False
    if _kind(tokens, at + 1) == "minute":
        return True
    if named:
        return _ends_angle(tokens, at + 1)
    return _kind(tokens, _over_blank(tokens, at + 1)) in _NAMES_BEHIND


def _ends_angle(tokens: Sequence[re.Match[str]], row: int) -> bool:
    """Return True if a number needs no mark: a hemisphere's word stands behind it, or nothing."""
    row = _over_glue(tokens, row, "")
    return row >= len(tokens) or _kind(tokens, row) in _IS_LAT


def _kind(tokens: Sequence[re.Match[str]], row: int) -> str:
    return (tokens[row].lastgroup or "") if row < len(tokens) else ""


def _over_blank(tokens: Sequence[re.Match[str]], row: int) -> int:
    return row + 1 if _kind(tokens, row) == "glue" and not tokens[row][0].strip() else row


def _over_glue(tokens: Sequence[re.Match[str]], row: int, stops: str) -> int:
    """Return the next token that is neither glue nor a quote, at the most a few on."""
    last = row + _MOST_GLUE
    while row < last and _kind(tokens, row) in _BETWEEN:
        if tokens[row][0] in stops:
            break
        row += 1
    return row


def _side_by_side(tokens: Sequence[re.Match[str]], one: _Angle, other: _Angle) -> bool:
    """Return True if nothing but a few separators and quotes stands between two angles."""
    between = tokens[one.stop : other.start]
    if len(between) > _MOST_GLUE or any(token.lastgroup not in _BETWEEN for token in between):
        return False
    rows = range(one.start + 1, other.stop)
    return all(tokens[row - 1].end() == tokens[row].start() for row in rows)


def _is_all(text: str, tokens: Sequence[re.Match[str]], one: _Angle, other: _Angle) -> bool:
    """Return True if the text is the pair and nothing else."""
    before, after = text[: tokens[one.start].start()], text[tokens[other.stop - 1].end() :]
    return not (before + after).strip(" \t\r\n()[]{}【】,;'\"")


def _places(one: _Angle, other: _Angle, *, alone: bool) -> Iterator[tuple[float, float, bool]]:
    """Yield (lon, lat, whether a bare pair was turned) of two angles."""
    if one.is_lat is None and other.is_lat is None:
        enough = max(one.digits, other.digits) >= 1 if alone else _are_fine(one, other)
        if enough:
            yield one.degrees, other.degrees, False
            yield other.degrees, one.degrees, True
        return
    if one.is_lat == other.is_lat or min(one.digits, other.digits) < NAMED_DIGITS:
        return
    lat, lon = (one, other) if one.is_lat or other.is_lat is False else (other, one)
    yield lon.degrees, lat.degrees, False


def _are_fine(one: _Angle, other: _Angle) -> bool:
    return min(one.digits, other.digits) >= BARE_DIGITS
