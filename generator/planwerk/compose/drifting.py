"""How far things drifted: days that were moved and targets that were changed, from the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from planwerk.history.moves import carried
from planwerk.model.history import Change, Commit, Spot, Step, Value

V = TypeVar("V", date, Decimal)
DAYS = {"Task": "due", "Milestone": "on"}
"""The field that holds the day of something, by kind of record."""


@dataclass(frozen=True, slots=True)
class Drift(Generic[V]):
    """What a field held at first and holds now, how often it was changed, and when last."""

    first: V
    now: V
    times: int
    last: date | None


def slips(steps: Iterable[Step]) -> dict[Spot, Drift[date]]:
    """Tasks and milestones whose day was moved, and is not what it was at first."""
    return {
        spot: drift
        for (spot, _), drift in _drifts(steps, date, DAYS).items()
        if drift.first != drift.now
    }


def targets(steps: Iterable[Step]) -> dict[Spot, Drift[Decimal]]:
    """KPIs of plans whose target was changed, and is not what it was at first."""
    found = _drifts(steps, Decimal, {"PlanKpi": "target"})
    return {spot: drift for (spot, _), drift in found.items() if drift.first != drift.now}


def _drifts(
    steps: Iterable[Step], kind: type[V], fields: dict[str, str]
) -> dict[tuple[Spot, str], Drift[V]]:
    found: dict[tuple[Spot, str], Drift[V]] = {}
    for change, commit in _told(steps):
        if change.what in ("moved", "renamed"):
            found = {(carried(spot, change), field): d for (spot, field), d in found.items()}
        elif change.what == "removed":
            found = {key: drift for key, drift in found.items() if key[0] != change.spot}
        elif change.what == "changed" and fields.get(change.kind) == change.field:
            key = (change.spot, change.field)
            if (new := _of(change.new, kind)) is None:
                continue
            known = found.get(key)
            old = _of(change.old, kind)
            if known is None and old is not None:
                known = Drift(old, old, 0, None)
            if known is not None:
                found[key] = Drift(known.first, new, known.times + 1, commit.day)
    return found


def _of(value: Value, kind: type[V]) -> V | None:
    return value if isinstance(value, kind) else None


def _told(steps: Iterable[Step]) -> Iterator[tuple[Change, Commit]]:
    for step in steps:
        for told in step.told:
            yield told.change, step.commit
