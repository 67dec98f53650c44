"""The layer of findings, read again with GDAL: nothing is lost on the way."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pyogrio
import pytest

import gis
from tests.gis.planting import DEFECTS, clean, plant


@pytest.mark.parametrize("ending", ["gpkg", "geojson"])
def test_a_layer_holds_every_finding(ending: str, tmp_path: Path) -> None:
    """Kind, subject, both languages and the place, as a GIS reads them."""
    network, _ = plant(clean(Random(2)), sorted(DEFECTS), Random(2))
    findings = gis.check(network)
    file = tmp_path / f"findings.{ending}"
    gis.write_findings(findings, file)
    assert pyogrio.read_info(file)["crs"] == "EPSG:4326"
    table = pyogrio.read_dataframe(file)
    assert list(table["kind"]) == [one.kind.value for one in findings]
    assert list(table["subject"]) == [one.subject for one in findings]
    assert list(table["detail_zh"]) == [one.detail.zh for one in findings]
    assert list(table["remedy_en"]) == [one.remedy.en for one in findings]
    assert [bool(safe) for safe in table["safe"]] == [one.safe for one in findings]
    for point, one in zip(table.geometry, findings, strict=True):
        assert (point.x, point.y) == pytest.approx((one.location.lon, one.location.lat), abs=1e-6)
    repairs = [json.loads(text)["do"] for text in table["repair"] if text]
    assert repairs == [one.repair.name for one in findings if one.repair]


@pytest.mark.parametrize("ending", ["gpkg", "geojson"])
def test_no_findings_are_an_empty_layer(ending: str, tmp_path: Path) -> None:
    """A sound network still writes its file."""
    file = tmp_path / f"findings.{ending}"
    gis.write_findings((), file)
    assert len(pyogrio.read_dataframe(file)) == 0
