"""What the plans say now: only what changed is read again, and what is wrong stays as it was good.

An account with an error keeps the state in which it last had none; an error above the accounts
keeps all of them. So there is always a page to show, and what is wrong is told beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from planwerk.build import with_standing
from planwerk.checks import check_read
from planwerk.checks.rule import Accounts, Identity
from planwerk.history.past import Past, past
from planwerk.measure import measure
from planwerk.memory import Memory
from planwerk.model.portfolio import Account, Portfolio
from planwerk.problems import Problem, Refusal, Severity, refuse
from planwerk.read import SHARED_FOLDERS, Reading, read_account, read_house, read_names
from planwerk.remembered import Signature, signatures, together
from planwerk.repository import Standing, Unreadable, standing

Day = Callable[[], date | None]
NOTHING = Past()
"""No histories: always the same object, for what was made with it stays as it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """One account as it was read: the state of its files, what is wrong, and what it holds, its
    KPIs measured (None where an error stops it)."""

    signature: Signature
    problems: list[Problem]
    good: Account | None


@dataclass(slots=True)
class State:
    """The plans of a workspace, brought up to date by `refresh`.

    `portfolio` is what can be shown, None before there was anything; `problems` what is wrong.
    """

    root: Path
    day: Day
    clients: tuple[str, ...] = ()
    """Whose histories are told as the clients saw them."""
    progress: Callable[[int, int], None] = lambda done, total: None
    portfolio: Portfolio | None = None
    known: Past = NOTHING
    problems: list[Problem] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    """What was worked out of each account, which stays while the account does."""
    _house: Reading | None = None
    _above: object = None
    _names: dict[str, tuple[list[str], str]] = field(default_factory=dict)
    _read: dict[str, Told] = field(default_factory=dict)
    _tip: str = ""

    def refresh(self) -> bool:
        """Read what changed; whether anything did."""
        try:
            if not (self.root / "plans").is_dir():
                raise refuse("no-workspace", str(self.root), found=str(self.root))
            return self._refreshed()
        except FileNotFoundError:  # what is being replaced just now is there at the next look
            self._above = None
            return False
        except Refusal as refusal:  # no plans at all, or no day to look from
            changed = self.problems != list(refusal.problems)
            self.problems, self._above = list(refusal.problems), None
            return changed

    @property
    def errors(self) -> list[Problem]:
        """What stops an output."""
        return [p for p in self.problems if p.severity is Severity.ERROR]

    def _refreshed(self) -> bool:
        folders, beside = signatures(self.root / "plans")
        accounts = {n: s for n, s in folders.items() if n[0] != "." and n not in SHARED_FOLDERS}
        others = ((n, s) for n, s in folders.items() if n not in accounts)
        day = self.day()
        above = (together((*beside.items(), *others)), day)
        todo = {n for n, s in accounts.items() if n not in self._read or self._read[n].signature != s}  # fmt: skip
        if not todo and above == self._above and accounts.keys() == self._read.keys():
            return False
        names = {n: read_names(self.root, n) if n in todo else self._names[n] for n in accounts}
        if above != self._above or names != self._names or self._house is None:
            todo, self._house = set(accounts), read_house(self.root, day)
        self._above, self._names = above, names
        house = self._house
        called = Accounts((n, Identity(tuple(c), parent)) for n, (c, parent) in names.items())
        read = {}
        for number, name in enumerate(sorted(accounts)):
            if name not in todo:
                read[name] = self._read[name]
                continue
            self.progress(number, len(accounts))
            read[name] = self._told(house, called, name, accounts[name])
        self._read = read
        own = check_read(house, called)
        self.problems = [*own, *(p for told in read.values() for p in told.problems)]
        if house.portfolio is not None and not any(p.severity is Severity.ERROR for p in own):
            self._show(house.portfolio)
        return True

    def _told(self, house: Reading, called: Accounts, name: str, signature: Signature) -> Told:
        """An account read anew; where something stops it, what was last good of it."""
        reading = read_account(house, name)
        problems = check_read(reading, called, with_house=False)
        wrong = Counter(p.severity for p in problems)[Severity.ERROR]
        good = self._read[name].good if name in self._read else None
        if reading.portfolio is not None and reading.portfolio.accounts and not wrong:
            good = measure(reading.portfolio).accounts[0]
        return Told(signature, problems, good)

    def _show(self, house: Portfolio) -> None:
        """What can be shown of all, with where it stands in its history."""
        good = tuple(told.good for told in self._read.values() if told.good is not None)
        found = standing(self.root)
        self.problems += found.problems
        self.portfolio = with_standing(
            house.model_copy(update={"accounts": good}), found, self.memory
        )
        self._remember(found)

    def _remember(self, found: Standing) -> None:
        """The histories, told again where a commit came."""
        assert self.portfolio is not None
        tip = f"{found.commit} {self.portfolio.as_of}"
        if found.repository is None or tip == self._tip:
            self.known = self.known if found.repository else NOTHING
            return
        try:
            self.known = past(found.repository, "HEAD", self.portfolio.as_of, self.clients)
            self._tip = tip
        except Unreadable as error:
            self.problems += error.problems
            self.known = NOTHING
