"""Days since we last spoke with anybody of the client; of many accounts, their mean."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ONE, Span, Tally, unknown
from planwerk.model.method import last_contact


def count(case: Case, span: Span) -> Tally:
    """The days since the last contact, meeting or review."""
    last = last_contact(case.account, span.end)
    if last is None:
        return unknown("no_log")
    inputs = (("interactions", len(case.account.interactions)),)
    return Tally(Decimal((span.end - last).days), ONE, 1, inputs=inputs)


KPI = Kpi(
    "last-contact-age",
    "days",
    "lower",
    count,
    needs=("interactions", "meeting", "review"),
    source="GitLab: at most 35 days for accounts of the first rank, 65 of the second",
)
