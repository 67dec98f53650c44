"""Turn restrictions become bans over edges: every kind and key; nonsense bans nothing.

The map is a crossing: from node 1 ways 1 to 4 lead north, east, south and west to nodes 2 to 5.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from domain.places import LonLat
from domain.streets import StreetNetwork
from routing import build_streets
from routing.arrays import to_arrays
from routing.bans import bans_of, nodes_to_keep
from routing.joining import join
from routing.osm_file import read_ways
from routing.restrictions import read_restrictions
from routing.segments import segments_of
from tests.routing.drawn import Way, at, street, write_osm
from tests.routing.oracle import random_map, speed_mps

CROSS = {1: at(0, 0), 2: at(0, 300), 3: at(300, 0), 4: at(0, -300), 5: at(-300, 0)}
NORTH, EAST, SOUTH, WEST = 1, 2, 3, 4
ARMS = [street(1, 2), street(1, 3), street(1, 4), street(1, 5)]

Members = Sequence[tuple[str, int, str]]


def relation(members: Members, **tags: str) -> str:
    """Return a restriction's XML; ``a__b`` in a key stands for ``a:b``."""
    kinds = {"n": "node", "w": "way", "r": "relation"}
    inner = "".join(
        f'<member type="{kinds[kind]}" ref="{ref}" role="{role}"/>' for kind, ref, role in members
    )
    for key, value in {"type": "restriction", **tags}.items():
        inner += f"<tag k={quoteattr(key.replace('__', ':'))} v={quoteattr(value)}/>"
    return f'<relation id="{abs(hash(inner)) % 10**9 + 1}">{inner}</relation>'


def turn(from_way: int, to_way: int, via: int = 1) -> Members:
    """Return the members of a restriction at a node."""
    return [("w", from_way, "from"), ("n", via, "via"), ("w", to_way, "to")]


def built(folder: Path, places: dict, ways: Sequence[Way], *relations: str) -> StreetNetwork:
    """Return the streets of a map with restrictions."""
    return build_streets(write_osm(folder / "t.osm", places, ways, "\n".join(relations)))


def banned(streets: StreetNetwork, places: dict) -> set[tuple[int, ...]]:
    """Return each ban as the junctions it passes, by the map's own numbers."""
    number = {(place.lon, place.lat): node for node, place in places.items()}
    node = [number[lon, lat] for lon, lat in streets.nodes.tolist()]
    rules, found = streets.rules, set()
    for first, last in zip(rules.ban_start[:-1], rules.ban_start[1:], strict=True):
        edges = rules.bans[first:last].tolist()
        assert len(edges) >= 2
        assert all(streets.head[a] == streets.tail[b] for a, b in pairwise(edges))
        found.add((*(node[streets.tail[e]] for e in edges), node[streets.head[edges[-1]]]))
    assert len(found) == len(rules.ban_start) - 1
    return found


@pytest.mark.parametrize(
    ("kind", "from_way", "to_way", "expected"),
    [
        ("no_left_turn", SOUTH, WEST, {(4, 1, 5)}),
        ("no_right_turn", SOUTH, EAST, {(4, 1, 3)}),
        ("no_straight_on", SOUTH, NORTH, {(4, 1, 2)}),
        ("no_u_turn", SOUTH, SOUTH, {(4, 1, 4)}),
        ("no_entry", SOUTH, EAST, {(4, 1, 3)}),
        ("no_exit", SOUTH, EAST, {(4, 1, 3)}),
        ("only_left_turn", SOUTH, WEST, {(4, 1, 2), (4, 1, 3), (4, 1, 4)}),
        ("only_right_turn", WEST, SOUTH, {(5, 1, 2), (5, 1, 3), (5, 1, 5)}),
        ("only_straight_on", EAST, WEST, {(3, 1, 2), (3, 1, 3), (3, 1, 4)}),
    ],
)
def test_each_kind_bans_what_it_says(
    tmp_path: Path, kind: str, from_way: int, to_way: int, expected: set[tuple[int, ...]]
) -> None:
    """A ban forbids its turn; an only forbids every other, the U-turn too."""
    streets = built(tmp_path, CROSS, ARMS, relation(turn(from_way, to_way), restriction=kind))
    assert banned(streets, CROSS) == expected
    assert (streets.report.bans, streets.report.bans_unread) == (1, 0)


def test_no_entry_has_several_ways_in_and_no_exit_several_out(tmp_path: Path) -> None:
    """And nothing else has."""
    several_from = [("w", WEST, "from"), *turn(SOUTH, EAST)]
    several_to = [*turn(SOUTH, EAST), ("w", WEST, "to")]
    streets = built(
        tmp_path,
        CROSS,
        ARMS,
        relation(several_from, restriction="no_entry"),
        relation(several_to, restriction="no_exit"),
        relation(several_to, restriction="no_left_turn"),
        relation(several_from, restriction="only_right_turn"),
    )
    assert banned(streets, CROSS) == {(4, 1, 3), (5, 1, 3), (4, 1, 5)}
    assert (streets.report.bans, streets.report.bans_unread) == (2, 2)


