"""The usual pressures of an EPANET INP: EPANET's first hydraulic step, run in a child process.

EPANET is C fed with files from anywhere; one of wntr's own test files makes it smash its stack.
It is given only the sections that decide the pressures, and no line that names a file.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.sentences import Sentence
from gis.reading.inp_scan import InpText, Sections

CHILD = Path(__file__).with_name("epanet_child.py")

#: How long the child may take, seconds. Source: mainbreak default, hundreds of times what a
#: network of 3,400 nodes takes.
TIME_LIMIT_S = 60.0

#: The sections that decide the pressures, in an order in which nothing is named before it is there.
SECTIONS = (
    *("OPTIONS", "TIMES", "CURVES", "PATTERNS", "JUNCTIONS", "RESERVOIRS", "TANKS", "PIPES"),
    *("PUMPS", "VALVES", "DEMANDS", "EMITTERS", "STATUS", "CONTROLS", "RULES"),
)

#: How the options begin that decide the pressures; the others name files or are about quality.
#: Source: EPANET 2.2 manual, [OPTIONS].
OPTIONS = (
    *("UNIT", "HEAD", "PRES", "VISC", "SPEC", "TRIA", "ACCU", "PATT", "DEMA", "MINI", "REQU"),
    *("EMIT", "UNBA", "CHEC", "MAXC", "DAMP", "FLOW"),
)

#: EPANET takes a longer line for two. Source: EPANET 2.2 manual, input file format: 1024.
MOST_BYTES = 1000

#: How much of EPANET's report is looked at, bytes: its first fault stands near the beginning.
MOST_REPORT = 65_536

#: How much of EPANET's reason is told, letters.
MOST_WHY = 120


_TWICE = re.compile(r"(Error \d+:)(?:\s+\1)?\s+")


def usual_pressures(text: InpText, *, draws: bool) -> tuple[dict[str, float], Sentence | None]:
    """Return metres of water above each node's elevation by its id, or none and why.

    Parameters
    ----------
    draws
        Whether any junction has a demand: where none has, water stands still and its pressures
        are not the usual ones.
    """
    if not draws:
        return {}, _unknown("没有节点用水", "no junction has a demand")
    library = _library()
    if not library.is_file():
        return {}, _unknown("本机没有 EPANET 库", "EPANET has no library for this machine")
    written = "\n".join(_lines(text.sections))
    if any(len(line.encode()) > MOST_BYTES for line in written.splitlines()):
        return {}, _unknown("文件有过长的行", "the file has a line too long for EPANET")
    with TemporaryDirectory(prefix="mainbreak-") as folder:
        (Path(folder) / "network.inp").write_text(written, encoding="utf-8", newline="\n")
        answer = _ask(library, Path(folder))
    if "pressure_m" not in answer:
        why = str(answer.get("why", ""))[:MOST_WHY]
        return {}, _unknown(f"EPANET 无法计算：{why}", f"EPANET cannot run the file: {why}")
    return dict(answer["pressure_m"]), None


def _library() -> Path:
    """Return where wntr keeps EPANET for this machine."""
    toolkit = importlib.import_module("wntr.epanet.toolkit")
    return Path(str(files("wntr.epanet").joinpath(toolkit.libepanet)))


def _lines(sections: Sections) -> Iterator[str]:
    for name in SECTIONS:
        yield f"[{name}]"
        for row in sections.get(name, ()):
            if name != "OPTIONS" or row.fields[0].upper().startswith(OPTIONS):
                yield " ".join(row.fields)
    yield "[END]"


def _ask(library: Path, folder: Path) -> dict[str, Any]:
    """Return the child's answer, or in words why there is none."""
    try:
        # Isolated, without site: it needs nothing of ours and starts in half the time.
        child = subprocess.run(
            [sys.executable, "-I", "-S", str(CHILD), str(library)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={key: os.environ[key] for key in ("LD_LIBRARY_PATH",) if key in os.environ},
            cwd=folder,
            timeout=TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"why": f"> {TIME_LIMIT_S:.0f} s"}
    answer = folder / "answer.json"
    if child.returncode != 0 or not answer.is_file():
        return {"why": f"({-child.returncode})"}
    found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return found | _first_fault(folder / "report.txt") if "why" in found else found


def _first_fault(report: Path) -> dict[str, str]:
    """Return why EPANET refuses the input by its report, which says it better than its code."""
    if not report.is_file():
        return {}
    with report.open("rb") as stream:
        said = stream.read(MOST_REPORT).decode("utf-8", "replace")
    faults = [one for one in said.splitlines() if "Error " in one]
    # It says some codes twice: "Error 233: Error 233:  unconnected node d".
    return {"why": _TWICE.sub(r"\1 ", faults[0]).strip(" :")} if faults else {}


def _unknown(zh: str, en: str) -> Sentence:
    return Sentence(
        zh=f"节点的平时压力未知：{zh}。",
        en=f"The usual pressures at the nodes are unknown: {en.rstrip('.')}.",
    )
