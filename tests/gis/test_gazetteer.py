"""Locating what callers give."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gis
from domain.datum import to_gcj02
from domain.network import PipeNetwork, Premises
from domain.places import LonLat, Place
from domain.tickets import FoundBy, Ticket
from tests.gis.drawing import NORTH, STEP, WEST, draw

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _at(column: float, row: float = 0) -> LonLat:
    return LonLat(round(WEST + column * STEP, 7), round(NORTH - row * STEP, 7))


def _network() -> PipeNetwork:
    homes = (
        ("h1", 1, "城东区建设路131号学府花园3栋1单元", "A-001", "13800000001"),
        ("h2", 2, "城东区建设路131号学府花园3栋2单元", "A-002", "13800000002"),
        ("h3", 3, "城东区建设路131号学府花园5栋1单元", "A-003", "13800000003"),
        ("h4", 9, "城东区建设路13号", "A-004", "027-85550004"),
        ("h5", 6, "城西区和平街7号", "A-005", ""),
        ("h6", 10, "", "", ""),
    )
    premises = (
        Premises(name, _at(column), account=account, phone=phone, address=address)
        for name, column, address, account, phone in homes
    )
    return gis.connect_premises(draw("R---a---b---c"), premises)


PLACES = (
    Place("s1", "第一人民医院", _at(5), ("一医院", "市一院")),
    Place("s2", "人民公园", _at(11)),
)
NETWORK = _network()
GAZETTEER = gis.Gazetteer(NETWORK, PLACES)


def _first(text: str) -> tuple[FoundBy, str | None]:
    found = GAZETTEER.locate(text)[0]
    return found.found_by, found.premises


@pytest.mark.parametrize(
    ("text", "found_by", "premises"),
    [
        ("A-002", FoundBy.ACCOUNT, "h2"),
        (" a-002 ", FoundBy.ACCOUNT, "h2"),
        ("城东区建设路131号学府花园3栋2单元", FoundBy.ADDRESS, "h2"),
        ("城东区建设路１３１号 学府花园３栋２单元", FoundBy.ADDRESS, "h2"),
        ("建设路131号学府花园3栋2单元", FoundBy.ADDRESS, "h2"),
        ("学府花园3栋2单元", FoundBy.ADDRESS, "h2"),
        ("建设路131号3栋2单元", FoundBy.ADDRESS, "h2"),
        ("学府花园5栋", FoundBy.ADDRESS, "h3"),
        ("城东区建设路131号", FoundBy.ADDRESS, "h2"),
        ("建设路13号", FoundBy.ADDRESS, "h4"),
        ("和平街7", FoundBy.ADDRESS, "h5"),
        ("学府花园", FoundBy.ADDRESS, "h2"),
        ("13800000003", FoundBy.PHONE, "h3"),
        ("+86 138-0000-0003", FoundBy.PHONE, "h3"),
        ("02785550004", FoundBy.PHONE, "h4"),
        ("第一人民医院", FoundBy.PLACE, None),
        ("市一院", FoundBy.PLACE, None),
        ("你好，建设路131号门口冒水了！", FoundBy.ADDRESS_IN_TEXT, "h2"),
        ("建设路13号对面的井盖", FoundBy.ADDRESS_IN_TEXT, "h4"),
        ("我家在学府花园5栋，没水了", FoundBy.ADDRESS_IN_TEXT, "h3"),
        ("人民公园东门爆管", FoundBy.NEAR_PLACE, None),
        ("人民公园爆管", FoundBy.PLACE_IN_TEXT, None),
        ("建社路一三一号学府华园三栋二单园没水了", FoundBy.ADDRESS_IN_TEXT, "h2"),
        ("我住學府花園5棟", FoundBy.ADDRESS_IN_TEXT, "h3"),
        ("学府花园3-2", FoundBy.ADDRESS, "h2"),
        ("建设路1313栋1单元", FoundBy.ADDRESS, "h1"),
        ("建设路一百三十一号，5号楼", FoundBy.ADDRESS, "h3"),
    ],
)
def test_a_text_is_found(text: str, found_by: FoundBy, premises: str | None) -> None:
    """Each way of saying a place leads to its premises, the surest way first."""
    assert _first(text) == (found_by, premises)


@pytest.mark.parametrize("text", ["", "没水了", "A-999", "0,0", "1栋", "😱😱", "\\x00"])
def test_what_is_not_known_is_not_guessed(text: str) -> None:
    """No candidate is better than a wrong one; numbers are not cut in two."""
    assert GAZETTEER.locate(text) == ()


def test_the_less_is_said_the_wider_it_is() -> None:
    """A home, a building, a gate; the estate is no narrower. What is meant lies within."""
    said = ["学府花园3栋2单元", "学府花园3栋", "建设路131号", "学府花园"]
    found = [GAZETTEER.locate(text)[0] for text in said]
    wide = [one.radius_m for one in found]
    assert wide[0] == 0.0 < wide[1] <= wide[2] == wide[3]
    assert all(one.confidence > 0.8 for one in found)


def test_a_number_between_known_ones_lies_between_them() -> None:
    """建设路 has 13 at column 9 and 131 in the west: 72 lies half way, and is asked for."""
    found = next(
        one for one in GAZETTEER.locate("建设路73号") if one.found_by is FoundBy.HOUSE_NUMBER
    )
    west, east = _at(2).lon, _at(9).lon
    assert west < found.position.lon < east
    assert found.premises is None
    assert found.confidence < 0.8


def test_a_number_beyond_its_road_is_hardly_believed() -> None:
    """The road's end is the best guess; none of the known numbers is taken for it for sure."""
    assert all(one.confidence < 0.8 for one in GAZETTEER.locate("建设路9315号"))


