"""What a driver is told at each step, in both languages, and distances as a driver reads them."""

from __future__ import annotations

import re

from domain.sentences import Sentence
from domain.streets import StreetName
from domain.travel import Modifier, Step, StepType

_NAMELESS = StreetName()

_TURN = {
    Modifier.UTURN: Sentence("掉头", "Make a U-turn"),
    Modifier.SHARP_RIGHT: Sentence("向右急转", "Turn sharp right"),
    Modifier.RIGHT: Sentence("右转", "Turn right"),
    Modifier.SLIGHT_RIGHT: Sentence("向右前方行驶", "Bear right"),
    Modifier.STRAIGHT: Sentence("直行", "Go straight"),
    Modifier.SLIGHT_LEFT: Sentence("向左前方行驶", "Bear left"),
    Modifier.LEFT: Sentence("左转", "Turn left"),
    Modifier.SHARP_LEFT: Sentence("向左急转", "Turn sharp left"),
}

_RIGHTWARD = {Modifier.SHARP_RIGHT, Modifier.RIGHT, Modifier.SLIGHT_RIGHT}
_LEFTWARD = {Modifier.SHARP_LEFT, Modifier.LEFT, Modifier.SLIGHT_LEFT}

#: Where a Latin name or a figure meets Chinese characters there is a space.
_SEAM = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z\u00c0-\u024f])|(?<=[0-9A-Za-z\u00c0-\u024f])(?=[\u4e00-\u9fff])"
)

#: English says 11th, 12th, 13th.
_TEENS = range(11, 14)


def step_sentence(step: Step) -> Sentence:
    """Return what to do, with the street in the reader's language; a departure says how far."""
    said = _SENTENCES[step.type](step)
    return Sentence(_SEAM.sub(" ", said.zh), said.en)


def street_words(street: StreetName) -> Sentence:
    """Return what a street is called in each language, its number in brackets; empty if nameless.

    >>> street_words(StreetName("建设路", en="Jianshe Road", ref="G65")).en
    'Jianshe Road (G65)'
    """
    return Sentence(
        _numbered(street.zh or street.local, street.ref, "（{}）"),
        _numbered(street.en or street.local, street.ref, " ({})"),
    )


def distance_words(metres: float) -> Sentence:
    """Return a distance as a driver reads it.

    To 10 m below 100 m, to 50 m below 1 km, to 0.1 km below 10 km, to whole kilometres beyond.

    >>> distance_words(287).en, distance_words(990).en, distance_words(4.0).en
    ('300 m', '1 km', '10 m')
    """
    unit = 10 if metres < 95.0 else 50
    near = max(unit, int(metres / unit + 0.5) * unit)
    if near < 1000:
        return Sentence(f"{near} 米", f"{near} m")
    kilometres = metres / 1000.0
    figure = f"{kilometres:.1f}".removesuffix(".0") if kilometres < 9.95 else f"{kilometres:.0f}"
    return Sentence(f"{figure} 公里", f"{figure} km")


def _numbered(name: str, ref: str, brackets: str) -> str:
    if not name or name == ref:
        return ref
    return name + brackets.format(ref) if ref else name


def _depart(step: Step) -> Sentence:
    street, far = street_words(step.street), distance_words(step.metres)
    zh = f"沿{street.zh}行驶 {far.zh}" if street.zh else f"出发，行驶 {far.zh}"
    en = f"Drive {far.en} along {street.en}" if street.en else f"Set out and drive {far.en}"
    return Sentence(zh, en)


def _turn(step: Step) -> Sentence:
    return _onto(_turning(step), step.street)


def _continue(step: Step) -> Sentence:
    way = _turning(step)
    if step.modifier is Modifier.UTURN:
        return _along(way, step.street)
    street = street_words(step.street)
    zh = f"{way.zh}，继续沿{street.zh}行驶" if street.zh else f"{way.zh}，沿路继续行驶"
    en = f"{way.en} to stay on {street.en}" if street.en else f"{way.en} to stay on the road"
    return Sentence(zh, en)


def _new_name(step: Step) -> Sentence:
    street = street_words(step.street)
    return Sentence(
        f"继续行驶，进入{street.zh or '前方道路'}",
        f"Continue on to {street.en or 'the road ahead'}",
    )


def _end_of_road(step: Step) -> Sentence:
    way = _turning(step)
    start = Sentence(f"在道路尽头{way.zh}", f"At the end of the road {_small(way.en)}")
    return _onto(start, step.street)


