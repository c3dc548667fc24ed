"""What the rules of the loop have in common: from a review to the next plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwerk.loop.carry import MISSED
from planwerk.loop.finding import known
from planwerk.model.measured import Measured
from planwerk.model.plan import Review
from planwerk.model.portfolio import Account, Period

__all__ = ["MISSED", "known", "left_alone", "review_held", "undecided", "unscored"]


def review_held(period: Period) -> bool:
    """Whether the period's debrief has taken place."""
    return period.review is not None and isinstance(period.review.held_on, date)


def left_alone(review: Review, results: tuple[Measured, ...]) -> Iterator[str]:
    """The missed KPIs for which a review names neither cause and next step nor a waiver."""
    outcomes = {outcome.kpi: outcome for outcome in review.outcomes}
    followed = {step.for_.removeprefix("kpi:") for step in review.next_steps}
    for result in results:
        if result.status in MISSED:
            outcome = outcomes.get(result.kpi)
            waived = outcome is not None and known(outcome.waived_because)
            explained = outcome is not None and known(outcome.cause)
            if not waived and not (explained and result.kpi in followed):
                yield result.kpi


def unscored(account: Account, period: Period) -> Iterator[str]:
    """The next steps of the last review that this one does not score."""
    before = account.before(period)
    if before is None or before.review is None or period.review is None:
        return
    scored = {commitment.step for commitment in period.review.commitments}
    for step in before.review.next_steps:
        if step.id not in scored:
            yield step.id


def undecided(period: Period) -> Iterator[str]:
    """What was carried into the plan and not decided yet."""
    for item in period.plan.carried:
        if item.decision in ("offen", "open"):
            yield item.from_
