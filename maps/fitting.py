"""A page that carries its data inside, as fine as its size allows."""

from __future__ import annotations

from collections.abc import Callable

from domain.errors import BadInput

#: How much finer detail of pipes may go, metres, to keep a page within its size.
_TOLERANCES_M = (0.0, 2.0, 10.0)


def fitting_page(compose: Callable[[float], str], largest: int, *, what: str, remedy: str) -> str:
    """Return the finest page of at most ``largest`` bytes; ``compose`` takes metres of tolerance.

    Raises
    ------
    BadInput
        If even the coarsest is larger; ``what`` the map is of and ``remedy`` stand in its text.
    """
    page = ""
    for tolerance_m in _TOLERANCES_M:
        page = compose(tolerance_m)
        if len(page.encode()) <= largest:
            return page
    size = len(page.encode()) / 1e6
    raise BadInput(
        f"the map of {what} would have {size:.0f} MB, more than {largest / 1e6:.0f} MB. {remedy}"
    )
