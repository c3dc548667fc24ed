"""Days told by other records (`14 days after consent-text`), turned into days of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from planwerk.model.plan import Plan, Task, TaskFile
from planwerk.model.types import OPEN, After, Unknown


class Lost(NamedTuple):
    """A task whose day cannot be told: `rule` is `unknown-reference` or `due-circle`."""

    task: Task
    rule: str
    of: str
    known: tuple[str, ...]


def resolve(file: TaskFile, plan: Plan) -> tuple[TaskFile, list[Lost]]:
    """The tasks with days in place of relative ones, and the tasks for which that is not to be.

    A task that is done counts from the day it was done, else from the day it is due. What
    hangs on an open day is open.
    """
    if not any(isinstance(task.due, After) for task in file.tasks):
        return file, []
    known: dict[str, date | Unknown | Task] = {"start": plan.from_, "end": plan.to}
    known |= {milestone.id: milestone.on for milestone in file.milestones}
    known |= {task.id: task for task in file.tasks}
    lost: list[Lost] = []
    tasks = []
    for task in file.tasks:
        if isinstance(task.due, After):
            found = _day(task.due, known, (task.id,))
            if isinstance(found, str):
                rule = "due-circle" if found in known else "unknown-reference"
                lost.append(Lost(task, rule, found, tuple(known)))
                found = OPEN
            task = task.model_copy(update={"due": found})
        tasks.append(task)
    return file.model_copy(update={"tasks": tuple(tasks)}), lost


def _day(
    due: After, known: Mapping[str, date | Unknown | Task], through: tuple[str, ...]
) -> date | Unknown | str:
    """The day meant, or the id that leads nowhere or back."""
    if due.of in through or due.of not in known:
        return due.of
    start = known[due.of]
    if isinstance(start, Task):
        if isinstance(start.done_on, date):
            start = start.done_on
        elif isinstance(start.due, After):
            inner = _day(start.due, known, (*through, due.of))
            if isinstance(inner, str):
                return inner
            start = inner
        else:
            start = start.due
    return start + timedelta(days=due.days) if isinstance(start, date) else OPEN
