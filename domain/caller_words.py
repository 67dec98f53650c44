"""What callers say, as word lists: lower case, simplified characters, half-width.

A hyphen inside a word stands for a space. Source of every list: words of callers in utility hotline
scripts; mainbreak defaults, for a utility to edit.
"""

from __future__ import annotations

import re
import unicodedata

from domain.words import Symptom

#: The first line with a word in the text wins: what works broke, then a main that burst, then the
#: thing that is named (a hydrant or a meter that "burst" is no main), then the rest by urgency.
#: The second line of a burst is weaker than a thing: 水表爆了 is a meter.
SYMPTOM_WORDS: tuple[tuple[Symptom, str], ...] = (
    (
        Symptom.CONSTRUCTION_DAMAGE,
        "挖断 挖破 挖坏 挖漏 挖爆 挖穿 挖到水管 挖到自来水管 打断 钻破 钻穿 铲断 铲破 压断 压破 "
        "刮断 顶破 excavator digger backhoe dug-through dug-up drilled-into drilled-through",
    ),
    (
        Symptom.BURST,
        "爆管 暴管 抱管 管爆 管又爆 管炸 管崩 管断 管裂 管道裂 管道破裂 管子破 主管爆 管子爆 "
        "管道爆 burst-main burst-pipe burst-water-main main-burst main-has-burst main-broke "
        "pipe-has-broken",
    ),
    (Symptom.HYDRANT_DAMAGED, "消火栓 消防栓 hydrant fire-plug"),
    (
        Symptom.LEAK_AT_METER,
        "水表 表井 表箱 water-meter meter-box meter-pit the-meter my-meter our-meter meter-is",
    ),
    (
        Symptom.BURST,
        "爆 炸开 喷 像喷泉 水柱 冲出 冲开 冲得 冲了 冲垮 冲到 水冲 往上冲 往外冲 冻裂 裂开 破裂 "
        "撞断 顶起来 鼓起来 像河 半条街 半条路 burst gush spray geyser into-the-air pipe-broke "
        "broken-pipe flooding",
    ),
    (
        Symptom.MANHOLE,
        "井盖 窨井 井的盖 井没有盖 井没盖 盖子丢 盖子没了 manhole valve-cover chamber-cover",
    ),
    (
        Symptom.NO_WATER,
        "没水 没有水 停水 断水 无水 水没了 没水了 就没了 不来水 没来水 水不来 不出水 放不出水 "
        "一滴水 一滴都 来不了水 水停了 什么时候来水 几点来水 何时来水 停睡 没谁了 no-water "
        "without-water water-is-off water-off water-has-been-off water's-off dry-tap tap-is-dry "
        "taps-are-dry isn't-any-water lost-water lost-our-water lost-my-water water's-gone "
        "water-has-gone nothing-comes-out nothing-coming-out nothing-out-of",
    ),
    (
        Symptom.LEAK_ON_ROAD,
        "漏 楼水 冒水 冒清水 有水冒 水冒出 冒出来 渗 淌水 积水 积满 返水 流水 往外流 流出来 "
        "有水流 缝里出水 滴水 一直滴 滴个不停 溢 都是水 全是水 leak seep drip full-of-water "
        "coming-up-through bubbling-up running-down-the pouring-down water-on-the-road",
    ),
    (
        Symptom.LOW_PRESSURE,
        "水压 没水压 无水压 压力 水小 水很小 水太小 水特别小 水好小 水流小 水流很小 水流细 水细 "
        "出水量 出水小 水越来越小 忽大忽小 一会大一会小 上不来水 上不来 上不去 冲不 pressure "
        "trickle barely-any-water hardly-any-water very-weak water-is-weak",
    ),
    (
        Symptom.WATER_QUALITY,
        "水质 发黄 变黄 是黄 黄水 黄的 黄色 发红 红水 红色的水 黑水 发黑 黑色的 发白 像牛奶 浑 "
        "浊 泥汤 泥水 很脏 脏水 味道 异味 腥味 锈味 有味 粉味 臭味 味儿 铁锈 异物 沉淀 有沙 虫 "
        "拉肚子 brown yellow cloudy milky dirty smell taste rust discolour discolor metallic "
        "bleach chlorine bits-in",
    ),
)

#: What only looks like one of the above: 漏电 is no leak of water, 停水后 is over, 碧水小区 a name.
NO_SYMPTOM = (
    "漏电 漏气 停水通知 停水公告 停水以后 停水之后 停水后 昨天停水 停过水 水停过 不停 喷泉 喷头 "
    "像滴水 滴水湖 水小区 水小学 水小镇 没有热水 没热水 热水不出 "
    "no-hot-water gas-leak smell-gas smell-of-gas"
)

#: What negates the word behind it; 是不是 and 有没有 only ask.
NEGATION = (
    r"(?:(?<!是)不是|(?<!有)没有?|并没有?|并非|并未|未见|(?<!会)不会"
    r"|\bno |\bnot |\bnot an? |\bnot the |n't |\bwithout |\bno sign of )"
    "(?:一个|看到|看见|发现|发生|出现|什么|任何|再|人|被|any |been |yet )?"
)

#: A gap within one part of a sentence.
_NEAR, _NEAR_EN = r"[^,。;!?、\n]{0,9}?", r"[^,.;!?\n]{0,40}?"

