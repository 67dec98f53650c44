"""Planned shut-offs: the notice, the overlaps, the list, and the isolation valves they turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

import gis
from domain.errors import BadInput, IllegalMove, UnknownId
from domain.incidents import Incident, Outage
from domain.network import Operability
from domain.planned import OffPeriod, OverlapKind
from domain.states import IncidentState, OutageState
from domain.words import Priority, Symptom
from operations.answer_caller import Asked, answer_caller
from operations.incidents.live_isolation import live_isolation, undisturbed_network
from operations.incidents.of_incident import shut_by_others
from operations.planned.assess import assess_one
from operations.planned.cancel import cancel_shutoff
from operations.planned.draft import Wanted, draft_shutoff
from operations.planned.premises_to_tell import masked, premises_to_tell, totals_of
from storage import Database
from tests.operations.planned_town import NOW, PlannedTown


@pytest.fixture
def town(database: Database) -> PlannedTown:
    """Return the ring with nothing planned."""
    return PlannedTown(database)


def said(town: PlannedTown, name: str) -> list[str]:
    """Return the English warnings about a shut-off as of now."""
    with town.work() as work:
        found = assess_one(work, town.ground(work), name, town.now, UTC)
    return [one.en for one in found.warnings]


def outage(town: PlannedTown, pipe: str) -> None:
    """Let an outage run on a pipe."""
    at = town.network.node_by_id["R"].position
    confirmed, none = IncidentState.CONFIRMED, ()
    about = Incident("E1", Symptom.BURST, Priority.P1, confirmed, town.now, at, pipe, none)
    isolation = gis.isolate(town.network, [pipe])
    with town.work() as work:
        work.incidents.save([about])
        work.outages.save([Outage("O-E1", "E1", OutageState.PREDICTED, isolation)])
        work.commit()


@pytest.mark.parametrize(("ahead_h", "late"), [(30, False), (24, False), (20, True)])
def test_notice_must_be_given_in_time_or_with_a_reason(
    town: PlannedTown, ahead_h: float, late: bool
) -> None:
    """Drafted 30 h ahead is announced at once; 20 h ahead only by a decision that is kept."""
    name = town.draft("zR", hours=ahead_h).shutoff.id
    town.approve(name)
    if late:
        with pytest.raises(BadInput, match=r"^late_reason: S0001 should have been .* 05:00\+00:00"):
            town.announce(name, " ")
        assert any("needs a reason" in one for one in said(town, name))
    found = town.announce(name, "消防检查提前，电话13800135521" if late else "")
    assert found.shutoff.state is OutageState.ANNOUNCED
    assert found.shutoff.announced_at == NOW
    with town.work() as work:
        kept = [
            one.payload for one in work.events.since(0, 100) if one.kind == "planned_shutoff.late"
        ]
    told_by = (NOW - timedelta(hours=4)).isoformat()
    assert kept == [{"tell_by": told_by, "reason": "消防检查提前，电话***"}] * late


@pytest.mark.parametrize(
    ("pipe", "given", "hours"),
    [("zR", None, 24), ("zR", "48h", 48)],
)
def test_the_rule_is_named_or_goes_by_the_size(
    town: PlannedTown, pipe: str, given: str | None, hours: int
) -> None:
    """Small works take 24 h unless somebody says otherwise."""
    assert town.draft(pipe, notice=given).shutoff.notice_h == hours


def test_a_wide_main_is_large_works(town: PlannedTown) -> None:
    """DN300 takes the 48 h rule, whoever is fed from it."""
    wide = tuple(
        replace(one, diameter_m=0.3 if one.id == "zR" else 0.1) for one in town.network.links
    )
    with town.work() as work:
        work.network.save(replace(town.network, links=wide))
        work.commit()
    assert town.preview("zR").shutoff.notice_h == 48
    assert town.preview("bc").shutoff.notice_h == 24


def test_a_day_without_supply_and_lost_hydrants_put_duties_first(town: PlannedTown) -> None:
    """More than 24 h needs tankers; the fire brigade hears of hydrants before anybody."""
    long = [one.en for one in town.preview("bc", lasts=24.5).warnings]
    assert long[0].startswith("hydrants out: 1. Tell the fire brigade first")
    assert "arrange emergency supply" in long[1]
    day = [one.en for one in town.preview("bc", lasts=24).warnings]
    assert not any("emergency" in one for one in day)


def test_two_that_alone_dry_nobody_else_dry_some_together(town: PlannedTown) -> None:
    """The picture of docs/isolation.md: the ring is cut in two places at one time."""
    assert town.preview("bc").premises == ("bc",)
    first = town.draft("bc").shutoff.id
    second = town.draft("ef", hours=32)
    (meets,) = second.overlaps
    assert (meets.other, meets.kind) == (first, OverlapKind.PLANNED)
    assert meets.only_combined_premises == ("cf", "cg", "gh")
    assert meets.only_combined_critical == ("gh",)
    assert second.only_combined_premises == ("cf", "cg", "gh")
    assert second.premises == ("cf", "cg", "ef", "gh")
    assert f"together with {first}, 3 more premises lose water." in said(town, second.shutoff.id)
    assert "3 more premises lose water." in " ".join(said(town, first))


def test_windows_that_touch_do_not_overlap(town: PlannedTown) -> None:
    """One ends at ten, the other begins at ten: the water is on in between."""
    town.draft("bc", hours=30, lasts=4)
    assert town.preview("ef", hours=34).overlaps == ()
    assert town.preview("ef", hours=33.99).overlaps
    assert town.preview("ef", hours=26, lasts=4).overlaps == ()


def test_others_far_away_or_cancelled_do_not_count(town: PlannedTown) -> None:
    """At the same time, but nothing in common; or taken back."""
    first = town.draft("bc").shutoff.id
    assert town.preview("zR").overlaps == ()
    with town.work() as work:
        cancel_shutoff(work, town.ground(work), first, town.now, UTC)
        work.commit()
    assert town.preview("ef").overlaps == ()


def test_a_running_outage_counts_until_its_etr(town: PlannedTown) -> None:
    """Nobody knows when it ends, so it may last until then; it is shown where it opens, too."""
    name = town.draft("ef").shutoff.id
    outage(town, "bc")
    (meets,) = town.preview("ef", hours=40).overlaps
    assert (meets.other, meets.kind) == ("O-E1", OverlapKind.OUTAGE)
    assert "together with O-E1, 3 more premises lose water." in said(town, name)


def test_the_same_pipe_twice_shares_valves_and_premises(town: PlannedTown) -> None:
    """Both shut the same isolation valves, both dry the same premises."""
    town.draft("bc")
    (meets,) = town.draft("bc", hours=31).overlaps
    assert meets.isolation_valves == ("bc.b", "bc.c")
    assert (meets.pipes, meets.premises) == (("bc",), ("bc",))
    assert meets.only_combined_premises == ()


def test_critical_premises_twice_in_a_week_are_told(town: PlannedTown) -> None:
    """The hospital is dry on Tuesday and again on Friday, but not eight days later."""
    first = town.draft("gh", hours=30).shutoff.id
    (repeat,) = town.preview("gh", hours=100).repeats
    assert (repeat.premises, repeat.others) == ("gh", (first,))
    assert town.preview("gh", hours=34 + 7 * 24).repeats == ()


def test_the_list_is_who_is_dry_the_critical_first(town: PlannedTown) -> None:
    """Exactly the isolation's premises and those of the combination."""
    town.draft("bc")
    found = town.draft("ef", hours=32)
    rows = premises_to_tell(town.network, found)
    alone = set(gis.isolate(town.network, ["ef"]).premises)
    assert [one.premises.id for one in rows] == ["gh", "cf", "cg", "ef"]
    assert {one.premises.id for one in rows if not one.only_combined} == alone == {"ef"}
    totals = totals_of(rows)
    assert (totals.premises, totals.critical, totals.by_road) == (4, 1, (("环路", 4),))
    assert totals.by_kind == (("home", 3), ("hospital", 1))


