"""A world: plans as files in a real repository, with a past; and its twin.

Both show one client the same on each day. Everything else is told by chance, for each of them anew:
what is hidden in every state, how many commits there were and whose, what they say, at which hour
they claim to be, whether work was merged, and days on which only hidden things changed.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from gate.hidden import Varied, unshared
from gate.settled import settled
from gate.sight import Key, Sight, shown
from generated.files import _table, written
from generated.plans import BASES, examples
from histories import raw
from planwerk.model.portfolio import Portfolio
from planwerk.model.record import Record
from planwerk.model.workspace import Workspace

DAY = date(2026, 11, 23)
"""The day both are looked at."""
FIRST = (date(2026, 10, 5), date(2026, 10, 26), date(2026, 11, 16))
"""The days on which the client saw something change."""
PEOPLE = ("Maren Brandt <m@example.org>", "X <x@y.example>", "Zoë Ö. <z@example.org>", "bot <bot@localhost>")  # fmt: skip


@dataclass(frozen=True)
class Plot:
    """What both worlds have in common: whose they are, and what the client sees on each day."""

    number: int
    mine: str
    states: tuple[Portfolio, ...]
    sight: Sight


def plot(number: int) -> Plot:
    """The plot of that number."""
    rng = Random(f"plot/{number}")
    whole = examples()
    mine = BASES[number % len(BASES)]
    others = [a.id for a in whole.accounts if a.id != mine]
    chosen = {mine, *rng.sample(others, rng.choice((1, 2)))}
    accounts = tuple(a for a in whole.accounts if a.id in chosen)
    whole = whole.model_copy(update={"accounts": accounts, "pages": ()})
    whole = _without_parents(whole, chosen)
    states = [whole]
    for _ in FIRST[1:]:
        account = states[0].account(mine)
        before = _earlier(account, account.id, states[0].workspace, rng)
        others_ = tuple(before if a.id == mine else a for a in states[0].accounts)
        states.insert(0, states[0].model_copy(update={"accounts": others_}))
    sight = Sight(tuple(s.account(mine) for s in states), whole.workspace)
    return Plot(number, mine, tuple(states), sight)


def _without_parents(whole: Portfolio, chosen: Collection[str]) -> Portfolio:
    """The same where no account belongs to one that is not there."""
    groups = {group.id for group in whole.workspace.groups}
    accounts = tuple(
        a if a.profile.parent is None or a.profile.parent in {*chosen, *groups}
        else a.model_copy(update={"profile": a.profile.model_copy(update={"parent": None})})
        for a in whole.accounts
    )  # fmt: skip
    return whole.model_copy(update={"accounts": accounts})


def _earlier(record: Any, path: str, house: Workspace, rng: Random) -> Any:
    """A state before: some of what the client sees was not shared yet, or had other words."""
    changed: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Record):
            changed[name] = _earlier(value, f"{path}/{name}", house, rng)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changed[name] = tuple(
                unshared(one) if shown(one, False, house) and rng.random() < 0.15
                else _earlier(one, path, house, rng)
                for one in value
            )  # fmt: skip
        elif name in ("title", "text", "quote") and isinstance(value, str) and value and shown(record, False, house) and rng.random() < 0.2:  # fmt: skip
            changed[name] = f"{value} {rng.choice(('bald', 'zuerst', 'vielleicht'))}"
    return record.model_copy(update=changed) if changed else record


@dataclass
class World:
    """One telling of a plot, in a repository at `root`; `touched` is what of it was changed."""

    plot: Plot
    name: str
    root: Path
    touched: set[Key]

    def __post_init__(self) -> None:
        self.rng = Random(f"world/{self.plot.number}/{self.name}")
        self.made = 0
        self.now = datetime(2026, 9, 1, tzinfo=UTC)

    def tell(self) -> None:
        """Write it all, commit by commit."""
        self.root.mkdir(parents=True)
        raw(self.root, "init", "-q", "-b", "main")
        for number, day in enumerate(FIRST):
            state, last = self.plot.states[number], number == len(FIRST) - 1
            for quiet in self._quiet_days(number):
                earlier = _hushed(state, self.plot.mine) if not number else self.plot.states[number - 1]  # fmt: skip
                self._commit(self._varied(earlier), quiet)
            for _ in range(self.rng.choice((0, 0, 1))):  # what counts is how the day ended
                self._commit(self._varied(self.rng.choice(self.plot.states)), day)
            if last:
                whole, touched = settled(self.plot.mine, partial(self.chance, state))  # fmt: skip
                self.touched |= set(touched.values())
            else:
                whole = self._varied(state)
            self._commit(whole, day)

    def _quiet_days(self, number: int) -> Iterator[date]:
        """Days before the `number`-th on which the client saw nothing change."""
        before = FIRST[number - 1] if number else date(2026, 9, 10)
        room = (FIRST[number] - before).days - 1
        some = sorted(self.rng.sample(range(1, room), self.rng.choice((0, 0, 1))))
        yield from (before + timedelta(days=n) for n in some)

    def chance(self, state: Portfolio, refused: Collection[str] = (), checked: bool = True) -> tuple[Portfolio, Varied]:  # fmt: skip
        """A state with what is hidden of it as this world has it."""
        seed = f"{self.plot.number}/{self.name}/{self.made}"
        varied = Varied(self.plot.sight, self.plot.mine, seed, refused, checked)
        return varied.portfolio(state), varied

    def _varied(self, state: Portfolio) -> Portfolio:
        """A state of which only what the client sees has to make sense: old ones are not checked."""
        whole, varied = self.chance(state, (), False)
        self.touched |= set(varied.touched.values())
        return whole

    def _commit(self, whole: Portfolio, day: date) -> None:
        rng = self.rng
        self.made += 1
        plans = self.root / "plans"
        beside = self.root.with_name(f"{self.root.name}-beside")
        _written(whole, beside)
        shutil.rmtree(plans, ignore_errors=True)
        files = [p for p in beside.rglob("*") if p.is_file()]
        rng.shuffle(files)
        for path in files:
            target = self.root / path.relative_to(beside)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        shutil.rmtree(beside)
        raw(self.root, "add", "-A")
        tree = raw(self.root, "write-tree").decode().strip()
        hour = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=rng.randrange(86_400))  # fmt: skip
        self.now = max(self.now + timedelta(seconds=1), hour) if hour.date() == self.now.date() else hour  # fmt: skip
        parents = raw(self.root, "rev-parse", "-q", "--verify", "HEAD").split() if self.made > 1 else []  # fmt: skip
        if parents and rng.random() < 0.3:  # the same work, from a branch
            parents.append(self._made(tree, parents).encode())
        commit = self._made(tree, parents)
        raw(self.root, "update-ref", "HEAD", commit)

    def _made(self, tree: str, parents: list[bytes]) -> str:
        rng = self.rng
        author, committer = rng.choice(PEOPLE), rng.choice(PEOPLE)
        words = [w for parent in parents for w in ("-p", parent.decode())]
        zone = rng.choice(("+0000", "+0530", "-0800"))
        when = f"{int(self.now.timestamp())} {zone}"
        claimed = f"{int(self.now.timestamp()) - rng.randrange(10**7)} {zone}"
        env = {
            "GIT_AUTHOR_NAME": author.partition(" <")[0], "GIT_AUTHOR_EMAIL": author.partition("<")[2][:-1],
            "GIT_COMMITTER_NAME": committer.partition(" <")[0], "GIT_COMMITTER_EMAIL": committer.partition("<")[2][:-1],
            "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": claimed,
        }  # fmt: skip
        said = f"plans: {rng.randrange(16**8):08x}\n\n{'Warum auch nicht. ' * rng.randrange(4)}"
        return raw(self.root, "commit-tree", tree, *words, said=said.encode(), **env).decode().strip()  # fmt: skip


def _hushed(whole: Portfolio, mine: str) -> Portfolio:
    """The state before anything was shared with the client."""
    accounts = tuple(unshared(a) if a.id == mine else a for a in whole.accounts)
    return whole.model_copy(update={"accounts": accounts})


def _written(whole: Portfolio, root: Path) -> None:
    written(whole, root)
    if whole.training:
        _table(root / "plans" / "training.csv", whole.training)
