"""Bursts by hydraulics: EPANET, from wntr, with a hole in the middle of one pipe after another.

Each pipe that carries water is split in its middle; the new junction has an emitter, shut but for
the pipe that bursts. One steady state of the file's first hour; demand is driven by pressure.
"""

from __future__ import annotations

import math
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import wntr
from wntr.epanet.toolkit import ENepanet

from benchmarks.burst_model import Bursts, can_burst, made, node_of_home
from domain.network import IsolationValve, PipeNetwork

#: Premises under so many metres of pressure are dry, or low, if they had more before the burst.
#: Source: the clusters benchmark's definition.
DRY_M, LOW_M = 10.0, 20.0

#: The hole's width as a share of the pipe's diameter: half the pipe's cross-section. Source: made
#: up, between a crack and a pipe that has come apart (a hole as wide as the pipe).
HOLE = 0.7

#: Discharge coefficient of a leak, turbulent flow. Source: the default of wntr's leak model,
#: https://usepa.github.io/WNTR/hydraulics.html
DISCHARGE = 0.75

GRAVITY = 9.81  #: m/s2
EN_PRESSURE, EN_EMITTER = 11, 3  #: Source: EPANET toolkit, node parameters.

#: Isolation valves where a file has none: wntr's strategic layer with so many pipes at each node
#: left without one. Source: N-2 of https://usepa.github.io/WNTR/layers.html
FEWER = 2

Progress = Callable[[int, int], None]


def read_model(file: Path) -> Any:
    """Return wntr's model of an EPANET file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return wntr.network.WaterNetworkModel(str(file))


def with_strategic_valves(network: PipeNetwork, file: Path, seed: int) -> PipeNetwork:
    """Return the network with wntr's seeded strategic layer as its isolation valves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        layer = wntr.network.generate_valve_layer(read_model(file), "strategic", FEWER, seed=seed)
    places, links = network.node_by_id, network.link_by_id
    valves = tuple(
        IsolationValve(f"V{row}", link, node, places[node].position)
        for row, (link, node) in enumerate(zip(layer["link"], layer["node"], strict=True))
        if link in links and can_burst(links[link])
    )
    return replace(network, isolation_valves=valves)


def epanet_bursts(network: PipeNetwork, file: Path, progress: Progress) -> Bursts:
    """Return whom the burst of each pipe leaves dry or low, by EPANET.

    ``network`` is the file's, with homes (``burst_model.with_homes``): each has the pressure of
    the node whose demand it is part of.
    """
    pipes = [link for link in network.links if can_burst(link)]
    nodes = sorted({node_of_home(home) for home in network.premises})
    row = {node: number for number, node in enumerate(nodes)}
    at = np.array([row[node_of_home(home)] for home in network.premises])
    effects = []
    with tempfile.TemporaryDirectory() as folder:
        holes = _Holes(read_model(file), Path(folder), [pipe.id for pipe in pipes], nodes)
        before = holes.pressure()
        for number, pipe in enumerate(pipes):
            now = holes.pressure(pipe.id, HOLE * pipe.diameter_m)
            dry = (now < DRY_M) & (before >= DRY_M)
            low = (now < LOW_M) & (before >= LOW_M) & ~dry
            weak = np.flatnonzero(low[at])
            effects.append((np.flatnonzero(dry[at]), weak, np.ones(len(weak))))
            progress(number + 1, len(pipes))
        holes.close()
    return made(network, pipes, effects)


class _Holes:
    """An EPANET project in which every pipe has an emitter in its middle."""

    def __init__(self, model: Any, folder: Path, pipes: list[str], nodes: list[str]) -> None:
        middles = {pipe: _split(model, pipe, number) for number, pipe in enumerate(pipes)}
        options = model.options
        options.time.duration = 0
        options.hydraulic.demand_model = "PDD"
        options.hydraulic.required_pressure, options.hydraulic.minimum_pressure = LOW_M, 0.0
        file = folder / "split.inp"
        wntr.network.io.write_inpfile(model, str(file), units="LPS", version=2.2)
        self._epanet = ENepanet()
        self._epanet.ENopen(str(file), str(folder / "split.rpt"), str(folder / "split.bin"))
        self._epanet.ENopenH()
        self._middle = {pipe: self._epanet.ENgetnodeindex(one) for pipe, one in middles.items()}
        self._nodes = [self._epanet.ENgetnodeindex(node) for node in nodes]

    def pressure(self, pipe: str | None = None, hole_m: float = 0.0) -> Any:
        """Return metres of pressure at each node, with a hole of this width in one pipe."""
        if pipe is not None:
            self._epanet.ENsetnodevalue(self._middle[pipe], EN_EMITTER, _litres(hole_m))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pressures below zero are what a burst is about
            self._epanet.ENinitH(0)
            self._epanet.ENrunH()
        found = [self._epanet.ENgetnodevalue(node, EN_PRESSURE) for node in self._nodes]
        if pipe is not None:
            self._epanet.ENsetnodevalue(self._middle[pipe], EN_EMITTER, 0.0)
        return np.array(found)

    def close(self) -> None:
        """Let go of the project's files."""
        self._epanet.ENcloseH()
        self._epanet.ENclose()


def _litres(hole_m: float) -> float:
    """Return the emitter's litres a second at 1 m. Source: Torricelli, Q = C A (2 g h)^1/2."""
    return 1000.0 * DISCHARGE * math.pi / 4 * hole_m**2 * math.sqrt(2 * GRAVITY)


def _split(model: Any, name: str, number: int) -> str:
    """Return the new junction in the middle of a pipe."""
    pipe, middle = model.get_link(name), f"~{number}"
    ends = pipe.start_node, pipe.end_node
    heights = [end.elevation for end in ends if end.node_type != "Reservoir"]
    height = sum(heights) / len(heights) if heights else 0.0
    model.add_junction(middle, 0.0, None, height)
    size = pipe.length / 2, pipe.diameter, pipe.roughness
    model.add_pipe(middle, middle, ends[1].name, *size)
    pipe.end_node = model.get_node(middle)
    pipe.length /= 2
    return middle
