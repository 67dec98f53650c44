"""One layer's columns as values: texts, metres, numbers, words; a bad cell is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from domain.datum import to_wgs84
from domain.errors import BadFile
from domain.places import Datum, LonLat
from domain.sentences import Sentence
from gis.crs import WGS84, known_crs
from gis.reading.apart import Table
from gis.reading.mapping import FieldPlan, RolePlan, units_of
from gis.reading.places import to_lonlat
from gis.reading.roles import LINE, Measure, normal

#: A layer whose median diameter is this or more is in millimetres, up to ``MOST_METRES`` in
#: metres, in inches between. Source: mainbreak default; mains are 0.02 to 4 m wide.
LEAST_MM, MOST_METRES = 40.0, 4.0

#: A layer whose median pressure is up to the first is in MPa, up to the second in bar, up to the
#: third in metres of water, else in kPa. Source: mainbreak defaults; mains have 14 m to 120 m
#: (0.14 to 1.2 MPa), and 12 m just reach a second floor (GB 50282).
MOST_MPA, MOST_BAR, MOST_PRESSURE_M = 1.2, 12.0, 130.0

#: A diameter as people write it: DN300, De110, Φ 200.
_WRITTEN = re.compile(r"^(?:dn|de|d|φ|ф)?\s*([-+.\de]+)\s*(?:mm)?$", re.IGNORECASE)

#: No id is longer; an index of PostgreSQL takes 2700 bytes. Source: mainbreak default.
MOST_LETTERS = 200

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Floats = npt.NDArray[np.float64]


class Columns:
    """The rows of a layer that have a usable shape, as values.

    Parameters
    ----------
    file
        The file as the user named it.
    crs
        Wins over the layer's own.
    notes
        Where what is assumed or left out is told.
    """

    def __init__(
        self, file: Path, plan: RolePlan, table: Table, crs: str | None, notes: list[Sentence]
    ) -> None:
        self.file, self.plan, self.table, self.given, self.notes = file, plan, table, crs, notes
        self.rows = table.rows
        self.count = len(self.rows)

    def fault(self, index: int | None, field: str | None, problem: str, remedy: str) -> NoReturn:
        """Raise BadFile at one of the rows; rows count from 1, as the layer has them."""
        row = None if index is None else int(self.rows[index]) + 1
        raise BadFile(
            self.file, f"layer {self.plan.layer.name}: {problem}", remedy, row=row, field=field
        )

    def field(self, target: str) -> str | None:
        """Return the file's name for a field, None if it has none."""
        plan = self.plan.fields.get(target)
        return plan.name if plan else None

    def texts(self, target: str) -> list[str]:
        """Return a field's texts, empty where there is none; whole numbers have no decimals."""
        plan = self.plan.fields.get(target)
        if plan is None:
            return [""] * self.count
        found = [_text(one) for one in self._cells(plan)]
        return [plan.codes.get(normal(one), one) for one in found] if plan.codes else found

    def words(self, target: str, usual: str) -> list[str]:
        """Return a code field's words; an empty cell is the usual one."""
        plan = self.plan.fields.get(target)
        if plan is None:
            return [usual] * self.count
        known: dict[str, str] = {}
        words = []
        for index, cell in enumerate(self._cells(plan)):
            text = _text(cell)
            if text not in known:
                known[text] = self._word(index, plan, text, usual)
            words.append(known[text])
        return words

    def _word(self, index: int, plan: FieldPlan, text: str, usual: str) -> str:
        if not text and "" not in plan.codes:
            return usual
        word = plan.codes.get(normal(text))
        if word is None:
            words = ", ".join(sorted(set(plan.codes.values())))
            self.fault(
                index,
                plan.name,
                f"the code {text!r} is unknown",
                f"say in --mapping which of {words}",
            )
        return word

    def flags(
        self, target: str, *, usual: bool, true: str = "yes", false: str = "no"
    ) -> list[bool]:
        """Return a code field of two words as truth values."""
        return [one == true for one in self.words(target, true if usual else false)]

    def numbers(self, target: str) -> Floats:
        """Return a field's numbers, NaN where there is none; lengths in metres."""
        plan = self.plan.fields.get(target)
        if plan is None:
            return np.full(self.count, np.nan)
        values = self._numbers(plan)
        if plan.measure is Measure.DIAMETER:
            return values * self._judged_unit(plan, values, _diameter_unit)
        if plan.measure is Measure.PRESSURE:
            return values * self._judged_unit(plan, values, _pressure_unit)
        if plan.measure is Measure.LENGTH:
            return values * units_of(plan.measure)[plan.unit or "m"]
        return values

    def _numbers(self, plan: FieldPlan) -> Floats:
        cells = self._cells(plan)
        if isinstance(cells, np.ndarray):
            values = cells.astype(np.float64)
            if np.isinf(values).any():
                index = int(np.isinf(values).argmax())
                self.fault(index, plan.name, "is infinite", "correct it, or leave it empty")
            return values
        values = np.full(self.count, np.nan)
        for index, cell in enumerate(cells):
            text = _text(cell)
            if not text:
                continue
            written = _WRITTEN.match(text) if plan.measure is Measure.DIAMETER else None
            try:
                values[index] = float(written[1] if written else text)
            except ValueError:
                values[index] = np.inf
            if not np.isfinite(values[index]):
                self.fault(index, plan.name, f"is no number: {text[:40]}", "correct it")
        return values

    def _judged_unit(self, plan: FieldPlan, values: Floats, judge: Callable[[float], str]) -> float:
        """Return metres in the unit of a field: as named, else what the median can only be."""
        units = units_of(plan.measure)
        if plan.unit:
            return units[plan.unit]
        given = values[values > 0]
        middle = float(np.median(given)) if len(given) else 0.0
        unit = judge(middle)
        note = Sentence(
            zh=f"{plan.name} 没有写明单位，按 {unit} 读取（中位数 {middle:g}）。",
            en=f"{plan.name} names no unit; it was read as {unit} (its median is {middle:g}).",
        )
        if len(given):
            self.notes.append(note)
        return units[unit]

    def _cells(self, plan: FieldPlan) -> Sequence[object] | npt.NDArray[np.generic]:
        column = self.table.columns[plan.name]
        if isinstance(column, np.ndarray):
            return column[self.rows]
        return column if len(column) == self.count else [column[row] for row in self.rows]

    def ids(self, prefix: str) -> list[str]:
        """Return the ids of the rows, each once.

        Without such a field they are numbered, which is told: another file may number otherwise.
        """
        name = self.field("id")
        if name is None:
            self.notes.append(_numbered(self.plan.layer.name))
            return [f"{prefix}{int(row) + 1}" for row in self.rows]
        ids = self.texts("id")
        if len(set(ids)) < len(ids) or not all(map(_is_id, ids)):
            self._id_fault(ids, name)
        return ids

    def _id_fault(self, ids: list[str], name: str) -> NoReturn:
        seen: set[str] = set()
        for index, one in enumerate(ids):
            if not one:
                self.fault(index, name, "the id is empty", "give each its own id")
            if not _is_id(one):
                problem = f"the id {one[:20]!r} is longer than {MOST_LETTERS} or no plain text"
                self.fault(index, name, problem, "correct it")
            if one in seen:
                self.fault(index, name, f"the id {one} occurs twice", "give each its own id")
            seen.add(one)
        raise AssertionError(ids)

    def degrees(self) -> Floats:
        """Return the WGS-84 degrees of all the layer's coordinates."""
        datum = self.plan.datum
        if datum in {Datum.GCJ02, Datum.BD09}:
            if len(self.table.xy) and np.abs(self.table.xy).max() > 180.0:
                problem = f"is in metres, and {datum.value} counts in degrees"
                self.fault(None, "geometry", problem, "correct the datum in --mapping")
            return _shifted(self.table.xy, datum)
        return to_lonlat(self.file, self.table.xy, self.crs, "geometry")

    @property
    def crs(self) -> CRS:
        """What the layer's coordinates refer to."""
        if self.plan.datum in {Datum.WGS84, Datum.CGCS2000}:
            return known_crs(WGS84, self.file)
        return known_crs(self.given or self.table.layer.crs or "", self.file)

    def places(self) -> list[LonLat]:
        """Return the place of each point."""
        return [LonLat(lon, lat) for lon, lat in self.degrees().tolist()]

    def lines(self) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Return all degrees of the lines, and where each line starts and the last one ends."""
        return self.degrees(), np.asarray(self.table.offsets[0], dtype=np.int64)

    def areas(self) -> npt.NDArray[np.object_]:
        """Return the areas as shapes in degrees."""
        kind = shapely.GeometryType(self.table.kind)
        shapes: npt.NDArray[np.object_] = shapely.from_ragged_array(
            kind, self.degrees(), self.table.offsets
        )
        return shapes

    @property
    def is_lines(self) -> bool:
        """True if the layer's shapes are lines."""
        return self.table.kind == LINE

    def tell_lost(self) -> None:
        """Add a note if some features have no usable shape."""
        lost = self.table.layer.count - self.count
        if lost > 0:
            self.notes.append(_lost(self.plan.layer.name, lost))


