"""A plain trace of what a burst cuts off; made for the generator, shared with nobody.

Elements are nodes and links. A link end passes water unless an isolation valve there holds it.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.pipes_network.works import Parts
from domain.network import IsolationValve, NodeKind, PipeNetwork


class SupplyTrace:
    """Segments and supply of one network; elements are ids of nodes and links."""

    def __init__(self, network: PipeNetwork) -> None:
        self.network = network
        self._valve_at: dict[tuple[str, str], IsolationValve] = {
            (valve.link, valve.node): valve for valve in network.isolation_valves if valve.node
        }
        names = [*network.node_by_id, *network.link_by_id]
        self._number = {name: index for index, name in enumerate(names)}
        self._parts = self._segments(len(names))
        self._links_at = self._around()
        self.wet = self._reached(segment=None)

    def segment_of(self, link: str) -> int:
        """Return the number of the segment a link belongs to."""
        return self._parts.find(self._number[link])

    def dry_after(self, burst: str) -> set[str]:
        """Return links without water once the burst's segment is shut, wet before."""
        segment = self.segment_of(burst)
        wet = self._reached(segment)
        return {link for link in self.network.link_by_id if link in self.wet and link not in wet}

    def _ends(self) -> Iterator[tuple[str, str]]:
        for link in self.network.links:
            yield link.id, link.start
            yield link.id, link.end

    def _segments(self, size: int) -> Parts:
        parts = Parts(size)
        for link, node in self._ends():
            valve = self._valve_at.get((link, node))
            if valve is None or not valve.is_reliable_barrier:
                parts.join(self._number[link], self._number[node])
        return parts

    def _around(self) -> dict[str, list[str]]:
        around: dict[str, list[str]] = {node: [] for node in self.network.node_by_id}
        for link, node in self._ends():
            around[node].append(link)
        return around

    def _passes(self, link: str, node: str) -> bool:
        valve = self._valve_at.get((link, node))
        return valve is None or valve.is_open

    def _reached(self, segment: int | None) -> set[str]:
        """Return nodes and links that water reaches while one segment is shut."""
        starts = [n.id for n in self.network.nodes if n.kind is not NodeKind.JUNCTION]
        queue = [node for node in starts if self._parts.find(self._number[node]) != segment]
        seen = set(queue)
        for node in queue:
            for link in self._links_at[node]:
                if self._enters(link, node) and self._parts.find(self._number[link]) != segment:
                    seen.add(link)
                    far = self._far(link, node)
                    inside = self._parts.find(self._number[far]) == segment
                    if self._passes(link, far) and not inside and far not in seen:
                        seen.add(far)
                        queue.append(far)
        return seen

    def _enters(self, link: str, node: str) -> bool:
        pipe = self.network.link_by_id[link]
        return pipe.open and self._passes(link, node) and (not pipe.one_way or pipe.start == node)

    def _far(self, link: str, node: str) -> str:
        pipe = self.network.link_by_id[link]
        return pipe.end if pipe.start == node else pipe.start
