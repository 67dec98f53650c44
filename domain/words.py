"""The closed vocabularies: what can be reported, where, how urgent, by which skill."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """How a ticket reached the utility."""

    PHONE = "phone"
    WEB = "web"
    SMS = "sms"
    WECHAT = "wechat"
    WALK_IN = "walk_in"
    HOTLINE_12345 = "12345"
    SCADA = "scada"
    CREW = "crew"


class Symptom(StrEnum):
    """What the caller noticed."""

    BURST = "burst"
    NO_WATER = "no_water"
    LOW_PRESSURE = "low_pressure"
    LEAK_ON_ROAD = "leak_on_road"
    LEAK_AT_METER = "leak_at_meter"
    WATER_QUALITY = "water_quality"
    HYDRANT_DAMAGED = "hydrant_damaged"
    MANHOLE = "manhole"
    CONSTRUCTION_DAMAGE = "construction_damage"
    OTHER = "other"


class Priority(IntEnum):
    """Urgency; a smaller number is more urgent.

    P1 danger or many premises dry, P2 burst or premises dry, P3 leak or low pressure, P4 the rest.
    """

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4


class Skill(StrEnum):
    """What a crew is trained and equipped for."""

    VALVE = "valve"
    PIPE = "pipe"
    LARGE_MAIN = "large_main"
    LEAK_DETECTION = "leak_detection"
    METER = "meter"
    WATER_QUALITY = "water_quality"
    CIVIL = "civil"
    TANKER = "tanker"


class WorkOrderKind(StrEnum):
    """What a work order authorises."""

    INSPECT = "inspect"
    ISOLATE = "isolate"
    REPAIR = "repair"
    RESTORE = "restore"
    FLUSH = "flush"
    TANKER = "tanker"
    METER = "meter"
    INSTALL = "install"
    DEFECT = "defect"
    REINSTATE = "reinstate"


class PremisesKind(StrEnum):
    """Who takes water at a premises."""

    HOME = "home"
    SHOP = "shop"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    FACTORY = "factory"
    HOTEL = "hotel"
    FIRE_STATION = "fire_station"
    OTHER = "other"