@pytest.mark.parametrize(
    ("tags", "binds"),
    [
        ({"restriction__motorcar": "no_left_turn"}, True),
        ({"restriction__motor_vehicle": "no_left_turn"}, True),
        ({"restriction__vehicle": "no_left_turn"}, True),
        ({"restriction": "no_left_turn", "except": "psv;bicycle"}, True),
        ({"restriction": "no_left_turn", "restriction__conditional": "none @ (Su)"}, True),
        ({"restriction": "no_left_turn", "except": "psv; motorcar"}, False),
        ({"restriction": "no_left_turn", "except": "motor_vehicle"}, False),
        ({"restriction__hgv": "no_left_turn"}, False),
        ({"restriction__bicycle": "no_left_turn"}, False),
        ({"restriction__conditional": "no_left_turn @ (Mo-Fr 07:00-09:00)"}, False),
        ({"restriction": "no_left_turn", "hour_on": "07:00", "hour_off": "09:00"}, False),
        ({"restriction": "no_left_turn", "day_on": "Monday"}, False),
        ({}, False),
    ],
)
def test_it_binds_our_vehicle_at_all_hours_or_not_at_all(
    tmp_path: Path, tags: dict[str, str], binds: bool
) -> None:
    """What binds others, or by the hour, is neither kept nor counted as unread."""
    streets = built(tmp_path, CROSS, ARMS, relation(turn(SOUTH, WEST), **tags))
    assert banned(streets, CROSS) == ({(4, 1, 5)} if binds else set())
    assert (streets.report.bans, streets.report.bans_unread) == (int(binds), 0)


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ([], "no_left_turn"),
        (turn(SOUTH, WEST)[:2], "no_left_turn"),
        (turn(SOUTH, WEST)[1:], "no_left_turn"),
        ([turn(SOUTH, WEST)[0], turn(SOUTH, WEST)[2]], "no_left_turn"),
        (turn(SOUTH, WEST, via=99), "no_left_turn"),
        (turn(SOUTH, WEST, via=2), "no_left_turn"),
        (turn(99, WEST), "no_left_turn"),
        (turn(SOUTH, 99), "only_left_turn"),
        (turn(SOUTH, WEST), "no_looking_back"),
        (turn(SOUTH, WEST), "no_left_turn;no_u_turn"),
        (turn(SOUTH, WEST), ""),
        ([*turn(SOUTH, WEST), ("n", 2, "via")], "no_left_turn"),
        ([*turn(SOUTH, WEST), ("w", EAST, "via")], "no_left_turn"),
        ([("n", 4, "from"), *turn(SOUTH, WEST)[1:]], "no_left_turn"),
        ([*turn(SOUTH, WEST)[:2], ("r", 7, "to")], "no_left_turn"),
        ([("w", SOUTH, "from"), ("w", 98, "via"), ("w", WEST, "to")], "no_u_turn"),
        ([("w", SOUTH, "from"), ("r", 1, "via"), ("w", WEST, "to")], "no_u_turn"),
    ],
)
def test_nonsense_bans_nothing_and_is_counted(tmp_path: Path, members: Members, kind: str) -> None:
    """Missing members, unknown kinds, streets that do not meet: the build goes on."""
    streets = built(tmp_path, CROSS, ARMS, relation(members, restriction=kind))
    assert banned(streets, CROSS) == set()
    assert (streets.report.bans, streets.report.bans_unread) == (0, 1)


def test_a_turn_that_cannot_be_driven_needs_no_ban(tmp_path: Path) -> None:
    """Against a one-way street, or into a road that is left out: neither kept nor unread."""
    ways = [*ARMS[:3], street(5, 1, oneway="yes"), street(1, 6, access="private"), street(6, 5)]
    places = CROSS | {6: at(-300, 300)}
    streets = built(
        tmp_path,
        places,
        [*ways, street(5, 4)],
        relation(turn(SOUTH, WEST), restriction="no_left_turn"),
        relation(turn(SOUTH, 5), restriction="only_left_turn"),
    )
    assert banned(streets, places) == set()
    assert (streets.report.bans, streets.report.bans_unread) == (0, 0)


def test_the_edges_that_touch_the_node_are_taken(tmp_path: Path) -> None:
    """A way may be cut into several edges before and after, and be drawn either way round."""
    places = CROSS | {6: at(0, -150), 7: at(100, -150), 8: at(-150, 0), 9: at(-150, 100)}
    ways = [street(1, 2), street(1, 3), street(1, 6, 4), street(5, 8, 1), street(6, 7)]
    ways.append(street(8, 9))
    ban = relation(turn(3, 4), restriction="no_left_turn")
    assert banned(built(tmp_path, places, ways, ban), places) == {(6, 1, 8)}