def test_a_masked_row_names_a_hospital_and_no_householder(town: PlannedTown) -> None:
    """Phones and accounts are never whole in a list."""
    rows = [masked(one) for one in premises_to_tell(town.network, town.preview("gh"))]
    assert rows[0].cells() == (
        "gh", "yes", "hospital", "环路", "环路gh号", "环路医院", "****1001", "138****5521",
    )  # fmt: skip
    assert masked(premises_to_tell(town.network, town.preview("bc"))[0]).cells()[5] == "=*明"


def test_begin_shuts_and_end_opens_what_nobody_else_keeps_shut(town: PlannedTown) -> None:
    """By the dispatcher's word; the network is undisturbed for whoever reckons meanwhile."""
    name = town.running("bc")
    assert town.closed() == {"bc.b", "bc.c"}
    with town.work() as work:
        ground = town.ground(work)
        assert all(one.is_open for one in undisturbed_network(work, ground).isolation_valves)
        assert shut_by_others(work, "E9") == {"bc.b", "bc.c"}
    found = town.end(name)
    assert found.shutoff.state is OutageState.RESTORED
    assert found.shutoff.restored_at == town.now
    assert town.closed() == set()


def test_what_another_keeps_shut_stays_shut(town: PlannedTown) -> None:
    """Two on one pipe: the first to end leaves the isolation valves to the other."""
    names = [town.draft("bc", lasts=9).shutoff.id for _ in range(2)]
    for name in names:
        town.approve(name)
        town.announce(name)
    town.now += timedelta(hours=30)
    for name in names:
        town.begin(name)
    town.end(names[0])
    assert town.closed() == {"bc.b", "bc.c"}
    town.end(names[1])
    assert town.closed() == set()


