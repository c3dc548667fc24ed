"""What a KPI of the catalogue is: how it is counted, what it needs, when it is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from planwerk.kpis.case import Case
from planwerk.kpis.tally import Span, Tally, median, unknown
from planwerk.model.measured import Counted, Direction, Input, State
from planwerk.model.portfolio import Portfolio

Unit = Literal["none", "count", "percent", "hours", "days", "points", "EUR"]
"""`EUR` stands for the workspace's currency."""
Level = Literal["account", "portfolio"]
NOTHING_TO_DIVIDE = frozenset({"nothing_to_divide"})
BOTH: tuple[Level, ...] = ("account", "portfolio")


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI: `count` gives its tally for an account and a span whose end is the day asked.

    The value is `scale` times numerator over denominator; the numerator alone where nothing is
    divided; the median of the values where `median` is set. Below `minimum` cases it is too
    few. `needs` names the kinds of files it is counted from, `unknown_when` the reasons that
    can leave it unknown, `source` where the definition comes from. `running` sums begin at
    zero with the period. `past` False: files hold only how things are, not how they were,
    and earlier days are not known.
    `clients` says whether a client may ever see it (and then only where the plan shares it).
    Name and formula in words are in `words/kpis.<language>.yml`.
    """

    id: str
    unit: Unit
    direction: Direction
    count: Callable[[Case, Span], Tally]
    needs: tuple[str, ...]
    source: str
    unknown_when: tuple[str, ...] = ("no_log",)
    scale: int = 1
    decimals: int = 0
    minimum: int = 1
    levels: tuple[Level, ...] = BOTH
    running: bool = False
    past: bool = True
    median: bool = False
    clients: bool = False
    before: Callable[[Case, Span], Tally] | None = None
    """How an earlier day is counted, where that is not as today."""
    of_house: Callable[[Portfolio, Span], Tally] | None = None
    """For what belongs to no account: counted once for the house instead of by account."""

    @property
    def by_offering(self) -> bool:
        """Whether its cases belong to offerings."""
        return set(self.needs) <= {"revenue", "opportunities", "whitespace"}

    def tally(self, case: Case, span: Span, today: date) -> Tally:
        """What is counted of an account in the span, where today is that day."""
        if span.end >= today:
            return self.count(case, span)
        if self.before is not None:
            return self.before(case, span)
        return self.count(case, span) if self.past else unknown("not_kept")

    def value(self, tally: Tally) -> Decimal | None:
        """The value that follows; None where none does."""
        if tally.why:
            return None
        if self.median:
            return median(tally.values)
        if tally.denominator is None:
            return tally.numerator * self.scale
        if tally.denominator <= 0:
            return None
        return self.scale * tally.numerator / tally.denominator

    def counted(self, tally: Tally, span: Span) -> Counted:
        """The tally with its value and state: known, unknown with reasons, or too few."""
        value, why = self.value(tally), tally.why
        if value is None and not why:
            why = NOTHING_TO_DIVIDE
        # too few cases first: of one answer, nothing follows; of none, it is not known
        few = not tally.why and 0 < tally.n < self.minimum
        state: State = "too_few" if few else "unknown" if value is None else "known"
        return Counted(
            kpi=self.id,
            state=state,
            value=value if state == "known" else None,
            numerator=None if tally.why else tally.numerator,
            denominator=None if tally.why else tally.denominator,
            n=tally.n,
            minimum=self.minimum,
            left_out=tally.left_out,
            inputs=tuple(Input(log, n) for log, n in tally.inputs),
            why=tuple(sorted(why)) if state == "unknown" else (),
            start=span.start,
            day=span.end,
        )
