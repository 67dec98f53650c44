"""What a layer can be, which fields it can have, and what utilities call them.

Names are compared in lower case without spaces, hyphens and underscores, a unit in brackets left
out. Shapefiles cut field names to ten characters; our own short names stand among the others.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What kind of value a field holds."""

    TEXT = "text"
    LENGTH = "length"
    DIAMETER = "diameter"
    PRESSURE = "pressure"
    NUMBER = "number"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What a field holds, its usual names, and for codes each word with what stands for it."""

    measure: Measure
    names: tuple[str, ...]
    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """What a layer is: its usual names, the kinds of shape (shapely's numbers), its fields."""

    layers: tuple[str, ...]
    shapes: frozenset[int]
    fields: dict[str, FieldRule]


POINT, LINE, AREA = 0, 1, 3


def normal(name: str) -> str:
    """Return a name for comparing: NFKC, lower case, no unit in brackets, no separators."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s_\-]|\([^)]*\)", "", plain)


def _text(*names: str) -> FieldRule:
    return FieldRule(Measure.TEXT, names)


def _number(*names: str) -> FieldRule:
    return FieldRule(Measure.NUMBER, names)


def _length(*names: str) -> FieldRule:
    return FieldRule(Measure.LENGTH, names)


def _code(names: tuple[str, ...], **codes: tuple[str, ...]) -> FieldRule:
    return FieldRule(Measure.CODE, names, tuple((word, also) for word, also in codes.items()))


_YES = ("true", "t", "yes", "y", "1", "是", "有")
_NO = ("false", "f", "no", "n", "0", "否", "无")
_ID = (
    "id",
    "编号",
    "设施编号",
    "点号",
    "管点编号",
    "物探点号",
    "globalid",
    "objectid",
    "fid",
    "name",
    "名称",
)
_LINK = _text("link", "pipe", "pipe_id", "pipeid", "管线编号", "所属管线", "管段编号", "所在管线")
_NODE = _text("node", "node_id", "nodeid", "节点", "节点编号", "所属节点")
_OPEN = _code(
    ("open", "status", "state", "状态", "使用状态"),
    open=(*_YES, "open", "active", "in service", "在用", "开", "开启", "正常", "运行"),
    closed=(*_NO, "closed", "shut", "停用", "关", "关闭"),
)
_ELEVATION = _length("elevation_m", "elevation", "elev_m", "elev", "z", "高程", "地面高程", "标高")
_VOLUME = _number("volume_m3", "volume", "容积", "有效容积")
_PRESSURE = FieldRule(
    Measure.PRESSURE,
    (
        *("pressure_m", "pressure", "press", "pressure_head"),
        *("自由水头", "服务水头", "压力水头", "压力", "水压", "平均压力", "节点压力", "供水压力"),
    ),
)
_LEVEL = {"elevation_m": _ELEVATION, "volume_m3": _VOLUME, "pressure_m": _PRESSURE}

_LINK_KINDS: dict[str, tuple[str, ...]] = {
    "pipe": ("main", "管", "管线", "管道"),
    "pump": ("pumping", "泵", "水泵", "泵站"),
    "prv": ("减压阀", "pressure reducing"),
    "psv": ("稳压阀", "pressure sustaining"),
    "pbv": ("pressure breaker",),
    "fcv": ("流量控制阀", "flow control"),
    "tcv": ("throttle", "节流阀"),
    "gpv": ("general purpose",),
}
_DEVICE = {
    "id": _text("阀门编号", *_ID),
    "link": _LINK,
    "start": _text("start", "from_node", "起点", "起点编号"),
    "end": _text("end", "to_node", "终点", "终点编号"),
    "open": _OPEN,
    "diameter_m": FieldRule(
        Measure.DIAMETER, ("diameter_m", "diameter", "diam", "dn", "口径", "管径", "公称直径")
    ),
}

ROLES: dict[str, Role] = {
    "pipes": Role(
        (
            *("link", "links", "pipe", "pipes", "main", "mains", "water_main", "water_mains"),
            *(
                "管线",
                "管道",
                "管段",
                "供水管线",
                "给水管线",
                "供水管道",
                "给水管道",
                "供水管网",
                "给水管网",
            ),
        ),
        frozenset({LINE}),
        {
            "id": _text("管线编号", "管段编号", "管道编号", "pipe_id", "pipeid", *_ID),
            "kind": _code(("kind",), **_LINK_KINDS),
            "start": _text(
                *("start", "start_node", "startnode", "from_node", "fromnode", "node1"),
                *("起点", "起点编号", "起点点号", "起始点号", "起点号", "上游节点"),
            ),
            "end": _text(
                *("end", "end_node", "endnode", "to_node", "tonode", "node2"),
                *("终点", "终点编号", "终点点号", "终止点号", "终点号", "下游节点"),
            ),
            "length_m": _length(
                "length_m", "length", "len", "管长", "长度", "管线长度", "管段长度"
            ),
            "diameter_m": FieldRule(
                Measure.DIAMETER,
                (
                    *("diameter_m", "diameter", "diam_m", "diam", "dia", "dn", "diameter_mm"),
                    *("管径", "口径", "公称直径", "公称口径", "管径mm"),
                ),
            ),
            "open": _OPEN,
            "check_valve": _code(("check_valve", "check_v", "cv", "止回"), yes=_YES, no=_NO),
            "material": _text("material", "mat", "管材", "材质", "材料"),
            "year": _number(
                "year", "install_year", "built", "埋设年代", "建设年代", "敷设年份", "建成年份"
            ),
            "road": _text("road", "street", "道路", "路名", "所在道路", "道路名称"),
            "zone": _text("zone", "dma", "pressure_zone", "分区", "压力分区", "计量分区", "片区"),
            "roughness": _number(
                *("roughness", "c_hw", "hazen_williams", "hazen_williams_c", "c_factor"),
                *("海曾威廉系数", "海澄威廉系数", "粗糙系数", "粗糙度"),
            ),
        },
    ),
    "nodes": Role(
        (
            *("node", "nodes", "junction", "junctions"),
            *("节点", "管点", "管网节点", "供水管点", "给水管点", "连接点"),
        ),
        frozenset({POINT}),
        {
            "id": _text("节点编号", "node_id", "nodeid", *_ID),
            "kind": _code(
                ("kind",),
                junction=("node", "节点", "三通", "弯头", "四通"),
                reservoir=("水厂", "水源"),
                tank=("水池", "水塔", "高位水池", "清水池"),
            ),
            **_LEVEL,
        },
    ),
    "reservoirs": Role(
        ("reservoir", "reservoirs", "source", "sources", "水源", "水厂", "水库"),
        frozenset({POINT}),
        {"id": _text(*_ID), **_LEVEL},
    ),
    "tanks": Role(
        ("tank", "tanks", "水池", "水塔", "水箱", "高位水池", "清水池"),
        frozenset({POINT}),
        {"id": _text(*_ID), **_LEVEL},
    ),
    "pumps": Role(
        ("pump", "pumps", "水泵", "泵站", "加压泵站"), frozenset({POINT, LINE}), {**_DEVICE}
    ),
    "check_valves": Role(
        ("check_valve", "check_valves", "止回阀", "单向阀"), frozenset({POINT}), {**_DEVICE}
    ),
    "control_valves": Role(
        ("control_valve", "control_valves", "prv", "prvs", "减压阀", "控制阀", "调节阀"),
        frozenset({POINT, LINE}),
        {**_DEVICE, "kind": _code(("kind", "type", "类型", "阀门类型"), **_LINK_KINDS)},
    ),
    "isolation_valves": Role(
        (
            *(
                "isolation_valve",
                "isolation_valves",
                "valve",
                "valves",
                "gate_valve",
                "gate_valves",
            ),
            *("阀门", "供水阀门", "给水阀门", "控制阀门", "闸阀", "蝶阀"),
        ),
        frozenset({POINT}),
        {
            "id": _text("阀门编号", "valve_id", "valveid", *_ID),
            "link": _LINK,
            "node": _NODE,
            "position": _code(
                ("position", "开关状态", "开关", "阀门状态", "启闭状态", "status", "状态"),
                open=(*_YES, "open", "opened", "开", "开启", "常开", "全开", "打开"),
                closed=(*_NO, "closed", "shut", "关", "关闭", "常闭", "全关"),
            ),
            "operability": _code(
                ("operability", "operab", "condition", "可操作性", "状况", "阀门状况", "完好状况"),
                operable=(*_YES, "good", "ok", "完好", "正常", "良好", "可操作"),
                inoperable=(*_NO, "broken", "stuck", "损坏", "失灵", "故障", "卡死", "不可操作"),
                unknown=("", "未知", "不明"),
            ),
            "accessible": _code(
                ("accessible", "access", "可达"), yes=_YES, no=(*_NO, "埋没", "占压")
            ),
        },
    ),
    "hydrants": Role(
        ("hydrant", "hydrants", "fire_hydrant", "消火栓", "消防栓"),
        frozenset({POINT}),
        {"id": _text("消火栓编号", "hydrant_id", *_ID), "link": _LINK},
    ),
    "premises": Role(
        (
            *("premises", "customer", "customers", "service_connection", "service_connections"),
            *("用水户", "用户", "用户点", "水表", "户表", "接户点"),
        ),
        frozenset({POINT}),
        {
            "id": _text("用户编号", "户号", "水表编号", "premises_id", "customer_id", *_ID),
            "link": _LINK,
            "node": _NODE,
            "kind": _code(
                ("kind", "用户类型", "用水性质", "用户类别"),
                home=("residential", "居民", "居民用水", "住宅", "生活用水"),
                shop=("commercial", "商业", "商铺", "经营用水"),
                school=("学校",),
                hospital=("医院",),
                factory=("industrial", "工业", "工厂", "工业用水"),
                hotel=("宾馆", "酒店"),
                fire_station=("消防站",),
                other=("其他", "其它"),
            ),
            "critical": _code(("critical", "重点", "重要用户", "重点用户"), yes=_YES, no=_NO),
            "account": _text("account", "账号", "户号"),
            "meter": _text(
                *("meter", "meter_no", "meter_number", "水表编号", "水表号", "水表表号", "表号")
            ),
            "name": _text("customer_name", "户名", "用户名称", "姓名"),
            "phone": _text("phone", "tel", "电话", "联系电话", "手机"),
            "address": _text("address", "addr", "地址", "用户地址", "用水地址"),
            "demand_m3_d": _number("demand_m3_d", "demand", "日用水量"),
        },
    ),
    "zones": Role(
        (
            "zone",
            "zones",
            "dma",
            "dmas",
            "pressure_zones",
            "分区",
            "压力分区",
            "计量分区",
            "供水分区",
        ),
        frozenset({AREA}),
        {"id": _text("zone", "dma", "分区", "分区编号", "分区名称", "名称", "name", "编号", "id")},
    ),
}
