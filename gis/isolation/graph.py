"""Numbering and joining parts: union-find and adjacency in arrays, compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gis.isolation.compiled import compiled

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Marks = npt.NDArray[np.uint8]

#: Codes of a neighbour that no isolation valve stands before; 0 and above is a gap's number.
ONWARD = -1
BACKWARD = -2
JOINED = -3


class Near(NamedTuple):
    """What lies next to each cell: ``cell[ptr[c]:ptr[c + 1]]``, each with its ``code``.

    A code of 0 and above is the gap that its isolation valves can shut. Else: ``ONWARD`` water
    may run there through a one-way link, ``BACKWARD`` it may come from there, ``JOINED`` a closed
    pump or control valve: no water, and no barrier either.
    """

    ptr: Ints
    cell: Ints
    code: Ints


@compiled
def root_of(parent: Ints, one: int) -> int:
    """Return the root of an element, halving its path on the way."""
    while parent[one] != one:
        parent[one] = parent[parent[one]]
        one = parent[one]
    return one


@compiled
def joined(count: int, one: Ints, other: Ints) -> Ints:
    """Return ``parent`` of a union-find over ``count`` elements with each pair joined."""
    parent = np.arange(count).astype(np.int32)
    for i in range(len(one)):
        a, b = root_of(parent, one[i]), root_of(parent, other[i])
        if a < b:
            parent[b] = a
        elif b < a:
            parent[a] = b
    return parent


@compiled
def labels_of(parent: Ints) -> tuple[Ints, int]:
    """Return each element's part, numbered from 0 by its first element, and how many there are."""
    label = np.empty(len(parent), np.int32)
    count = 0
    for one in range(len(parent)):
        root = root_of(parent, one)
        if root == one:
            label[one] = count
            count += 1
        else:
            label[one] = label[root]  # a root is the smallest of its part
    return label, count


@compiled
def near_of(count: int, one: Ints, other: Ints, there: Ints, back: Ints) -> Near:
    """Return the neighbours of ``count`` cells from pairs and their codes in both directions."""
    ptr = np.zeros(count + 1, np.int32)
    for i in range(len(one)):
        ptr[one[i] + 1] += 1
        ptr[other[i] + 1] += 1
    for c in range(count):
        ptr[c + 1] += ptr[c]
    fill = ptr[:-1].copy()
    cell = np.empty(2 * len(one), np.int32)
    code = np.empty(2 * len(one), np.int32)
    for i in range(len(one)):
        a, b = one[i], other[i]
        cell[fill[a]], code[fill[a]] = b, there[i]
        fill[a] += 1
        cell[fill[b]], code[fill[b]] = a, back[i]
        fill[b] += 1
    return Near(ptr, cell, code)


@compiled
def sorted_by(count: int, key: Ints) -> tuple[Ints, Ints]:
    """Return (order, ptr): things by their key 0 .. count - 1, stable; a key below 0 is left out.

    ``order[ptr[k]:ptr[k + 1]]`` are the things of key k.
    """
    ptr = np.zeros(count + 1, np.int32)
    for i in range(len(key)):
        if key[i] >= 0:
            ptr[key[i] + 1] += 1
    for k in range(count):
        ptr[k + 1] += ptr[k]
    fill = ptr[:-1].copy()
    order = np.empty(ptr[count], np.int32)
    for i in range(len(key)):
        k = key[i]
        if k >= 0:
            order[fill[k]] = i
            fill[k] += 1
    return order, ptr
