"""Rules 4 to 7 of docs/isolation.md: who loses supply, and which isolation valves matter."""

from __future__ import annotations

from dataclasses import replace

import gis
from tests.gis.drawing import draw


def test_tanks_and_reservoirs_supply() -> None:
    """Rule 4: either keeps a part wet."""
    assert gis.isolate(draw("R--%a---b%--c---T"), ["ab"]).unintended_pipes == ()


def test_what_lies_beyond_runs_dry_too() -> None:
    """Rule 5: unintended is outside the segment, wet before, dry after."""
    found = gis.isolate(draw("R--%a---b%--c---d", premises="ab cd"), ["ab"])
    assert found.unintended_pipes == ("bc", "cd")
    assert found.unintended_nodes == ("c", "d")
    assert found.premises == ("ab", "cd")
    assert found.premises_in_segment == ("ab",)


def test_a_loop_keeps_the_far_side_wet() -> None:
    """Rule 5: supply comes round the block."""
    network = draw(
        """
R---a%-%b---d
    |       |
    e---f---g
"""
    )
    found = gis.isolate(network, ["ab"])
    assert found.segment_pipes == ("ab",)
    assert found.unintended_pipes == ()
    assert found.close == ("ab.a", "ab.b")


def test_check_valves_pass_one_way() -> None:
    """Rule 4: what hangs behind a check valve gets nothing from its far side."""
    forward = draw("R--%a---b%->c--%S")
    assert gis.isolate(forward, ["ab"]).dry_before_pipes == ()
    against = draw("R--%a---b%--c->-S")
    assert gis.isolate(against, ["ab"]).unintended_nodes == ("c",)
    assert gis.isolate(draw("R--%a---b%--c-<-S"), ["ab"]).unintended_nodes == ()


def test_closed_pumps_carry_nothing() -> None:
    """Rule 4: supply flows along open links."""
    found = gis.isolate(draw("R-(-a---b", premises="ab"), ["ab"])
    assert found.dry_before_pipes == ("ab",)
    assert found.premises == ()


def test_dry_before_is_reported_apart() -> None:
    """Rule 4: behind a closed isolation valve nobody loses what they did not have."""
    found = gis.isolate(draw("R--%a---b-#c---d", premises="bc cd"), ["ab"])
    assert found.dry_before_pipes == ("cd",)
    assert found.unintended_pipes == ()
    assert found.premises == ("bc",)


def test_a_burst_in_a_dry_part_puts_nobody_out() -> None:
    """Rule 5: premises out were wet before."""
    found = gis.isolate(draw("R--#a---b%--c", premises="ab bc", hydrants="ab"), ["ab"])
    assert found.premises == ()
    assert found.hydrants_out == ()
    assert any("even before" in warning.en for warning in found.warnings)


def test_supply_passes_inoperable_isolation_valves_never_closed_ones() -> None:
    """Rule 4: a stuck open isolation valve carries water, a closed one does not."""
    assert gis.isolate(draw("R--?a---b"), ["ab"]).dry_before_pipes == ()
    assert gis.isolate(draw("R--!a---b"), ["ab"]).dry_before_pipes == ("ab",)


def test_close_is_towards_supply_and_optional_towards_the_dry() -> None:
    """Rule 6: of three border isolation valves two face water, one faces the unintended part."""
    network = draw(
        """
R--%a---b%--c
        |
        %
        S
"""
    )
    found = gis.isolate(network, ["ab"])
    assert found.close == ("Ra.a", "bS.S")
    assert found.optional == ("bc.b",)


def test_an_isolation_valve_inside_the_segment_is_neither() -> None:
    """Rule 6: with a way round it, shutting it helps nobody."""
    network = draw(
        """
R--%a---b
    |   |
    c%--d
"""
    )
    found = gis.isolate(network, ["ab"])
    assert found.close == ("Ra.a",)
    assert found.optional == ()


def test_towards_a_part_dry_before_is_neither() -> None:
    """Rule 6: c never had water, so nothing comes from it and nothing drains into it anew."""
    found = gis.isolate(draw("R--%a---b%-#c---d"), ["ab"])
    assert found.close == ("Ra.a",)
    assert found.optional == ("bc.b",)
    behind = gis.isolate(draw("R--%a-(-b%--c"), ["ab"])
    assert "bc.b" not in behind.close + behind.optional


def test_a_pipe_fed_from_its_other_end_is_still_supplied() -> None:
    """Rule 7: bc hangs on c, so its isolation valve at b must be shut."""
    found = gis.isolate(draw("R--%a---b%--c---S"), ["ab"])
    assert found.unintended_pipes == ()
    assert found.close == ("Ra.a", "bc.b")


def test_a_pipe_end_is_seen_from_inside_its_isolation_valve() -> None:
    """Rule 7: c is wet, but the closed isolation valve at c keeps it from bc."""
    found = gis.isolate(draw("R--%a---b%-#c---S", premises="bc"), ["ab"])
    assert found.unintended_pipes == ("bc",)
    assert found.unintended_nodes == ()
    assert found.premises == ("bc",)
    assert found.resupply == ("bc.c",)


