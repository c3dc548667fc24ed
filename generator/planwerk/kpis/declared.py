"""KPIs that a house declares itself: cases counted or a column added up, where conditions hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ONE, ZERO, Span, Tally, unknown
from planwerk.model.account import Opportunity, Revenue
from planwerk.model.logs import Interaction, SurveyAnswer, Training
from planwerk.model.record import Record
from planwerk.model.workspace import Condition, HouseKpi

LOGS: dict[str, type[Record]] = {
    "interactions": Interaction,
    "revenue": Revenue,
    "opportunities": Opportunity,
    "surveys": SurveyAnswer,
    "training": Training,
}
COLUMN = {
    "interactions": "count",
    "revenue": "amount",
    "opportunities": "value",
    "surveys": "count",
}
"""What a `sum:` adds up where `of:` does not say."""
COUNTED = ("interactions", "surveys")
"""Logs whose lines can stand for several cases."""


def conditions(log: str) -> frozenset[str]:
    """The fields of a log that conditions can name."""
    return frozenset(LOGS[log].model_fields) & frozenset(Condition.model_fields)


def columns(log: str) -> frozenset[str]:
    """The columns of a log that can be added up."""
    named = {"amount", "value", "count", "answered", "connected", "positive", "referrals"}
    return frozenset(LOGS[log].model_fields) & named


def declared(own: HouseKpi) -> Kpi:
    """The KPI that the house declares; its lines are those of the period."""
    wanted: dict[str, set[object]] = defaultdict(set)
    for condition in own.where:
        for name, value in condition.said.items():
            wanted[name].add(value)

    def count(case: Case, span: Span) -> Tally:
        if not case.kept(own.log, span.end):
            return unknown("no_log")
        lines = [x for x in _lines(case, own.log, span) if _holds(x, wanted)]
        total, n, why = ZERO, 0, set()
        for line in lines:
            many = line.count if own.log in COUNTED else ONE
            value = many if own.count else getattr(line, own.of or COLUMN.get(own.log, ""), None)
            if isinstance(value, Decimal):
                total, n = total + value, n + int(many)
            else:
                why.add("no_rate" if own.log == "revenue" else "open_value")
        return Tally(total, None, n, why=frozenset(why), inputs=((own.log, len(lines)),))

    return Kpi(
        own.id, own.unit, own.direction, count, needs=(own.log,), source="workspace.yml",
        unknown_when=("no_log", "open_value", "no_rate"), decimals=int(own.decimals), running=True,
    )  # fmt: skip


def _lines(case: Case, log: str, span: Span) -> Sequence[Any]:
    if log == "opportunities":  # counted where they ended, the open ones where they began
        return [
            deal
            for deal in case.opportunities
            if span.holds(deal.opened if deal.outcome == "open" else deal.closed)
        ]
    if log == "training":
        return case.trained(span)
    lines: Sequence[Any] = getattr(case, log)(span)
    return lines


def _holds(line: Any, wanted: dict[str, set[object]]) -> bool:
    return all(getattr(line, name) in values for name, values in wanted.items())