def _diameter_unit(middle: float) -> str:
    """Return the unit of diameters by their median."""
    return "mm" if middle >= LEAST_MM else "m" if middle <= MOST_METRES else "in"


def _pressure_unit(middle: float) -> str:
    """Return the unit of pressures by their median."""
    for most, unit in ((MOST_MPA, "mpa"), (MOST_BAR, "bar"), (MOST_PRESSURE_M, "m")):
        if middle <= most:
            return unit
    return "kpa"


def _is_id(text: str) -> bool:
    """Return True unless a text is empty, too long, or has characters nobody can see or store."""
    return 0 < len(text) <= MOST_LETTERS and not _CONTROL.search(text)


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN is how GDAL's arrays say nothing
        return ""
    if isinstance(cell, np.bool_ | bool):
        return "true" if cell else "false"
    number = float(str(cell))
    return str(int(number)) if number.is_integer() else str(number)


def _shifted(xy: Floats, datum: Datum) -> Floats:
    """Return WGS-84 degrees of degrees in a shifted datum."""
    places = [to_wgs84(lon, lat, datum) for lon, lat in xy.tolist()]
    return np.array([(one.lon, one.lat) for one in places]).reshape(-1, 2)


def _numbered(layer: str) -> Sentence:
    return Sentence(
        zh=f"图层 {layer} 没有编号字段，已按顺序编号；再次导入时编号可能不同。",
        en=f"Layer {layer} has no id field; its features are numbered in order, and the next "
        "import may number them otherwise.",
    )


def _lost(layer: str, count: int) -> Sentence:
    return Sentence(
        zh=f"图层 {layer} 有 {count} 个要素没有可用的几何图形，未读取。",
        en=f"{count} features of layer {layer} have no usable shape and were left out.",
    )