#: What belongs to a house, what is a drain, and what it does: never the utility's pipe.
_FIXTURES = (
    "马桶|热水器|暖气|地暖|太阳能|洗衣机|空调|净水器|软管|角阀|洗菜盆|洗手盆|水槽|花洒|淋浴|地漏|浴缸|"
    "鱼缸|水箱|天花板|吊顶|楼上|楼板|厨房|卫生间|厕所|浴室|洗手间|客厅|卧室"
)
_DOES = "漏|爆|滴|渗|喷|冒|返|溢|流|堵|炸|裂"
_FIXTURES_EN = (
    "toilet|boiler|hot water tank|water heater|radiator|washing machine|dishwasher|sink|shower|"
    "bath|ceiling|kitchen|cistern|air conditioner|solar heater"
)
_DRAINS, _DRAINS_EN = "下水道|污水", "drain|sewage|sewer"
_DOES_EN = r"leak\w*|burst\w*|drip\w*|spray\w*|gush\w*|running|blocked|coming through|coming up"


def _wet(things: str, english: str) -> str:
    """Return the pattern of water that comes out of one of these things."""
    return (
        rf"(?:{things}){_NEAR}(?:{_DOES})水?"
        rf"|\b(?:{english})\b{_NEAR_EN}\b(?:{_DOES_EN})"
        rf"|\b(?:{_DOES_EN})\b{_NEAR_EN}\b(?:{english})\b"
    )


#: Water where only the customer's pipes are.
INDOORS = re.compile(_wet(_FIXTURES, _FIXTURES_EN))

#: What of a text is not about the utility's water: indoors, drains, rain, things that are in order,
#: a hydrant that only says where.
ASIDE = re.compile(
    f"{_wet(f'{_FIXTURES}|{_DRAINS}', f'{_FIXTURES_EN}|{_DRAINS_EN}')}"
    r"|(?<!没)(?<!没有)(?:下雨|暴雨|雨水|下大雨)[^,。;!?\n]{0,9}?积水"
    r"|(?:消火栓|消防栓|水表|井盖).{0,3}?(?:好好的|没事|正常|没问题|没坏)"
    r"|(?:消火栓|消防栓)的?(?:旁边|附近|对面|边上|隔壁)"
)

#: Who digs or builds, and what that does to a pipe: together they are damage by works.
WORKS = re.compile(
    "挖掘机|挖机|挖土机|钩机|铲车|推土机|钻机|施工|工地|修路|工人|打桩|顶管|园林|装宽带|开挖|拆迁|"
    r"(?:燃气|电力|热力|通信|电信|移动)公司|\b(?:excavator|digger|backhoe|builder|contractor|"
    r"road ?works|construction|workmen|workers|gas people|gas company|developer|digging|drill)"
)
DAMAGE = re.compile(
    "(?:挖|打|钻|铲|压|刮|顶|碰|弄|撞|砸|搞|锯|戳|勾|钩)(?:断|破|坏|漏|爆|穿|到|裂)|"
    r"\b(?:hit|cut|dug|broke|broken|damag|drilled|went through|gone through|ruptur|struck|sever|"
    r"smash|punctur)"
)

#: What is wrong with a cover, so that water beside it does not make it a leak.
COVER_BROKEN = re.compile(
    "丢|没了|没有盖|没盖|不见|被偷|破|坏|断|翘|塌|松|下沉|哐当|响|"
    "missing|gone|broken|rattl|open manhole|stolen"
)

#: Traditional characters that words of these lists are written with, and the simplified ones.
#: Source: OpenCC's table of characters; beside it 錶, 鬆 and 啟, which have more readings.
_TRADITIONAL = str.maketrans(
    "丟並來個傷兒兩凍別動區問噴園壓壞學寬對層屬帶幾庫廁廚廳後斷時會東條棟樁樓機毀氣汙沒淨渾湯滲"
    "滿澱濁灑無熱現異當發積紅級細結縫翹臥臨蓋蟲術衛衝裏裝裡見觸診說説誰調變質車軟進過遷邊醫鈎鉤"
    "鋪鋸鎮鏟鏽鐵鑽開間閥陽險離電響頂頭題養馬髒魚麼黃點錶鬆衹啟",
    "丢并来个伤儿两冻别动区问喷园压坏学宽对层属带几库厕厨厅后断时会东条栋桩楼机毁气污没净浑汤渗"
    "满淀浊洒无热现异当发积红级细结缝翘卧临盖虫术卫冲里装里见触诊说说谁调变质车软进过迁边医钩钩"
    "铺锯镇铲锈铁钻开间阀阳险离电响顶头题养马脏鱼么黄点表松只启",
)


def plain(text: str) -> str:
    """Return the text in lower case, half-width, in simplified characters as far as words need."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(_TRADITIONAL)
    return folded.replace("\u2019", "'")


def words_of(line: str) -> list[str]:
    """Return the words of a list; a hyphen stands for a space inside a word."""
    return [word.replace("-", " ") for word in line.split()]


def any_of(words: list[str]) -> str:
    """Return the pattern of any of the words, the longest first; Latin words from their start."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(rf"\b{one}" if one.isascii() else re.escape(one) for one in ordered)


#: Right before a word that is denied: 没有人触电, no sinkhole.
_DENIED = re.compile(
    r"(?:没有?|没人|没有人|无人|并未|未|(?<!会)不会|(?<!是)不是|\bno |\bnot |n't )"
    r"(?:人|发生|出现|发现|被|在|一个|any |been |be |a )?$"
)


def said(words: re.Pattern[str], text: str) -> str:
    """Return the first of the words that a plain text says and does not deny, empty if none."""
    for found in words.finditer(text):
        if not _DENIED.search(text[max(0, found.start() - 12) : found.start()]):
            return found[0]
    return ""
