"""What a slide of a plan's own can show by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planwerk import blocks as b
from planwerk.compose.sections import (
    competition,
    goals,
    people_pictures,
    reviews,
    risks,
    tasks,
    white_space,
)
from planwerk.compose.view import View
from planwerk.model.slides import TableName

Show = Callable[[View], b.Block | None]
"""Makes what is shown; None where the reader gets nothing of it."""
WISHES = ("change_wish", "initiative")


def _goals(view: View) -> b.Block | None:
    return goals.table(view, view.period) if view.period and view.period.plan.goals else None


def _course(view: View) -> b.Block | None:
    return tasks.timeline(view, view.period) if view.period else None


def _tasks(view: View) -> b.Block | None:
    there = view.period is not None and view.period.tasks.tasks
    return tasks.by_side(view, undone=True) if there else None


def _wishes(view: View) -> b.Block | None:
    return reviews.quotes(view, WISHES)


def _people(view: View) -> b.Block | None:
    return people_pictures.grid(view) if view.account.stakeholders and view.internal else None


def _risks(view: View) -> b.Block | None:
    return risks.matrix(view) or risks.listing(view)


SHOWN: Mapping[TableName, Show] = {
    "goals": _goals, "course": _course, "tasks": _tasks, "decisions": tasks.decisions,
    "commitments": reviews.commitments, "next_steps": reviews.next_steps,
    "problems": reviews.problems, "wishes": _wishes, "risks": _risks,
    "white_space": white_space.matrix, "stakeholders": _people,
    "competitors": competition.competitors,
}  # fmt: skip
