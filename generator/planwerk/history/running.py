"""What is known while a history is told: the last value of every fact, also of what is gone."""

from __future__ import annotations

from collections.abc import Iterable

from planwerk.history.facts import Fact
from planwerk.history.moves import moved
from planwerk.model.history import Change, Spot, Step


def learn(known: dict[Spot, Fact], changes: Iterable[Change]) -> dict[Spot, Fact]:
    """The facts after the changes; what was removed is remembered.

    A history may begin in the middle (a shallow clone, the last days of a longer one): changes
    of records that nobody has told of yet are what is known of them.
    """
    for change in changes:
        match change.what:
            case "added" | "removed":
                known[change.spot] = Fact(change.kind, change.title, dict(change.values))
            case "changed":
                before = known.get(change.spot)
                fields = {**(before.fields if before else {}), change.field: change.new}
                known[change.spot] = Fact(change.kind, change.title, fields)
            case "moved" | "renamed":
                known = dict(moved(known, [change]))
    return known


def learned(steps: Iterable[Step]) -> dict[Spot, Fact]:
    """All that the steps tell of."""
    known: dict[Spot, Fact] = {}
    for step in steps:
        known = learn(known, (told.change for told in step.told))
    return known
