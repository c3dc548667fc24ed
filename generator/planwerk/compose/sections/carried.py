"""From one plan to the next: what the last one left, what was decided, which goal it became."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from planwerk import blocks as b
from planwerk.compose.view import View
from planwerk.model.measured import Measured
from planwerk.model.named import named
from planwerk.model.plan import Carried, Feedback, Goal, NextStep, PlanKpi
from planwerk.model.portfolio import Period
from planwerk.model.record import Record
from planwerk.model.types import Unknown

LEVELS: dict[str, b.Level] = {"keep": "run", "change": "plan", "drop": "neutral"}
KINDS = ("kpi", "next_step", "task", "problem", "wish")
"""The order in which what was left is told: misses first."""


@dataclass(frozen=True)
class Item:
    """Something carried into the view's period, with both of its ends as far as the reader
    sees them."""

    view: View
    period: Period
    carried: Carried

    @property
    def name(self) -> str:
        """Its name in the plan before: `kpi:nps`."""
        return self.carried.from_.partition("/")[2]

    @property
    def kind(self) -> str:
        """`kpi`, `task`, `problem` …"""
        return self.name.partition(":")[0]

    @cached_property
    def before(self) -> Period | None:
        """The period it comes from."""
        name = self.carried.from_.partition("/")[0]
        return next((p for p in self.view.account.periods if p.id == name), None)

    @cached_property
    def source(self) -> Record | None:
        """What was left."""
        return named(self.before).get(self.name) if self.before else None

    @cached_property
    def result(self) -> Measured | None:
        """How the KPI ended that was left."""
        kpi = self.source.kpi if isinstance(self.source, PlanKpi) else ""
        return self.before.result(kpi) if self.before else None

    @cached_property
    def step(self) -> NextStep | None:
        """The next step that the review agreed for it."""
        review = self.before.review if self.before else None
        return next((s for s in review.next_steps if s.for_ == self.name), None) if review else None

    @cached_property
    def became(self) -> Record | None:
        """What it is in the new plan."""
        became = self.carried.as_
        return None if isinstance(became, Unknown) else named(self.period).get(became)

    @property
    def lives_on(self) -> bool:
        """Whether it was kept or changed."""
        return self.carried.decision in ("keep", "change")


def items(view: View) -> list[Item]:
    """What was carried into the view's period, misses first; only what the reader may see."""
    if view.period is None:
        return []
    found = [Item(view, view.period, carried) for carried in view.period.plan.carried]
    seen = [item for item in found if item.source is not None]
    return sorted(seen, key=lambda item: KINDS.index(item.kind) if item.kind in KINDS else len(KINDS))  # fmt: skip


def table(view: View) -> b.Table | None:
    """What was left, what was decided, what it became, and why."""
    rows = tuple(_row(item) for item in items(view))
    if not rows:
        return None
    say = view.say
    columns = (
        b.Column(say("carried.left"), wide=True),
        b.Column(say("carried.decision")),
        b.Column(say("carried.becomes"), wide=True),
        b.Column(say("carried.why"), wide=True),
    )
    return b.Table(columns, rows, say("carried.label"))


def _row(item: Item) -> b.Row:
    view, carried = item.view, item.carried
    decision = carried.decision if carried.decision in LEVELS else "open"
    status = b.Status(LEVELS.get(decision, "open"), view.say(f"carried.{decision}"))
    became = item.became
    return b.Row(
        (
            view.sourced(b.Cell(b.text(_title(item.source, view)), note=_left(item)), carried),
            b.Cell(status=status),
            b.Cell(b.text(_title(became, view) if became else ""), note=_asks(item)),
            view.cell(carried.reason),
        ),
        origin=view.origin("carried", carried.from_),
        sources=view.sources(item.source, item.step, became),
    )


def _title(record: Record | None, view: View) -> str:
    """What a record is called."""
    if isinstance(record, PlanKpi):
        return view.kpi_name(record.kpi)
    if isinstance(record, Feedback):
        return view.say("carried.quoted", words=view.text(record.quote))
    words = next((w for key in ("title", "question", "text") if (w := getattr(record, key, ""))), "")  # fmt: skip
    return view.text(words)


def _left(item: Item) -> str:
    """What kind of thing it was, how it ended, and the next step agreed for it."""
    view, parts = item.view, []
    if result := item.result:
        ended = view.value(result.actual, result)
        target = view.say("review.instead_of", target=view.value(result.target, result))
        parts.append(view.say("carried.missed", ended=ended, target=target))
    elif item.kind in KINDS:
        parts.append(view.say(f"carried.kind.{item.kind}"))
    if step := item.step:
        who = view.name(step.accountable)
        parts.append(view.say("carried.step", title=view.text(step.title), who=who, day=view.day(step.due)))  # fmt: skip
    return ". ".join(parts)


def _asks(item: Item) -> str:
    """The new target, where the goal measures the KPI that was missed."""
    if not isinstance(item.became, Goal) or not isinstance(item.source, PlanKpi):
        return ""
    kpi = item.source.kpi
    result = item.period.result(kpi) if kpi in item.became.kpis else None
    if result is None or result.target is None:
        return ""
    return item.view.say("kpis.target", value=item.view.value(result.target, result))


def headline(view: View) -> str:
    """The finding: how many misses became part of the new plan, else how much lives on."""
    found = items(view)
    if any(item.carried.decision not in LEVELS for item in found):
        undecided = sum(item.carried.decision not in LEVELS for item in found)
        return view.sentence(view.say("carried.undecided_title", count=undecided, number=view.in_words(undecided)))  # fmt: skip
    misses = [item for item in found if item.kind == "kpi"]
    on: Callable[[list[Item]], int] = lambda of: sum(item.lives_on for item in of)  # noqa: E731
    key, count = ("misses", on(misses)) if misses else ("items", on(found))
    total = view.in_words(len(misses or found))
    return view.sentence(view.say(f"carried.{key}_title", count=count, number=view.in_words(count), total=total))  # fmt: skip


def section(view: View) -> tuple[b.Section, ...]:
    """The table under its heading; nothing where nothing was carried."""
    found = table(view)
    return (b.Section(found.label, (found,), headline(view)),) if found else ()


def slides(view: View) -> Iterator[b.Slide]:
    """From miss to next step to goal, on one slide."""
    if found := table(view):
        yield b.Slide(view.say("carried.label"), headline(view), found, origin=view.origin("carried"))  # fmt: skip
