"""What is derived from a network is derived once and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from domain.network import PipeNetwork

T = TypeVar("T")


def once_per_network(build: Callable[[PipeNetwork], T]) -> Callable[[PipeNetwork], T]:
    """Return ``build``, answering from memory for a network object it has seen.

    A network never changes, so the answer is kept in the object itself, where its own cached
    properties are; a changed network is another object and starts without.
    """
    return _kept(build, vars)


def once_per_ground(build: Callable[[PipeNetwork], T]) -> Callable[[PipeNetwork], T]:
    """Return ``build``, answering from memory for every network on the same ground.

    For what does not depend on how the isolation valves stand now.
    """
    return _kept(build, lambda network: network.ground)


def _kept(
    build: Callable[[PipeNetwork], T], memory: Callable[[PipeNetwork], dict[str, Any]]
) -> Callable[[PipeNetwork], T]:
    key = f"{build.__module__}.{build.__qualname__}"

    def prepared(network: PipeNetwork) -> T:
        kept = memory(network)
        if key not in kept:
            kept[key] = build(network)
        return cast("T", kept[key])

    return prepared
