"""Records that are the same though they stand elsewhere, or are called otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from planwerk.history.facts import Fact, Facts
from planwerk.history.identity import IDENTITIES, By
from planwerk.model.history import Change, Spot, Value
from planwerk.model.kinds import BY_NAME

ALIKE = 0.6
"""The share of its facts that has to stay for a record whose id changed to be the same."""
FILES_ALIKE = 0.5
"""The same of the records of a file whose name changed."""
FEW = 400
"""Pairs of records that are held against each other in one list; beyond, nobody renamed them."""
TITLE = 3
"""How many other facts weigh as much as what a record is called."""
LEAST = 2
"""Facts that have to be the same at least: one alone proves nothing, unless it is the title."""
SHORT = 20
"""Signs of a text that is compared as a whole, not by its words."""


def carried(spot: Spot, change: Change) -> Spot:
    """Where what stood at `spot` stands once `change` moved or renamed a record.

    A record takes along all within it, the record of a file all of the file, and a renamed
    account all it has.
    """
    old, new = change.before, change.spot
    assert old is not None
    if spot.account != old.account:
        return spot
    if old.account != new.account:
        return Spot(new.account, spot.topic, spot.of, spot.path)
    if (spot.topic, spot.of) != (old.topic, old.of) or spot.path[: len(old.path)] != old.path:
        return spot
    return Spot(new.account, new.topic, new.of, new.path + spot.path[len(old.path) :])


def moves(before: Facts, after: Facts, accounts: Mapping[str, str]) -> list[Change]:
    """The moves and new names that lead from `before` to `after`, in the order to make them."""
    found: list[Change] = []
    now = before
    for old, new in accounts.items():
        if made := _account(now, after, old, new):
            found, now = [*found, made], moved(now, [made])
    for search in (_files, _records, _records):  # what lies in a record is looked for after it
        made_here = search(now, after)
        found += made_here
        now = moved(now, made_here)
    return found


def moved(facts: Facts, changes: list[Change]) -> Facts:
    """The facts where they stand after the moves, made one after the other."""
    for change in changes:
        facts = {carried(spot, change): fact for spot, fact in facts.items()}
    return facts


def _account(now: Facts, after: Facts, old: str, new: str) -> Change | None:
    spot, before = Spot(new, "account"), Spot(old, "account")
    if not any(s.account == old for s in now) or any(s.account == new for s in now):
        return None
    title = after[spot].title if spot in after else ""
    return Change("renamed", spot, "Profile", title, before=before)


# --- files -----------------------------------------------------------------------------------


def _files(now: Facts, after: Facts) -> list[Change]:
    """The periods, meetings, personas and industries that are called otherwise."""
    if _names(now) == _names(after):
        return []
    old, new = _by_file(now, after), _by_file(after, now)
    pairs = [
        (_files_alike(theirs, ours), spot, other)
        for spot, theirs in old.items()
        for other, ours in new.items()
        if (spot.account, spot.topic) == (other.account, other.topic)
    ]
    return [
        Change("moved", other, BY_NAME[other.topic].record.__name__, _called(after, other), before=spot)
        for spot, other in _best(pairs, FILES_ALIKE)
    ]  # fmt: skip


def _names(facts: Facts) -> set[tuple[str, str, str]]:
    return {(spot.account, spot.topic, spot.of) for spot in facts if spot.of}


def _by_file(facts: Facts, others: Facts) -> dict[Spot, dict[tuple[str, ...], Fact]]:
    """The facts of the files that `others` do not hold."""
    known = _names(others)
    found: dict[Spot, dict[tuple[str, ...], Fact]] = defaultdict(dict)
    for spot, fact in facts.items():
        if spot.of and (spot.account, spot.topic, spot.of) not in known:
            found[Spot(spot.account, spot.topic, spot.of)][spot.path] = fact
    return found


def _called(facts: Facts, spot: Spot) -> str:
    return facts[spot].title if spot in facts else ""


def _files_alike(old: Mapping[tuple[str, ...], Fact], new: Mapping[tuple[str, ...], Fact]) -> float:
    """The share of what two files say that is the same."""
    same = sum(alike(fact, new[path]) for path, fact in old.items() if path in new)
    return same / max(len(old), len(new))


# --- records ---------------------------------------------------------------------------------


def _records(now: Facts, after: Facts) -> list[Change]:
    """The records that moved to another file, then those that have another id or wording."""
    gone = {spot: fact for spot, fact in now.items() if spot not in after}
    come = {spot: fact for spot, fact in after.items() if spot not in now} if gone else {}
    if not come:
        return []
    pairs: list[tuple[float, Spot, Spot]] = []
    lists: dict[tuple[str, tuple[object, ...]], tuple[list[Spot], list[Spot]]]
    lists = defaultdict(lambda: ([], []))
    for side, facts in enumerate((gone, come)):
        for spot, fact in facts.items():
            by = IDENTITIES[fact.kind].by
            if by is By.ID and spot.path:
                lists[fact.kind, (spot.account, spot.path[-1])][side].append(spot)
            if by in (By.ID, By.WORDS):
                within = (spot.account, spot.topic, spot.of, *spot.path[:-1])
                lists[fact.kind, within][side].append(spot)
    for old, new in lists.values():
        if len(old) * len(new) <= FEW:
            pairs += [(_same(gone[a], come[b], a, b), a, b) for a in old for b in new]
    return [
        Change("renamed" if _within(old) == _within(new) else "moved", new, come[new].kind, come[new].title, before=old)
        for old, new in _best(pairs, ALIKE)
    ]  # fmt: skip


def _within(spot: Spot) -> tuple[object, ...]:
    return spot.topic, spot.of, spot.path[:-1]


def _same(old: Fact, new: Fact, before: Spot, after: Spot) -> float:
    """How sure it is that both are one record: an id that stayed says it by itself."""
    if IDENTITIES[old.kind].by is By.ID and before.path[-1] == after.path[-1]:
        return 1 + alike(old, new)
    return alike(old, new)


def _best(pairs: list[tuple[float, Spot, Spot]], least: float) -> Iterator[tuple[Spot, Spot]]:
    """Of the pairs that are alike enough the best, each spot once; in the order of the spots."""
    taken: set[tuple[int, Spot]] = set()
    found = []
    for sure, old, new in sorted(pairs, key=lambda pair: -pair[0]):
        if sure >= least and not taken & {(0, old), (1, new)}:
            taken |= {(0, old), (1, new)}
            found.append((old, new))
    return iter(sorted(found))


def alike(old: Fact, new: Fact) -> float:
    """The share of two records' facts that are the same; what they are called weighs most."""
    if old is new:
        return 1.0
    identity = IDENTITIES[old.kind]
    skip = identity.keys if identity.by is By.ID else ()
    names = [name for name in {**old.fields, **new.fields} if name not in skip]
    if not names:
        return 1.0 if old.fields == new.fields else 0.0
    same = weight = 0.0
    for name in names:
        much = TITLE if name.split(".")[0] == identity.title else 1
        same += much * _likeness(old.fields.get(name), new.fields.get(name))
        weight += much
    return same / max(weight, LEAST)


def _likeness(old: Value, new: Value) -> float:
    if old == new:
        return 1.0
    if isinstance(old, str) and isinstance(new, str) and min(len(old), len(new)) > SHORT:
        return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()
    return 0.0
