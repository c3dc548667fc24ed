"""A KPI was missed, and the held review says neither why nor what follows.

Every miss becomes a step of the next plan: it needs an outcome with a cause and a next step
`for: kpi:<id>`, or `waived_because` where both sides agree to leave it.

Wrong:
    review.md: a missed KPI without cause or next step
Right:
    review.md: an outcome with cause, and a next step with for: kpi:nps
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.measure import results
from planwerk.model.plan import Measured, Review
from planwerk.problems import Problem
from planwerk.read import Reading

NAME = "miss-without-next-step"


def check(reading: Reading) -> Iterator[Problem]:
    """Misses of closed, reviewed periods that lead nowhere."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for period in account.periods:
            review = period.review
            if review and isinstance(review.held_on, date) and period.plan.to < portfolio.as_of:
                for kpi in _left_alone(review, results(portfolio, account, period)):
                    place = reading.place(review, "outcomes")
                    yield Problem(NAME, place, facts={"found": kpi}, account=account.id)


def _left_alone(review: Review, found: tuple[Measured, ...]) -> Iterator[str]:
    outcomes = {outcome.kpi: outcome for outcome in review.outcomes}
    followed = {step.for_.removeprefix("kpi:") for step in review.next_steps}
    for result in found:
        if result.status in ("missed", "close_missed"):
            outcome = outcomes.get(result.kpi)
            waived = outcome is not None and bool(outcome.waived_because)
            explained = outcome is not None and bool(outcome.cause)
            if not waived and not (explained and result.kpi in followed):
                yield result.kpi
