"""A day of 60 tickets by coordinates and 8 crews on a real EPANET network, made by seed."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta, timezone
from pathlib import Path

from pyproj import Transformer

from tests.oracles.networks import dice

CRS = "EPSG:3089"
MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=timezone(timedelta(hours=-5)))
SYMPTOMS = [
    "burst",
    "no_water",
    "low_pressure",
    "leak_on_road",
    "leak_at_meter",
    "water_quality",
    "hydrant_damaged",
    "manhole",
    "construction_damage",
    "other",
    "",
]
SKILLS = [
    "valve;pipe",
    "valve;pipe;large_main",
    "pipe;leak_detection",
    "meter;water_quality",
    "valve;civil;pipe",
    "pipe;meter",
    "water_quality;valve",
    "pipe;large_main;civil",
]

Spot = tuple[float, float]


def sections(inp: Path) -> dict[str, list[list[str]]]:
    """Return the rows of an INP by section, comments left out."""
    found: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in inp.read_text(encoding="utf-8", errors="replace").splitlines():
        text = line.split(";")[0].strip()
        if text.startswith("["):
            rows = found.setdefault(text.strip("[]").upper(), [])
        elif text:
            rows.append(text.split())
    return found


def spots_on_pipes(inp: Path, count: int, seed: int) -> list[Spot]:
    """Return random places (lon, lat) within a few metres of random pipes."""
    parts, rng = sections(inp), dice(seed)
    at = {row[0]: (float(row[1]), float(row[2])) for row in parts["COORDINATES"]}
    bent = {row[0] for row in parts.get("VERTICES", [])}
    straight = [row for row in parts["PIPES"] if row[0] not in bent]
    to_degrees = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
    spots = []
    for row in rng.sample(straight, count):
        share, (x, y), (u, v) = rng.random(), at[row[1]], at[row[2]]
        east = x + share * (u - x) + rng.uniform(-20, 20)  # US survey feet
        north = y + share * (v - y) + rng.uniform(-20, 20)
        lon, lat = to_degrees.transform(east, north)
        spots.append((round(lon, 7), round(lat, 7)))
    return spots


def write_tickets(file: Path, spots: list[Spot], seed: int) -> None:
    """Write one ticket per place, received through the day; three calls share each fifth place."""
    rng = dice(seed)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(
            ["id", "received_at", "channel", "lon", "lat", "text", "symptom", "priority"]
        )
        for i in range(len(spots)):
            near = i - i % 5 if i % 5 < 3 else i
            received = MORNING + timedelta(minutes=2 * i + rng.randint(0, 600) * (i % 5 > 2))
            symptom = "no_water" if i % 5 in (1, 2) else rng.choice(SYMPTOMS)
            words = [received.isoformat(), "web", *spots[near], "Water trouble here.", symptom, ""]
            writer.writerow([f"K{i:03d}", *words])


def write_crews(file: Path, spots: list[Spot]) -> None:
    """Write eight crews with different skills, sizes and shifts."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(
            ["id", "name", "skills", "size", "lon", "lat", "shift_start", "shift_end", "vehicle"]
        )
        for i, (skills, spot) in enumerate(zip(SKILLS, spots, strict=False)):
            start = MORNING + timedelta(hours=2 * (i % 3))
            shift = [start.isoformat(), (start + timedelta(hours=9)).isoformat()]
            writer.writerow([f"C{i}", f"Crew {i}", skills, 1 + i % 4, *spot, *shift, "truck"])
