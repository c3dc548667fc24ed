"""What lies between two states of a workspace: for the team, and for each client.

Both states are folders that hold plans. Files that hold the same are not read; those that differ
are compared as facts, so that other lines or another order are no difference. What a client sees
is what its projection holds: both states are read and projected, and the projections compared.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from filecmp import cmp
from itertools import product
from pathlib import Path, PurePosixPath

from planwerk.audience import CLIENT, INTERNAL
from planwerk.history.compare import compare
from planwerk.history.context import Context
from planwerk.history.disclosed import projected, shown_of
from planwerk.history.facts import Fact, Facts, facts_of_house
from planwerk.history.groups import tell_all
from planwerk.history.line import ACCOUNT_FILE, HOUSE
from planwerk.history.moves import alike
from planwerk.history.telling import Sentence
from planwerk.history.version import Reader
from planwerk.history.where import where
from planwerk.logbook.discretion import discreet_changes
from planwerk.logbook.reader import portfolio_for
from planwerk.model.history import Change, Spot
from planwerk.problems import Problem, Severity
from planwerk.read import Reading, read_account, read_names

ALIKE = 0.5
"""The share of its facts that must have stayed for an account whose folder has another name."""
NEVER_SHOWN = ("persona", "questions")
"""What all accounts have in common and no client is ever shown; nothing is counted from it."""
FEW = 400
"""Pairs of gone and new accounts that are held against each other; nobody renames more at once."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a client would newly see, no longer see, and see otherwise; `unclear` where one of
    the states cannot be read."""

    new: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    other: tuple[Change, ...] = ()
    facts: Facts = field(default_factory=dict)
    unclear: bool = False

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.other or self.unclear)

    def reveals(self, change: Change) -> bool:
        """Whether the client sees something of a change's record for the first time."""
        return any(
            change.spot == other.spot and (other.what == "added" or other.field == change.field)
            for other in self.new
        )


@dataclass(frozen=True, slots=True)
class Between:
    """What changed in one account ("": in what all have in common).

    `former` is its name before, where it was renamed; `facts` are those of both states. `unread`
    are files that one of the states holds and nobody can read; nothing is told of them.
    """

    account: str
    name: str
    former: str = ""
    came: bool = False
    went: bool = False
    changes: tuple[Change, ...] = ()
    facts: Facts = field(default_factory=dict)
    unread: tuple[Problem, ...] = ()
    seen: Seen = field(default_factory=Seen)


