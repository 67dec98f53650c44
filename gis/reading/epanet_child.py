"""EPANET's side of reading an INP: runs alone in a child process, on a file made for it.

Run as ``epanet_child.py LIBRARY`` by ``inp_pressures`` in a folder that holds ``network.inp``; it
knows nothing of mainbreak and needs only Python itself. What it found it leaves in ``answer.json``.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from ctypes import byref
from pathlib import Path
from typing import Any

#: Most memory, seconds of work and bytes written. Source: mainbreak defaults; a network of 3,400
#: nodes takes a tenth of a second.
MEMORY_BYTES, CPU_S, ANSWER_BYTES = 2_000_000_000, 60, 200_000_000

#: What the toolkit calls them. Source: EPANET 2.2 toolkit, EN_NodeProperty and EN_CountType.
ELEVATION, HEAD, NODE_COUNT = 0, 10, 0

#: Flow units below this one go with feet, the others with metres. Source: EPANET 2.2 toolkit,
#: EN_FlowUnits; EN_LPS is 5.
FIRST_METRIC = 5

#: Metres in a foot. Source: the international foot of 1959.
FOOT_M = 0.3048

#: Codes above this are errors, at or below warnings. Of these UNBALANCED is no answer either: the
#: heads are wherever the solver gave up. Another warning may hide it, so that the error of the
#: flows is asked for as well. Source: EPANET 2.2 toolkit, error codes, EN_AnalysisStatistic and
#: EN_Option.
LAST_WARNING, UNBALANCED, RELATIVE_ERROR, ACCURACY = 100, 1, 1, 1

#: Bytes of an id with its end, and of a message. Source: EPANET 2.2 toolkit, EN_SizeLimits.
ID_BYTES, MESSAGE_BYTES = 32, 256


def main(library: str) -> None:
    """Write ``answer.json``: metres of pressure by node id, or EPANET's code and why."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    epanet = ctypes.CDLL(library)
    answer = _run(epanet)
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")


def _run(epanet: Any) -> dict[str, Any]:
    """Return the pressures of the first hydraulic step."""
    project, step_s = ctypes.c_void_p(), ctypes.c_long()
    epanet.EN_createproject(byref(project))
    for code in (
        epanet.EN_open(project, b"network.inp", b"report.txt", b"results.bin"),
        epanet.EN_openH(project),
        epanet.EN_initH(project, 0),
        epanet.EN_runH(project, byref(step_s)),
    ):
        if code > LAST_WARNING or code == UNBALANCED:
            return {"code": code, "why": _why(epanet, code)}
    if _unbalanced(epanet, project):
        return {"code": UNBALANCED, "why": _why(epanet, UNBALANCED)}
    return {"code": 0, "pressure_m": _pressures(epanet, project)}


def _pressures(epanet: Any, project: Any) -> dict[str, float]:
    units, count, value = ctypes.c_int(), ctypes.c_int(), ctypes.c_double()
    name = ctypes.create_string_buffer(ID_BYTES)
    epanet.EN_getflowunits(project, byref(units))
    epanet.EN_getcount(project, NODE_COUNT, byref(count))
    unit_m = 1.0 if units.value >= FIRST_METRIC else FOOT_M

    def of(node: int, what: int) -> float:
        epanet.EN_getnodevalue(project, node, what, byref(value))
        return value.value

    found = {}
    for node in range(1, count.value + 1):
        epanet.EN_getnodeid(project, node, name)
        height = of(node, HEAD) - of(node, ELEVATION)
        found[name.value.decode("utf-8", "replace")] = unit_m * height
    return found


def _unbalanced(epanet: Any, project: Any) -> bool:
    error, wanted = ctypes.c_double(), ctypes.c_double()
    epanet.EN_getstatistic(project, RELATIVE_ERROR, byref(error))
    epanet.EN_getoption(project, ACCURACY, byref(wanted))
    return not error.value <= wanted.value


def _why(epanet: Any, code: int) -> str:
    """Return what EPANET says of a code."""
    message = ctypes.create_string_buffer(MESSAGE_BYTES)
    epanet.EN_geterror(code, message, MESSAGE_BYTES - 1)
    return message.value.decode("utf-8", "replace")


if __name__ == "__main__":
    main(*sys.argv[1:])
