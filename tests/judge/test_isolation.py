"""gis.isolate against the oracle of docs/isolation.md, on networks that neither was tuned on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random

import pytest

import gis
from domain.isolation import Isolation
from domain.network import LinkKind, PipeNetwork
from tests.oracles.isolation_oracle import Expected, expected, segment_gets_water
from tests.oracles.networks import dice, random_network

CHUNK = 20
KY8_CHUNK = 20


@dataclass(frozen=True)
class Case:
    """One question to both; its text is what a failing test shows."""

    bursts: Sequence[str]
    inoperable: Collection[str] = ()
    closed: Collection[str] = ()
    with_outages: Sequence[Sequence[str]] = ()

    def asked(self, network: PipeNetwork) -> Isolation:
        """Return the answer of gis."""
        return gis.isolate(
            network,
            self.bursts,
            inoperable=self.inoperable,
            closed=self.closed,
            with_outages=self.with_outages,
        )

    def expected(self, network: PipeNetwork) -> Expected:
        """Return the answer of the oracle."""
        return expected(
            network,
            self.bursts,
            inoperable=self.inoperable,
            closed=self.closed,
            with_outages=self.with_outages,
        )


def differences(network: PipeNetwork, case: Case) -> list[str]:
    """Return one line per field in which gis and the oracle differ, or that repeats an id."""
    answer, wanted = case.asked(network), case.expected(network)
    found = []
    for one in fields(Expected):
        got, want = getattr(answer, one.name), getattr(wanted, one.name)
        if len(set(got)) != len(got):
            found.append(f"{one.name} repeats an id: {got}")
        if set(got) != want:
            extra, lacking = sorted(set(got) - want), sorted(want - set(got))
            found.append(f"{network.name} {case}: {one.name} extra {extra} lacking {lacking}")
    return found


def bursts_of(network: PipeNetwork, rng: Random, count: int) -> list[str]:
    """Return up to ``count`` links: mostly pipes, now and then an isolation valve or a pump."""
    pipes = [link.id for link in network.links if link.kind is LinkKind.PIPE]
    others = [link.id for link in network.links if link.kind is not LinkKind.PIPE]
    chosen = rng.sample(pipes, min(count, len(pipes)))
    return [*chosen, rng.choice(others)] if others else chosen


def some_valves(network: PipeNetwork, rng: Random, share: float) -> tuple[str, ...]:
    """Return a share of the isolation valves' ids."""
    return tuple(valve.id for valve in network.isolation_valves if rng.random() < share)


def seeds(total: int) -> list[range]:
    """Return the seeds in chunks, each one test."""
    return [range(first, first + CHUNK) for first in range(0, total, CHUNK)]


@pytest.mark.parametrize("chunk", seeds(500), ids=str)
def test_random_networks(chunk: range) -> None:
    """On 500 random networks, several bursts each, every set equals the oracle's."""
    for seed in chunk:
        network, rng = random_network(seed), dice(seed)
        for link in bursts_of(network, rng, 4):
            assert differences(network, Case([link])) == []


@pytest.mark.parametrize("chunk", seeds(300), ids=str)
def test_overrides(chunk: range) -> None:
    """What the crew finds stuck or already shut changes the answer as the oracle says."""
    for seed in chunk:
        network, rng = random_network(seed), dice(seed + 10_000)
        for link in bursts_of(network, rng, 2):
            inoperable = some_valves(network, rng, 0.2)
            closed = some_valves(network, rng, 0.15)
            assert differences(network, Case([link], inoperable, closed)) == []


@pytest.mark.parametrize("chunk", seeds(300), ids=str)
def test_two_outages_at_once(chunk: range) -> None:
    """Two outages, or one with two bursts: what only their combination dries is told apart."""
    for seed in chunk:
        network, rng = random_network(seed), dice(seed + 20_000)
        one, *others = bursts_of(network, rng, 3)
        others = others or [one]
        assert differences(network, Case([one], with_outages=[others[:1]])) == []
        assert differences(network, Case([one], with_outages=[[x] for x in others])) == []
        assert differences(network, Case([one, others[0]])) == []


