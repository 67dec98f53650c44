"""The decorators of functions that numba compiles, and the same functions as Python has them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def _forget_older_than_sources() -> None:
    """Delete what was compiled before the last change of any file of the kernel.

    numba looks only at the file of a function itself, and would go on calling what another file
    said before it changed.
    """
    folder = Path(__file__).parent
    changed = max(one.stat().st_mtime for one in folder.glob("*.py"))
    for index in folder.glob("__pycache__/*.nbi"):
        with suppress(OSError):  # read only, or another process was faster
            if index.stat().st_mtime < changed:
                index.unlink()


_forget_older_than_sources()


def compiled(function: F) -> F:
    """Return the function compiled at its first call, and kept on disk for the next process.

    It takes arrays and numbers only, and makes no array: without numba's counting of references,
    which took nine tenths of the time. Other threads run on while it does.
    """
    options: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
    return cast("F", numba.njit(**options)(function))


def inlined(function: F) -> F:
    """Return the function compiled into each of its callers: for what inner loops call.

    A call hands over every array of every tuple, a tenth of a microsecond.
    """
    options: dict[str, Any] = {"error_model": "numpy", "_nrt": False, "forceinline": True}
    return cast("F", numba.njit(nogil=True, cache=True, **options)(function))


def uncompiled(*functions: Callable[..., object]) -> SimpleNamespace:
    """Return the compiled functions, by name, as plain Python: slow, and ready at once.

    What they call runs as plain Python too.
    """
    spaces: dict[str, dict[str, Any]] = {}
    named = {_source(one).__name__: _plain(one, spaces) for one in functions}
    return SimpleNamespace(**named)


def _source(function: Any) -> FunctionType:
    return cast("FunctionType", getattr(function, "py_func", function))


def _plain(function: Any, spaces: dict[str, dict[str, Any]]) -> Any:
    source = _source(function)
    space = _space(source.__module__, spaces)
    return space[source.__name__]


def _space(module: str, spaces: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the names of a module in which every compiled function is a plain one."""
    if module not in spaces:
        names = dict(vars(sys.modules[module]))
        spaces[module] = names
        for name, value in list(names.items()):
            if not hasattr(value, "py_func"):
                continue
            source = _source(value)
            if source.__module__ == module:
                clone = FunctionType(source.__code__, names, name, source.__defaults__)
                names[name] = clone
            else:
                names[name] = _plain(value, spaces)
    return spaces[module]
