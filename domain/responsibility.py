"""Whose a fault is, as far as callers' words tell: a suggestion with its reason, no decision.

The meter is the border: up to and including it the utility's, behind it the customer's; what works
or a vehicle broke is a third party's, who pays. A preset, for a utility to edit. Source: water
supply rules of Chinese cities (Hangzhou: behind the trade meter the customer pays).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.caller_words import DAMAGE, INDOORS, WORKS, plain, said
from domain.incidents import Responsibility
from domain.sentences import Sentence
from domain.words import Symptom

#: Whose, and why.
Suggestion = tuple[Responsibility, Sentence]

_BY_WORKS = (
    Responsibility.THIRD_PARTY,
    Sentence(
        "来电说是施工损坏：第三方责任。请拍照取证，记下施工单位和负责人，费用向其追偿。",
        "Works are said to have broken it: a third party's. Take pictures, note who digs and for "
        "whom, recover the cost.",
    ),
)
_BY_VEHICLE = (
    Responsibility.THIRD_PARTY,
    Sentence(
        "来电说是车辆损坏：第三方责任。请拍照取证，记下车牌，通知交警，费用向其追偿。",
        "A vehicle is said to have broken it: a third party's. Take pictures, note its number, "
        "call the police, recover the cost.",
    ),
)
_BY_US = (
    Responsibility.UTILITY,
    Sentence(
        "来电说是供水单位自己施工损坏：由供水单位负责。",
        "The utility's own works are said to have broken it: the utility's.",
    ),
)
_PUMPS = (
    Responsibility.CUSTOMER,
    Sentence(
        "小区泵房和二次供水设备由物业或产权人负责。",
        "A pump room and its tanks are the property company's.",
    ),
)
_BEHIND = (
    Responsibility.CUSTOMER,
    Sentence(
        "漏水在水表之后：由用户负责，供水单位负责到水表为止。",
        "It leaks behind the meter: the customer's. The utility's part ends at the meter.",
    ),
)
_INSIDE = (
    Responsibility.CUSTOMER,
    Sentence(
        "漏水在户内管道或用水设备：由用户负责，供水单位负责到水表为止。",
        "It leaks indoors: the customer's. The utility's part ends at the meter.",
    ),
)
_BEFORE = (
    Responsibility.UTILITY,
    Sentence(
        "在水表处或水表之前：由供水单位负责。", "It is at the meter or before it: the utility's."
    ),
)

_OUR_WORKS = re.compile(
    "(?:你们|自来水公司|水务公司|供水公司)(?:的|派)?(?:人|工人|师傅|施工|抢修|挖|换)|"
    r"\byour (?:own )?(?:crew|people|workers|workmen|contractor|engineers|digger|men)"
)
_VEHICLE = re.compile(
    "车[^,。;!?]{0,8}?(?:撞|碾|压坏|压断|刮)|撞(?:断|坏|倒|歪)|"
    r"\b(?:car|truck|lorry|van|bus)\b[^,.;!?]{0,30}?\b(?:hit|knocked|crashed|ran|drove)|"
    r"\b(?:knocked (?:over|down)|hit by a)"
)
_PUMP_ROOM = re.compile(
    "泵房(?!旁|附近|对面|门口|外)|二次供水|二供|物业的?(?:水泵|水池|水箱)|水泵(?:坏|停|故障)|加压泵|"
    r"\b(?:pump room|booster pump|roof tank)"
)
_BEHIND_METER = re.compile(
    "表后(?!来)|表的?后面|表到(?:家|屋|户|厨房)|"
    r"\b(?:behind|after|past|beyond) (?:the |my |our )?(?:water )?meter(?! (?:was|change|reading))"
)
_IN_THE_HOUSE = re.compile(
    "(?:家里|屋里|屋内|室内|户内)的?(?:水管|管子|管道|龙头|水龙头|阀门)?(?:在|又)?(?:漏|爆|渗|滴|裂)|"
    r"\b(?:inside|in) (?:the |my |our )?(?:house|home|flat|apartment)\b"
)

#: Where nothing comes out, the house says only where somebody lives.
_FELT = frozenset({Symptom.NO_WATER, Symptom.LOW_PRESSURE, Symptom.WATER_QUALITY})

#: What only the utility has in the street.
_IN_THE_STREET = frozenset(
    {Symptom.BURST, Symptom.LEAK_ON_ROAD, Symptom.LEAK_AT_METER, Symptom.HYDRANT_DAMAGED}
)


def suggest(symptom: Symptom, text: str) -> Suggestion | None:
    """Return whose the fault seems to be and why, None if neither symptom nor words tell.

    >>> suggest(Symptom.LEAK_AT_METER, "水表后面的管子漏水")[0].value
    'customer'
    """
    words = plain(text)
    by_works = said(WORKS, words) and said(DAMAGE, words)
    if symptom is Symptom.CONSTRUCTION_DAMAGE or by_works:
        return _BY_US if said(_OUR_WORKS, words) else _BY_WORKS
    if said(_PUMP_ROOM, words):
        return _PUMPS
    if symptom not in _FELT:
        for pattern, suggestion in (
            (_VEHICLE, _BY_VEHICLE),
            (_BEHIND_METER, _BEHIND),
            (INDOORS, _INSIDE),
            (_IN_THE_HOUSE, _INSIDE),
        ):
            if said(pattern, words):
                return suggestion
    return _BEFORE if symptom in _IN_THE_STREET else None


def suggest_of_calls(symptom: Symptom, texts: Iterable[str]) -> Suggestion | None:
    """Return what the calls of one incident suggest together, None if none of them tells.

    One that names who broke it is enough for a third party; the customer's it is only if all that
    tell say so.
    """
    found = [one for text in texts if (one := suggest(symptom, text))]
    for whose in (Responsibility.THIRD_PARTY, Responsibility.UTILITY, Responsibility.CUSTOMER):
        for one in found:
            if one[0] is whose:
                return one
    return suggest(symptom, "")
