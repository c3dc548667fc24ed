"""Two records of one kind have the same id.

References, links and history follow ids; with two of the same, one of them would silently
win. The second one needs an id of its own.

Wrong:
    plan.md: two goals with id: newsletter
Right:
    plan.md: goals with id: newsletter and id: newsletter-app
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planwerk.model.portfolio import Account
from planwerk.model.record import Record
from planwerk.problems import Problem
from planwerk.read import Reading

NAME = "duplicate-id"


def check(reading: Reading) -> Iterator[Problem]:
    """Second and further records with an id that is taken."""
    portfolio = reading.portfolio
    assert portfolio is not None
    house = portfolio.workspace
    named: tuple[Sequence[Record], ...] = (
        house.team, house.teams, house.offerings, house.industries, house.tiers, house.kpis,
    )  # fmt: skip
    for records in named:
        yield from _twice(reading, records, "id", None)
    yield from _twice(reading, portfolio.questions.questions, "id", None)
    for account in portfolio.accounts:
        for records, key in _scopes(account):
            yield from _twice(reading, records, key, account.id)


def _scopes(account: Account) -> Iterator[tuple[Sequence[Record], str]]:
    yield account.profile.client_kpis, "id"
    yield account.profile.objectives, "id"
    yield account.departments, "id"
    yield account.stakeholders, "id"
    yield account.interview.questions, "id"
    yield account.interview.insights, "id"
    yield account.journey.stages, "id"
    yield account.competition.forces, "force"
    yield account.competition.competitors, "id"
    yield account.competition.our_competitors, "id"
    yield account.features, "feature"
    yield account.opportunities, "id"
    for log in (account.measurements, account.revenue, account.interactions, account.surveys):
        yield [line for line in log if line.id], "id"
    for meeting in account.meetings:
        yield meeting.actions, "id"
    for period in account.periods:
        yield period.plan.goals, "id"
        yield period.plan.kpis, "kpi"
        yield period.tasks.tasks, "id"
        yield period.tasks.milestones, "id"
        yield period.tasks.decisions, "id"
        yield period.tasks.partners, "id"
        yield period.risks.risks, "id"
        if period.review:
            yield period.review.next_steps, "id"
            yield period.review.problems, "id"
            yield period.review.outcomes, "kpi"
            yield period.review.decisions, "id"


def _twice(
    reading: Reading, records: Sequence[Record], key: str, account: str | None
) -> Iterator[Problem]:
    first: dict[str, Record] = {}
    for record in records:
        name = str(getattr(record, key))
        if name in first:
            place, before = reading.place(record, key), reading.place(first[name], key)
            facts = {"found": name, "first": str(before.line)}
            yield Problem(NAME, place, facts=facts, account=account)
        else:
            first[name] = record
