"""What callers say: openings, complaints by symptom, closings. ``{at}`` is where."""

from __future__ import annotations

from random import Random

from domain.words import Symptom

OPENINGS = (
    "", "", "你好，", "您好，", "喂，你好，", "师傅你好，", "麻烦问一下，", "我反映个情况，",
    "哎呀你们快来看看，", "是自来水公司吧，", "不好意思打扰了，",
)  # fmt: skip

CLOSINGS = (
    "", "", "", "麻烦快点处理。", "请尽快派人来。", "家里有老人和小孩，挺着急的。", "谢谢了。",
    "等着做饭呢。", "来之前给我打个电话。", "电话打了半天才打通。", "门卫那里可以登记进来。",
)  # fmt: skip

COMPLAINTS: dict[Symptom, tuple[str, ...]] = {
    Symptom.BURST: (
        "{at}爆管了，水往上喷了一米多高，路面都淹了。", "{at}水管爆裂，水哗哗往外冲。",
        "{at}主管道爆了，半条路都是水，车子过不去。", "{at}自来水管炸了，水柱喷得老高。",
    ),
    Symptom.CONSTRUCTION_DAMAGE: (
        "{at}挖掘机把自来水管挖断了，水一直在喷。", "{at}施工队挖断了水管，坑里全是水。",
    ),
    Symptom.NO_WATER: (
        "{at}突然没水了，一滴都不出。", "{at}停水了，也没接到通知，什么时候来水？",
        "{at}没有水了，楼上楼下都没水。", "{at}断水了，洗着洗着就没了。",
        "{at}龙头打开不出水，是不是停水了？", "{at}没水，问了邻居也没水。",
    ),
    Symptom.LOW_PRESSURE: (
        "{at}水压特别低，热水器都打不着火。", "{at}水流很小，水压不够，顶楼上不来。",
        "{at}这两天水压低得厉害，洗澡像滴水。", "{at}早晚高峰水压不足，水很细。",
    ),
    Symptom.LEAK_ON_ROAD: (
        "{at}路面一直往外渗水，漏水好几天了。", "{at}马路上漏水，地上湿了一大片。",
        "{at}人行道地砖缝里冒水。", "{at}地下水管好像漏水，路边积了一滩清水。",
        "{at}路面漏水，都快结成小河了。",
    ),
    Symptom.LEAK_AT_METER: (
        "{at}水表漏水，表箱里都是水。", "{at}水表接头那里滴水，越来越大。",
        "{at}水表井里积满了水，水表看不清。", "{at}水表后面的接口漏水，用盆接着呢。",
    ),
    Symptom.WATER_QUALITY: (
        "{at}水是黄的，放了半天还是浑。", "{at}自来水有股铁锈味，不敢喝。",
        "{at}水发浑，杯子底下有沉淀。", "{at}水里有股异味，像漂白粉。",
        "{at}放出来的水发黄，衣服都洗黄了。",
    ),
    Symptom.HYDRANT_DAMAGED: (
        "{at}消火栓被车撞歪了，底下在漏。", "{at}消防栓的盖子不见了，接口一直滴水。",
        "{at}消火栓被货车撞倒了，你们来处理一下。",
    ),
    Symptom.MANHOLE: (
        "{at}自来水井盖破了，差点绊倒人。", "{at}井盖没了，只剩一个洞，太危险。",
        "{at}阀门井盖翘起来了，车压过去哐当响。", "{at}井盖塌陷下去一块。",
    ),
    Symptom.OTHER: (
        "{at}管道一直有嗡嗡的响声，晚上睡不着。", "{at}旁边露出来一截管子，怕冬天冻坏。",
        "{at}想问下用水性质怎么改。", "{at}供水管的保温层掉下来了。",
    ),
}  # fmt: skip

#: How a caller who is known by account or phone names the place.
AT_HOME = ("我家", "我们家", "我们这里", "家里", "我这户")

#: How such a caller names what is on the street.
AT_DOOR = ("我家门口", "我们楼下", "我们单元门前", "家门口路上")

#: How a caller who sent a position names it.
AT_POSITION = ("我发的这个位置", "定位这里", "就在我站的这个地方", "我现在这个路边")

#: What follows a landmark or an address seen from the street.
NEARBY = ("门口", "旁边", "附近", "对面", "")

SCADA = "在线监测：主管压力由 0.34 MPa 骤降至 0.11 MPa，流量突增。"


def speech(source: Random, symptom: Symptom, at: str, *, lead: str = "") -> str:
    """Return what a caller says of a symptom at a place; ``lead`` says who or where they are."""
    said = source.choice(COMPLAINTS[symptom]).format(at=at)
    return source.choice(OPENINGS) + lead + said + source.choice(CLOSINGS)


def hotline_note(source: Random, symptom: Symptom, at: str) -> str:
    """Return how the city's hotline passes a call on."""
    return "市民来电反映：" + source.choice(COMPLAINTS[symptom]).format(at=at)
