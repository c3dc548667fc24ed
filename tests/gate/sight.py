"""What a client may see of an account, told by the marks of the models and by nothing of the gate.

Where this is in doubt it says *seen*: then a pair does not differ there, and nothing false is asked
of the gate. What is seen only because something else is reckoned from it is named in `COUNTED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planwerk.kpis import kpi_of
from planwerk.model.account import Measurement, Profile
from planwerk.model.logs import SurveyAnswer
from planwerk.model.plan import Commitment, Goal, Partner, Plan, PlanKpi, Review, Task
from planwerk.model.portfolio import Account, Period
from planwerk.model.record import Record, Shared
from planwerk.model.workspace import Workspace

Key = tuple[str, str]
"""A kind of record and a field of it, as coverage counts them."""
CLIENT = "client"
COUNTED: dict[tuple[str, str], str] = {
    ("PlanKpi", "interim"): "the status of a shared KPI is held against the interim targets",
    ("Measurement", "*"): "the lines of a shared KPI are its value; source and note are not",
    ("SurveyAnswer", "*"): "a shared KPI of the catalogue counts them; whose answer it is, is not",
    ("Task", "due done_on accountable"): "a shared KPI of the catalogue counts the tasks of all",
    ("Commitment", "result"): "a shared KPI of the catalogue counts what was kept of all promises",
    ("Review", "held_on"): "it says in which period those promises count",
    ("Profile", "owner"): "whom a reader may ask, where a shared record names them anyway",
}
"""Fields of nobody's but ours of which a client's output is reckoned once a KPI is shared with it."""
OF_TASKS = {"task-punctuality", "task-punctuality-client", "task-punctuality-ours"}
OF_ANSWERS = {"nps", "csat", "csat-mean", "ces"}
OF_PROMISES = {"commitments-kept"}
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def shown(record: Record, above: bool, house: Workspace) -> bool:
    """Whether a client sees what of a record may leave; `above` is whether it sees its holder's."""
    if not isinstance(record, Shared):
        return above
    if CLIENT not in record.share or not type(record).sharable:
        return False
    if isinstance(record, Goal):
        return record.kind == "client"
    if isinstance(record, PlanKpi):
        return may_be_shown(record.kpi, house)
    return True


def may_be_shown(kpi: str, house: Workspace) -> bool:
    """The first of the two keys of a KPI: the house's own mark, or that of the catalogue."""
    for own in house.kpis:
        if own.id == kpi:
            return CLIENT in own.share and not own.log
    counting = kpi_of(house, kpi)
    return counting is not None and counting.clients


def inner(value: object) -> bool:
    """Whether a value holds records."""
    return isinstance(value, Record) or (
        isinstance(value, tuple | list) and bool(value) and isinstance(value[0], Record)
    )


@dataclass(frozen=True)
class Sight:
    """What a client sees of its accounts: one and the same, in the states it had."""

    accounts: tuple[Account, ...]
    house: Workspace

    @cached_property
    def words(self) -> frozenset[str]:
        """The names that occur in what is seen: whoever or whatever bears one may be seen."""
        found: set[str] = set()
        for account in self.accounts:
            found.add(account.id)
            for value in _seen(account, self.house):
                found |= set(NAME.findall(value))
        return frozenset(found)

    @cached_property
    def kpis(self) -> frozenset[str]:
        """The KPIs that a plan shares."""
        return frozenset(
            kpi.kpi for a in self.accounts for p in a.periods for kpi in p.plan.kpis
            if shown(kpi, False, self.house)
        )  # fmt: skip

    @cached_property
    def texts(self) -> str:
        """All that is seen, one after another: which pictures it shows is read off it."""
        return "\n".join(v for a in self.accounts for v in _seen(a, self.house))

    def known(self, name: str) -> bool:
        """Whether something of that name is seen."""
        return name in self.words

    def field(self, record: Record, name: str, seen: bool) -> bool:
        """Whether a field is seen, or counts for what is; `seen` says so of the record."""
        kind = type(record)
        if isinstance(record, Partner):
            seen = self.known(record.id)
        if isinstance(record, Profile) and name == "owner":
            return isinstance(record.owner, str) and self.known(record.owner)
        if name in (*getattr(kind, "identity", ()), "share") and name != "share":
            return True
        return (seen and name in kind.released) or self.counts(record, name, seen)

    def counts(self, record: Record, name: str, seen: bool) -> bool:
        """Whether what is seen is reckoned of this field (see `COUNTED`)."""
        match record:
            case PlanKpi():
                return seen and name == "interim"
            case Measurement():
                return record.kpi in self.kpis and name not in ("source", "note")
            case SurveyAnswer():
                return bool(self.kpis & OF_ANSWERS) and name != "with_"
            case Task():
                return bool(self.kpis & OF_TASKS) and name in ("due", "done_on", "accountable")
            case Commitment():
                return bool(self.kpis & OF_PROMISES) and name == "result"
            case Review():
                return bool(self.kpis & OF_PROMISES) and name == "held_on"
        return False

    def must_stay(self, record: Record) -> bool:
        """Whether it counts that the record is there."""
        match record:
            case Measurement():
                return record.kpi in self.kpis
            case SurveyAnswer():
                return bool(self.kpis & OF_ANSWERS)
            case Task():
                return bool(self.kpis & OF_TASKS)
            case Commitment() | Review():
                return bool(self.kpis & OF_PROMISES)
        return False

    def period(self, period: Period) -> bool:
        """Whether anything of a period is seen, or counted."""
        return any(_any(part, self.house) for part in (period.plan, period.tasks, period.review, period.slides)) or bool(
            self.kpis & (OF_TASKS | OF_PROMISES)
        )  # fmt: skip

    def plan(self, plan: Plan, seen: bool) -> bool:
        """Whether the days of a plan are seen."""
        return seen


def _any(value: object, house: Workspace) -> bool:
    """Whether a record, or one within it, is shown."""
    if isinstance(value, tuple):
        return any(_any(part, house) for part in value)
    if not isinstance(value, Record):
        return False
    return shown(value, False, house) or any(_any(getattr(value, n), house) for n in type(value).model_fields)  # fmt: skip


def _seen(account: Account, house: Workspace) -> Iterator[str]:
    """All words of what is seen of an account."""
    for name in type(account).model_fields:
        value = getattr(account, name)
        if inner(value):
            for record in value if isinstance(value, tuple | list) else (value,):
                yield from _words(record, False, house)
        if name == "periods":
            yield from (p.id for p in account.periods if _any(p, house))


def _words(record: Record, above: bool, house: Workspace) -> Iterator[str]:
    if isinstance(record, Period):
        for part in (record.plan, record.tasks, record.review, record.slides):
            yield from _words(part, False, house) if part is not None else ()
        return
    seen = shown(record, above, house)
    for name in type(record).model_fields:
        value = getattr(record, name)
        told = seen and name in type(record).released
        if inner(value):
            for one in value if isinstance(value, tuple | list) else (value,):
                yield from _words(one, told, house)
        elif told or name in getattr(record, "identity", ()):
            yield from _plain(value)


def _plain(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _plain(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _plain(one)
