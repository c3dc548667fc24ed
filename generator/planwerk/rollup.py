"""KPIs over many accounts: added up by numerator and denominator, divided once, with their sample.

By client, industry, tier, owner, offering or period. An account of which nothing is kept is left
out and named; one with an amount that cannot be told (a currency without a rate) leaves its
group unknown, for the sum would be too small. Rates are never averaged.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Literal

from planwerk.kpis import kpi_of
from planwerk.kpis.case import Case
from planwerk.kpis.course import months
from planwerk.kpis.kind import Kpi
from planwerk.kpis.money import year_before
from planwerk.kpis.tally import NOTHING_KEPT, Span, Tally, add
from planwerk.memory import Memory
from planwerk.model.computed import CATALOGUE
from planwerk.model.measured import Counted
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.types import Unknown
from planwerk.model.workspace import Workspace

By = Literal["all", "client", "industry", "tier", "owner", "offering", "period"]
Every = Literal["month", "quarter", "year"]
BY: tuple[By, ...] = ("all", "client", "industry", "tier", "owner", "offering", "period")
OPEN = "offen"
"""The group of what nobody wrote: an account without a tier, a booking without an offering."""


NONE: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a roll-up: the group's id, its value with all that it came of.

    `accounts` were counted; of `left_out` nothing is kept, and of `spoiling` something that
    belongs into the sum cannot be told (reasons under `counted.why`).
    """

    key: str
    counted: Counted
    accounts: tuple[str, ...]
    left_out: tuple[str, ...]
    spoiling: tuple[str, ...]


Asked = tuple[str, str, Span]
"""A KPI by its id, an offering ("" for all), a span."""
CHUNK = 40
"""How many accounts of a group are added up together: when one changes, the other sums stay."""


@dataclass(slots=True, eq=False)
class Kept:
    """What was counted of one account so far."""

    case: Case
    offered: dict[str, Case] = field(default_factory=dict)
    tallies: dict[Asked, Tally] = field(default_factory=dict)
    alone: dict[Asked, Group] = field(default_factory=dict)
    """The groups that hold this account and no other."""
    sold: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """The offerings that some logs name."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Some accounts added up, and which of them were counted."""

    tally: Tally
    names: tuple[str, ...]
    counted: tuple[str, ...]
    left_out: tuple[str, ...]
    spoiling: tuple[str, ...]


class NotAllowedError(ValueError):
    """The workspace does not allow to look at KPIs by person (`by_owner`)."""


def dimensions(workspace: Workspace) -> tuple[By, ...]:
    """What the workspace allows to roll up by; by owner only where the house agreed on it."""
    return tuple(by for by in BY if by != "owner" or workspace.by_owner)


