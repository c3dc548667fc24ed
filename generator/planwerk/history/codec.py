"""Steps of a history as plain JSON values and back: what is kept between two runs.

The account is left out of every spot and given back when reading: a renamed account keeps its
history without a line of it being rewritten.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from planwerk.model.history import Change, Commit, Spot, Step, Told, Value
from planwerk.model.types import OPEN, After, Unknown
from planwerk.problems import Place, Problem, Severity


def step_row(step: Step) -> list[Any]:
    """A step as JSON values; commits are told once, changes name them by number."""
    commits = list(dict.fromkeys([step.commit, *(t.commit for t in step.told)]))
    told = [[commits.index(t.commit), *change_row(t.change)] for t in step.told]
    return [[_commit_row(c) for c in commits], told, [problem_row(p) for p in step.unread]]


def step_of(row: list[Any], account: str) -> Step:
    """The step that `step_row` wrote, of that account."""
    commits = [_commit(c) for c in row[0]]
    told = tuple(Told(change_of(c[1:], account), commits[c[0]]) for c in row[1])
    return Step(commits[0], told, tuple(problem_of(p, account) for p in row[2]))


def change_row(change: Change) -> list[Any]:
    """A change as JSON values, without its account and without how often it happened."""
    values = [[name, _row(value)] for name, value in change.values]
    before = _before_row(change)
    return [
        change.what, _spot_row(change.spot), change.kind, change.title, change.field,
        _row(change.old), _row(change.new), values, before,
    ]  # fmt: skip


def change_of(row: list[Any], account: str) -> Change:
    """The change that `change_row` wrote, of that account."""
    what, spot, kind, title, field, old, new, values, before = row
    return Change(
        what,
        _spot(spot, account),
        kind,
        title,
        field,
        _value(old),
        _value(new),
        tuple((name, _value(value)) for name, value in values),
        _spot(before[1:], before[0] or account) if before else None,
    )


def _before_row(change: Change) -> list[Any] | None:
    """Where a record stood; the account only where it was another one."""
    if (before := change.before) is None:
        return None
    return [before.account if before.account != change.spot.account else "", *_spot_row(before)]


def _spot_row(spot: Spot) -> list[Any]:
    return [spot.topic, spot.of, *spot.path]


def _spot(row: list[Any], account: str) -> Spot:
    return Spot(account, row[0], row[1], tuple(row[2:]))


def _commit_row(commit: Commit) -> list[Any]:
    day = commit.day.isoformat() if commit.day else None
    return [
        commit.id, commit.parents, day, commit.author, commit.email, commit.subject, commit.body,
        commit.trailers, commit.pull_request,
    ]  # fmt: skip


def _commit(row: list[Any]) -> Commit:
    name, parents, day, author, email, subject, body, trailers, pull_request = row
    known = date.fromisoformat(day) if day else None
    ends = tuple((key, value) for key, value in trailers)
    return Commit(name, tuple(parents), known, author, email, subject, body, ends, pull_request)


def _row(value: Value) -> Any:
    """Texts, numbers of days and yes or no stand as they are; the rest says what it is."""
    match value:
        case None | str() | bool() | int():
            return value
        case Decimal():
            return {"n": str(value)}
        case date():
            return {"d": value.isoformat()}
        case Unknown():
            return {"o": True}
        case After():
            return {"a": [value.days, value.of]}
        case _:
            return [_row(part) for part in value]


def _value(row: Any) -> Value:
    if isinstance(row, list):
        return tuple(_value(part) for part in row)
    if not isinstance(row, dict):
        return row  # type: ignore[no-any-return]
    ((kind, of),) = row.items()
    match kind:
        case "n":
            return Decimal(of)
        case "d":
            return date.fromisoformat(of)
        case "a":
            return After(*of)
        case _:
            return OPEN


def problem_row(p: Problem) -> list[Any]:
    """A problem as JSON values, without its account."""
    at = p.place
    return [p.rule, int(p.severity), str(at.path), at.line, at.column, at.width, dict(p.facts)]


def problem_of(row: list[Any], account: str) -> Problem:
    """The problem that `problem_row` wrote, of that account."""
    rule, severity, path, line, column, width, facts = row
    place = Place(PurePosixPath(path), line, column, width)
    return Problem(rule, place, Severity(severity), facts, account or None)
