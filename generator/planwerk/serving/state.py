"""What the plans say now: only what changed is read again, and what is wrong stays as it was good.

An account with an error keeps the state in which it last had none; an error above the accounts
keeps all of them. So there is always a page to show, and what is wrong is told beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from planwerk.brand import refuse_broken
from planwerk.build import with_standing
from planwerk.checks import check_read
from planwerk.checks.rule import Accounts, Identity
from planwerk.citing import SHARED, Places, cite_places, places
from planwerk.history.past import Past, past
from planwerk.measure import measure
from planwerk.memory import Memory
from planwerk.model.house_page import FOLDER as SITE
from planwerk.model.portfolio import Account, Portfolio
from planwerk.problems import Problem, Refusal, Severity, refuse
from planwerk.read import SHARED_FOLDERS, Reading, read_account, read_house, read_names
from planwerk.remembered import Signature, signature, signatures, together
from planwerk.repository import Standing, Unreadable, Watch, standing
from planwerk.theme import BUILT_IN, load_theme

Day = Callable[[], date | None]
NOTHING = Past()
"""No histories: always the same object, for what was made with it stays as it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """One account as it was read: the state of its files, what is wrong, and what it holds, its
    KPIs measured (None where an error stops it), and where that stands in its files."""

    signature: Signature
    problems: list[Problem]
    good: Account | None
    places: Places = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """The plans of a workspace, brought up to date by `refresh`.

    `portfolio` is what can be shown, None before there was anything; `problems` what is wrong.
    """

    root: Path
    day: Day
    brand: str = BUILT_IN
    """The brand's name; the folder of the house's own, which is looked at too."""
    clients: tuple[str, ...] = ()
    """Whose histories are told as the clients saw them."""
    progress: Callable[[int, int], None] = lambda done, total: None
    portfolio: Portfolio | None = None
    known: Past = NOTHING
    problems: list[Problem] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    """What was worked out of each account, which stays while the account does."""
    unfit: list[Problem] = field(default_factory=list)
    """What is wrong with the brand."""
    _house: Reading | None = None
    _above: object = None
    _names: dict[str, tuple[list[str], str]] = field(default_factory=dict)
    _read: dict[str, Told] = field(default_factory=dict)
    _tip: str = ""
    _around: object = None
    _look: object = None
    _cited: object = None
    _watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self._watch = Watch(self.root)

    def refresh(self) -> bool:
        """Read what changed; whether anything did."""
        try:
            if not (self.root / "plans").is_dir():
                raise refuse("no-workspace", str(self.root), found=str(self.root))
            looks = self._looks()
            return self._refreshed() or looks
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
        return [p for p in (*self.unfit, *self.problems) if p.severity is Severity.ERROR]

    def brand_moved(self) -> bool:
        """Whether the brand is not what it was when it was looked at last."""
        return self._brand() != self._look

    def _brand(self) -> object:
        """What lies in the house's own brand; None for one that ships."""
        folder = Path(self.brand)
        try:
            return signature(folder) if folder.is_absolute() else ""
        except FileNotFoundError:  # it is being replaced
            return None

    def _looks(self) -> bool:
        """Look at the brand; whether it changed. While it is unfit, nothing is made with it."""
        look = self._brand()
        if look is None or look == self._look:
            return False
        self._look = look
        load_theme.cache_clear()
        try:
            refuse_broken(load_theme(self.brand))
            self.unfit = []
        except Refusal as refusal:
            self.unfit = list(refusal.problems)
        return True

    def _refreshed(self) -> bool:
        folders, beside = signatures(self.root / "plans")
        accounts = {n: s for n, s in folders.items() if n[0] != "." and n not in SHARED_FOLDERS}
        others = ((n, s) for n, s in folders.items() if n not in accounts)
        day = self.day()
        above = (together((*beside.items(), *others)), day)
        todo = {n for n, s in accounts.items() if n not in self._read or self._read[n].signature != s}  # fmt: skip
        around = (self._watch.now(), self._site())
        same = above == self._above and accounts.keys() == self._read.keys()
        if not todo and same and around == self._around:
            return False
        names = {n: read_names(self.root, n) if n in todo else self._names[n] for n in accounts}
        if above != self._above or names != self._names or self._house is None:
            todo, self._house = set(accounts), read_house(self.root, day)
        elif around != self._around:  # the house's own pages, which no account holds
            self._house = read_house(self.root, day)
        self._above, self._names, self._around = above, names, around
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
            self._show(house.portfolio, todo)
        return True

    def _site(self) -> Signature | None:
        """What lies in the folder of the house's own pages."""
        folder = self.root / SITE
        return signature(folder) if folder.is_dir() else None

    def _told(self, house: Reading, called: Accounts, name: str, signature: Signature) -> Told:
        """An account read anew; where something stops it, what was last good of it."""
        reading = read_account(house, name)
        problems = check_read(reading, called, with_house=False)
        wrong = Counter(p.severity for p in problems)[Severity.ERROR]
        before = self._read.get(name)
        good, stand = (before.good, before.places) if before else (None, {})
        if reading.portfolio is not None and reading.portfolio.accounts and not wrong:
            good = measure(reading.portfolio).accounts[0]
            stand = places(reading, (name,)) if reading.portfolio.workspace.host else {}
        return Told(signature, problems, good, stand)

    def _show(self, house: Portfolio, read: Collection[str]) -> None:
        """What can be shown of all, with where it stands in its history."""
        good = tuple(told.good for told in self._read.values() if told.good is not None)
        found = standing(self.root)
        self.problems += found.problems
        if house.workspace.host and found.commit != self._cited:  # links name the commit
            self.memory = Memory()
        self.portfolio = with_standing(
            house.model_copy(update={"accounts": good}), found, self.memory
        )
        if house.workspace.host:
            self._cite(found, read)
        self._remember(found)

    def _cite(self, found: Standing, read: Collection[str]) -> None:
        """Note where what was read stands in the history; all of it where that is another one."""
        assert self._house is not None
        known = dict(places(self._house, SHARED))
        for name, told in self._read.items():
            if name in read or found.commit != self._cited:
                known |= told.places
        cite_places(known, found)
        self._cited = found.commit

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
