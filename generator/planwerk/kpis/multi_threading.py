"""How many of the client's people know one of us well enough to ask for advice."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import Span, Tally, unknown

ACTIVE = ("credible_source", "problem_solver", "trusted_advisor")


def count(case: Case, span: Span) -> Tally:
    """The people with an active relationship."""
    people = case.account.stakeholders
    if not people:
        return unknown("no_log")
    known = sum(any(link.level in ACTIVE for link in person.relationships) for person in people)
    return Tally(Decimal(known), None, len(people), inputs=(("stakeholders", len(people)),))


KPI = Kpi(
    "multi-threading",
    "count",
    "higher",
    count,
    needs=("stakeholders",),
    source="Account planning: active relationships",
    unknown_when=("no_log", "not_kept"),
    past=False,
)
