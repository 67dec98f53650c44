"""Days that do something to the process which reads them; light to import, for it does so."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from dataclasses import replace

from dispatch import Problem, Running
from tests.dispatch.days import NOW, crew, line, order


class Trouble(str):
    """A name that calls something when pickle makes it anew."""

    what: Callable[..., object]
    given: tuple[object, ...]

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Return what is called."""
        return self.what, self.given


def troubled(what: Callable[..., object], *given: object) -> Problem:
    """Return a day of two orders, told to a crew that is trouble, the farther one first."""
    name = Trouble("A")
    name.what, name.given = what, given
    crews, orders = [replace(crew("A"), name=name)], [order("W1"), order("W2")]
    running = Running(sequences={"A": ("W2", "W1")})
    return Problem.build(orders, crews, line([0, 1, 2]), NOW, running=running)


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
