"""One account as its KPIs see it: logs corrected, sorted and cut to spans, each once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from planwerk.kpis.tally import Span
from planwerk.model.account import Measurement, Opportunity, Revenue, WhiteSpaceCell
from planwerk.model.logs import Interaction, SurveyAnswer, Training, counting
from planwerk.model.portfolio import Account
from planwerk.model.workspace import Workspace, rate_on, rates_of

Made = TypeVar("Made")
BY_DAY = attrgetter("date")


class Booking(NamedTuple):
    """A line of the revenue log in the workspace's currency; None without a rate for its day."""

    date: date
    kind: str
    offering: str
    amount: Decimal | None


def bookings(lines: Sequence[Revenue], workspace: Workspace) -> list[Booking]:
    """The revenue that counts, in the workspace's currency."""
    out, rates = [], {workspace.currency: [(date.min, Decimal(1))]}
    for line in counting(lines):
        currency = str(line.currency or workspace.currency)
        if currency not in rates:
            rates[currency] = [(r.since, r.rate) for r in rates_of(workspace, currency)]
        rate = next((rate for since, rate in reversed(rates[currency]) if since <= line.date), None)
        amount = None if rate is None else line.amount if rate == 1 else line.amount * rate
        out.append(Booking(line.date, line.kind, str(line.offering or ""), amount))
    return out


def booked(account: Account, workspace: Workspace) -> list[Revenue]:
    """The lines that count, in the workspace's currency; lines without a rate are no amount."""
    out = []
    for line in counting(account.revenue):
        currency = str(line.currency or workspace.currency)
        if (rate := rate_on(workspace, currency, line.date)) is not None:
            out.append(
                line if rate == 1 else line.model_copy(update={"amount": line.amount * rate})
            )
    return out


class Case:
    """An account whose KPIs are counted; with `whole`, only what of it belongs to `offering`."""

    def __init__(
        self,
        account: Account,
        workspace: Workspace,
        training: Sequence[Training] = (),
        offering: str | None = None,
        whole: Case | None = None,
    ) -> None:
        self.account, self.workspace = account, workspace
        self.training, self.offering, self._whole = training, offering, whole
        self._logs: dict[str, list[Any]] = {}
        self._days: dict[str, list[date]] = {}
        self._cuts: dict[tuple[str, Span], list[Any]] = {}
        self._made: dict[Hashable, Any] = {}

    def only(self, offering: str) -> Case:
        """The same account, with only what belongs to that offering ("": to none)."""
        return Case(self.account, self.workspace, self.training, offering, self)

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes of this account, made once and kept under that name."""
        if name not in self._made:
            self._made[name] = make()
        found: Made = self._made[name]
        return found

    def parted(self, log: str, span: Span, *fields: str) -> Mapping[Any, list[Any]]:
        """The lines of those days by the values of these fields, each in its order."""
        return self.once((log, span, fields), lambda: parted(self._cut(log, span), fields))

    @cached_property
    def opportunities(self) -> Sequence[Opportunity]:
        """Its deals."""
        return self._of_offering("opportunities")

    @cached_property
    def whitespace(self) -> Sequence[WhiteSpaceCell]:
        """Its cells of departments x offerings."""
        return self._of_offering("whitespace")

    def interactions(self, span: Span) -> list[Interaction]:
        """The contacts of those days."""
        return self._cut("interactions", span)

    def surveys(self, span: Span) -> list[SurveyAnswer]:
        """The answers to surveys of those days."""
        return self._cut("surveys", span)

    def revenue(self, span: Span) -> list[Booking]:
        """The bookings of those days, in the workspace's currency."""
        return self._cut("revenue", span)

    def trained(self, span: Span) -> list[Training]:
        """What those of us who look after the account learned or should have, of those days."""
        us = team(self.account)
        return [
            line for line in counting(self.training) if line.who in us and span.holds(line.date)
        ]

    def entered(self, kpi: str) -> list[Measurement]:
        """The values entered of a KPI that count, the oldest first."""
        return self._entered.get(kpi, [])

    @cached_property
    def _entered(self) -> dict[str, list[Measurement]]:
        found: dict[str, list[Measurement]] = {}
        for line in counting(self.account.measurements):
            found.setdefault(line.kpi, []).append(line)
        for lines in found.values():
            lines.sort(key=lambda line: line.date)
        return found

    def kept(self, log: str, day: date) -> bool:
        """Whether a log has anything up to that day: what is not kept is not known."""
        if log == "opportunities":
            return bool(self.account.opportunities)
        if log == "training":
            return bool(self.training)
        self._load(log)
        days = self._days[log]
        return bool(days) and days[0] <= day

    def first(self, log: str) -> date | None:
        """The day of the oldest line."""
        self._load(log)
        return self._days[log][0] if self._days[log] else None

    def _of_offering(self, log: str) -> Sequence[Any]:
        if self._whole is None:
            records: Sequence[Any] = getattr(self.account, log)
            return records
        return self._whole._by_offering(log).get(self.offering, [])

    def _by_offering(self, log: str) -> Mapping[Any, list[Any]]:
        """All that a log holds, by offering: read once for all offerings."""
        if log == "revenue":
            self._load(log)
        lines = self._logs[log] if log == "revenue" else getattr(self.account, log)
        return self.once(("offering", log), lambda: parted(lines, ("offering",)))

    def _load(self, log: str) -> None:
        if log in self._logs:
            return
        lines: Iterable[Any]
        if self._whole is not None and log == "revenue":
            lines = self._of_offering(log)
        elif log == "revenue":
            lines = bookings(self.account.revenue, self.workspace)
        else:
            lines = counting(getattr(self.account, log))
        # what belongs to an offering is in order, as the whole is
        ranked = list(lines) if self._whole is not None and log == "revenue" else sorted(lines, key=BY_DAY)  # fmt: skip
        self._logs[log], self._days[log] = ranked, [line.date for line in ranked]

    def _cut(self, log: str, span: Span) -> list[Any]:
        if (found := self._cuts.get((log, span))) is None:
            self._load(log)
            days = self._days[log]
            chosen = slice(bisect_left(days, span.start), bisect_right(days, span.end))
            found = self._cuts[log, span] = self._logs[log][chosen]
        return found


def parted(lines: Iterable[Any], fields: Sequence[str]) -> dict[Any, list[Any]]:
    """Lines by the value of a field, or by the values of several, each in its order."""
    found: dict[Any, list[Any]] = {}
    key = attrgetter(*fields)
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return found


def team(account: Account) -> set[str]:
    """Those of us who look after the account: its owner, and whoever its people know."""
    known = {link.with_ for person in account.stakeholders for link in person.relationships}
    if isinstance(account.profile.owner, str):
        known.add(account.profile.owner)
    return known
