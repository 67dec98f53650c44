"""One GeoJSON feature, read field by field, each with its type or its fault."""

from __future__ import annotations

from collections.abc import Collection
from math import isfinite
from pathlib import Path
from typing import NoReturn

from domain.errors import BadFile
from domain.places import LonLat


class FeatureReader:
    """Gives the properties and the geometry of one feature, or says what is wrong and where."""

    def __init__(self, file: Path, row: int, feature: object) -> None:
        self._file, self._row = file, row
        properties = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(properties, dict) or not isinstance(geometry, dict):
            self.fault(None, "is no feature with properties and geometry", "correct the feature")
        self._properties: dict[str, object] = properties
        self._geometry: dict[str, object] = geometry

    def fault(self, field: str | None, problem: str, remedy: str) -> NoReturn:
        """Raise BadFile at this feature."""
        raise BadFile(self._file, problem, remedy, row=self._row, field=field)

    def text(self, field: str, usual: str | None = None) -> str:
        """Return a text; one without a default must not be empty."""
        value = self._properties.get(field, usual)
        if not isinstance(value, str) or (usual is None and not value):
            self.fault(field, "is missing or no text", "add it as a text")
        return value

    def word(self, field: str, words: Collection[str], usual: str | None = None) -> str:
        """Return a text that is one of the words."""
        value = self.text(field, usual)
        if value not in words:
            self.fault(field, f"does not know {value!r}", f"use one of {', '.join(words)}")
        return value

    def number(self, field: str, usual: float | None = None) -> float:
        """Return a finite number that is not a truth value."""
        value = self._properties.get(field, usual)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            self.fault(field, "is missing or no number", "add it as a number")
        return float(value)

    def number_or_none(self, field: str) -> float | None:
        """Return a finite number, or None where there is none."""
        return None if self._properties.get(field) is None else self.number(field)

    def flag(self, field: str, *, usual: bool) -> bool:
        """Return a truth value."""
        value = self._properties.get(field, usual)
        if not isinstance(value, bool):
            self.fault(field, "is neither true nor false", "correct it")
        return value

    def place(self) -> LonLat:
        """Return the place of a Point."""
        return self._lonlat(self._coordinates("Point"))

    def path(self) -> tuple[LonLat, ...]:
        """Return the places of a LineString, two at least."""
        course = self._coordinates("LineString")
        if not isinstance(course, list) or len(course) < 2:
            self.fault("geometry", "has fewer than two places", "give the link its course")
        return tuple(self._lonlat(one) for one in course)

    def _coordinates(self, kind: str) -> object:
        if self._geometry.get("type") != kind:
            self.fault("geometry", f"is no {kind}", f"give this layer a {kind}")
        return self._geometry.get("coordinates")

    def _lonlat(self, pair: object) -> LonLat:
        try:
            lon, lat = map(float, pair[:2])  # type: ignore[index]
            return LonLat(lon, lat)
        except (TypeError, ValueError):
            self.fault("geometry", "is no lon, lat in degrees", "convert it to WGS-84 degrees")
