"""What changed between two states of a workspace; who changed it, when and why.

A change names a fact by the identity of its record, never by its position in a file: reordering
and reformatting are no change. Values are what the models hold, so that `12.600` and `12600` are
the same number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from planwerk.model.types import After, Unknown
from planwerk.problems import Problem

Value: TypeAlias = "str | int | bool | Decimal | date | Unknown | After | tuple[Value, ...] | None"
"""What a field holds; lists of plain values are tuples."""
What: TypeAlias = Literal["added", "removed", "changed", "moved", "renamed"]


class Spot(NamedTuple):
    """Which record is meant.

    `account` is its id, "" for what all accounts have in common. `topic` is the name of the kind
    of file (`model.kinds`): plan, tasks, stakeholders … `of` tells files of one kind apart: the
    period, or the name of the meeting, persona or industry; "" where there is only one. `path`
    leads to the record within the file, by ids, not by positions: `("tasks", "consent-text")`;
    () is the record of the file itself.
    """

    account: str
    topic: str
    of: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that differs: a field of a record, or a record as a whole.

    `kind` is the name of the record's class and `title` what people call it (after the change;
    of a removed record before it). `field` is "" where the whole record was added, removed,
    moved or renamed; then `values` holds all its facts (added, removed), `before` is where it
    stood (moved to another file or record), or what it was called (renamed: its id changed).
    `times` counts how often this fact has changed, this time included; 1 where nobody counted.
    """

    what: What
    spot: Spot
    kind: str
    title: str = ""
    field: str = ""
    old: Value = None
    new: Value = None
    values: tuple[tuple[str, Value], ...] = ()
    before: Spot | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Commit:
    """A revision as git tells it. The day (UTC) is what its author claimed; None if no calendar
    knows it. `trailers` are the `Key: value` lines at the message's end, in their order."""

    id: str
    parents: tuple[str, ...] = ()
    day: date | None = None
    author: str = ""
    email: str = ""
    subject: str = ""
    body: str = ""
    trailers: tuple[tuple[str, str], ...] = ()
    pull_request: str = ""
    """The number of the pull request it came with, if its message names one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A change and the commit it came with: of a merge, the one on the branch that made it."""

    change: Change
    commit: Commit


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the main line of an account's history: from one state to the next.

    `commit` is what the main line moved to (for a branch: its merge). The changes of all steps,
    applied in order, lead from the first state to the last. `unread` names the files that this
    state holds and nobody can read; their facts stay what they were.
    """

    commit: Commit
    told: tuple[Told, ...] = ()
    unread: tuple[Problem, ...] = ()
