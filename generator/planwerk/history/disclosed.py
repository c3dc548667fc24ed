"""What changed for a client: the difference of successive projections, dated by day.

A client's history is not ours with parts left out. For each day on which something of the
account changed, the plans are read as they were at its end, projected onto the audience, and
compared with the plans before, projected on the same day: what time alone moves is no change, and
would tell of days on which only something internal changed. What is told knows the day and
nothing else: no author, no reason, no commit.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from planwerk.audience import project
from planwerk.garbage import uncollected
from planwerk.history.archive import State
from planwerk.history.codec import change_of, change_row
from planwerk.history.compare import compare
from planwerk.history.facts import Fact, Facts, facts_of
from planwerk.history.line import HOUSE
from planwerk.history.trail import Trail, counted_steps
from planwerk.measure import measure
from planwerk.model.history import Change, Commit, Spot, Step, Told
from planwerk.model.portfolio import Account, Portfolio
from planwerk.read import Known, Reading, read_account, read_house
from planwerk.remembered import digest

if TYPE_CHECKING:
    from planwerk.repository import Repository


class Day(NamedTuple):
    """The state of an account and of the house at the end of a day."""

    day: date
    account: State
    house: State

    def key(self) -> list[object]:
        """What tells one such state from another."""
        return [self.day.isoformat(), sorted(self.account.items()), sorted(self.house.items())]


def days(trail: Trail, account: str, until: date) -> list[Day]:
    """The days on which an account or the house changed, from the account's first to `until`.

    Days are those the commits claim, but time never runs backwards here: a commit that claims an
    earlier day than the one before it counts for that one's.
    """
    moves = sorted(
        [(n, commit, state, None) for n, commit, state in trail.states(account)]
        + [(n, commit, None, state) for n, commit, state in trail.states(HOUSE)],
        key=lambda move: move[0],
    )
    found: dict[date, Day] = {}
    own: State = {}
    house: State = {}
    latest = date.min
    for _, commit, new, common in moves:
        own, house = (own if new is None else new), (house if common is None else common)
        latest = max(latest, commit.day or latest)
        if own and latest <= until:
            found[latest] = Day(latest, own, house)
    return list(found.values())


def disclosed(
    repository: Repository, trail: Trail, account: str, audience: str, until: date
) -> tuple[Step, ...]:
    """What `audience` saw change of an account up to and on the day `until`, day by day.

    The first step is what it saw first. Days on which the plans cannot be read tell nothing;
    what they changed is told on the next day that can be.
    """
    work = work_for(trail, account, audience, until)
    known = trail.kept(work.keys)
    if len(known) < len(set(work.keys)):
        rows = worked_out(repository, work)
        trail.keep({key: row for key, row in rows.items() if key not in known})
        known |= rows
    steps = []
    for now, key in zip(work.states, work.keys, strict=True):
        day = Commit("", day=now.day)
        if changes := [change_of(row, account) for row in known[key]]:
            steps.append(Step(day, tuple(Told(change, day) for change in changes)))
    return counted_steps(steps)


def still_told(steps: tuple[Step, ...], whole: Account, seen: Account) -> tuple[Step, ...]:
    """The steps without what is internal by now.

    `whole` is the account, `seen` what the audience is shown of it today. Of a record that was shared
    once and is no more nothing is told, nor of a field: whoever took the mark away meant that. What
    is deleted stays told, for no plan holds it.
    """
    return without_hidden(steps, shown_of(whole), shown_of(seen))


def without_hidden(steps: tuple[Step, ...], now: Facts, theirs: Facts) -> tuple[Step, ...]:
    """The steps without records and fields that are in `now` and not, or otherwise, in `theirs`."""
    hidden = now.keys() - theirs.keys()
    fields = {spot: names for spot, fact in now.items() if spot in theirs and (names := _other(fact, theirs[spot]))}  # fmt: skip
    if not hidden and not fields:
        return steps
    found = []
    for step in reversed(steps):
        told = []
        for one in reversed(step.told):
            change = one.change
            if change.before is not None:  # before it, all of this lay somewhere else
                hidden |= {_before(spot, change) for spot in hidden}
                fields |= {_before(spot, change): names for spot, names in fields.items()}
            if not hidden.isdisjoint(_holders(change.spot)):
                continue
            names = fields.get(change.spot, frozenset())
            if change.field not in names:
                values = tuple((name, value) for name, value in change.values if name not in names)
                same = len(values) == len(change.values)
                told.append(one if same else replace(one, change=replace(change, values=values)))
        if told:
            found.append(replace(step, told=tuple(reversed(told))))
    return tuple(reversed(found))


def _other(fact: Fact, shown: Fact) -> frozenset[str]:
    """The fields that are not shown as they are."""
    return frozenset(n for n, value in fact.fields.items() if shown.fields.get(n) != value)


def _holders(spot: Spot) -> list[Spot]:
    """The record itself, and those that it lies in."""
    return [spot, *(spot._replace(path=spot.path[:n]) for n in range(1, len(spot.path)))]


def _before(spot: Spot, change: Change) -> Spot:
    """Where a record stood before another one, which may hold it, was moved or renamed."""
    new, old = change.spot, change.before
    inside = spot[:3] == new[:3] and spot.path[: len(new.path)] == new.path
    return old._replace(path=old.path + spot.path[len(new.path) :]) if old and inside else spot


class Work(NamedTuple):
    """Whose history for whom, the states it leads through, and what each step is kept under."""

    account: str
    audience: str
    states: list[Day]
    keys: list[str]


def work_for(trail: Trail, account: str, audience: str, until: date) -> Work:
    """What has to be known to tell `audience` of an account up to a day."""
    states = days(trail, account, until)
    pairs = zip([None, *states], states, strict=False)
    keys = [_key(account, audience, before, now) for before, now in pairs]
    return Work(account, audience, states, keys)


def _key(account: str, audience: str, before: Day | None, now: Day) -> str:
    return digest([audience, account, before and before.key(), now.key()])


def worked_out(repository: Repository, work: Work) -> dict[str, Any]:
    """What changed from each state to the next, as it is kept."""
    account, audience, states, keys = work
    blobs = {blob for day in states for blob in (*day.account.values(), *day.house.values())}
    rows = {}
    with uncollected(), tempfile.TemporaryDirectory(prefix="planwerk-") as folder:
        seen = _Seen(Path(folder), account, audience, dict(repository.blobs(sorted(blobs))))
        for day, key in zip(states, keys, strict=True):
            # both on the same day: what time alone changed would tell that we did something then
            before = seen.until_then(day.day)
            after = seen.facts(day)
            rows[key] = [] if after is None else [change_row(c) for c in compare(before, after)]
    return rows


class _Seen:
    """The plans as one audience saw them, laid out in a folder of our own, day after day."""

    def __init__(self, root: Path, account: str, audience: str, blobs: Mapping[str, bytes]) -> None:
        self.root, self.account, self.audience, self.blobs = root, account, audience, blobs
        self.there: State = {}
        self.house: tuple[State, Reading] | None = None
        self.known: Known = {}
        self.last: Reading | None = None

    def until_then(self, day: date) -> Facts:
        """What the audience saw on the day of the plans as they were until then."""
        seen = projected(self.last, self.account, self.audience, day) if self.last else None
        return shown_of(seen.accounts[0]) if seen and seen.accounts else {}

    def facts(self, day: Day) -> Facts | None:
        """What the audience saw at the end of the day; None if the plans cannot be read."""
        own = {f"{self.account}/{file}": blob for file, blob in day.account.items()}
        self._lay_out(own | day.house)
        if self.house is None or self.house[0] != day.house:
            self.house = (day.house, read_house(self.root, day.day))
        reading = read_account(self.house[1], self.account, self.known)
        seen = projected(reading, self.account, self.audience, day.day)
        if seen is None and day.account:
            return None  # it cannot be read: what changed is told when it can be again
        self.last = reading
        if seen is None:
            return {}
        return shown_of(seen.accounts[0]) if seen.accounts else {}

    def _lay_out(self, files: State) -> None:
        """Have exactly these files below plans/."""
        plans = self.root / "plans"
        plans.mkdir(exist_ok=True)
        (plans / self.account).mkdir(exist_ok=True)
        for name in self.there.keys() - files.keys():
            (plans / name).unlink()
        for name, blob in files.items():
            if self.there.get(name) != blob:
                path = plans / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.blobs[blob])
        self.there = files
        for folder in sorted(plans.glob("*/*/"), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()


def shown(house: Reading, name: str, audience: str, day: date) -> Facts | None:
    """What an audience is shown of an account on a day; nothing where nothing is shared with it,
    None if the account is not there or cannot be read."""
    seen = projected(read_account(house, name), name, audience, day)
    return None if seen is None else shown_of(seen.accounts[0]) if seen.accounts else {}


def projected(reading: Reading, name: str, audience: str, day: date) -> Portfolio | None:
    """What an audience is given of an account that was read, on a day: no account where nothing
    is shared with it; None if the account is not there or cannot be read."""
    if reading.portfolio is None or not reading.portfolio.accounts:
        return None
    return project(measure(reading.portfolio.model_copy(update={"as_of": day})), audience, name)


def shown_of(account: Account) -> Facts:
    """What a projected account shows: its facts, and the values of its KPIs."""
    return {**facts_of(account), **_results(account)}


def _results(account: Account) -> Facts:
    """The values of KPIs that a projected account shows; not the lines behind them."""
    return {
        Spot(account.id, "measurements", period.id, (result.kpi,)): Fact(
            "Measured", result.kpi, {"actual": result.actual}
        )
        for period in account.periods
        for result in period.results
        if result.actual is not None
    }
