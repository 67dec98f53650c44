"""The days as they happen: by seed, nothing lost, nobody in two places, credit lost with work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from operations.simulating.call_off import CallingOff
from operations.simulating.field import Field, IllegalAnswer
from operations.simulating.log import Entry, What
from operations.simulating.made import Days
from operations.simulating.policies import NAMES, is_installed, policy
from operations.simulating.rules_of_thumb import RuleOfThumb, first_come, nearest
from operations.simulating.size import HOUR, Size
from operations.simulating.view import Answer, View
from tests.simulating.small import SMALL, Watched, calling_off, ground, logged, small_days

HERE = [name for name in NAMES if is_installed(name)]


@pytest.mark.parametrize("name", HERE)
def test_the_same_seed_gives_the_same_days(name: str) -> None:
    """Under every policy; another seed gives others."""
    days = small_days(1)
    assert days == small_days(1)
    first = logged(days, lambda: policy(name))
    assert first == logged(small_days(1), lambda: policy(name))
    assert first != logged(small_days(2), lambda: policy(name))


@pytest.mark.parametrize("name", HERE)
@pytest.mark.parametrize("seed", [3, 4])
def test_no_order_is_lost(name: str, seed: int) -> None:
    """Each is done once, under way, or open; and a busy day leaves some over."""
    days = small_days(seed, replace(SMALL, load=1.3))
    field = Field(days, ground(), policy(name))
    log = field.run()
    state = field.state
    called = [entry.order for entry in log if entry.what is What.CALLED]
    ended = [entry.order for entry in log if entry.what is What.ENDED]
    assert len(called) == len(set(called))
    assert {one.order.id for one in days.work} <= set(called)
    assert sorted(ended) == sorted(state.done)
    assert sorted([*state.open, *state.begun, *state.done]) == sorted(called)
    assert state.begun == {}
    assert ended


@pytest.mark.parametrize("name", HERE)
def test_a_crew_does_one_thing_at_a_time(name: str) -> None:
    """Set out, arrive, begin, end: in turn, with a drive and a whole piece of work between."""
    days = small_days(5)
    log = logged(days, lambda: policy(name))
    truth = {one.order.id: one.true_s for one in days.work}
    truth |= {one.second.order.id: one.second.true_s for one in days.work if one.second}
    for crew in range(days.size.crews):
        begun = 0
        now: str | None = None
        for entry in (one for one in log if one.crew == crew and one.order):
            if entry.what is What.SET_OUT:
                assert now is None
                now = entry.order
            elif entry.what in {What.TURNED, What.LEFT, What.GAVE_UP}:
                assert entry.order == now
                now = None
            elif entry.what is What.BEGAN:
                assert entry.order == now
                begun = entry.at
            elif entry.what is What.ENDED:
                assert entry.order == now
                assert entry.at - begun == truth[entry.order]
                now = None


def test_repairs_wait_for_every_isolation() -> None:
    """Also for the further one that a valve which holds calls for."""
    found = 0
    for seed in range(40):
        days = small_days(seed, Size(crews=5, tickets=5, bursts=4.0, days=1))
        log = logged(days, calling_off)
        ended = {entry.order: entry.at for entry in log if entry.what is What.ENDED}
        for entry in log:
            if entry.what is What.BEGAN and entry.order.endswith("-2"):
                stem = entry.order.removesuffix("-2")
                assert entry.at >= ended[f"{stem}-1"]
                if any(one.order == f"{stem}-3" for one in log):
                    found += 1
                    assert entry.at >= ended[f"{stem}-3"]
    assert found


def test_crews_rest_once_a_shift_and_work_in_it() -> None:
    """No crew sets out before or after its shift; each that is on duty rests once a day."""
    days = small_days(6)
    log = logged(days, calling_off)
    rests = [entry for entry in log if entry.what is What.RESTED]
    assert len(rests) == days.size.crews * days.size.days
    for entry in (one for one in log if one.what is What.SET_OUT):
        hour = entry.at % (24 * HOUR) / HOUR
        assert 7 <= hour < 23


def busy_bursts() -> tuple[Days, list[Entry]]:
    """Return days on which a crew leaves work half done and another turns round."""
    days = small_days(6, Size(crews=10, tickets=60, bursts=6.0, days=2, load=1.2))
    return days, logged(days, calling_off)


def test_work_left_half_done_begins_again_and_counts_as_late() -> None:
    """What was done is lost: the whole work is done again, after making safe, and arrival too."""
    days, log = busy_bursts()
    left = [entry for entry in log if entry.what is What.LEFT]
    assert left
    orders = {one.order.id: one for one in days.work}
    for entry in left:
        assert orders[entry.order].order.interruptible
        after = [one for one in log if one.order == entry.order and one.at >= entry.at]
        began = [one.at for one in after if one.what is What.BEGAN]
        ended = [one.at for one in after if one.what is What.ENDED]
        if ended:
            assert ended[0] - began[-1] == orders[entry.order].true_s
        drives = [o for o in log if o.crew == entry.crew and o.at > entry.at]
        assert drives[0].what is What.SET_OUT
        assert drives[0].at == entry.at + orders[entry.order].order.make_safe_s
        assert orders[drives[0].order].order.priority == 1


def test_a_crew_that_turns_round_drives_on_from_where_it_is() -> None:
    """The part driven counts, and is no longer than the whole drive."""
    _, log = busy_bursts()
    turned = [entry for entry in log if entry.what is What.TURNED and entry.seconds]
    assert turned
    assert any(entry.metres > 0 for entry in turned)


def test_a_place_on_the_way_lies_between() -> None:
    """Its two drives add up to about the whole, in about the share asked for."""
    here = ground()
    for share in (0.25, 0.5, 0.75):
        off = []
        for a, b in ((1, 2), (3, 4), (5, 6), (7, 8)):
            middle = here.on_the_way(a, b, share)
            off.append(abs(here.seconds[a, middle] - share * here.seconds[a, b]))
        assert sum(off) / len(off) < 300
    assert here.on_the_way(1, 2, 0.0) == 1
    assert here.on_the_way(1, 2, 1.0) == 2


class _Wrong:
    """Sends a crew that cannot."""

    interrupts = False

    def decide(self, view: View) -> Answer:
        """Send every crew to the first order."""
        return Answer(dict.fromkeys(view.crews, view.open[0].id))


def test_an_answer_that_cannot_be_is_refused() -> None:
    """A policy cannot gain by what no crew can do."""
    with pytest.raises(IllegalAnswer):
        logged(small_days(1), _Wrong)


def test_without_the_right_nobody_is_called_off() -> None:
    """And with it somebody is."""
    days = small_days(2, Size(crews=10, tickets=60, bursts=6.0, days=2, load=1.2))
    for key in (first_come, nearest):
        plain = logged(days, lambda key=key: RuleOfThumb(key))  # type: ignore[misc]
        assert not [one for one in plain if one.what in {What.LEFT, What.TURNED}]
        right = logged(days, lambda key=key: CallingOff(RuleOfThumb(key)))  # type: ignore[misc]
        assert [one for one in right if one.what in {What.LEFT, What.TURNED}]


@pytest.mark.parametrize("name", HERE)
def test_nobody_knows_how_long_work_takes(name: str) -> None:
    """Make all work that has not ended by an instant longer: until then nothing is different."""
    days = small_days(7)
    watched = Watched(policy(name))
    log = Field(days, ground(), watched).run()
    for hour in (9, 34):
        until = hour * HOUR
        ended = {entry.order for entry in log if entry.what is What.ENDED and entry.at <= until}
        longer = tuple(
            one if one.order.id in ended else replace(one, true_s=one.true_s + 1000 + 37 * number)
            for number, one in enumerate(days.work)
        )
        again = Watched(policy(name))
        Field(replace(days, work=longer), ground(), again).run()
        before = [(view, answer) for view, answer in watched.seen if view.now <= until]
        assert before
        assert before == again.seen[: len(before)]