def test_a_burst_beside_one_in_effect_sees_the_combination(town: PlannedTown) -> None:
    """Live isolations count it as any other outage."""
    name = town.running("bc")
    with town.work() as work:
        found = live_isolation(work, town.ground(work), "ef")
    assert found.premises == ("cf", "cg", "ef", "gh")
    assert found.only_combined_pipes == ("cf", "cg", "gh")
    assert any(name in one.en for one in found.warnings)


def test_nothing_is_skipped(town: PlannedTown) -> None:
    """A draft is not announced, an approved one does not begin, one in effect is not cancelled."""
    name = town.draft("bc").shutoff.id
    with pytest.raises(IllegalMove):
        town.announce(name)
    town.approve(name)
    with pytest.raises(IllegalMove):
        town.begin(name)
    town.announce(name)
    with pytest.raises(BadInput, match="was announced for 2026-11-24 15:00"):
        town.begin(name)
    assert town.closed() == set()
    town.now += timedelta(hours=30)
    town.begin(name)
    with town.work() as work, pytest.raises(IllegalMove):
        cancel_shutoff(work, town.ground(work), name, town.now, UTC)
    with pytest.raises(UnknownId):
        town.approve("S9")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": " "}, "title: it is empty"),
        ({"at": ()}, "pipes: none is named"),
        ({"starts_at": NOW}, "starts_at: this time has passed"),
        ({"ends_at": NOW + timedelta(hours=30)}, "ends_at: it does not lie after"),
        ({"notice": "12h"}, "notice: there is no rule '12h'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    town: PlannedTown, changed: dict[str, object], says: str
) -> None:
    """The line names the field."""
    with pytest.raises(BadInput, match=says):
        town.preview("bc", **changed)


def test_unknown_pipes_and_valves_are_refused(town: PlannedTown) -> None:
    """Before anything is written."""
    for wanted in (town.wanted("xx"), town.wanted("bc", inoperable=("v9",))):
        with town.work() as work, pytest.raises(UnknownId):
            draft_shutoff(work, town.ground(work), wanted, town.now, UTC)
    with town.work() as work:
        assert work.planned_shutoffs.all() == ()


def test_what_is_known_not_to_turn_widens_it_and_is_kept(town: PlannedTown) -> None:
    """A preview only asks; a draft marks the isolation valve in the network."""
    assert "cg" in town.preview("bc", inoperable=("bc.c",)).premises
    with town.work() as work:
        assert all(one.can_turn for one in work.network.isolation_valves())
    assert "cg" in town.draft("bc", inoperable=("bc.c",)).premises
    with town.work() as work:
        broken = [one.id for one in work.network.isolation_valves() if not one.can_turn]
    assert broken == ["bc.c"]


