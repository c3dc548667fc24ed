"""Two states of facts, and the changes that lead from the one to the other.

Changes come in the order in which they can be applied: what was removed (spots as they were
before), what was renamed or moved, then what was added and changed (spots as they are after).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from planwerk.history.facts import Fact, Facts
from planwerk.history.moves import carried, moved, moves
from planwerk.model.history import Change, Spot, Value


def compare(
    before: Facts, after: Facts, accounts: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """What leads from `before` to `after`; nothing where both say the same.

    `accounts` names the accounts whose folder was renamed: the old id, and the new.
    """
    gone = before.keys() - after.keys()
    if not accounts and (not gone or before.keys() >= after.keys()):  # nothing can have moved
        removed = [_gone(old, fact) for old, fact in before.items() if old in gone] if gone else []
        return (*removed, *_rest(before, after))
    made = moves(before, after, accounts or {})
    at = _positions(before, made)
    removed = [_gone(old, before[old]) for old, new in at if new not in after]
    stayed = {new: before[old] for old, new in at if new in after}
    return (*removed, *made, *_rest(stayed, after))


def _positions(before: Facts, made: Iterable[Change]) -> list[tuple[Spot, Spot]]:
    """Each spot of `before` and where its record stands when all moves are made."""
    at = [(spot, spot) for spot in before]
    for change in made:
        at = [(old, carried(new, change)) for old, new in at]
    return at


def _gone(spot: Spot, fact: Fact) -> Change:
    return Change("removed", spot, fact.kind, fact.title, values=tuple(fact.fields.items()))


def _rest(stayed: Facts, after: Facts) -> Iterator[Change]:
    """What is new or has other fields, in the order of `after`."""
    both = zip(after.items(), map(stayed.get, after), strict=True)
    for spot, fact, old in [(spot, new, old) for (spot, new), old in both if old is not new]:
        if old is None:
            yield Change("added", spot, fact.kind, fact.title, values=tuple(fact.fields.items()))
        elif old != fact:
            yield from _fields(spot, old, fact)


def _fields(spot: Spot, old: Fact, new: Fact) -> Iterator[Change]:
    for name, value in new.fields.items():
        if (was := old.fields.get(name)) != value or type(was) is not type(value):
            yield Change("changed", spot, new.kind, new.title, name, was, value)
    for name, was in old.fields.items():
        if name not in new.fields:
            yield Change("changed", spot, new.kind, new.title, name, was)


def apply(facts: Facts, changes: Iterable[Change]) -> Facts:
    """The facts after the changes, made one after the other.

    KeyError if a change is about a record that is not there.
    """
    now = dict(facts)
    for change in changes:
        match change.what:
            case "added":
                now[change.spot] = Fact(change.kind, change.title, dict(change.values))
            case "removed":
                del now[change.spot]
            case "changed":
                now[change.spot] = _changed(now[change.spot], change.field, change.new, change)
            case "moved" | "renamed":
                now = dict(moved(now, [change]))
    return now


def _changed(fact: Fact, field: str, value: Value, change: Change) -> Fact:
    fields = {**fact.fields, field: value}
    if value is None:
        del fields[field]
    return Fact(fact.kind, change.title, fields)


def counted(changes: Iterable[Change], before: Iterable[Change] = ()) -> Iterator[Change]:
    """The changes in their order, each with how often its fact has changed by then.

    `before` are earlier changes, which count as well.
    """
    times: dict[tuple[Spot, str], int] = {}
    for earlier in before:
        _count(earlier, times)
    for change in changes:
        count = _count(change, times)
        yield change if count == change.times else replace(change, times=count)


def _count(change: Change, times: dict[tuple[Spot, str], int]) -> int:
    """Note the change; how often its fact has changed, this time included."""
    if change.what in ("moved", "renamed"):
        told = list(times.items())
        times.clear()
        times |= {(carried(spot, change), field): count for (spot, field), count in told}
    elif change.what == "removed":
        for key in [key for key in times if key[0] == change.spot]:
            del times[key]
    elif change.what == "changed":
        key = (change.spot, change.field)
        times[key] = times.get(key, 0) + 1
        return times[key]
    return 1