def test_a_one_way_pipe_is_supplied_if_either_end_is() -> None:
    """Rule 7: the check valve lets nothing back to b, but the pipe itself stays full."""
    found = gis.isolate(draw("R--%a---b%->c---S"), ["ab"])
    assert found.unintended_pipes == ()
    assert found.close == ("Ra.a", "bc.b")


def test_resupply_offers_closed_operable_isolation_valves_only() -> None:
    """A stuck closed one is no help."""
    assert gis.isolate(draw("R--%a%--b---c#--S"), ["Ra"]).resupply == ("cS.c",)
    assert gis.isolate(draw("R--%a%--b---c!--S"), ["Ra"]).resupply == ()
    assert gis.isolate(draw("R--%a%--b&c---S"), ["Ra"]).resupply == ("bc",)


def test_resupply_respects_check_valves() -> None:
    """Water that may only leave through a pipe cannot come back through it."""
    assert gis.isolate(draw("R--%a%--b#>-c---S"), ["Ra"]).resupply == ()
    assert gis.isolate(draw("R--%a%--b#<-c---S"), ["Ra"]).resupply == ("bc.b",)


def test_a_source_inside_the_segment_is_lost() -> None:
    """Rule 5: R is shut in with the burst, S beyond the isolation valve lives."""
    found = gis.isolate(draw("R---a%--b---S"), ["Ra"])
    assert any("a source" in warning.en and "R" in warning.en for warning in found.warnings)
    assert found.unintended_pipes == ()
    only = gis.isolate(draw("R---a%--b", premises="ab"), ["Ra"])
    assert any("every source" in warning.en for warning in only.warnings)
    assert only.premises == ("ab",)
    assert only.close == ()


def test_several_isolation_valves_on_one_pipe_end_need_one() -> None:
    """Rule 6: no proper subset of ``close`` would do, so a spare is not in it."""
    network = draw("R--%a---b")
    first = network.isolation_valves[0]
    twice = replace(network, isolation_valves=(first, replace(first, id="Ra.0")))
    assert gis.isolate(twice, ["ab"]).close == ("Ra.0",)
    assert gis.isolate(twice, ["ab"], closed=["Ra.a"]).close == ()


def test_two_outages_dry_what_neither_does_alone() -> None:
    """Rule 7: ``only_combined`` is what no single outage explains."""
    both = gis.isolate(draw(PAIR), ["bc"], with_outages=[["ef"]])
    assert both.burst == ("bc",)
    assert both.segment_pipes == ("bc", "ef")
    assert both.unintended_pipes == ("cg", "gf", "gh", "hi")
    assert both.only_combined_pipes == ("cg", "gf", "gh", "hi")
    single = gis.isolate(draw(PAIR), ["bc"])
    assert single.unintended_pipes == ()
    assert single.only_combined_pipes == ()


def test_what_one_outage_explains_is_not_combined() -> None:
    """Rule 7: i runs dry by the outage at h alone."""
    both = gis.isolate(draw(PAIR), ["bc"], with_outages=[["hi"]])
    assert both.segment_pipes == ("bc", "hi")
    assert both.only_combined_pipes == ()


#: Two ways to g: by c and by f.
PAIR = """
R---a---b%-%c---g---h%--i
    |           |
    d-------e%-%f
"""


def test_large_pipes_are_shut_first() -> None:
    """The closing order is by diameter, then by id."""
    network = draw("R--%a---b%--S")
    wide = replace(network.link_by_id["bS"], diameter_m=0.4)
    links = tuple(wide if link.id == "bS" else link for link in network.links)
    assert gis.isolate(network, ["ab"]).close == ("Ra.a", "bS.b")
    assert gis.isolate(replace(network, links=links), ["ab"]).close == ("bS.b", "Ra.a")


def test_premises_at_nodes_hydrants_and_critical_ones() -> None:
    """Premises hang on pipes or on nodes; what is critical is told apart."""
    network = draw("R--%a---b%--c", premises="bc", at_nodes="a b c", hydrants="Ra ab bc")
    critical = tuple(replace(one, critical=one.id == "c") for one in network.premises)
    found = gis.isolate(network.with_premises(critical), ["ab"])
    assert found.premises == ("a", "b", "bc", "c")
    assert found.premises_in_segment == ("a", "b")
    assert found.critical_premises == ("c",)
    assert found.hydrants_out == ("Hab", "Hbc")


def test_premises_without_connection_are_said() -> None:
    """Nobody is forgotten in silence."""
    network = draw("R--%a---b", premises="ab")
    lost = tuple(replace(one, link=None) for one in network.premises)
    found = gis.isolate(network.with_premises(lost), ["ab"])
    assert found.premises == ()
    assert any("1 premises have no connection" in warning.en for warning in found.warnings)