def test_until_it_is_announced_it_follows_the_network(town: PlannedTown) -> None:
    """What is announced stands: people were told."""
    drafted, told = (town.draft("bc", hours=h).shutoff.id for h in (30, 60))
    town.approve(told)
    town.announce(told)
    valve = town.network.isolation_valve_by_id["bc.c"]
    with town.work() as work:
        work.network.set_isolation_valve(replace(valve, operability=Operability.INOPERABLE))
        work.commit()
    with town.work() as work:
        found = [assess_one(work, town.ground(work), one, town.now, UTC) for one in (drafted, told)]
    assert ["cg" in one.premises for one in found] == [True, False]
    assert town.approve(drafted).shutoff.isolation == found[0].shutoff.isolation


def test_sent_again_it_is_drafted_once(town: PlannedTown) -> None:
    """The same client id with another draft is refused."""
    wanted = town.wanted("bc", client_id="c1")
    with town.work() as work:
        made = [draft_shutoff(work, town.ground(work), wanted, NOW, UTC) for _ in range(2)]
        assert [(one.shutoff.id, new) for one, new in made] == [("S0001", True), ("S0001", False)]
        with pytest.raises(BadInput, match=r"^client_id: "):
            draft_shutoff(work, town.ground(work), replace(wanted, title="别的"), NOW, UTC)


def test_a_place_is_its_nearest_pipe(town: PlannedTown) -> None:
    """A click on the map will do."""
    spot = town.network.premises_by_id["bc"].location
    with town.work() as work:
        wanted = Wanted(spot, "x", NOW + timedelta(hours=30), NOW + timedelta(hours=31))
        found, _ = draft_shutoff(work, town.ground(work), wanted, NOW, UTC)
    assert found.shutoff.pipes == ("bc",)


def test_a_network_without_its_pipe_leaves_it_readable(town: PlannedTown) -> None:
    """It keeps the isolation it had, and says what to do."""
    name = town.draft("zR").shutoff.id
    fewer = tuple(one for one in town.network.links if one.id != "zR")
    without = replace(
        town.network,
        links=fewer,
        isolation_valves=tuple(one for one in town.network.isolation_valves if one.link != "zR"),
    ).with_premises(one for one in town.network.premises if one.link != "zR")
    with town.work() as work:
        work.network.save(without)
        work.commit()
    assert "the network was replaced" in " ".join(said(town, name))


def test_periods_meet_whatever_their_offset() -> None:
    """18:00 in Shanghai is 10:00 in UTC: instants count, clocks do not."""
    east = timezone(timedelta(hours=8))
    utc = OffPeriod(datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC))
    touching = OffPeriod(datetime(2026, 11, 23, 18, tzinfo=east), None)
    inside = OffPeriod(datetime(2026, 11, 23, 17, 59, tzinfo=east), None)
    assert not utc.meets(touching)
    assert not touching.meets(utc)
    assert utc.meets(inside)
    assert inside.meets(utc)


def answer(town: PlannedTown, premises: str) -> tuple[str, str | None, str]:
    """Return what somebody is told: kind, whose outage, the English script."""
    with town.work() as work:
        found = answer_caller(work, town.ground(work), Asked(premises=premises), town.now, UTC)
    return found.kind.value, found.outage, found.script.en


def test_callers_hear_of_what_is_announced(town: PlannedTown) -> None:
    """Not of a draft; in effect it is no water; then it is back."""
    name = town.draft("bc", title="更换DN200阀门").shutoff.id
    assert answer(town, "bc")[0] == "nothing_known"
    town.approve(name)
    town.announce(name)
    kind, outage_id, script = answer(town, "bc")
    assert (kind, outage_id) == ("planned", name)
    assert "from 24 Nov 15:00 to 19:00" in script
    assert "更换DN200阀门" in script
    assert answer(town, "zR")[0] == "nothing_known"
    town.now += timedelta(hours=30)
    town.begin(name)
    kind, outage_id, script = answer(town, "bc")
    assert (kind, outage_id) == ("no_water", name)
    assert "back about 19:00" in script
    town.now += timedelta(hours=5)
    assert "new time is being worked out" in answer(town, "bc")[2]
    town.end(name)
    assert answer(town, "bc")[0] == "restored"


def test_those_dry_by_the_combination_hear_of_it_too(town: PlannedTown) -> None:
    """The hospital is on both lists."""
    first, second = (town.draft(pipe).shutoff.id for pipe in ("bc", "ef"))
    for name in (first, second):
        town.approve(name)
        town.announce(name)
    assert answer(town, "gh")[:2] == ("planned", first)
