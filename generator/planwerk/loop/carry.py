"""What a period leaves to the next: each thing is kept, changed or dropped, never forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planwerk.loop.finding import day_of, known
from planwerk.model.measured import Measured
from planwerk.model.named import wishes
from planwerk.model.plan import Review
from planwerk.model.portfolio import Period
from planwerk.model.record import Record

MISSED = ("missed", "close_missed")


@dataclass(frozen=True, slots=True)
class Left:
    """A thing that a period leaves: its name as `carried` writes it (`task:form`), what it is
    called, and the day it was due, where it had one."""

    name: str
    what: str
    record: Record
    day: date | None = None

    @property
    def kind(self) -> str:
        """`kpi`, `task`, `next_step`, `problem` or `wish`."""
        return self.name.partition(":")[0]


def left_behind(period: Period, results: tuple[Measured, ...]) -> Iterator[Left]:
    """What of a period was missed and not waived, promised and not kept, wished for, or is open."""
    review = period.review or Review()
    waived = {o.kpi for o in review.outcomes if known(o.waived_because)}
    planned = {kpi.kpi: kpi for kpi in period.plan.kpis}
    for result in results:
        if result.status in MISSED and result.kpi not in waived:
            yield Left(f"kpi:{result.kpi}", result.kpi, planned[result.kpi])
    for task in period.tasks.tasks:
        if not day_of(task.done_on):
            yield Left(f"task:{task.id}", task.title, task, day_of(task.due_day))
    for step in review.next_steps:
        yield Left(f"next_step:{step.id}", step.title, step, day_of(step.due))
    for problem in review.problems:
        if not day_of(problem.answered_on):
            yield Left(f"problem:{problem.id}", problem.title, problem, day_of(problem.answer_due))
    for name, wish in wishes(review).items():
        yield Left(f"wish:{name}", wish.quote, wish, day_of(wish.on))
