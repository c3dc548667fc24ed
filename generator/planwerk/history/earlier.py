"""When the records of an account first stood in its plans, out of its steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planwerk.history.moves import carried
from planwerk.model.history import Spot, Step

KINDS = frozenset({"Insight", "Risk", "ClientProblem", "Task", "Goal", "Carried"})
"""The kinds of records of which it is asked: what was known, and what answered it."""


def first_days(account: str, steps: Iterable[Step]) -> dict[tuple[str, str, str], date]:
    """The day on which each record of an account first stood in the plans, by account, kind of
    record and id; one that moved or has another id now came when it first came."""
    found: dict[Spot, tuple[str, date]] = {}
    for told in (told for step in steps for told in step.told):
        change, day = told.change, told.commit.day
        if change.what in ("moved", "renamed"):
            found = {carried(spot, change): came for spot, came in found.items()}
        elif change.what == "added" and change.kind in KINDS and change.spot.path and day:
            found.setdefault(change.spot, (change.kind, day))
    days: dict[tuple[str, str, str], date] = {}
    for spot, (kind, day) in found.items():
        at = (account, kind, spot.path[-1])
        days[at] = min(day, days.get(at, day))
    return days
