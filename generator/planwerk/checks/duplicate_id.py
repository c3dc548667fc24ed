"""Two records of one kind have the same id.

References, links and history follow ids; with two of the same, one of them would silently
win. The second one needs an id of its own.

Wrong:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        accountable: brandt
        due: 2026-12-01
      - id: consent
        title: Formular einbauen
        accountable: brandt
        due: 2026-12-15

Right:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        accountable: brandt
        due: 2026-12-01
      - id: form
        title: Formular einbauen
        accountable: brandt
        due: 2026-12-15
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.log import Log, column, repeated
from planwerk.model.portfolio import Account
from planwerk.model.record import Record

NAME = "duplicate-id"
SEVERITY = ERROR
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Second and further records of the account with an id that is taken."""
    for records, *keys in _scopes(account):
        yield from _twice(records, *keys)
    for log in (account.measurements, account.revenue, account.interactions, account.surveys):
        if isinstance(log, Log):
            yield from _twice_in(log)


def check_house(house: House) -> Iterator[Finding]:
    """The same in the workspace and among the house's questions."""
    w = house.portfolio.workspace
    for records in (
        w.team,
        w.teams,
        w.offerings,
        w.industries,
        w.groups,
        w.tiers,
        w.plan_types,
        w.kpis,
    ):
        yield from _twice(records, "id")
    yield from _twice(house.portfolio.questions.questions, "id")


def _scopes(
    account: Account,
) -> Iterator[tuple[Sequence[Record], str] | tuple[Sequence[Record], str, str]]:
    yield account.profile.objectives, "id"
    yield account.profile.client_kpis, "id"
    yield account.departments, "id"
    yield account.stakeholders, "id"
    yield account.interview.questions, "id"
    yield account.interview.insights, "id"
    yield account.journey.stages, "id"
    yield account.competition.forces, "force"
    yield account.competition.competitors, "id"
    yield account.competition.our_competitors, "id"
    yield account.features, "feature"
    yield account.whitespace, "department", "offering"
    yield account.opportunities, "id"
    for log in (account.measurements, account.revenue, account.interactions, account.surveys):
        if isinstance(log, Log):
            continue  # its ids are compared below, without a record for each
        yield [line for line in log if line.id], "id"
    for meeting in account.meetings:
        yield meeting.actions, "id"
    for period in account.periods:
        yield period.plan.goals, "id"
        yield period.plan.kpis, "kpi"
        yield period.plan.carried, "from_"
        yield period.tasks.tasks, "id"
        yield period.tasks.milestones, "id"
        yield period.tasks.decisions, "id"
        yield period.tasks.partners, "id"
        yield period.risks.risks, "id"
        yield period.slides.slides, "id"
        yield period.slides.titles, "deck", "section"
        if period.review:
            yield period.review.next_steps, "id"
            yield period.review.problems, "id"
            yield period.review.outcomes, "kpi"
            yield period.review.commitments, "step"
            yield period.review.decisions, "id"


def _twice_in(log: Log[Any]) -> Iterator[Finding]:
    ids = column(log, "id")
    for row in repeated(ids):
        yield found(log[row], "id", found=ids[row], first=log[ids.index(ids[row])])


def _twice(records: Sequence[Record], *keys: str) -> Iterator[Finding]:
    first: dict[str, Record] = {}
    for record in records:
        name = " / ".join([str(getattr(record, key)) for key in keys])
        if name in first:
            yield found(record, keys[0].rstrip("_"), found=name, first=first[name])
        else:
            first[name] = record
