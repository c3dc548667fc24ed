"""Every place where one record names another: what the reference rules walk over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planwerk.model.portfolio import Account, Period
from planwerk.model.record import Record
from planwerk.model.types import Unknown


class Reference(NamedTuple):
    """`record` names `target` (a person or an id of `kind`) in its field `key`."""

    record: Record
    key: tuple[str | int, ...]
    kind: str
    target: str
    period: Period | None


def people(account: Account) -> Iterator[Reference]:
    """Where people are named, in the account and its periods."""
    yield from _named(account.profile, "owner", account.profile.owner)
    for kpi in account.profile.client_kpis:
        yield from _named(kpi, "told_by", kpi.told_by)
    for objective in account.profile.objectives:
        yield from _named(objective, "told_by", objective.told_by)
    for department in account.profile.departments:
        for way in department.ways_in:
            yield from _named(way, "introduced_by", way.introduced_by)
    for person in account.stakeholders:
        yield from _named(person, "reports_to", person.reports_to)
        yield from _each(person, "influences", person.influences)
        for link in person.relationships:
            yield from _named(link, "with", link.with_)
    for period in account.periods:
        yield from _people_in(period)


def _people_in(period: Period) -> Iterator[Reference]:
    for goal in period.plan.goals:
        yield from _named(goal, "owner", goal.owner, period)
        yield from _named(goal, "validated_by", goal.validated_by, period)
    for kpi in period.plan.kpis:
        yield from _named(kpi, "owner", kpi.owner, period)
    for task in period.tasks.tasks:
        yield from _named(task, "accountable", task.accountable, period)
        yield from _each(task, "consulted", task.consulted, period)
        yield from _each(task, "informed", task.informed, period)
    for decision in period.tasks.decisions:
        yield from _named(decision, "decided_by", decision.decided_by, period)
    if review := period.review:
        yield from _each(review, "attendees", review.attendees, period)
        for step in review.next_steps:
            yield from _named(step, "accountable", step.accountable, period)
        for feedback in review.feedback:
            yield from _named(feedback, "from", feedback.from_, period)
        for problem in review.problems:
            yield from _named(problem, "asked_by", problem.asked_by, period)
        for decided in review.decisions:
            yield from _named(decided, "decided_by", decided.decided_by, period)


def ids(account: Account) -> Iterator[Reference]:
    """Where records name other records by id."""
    profile = account.profile
    yield Reference(profile, ("industry",), "industry", profile.industry, None)
    if isinstance(profile.tier, str) and profile.tier:
        yield Reference(profile, ("tier",), "tier", profile.tier, None)
    if profile.parent:
        yield Reference(profile, ("parent",), "account", profile.parent, None)
    for service in profile.service:
        yield Reference(service, ("offering",), "offering", service.offering, None)
    for department in profile.departments:
        for way in department.ways_in:
            if isinstance(way.offering, str) and way.offering:
                yield Reference(way, ("offering",), "offering", way.offering, None)
    for person in account.stakeholders:
        if person.department:
            yield Reference(person, ("department",), "department", person.department, None)
    for cell in account.whitespace:
        yield Reference(cell, ("department",), "department", cell.department, None)
        yield Reference(cell, ("offering",), "offering", cell.offering, None)
    for measurement in account.measurements:
        yield Reference(measurement, ("kpi",), "kpi", measurement.kpi, None)
    for period in account.periods:
        yield from _ids_in(period)


def _ids_in(period: Period) -> Iterator[Reference]:
    if period.plan.predecessor:
        target = period.plan.predecessor
        yield Reference(period.plan, ("predecessor",), "period", target, period)
    for goal in period.plan.goals:
        for index, kpi in enumerate(goal.kpis):
            yield Reference(goal, ("kpis", index), "kpi of the plan", kpi, period)
    for planned in period.plan.kpis:
        yield Reference(planned, ("kpi",), "kpi", planned.kpi, period)
    for task in period.tasks.tasks:
        if task.goal:
            yield Reference(task, ("goal",), "goal", task.goal, period)
        for index, other in enumerate(task.depends_on):
            yield Reference(task, ("depends_on", index), "task", other, period)
    for milestone in period.tasks.milestones:
        if milestone.goal:
            yield Reference(milestone, ("goal",), "goal", milestone.goal, period)
    if review := period.review:
        for outcome in review.outcomes:
            yield Reference(outcome, ("kpi",), "kpi of the plan", outcome.kpi, period)
        for problem in review.problems:
            yield Reference(problem, ("team",), "team", problem.team, period)
        for help_ in review.help_wanted:
            yield Reference(help_, ("team",), "team", help_.team, period)


def _named(
    record: Record, key: str, target: str | Unknown | None, period: Period | None = None
) -> Iterator[Reference]:
    if isinstance(target, str) and target:
        yield Reference(record, (key,), "person", target, period)


def _each(
    record: Record, key: str, targets: tuple[str, ...], period: Period | None = None
) -> Iterator[Reference]:
    for index, target in enumerate(targets):
        yield Reference(record, (key, index), "person", target, period)
