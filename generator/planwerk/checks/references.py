"""Every place where one record names another: what the reference rules walk over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from planwerk.model.log import naming
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
        yield from _each(person, "conflicts_with", person.conflicts_with)
        yield from _named(person, "successor", person.successor)
        for link in person.relationships:
            yield from _named(link, "with", link.with_)
    yield from _people_met(account)
    for period in account.periods:
        yield from _people_in(period)


def _people_met(account: Account) -> Iterator[Reference]:
    """Where interview, journey, contacts and meetings name people."""
    for question in account.interview.questions:
        yield from _named(question, "asked", question.asked)
        yield from _named(question, "owner", question.owner)
    for insight in account.interview.insights:
        yield from _named(insight, "told_by", insight.told_by)
        yield from _named(insight, "confirmed_by", insight.confirmed_by)
    for stage in account.journey.stages:
        yield from _named(stage, "owner", stage.owner)
    for contact in naming(account.interactions, "with_"):
        yield from _named(contact, "with", contact.with_)
    for answer in account.surveys:
        yield from _named(answer, "with", answer.with_)
    for meeting in account.meetings:
        yield from _each(meeting, "attendees", meeting.attendees)
        for action in meeting.actions:
            yield from _named(action, "accountable", action.accountable)


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
    for approval in period.plan.approvals:
        yield from _named(approval, "by", approval.by, period)
    for risk in period.risks.risks:
        yield from _named(risk, "owner", risk.owner, period)
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
    for department in profile.departments:
        if department.parent:
            yield Reference(department, ("parent",), "department", department.parent, None)
    for service in profile.service:
        yield Reference(service, ("offering",), "offering", service.offering, None)
    for department in profile.departments:
        for way in department.ways_in:
            if isinstance(way.offering, str) and way.offering:
                yield Reference(way, ("offering",), "offering", way.offering, None)
    for person in account.stakeholders:
        if person.department:
            yield Reference(person, ("department",), "department", person.department, None)
        if person.persona:
            yield Reference(person, ("persona",), "persona", person.persona, None)
    yield from _ids_learned(account)
    for cell in account.whitespace:
        yield Reference(cell, ("department",), "department", cell.department, None)
        yield Reference(cell, ("offering",), "offering", cell.offering, None)
    for measurement in naming(account.measurements, "kpi"):
        yield Reference(measurement, ("kpi",), "kpi", measurement.kpi, None)
    logs: tuple[tuple[str, Sequence[Any]], ...] = (
        ("measurement", account.measurements),
        ("revenue", account.revenue),
        ("interaction", account.interactions),
        ("survey", account.surveys),
    )
    for name, log in logs:
        for line in naming(log, "corrects"):
            if isinstance(line.corrects, str):
                yield Reference(line, ("corrects",), name, line.corrects, None)
    for revenue in naming(account.revenue, "offering"):
        if isinstance(revenue.offering, str):
            yield Reference(revenue, ("offering",), "offering", revenue.offering, None)
    for deal in account.opportunities:
        yield Reference(deal, ("department",), "department", deal.department, None)
        yield Reference(deal, ("offering",), "offering", deal.offering, None)
    for meeting in account.meetings:
        for action in meeting.actions:
            if action.task:
                yield Reference(action, ("task",), "task of a period", action.task, None)
    for period in account.periods:
        yield from _ids_in(period)


def _ids_learned(account: Account) -> Iterator[Reference]:
    """Where interview, journey and competition name other records."""
    for question in account.interview.questions:
        if not question.text:
            yield Reference(question, ("id",), "question", question.id, None)
    for insight in account.interview.insights:
        for index, other in enumerate(insight.leads_to):
            yield Reference(insight, ("leads_to", index), "insight", other, None)
    for stage in account.journey.stages:
        for index, persona in enumerate(stage.personas):
            yield Reference(stage, ("personas", index), "persona", persona, None)
    for positioning in account.competition.positioning:
        for index, reason in enumerate(positioning.because):
            if isinstance(reason, str):
                yield Reference(positioning, ("because", index), "answer", reason, None)
    for feature in account.features:
        for competitor in feature.competitors:
            yield Reference(feature, ("competitors", competitor), "competitor", competitor, None)


def _ids_in(period: Period) -> Iterator[Reference]:
    if period.plan.predecessor:
        target = period.plan.predecessor
        yield Reference(period.plan, ("predecessor",), "period", target, period)
    yield Reference(period.plan, ("type",), "plan type", period.plan.type, period)
    for item in period.plan.carried:
        yield Reference(item, ("from",), "carried", item.from_, period)
        if isinstance(item.as_, str) and item.as_:
            yield Reference(item, ("as",), "record of the plan", item.as_, period)
    for goal in period.plan.goals:
        yield from _answers(goal, goal.answers, period)
        if goal.parent:
            yield Reference(goal, ("parent",), "goal", goal.parent, period)
        for index, kpi in enumerate(goal.kpis):
            yield Reference(goal, ("kpis", index), "kpi of the plan", kpi, period)
    for planned in period.plan.kpis:
        yield Reference(planned, ("kpi",), "kpi", planned.kpi, period)
    for task in period.tasks.tasks:
        yield from _answers(task, task.answers, period)
        if task.goal:
            yield Reference(task, ("goal",), "goal", task.goal, period)
        for index, other in enumerate(task.depends_on):
            yield Reference(task, ("depends_on", index), "task", other, period)
    for risk in period.risks.risks:
        for index, task_id in enumerate(risk.mitigations):
            yield Reference(risk, ("mitigations", index), "task", task_id, period)
    for milestone in period.tasks.milestones:
        if milestone.goal:
            yield Reference(milestone, ("goal",), "goal", milestone.goal, period)
    for slide in period.slides.slides:
        for index, kpi in enumerate(slide.kpis):
            yield Reference(slide, ("kpis", index), "kpi of the plan", kpi, period)
    if review := period.review:
        for commitment in review.commitments:
            name = commitment.step
            yield Reference(commitment, ("step",), "step of the last review", name, period)
        for step in review.next_steps:
            yield Reference(step, ("for",), "record of the plan", step.for_, period)
        for outcome in review.outcomes:
            yield Reference(outcome, ("kpi",), "kpi of the plan", outcome.kpi, period)
        for problem in review.problems:
            yield Reference(problem, ("team",), "team", problem.team, period)
        for help_ in review.help_wanted:
            yield Reference(help_, ("team",), "team", help_.team, period)


def _answers(record: Record, targets: tuple[str, ...], period: Period) -> Iterator[Reference]:
    for index, target in enumerate(targets):
        yield Reference(record, ("answers", index), "answer", target, period)


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