class Rollup:
    """The accounts of a portfolio, ready to be added up: each log is read and cut once.

    Ask as many KPIs and dimensions as wanted of the same one: it remembers what it counted. With
    a `memory`, what was counted of an account outlives it.
    """

    def __init__(self, portfolio: Portfolio, memory: Memory | None = None) -> None:
        self.portfolio = portfolio
        self.memory = memory = memory or Memory()
        house = (portfolio.workspace, portfolio.training, portfolio.as_of)
        self._kept = {
            a.id: memory.of(
                ("counted", a.id),
                (a, *house),
                lambda a=a: Kept(Case(a, portfolio.workspace, portfolio.training)),  # type: ignore[misc]
            )
            for a in portfolio.accounts
        }
        self._names = tuple(account.id for account in portfolio.accounts)
        self._grouped: dict[By, dict[str, tuple[str, ...]]] = {}
        self._known: dict[tuple[str, By, Span, Every], tuple[Group, ...]] = {}

    def by(self, name: str, by: By, span: Span, every: Every = "quarter") -> tuple[Group, ...]:
        """The KPI by that dimension within the span, groups in order of their ids.

        KeyError for a KPI whose values are entered: clients mean different things by them.
        NotAllowedError by owner where the workspace does not allow it. Empty where the KPI knows
        nothing of the dimension (a reply rate by offering, training by client).
        """
        kpi = self._kpi(name)
        if by not in dimensions(self.portfolio.workspace):
            raise NotAllowedError(by)
        asked = (name, by, span, every)
        if asked not in self._known:
            self._known[asked] = tuple(self._groups(kpi, by, span, every))
        return self._known[asked]

    def _groups(self, kpi: Kpi, by: By, span: Span, every: Every) -> Iterator[Group]:
        if by == "period":
            for part in parts(span, every):
                yield self._group(kpi, str(part.start), self._names, part)
        elif by == "offering":
            yield from self._by_offering(kpi, span)
        elif by == "all":
            yield self._group(kpi, "", self._names, span)
        elif by == "client" and kpi.of_house is None:
            asked = (kpi.id, "", span)
            for name in sorted(self._names):
                yield self._kept[name].alone.get(asked) or self._group(kpi, name, (name,), span)
        elif kpi.of_house is None:
            for key, names in self._accounts(by).items():
                yield self._group(kpi, key, names, span)

    def _accounts(self, by: By) -> dict[str, tuple[str, ...]]:
        """The accounts of each group, the groups in order of their ids."""
        if by not in self._grouped:
            groups: dict[str, list[str]] = {}
            for account in self.portfolio.accounts:
                groups.setdefault(_key(account, by), []).append(account.id)
            self._grouped[by] = {key: tuple(groups[key]) for key in sorted(groups)}
        return self._grouped[by]

    def _kpi(self, name: str) -> Kpi:
        kpi = kpi_of(self.portfolio.workspace, name)
        if kpi is None:
            raise KeyError(name)
        return kpi

    def _tally(self, kpi: Kpi, kept: Kept, span: Span, offering: str) -> Tally:
        case = kept.case
        if offering:
            if offering not in kept.offered:
                kept.offered[offering] = case.only("" if offering == OPEN else offering)
            case = kept.offered[offering]
        return kpi.tally(case, span, self.portfolio.as_of)

    def _group(
        self, kpi: Kpi, key: str, names: tuple[str, ...], span: Span, offering: str = ""
    ) -> Group:
        """The accounts added up; what belongs to no account is counted of the house, once."""
        if kpi.of_house is not None:
            return Group(key, kpi.counted(kpi.of_house(self.portfolio, span), span), (), (), ())
        asked = (kpi.id, offering, span)
        alone = self._kept[names[0]].alone if len(names) == 1 and key == names[0] else None
        if alone is not None and asked in alone:
            return alone[asked]
        sums = [
            self._sum(kpi, names[at : at + CHUNK], asked, (kpi.id, offering, span, key, at))
            for at in range(0, len(names), CHUNK)
        ]
        whole = sums[0].tally if len(sums) == 1 else add(one.tally for one in sums)
        group = Group(
            key, kpi.counted(whole, span),
            names if all([one.counted is one.names for one in sums]) else _chained(one.counted for one in sums),  # noqa: C419
            _chained(one.left_out for one in sums), _chained(one.spoiling for one in sums),
        )  # fmt: skip
        if alone is not None:
            alone[asked] = group
        return group

    def _sum(self, kpi: Kpi, names: tuple[str, ...], asked: Asked, name: Hashable) -> Sum:
        """Some accounts of a group added up; kept while they are the same."""
        kept = tuple([self._kept[name] for name in names])
        return self.memory.of(name, (*kept, *names), lambda: self._added(kpi, names, kept, asked))

    def _added(self, kpi: Kpi, names: tuple[str, ...], kept: tuple[Kept, ...], asked: Asked) -> Sum:
        each = []
        for one in kept:
            tally = one.tallies.get(asked)
            if tally is None:
                tally = one.tallies[asked] = self._tally(kpi, one, asked[2], asked[1])
            each.append(tally)
        whole = each[0] if len(each) == 1 else add(each)
        if not any([tally.why for tally in each]):  # noqa: C419 (a list is the quicker one here)
            return Sum(whole, names, names, NONE, NONE)
        told = tuple(zip(names, each, strict=True))
        return Sum(
            whole,
            names,
            tuple(name for name, tally in told if not tally.why),
            tuple(name for name, t in told if t.why and t.why <= NOTHING_KEPT),
            tuple(name for name, t in told if t.why and not t.why <= NOTHING_KEPT),
        )

    def _by_offering(self, kpi: Kpi, span: Span) -> Iterator[Group]:
        if not kpi.by_offering:
            return
        sold: dict[str, list[str]] = {}
        for account in self.portfolio.accounts:
            known = self._kept[account.id].sold
            if kpi.needs not in known:
                known[kpi.needs] = tuple(sorted(_offerings(account, kpi.needs)))
            for offering in known[kpi.needs]:
                sold.setdefault(offering or OPEN, []).append(account.id)
        for offering in sorted(sold):
            yield self._group(kpi, offering, tuple(sold[offering]), span, offering)


def _chained(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(names))


def counted_of(workspace: Workspace) -> tuple[str, ...]:
    """The KPIs that can be added up: of the catalogue, then those that the house declares itself."""
    own = [kpi.id for kpi in workspace.kpis if kpi.log and kpi.id not in CATALOGUE]
    return tuple(name for name in (*CATALOGUE, *own) if kpi_of(workspace, name))


def year_until(day: date) -> Span:
    """The twelve months that end with that day."""
    return Span(year_before(day) + timedelta(days=1), day)


def _key(account: Account, by: By) -> str:
    said = account.id if by == "client" else getattr(account.profile, by)
    return OPEN if isinstance(said, Unknown) or not said else str(said)


def _offerings(account: Account, logs: Sequence[str]) -> set[str]:
    """The offerings that these logs of the account name; "" for lines that name none."""
    lines = [line for log in logs for line in getattr(account, log)]
    return {"" if isinstance(line.offering, Unknown) else line.offering for line in lines}


def parts(span: Span, every: Every) -> list[Span]:
    """The calendar months, quarters or years of a span; first and last may be part of one."""
    size = {"month": 1, "quarter": 3, "year": 12}[every]
    starts = [first for first, _ in months(span.start, span.end) if (first.month - 1) % size == 0]
    first = [span.start] if not starts or starts[0] > span.start else []
    begun: list[date] = [max(day, span.start) for day in (*first, *starts)]
    ends = [day - timedelta(days=1) for day in begun[1:]] + [span.end]
    return [Span(start, end) for start, end in zip(begun, ends, strict=True)]
