"""The measures in words, with their units."""

from __future__ import annotations

from domain.sentences import Sentence

#: Source: docs/simulation.md says what each is.
SAID: dict[str, Sentence] = {
    "customer_minutes": Sentence("停水户分钟，合计", "customer-minutes, all"),
    "avoidable": Sentence("其中爆管可避免的", "avoidable, of bursts"),
    "burst_minutes": Sentence("爆管停水户分钟", "customer-minutes of bursts"),
    "small_minutes": Sentence("小型停水户分钟", "customer-minutes of small outages"),
    "small_waiting": Sentence("其中等候到场的", "of these, until work began"),
    "long_minutes": Sentence("停水 3 小时以上的户分钟", "customer-minutes of 3 h and more"),
    "late_minutes": Sentence("到场超时分钟", "late minutes"),
    "misses_p1": Sentence("P1 到场超时", "P1 misses"),
    "misses_p2": Sentence("P2 到场超时", "P2 misses"),
    "misses_p3": Sentence("P3 到场超时", "P3 misses"),
    "misses_p4": Sentence("P4 到场超时", "P4 misses"),
    "km": Sentence("行车公里", "km driven"),
    "crew_changes": Sentence("换班组", "crew changes"),
    "called_off": Sentence("中断或改派", "interrupted or diverted"),
    "undone_hours": Sentence("当晚未完成工时", "hours undone in the evening"),
}

A_DAY = Sentence("每天平均", "mean of a day")

STRAIGHT = Sentence(
    "注意：没有街道，行车时间按直线估算（20 km 见方的平面）。",
    "Note: no streets; driving times are straight-line estimates on a plane of 20 km by 20 km.",
)


def missing(names: str) -> Sentence:
    """Return that policies were left out because their program is not installed."""
    return Sentence(
        f"未安装，已略去：{names}（pip install pyvroom）。",
        f"Not installed and left out: {names} (pip install pyvroom).",
    )
