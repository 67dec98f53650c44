"""What `mainbreak demo` says once it runs: where to look, and as whom."""

from __future__ import annotations

from datetime import datetime

from domain.sentences import Sentence
from mainbreak.console import say
from mainbreak.demo.logins import PASSWORD

#: Page, login, and what it is for, in the order a visitor should look.
_PAGES = (
    ("/console", "dispatcher", Sentence("调度台：事件、关阀、派工", "incidents, valves, crews")),
    ("/desk", "agent", Sentence("坐席：接报修、答复来电", "take calls, answer callers")),
    ("/crew", "{crew}", Sentence("班组手机（c01 至 c12）", "a crew's phone (c01 to c12)")),
    ("/outages", "-", Sentence("公众停水查询，无需登录", "for the public, without a log-in")),
)

_TITLE = Sentence(
    "mainbreak 演示 · {town}，模拟时间 {now:%H:%M}，{speed:g} 倍速",
    "mainbreak demo: {town}, {now:%H:%M} simulated, {speed:g} times as fast as time",
)
_PASSWORD = Sentence(
    "所有登录名的密码：{password}。只有本机能打开这些页面。",
    "Everybody's password: {password}. Only this machine reaches these pages.",
)
_STOP = Sentence("按 Ctrl+C 停止。", "Ctrl+C stops it.")


def welcome(language: str, url: str, town: str, now: datetime, speed: float, crew: str) -> None:
    """Print the addresses, who logs in where, and how it ends; ``crew`` is one that is busy."""
    say("")
    say(_TITLE.in_language(language).format(town=town, now=now, speed=speed))
    say("")
    for path, login, what in _PAGES:
        said = what.in_language(language)
        say(f"  {url + path:<31}{login.format(crew=crew):<12}{said}")
    say("")
    say(_PASSWORD.in_language(language).format(password=PASSWORD))
    say(_STOP.in_language(language))