@pytest.mark.parametrize("chunk", seeds(200), ids=str)
def test_every_valve_to_close_is_needed(chunk: range) -> None:
    """Without one-way devices ``close`` keeps the segment dry, and no proper subset does."""
    for seed in chunk:
        network, rng = random_network(seed, one_way=False), dice(seed + 30_000)
        for link in bursts_of(network, rng, 3):
            close = gis.isolate(network, [link]).close
            assert not segment_gets_water(network, [link], close), f"seed {seed}, burst {link}"
            for spared in close:
                shut = [valve for valve in close if valve != spared]
                assert segment_gets_water(network, [link], shut), f"seed {seed}: {spared} idle"


@pytest.mark.parametrize("chunk", seeds(60), ids=str)
def test_same_answer_whatever_the_order(chunk: range) -> None:
    """The order of the network's links and valves does not change what is answered."""
    for seed in chunk:
        network, rng = random_network(seed), dice(seed)
        shuffled = PipeNetwork(
            nodes=tuple(reversed(network.nodes)),
            links=tuple(reversed(network.links)),
            isolation_valves=tuple(reversed(network.isolation_valves)),
            hydrants=tuple(reversed(network.hydrants)),
            premises=tuple(reversed(network.premises)),
        )
        for link in bursts_of(network, rng, 2):
            one, other = gis.isolate(network, [link]), gis.isolate(shuffled, [link])
            assert {f.name: set(getattr(one, f.name)) for f in fields(Expected)} == {
                f.name: set(getattr(other, f.name)) for f in fields(Expected)
            }


@pytest.fixture(scope="module")
def ky8(shelf: Path) -> PipeNetwork:
    """Return a real small town of Kentucky with 488 isolation valves as links of their own."""
    return gis.read_network(
        shelf / "inp" / "ky8_v.inp", crs="EPSG:3089", isolation_valves="TCV"
    ).network


@pytest.mark.shelf
def test_ky8_has_its_isolation_valves(ky8: PipeNetwork) -> None:
    """All 488 are read, none of them as anything else."""
    assert len(ky8.isolation_valves) == 488
    assert all(valve.node is None for valve in ky8.isolation_valves)


@pytest.mark.shelf
@pytest.mark.parametrize("chunk", range(0, 100, KY8_CHUNK))
def test_ky8(ky8: PipeNetwork, chunk: int) -> None:
    """On 100 random pipes of a real network every set equals the oracle's."""
    pipes = [link.id for link in ky8.links if link.kind is LinkKind.PIPE]
    for link in dice(8).sample(pipes, 100)[chunk : chunk + KY8_CHUNK]:
        assert differences(ky8, Case([link])) == []


@pytest.mark.shelf
def test_ky8_with_stuck_valves_and_other_outages(ky8: PipeNetwork) -> None:
    """The same with a tenth of the isolation valves stuck and a second outage under way."""
    rng = dice(88)
    pipes = [link.id for link in ky8.links if link.kind is LinkKind.PIPE]
    for _ in range(5):
        one, other = rng.sample(pipes, 2)
        stuck = some_valves(ky8, rng, 0.1)
        assert differences(ky8, Case([one], inoperable=stuck)) == []
        assert differences(ky8, Case([one], with_outages=[[other]])) == []


@pytest.mark.shelf
def test_ky18(shelf: Path) -> None:
    """On 20 random pipes of another real network, with and without stuck isolation valves."""
    file = shelf / "inp" / "ky18_v.inp"
    ky18 = gis.read_network(file, crs="EPSG:3089", isolation_valves="TCV").network
    assert len(ky18.isolation_valves) == 467
    rng = dice(18)
    pipes = [link.id for link in ky18.links if link.kind is LinkKind.PIPE]
    for number, link in enumerate(rng.sample(pipes, 20)):
        stuck = some_valves(ky18, rng, 0.1) if number % 3 == 0 else ()
        assert differences(ky18, Case([link], inoperable=stuck)) == []
