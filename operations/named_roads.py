"""The streets that have a name, as those who look names up want them."""

from __future__ import annotations

from collections import defaultdict

from domain.places import LonLat, Road
from domain.streets import StreetNetwork


def named_roads(streets: StreetNetwork | None) -> tuple[Road, ...]:
    """Return each name once with the courses of its streets, in the order of the names.

    A street that is driven both ways is one course.
    """
    if streets is None:
        return ()
    courses: dict[int, list[tuple[LonLat, ...]]] = defaultdict(list)
    seen: set[tuple[int, int, int]] = set()
    for edge, (tail, head, name) in enumerate(
        zip(streets.tail.tolist(), streets.head.tolist(), streets.name.tolist(), strict=True)
    ):
        key = (name, min(tail, head), max(tail, head))
        if name == 0 or key in seen:
            continue
        seen.add(key)
        courses[name].append(tuple(LonLat(lon, lat) for lon, lat in streets.course(edge).tolist()))
    return tuple(Road(streets.names[name], tuple(courses[name])) for name in sorted(courses))