def test_of_a_way_that_runs_through_the_named_turn_is_meant(tmp_path: Path) -> None:
    """No left turn from the south into a street that runs from west to east bans the left only."""
    ways = [street(1, 2), street(5, 1, 3), street(1, 4)]
    left = relation(turn(3, 2), restriction="no_left_turn")
    right = relation(turn(3, 2), restriction="only_right_turn")
    assert banned(built(tmp_path, CROSS, ways, left), CROSS) == {(4, 1, 5)}
    assert banned(built(tmp_path, CROSS, ways, right), CROSS) == {(4, 1, n) for n in (2, 4, 5)}


#: Two carriageways, one east and one west, joined by a link in the middle and lanes at both ends.
DUAL = {
    **{1: at(-300, 20), 2: at(0, 20), 3: at(300, 20)},
    **{4: at(300, 0), 5: at(0, 0), 6: at(-300, 0), 7: at(0, 10), 8: at(60, 10), 9: at(0, 100)},
}
DUAL_WAYS = [
    street(1, 2, oneway="yes"),
    street(2, 3, oneway="yes"),
    street(3, 4, oneway="yes", name="e"),
    street(4, 5, oneway="yes"),
    street(5, 6, oneway="yes"),
    street(6, 1, oneway="yes", name="w"),
    street(2, 7, name="a"),
    street(7, 5, name="b"),
    street(2, 9),
    street(7, 8),
]
LINK = [("w", 1, "from"), ("w", 7, "via"), ("w", 8, "via"), ("w", 5, "to")]


def test_over_via_ways_the_whole_drive_is_banned(tmp_path: Path) -> None:
    """The U-turn over the link is banned, each of its turns alone is not."""
    streets = built(tmp_path, DUAL, DUAL_WAYS, relation(LINK, restriction="no_u_turn"))
    assert banned(streets, DUAL) == {(1, 2, 7, 5, 6)}
    assert (streets.report.bans, streets.report.dropped_edges) == (1, 0)


def test_via_ways_cut_by_another_street_are_driven_in_pieces(tmp_path: Path) -> None:
    """A way is more than one edge where others meet it; the order of members does not matter."""
    ways = [*DUAL_WAYS[:6], street(2, 7, 5), *DUAL_WAYS[8:]]
    members = [("w", 5, "to"), ("w", 7, "via"), ("w", 1, "from")]
    streets = built(tmp_path, DUAL, ways, relation(members, restriction="no_u_turn"))
    assert banned(streets, DUAL) == {(1, 2, 7, 5, 6)}


def test_a_street_is_parted_where_a_ban_bites(tmp_path: Path) -> None:
    """No node would stay where one street goes on as another of its kind: here it must."""
    places = CROSS | {6: at(0, -150), 7: at(-300, -300)}
    ways = [*ARMS[:2], street(1, 6), street(1, 5), street(6, 4), street(4, 7), street(7, 5)]
    over = [("w", 4, "from"), ("w", 3, "via"), ("w", 5, "to")]
    through = turn(5, 6, via=4)
    assert len(built(tmp_path, places, ways).nodes) == 3
    streets = built(tmp_path, places, ways, relation(over, restriction="no_right_turn"))
    assert banned(streets, places) == {(6, 1, 6, 1)}
    streets = built(tmp_path, places, ways, relation(through, restriction="no_right_turn"))
    assert len(streets.nodes) == 4
    assert streets.report.dropped_edges == 2  # up to the ban, and on from it


def test_an_only_over_via_ways_bans_every_other_exit_on_the_way(tmp_path: Path) -> None:
    """At its beginning, along it and at its end."""
    places = DUAL | {10: at(-400, 0)}
    ways = [*DUAL_WAYS[:4], street(5, 6), DUAL_WAYS[5], street(2, 7, 5), *DUAL_WAYS[8:]]
    members = [("w", 1, "from"), ("w", 7, "via"), ("w", 5, "to")]
    only = relation(members, restriction="only_u_turn")
    streets = built(tmp_path, places, [*ways, street(6, 10)], only)
    at_once = {(1, 2, 3), (1, 2, 9)}
    later = {(1, 2, 7, 8), (1, 2, 7, 2), (1, 2, 7, 5, 7)}
    assert banned(streets, places) == at_once | later