def test_a_road_alone_is_wide() -> None:
    """The road is known, the place on it is not."""
    found = GAZETTEER.locate("建设路")[0]
    assert (found.found_by, found.premises) == (FoundBy.ROAD, None)
    assert found.radius_m > 50


def test_coordinates_are_longitude_first() -> None:
    """Given the other way round they are found too, less sure, and it is said."""
    right = GAZETTEER.locate(f"{WEST + 6 * STEP:.6f}, {NORTH:.6f}")[0]
    turned = GAZETTEER.locate(f"{NORTH:.6f},{WEST + 6 * STEP:.6f}")[0]
    assert right.found_by is turned.found_by is FoundBy.COORDINATES
    assert right.snap is not None
    assert right.snap.link == "ab"
    assert turned.position == right.position
    assert turned.confidence < right.confidence
    assert turned.corrections == (f"{NORTH:.6f},{WEST + 6 * STEP:.6f}→{right.label}",)


def test_a_pin_half_a_kilometre_off_may_be_in_gcj02() -> None:
    """Both places are offered, neither is sure enough to send a crew to unasked."""
    lon, lat = to_gcj02(_at(6))
    shifted, meant = GAZETTEER.locate(f"{lon:.7f},{lat:.7f}")
    assert meant.snap is not None
    assert meant.snap.distance_m < 2
    assert meant.corrections == ("wgs84→gcj02",)
    assert max(shifted.confidence, meant.confidence) < 0.8


def test_a_premises_snaps_to_its_own_connection() -> None:
    """Not to whatever pipe happens to be nearer."""
    other = tuple(replace(one, link="bc") for one in NETWORK.premises)
    found = gis.Gazetteer(NETWORK.with_premises(other), ()).locate("A-001")[0]
    assert found.snap is not None
    assert found.snap.link == "bc"


def test_namesakes_share_the_chance() -> None:
    """Two estates of one name, 1 km apart: both are offered, neither is sure."""
    far = Premises("h9", _at(100), link="bc", address="城西区和平街99号学府花园3栋9单元")
    many = gis.Gazetteer(NETWORK.with_premises((*NETWORK.premises, far)), ())
    first, second = many.locate("学府花园3栋")
    assert {first.premises, second.premises} == {"h1", "h9"}
    assert 0.4 < second.confidence <= first.confidence < 0.6
    assert many.locate("城西区学府花园3栋")[0].premises == "h9"
    assert many.locate("城西区学府花园3栋")[0].confidence > 0.8


def _ticket(**said: object) -> Ticket:
    return Ticket("t", NOON, **said)  # type: ignore[arg-type]


def test_a_ticket_is_found_by_the_surest_it_gives() -> None:
    """Account, coordinates, then by chance: address, text, phone. The rest is ignored."""
    fields: dict[str, object] = {
        "account": "A-001",
        "position": _at(6),
        "address": "建设路13号",
        "phone": "13800000003",
        "text": "人民公园门口冒水",
    }
    expected = [
        FoundBy.ACCOUNT,
        FoundBy.COORDINATES,
        FoundBy.ADDRESS,
        FoundBy.NEAR_PLACE,
        FoundBy.PHONE,
    ]
    everything = GAZETTEER.locate_ticket(_ticket(**fields))
    assert [found.found_by for found in everything] == expected
    assert everything[0].ignored == ("coordinates", "address", "phone", "text")
    for field, way in zip(
        ("account", "position", "address", "text", "phone"), expected, strict=True
    ):
        assert GAZETTEER.locate_ticket(_ticket(**fields))[0].found_by is way
        fields.pop(field)


def test_far_off_coordinates_give_way_to_the_rest() -> None:
    """A phone that reports the sea is ignored, the address is not."""
    found = GAZETTEER.locate_ticket(_ticket(position=LonLat(0, 0), address="和平街7号"))
    assert [one.premises for one in found] == ["h5"]
    assert found[0].ignored == ("coordinates",)
    assert GAZETTEER.locate_ticket(_ticket(position=LonLat(0, 0))) == ()


def test_an_address_field_may_hold_a_place_or_chatter() -> None:
    """Callers write what they like where they like."""
    assert GAZETTEER.locate_ticket(_ticket(address="市一院"))[0].found_by is FoundBy.PLACE
    chatter = GAZETTEER.locate_ticket(_ticket(address="住在和平街7号二楼"))[0]
    assert (chatter.found_by, chatter.premises) == (FoundBy.ADDRESS_IN_TEXT, "h5")


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    """The reader never raises, and every answer lies between 0 and 1."""
    assert all(0 < found.confidence <= 1 for found in GAZETTEER.locate(text))
