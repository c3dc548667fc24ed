"""Totals and counts, added up again from the records; each formula says where it comes from.

Nothing of `compose/`, `loop/` or `rollup.py` is asked: what they say is what is held against this.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from planwerk.model.account import WhiteSpaceCell
from planwerk.model.plan import Goal, Task
from planwerk.model.portfolio import Period
from planwerk.model.risk import Risk
from truth.facts import World, current, names_of
from truth.passages import Passage, plain
from truth.sentences import Said

Value = Decimal | date
Gaps = Mapping[str, tuple[Value, ...]]
OURS, OPEN_STATES = ("won", "at_risk"), ("gap", "idea", "opportunity")
GOOD = ("reached", "on_track")
ORDER = ("missed", "at_risk", "close_missed", "close", "on_track", "reached")


def n(value: int) -> tuple[Value, ...]:
    """A count as a true value."""
    return (Decimal(value),)


def _same(gaps: Gaps, said: Said, passage: Passage) -> Gaps:
    """The same whatever was said."""
    return gaps


def _high(risk: Risk) -> bool:
    """Probability times severity of at least 12 of 25 (the outputs print the rule)."""
    return risk.probability.isdigit() and risk.severity.isdigit() and int(risk.probability) * int(risk.severity) >= 12  # fmt: skip


@dataclass
class Sums:
    """The totals of an account, for one audience; `about` is the period that a file speaks of."""

    world: World
    about: Period | None
    checks: dict[str, Callable[[Said, Passage], Gaps | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.checks = {**self._tasks(), **self._goals(), **self._space()}  # fmt: skip

    def gaps(self, said: Said, passage: Passage) -> Gaps | None:
        """What must stand in the gaps of a sentence; None where that is not known here."""
        key = said.key
        for _ in range(2):
            if key in self.checks:
                return self.checks[key](said, passage)
            key = key.rpartition(".")[0]
        return None

    # --- tasks ----------------------------------------------------------------------------------

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of the period that runs."""
        period = current(self.world)
        return period.tasks.tasks if period else ()

    def late(self, task: Task) -> bool:
        """Past its day and not done (field.md: a task is late from the day after it was due)."""
        return isinstance(task.due, date) and task.due < self.world.today and not isinstance(task.done_on, date)  # fmt: skip

    def side(self, task: Task) -> str:
        """Who is accountable: the client, we, or a partner by its name."""
        kind, _, _ = task.accountable.rpartition(":")
        if kind == "partner":
            return plain(names_of(self.world.seen, self.world.account)[task.accountable])
        return kind or "us"

    def state(self, task: Task) -> str:
        """done, late, waiting (for a late task, past its own start), running, planned."""
        today = self.world.today
        begun = isinstance(task.start, date) and task.start <= today
        if isinstance(task.done_on, date):
            return "done"
        if self.late(task):
            return "late"
        others = {t.id: t for t in self.tasks}
        if begun and any(self.late(others[name]) for name in task.depends_on if name in others):
            return "waiting"
        return "running" if begun else "planned"

    def _tasks(self) -> dict[str, Callable[[Said, Passage], Gaps | None]]:
        tasks, today = self.tasks, self.world.today
        undone = [t for t in tasks if not isinstance(t.done_on, date)]
        states = Counter(map(self.state, tasks))
        horizon = today + timedelta(days=30)
        start = current(self.world).plan.from_ if self.world.account.periods else today  # type: ignore[union-attr]
        first = max(today, start) + timedelta(days=30)
        soon = [t for t in undone if isinstance(t.due, date) and t.due <= horizon]
        begin = [t for t in undone if isinstance(t.due, date) and t.due <= first]
        late = states["late"]
        return {
            "tasks.done_of": self._side,
            "tasks.late": self._side,
            "tasks.some_late": lambda s, p: {"number": n(late), "total": n(len(tasks)), "": n(late)},
            "tasks.in_time": lambda s, p: {"number": n(len(undone))},
            "tasks.description": lambda s, p: {"count": n(len([t for t in tasks if isinstance(t.due, date)])), "late": n(late)},
            "tasks.next_title": lambda s, p: {"number": n(len(undone)), "day": (horizon,), "soon": n(len(soon))},
            "tasks.next_all": lambda s, p: {"number": n(len(undone)), "day": (horizon,)},
            "deck.first_days_title": lambda s, p: {"number": n(len(begin)), "day": (first,)},
            **{f"tasks.count.{state}": partial(_same, {"count": n(states[state])}) for state in ("late", "waiting", "running", "planned", "done")},
        }  # fmt: skip

    def _side(self, said: Said, passage: Passage) -> Gaps | None:
        """ "2 von 7 erledigt": of the side that is named before it, or else above it."""
        names = {plain(self.short_client): "client", plain(self.short_us): "us"}
        names |= {self.side(t): self.side(t) for t in self.tasks if t.accountable.startswith("partner:")}  # fmt: skip
        if passage.kind == "scale":
            return self._tally(list(names.values()), said)
        before = passage.words.partition(said.text)[0]
        for words in (before, *reversed(passage.above), passage.words):
            hits = [(words.rfind(name), side) for name, side in names.items() if name in words]
            if hits:
                return self._tally([max(hits)[1]], said)
        return self._tally([*names.values(), ""], said)

    def _tally(self, sides: list[str], said: Said) -> Gaps:
        done, total, late = set[int](), set[int](), set[int]()
        for side in sides:
            mine = [t for t in self.tasks if not side or self.side(t) == side]
            done.add(sum(isinstance(t.done_on, date) for t in mine))
            total.add(len(mine))
            late.add(sum(map(self.late, mine)))
        return {"done": tuple(map(Decimal, done)), "total": tuple(map(Decimal, total)), "count": tuple(map(Decimal, late))}  # fmt: skip

    @property
    def short_client(self) -> str:
        """The client's name without its legal form."""
        name = self.world.account.profile.name
        for form in (
            " GmbH & Co. KG",
            " GmbH",
            " AG",
            " SE",
            " KG",
            " Ltd",
            " plc",
            " PLC",
            " Inc.",
        ):
            name = name.removesuffix(form)
        return name

    @property
    def short_us(self) -> str:
        """What we are called for short."""
        house = self.world.seen.workspace.organisation
        return str(house.short or house.name)

    # --- goals and KPIs ---------------------------------------------------------------------------

    def status(self, goal: Goal, period: Period) -> str:
        """A goal is as its worst KPI; one that nothing measures is not counted."""
        found = {r.status for kpi in goal.kpis if (r := period.result(kpi))}
        return next((s for s in ORDER if s in found), "unknown")

    def _goals(self) -> dict[str, Callable[[Said, Passage], Gaps | None]]:
        def counted(what: str, over: bool, said: Said, passage: Passage) -> Gaps:
            good, total = set[int](), set[int]()
            for period in self.periods(over):
                goals = [self.status(g, period) for g in period.plan.goals if g.kpis]
                states = goals if what == "goals" else [r.status for r in period.results]
                good.add(sum(s == "reached" if over else s in GOOD for s in states))
                total.add(len(states))
            return {"good": tuple(map(Decimal, good)), "total": tuple(map(Decimal, total)), "": tuple(map(Decimal, good))}  # fmt: skip

        made: dict[str, Callable[[Said, Passage], Gaps | None]] = {}
        for what in ("goals", "kpis"):
            for key, over in (("on_course", False), ("reached", True)):
                for end in ("", "_all", "_only"):
                    made[f"{what}.{key}{end}"] = lambda s, p, what=what, over=over: counted(what, over, s, p)  # type: ignore[misc]  # fmt: skip
        made["deck.annex_title"] = lambda s, p: {"number": tuple(Decimal(len(x.plan.kpis)) for x in self.world.account.periods)}  # fmt: skip
        made["deck.goals_title"] = lambda s, p: {"number": tuple(Decimal(len(x.plan.goals)) for x in self.world.account.periods)}  # fmt: skip
        made["review.reached_title"] = lambda s, p: {
            "number": self._ended(lambda r: r == "reached")
        }
        made["review.missed_title"] = lambda s, p: {"number": self._ended(lambda r: r in ("missed", "close_missed"))}  # fmt: skip
        return made

    def periods(self, over: bool) -> list[Period]:
        """The periods that are over, or those that are not."""
        return [p for p in self.world.account.periods if (p.plan.to < self.world.today) == over]

    def _ended(self, which: Callable[[str], bool]) -> tuple[Value, ...]:
        return tuple(Decimal(sum(which(r.status) for r in p.results)) for p in self.periods(True))

    # --- white space ------------------------------------------------------------------------------

    @staticmethod
    def worth(cell: WhiteSpaceCell) -> Decimal | None:
        """Our revenue where it is ours, else what could be earned (format.md, whitespace.csv)."""
        value = cell.ours if cell.state in OURS else cell.potential
        return value if isinstance(value, Decimal) else None

    def worth_of(self, *states: str, departments: Iterable[str] | None = None) -> Decimal:
        """The sum of what cells in these states are worth."""
        cells = (c for c in self.world.account.whitespace if c.state in states and (departments is None or c.department in set(departments)))  # fmt: skip
        return sum((v for c in cells if (v := self.worth(c)) is not None), Decimal(0))

    def _space(self) -> dict[str, Callable[[Said, Passage], Gaps | None]]:
        account = self.world.account
        unknown = [d.id for d in account.departments if d.contacted is not True]
        whole = self.worth_of(*OPEN_STATES)
        there = self.worth_of(*OPEN_STATES, departments=unknown)
        share = (there / whole * 100) if whole else Decimal(0)
        reached = [d.id for d in account.departments if d.id not in unknown]
        if any(
            x.department is None or x.department == "whole-company" for x in account.stakeholders
        ):
            reached.append("whole-company")
        risks = current(self.world).risks.risks if account.periods else ()  # type: ignore[union-attr]
        left = [r for r in risks if not isinstance(r.closed_on, date)]
        known = [r.amount_at_risk for r in left if isinstance(r.amount_at_risk, Decimal)]
        return {
            "white_space.headline_unreached": lambda s, p: {"amount": (whole,), "share": (share,)},
            "white_space.headline": lambda s, p: {"amount": (whole,)},
            "one_page.space": lambda s, p: {"amount": (whole,)},
            "strategy_map.headline": lambda s, p: {"amount": (there,), "number": n(len(unknown))},
            "strategy_map.headline_unknown": lambda s, p: {"number": n(len(unknown))},
            "strategy_map.behind": lambda s, p: {"amount": (there,)},
            "strategy_map.departments": lambda s, p: {"number": (Decimal(len(unknown)), Decimal(len(reached)))},
            "strategy_map.persons": lambda s, p: {"number": (Decimal(sum(x.department in unknown for x in account.stakeholders)), Decimal(sum(x.department not in unknown for x in account.stakeholders)))},
            "risks.headline": lambda s, p: {"number": n(len(left))},
            "risks.of_them_high": lambda s, p: {"high": n(sum(map(_high, left))), "": n(sum(map(_high, left)))},
            "risks.headline_amount": lambda s, p: {"amount": (sum(known, Decimal(0)),)},
            "risks.headline_least": lambda s, p: {"amount": (sum(known, Decimal(0)),)},
        }  # fmt: skip
