"""Days that do something to the process which reads them; light to import, for it does so."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from dataclasses import replace

from dispatch import Problem
from tests.dispatch.days import crew, order, problem


class Trouble(str):
    """A name that calls something when pickle makes it anew."""

    what: Callable[..., object]
    given: tuple[object, ...]

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Return what is called."""
        return self.what, self.given


def troubled(what: Callable[..., object], *given: object) -> Problem:
    """Return a day with one order, whose crew is trouble."""
    name = Trouble("A")
    name.what, name.given = what, given
    return problem([replace(crew("A"), name=name)], [order("W1")], [0, 10])


def die(number: int) -> None:
    """Send this process a signal."""
    os.kill(os.getpid(), number)


def hang() -> None:
    """Sleep in C and never give Python a turn."""
    ctypes.PyDLL(None).sleep(1000)


def swallow() -> None:
    """Ask for memory that nobody has, in C, and die of it as C++ does."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    libc.malloc.argtypes = [ctypes.c_size_t]
    if libc.malloc(3 << 30) is None:
        libc.abort()