class States:
    """Two states of a workspace, each as what its accounts have in common (`reader.house`), read
    for the same day: what time alone changes is no difference."""

    def __init__(self, before: Reading, after: Reading) -> None:
        self.before, self.after = before, after
        self._old, self._new = _files(before.root), _files(after.root)
        every = self._old.keys() | self._new.keys()
        self._differ = {name for name in every if _differs(self._old.get(name), self._new.get(name))}  # fmt: skip
        self.renamed = dict(self._renamed())
        """Accounts whose folder has another name now: the old and the new one."""

    # --- which accounts ----------------------------------------------------------------------

    def concerned(self) -> list[str]:
        """The accounts that changed, by their names now, the house first if it did."""
        former = self.renamed
        names = {_owner(name) for name in self._differ}
        return sorted({former.get(name, name) for name in names})

    def everybody(self) -> list[str]:
        """All accounts of both states, by their names now."""
        names = {*self.before.accounts_seen, *self.after.accounts_seen}
        return sorted({self.renamed.get(name, name) for name in names})

    def concerned_clients(self) -> list[str]:
        """The accounts whose clients may see something otherwise: those that changed, and those
        whom a change of what all have in common may concern."""
        own = [account for account in self.concerned() if account]
        if HOUSE not in self.concerned():
            return own
        house = self.between(HOUSE)
        wrong = any(p.severity is Severity.ERROR for p in (*self.before.problems, *self.after.problems))  # fmt: skip
        topics = {change.spot.topic for change in house.changes}
        if wrong or house.unread or topics - {*NEVER_SHOWN, "industry"}:
            return self.everybody()
        changed = {spot.of for c in house.changes if c.spot.topic == "industry" for spot in (c.spot, c.before or c.spot)}  # fmt: skip
        theirs = [name for name in self.everybody() if changed and changed & self._industries(name)]
        return sorted({*own, *theirs})

    def _industries(self, account: str) -> set[str]:
        """The industries an account was and is in, by its name now."""
        former = [old for old, new in self.renamed.items() if new == account]
        names = [f"{name}/{ACCOUNT_FILE}" for name in (account, *former)]
        facts = [fact for files in (self._old, self._new) for fact in _facts(files, names)[0].values()]  # fmt: skip
        return {str(fact.fields["industry"]) for fact in facts if "industry" in fact.fields}

    def _renamed(self) -> Iterator[tuple[str, str]]:
        """The accounts that are the same under another name, the likeliest pairs first."""
        gone = [n for n in self.before.accounts_seen if n not in self.after.accounts_seen]
        come = [n for n in self.after.accounts_seen if n not in self.before.accounts_seen]
        if not gone or not come or len(gone) * len(come) > FEW:
            return
        pairs = []
        old = {name: self._whole(self._old, name) for name in gone}
        new = {name: self._whole(self._new, name) for name in come}
        for a, b in product(gone, come):
            same = sum(alike(fact, new[b][at]) for at, fact in old[a].items() if at in new[b])
            pairs.append((same / max(len(old[a]), len(new[b]), 1), a, b))
        taken: set[str] = set()
        for sure, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
            if sure >= ALIKE and not taken & {f"-{a}", f"+{b}"}:
                taken |= {f"-{a}", f"+{b}"}
                yield a, b

    def _whole(self, files: Mapping[str, Path], account: str) -> dict[Spot, Fact]:
        """The facts of an account, as if it had no name."""
        own = [name for name in files if _owner(name) == account]
        found = _facts(files, own)[0]
        return {spot._replace(account=""): fact for spot, fact in found.items()}

    # --- what changed ------------------------------------------------------------------------

    def between(self, account: str, with_client: bool = True) -> Between:
        """What changed in an account, by its name now; and what its client would see of it."""
        former = next((old for old, new in self.renamed.items() if new == account), account)
        own = {n for n in self._differ if _owner(n) in (account, former)} if former == account else self._of(account, former)  # fmt: skip
        old, unread_before = _facts(self._old, own)
        new, unread_now = _facts(self._new, own)
        unread = {**unread_before, **unread_now}
        lost = {_place(name, {former: account}) for name in unread}
        old, new = (_without(facts, lost, {former: account}) for facts in (old, new))
        moved = {former: account} if former != account else {}
        changes = compare(old, new, moved)
        here, there = (account in r.accounts_seen for r in (self.after, self.before))
        return Between(
            account, self._name(account or HOUSE), former if moved else "",
            came=bool(account) and not moved and here and not there,
            went=bool(account) and not moved and there and not here,
            changes=changes, facts={**old, **new}, unread=tuple(unread.values()),
            seen=self.seen(account) if with_client and account else Seen(),
        )  # fmt: skip

    def _of(self, *accounts: str) -> set[str]:
        return {name for name in (*self._old, *self._new) if _owner(name) in accounts}

    def _name(self, account: str) -> str:
        """What an account is called: now, or when it was there last."""
        for reading in (self.after, self.before):
            if account in reading.accounts_seen and (called := read_names(reading.root, account)[0]):  # fmt: skip
                return called[0]
        return account

    def seen(self, account: str, audience: str = CLIENT) -> Seen:
        """What the client of an account would see otherwise."""
        former = next((old for old, new in self.renamed.items() if new == account), account)
        before = self._shown(self.before, former, audience)
        after = self._shown(self.after, account, audience)
        if before is None or after is None:
            return Seen(unclear=True)
        if former != account:  # a client never sees how its folder is called
            before = {s._replace(account=account if s.account else HOUSE): f for s, f in before.items()}  # fmt: skip
        new, gone, other = [], [], []
        for change in compare(before, after):
            if change.what == "added" or (change.what == "changed" and change.old is None):
                new.append(change)
            elif change.what == "removed" or (change.what == "changed" and change.new is None):
                gone.append(change)
            else:
                other.append(change)
        return Seen(tuple(new), tuple(gone), tuple(other), {**before, **after})

    def _shown(self, state: Reading, account: str, audience: str) -> Facts | None:
        """All that an audience is shown; what it is told of the house as well. None if an error
        stands in the plans: then nothing is compiled for it."""
        assert self.after.portfolio is not None
        if account not in state.accounts_seen:
            return {}
        reading = read_account(state, account)
        if any(p.severity is Severity.ERROR for p in (*state.problems, *reading.problems)):
            return None
        seen = projected(reading, account, audience, self.after.portfolio.as_of)
        if seen is None or not seen.accounts:
            return None if seen is None else {}
        return {**shown_of(seen.accounts[0]), **facts_of_house(seen)}

    # --- in words ----------------------------------------------------------------------------

    def sentences(self, found: Between, language: str) -> tuple[Sentence, ...]:
        """The changes of an account in the team's words."""
        reading = self.before if found.went else self.after
        portfolio = portfolio_for(reading, found.account, INTERNAL)
        return tell_all(discreet_changes(found.changes), Context(portfolio, language, found.facts))

    def client_sentences(
        self, account: str, seen: Seen, language: str
    ) -> dict[str, tuple[Sentence, ...]]:
        """What a client would see otherwise, in words that it may read: `new`, `gone`, `other`."""
        reading = self.after if account in self.after.accounts_seen else self.before
        context = Context(portfolio_for(reading, account, CLIENT), language, seen.facts)
        parts = {"new": seen.new, "gone": seen.gone, "other": seen.other}
        return {key: tell_all(discreet_changes(changes), context) for key, changes in parts.items()}


