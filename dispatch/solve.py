"""The front door: a greedy plan at once, then as much better as the time allows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from dispatch import rules
from dispatch.draft import Draft
from dispatch.greedy import complete, greedy_draft
from dispatch.improve import LEAST_GAIN, Limit, polish
from dispatch.ortools_model import RoutingModel
from dispatch.plans import plan_of
from dispatch.problem import Problem
from dispatch.salvage import keep_running, salvage
from dispatch.tables import Tables
from domain.plans import Plan
from domain.progress import Progress, quiet

#: Above so many orders the routing model finds next to nothing in its share of the time.
#: Source: measured, see docs/plan.md.
MOST_FOR_OR_TOOLS = 200

#: Steps of polishing before and after OR-Tools: about 5 s in all at 120 orders.
STEPS_FIRST, STEPS_LAST = 2000, 700

#: OR-Tools starts anew from the best draft so many times, each for so many solutions: its model
#: is exact around the draft it starts from. The later, cheaper half is timed and repaired.
ROUNDS, SOLUTIONS = 2, 24

#: The running plan stands unless the search's is cheaper by this, seconds of travel: a crew's day
#: is not turned about for little. Source: mainbreak default, five minutes of driving.
LEAST_CHANGE = 300.0

#: What ``Plan.engine`` says where the referee faults the search's plan: a fault of mainbreak.
REFUSED = "greedy; the search's plan was refused"

#: What ``Plan.engine`` calls the running plan, brought up to date.
RUNNING = "running plan"

#: Shares of the time after which polishing and OR-Tools make way.
FIRST_UNTIL, OR_TOOLS_UNTIL, LAST_UNTIL = 0.4, 0.75, 0.95


def greedy(problem: Problem) -> Plan:
    """Return the greedy plan: at once, and always."""
    plan = plan_of(greedy_draft(Tables.of(problem)), seed=0, engine="greedy")
    return replace(plan, greedy_cost=plan.cost, violations=rules.check(problem, plan))


def at_once(problem: Problem, *, seed: int = 1) -> Plan:
    """Return what ``solve`` returns without a search: the running plan completed, or greedy."""
    search = Search(Tables.of(problem), seed, 0.0, quiet)
    search.start_greedy()
    return search.plan()


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    seconds: float = 20.0,
    progress: Progress | None = None,
) -> Plan:
    """Return a plan that keeps every rule and costs no more than the greedy one.

    Nothing stays unassigned that fits somewhere beside the rest. The same problem and seed give
    the same plan unless the clock cut the search short, which ``Plan.engine`` then says. A running
    plan, brought up to date, stands where nothing is found that is cheaper by ``LEAST_CHANGE``.

    Parameters
    ----------
    seconds
        No search begins or goes on after this; most small days end earlier, by their steps.
    progress
        Told the fraction done (0..1) and what is being done.
    """
    search = Search(Tables.of(problem), seed, seconds, progress or quiet)
    search.start_greedy()
    search.polish(STEPS_FIRST, FIRST_UNTIL)
    search.try_or_tools()
    search.polish(STEPS_LAST, LAST_UNTIL)
    return search.plan()


@dataclass
class Search:
    """The best draft so far, what found it, and the time it may still take."""

    tables: Tables
    seed: int
    seconds: float
    tell: Progress
    engines: list[str] = field(default_factory=list)
    cut_short: bool = False
    running: Draft | None = None

    def __post_init__(self) -> None:
        """Start the clock."""
        self.begun = time.monotonic()
        self.random = Random(self.seed)

    def start_greedy(self) -> None:
        """Make the plan that stands if nothing better is found."""
        self.tell(0.0, "greedy plan")
        self.best = self.greedy = greedy_draft(self.tables)
        self.engines.append("greedy")
        if any(self.tables.problem.running.sequences.values()):
            self.running = keep_running(self.tables)
            self._take(self.running, RUNNING)

    def polish(self, steps: int, until: float) -> None:
        """Take a few orders out and put them back, many times."""
        limit = Limit(steps, self.begun + until * self.seconds)
        draft, finished = polish(self.best, limit, self.random, self._teller("polishing", until))
        self.cut_short = self.cut_short or not finished
        complete(draft)
        self._take(draft, "local search")

    def try_or_tools(self) -> None:
        """Search the routing model around the best draft; a failure changes nothing."""
        if not 0 < self.tables.n_orders <= MOST_FOR_OR_TOOLS or not self.tables.n_crews:
            return
        share = (OR_TOOLS_UNTIL - FIRST_UNTIL) * self.seconds / ROUNDS
        for number in range(ROUNDS):
            self.tell(FIRST_UNTIL + number * (OR_TOOLS_UNTIL - FIRST_UNTIL) / ROUNDS, "OR-Tools")
            if not self._or_tools_round(min(share, self._left(OR_TOOLS_UNTIL))):
                return

    def _or_tools_round(self, seconds: float) -> bool:
        """Return True if another round may find more."""
        if seconds <= 0.0:
            self.cut_short = True
            return False
        begun = time.monotonic()
        try:
            found = RoutingModel(self.best).solutions(SOLUTIONS, seconds)
        except Exception:  # whatever the solver raises, the plan at hand stands
            self.engines.append("OR-Tools failed")
            return False
        self.cut_short = self.cut_short or time.monotonic() - begun >= seconds
        before = self.best.cost
        for sequences in found[len(found) // 2 :]:
            self._take(salvage(self.tables, sequences), "OR-Tools")
        return self.best.cost < before

    def plan(self) -> Plan:
        """Return the best draft as a plan, or the greedy one if the referee prefers that."""
        problem = self.tables.problem
        self.tell(0.97, "checking and explaining")
        self._prefer_running()
        best = first = plan_of(self.greedy, seed=self.seed, engine=self._engine())
        if self.best is not self.greedy:
            best = plan_of(self.best, seed=self.seed, engine=self._engine())
        violations = rules.check(problem, best)
        most = first.cost["total"] + (LEAST_CHANGE if self.best is self.running else 0.0)
        if best is not first and (violations or best.cost["total"] > most):
            best, violations = replace(first, engine=REFUSED), rules.check(problem, first)
        self.tell(1.0, "plan ready")
        return replace(best, greedy_cost=first.cost, violations=violations)

    def _prefer_running(self) -> None:
        """Let the running plan stand where nothing clearly cheaper was found."""
        if self.running is not None and self.running.cost < self.best.cost + LEAST_CHANGE:
            self.best, self.engines = self.running, [RUNNING]

    def _engine(self) -> str:
        return " + ".join(self.engines) + (", stopped by the clock" if self.cut_short else "")

    def _take(self, draft: Draft, engine: str) -> None:
        if draft.cost < self.best.cost - LEAST_GAIN:
            self.best = draft
            if engine not in self.engines:
                self.engines.append(engine)

    def _left(self, until: float) -> float:
        return self.begun + until * self.seconds - time.monotonic()

    def _teller(self, what: str, until: float) -> Callable[[float], None]:
        start = 0.02 if until == FIRST_UNTIL else OR_TOOLS_UNTIL
        return lambda fraction: self.tell(start + fraction * (until - start), what)
