"""Invented names: streets, people, compounds. No person and no number in here exists."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

TOWN = "江澜市"
RIVER = "澄澜河"
DISTRICTS = ("城东区", "城西区", "江南区", "高新区")


def _words(text: str) -> list[str]:
    return text.split()


_MAIN_STREETS = _words(
    "建设 中山 解放 人民 学府 新华 胜利 和平 青年 文昌 迎宾 工农 站前 长青 团结 光明 "
    "友谊 朝阳 民主 健康 文化 幸福 红旗 前进 东风 向阳 振兴 永安 兴业 科技 创业 体育"
)
_FIRST = "安康福祥瑞永长德仁义礼智信文明兴盛泰和平春秋梅兰竹菊桃柳"
_SECOND = "民宁乐泽源远华昌庆荣丰惠善贤清新嘉顺达隆育秀云河林园亭井"
_NUMERALS = "一二三四五六七八九"
_LANES = _words("人民 豆腐 打铁 染坊 槐树 石桥 盐店 竹器 书院 钟楼 鱼市 米行 当铺 水井 祠堂 花厅")

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
)
_GIVEN = (
    "伟芳娜敏静丽强磊洋艳勇军杰娟涛明超霞平刚桂英华玉兰建国志文斌海燕晓红梅春生德福云龙秀珍宇轩"
)
_COMPOUNDS_A = _words(
    "幸福 阳光 金色 翠湖 江景 锦绣 丽水 学府 安居 明珠 御景 东方 华府 绿洲 春晓 和谐"
)
_COMPOUNDS_B = _words("家园 花园 小区 新村 雅苑 名城 公寓 佳苑 华庭 水岸 新城 里")

_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """Return 1..99 in Chinese: 12 is 十二."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "") or _DIGITS[0]


def main_street_names() -> Iterator[str]:
    """Yield stems of main streets without their 路: the well-known ones, then made ones."""
    yield from _MAIN_STREETS
    for second in _SECOND:
        for first in _FIRST:
            yield first + second


def side_street_names(random_source: random.Random, taken: set[str]) -> Iterator[str]:
    """Yield whole names of side streets, families such as 安民一路, 安民二路 among them."""
    stems = [first + second for first in _FIRST for second in _SECOND]
    random_source.shuffle(stems)
    for prefix, kind in product(("", "东", "西", "南", "北", "新"), ("路", "街", "大街", "支路")):
        for stem in (prefix + one for one in stems):
            family = random_source.randint(2, 5) if random_source.random() < 0.3 else 0
            names = [stem + n + kind for n in _NUMERALS[:family]] or [stem + kind]
            yield from (name for name in names if name not in taken)


def lane_names(random_source: random.Random) -> Iterator[str]:
    """Yield names of the old quarter's lanes."""
    stems = _LANES + [first + second for second in _SECOND for first in _FIRST]
    random_source.shuffle(stems)
    for prefix, kind in product(("", "大", "小"), ("巷", "里", "横巷", "后巷")):
        yield from (prefix + stem + kind for stem in stems)


def person(random_source: random.Random) -> str:
    """Return an invented full name."""
    given = random_source.choice(_GIVEN)
    if random_source.random() < 0.7:
        given += random_source.choice(_GIVEN)
    return random_source.choice(_SURNAMES) + given


def compound_names(random_source: random.Random) -> Iterator[str]:
    """Yield names of compounds, each once; later ones carry a number of their phase."""
    pairs = [a + b for a in _COMPOUNDS_A for b in _COMPOUNDS_B]
    random_source.shuffle(pairs)
    yield from pairs
    for phase in range(2, 100):
        yield from (f"{pair}{numeral(phase)}期" for pair in pairs)


def phone(number: int) -> str:
    """Return the n-th invented phone number, eleven digits.

    Mobile numbers of the mainland begin with 13 to 19, so none that begins with 115 can ring.
    """
    return f"115{number * 6_007 % 100_000_000:08d}"


def account(number: int) -> str:
    """Return the n-th account number: eight digits, unique below ninety million."""
    return str(10_000_000 + number * 7_919 % 90_000_000)


def meter(number: int) -> str:
    """Return the n-th number on a water meter: ten digits, the year it was made in first."""
    return f"{16 + number % 8}{number * 6_133 % 100_000_000:08d}"
