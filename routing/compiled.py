"""The one decorator of functions that numba compiles: typed, cached on disk, without the GIL."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Return the function compiled at its first call, and kept on disk for the next process.

    It takes arrays and numbers only. Other threads run on while it does.
    """
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
