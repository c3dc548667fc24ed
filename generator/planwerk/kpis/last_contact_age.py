"""Days since we last spoke with anybody of the client; of many accounts, their mean."""

from __future__ import annotations

from decimal import Decimal

from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ONE, Span, Tally, unknown
from planwerk.model.logs import corrected
from planwerk.model.method import last_contact
from planwerk.model.portfolio import Account


def count(case: Case, span: Span) -> Tally:
    """The days since the last contact, meeting or review."""
    account = case.once("without corrected contacts", lambda: _mended(case.account))
    last = last_contact(account, span.end)
    if last is None:
        return unknown("no_log")
    inputs = (("interactions", len(account.interactions)),)
    return Tally(Decimal((span.end - last).days), ONE, 1, inputs=inputs)


def _mended(account: Account) -> Account:
    """The account without the contacts that others stand in for: nobody spoke on those days."""
    replaced = corrected(account.interactions)
    if not replaced:
        return account
    kept = tuple(x for x in account.interactions if not (x.id and x.id in replaced))
    return account.model_copy(update={"interactions": kept})


KPI = Kpi(
    "last-contact-age",
    "days",
    "lower",
    count,
    needs=("interactions", "meeting", "review"),
    source="GitLab: at most 35 days for accounts of the first rank, 65 of the second",
)
