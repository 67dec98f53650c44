"""What is said to a caller, in both languages; it names roads and pipes, never people."""

from __future__ import annotations

from datetime import datetime, tzinfo

from domain.durations import DurationEstimate
from domain.eta import Eta, said_range
from domain.incidents import Etr, Incident
from domain.network import PipeNetwork
from domain.sentences import Language, Sentence
from domain.told_time import told_time
from domain.words import Symptom
from maps.words import phrases_of
from operations.calling.progress_of import COMING
from operations.incidents.of_incident import road_of


def cause_of(network: PipeNetwork, incident: Incident) -> Sentence:
    """Return what is wrong and under which road, as a clause."""
    link = network.link_by_id.get(incident.link or "")
    road = road_of(network, incident.link)
    size = f"DN{link.dn}" if link and link.dn else ""
    at = f" at {road}" if road else ""
    if incident.symptom is Symptom.BURST:
        return Sentence(f"{road}{size}水管爆裂", _plain(f"a burst {size} main{at}"))
    if incident.symptom is Symptom.CONSTRUCTION_DAMAGE:
        return Sentence(
            f"施工挖断{road}{size}水管", _plain(f"a {size} main{at} damaged by construction")
        )
    zh, en = (
        phrases_of(language, "common")[f"symptom.{incident.symptom}"] for language in Language
    )
    return Sentence(f"{road}{zh}", f"{en.lower()}{at}")


def cause_after(network: PipeNetwork, child: Incident, parent: Incident) -> Sentence:
    """Return what is wrong since or after another incident, as a clause."""
    own, before = cause_of(network, child), cause_of(network, parent)
    if child.symptom in {Symptom.NO_WATER, Symptom.LOW_PRESSURE}:
        return Sentence(f"{before.zh}抢修后仍未恢复供水", f"supply not back since {before.en}")
    if child.symptom is Symptom.WATER_QUALITY:
        return Sentence(f"{before.zh}抢修后的{own.zh}问题", f"{own.en} after {before.en}")
    return own


def until(
    etr: Etr | None,
    now: datetime,
    zone: tzinfo,
    *,
    passed: bool,
    basis: DurationEstimate | None = None,
) -> Sentence:
    """Return when supply is back, and by when at the latest; ``basis`` is what that rests on.

    ``passed`` if a time was told that did not come true.
    """
    if etr is not None:
        at, latest = told_time(etr.at, now, zone), _latest(etr, basis, now, zone)
        return Sentence(
            f"预计{at.zh}左右恢复{latest.zh}。", f"It should be back about {at.en}{latest.en}."
        )
    if passed:
        return Sentence("恢复时间正在更新。", "A new time is being worked out.")
    return Sentence("恢复时间还不能确定。", "We cannot say yet when it will be back.")


def _latest(etr: Etr, basis: DurationEstimate | None, now: datetime, zone: tzinfo) -> Sentence:
    """Return by when at the latest, as a clause; empty where nobody reckoned that."""
    if etr.latest is None:
        return Sentence("", "")
    at = told_time(etr.latest, now, zone)
    rests = Sentence("", "") if basis is None else rests_on(basis, now)
    return Sentence(
        f"，最迟{at.zh}（九成把握{rests.zh}）",
        f", by {at.en} at the latest (nine times in ten{rests.en})",
    )


def rests_on(basis: DurationEstimate, now: datetime) -> Sentence:
    """Return what an estimate rests on and how old that is, as a clause behind a comma."""
    if basis.learned_at is None:
        return Sentence("，按预设工时推算", ", by preset times for such work")
    days = max(0, (now - basis.learned_at).days)
    ago = Sentence(f"{days}天前", f"{days} day{'s'[: days != 1]} ago") if days else _TODAY
    return Sentence(
        f"，依据{basis.jobs}次同类抢修，{ago.zh}学习",
        f", from {basis.jobs} repairs like it, learned {ago.en}",
    )


_TODAY = Sentence("今天", "today")


def with_arrival(progress: Sentence, eta: Eta | None, now: datetime, zone: tzinfo) -> Sentence:
    """Return how far the work is and when a crew arrives, as a clause without a full stop."""
    if eta is None:
        return progress
    arrives = said_range(eta, now, zone)
    if progress in COMING:
        return Sentence(f"{progress.zh}，{arrives.zh}", f"{progress.en}, {arrives.en}")
    return Sentence(
        f"{progress.zh}。抢修人员{arrives.zh}", f"{progress.en}. The next crew is {arrives.en}"
    )


def no_water(cause: Sentence, progress: Sentence, back: Sentence) -> Sentence:
    """Return the script for a place that is dry."""
    return Sentence(
        f"很抱歉给您带来不便。您家停水是因为{cause.zh}，{progress.zh}。{back.zh}",
        f"We are sorry for the trouble. Your water is off because of {cause.en}. "
        f"{progress.en}. {back.en}",
    )


def will_be_off(cause: Sentence, progress: Sentence, back: Sentence) -> Sentence:
    """Return the script for a place that a burst has dry, or that its isolation will dry."""
    return Sentence(
        f"您家附近{cause.zh}，您家已经停水，或抢修时将要停水，请先存些水。{progress.zh}。{back.zh}",
        f"There is {cause.en} near you. Your water is off already, or will be for the repair; "
        f"store some if you can. {progress.en}. {back.en}",
    )


def suspected(cause: Sentence, progress: Sentence) -> Sentence:
    """Return the script for a place where something may be wrong."""
    return Sentence(
        f"我们接到了您家附近的报修：{cause.zh}，还没有确认停水范围。{progress.zh}。",
        f"A fault was reported near you: {cause.en}. Nobody has confirmed yet whose water is off. "
        f"{progress.en}.",
    )


def planned(cause: Sentence, off: Sentence, back: Sentence) -> Sentence:
    """Return the script for a place whose water will be off as planned."""
    return Sentence(
        f"您家{off.zh}到{back.zh}停水，原因是{cause.zh}。请提前存水，不便之处敬请谅解。",
        f"Your water will be off from {off.en} to {back.en} because of {cause.en}. "
        "Please store some before; we are sorry for the trouble.",
    )


def restored(at: datetime, now: datetime, zone: tzinfo) -> Sentence:
    """Return the script for a place that has water again."""
    when = told_time(at, now, zone)
    return Sentence(
        f"您家的供水已于{when.zh}恢复。请先开低处的龙头放水两分钟；如果仍然没水，请让我们登记。",
        f"Your supply was restored at {when.en}. Run a low tap for two minutes first; "
        "if there is still no water, let us register it.",
    )


def nothing_known() -> Sentence:
    """Return the script for a place of which nothing is known."""
    return Sentence(
        "目前没有您家停水的消息，但不等于没有停水。如果家里没水，请让我们登记报修。",
        "We know of nothing that would affect your water, which does not mean that nothing is "
        "wrong. If you have none, let us register it.",
    )


def place_unknown() -> Sentence:
    """Return the script for a place that was not found, or could be several."""
    return Sentence(
        "没有找到唯一的地点。请说出路名和门牌号，或者户号。",
        "That could not be found, or could be several places. "
        "Tell us the road and number, or the account number.",
    )


def _plain(text: str) -> str:
    return " ".join(text.split())
