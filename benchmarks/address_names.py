"""Invented names of a Chinese town: roads, communities (小区), landmarks. No real town's list.

Stems of two or three of the characters that real names use, with the usual suffixes. As in real
towns some names are alike on purpose: families (江永一巷, 江永二巷; 和平东路, 和平西路), phases
(桂林花园一期, 二期), communities called after their road, names one character apart (华/花,
清/青), and namesakes: the same name again in another district.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

DISTRICTS = (
    "城东区",
    "城西区",
    "江北区",
    "江南区",
    "滨江区",
    "高新区",
    "开发区",
    "新城区",
    "东湖区",
    "西岭区",
)

Place = tuple[str, tuple[str, ...]]


def words(text: str) -> tuple[str, ...]:
    """Return what stands between blanks."""
    return tuple(text.split())


_FIRST = (
    "安康福祥瑞永长德仁义礼智信文明兴盛泰和平春秋梅兰竹菊桃柳金银玉珠龙凤云霞星月天江河湖海山石"
    "林松柏枫桐东南新建国开学书贤武靖宁远怀思光晨晓朝景秀丽锦彩虹富花青清程桂繁设塘京华恒化南信夏"
)
_SECOND = (
    "民宁乐泽源远华昌庆荣丰惠善贤清新嘉顺达隆育秀云河林园亭井山水川阳光明辉景台阁塔门强工谊远"
    "安业成发盛运通寿喜年春夏花青福富梅桂柏康泉溪峰"
)
_GROUND = "湖山岭桥河塘坡湾洲港溪泉坪岗庙亭井渡咀墩垸冲"
_WELL_KNOWN = words(
    "人民 中山 解放 建设 学府 新华 胜利 和平 青年 文昌 迎宾 工农 站前 团结 光明 友谊 朝阳 民主 "
    "健康 文化 幸福 红旗 前进 东风 向阳 振兴 永安 兴业 科技 创业 体育 滨河 环城 沿江 友爱 劳动"
)
NUMERALS = "一二三四五六七八九"

_ROAD_SUFFIXES = {
    "avenue": (("大道", 5), ("路", 4), ("大街", 1)),
    "street": (("路", 60), ("街", 22), ("大街", 5), ("支路", 6), ("新街", 4), ("正街", 3)),
    "lane": (("巷", 46), ("里", 9), ("弄", 6), ("街", 14), ("支路", 9), ("横街", 6), ("胡同", 10)),
}
_ESTATE_SUFFIXES = words(
    "家园 花园 小区 苑 里 新村 大厦 公寓 雅居 名都 华庭 新城 广场 公馆 佳苑 雅苑 花苑 山庄 豪庭 "
    "国际"
)
_TOWERS = ("大厦", "广场", "国际")
_WORKS = words(
    "机械厂 纺织厂 轴承厂 粮食局 税务局 电力局 化工厂 印刷厂 师范学院 设计院 水泥厂 铁路局"
)
_QUARTERS = ("宿舍", "家属院", "生活区")
_POPULAR = words(
    "幸福小区 阳光花园 锦绣家园 东方花园 和平小区 金桂花园 翠竹苑 新华小区 世纪花园 康乐新村 "
    "光明小区 丽景苑"
)
_HOSPITALS, _SCHOOLS = words("人民医院 中医院 妇幼保健院 中心医院"), words("小学 中学 实验学校")
_SIGHTS = words("公园 农贸市场 加油站 汽车站 体育馆 购物中心 派出所 图书馆")


def stem(rng: Random) -> str:
    """Return the body of a name: two characters, or three in one of four."""
    short = rng.choice(_FIRST) + rng.choice(_SECOND)
    return short + rng.choice(_GROUND) if rng.random() < 0.25 else short


def road_names(rng: Random, kind: str) -> Iterator[str]:
    """Yield names of ``avenue``, ``street`` or ``lane`` without end, some of them in families."""
    known = list(_WELL_KNOWN) if kind != "lane" else []
    rng.shuffle(known)
    suffixes, weights = zip(*_ROAD_SUFFIXES[kind], strict=True)
    while True:
        body = known.pop() if known else stem(rng)
        suffix = rng.choices(suffixes, weights)[0]
        draw = rng.random()
        if draw < 0.13 and len(suffix) == 1:
            yield from (body + number + suffix for number in NUMERALS[: rng.randint(2, 5)])
        elif draw < 0.24 and suffix in {"路", "街"}:
            yield from (body + way + suffix for way in rng.choice(("东西", "南北", "东中西")))
        else:
            yield body + suffix


def community_name(rng: Random, road: str) -> str:
    """Return the name of a community on a road; may be one that exists already."""
    draw = rng.random()
    if draw < 0.04:
        return rng.choice(_POPULAR)
    if draw < 0.10:
        return stem(rng) + rng.choice(_WORKS) + rng.choice(_QUARTERS)
    if draw < 0.17:
        return road.rstrip("路街道大巷里弄支横胡同新正" + NUMERALS)[:3] + rng.choice(
            ("小区", "新村", "花园", "苑")
        )
    return stem(rng) + rng.choice(_ESTATE_SUFFIXES)


def phase(name: str, number: int) -> str:
    """Return the name of the ``number``-th phase of a community (1 to 9)."""
    return f"{name}{NUMERALS[number - 1]}期"


def building_word(rng: Random, name: str) -> str:
    """Return what the community's own signs call a building."""
    if name.endswith(_TOWERS):
        return "座"
    return rng.choices(("栋", "号楼", "幢"), (65, 22, 13))[0]


def landmark(rng: Random, number: int) -> Place:
    """Return (name, aliases) of the ``number``-th landmark: hospital, school or sight."""
    turn = number % 4
    if turn == 0 and number // 4 < 9:
        ordinal = NUMERALS[number // 4]
        return f"市第{ordinal}人民医院", (f"市{ordinal}医院", f"{ordinal}医院")
    if turn == 0:
        body = stem(rng)
        return f"{body}{rng.choice(_HOSPITALS)}", (f"{body}医院",)
    if turn == 1:
        body, kind = stem(rng), rng.choice(_SCHOOLS)
        return f"{body}{kind}", (f"市{body}{kind}",)
    return stem(rng) + rng.choice(_SIGHTS), ()


def phone(number: int) -> str:
    """Return the n-th invented number: mobile, in one of eight a landline with area code.

    Mainland mobiles begin with 13 to 19 and area code 0700 is not assigned, so none can ring.
    """
    if number % 8 == 7:
        return f"0700-8{number * 6_007 % 10_000_000:07d}"
    return f"115{number * 6_007 % 100_000_000:08d}"


def account(number: int) -> str:
    """Return the n-th account number: ten digits."""
    return str(6_000_000_000 + number * 7_919 % 900_000_000)


def meter(number: int) -> str:
    """Return the n-th number on a meter: two letters and nine digits."""
    return f"SB{number * 104_729 % 1_000_000_000:09d}"
