"""Findings as a layer of points: a GeoPackage that QGIS opens, or GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely

from domain.findings import Finding
from domain.repairs import repair_document
from gis.crs import WGS84

#: The layer's name in a GeoPackage.
LAYER = "findings"

#: How GDAL names the format of each ending.
DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON"}


def write_findings(findings: Sequence[Finding], file: Path) -> None:
    """Write one point a finding; the format follows from the ending, one of ``DRIVERS``.

    Columns: ``kind``, ``severity``, ``subject``, ``subject_kind``, ``detail_zh``, ``detail_en``,
    ``remedy_zh``, ``remedy_en``, ``repair`` (JSON or empty), ``safe`` (0 or 1), ``distance_m``,
    ``tolerance_m`` (not a number where nothing was measured).
    """
    columns = _columns(findings)
    lonlat = np.array([(one.location.lon, one.location.lat) for one in findings], dtype=float)
    from pyogrio import raw  # noqa: PLC0415 - GDAL takes a moment to load, and few verbs write

    raw.write(
        file,
        geometry=shapely.to_wkb(shapely.points(lonlat.reshape(-1, 2))),
        field_data=list(columns.values()),
        fields=np.array(list(columns), dtype=object),
        layer=LAYER,
        driver=DRIVERS[file.suffix.lower()],
        geometry_type="Point",
        crs=WGS84,
    )


def _columns(findings: Sequence[Finding]) -> dict[str, np.ndarray]:
    texts = {
        "kind": [one.kind.value for one in findings],
        "severity": [one.severity.value for one in findings],
        "subject": [one.subject for one in findings],
        "subject_kind": [one.subject_kind.value for one in findings],
        "detail_zh": [one.detail.zh for one in findings],
        "detail_en": [one.detail.en for one in findings],
        "remedy_zh": [one.remedy.zh for one in findings],
        "remedy_en": [one.remedy.en for one in findings],
        "repair": [_text(one) for one in findings],
    }
    numbers = {
        "distance_m": [_number(one.distance_m) for one in findings],
        "tolerance_m": [_number(one.tolerance_m) for one in findings],
    }
    safe = np.array([one.safe for one in findings], dtype=np.int32)
    return (
        {name: np.array(values, dtype=object) for name, values in texts.items()}
        | {"safe": safe}
        | {name: np.array(values, dtype=float) for name, values in numbers.items()}
    )


def _text(one: Finding) -> str:
    return json.dumps(repair_document(one.repair), ensure_ascii=False) if one.repair else ""


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
