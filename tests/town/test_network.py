"""The pipes: connected, everyone supplied, isolation valves by the N-1 rule with gaps."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest

from domain.network import LinkKind, NodeKind, Operability, PipeNetwork, Position
from domain.streets import AreaKind, StreetNetwork
from domain.town import Town
from domain.words import PremisesKind
from tests.town.oracle import supply_graph, wet
from tests.town.osm_streets import metres


@pytest.fixture(scope="module")
def network(town: Town) -> PipeNetwork:
    """Return the pipes of the bundled day's size."""
    return town.network


def test_counts_are_near_the_wanted(network: PipeNetwork) -> None:
    """About four premises a pipe, exactly the premises asked for."""
    assert len(network.premises) == 6000
    assert 1400 <= len(network.links) <= 1600
    assert 600 <= len(network.hydrants) <= 1300
    kinds = Counter(node.kind for node in network.nodes)
    assert (kinds[NodeKind.RESERVOIR], kinds[NodeKind.TANK]) == (2, 2)
    links = Counter(link.kind for link in network.links)
    assert (links[LinkKind.PUMP], links[LinkKind.PRV]) == (2, 2)


def test_ids_are_unique_and_links_name_real_nodes(network: PipeNetwork) -> None:
    """Every id stands for one thing, and everything named exists."""
    for things in (
        network.nodes, network.links, network.isolation_valves, network.hydrants, network.premises,
    ):  # fmt: skip
        ids = [thing.id for thing in things]
        assert len(ids) == len(set(ids))
    nodes, links = network.node_by_id, network.link_by_id
    assert all(link.start in nodes and link.end in nodes for link in network.links)
    assert all(one.link in links and one.node is None for one in network.premises)
    assert all(hydrant.link in links for hydrant in network.hydrants)


def test_paths_begin_and_end_at_their_nodes_and_measure_what_they_say(network: PipeNetwork) -> None:
    """A pipe's course runs from node to node, and its length is the course's."""
    for link in network.links:
        assert link.path[0] == network.node_by_id[link.start].position
        assert link.path[-1] == network.node_by_id[link.end].position
        length = metres([(place.lon, place.lat) for place in link.path])
        assert link.length_m == pytest.approx(length, rel=0.01, abs=0.3)
        assert link.length_m > 0


def test_all_premises_have_water_when_all_is_well(network: PipeNetwork) -> None:
    """Normally closed isolation valves and one-way devices leave nobody dry."""
    reached = wet(network, supply_graph(network))
    assert {("link", one.link) for one in network.premises} <= reached
    assert {("node", node.id) for node in network.nodes} <= reached


def test_network_is_one_piece(network: PipeNetwork) -> None:
    """All nodes hang together."""
    assert nx.is_connected(nx.Graph((link.start, link.end) for link in network.links))


def test_mains_form_loops(network: PipeNetwork) -> None:
    """The transmission mains are one connected piece with several loops."""
    mains = nx.Graph(
        (link.start, link.end) for link in network.links if link.diameter_m >= 0.4
    )  # fmt: skip
    assert nx.is_connected(mains)
    assert mains.number_of_edges() - mains.number_of_nodes() + 1 >= 3


def test_isolation_valves_follow_the_n_minus_one_rule_with_gaps(network: PipeNetwork) -> None:
    """No junction has as many as pipes, but for those with a closed one; about 12 % are missing."""
    pipes = Counter(
        node for link in network.links if link.kind is LinkKind.PIPE
        for node in (link.start, link.end)
    )  # fmt: skip
    ends = {(valve.link, valve.node) for valve in network.isolation_valves}
    assert len(ends) == len(network.isolation_valves)
    for valve in network.isolation_valves:
        link = network.link_by_id[valve.link]
        assert valve.node in {link.start, link.end}
    have = Counter(valve.node for valve in network.isolation_valves)
    shut = {v.node for v in network.isolation_valves if not v.is_open}
    assert all(have[node] <= count - 1 for node, count in pipes.items() if node not in shut)
    rule = sum(count - 1 for count in pipes.values())
    assert 0.08 < 1 - len(ends) / rule < 0.16


def test_isolation_valves_stand_three_metres_from_their_junction(network: PipeNetwork) -> None:
    """A crew finds each one beside the crossing, on its pipe."""
    for valve in network.isolation_valves:
        assert valve.node
        node = network.node_by_id[valve.node].position
        away = metres([(node.lon, node.lat), (valve.location.lon, valve.location.lat)])
        assert away == pytest.approx(min(3.0, network.link_by_id[valve.link].length_m / 3), abs=0.3)


