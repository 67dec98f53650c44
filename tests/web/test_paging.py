"""Pages of lists: each thing once, in one order, however much is written meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mainbreak.server.paging import by_id, ordered


@dataclass(frozen=True)
class Thing:
    """Something with an id and an age."""

    id: str
    at: int


THINGS = [Thing("b", 1), Thing("阀", 2), Thing("a", 3), Thing("Z", 3)]


def ids(things: Sequence[Thing]) -> list[str]:
    """Return the ids in order."""
    return [one.id for one in things]


def test_ids_are_ordered_by_code_points_as_the_database_does() -> None:
    """Capitals before small letters before hanzi, whatever the machine's language."""
    first, cursor = by_id(THINGS, None, 3)
    assert (ids(first), cursor) == (["Z", "a", "b"], "b")
    second, end = by_id(THINGS, cursor, 3)
    assert (ids(second), end) == (["阀"], None)


def test_a_cursor_that_is_gone_still_leads_on() -> None:
    """Something that ended between two pages loses nobody else."""
    left = [one for one in THINGS if one.id != "b"]
    assert ids(by_id(left, "b", 3)[0]) == ["阀"]


def test_a_page_that_is_just_full_has_none_behind_it() -> None:
    """No empty last page."""
    assert by_id(THINGS, None, 4)[1] is None


def test_newest_first_goes_on_behind_the_last_one() -> None:
    """What came in meanwhile stands before the cursor and is not in the way."""

    def key(one: Thing) -> tuple[int, str]:
        return one.at, one.id

    first, cursor = ordered(THINGS, None, 2, key)
    assert (ids(first), cursor) == (["a", "Z"], "Z")
    second, end = ordered([*THINGS, Thing("new", 9)], Thing("Z", 3), 2, key)
    assert (ids(second), end) == (["阀", "b"], None)
