"""What callers are told, before, during and after; and that others hear nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from domain.answers import AnswerKind
from domain.durations import DurationEstimate, DurationSource
from domain.errors import UnknownId
from domain.incidents import Etr, EtrSource
from domain.places import LonLat
from domain.reports import ReportKind
from domain.states import WorkOrderState
from domain.words import Symptom
from operations.answer_caller import Asked, answer_caller
from operations.set_etr import set_etr
from operations.take_call import Call
from operations.verify_and_close import verify_and_close
from tests.operations.live_day import NINE, LiveDay

K = ReportKind
A = AnswerKind

PRESET = DurationEstimate(7200, 11520, DurationSource.PRESET, preset_s=7200)
LEARNED = DurationEstimate(7200, 10800, DurationSource.LEARNED, 120, NINE, 7200)


def kinds(day: LiveDay) -> dict[str, AnswerKind]:
    """Return what each premises of the street is told."""
    return {one.id: day.answer(Asked(premises=one.id)).kind for one in day.network.premises}


def test_before_any_call_nothing_is_known(day: LiveDay) -> None:
    """And that is said: no data is no proof of water."""
    assert set(kinds(day).values()) == {A.NOTHING_KNOWN}
    answer = day.answer(Asked(premises="cd1"))
    assert "不等于没有停水" in answer.script.zh
    assert (answer.label, answer.incident, answer.etr) == ("建设路41号", None, None)


def test_a_burst_tells_those_it_dries_and_nobody_else(day: LiveDay) -> None:
    """Predicted, in effect, restored; a day later nothing is known again."""
    out, others = {"bc1", "bc2", "cd1", "cd2"}, {"Ra1", "ab1", "ab2", "de1", "eS2"}

    def told(among: set[str]) -> set[AnswerKind]:
        known = kinds(day)
        return {known[one] for one in among}

    day.calls("cd1", Symptom.BURST)
    assert (told(out), told(others)) == ({A.WILL_BE_OFF}, {A.NOTHING_KNOWN})
    day.assign("W0001I", "C1")
    day.says("C1", "W0001I", K.VALVE_CLOSED, "bc.b")
    assert (told(out), told(others)) == ({A.WILL_BE_OFF}, {A.NOTHING_KNOWN})
    day.says("C1", "W0001I", K.VALVE_CLOSED, "de.d")
    assert (told(out), told(others)) == ({A.NO_WATER}, {A.NOTHING_KNOWN})
    day.says("C1", "W0001I", K.FIELD_COMPLETE)
    day.assign("W0001R", "C2")
    day.says("C2", "W0001R", K.FIELD_COMPLETE)
    day.at(200)
    with day.work() as work:
        verify_and_close(work, day.keeper.of(work), "E0001", day.now)
        work.commit()
    assert (told(out), told(others)) == ({A.RESTORED}, {A.NOTHING_KNOWN})
    day.at(200 + 24 * 60 + 1)
    assert told(out) == {A.NOTHING_KNOWN}


@pytest.mark.parametrize(
    "asked",
    [
        Asked(phone="+86 1380013 0401"),
        Asked(account="a-0401"),
        Asked(address="建设路41号"),
        Asked(premises="cd1"),
    ],
    ids=["phone", "account", "address", "premises"],
)
def test_a_caller_is_found_by_whatever_is_known(day: LiveDay, asked: Asked) -> None:
    """Each way leads to the same premises."""
    day.calls("cd1", Symptom.BURST)
    assert (day.answer(asked).premises, day.answer(asked).kind) == ("cd1", A.WILL_BE_OFF)


def test_a_place_on_the_map_is_answered_by_its_pipe(day: LiveDay) -> None:
    """A click knows no premises."""
    day.calls("cd1", Symptom.BURST)
    one, other = day.network.link_by_id["cd"].path
    there = LonLat((one.lon + other.lon) / 2 + 1e-5, one.lat)
    assert day.answer(Asked(position=there)).kind is A.WILL_BE_OFF


def test_an_unknown_place_is_asked_for_again(day: LiveDay) -> None:
    """The words come back as they were said; an id that is no premises is an error."""
    answer = day.answer(Asked(address="某某路999弄"))
    assert (answer.kind, answer.label, answer.premises) == (A.PLACE_UNKNOWN, "某某路999弄", None)
    with pytest.raises(UnknownId):
        day.answer(Asked(premises="nobody"))


def test_the_script_says_why_how_far_and_until_when(day: LiveDay) -> None:
    """In the zone of the people who listen."""
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001I", "C1")
    for valve in ("bc.b", "de.d"):
        day.says("C1", "W0001I", K.VALVE_CLOSED, valve)
    with day.work() as work:
        ground = day.keeper.of(work)
        at = NINE + timedelta(hours=3, minutes=30)
        set_etr(work, "O-E0001", at, EtrSource.CREW, day.now)
        zone = timezone(timedelta(hours=8))
        answer = answer_caller(work, ground, Asked(premises="bc1"), day.now, zone)
    assert answer.script.zh == (
        "很抱歉给您带来不便。您家停水是因为建设路DN100水管爆裂，正在关阀，已关 2/2。"
        "预计20:30左右恢复。"
    )
    assert answer.script.en == (
        "We are sorry for the trouble. Your water is off because of a burst DN100 main at 建设路. "
        "A crew is shutting isolation valves, 2 of 2 are shut. It should be back about 20:30."
    )
    assert (answer.incident, answer.outage, answer.since) == ("E0001", "O-E0001", NINE)
    assert answer.etr is not None


@pytest.mark.parametrize(
    ("basis", "days", "zh", "en"),
    [
        (
            LEARNED,
            3,
            "，依据120次同类抢修，3天前学习",
            ", from 120 repairs like it, learned 3 days ago",
        ),
        (LEARNED, 0, "，依据120次同类抢修，今天学习", ", from 120 repairs like it, learned today"),
        (PRESET, 0, "，按预设工时推算", ", by preset times for such work"),
        (None, 0, "", ""),
    ],
)
def test_the_latest_time_is_told_with_what_it_rests_on(
    day: LiveDay, basis: DurationEstimate | None, days: int, zh: str, en: str
) -> None:
    """To an agent; in public there is the time alone."""
    day.calls("cd1", Symptom.BURST)
    if basis is LEARNED:
        basis = replace(basis, learned_at=day.now - timedelta(days=days, hours=1))
    with day.work() as work:
        hours = [NINE + timedelta(hours=one) for one in (3, 4)]
        etr = Etr(hours[0], EtrSource.PLAN, day.now, hours[1])
        work.outages.save([replace(work.outages.get("O-E0001"), etr=etr)])
        work.work_orders.save([replace(work.work_orders.get("W0001R"), estimate=basis)])
        work.commit()
    told = day.answer(Asked(premises="cd1"))
    assert (told.etr, told.etr_basis) == (etr, basis)
    assert told.script.zh.endswith(f"预计12:00左右恢复，最迟13:00（九成把握{zh}）。")
    assert told.script.en.endswith(
        f"It should be back about 12:00, by 13:00 at the latest (nine times in ten{en})."
    )
    public = day.answer(Asked(address="建设路41号", in_public=True))
    assert public.etr_basis is None
    assert public.script.zh.endswith("最迟13:00（九成把握）。")


def test_a_time_that_has_passed_is_not_told(day: LiveDay) -> None:
    """It is being worked out anew."""
    day.calls("cd1", Symptom.BURST)
    with day.work() as work:
        set_etr(work, "O-E0001", NINE + timedelta(minutes=30), EtrSource.DISPATCHER, day.now)
        work.commit()
    assert "09:30" in day.answer(Asked(premises="cd2")).script.en
    day.at(31)
    answer = day.answer(Asked(premises="cd2"))
    assert answer.etr is None
    assert "恢复时间正在更新" in answer.script.zh


PROGRESS = [
    ("W0001I", None, "A crew is being found"),
    ("W0001I", K.ACCEPTED, "A crew has been assigned"),
    ("W0001I", K.EN_ROUTE, "A crew is on its way"),
    ("W0001I", K.ON_SITE, "0 of 2 are shut"),
    ("W0001I", K.FIELD_COMPLETE, "repair comes next"),
    ("W0001R", K.ON_SITE, "on site repairing"),
    ("W0001R", K.FIELD_COMPLETE, "supply is being checked"),
]


def test_progress_follows_the_field(day: LiveDay) -> None:
    """Step by step, in words."""
    day.calls("cd1", Symptom.BURST)
    for order, kind, said in PROGRESS:
        if kind is not None and day.order(order).state is WorkOrderState.READY:
            day.assign(order, "C1")
        if kind is not None:
            day.says("C1", order, kind)
        progress = day.answer(Asked(premises="cd1")).progress
        assert progress is not None
        assert said in progress.en


def test_a_suspicion_is_told_to_who_reported_it_and_next_door(day: LiveDay) -> None:
    """One household without water: no outage yet, but the neighbour on the segment hears of it."""
    day.calls("cd1", Symptom.NO_WATER)
    known = kinds(day)
    assert {known[one] for one in ("cd1", "cd2", "bc1")} == {A.SUSPECTED}
    assert {known[one] for one in ("ab1", "de1", "Ra1", "eS1")} == {A.NOTHING_KNOWN}


def test_a_meter_is_its_owners_business(day: LiveDay) -> None:
    """Neighbours hear nothing of it."""
    day.calls("cd1", Symptom.LEAK_AT_METER)
    assert day.answer(Asked(premises="cd1")).kind is A.SUSPECTED
    assert day.answer(Asked(premises="cd2")).kind is A.NOTHING_KNOWN


def test_no_script_names_anybody(day: LiveDay) -> None:
    """No name, phone, account or address of the caller who reported it."""
    day.call(Call(premises="cd1", symptom=Symptom.BURST, phone="13912345678", text="我是李小明"))
    answer = day.answer(Asked(premises="bc1"))
    assert answer.cause is not None
    assert answer.progress is not None
    said = " ".join([answer.script.zh, answer.script.en, answer.cause.zh, answer.progress.zh])
    caller = day.network.premises_by_id["cd1"]
    for secret in (caller.name, caller.phone, caller.account, caller.address, "13912345678"):
        assert secret not in said


def test_answers_write_nothing(day: LiveDay) -> None:
    """Asking is no event."""
    day.calls("cd1", Symptom.BURST)
    before = day.told()
    kinds(day)
    assert day.told() == before


def test_what_only_the_household_said_is_not_told_in_public(day: LiveDay) -> None:
    """Anybody may type any address; an agent is told, the public is not."""
    day.calls("Ra1", Symptom.WATER_QUALITY)
    home = day.network.premises_by_id["Ra1"].address
    assert day.answer(Asked(address=home)).kind is A.SUSPECTED
    assert day.answer(Asked(address=home, in_public=True)).kind is A.NOTHING_KNOWN
