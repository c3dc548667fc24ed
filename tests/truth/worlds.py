"""All that is true of an account for one audience: its records, how its KPIs stand, who belongs to what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from planwerk.model.measured import Measured
from planwerk.model.portfolio import Period, Portfolio
from planwerk.model.workspace import say as of_language
from planwerk.words import load_kpi_words
from truth.facts import Fact, People, Reader, Subject, World, names_of
from truth.passages import plain


def world(seen: Portfolio, account: str, language: str) -> World:
    """All that is true of an account for the audience of a projection, in an output's language."""
    one = World(seen, seen.account(account), language)
    People(one).learn()
    reader = Reader(one)
    for holder in (seen.workspace, seen.personas, seen.forces, seen.questions):
        reader.walk(holder, "", "")
    reader.walk(one.account, "", "")
    for period in one.account.periods:
        _measured(one, period)
    _related(one)
    return one


def _measured(one: World, period: Period) -> None:
    """How each KPI stands, by its name; of the measuring stage, which nothing here asks how it came by it."""
    say = load_kpi_words(one.language)
    house = one.seen.kpis
    for planned in period.plan.kpis:
        result = period.result(planned.kpi)
        own = house.get(planned.kpi)
        name = of_language(own.name, one.language) if own else say(f"kpi.{planned.kpi}.name")
        key = f"PlanKpi/{period.id}/{planned.kpi}"
        subject = one.subjects.setdefault(key, Subject(key, "PlanKpi"))
        one.named(name, key)
        if result is not None:
            subject.facts += _of_result(result, period)


def _of_result(result: Measured, period: Period) -> Iterator[Fact]:
    def fact(value: Decimal | date | int | None, role: str) -> Iterator[Fact]:
        if value is not None:
            yield Fact(Decimal(value) if isinstance(value, int) else value, role, period.id)

    for role in ("baseline", "target", "target_to", "actual", "actual_on"):
        yield from fact(getattr(result, role), role)
    for role in ("progress", "expected"):
        share = getattr(result, role)
        yield from fact(None if share is None else share * 100, role)
    for point in result.series:
        yield Fact(point.day, "point", period.id, point.day)
        if point.value is not None:
            yield Fact(point.value, "point", period.id, point.day)
    known = [p for p in result.series if p.day >= period.plan.from_ and p.value is not None]
    yield from fact(len(known), "points")
    for step in result.steps:
        yield from (*fact(step.on, "step"), *fact(step.target, "step"), *fact(step.value, "step"))
    for day in result.missing:
        yield from fact(day, "missing")
    if result.change:
        yield from fact(result.change.before, "before")
    if trend := result.trend:
        yield from (*fact(abs(trend.change), "change"), *fact(trend.change, "change"), *fact(trend.points, "points"), *fact(trend.since, "since"), *fact(trend.until, "until"))  # fmt: skip
    if ahead := result.forecast:
        yield from (*fact(ahead.on, "forecast"), *fact(ahead.value, "forecast"), *fact(ahead.points, "points"))  # fmt: skip
    if counted := result.counted:
        for role in ("numerator", "denominator", "n", "minimum", "left_out", "start", "day"):
            yield from fact(getattr(counted, role), role)
        for read in counted.inputs:
            yield from fact(read.lines, "lines")
    yield from (*fact(period.plan.from_, "from"), *fact(period.plan.to, "to"))


def _related(one: World) -> None:
    """A goal speaks of its KPIs; what is due speaks of the days since or until then."""
    for period in one.account.periods:
        for goal in period.plan.goals:
            mine = one.subjects[f"Goal/{period.id}/{goal.id}"]
            for kpi in goal.kpis:
                if about := one.subjects.get(f"PlanKpi/{period.id}/{kpi}"):
                    mine.facts += about.facts
        for problem in period.review.problems if period.review else ():
            about = one.subjects[f"ClientProblem/{period.id}/{problem.id}"]
            for example in problem.examples:
                if isinstance(example.on, date):
                    about.facts.append(Fact(example.on, "example"))
    for person in one.account.stakeholders:
        if isinstance(person.name, str) and isinstance(person.title, str) and person.title:
            one.named_by_title[plain(person.title), f"Stakeholder//{person.id}"] = plain(
                person.name
            )
    owner = names_of(one.seen, one.account).get(str(one.account.profile.owner), "")
    for subject in one.subjects.values():
        if subject.kind in ("ClientProblem", "Question", "Example"):
            subject.people.add(plain(owner))
        if subject.kind == "ClientProblem":
            known = [f.value for f in subject.facts if isinstance(f.value, date)]
            subject.facts += [Fact(Decimal(abs((a - b).days)), "between") for a in known for b in known]  # fmt: skip
        days = {f.value for f in subject.facts if isinstance(f.value, date)}
        subject.facts += [Fact(Decimal(abs((one.today - day).days)), "days") for day in days]