def test_isolation_valves_are_in_every_state(network: PipeNetwork) -> None:
    """Some are stuck, some unknown, some paved over, a few normally closed."""
    valves = network.isolation_valves
    state = Counter(valve.operability for valve in valves)
    assert 0.03 < state[Operability.INOPERABLE] / len(valves) < 0.07
    assert 0.015 < state[Operability.UNKNOWN] / len(valves) < 0.045
    assert 0.015 < sum(not valve.accessible for valve in valves) / len(valves) < 0.045
    assert 4 <= sum(valve.position is Position.CLOSED for valve in valves) <= 40


def test_pipes_have_plausible_widths_materials_and_years(network: PipeNetwork) -> None:
    """Every pipe has a nominal width, a material of its class and a year."""
    by_material: dict[str, list[int]] = {}
    for link in network.links:
        if link.kind is LinkKind.PIPE:
            by_material.setdefault(link.material, []).append(link.dn)
            assert link.year is not None
            assert 1960 <= link.year <= 2025
    assert set(by_material) == {"球墨铸铁", "灰口铸铁", "PE", "钢", "预应力混凝土"}
    assert max(by_material["PE"]) <= 300
    assert min(by_material["预应力混凝土"]) >= 400
    widths = {dn for many in by_material.values() for dn in many}
    assert widths <= {100, 150, 200, 250, 300, 400, 500, 600, 800}
    assert {100, 150, 200, 300, 400, 600} <= widths


def test_addresses_accounts_and_phones_are_unique_and_invented(network: PipeNetwork) -> None:
    """Nobody shares an address or an account, and no number can ring."""
    addresses = [one.address for one in network.premises]
    accounts = [one.account for one in network.premises]
    phones = [one.phone for one in network.premises if one.phone]
    assert len(set(addresses)) == len(set(accounts)) == 6000
    assert len(set(phones)) == len(phones) > 5500
    assert all(len(account) == 8 and account.isdigit() for account in accounts)
    assert all(len(phone) == 11 and phone.startswith("115") for phone in phones)
    assert all(one.name and "区" in one.address and "号" in one.address for one in network.premises)
    assert sum("单元" in one.address for one in network.premises) > 1500


def test_odd_and_even_numbers_lie_on_two_sides_of_a_road(network: PipeNetwork) -> None:
    """Along one pipe the houses of one side have numbers of one parity."""
    mixed = total = 0
    sides: dict[tuple[str, bool], set[int]] = {}
    for one in network.premises:
        assert one.link
        path = network.link_by_id[one.link].path
        (ax, ay), (bx, by) = (path[0].lon, path[0].lat), (path[-1].lon, path[-1].lat)
        if len(path) > 2:
            continue  # a bent course has no plain left and right
        left = (bx - ax) * (one.location.lat - ay) > (by - ay) * (one.location.lon - ax)
        number = int(
            one.address.split("号")[0].lstrip("".join(set(one.address) - set("0123456789")))
        )
        sides.setdefault((one.link, left), set()).add(number % 2)
    for parities in sides.values():
        total += 1
        mixed += len(parities) > 1
    assert total > 500
    assert mixed == 0


def test_critical_customers_are_there(network: PipeNetwork) -> None:
    """Hospitals with dialysis, schools, fire stations, hotels and factories are critical."""
    critical = {one.kind for one in network.premises if one.critical}
    assert critical == {
        PremisesKind.HOSPITAL, PremisesKind.SCHOOL, PremisesKind.FIRE_STATION, PremisesKind.HOTEL,
        PremisesKind.FACTORY,
    }  # fmt: skip
    assert any("透析" in one.name for one in network.premises if one.critical)


def test_nobody_lives_in_the_river(town: Town, town_streets: StreetNetwork) -> None:
    """No premises stands in the water or in a park."""
    import shapely

    wet_or_green = [shapely.Polygon(area.ring) for area in town_streets.areas]
    assert {area.kind for area in town_streets.areas} == {AreaKind.WATER, AreaKind.PARK}
    homes = shapely.points([(p.location.lon, p.location.lat) for p in town.network.premises])
    assert not shapely.STRtree(wet_or_green).query(homes, predicate="intersects").size