# --- files -----------------------------------------------------------------------------------


def _files(root: Path) -> dict[str, Path]:
    """The files of plans below a root, by their names below plans/; links are none."""
    found: dict[str, Path] = {}
    plans = root / "plans"
    for folder, below, names in os.walk(plans):
        below[:] = [name for name in below if not (Path(folder) / name).is_symlink()]
        for name in names:
            path = Path(folder, name)
            place = path.relative_to(plans).as_posix()
            if where(PurePosixPath(place)) and not path.is_symlink():
                found[place] = path
    return dict(sorted(found.items()))


def _differs(old: Path | None, new: Path | None) -> bool:
    return old is None or new is None or not cmp(old, new, shallow=False)


def _owner(name: str) -> str:
    at = where(PurePosixPath(name))
    return at.account if at else HOUSE


def _place(name: str, called: Mapping[str, str]) -> tuple[str, str, str]:
    """Which file of an account a name is, under the account's name now."""
    at = where(PurePosixPath(name))
    assert at
    return called.get(at.account, at.account), at.kind.name, at.of


def _facts(
    files: Mapping[str, Path], names: Iterable[str]
) -> tuple[dict[Spot, Fact], dict[str, Problem]]:
    """What these files say, and those that nobody can read."""
    reader, found, unread = Reader(), dict[Spot, Fact](), dict[str, Problem]()
    for name in sorted(set(names) & files.keys()):
        version = reader.read(PurePosixPath(name), files[name].read_bytes())
        if version and version.facts is None:
            unread[name] = version.problems[0]
        elif version and version.facts:
            found |= version.facts
    return found, unread


def _without(
    facts: Mapping[Spot, Fact], places: Collection[tuple[str, str, str]], called: Mapping[str, str]
) -> dict[Spot, Fact]:
    """The facts but for those of some files."""
    return {
        spot: fact
        for spot, fact in facts.items()
        if (called.get(spot.account, spot.account), spot.topic, spot.of) not in places
    }
