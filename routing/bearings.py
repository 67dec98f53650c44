"""Which way each edge sets out and arrives: what a turn is measured by."""

from __future__ import annotations

import numpy as np

from domain.streets import FloatArray, IntArray, StreetNetwork
from routing.metric import LocalMetres

#: Metres of an edge's course that its direction at an end is taken over.
#: Source: docs/driving.md, rule 4.
CHORD_M = 10.0


#: How each edge leaves its tail and arrives at its head, (m,) degrees.
Bearings = tuple[FloatArray, FloatArray]


def end_bearings(streets: StreetNetwork) -> Bearings:
    """Return two (m,) arrays: how each edge leaves its tail, and how it arrives at its head.

    Degrees clockwise from north in [0, 360) of the chord over the first and the last ``CHORD_M``
    of the course, over the whole of a shorter one; 0 where the chord has no length. Measured on
    the conformal plane of the streets' mean latitude.
    """
    if not len(streets.tail):
        return np.zeros(0), np.zeros(0)
    xy = LocalMetres(float(np.mean(streets.nodes[:, 1]))).to_plane(streets.shape)
    first, last = streets.shape_start[:-1], streets.shape_start[1:] - 1
    along = _along(xy, first)
    out_to = np.minimum(along[first] + CHORD_M, along[last])
    in_from = np.maximum(along[last] - CHORD_M, along[first])
    out = _at(xy, along, out_to, np.clip(np.searchsorted(along, out_to), first + 1, last))
    into = _at(
        xy, along, in_from, np.clip(np.searchsorted(along, in_from, "right"), first + 1, last)
    )
    return _bearing(out - xy[first]), _bearing(xy[last] - into)


def turned(before: FloatArray, after: FloatArray) -> FloatArray:
    """Return the change of direction from one bearing to another, degrees in (-180, 180].

    To the right is positive; arrays that broadcast.
    """
    change: FloatArray = -((before - after + 180.0) % 360.0 - 180.0)
    return change


def _along(xy: FloatArray, first: IntArray) -> FloatArray:
    """Return (k,) metres driven up to each place when all courses are driven one by one.

    The way from the end of one course to the beginning of the next counts nothing.
    """
    step = np.concatenate([[0.0], np.hypot(*np.diff(xy, axis=0).T)])
    step[first] = 0.0
    along: FloatArray = np.cumsum(step)
    return along


def _at(xy: FloatArray, along: FloatArray, wanted: FloatArray, place: IntArray) -> FloatArray:
    """Return (m, 2) the points ``wanted`` metres along, on the pieces that end at ``place``."""
    length = along[place] - along[place - 1]
    share = np.divide(
        wanted - along[place - 1], length, out=np.zeros_like(length), where=length > 0.0
    )
    point: FloatArray = xy[place - 1] + share[:, None] * (xy[place] - xy[place - 1])
    return point


def _bearing(chord: FloatArray) -> FloatArray:
    degrees: FloatArray = np.degrees(np.arctan2(chord[:, 0], chord[:, 1])) % 360.0
    degrees[degrees == 360.0] = 0.0  # what a hair west of north is rounded to
    return degrees