def _fork(step: Step) -> Sentence:
    keep = _keep(step)
    return _onto(Sentence(f"在岔路口{keep.zh}", f"At the fork {_small(keep.en)}"), step.street)


def _on_ramp(step: Step) -> Sentence:
    way = _turning(step)
    return _towards(
        Sentence(f"{way.zh.removesuffix('行驶')}驶入匝道", f"{way.en} on to the ramp"), step.street
    )


def _off_ramp(step: Step) -> Sentence:
    if step.modifier in _LEFTWARD:
        start = Sentence("从左侧出口驶出", "Take the exit on the left")
    elif step.modifier in _RIGHTWARD:
        start = Sentence("从右侧出口驶出", "Take the exit on the right")
    else:
        start = Sentence("从出口驶出", "Take the exit")
    return _towards(start, step.street)


def _merge(step: Step) -> Sentence:
    street = street_words(step.street)
    if step.modifier in _LEFTWARD:
        side = Sentence("向左", " left")
    elif step.modifier in _RIGHTWARD:
        side = Sentence("向右", " right")
    else:
        side = Sentence("", "")
    return Sentence(
        f"{side.zh}汇入{street.zh or '主路'}", f"Merge{side.en} into {street.en or 'the main road'}"
    )


def _roundabout(step: Step) -> Sentence:
    if step.exit is None:
        return Sentence("驶入环岛", "Enter the roundabout")
    start = Sentence(
        f"进入环岛，从第 {step.exit} 个出口驶出",
        f"At the roundabout take the {_ordinal(step.exit)} exit",
    )
    return _onto(start, step.street)


def _exit_roundabout(step: Step) -> Sentence:
    if step.exit is None:
        return _onto(Sentence("驶出环岛", "Leave the roundabout"), step.street)
    start = Sentence(
        f"从第 {step.exit} 个出口驶出环岛",
        f"Leave the roundabout by the {_ordinal(step.exit)} exit",
    )
    return _onto(start, step.street)


def _arrive(step: Step) -> Sentence:
    if step.modifier in _LEFTWARD:
        return Sentence("到达目的地，在道路左侧", "You are there, on the left")
    if step.modifier in _RIGHTWARD:
        return Sentence("到达目的地，在道路右侧", "You are there, on the right")
    return Sentence("到达目的地", "You are there")


_SENTENCES = {
    StepType.DEPART: _depart,
    StepType.TURN: _turn,
    StepType.CONTINUE: _continue,
    StepType.NEW_NAME: _new_name,
    StepType.END_OF_ROAD: _end_of_road,
    StepType.FORK: _fork,
    StepType.ON_RAMP: _on_ramp,
    StepType.OFF_RAMP: _off_ramp,
    StepType.MERGE: _merge,
    StepType.ROUNDABOUT: _roundabout,
    StepType.EXIT_ROUNDABOUT: _exit_roundabout,
    StepType.ARRIVE: _arrive,
}


def _turning(step: Step) -> Sentence:
    return _TURN[step.modifier or Modifier.STRAIGHT]


def _keep(step: Step) -> Sentence:
    """Return which way to keep at a fork: the sides of a fork are hardly turns."""
    if step.modifier is Modifier.SLIGHT_LEFT:
        return Sentence("靠左", "Keep left")
    if step.modifier is Modifier.SLIGHT_RIGHT:
        return Sentence("靠右", "Keep right")
    return _turning(step)


def _onto(start: Sentence, street: StreetName) -> Sentence:
    """Return the manoeuvre with the street it leads into, if that has a name."""
    if street == _NAMELESS:
        return start
    name = street_words(street)
    joint = "" if start.zh.endswith(("左转", "右转", "急转", "直行")) else "，"
    return Sentence(f"{start.zh}{joint}进入{name.zh}", f"{start.en} on to {name.en}")


def _along(start: Sentence, street: StreetName) -> Sentence:
    if street == _NAMELESS:
        return start
    name = street_words(street)
    return Sentence(f"{start.zh}，沿{name.zh}行驶", f"{start.en} and drive back along {name.en}")


def _towards(start: Sentence, street: StreetName) -> Sentence:
    if street == _NAMELESS:
        return start
    name = street_words(street)
    return Sentence(f"{start.zh}，往{name.zh}", f"{start.en} for {name.en}")


def _small(text: str) -> str:
    """Return a sentence's beginning as it stands inside one."""
    return text[0].lower() + text[1:]


def _ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th.

    >>> [_ordinal(n) for n in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    if number % 100 in _TEENS:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
