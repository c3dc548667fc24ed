"""Steps of a history as plain JSON values and back: what is kept between two runs.

The account is left out of every spot and given back when reading: a renamed account keeps its
history without a line of it being rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from planwerk.model.history import Change, Commit, Spot, Step, Told, Value
from planwerk.model.types import OPEN, After, Unknown
from planwerk.problems import Place, Problem, Severity

LONG = 300
"""Signs from which a text is kept by itself: what a version says stands in two comparisons."""
NO_TEXTS: Mapping[str, str] = {}


def step_row(commits: Sequence[Commit], who: Sequence[int], own: Sequence[Change]) -> list[Any]:
    """A step as JSON values: its commit and others that made something, whose each change is (by
    their numbers), and its changes that are not those between the contents of its files."""
    return [[_commit_row(c) for c in commits], list(who), [change_row(change) for change in own]]


def step_of(row: list[Any], between: list[Any], account: str, texts: Mapping[str, str]) -> Step:
    """The step that `step_row` wrote, of that account; `between` is what changed between the
    contents of its files, and what of them cannot be read."""
    commits = [_commit(c) for c in row[0]]
    changes = (change_of(c, account, texts) for c in chain(row[2], between[0]))
    told = tuple(Told(change, commits[n]) for n, change in zip(row[1], changes, strict=False))
    return Step(commits[0], told, tuple(problem_of(p, account) for _, p in between[1]))


def commit_of(row: list[Any]) -> Commit:
    """The commit of the step that `step_row` wrote."""
    return _commit(row[0][0])


def change_row(change: Change, texts: dict[str, str] | None = None) -> list[Any]:
    """A change as JSON values, without its account and without how often it happened. Long texts
    go into `texts`, if there is such a place, and are named there."""
    values = [[name, _row(value, texts)] for name, value in change.values]
    before = _before_row(change)
    return [
        change.what, _spot_row(change.spot), change.kind, change.title, change.field,
        _row(change.old, texts), _row(change.new, texts), values, before,
    ]  # fmt: skip


def change_of(row: list[Any], account: str, texts: Mapping[str, str] = NO_TEXTS) -> Change:
    """The change that `change_row` wrote, of that account."""
    what, spot, kind, title, field, old, new, values, before = row
    return Change(
        what,
        Spot(account, spot[0], spot[1], tuple(spot[2:])),
        kind,
        title,
        field,
        _value(old, texts) if type(old) in COMPOSED else old,
        _value(new, texts) if type(new) in COMPOSED else new,
        tuple([(n, _value(v, texts) if type(v) in COMPOSED else v) for n, v in values]),
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


def _row(value: Value, texts: dict[str, str] | None = None) -> Any:
    """Texts, numbers of days and yes or no stand as they are; the rest says what it is."""
    match value:
        case str() if texts is not None and len(value) > LONG:
            name = sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:32]
            texts[name] = value
            return {"t": name}
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
            return [_row(part, texts) for part in value]


COMPOSED = (list, dict)
"""What stands for a value that JSON has no form for."""


def _value(row: Any, texts: Mapping[str, str]) -> Value:
    if type(row) is list:
        return tuple([_value(part, texts) for part in row])
    if type(row) is not dict:
        return row  # type: ignore[no-any-return]
    ((kind, of),) = row.items()
    match kind:
        case "t":
            return texts[of]
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
