"""Revenue of one kind, added up: what the revenue KPIs have in common.

Source of the formula: the sum of the won value by kind of revenue in the period, as
key-account practice reports upsell, cross-sell and renewal (see ARCHITECTURE.md, KPIs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planwerk.model.account import Revenue
from planwerk.model.plan import Point
from planwerk.model.portfolio import Account
from planwerk.model.workspace import Workspace, rate_on


def corrected(lines: Sequence[Revenue]) -> list[Revenue]:
    """The lines that count: one that `corrects` another stands in its place."""
    replaced = {line.corrects for line in lines if line.corrects}
    return [line for line in lines if not line.id or line.id not in replaced]


def booked(account: Account, workspace: Workspace) -> list[Revenue]:
    """The lines that count, in the workspace's currency; lines without a rate are no amount."""
    out = []
    for line in corrected(account.revenue):
        currency = str(line.currency or workspace.currency)
        if (rate := rate_on(workspace, currency, line.date)) is not None:
            out.append(
                line if rate == 1 else line.model_copy(update={"amount": line.amount * rate})
            )
    return out


@dataclass(frozen=True, slots=True)
class RevenueKpi:
    """The sum of revenue of `kinds` in a period, in the workspace's currency.

    Never shown to a client: it is our view of the business with it.
    """

    id: str
    kinds: tuple[str, ...]
    client_may_see: bool = False

    def values(
        self, account: Account, workspace: Workspace, start: date, end: date
    ) -> tuple[Point, ...]:
        """The running sum after each booking from `start` to `end`, both included.

        Other currencies count at the workspace's rate of their day; from a line without a rate
        on, the sum is unknown.
        """
        total: Decimal | None = Decimal(0)
        points: dict[date, Decimal | None] = {}
        for line in sorted(corrected(account.revenue), key=lambda r: r.date):
            if start <= line.date <= end and line.kind in self.kinds:
                rate = rate_on(workspace, str(line.currency or workspace.currency), line.date)
                total = None if total is None or rate is None else total + line.amount * rate
                points[line.date] = total
        return tuple(Point.model_construct(day=day, value=value) for day, value in points.items())
