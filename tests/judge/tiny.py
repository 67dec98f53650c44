"""A network of eight nodes and a day of three calls, small enough for a run in a moment."""

from __future__ import annotations

from pyproj import Transformer

CRS = "EPSG:32632"
EAST, NORTH = 478_000.0, 5_473_000.0

INP = f"""[TITLE]
tiny
[JUNCTIONS]
J1  100  1.0
J2  100  1.0
J3  100  1.0
J4  100  1.0
J5  100  1.0
J6  100  0
J7  100  0
[RESERVOIRS]
R1  150
[PIPES]
P1  R1  J1  200  300  100  0  Open
P2  J7  J2  200  200  100  0  Open
P3  J3  J4  200  200  100  0  Open
P4  J4  J5  200  150  100  0  Open
P5  J5  J1  200  150  100  0  Open
P6  J4  J6  200  100  100  0  Closed
[VALVES]
V1  J2  J3  200  TCV  0  0
V2  J1  J7  200  TCV  0  0
[COORDINATES]
R1  {EAST}        {NORTH}
J1  {EAST + 200}  {NORTH}
J2  {EAST + 400}  {NORTH}
J3  {EAST + 410}  {NORTH}
J4  {EAST + 410}  {NORTH + 200}
J5  {EAST + 200}  {NORTH + 200}
J6  {EAST + 610}  {NORTH + 200}
J7  {EAST + 210}  {NORTH}
[OPTIONS]
Units  LPS
Headloss  H-W
[END]
"""

TICKET_COLUMNS = "id,received_at,channel,phone,account,address,lon,lat,datum,text,symptom,priority"
CREW_COLUMNS = "id,name,skills,size,lon,lat,datum,shift_start,shift_end,vehicle"


def place(east: float, north: float) -> tuple[float, float]:
    """Return lon, lat of a place given in metres from the reservoir."""
    to_degrees = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
    lon, lat = to_degrees.transform(EAST + east, NORTH + north)
    return round(lon, 6), round(lat, 6)


def ticket(name: str, lon: object, lat: object, **rest: str) -> str:
    """Return a row of tickets.csv, received at 08:30 unless told otherwise."""
    usual = {"received_at": "2026-11-23T08:30:00+01:00", "text": "没水了", "symptom": "no_water"}
    said = usual | rest
    return (
        f"{name},{said['received_at']},phone,,,,{lon},{lat},wgs84,{said['text']},{said['symptom']},"
    )


def crew(name: str, skills: str = "valve;pipe;meter", start: str = "08", end: str = "18") -> str:
    """Return a row of crews.csv at the reservoir."""
    lon, lat = place(0, 0)
    day = "2026-11-23T"
    shift = f"{day}{start}:00:00+01:00,{day}{end}:00:00+01:00"
    return f"{name},crew {name},{skills},4,{lon},{lat},wgs84,{shift},van"


def tickets_csv(*rows: str) -> str:
    """Return a tickets.csv; three good tickets come first."""
    good = [
        ticket("T1", *place(300, 5), text="水管爆了，路上全是水", symptom="burst"),
        ticket("T2", *place(205, 150)),
        ticket("T3", *place(412, 100), text="水表漏水", symptom="leak_at_meter"),
    ]
    return "\n".join([TICKET_COLUMNS, *good, *rows]) + "\n"


def crews_csv(*rows: str) -> str:
    """Return a crews.csv; two good crews come first."""
    return "\n".join([CREW_COLUMNS, crew("C1"), crew("C2"), *rows]) + "\n"
