"""Could one more order have been planned? Every crew and every gap of its route is tried."""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracles.plan_files import Crew, Files, Order

Sequences = dict[str, list[str]]


def idle_crews(files: Files) -> Iterator[str]:
    """Yield each unassigned order that a crew could take without breaking a rule."""
    sequences: Sequences = {crew: [] for crew in files.crews}
    for crew, route in files.routes.items():
        sequences[crew] = [visit.work_order for visit in route]
    planner = Timetable(files)
    if not planner.is_legal(sequences):
        yield "the plan breaks a rule even if every visit is as early as it can be"
        return
    for one in files.plan["unassigned"]:
        order = files.orders[one["work_order"]]
        for name, place in planner.insertions(sequences, order):
            yield f"{order.id} is unassigned, yet crew {name} could do it as visit {place + 1}"
            break


class Timetable:
    """Sets every visit as early as the rules allow; what fits no earlier fits not at all."""

    def __init__(self, files: Files) -> None:
        self.files = files
        travel = files.plan["travel"]
        index = {place: i for i, place in enumerate(travel["places"])}
        self.seconds: list[list[float | None]] = travel["seconds"]
        self.crew_at = {crew: index[f"crew:{crew}"] for crew in files.crews}
        self.order_at = {order: index[f"order:{order}"] for order in files.orders}

    def insertions(self, sequences: Sequences, order: Order) -> Iterator[tuple[str, int]]:
        """Yield each crew and position at which the order could be put, all rules kept."""
        planned = {name for sequence in sequences.values() for name in sequence}
        if not set(order.after) <= planned:
            return
        for crew in self.files.crews.values():
            if not (order.skills <= crew.skills and order.crew_size <= crew.size):
                continue
            sequence = sequences[crew.id]
            for place in range(len(sequence) + 1):
                tried = [*sequence[:place], order.id, *sequence[place:]]
                if self.is_legal(sequences | {crew.id: tried}):
                    yield crew.id, place

    def is_legal(self, sequences: Sequences) -> bool:
        """Return True if all visits, each as early as possible, keep every shift."""
        ends: dict[str, float] = {}
        waiting = {crew: list(sequence) for crew, sequence in sequences.items() if sequence}
        free = {name: max(self.files.crews[name].shift_start, self.files.now) for name in waiting}
        at = {name: self.crew_at[name] for name in waiting}
        while waiting:
            ready = [
                name
                for name, sequence in waiting.items()
                if all(other in ends for other in self.files.orders[sequence[0]].after)
            ]
            if not ready:
                return False  # crews wait for each other, or for an order nobody does
            for name in ready:
                order = self.files.orders[waiting[name].pop(0)]
                end = self._end(self.files.crews[name], order, free[name], at[name], ends)
                if end is None:
                    return False
                ends[order.id] = free[name] = end
                at[name] = self.order_at[order.id]
                if not waiting[name]:
                    del waiting[name]
        return True

    def _end(
        self, crew: Crew, order: Order, free: float, at: int, ends: dict[str, float]
    ) -> float | None:
        """Return when the order is done at the earliest, None if that breaks a rule."""
        travel = self.seconds[at][self.order_at[order.id]]
        if travel is None:
            return None
        arrival = max(free, order.released_at) + travel
        start = max([arrival, *(ends[name] for name in order.after)])
        end = start + order.duration_s
        return end if end <= crew.shift_end else None
