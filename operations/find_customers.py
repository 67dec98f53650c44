"""Find a customer by what a caller can say: phone, account, name or address."""

from __future__ import annotations

from collections.abc import Iterator

from domain.network import Premises
from gis.locating.customers import customers_of
from gis.locating.writing import normal
from operations.ground import Ground

#: A tail shorter than this would find half the town; a person reads no more answers than that.
#: Source: mainbreak default.
SHORTEST_TAIL, MOST = 4, 20


def find_customers(ground: Ground, text: str) -> tuple[Premises, ...]:
    """Return the premises the text can mean: whole numbers before tails, names, then addresses."""
    wanted = normal(text)
    if not wanted:
        return ()
    found: dict[str, Premises] = {}
    for matches in (_by_number, _by_tail, _by_name, _by_address):
        for one in matches(ground, text):
            found.setdefault(one.id, one)
            if len(found) == MOST:
                return tuple(found.values())
    return tuple(found.values())


def _by_number(ground: Ground, text: str) -> Iterator[Premises]:
    return customers_of(ground.network).numbered(text)


def _by_tail(ground: Ground, text: str) -> Iterator[Premises]:
    tail = normal(text)
    if len(tail) < SHORTEST_TAIL or not any(sign.isdigit() for sign in tail):
        return iter(())
    return customers_of(ground.network).ending(tail)


def _by_name(ground: Ground, text: str) -> Iterator[Premises]:
    return customers_of(ground.network).named(text)


def _by_address(ground: Ground, text: str) -> Iterator[Premises]:
    for one in ground.gazetteer.locate(text):
        if one.premises is not None:
            yield ground.network.premises_by_id[one.premises]
