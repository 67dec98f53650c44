"""Other ways to say a place in a made town: crossings, landmarks, numbers between, identifiers."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from random import Random

import shapely

import gis
from benchmarks.address_streets import on_earth
from benchmarks.address_world import World
from benchmarks.lines import Line
from benchmarks.locate_judge import CONFIDENT, Question, answers, metres, right_share, share, within
from benchmarks.typing_slips import slip
from domain.network import Hydrant, IsolationValve
from domain.places import LonLat
from domain.tickets import Candidate

NEAR_M, BETWEEN_M, SAME_M = 100.0, 50.0, 5.0
RATES = (0.0, 0.08)

_CROSSING = (
    "{}与{}交叉口",
    "{}和{}路口",
    "{}{}交叉口",
    "{}与{}交汇处",
    "{}、{}十字路口",
    "{}/{}",
    "{}跟{}的路口",
    "{}和{}交界处",
)
_BESIDE = ["对面", "门口", "旁边", "东门", "附近", "后面", "隔壁", "西侧", "斜对面", "大门口"]
_HYDRANT, _VALVE = ("消火栓", "消防栓"), ("阀门", "阀门井")
_AFTER = ("", "漏水", "爆管了", "路面冒水", "，水管破了", "有个井盖坏了")

Ask = Callable[[Random, float], Question]


def ways_located(gazetteer: gis.Gazetteer, world: World, count: int, rng: Random) -> Iterator[Line]:
    """Yield the share of right first answers, way by way; words also with slips."""
    words: dict[str, Ask] = {
        "crossing": _crossings(world),
        "landmark": lambda draw, p: _landmark(world, draw, p),
        "number between": lambda draw, p: _between(world, draw, p),
    }
    exact: dict[str, Ask] = {
        "account": lambda draw, _: _account(world, draw),
        "phone": lambda draw, _: _phone(world, draw),
        "meter": lambda draw, _: _meter(world, draw),
        "asset": lambda draw, _: _asset(world, draw),
    }
    for way, ask in words.items():
        for p in RATES:
            yield from _judged(gazetteer, f"{way}, {p:.0%}", [ask(rng, p) for _ in range(count)])
    for way, ask in exact.items():
        yield from _judged(gazetteer, way, [ask(rng, 0.0) for _ in range(count)])


def _judged(gazetteer: gis.Gazetteer, case: str, questions: list[Question]) -> Iterator[Line]:
    given = answers(gazetteer, questions)
    wrong = share(one.confidence >= CONFIDENT and not one.right for one in given)
    beside = {
        "mean confidence": round(statistics.fmean(one.confidence for one in given), 3),
        "asked": round(share(one.asks for one in given), 4),
        "confident and wrong": round(wrong, 4),
    }
    yield right_share(case, "right", given) | beside


def _crossings(world: World) -> Ask:
    """Return what asks for crossings; a right answer is near any crossing of two such names."""
    lines = [shapely.LineString(street.xy) for street in world.streets]
    tree = shapely.STRtree(lines)
    pairs = [(a, b) for a, b in tree.query(lines, predicate="intersects").T.tolist() if a < b]
    places: dict[frozenset[str], list[LonLat]] = {}
    for a, b in pairs:
        names = frozenset((world.streets[a].name, world.streets[b].name))
        points = shapely.get_coordinates(shapely.intersection(lines[a], lines[b]))
        places.setdefault(names, []).extend(on_earth(point) for point in points)
    known = [(names, spots) for names, spots in places.items() if len(names) == 2]

    def ask(rng: Random, p: float) -> Question:
        names, spots = rng.choice(known)
        said = rng.choice(_CROSSING).format(*rng.sample(sorted(names), 2)) + rng.choice(_AFTER)
        return Question(slip(said, p, rng), said, lambda found: _near_any(found, spots))

    return ask


def _near_any(found: Candidate, spots: list[LonLat]) -> bool:
    return any(metres(found.position, spot) <= NEAR_M for spot in spots)


def _landmark(world: World, rng: Random, p: float) -> Question:
    place = rng.choice(world.places)
    said = rng.choice((place.name, *place.aliases)) + rng.choice(_BESIDE) + rng.choice(_AFTER)
    return Question(slip(said, p, rng), place.name, within(place.position, NEAR_M))


def _between(world: World, rng: Random, p: float) -> Question:
    """Return a house number that no premises has, between two of its side that some have."""
    road, number, place = world.absent_number(rng)
    said = f"{road}{number}号{rng.choice(_AFTER)}"
    return Question(slip(said, p, rng), f"{road}{number}号", within(place, BETWEEN_M))


def _account(world: World, rng: Random) -> Question:
    one = rng.choice(world.network.premises)
    said = rng.choice(("{}", "户号{}", "用户号：{}", "我的户号是{}")).format(one.account)
    return Question(said, one.address, lambda found: found.premises == one.id)


def _phone(world: World, rng: Random) -> Question:
    one = rng.choice(world.network.premises)
    plain = one.phone.replace("-", "")
    pieces = one.phone if "-" in one.phone else f"{plain[:3]} {plain[3:7]} {plain[7:]}"
    abroad = f"+86 {plain.removeprefix('0')}"
    said = rng.choice((plain, pieces, abroad, f"电话{plain}", f"86{plain.removeprefix('0')}"))
    return Question(said, one.address, lambda found: found.premises == one.id)


def _meter(world: World, rng: Random) -> Question:
    one = rng.choice(world.network.premises)
    said = rng.choice(("{}", "水表号{}", "表号：{}")).format(
        rng.choice((one.meter, one.meter.lower(), f"{one.meter[:2]} {one.meter[2:]}"))
    )
    return Question(said, one.address, lambda found: found.premises == one.id)


def _asset(world: World, rng: Random) -> Question:
    """Return the number painted on a hydrant or an isolation valve."""
    network, draw = world.network, rng.random()
    one: Hydrant | IsolationValve
    one = rng.choice(network.hydrants) if draw < 0.5 else rng.choice(network.isolation_valves)
    called = rng.choice(_HYDRANT if isinstance(one, Hydrant) else _VALVE)
    said = rng.choice((one.id, one.id.lower(), one.id.replace("-", ""), called + one.id))
    return Question(said, one.id, within(one.location, SAME_M))
