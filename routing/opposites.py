"""Which edge is the same street in the other direction."""

from __future__ import annotations

import numpy as np

from domain.streets import IntArray, StreetNetwork

#: Stands where there is no edge or no node.
NONE = -1


def opposites(streets: StreetNetwork) -> IntArray:
    """Return (m,) for each edge the edge of the same course backwards, -1 on a one-way street."""
    if len(streets.rules.opposite) == len(streets.tail):
        return streets.rules.opposite
    waiting: dict[tuple[int, int, bytes], list[int]] = {}
    found = np.full(len(streets.tail), NONE, dtype=np.int64)
    for edge in range(len(streets.tail)):
        tail, head, course = int(streets.tail[edge]), int(streets.head[edge]), streets.course(edge)
        partners = waiting.get((head, tail, course[::-1].tobytes()))
        if partners:
            found[edge] = partners.pop(0)
            found[found[edge]] = edge
        else:
            waiting.setdefault((tail, head, course.tobytes()), []).append(edge)
    return found