def test_a_ban_goes_with_the_streets_that_are_dropped(tmp_path: Path) -> None:
    """What cannot be driven in and out of is dropped, and bans over it with it."""
    places = CROSS | {6: at(600, 0)}
    ways = [*ARMS, street(3, 6, oneway="yes")]
    kept = relation(turn(SOUTH, WEST), restriction="no_left_turn")
    gone = relation(turn(EAST, 5, via=3), restriction="no_straight_on")
    streets = built(tmp_path, places, ways, kept, gone)
    assert banned(streets, places) == {(4, 1, 5)}
    assert (streets.report.bans, streets.report.bans_unread) == (1, 0)


def test_the_same_ban_twice_is_one_ban(tmp_path: Path) -> None:
    """Two relations may say the same; both are obeyed."""
    left = relation(turn(SOUTH, WEST), restriction="no_left_turn")
    entry = relation(turn(SOUTH, WEST), restriction="no_entry")
    streets = built(tmp_path, CROSS, ARMS, left, entry)
    assert banned(streets, CROSS) == {(4, 1, 5)}
    assert streets.report.bans == 2


@pytest.mark.parametrize("seed", range(30))
def test_random_relations_never_stop_a_build(tmp_path: Path, seed: int) -> None:
    """Whatever their members, kinds and roles; and every ban is a drive along the streets."""
    rng = random.Random(seed)
    roles, kinds = ["from", "via", "to", "", "wrong"], ["no_left_turn", "only_u_turn", "no_exit"]
    kinds += ["only_straight_on", "no_entry", "what"]
    drawn = [
        relation(
            [
                (rng.choice("nww"), rng.randint(1, 9), rng.choice(roles))
                for _ in range(rng.randint(0, 5))
            ],
            restriction=rng.choice(kinds),
        )
        for _ in range(12)
    ]
    banned(built(tmp_path, DUAL, DUAL_WAYS, *drawn), DUAL)


@pytest.mark.parametrize("seed", range(40))
def test_random_restrictions_forbid_what_the_tags_say(tmp_path: Path, seed: int) -> None:
    """Piece by piece of every way: the oracle knows no edges, and reads the drawn map itself."""
    rng = random.Random(seed)
    places, ways = random_map(rng, nodes=9, ways=14)
    ends = {k: {way.nodes[0], way.nodes[-1]} for k, way in enumerate(ways, start=1)}
    said = []
    for _ in range(12):
        via = rng.choice(sorted(places))
        meeting = sorted(k for k, both in ends.items() if via in both)
        if len(meeting) > 1:
            kind = rng.choice(["no_left_turn", "no_entry", "only_straight_on", "only_left_turn"])
            said.append((kind, via, *rng.sample(meeting, 2)))
    drawn = [relation(turn(a, b, via), restriction=kind) for kind, via, a, b in said]
    file = write_osm(tmp_path / "t.osm", places, ways, "\n".join(drawn))
    assert banned_pieces(file, places) == forbidden_pieces(places, ways, said)


def forbidden_pieces(
    places: dict[int, LonLat], ways: Sequence[Way], said: Sequence[tuple[str, int, int, int]]
) -> set[tuple[int, int, int]]:
    """Return the (before, via, after) nodes that restrictions (kind, via, from, to) forbid."""
    way_of: dict[tuple[int, int], int] = {}
    for k, way in enumerate(ways, start=1):
        there = list(pairwise(way.nodes))
        back = [(b, a) for a, b in there]
        for pair in {"yes": there, "-1": back}.get(way.tags["oneway"], there + back):
            known = way_of.get(pair)
            if known is None or speed_mps(way.tags) > speed_mps(ways[known - 1].tags):
                way_of[pair] = k
    forbidden = set()
    for kind, via, from_way, to_way in said:
        before = [u for (u, v), k in way_of.items() if v == via and k == from_way]
        meant = [w for (v, w), k in way_of.items() if v == via and k == to_way]
        after = [w for v, w in way_of if v == via]
        if kind.startswith("only") and not meant:
            continue
        wrong = [w for w in after if w not in meant] if kind.startswith("only") else meant
        forbidden |= {(u, via, w) for u in before for w in wrong}
    return forbidden


def banned_pieces(file: Path, places: dict[int, LonLat]) -> set[tuple[int, int, int]]:
    """Return the same from the bans: the last piece of one edge, the first of the next."""
    ways, (found, senseless) = read_ways(file), read_restrictions(file)
    pieces = segments_of(ways)
    joined = join(pieces, nodes_to_keep(found, ways))
    streets = to_arrays(pieces, joined, file.name)
    bans = bans_of(found, ways.undriven, pieces, joined, streets)
    assert senseless == 0
    number = {(place.lon, place.lat): node for node, place in places.items()}
    node = [
        [number[lon, lat] for lon, lat in streets.course(e).tolist()]
        for e in range(len(streets.tail))
    ]
    return {(node[a][-2], node[a][-1], node[b][1]) for a, b in bans.edges}
