"""The one gate between everything and a reader: a copy of what is released, nothing else.

`project` never deletes: it copies allow-listed fields of shared records into a new, smaller
portfolio. Whatever comes after it (totals, order, charts, numbering) never held the rest.
An audience is an id: `internal`, `client`, or `partner:<id>`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from planwerk.model.account import Profile, StakeholderFile
from planwerk.model.competition import Competition, Industry
from planwerk.model.discovery import Interview, Journey, Questions
from planwerk.model.history import Commit, Step, Told
from planwerk.model.measured import Measured
from planwerk.model.meeting import Meeting
from planwerk.model.named import named
from planwerk.model.pictured import pictured
from planwerk.model.plan import (
    Carried,
    Goal,
    Plan,
    PlanKpi,
    Review,
    TaskFile,
)
from planwerk.model.portfolio import Account, Period, Portfolio
from planwerk.model.record import Record, Shared
from planwerk.model.risk import RiskFile
from planwerk.model.slides import OURS, OwnSlide, SlideFile
from planwerk.model.walk import MENTION, records, texts
from planwerk.model.workspace import Health, Method, Workspace

INTERNAL = "internal"
CLIENT = "client"
PARTNER = "partner:"
"""How a partner's audience begins; its id follows."""

S = TypeVar("S", bound=Shared)
R = TypeVar("R", bound=Record)


def project(portfolio: Portfolio, audience: str, account: str | None = None) -> Portfolio:
    """What `audience` may see, of one account or (internal only) of all of them.

    ValueError for an outside audience without an account: nobody outside sees two clients.
    """
    if audience == INTERNAL:
        chosen = (portfolio.account(account),) if account else portfolio.accounts
        return portfolio.model_copy(update={"accounts": chosen})
    if account is None:
        raise ValueError("an outside audience sees exactly one account")
    seen = _account(portfolio.account(account), portfolio, audience)
    accounts: tuple[Account, ...] = () if seen is None else (seen,)
    house = _workspace(portfolio, accounts, audience)
    owner = portfolio.account(account).profile.owner
    if owner in {member.id for member in house.team}:
        accounts = tuple(a.model_copy(update={"whom_to_ask": owner}) for a in accounts)
    return Portfolio.model_construct(
        audience=audience,
        as_of=portfolio.as_of,
        workspace=house,
        accounts=accounts,
        personas={},
        forces=_forces(portfolio, accounts, audience),
        questions=Questions(),
        training=(),
        pages=tuple(_copy(page) for page in portfolio.pages),
        commit="",
        changed=None,
        draft=any(seen.draft for seen in accounts),
        history=(),
        gaps=(),
    )


def with_disclosed(seen: Portfolio, steps: Iterable[Step]) -> Portfolio:
    """A projection with the history of its account as its audience saw it.

    `steps` come out of successive projections; of when and by whom, only the day is copied.
    """
    history = tuple(_disclosed(step) for step in steps)
    accounts = tuple(a.model_copy(update={"history": history}) for a in seen.accounts)
    return seen.model_copy(update={"accounts": accounts})


def _disclosed(step: Step) -> Step:
    day = Commit("", day=step.commit.day)
    return Step(day, tuple(Told(told.change, day) for told in step.told))


def audiences(account: Account) -> tuple[str, ...]:
    """The audiences outside the house that see something of an account: its client, then partners."""
    partners = {f"{PARTNER}{name}" for period in account.periods for name in period.partners}
    return tuple(name for name in (CLIENT, *sorted(partners)) if shares_anything(account, name))


def shares_anything(account: Account, audience: str = CLIENT) -> bool:
    """Whether the account has at least one record for `audience`; else it gets no folder."""
    return any(part.visible_to(audience) for part in _shareable(account))


def _shareable(account: Account) -> Iterable[Shared]:
    yield account.profile
    yield from (*account.profile.objectives, *account.profile.client_kpis)
    yield from (*account.profile.departments, *account.profile.service, *account.profile.financials)
    yield from (*account.profile.cadence, *account.stakeholders)
    yield from (*account.interview.insights, *account.journey.stages, *account.meetings)
    yield from (*account.competition.forces, *account.competition.competitors)
    yield from account.competition.positioning
    if account.client:
        yield account.client
    for period in account.periods:
        yield from _shareable_in(period)


def _shareable_in(period: Period) -> Iterable[Shared]:
    yield period.plan
    yield from (*period.plan.goals, *period.plan.kpis, *period.plan.carried)
    yield from period.tasks.shared
    yield from period.slides.slides
    if review := period.review:
        yield review
        yield from (*review.commitments, *review.outcomes, *review.next_steps, *review.feedback)
        yield from (*review.problems, *review.decisions)


def _copy(record: R, fields: Iterable[str] | None = None, **more: Any) -> R:
    """A new record of the same kind with the released fields and `more`, and no other."""
    released = type(record).released if fields is None else fields
    values: dict[str, Any] = _defaults(type(record))
    values |= {name: _value(getattr(record, name)) for name in sorted(released)}
    return type(record).model_construct(**{**values, **more})


def _value(value: object) -> object:
    """Nested records are copied by their own allow-lists; plain values are what they are."""
    if isinstance(value, Record):
        return _copy(value)
    if isinstance(value, tuple):
        return tuple(_value(part) for part in value)
    return value


def _defaults(kind: type[Record]) -> dict[str, Any]:
    """A value for every field, so that what was not released is empty rather than absent."""
    return {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in kind.model_fields.items()
    }


def _visible(records: Iterable[S], audience: str) -> tuple[S, ...]:
    return tuple(_copy(record) for record in records if record.visible_to(audience))


def _account(account: Account, portfolio: Portfolio, audience: str) -> Account | None:
    if not shares_anything(account, audience):
        return None
    known = {f"{p.id}/{n}" for p in account.periods for n in visible_names(p, portfolio, audience)}
    periods = tuple(
        seen for period in account.periods if (seen := _period(period, portfolio, known, audience))
    )
    periods = tuple(_joined(period, {p.id for p in periods}) for period in periods)
    client = account.client
    told = Account.model_construct(
        id=account.id,
        profile=_profile(account.profile, audience),
        client=_copy(client) if client and client.visible_to(audience) else None,
        people=StakeholderFile.model_construct(
            stakeholders=_visible(account.stakeholders, audience), body=""
        ),
        whitespace=(),
        measurements=(),
        revenue=(),
        opportunities=(),
        interview=Interview(insights=_visible(account.interview.insights, audience)),
        journey=Journey(stages=_visible(account.journey.stages, audience)),
        competition=_competition(account.competition, audience),
        features=(),
        interactions=(),
        surveys=(),
        meetings=tuple(_meeting(m, audience) for m in account.meetings if m.visible_to(audience)),
        periods=periods,
        commit="",
        draft=account.draft,
        history=(),
        pictures=account.pictures,
    )
    # of the pictures those that a released text shows
    shown = sorted(pictured(told) & set(account.pictures))
    return told.model_copy(update={"pictures": {name: account.pictures[name] for name in shown}})


def _competition(seen: Competition, audience: str) -> Competition:
    return Competition(
        forces=_visible(seen.forces, audience),
        competitors=_visible(seen.competitors, audience),
        positioning=_visible(seen.positioning, audience),
    )


def _meeting(meeting: Meeting, audience: str) -> Meeting:
    return _copy(meeting, actions=_visible(meeting.actions, audience))


def _forces(
    portfolio: Portfolio, accounts: tuple[Account, ...], audience: str
) -> dict[str, Industry]:
    """The shared forces of the industries of these accounts."""
    chosen = {account.profile.industry for account in accounts} & set(portfolio.forces)
    seen = {name: _visible(portfolio.forces[name].forces, audience) for name in sorted(chosen)}
    return {name: Industry(forces=forces) for name, forces in seen.items() if forces}


def _profile(profile: Profile, audience: str) -> Profile:
    fields = Profile.released if profile.visible_to(audience) else Profile.identity
    return _copy(
        profile,
        fields | Profile.identity,
        objectives=_visible(profile.objectives, audience),
        client_kpis=_visible(profile.client_kpis, audience),
        departments=_visible(profile.departments, audience),
        service=_visible(profile.service, audience),
        financials=_visible(profile.financials, audience),
        cadence=_visible(profile.cadence, audience),
    )


def visible_names(period: Period, portfolio: Portfolio, audience: str) -> set[str]:
    """The names (`kpi:nps`, `task:form`) of the period's records that this audience sees."""
    return {
        name
        for name, record in named(period).items()
        if isinstance(record, Shared)
        and record.visible_to(audience)
        and (not isinstance(record, PlanKpi) or _may_see(record, period, portfolio))
        and (not isinstance(record, Goal) or record.kind == "client")
    }


def _period(period: Period, portfolio: Portfolio, known: set[str], audience: str) -> Period | None:
    """`known`: the names, with their periods, of all records that this audience sees."""
    if not any(part.visible_to(audience) for part in _shareable_in(period)):
        return None
    kpis = _visible((k for k in period.plan.kpis if _may_see(k, period, portfolio)), audience)
    plan = _plan(period, kpis, known, audience)
    promised = {name.rpartition(":")[2] for name in known if "/next_step:" in name}
    return Period.model_construct(
        id=period.id,
        plan=plan,
        tasks=_tasks(period.tasks, {goal.id for goal in plan.goals}, audience),
        review=_review(period.review, {k.kpi for k in kpis}, promised, audience),
        risks=RiskFile(),
        slides=_slides(period.slides, {k.kpi for k in kpis}, audience),
        results=_results(period.results, {k.kpi for k in kpis}),
    )


def _joined(period: Period, known: set[str]) -> Period:
    """The period, without the name of one before it that this audience does not see."""
    if period.plan.predecessor is None or period.plan.predecessor in known:
        return period
    return period.model_copy(update={"plan": period.plan.model_copy(update={"predecessor": None})})


def _may_see(kpi: PlanKpi, period: Period, portfolio: Portfolio) -> bool:
    """Two keys: the KPI itself must be one that clients may ever see, and the plan shares it.

    Of a KPI of the catalogue its result says so; without a result nothing is seen.
    """
    if house := portfolio.kpis.get(kpi.kpi):
        return house.visible_to(CLIENT)
    result = period.result(kpi.kpi)
    return result is not None and result.client_may_see


def _plan(period: Period, kpis: tuple[PlanKpi, ...], known: set[str], audience: str) -> Plan:
    plan = period.plan
    fields = Plan.released if plan.visible_to(audience) else Plan.identity
    names = {kpi.kpi for kpi in kpis}
    goals = tuple(
        _goal(goal, names)
        for goal in plan.goals
        if goal.visible_to(audience) and goal.kind == "client"
    )
    carried = (c for c in plan.carried if _both_ends(c, period, known))
    return _copy(
        plan, fields, goals=goals, kpis=kpis, carried=_visible(carried, audience), approvals=(),
        type="grow",
    )  # fmt: skip


def _both_ends(item: Carried, period: Period, known: set[str]) -> bool:
    """Whether what was carried, and what became of it, are both seen."""
    return item.from_ in known and (not item.as_ or f"{period.id}/{item.as_}" in known)


def _goal(goal: Goal, kpis: set[str]) -> Goal:
    return _copy(goal, kpis=tuple(kpi for kpi in goal.kpis if kpi in kpis), answers=())


def _tasks(tasks: TaskFile, goals: set[str], audience: str) -> TaskFile:
    """Tasks without the names of goals and tasks that this audience does not see."""
    seen = _visible(tasks.tasks, audience)
    shown = {task.id for task in seen}
    partners = {_partner(task.accountable) for task in seen}
    return TaskFile.model_construct(
        tasks=tuple(
            task.model_copy(
                update={
                    "depends_on": tuple(d for d in task.depends_on if d in shown),
                    "goal": task.goal if task.goal in goals else None,
                }
            )
            for task in seen
        ),
        milestones=tuple(
            m.model_copy(update={"goal": m.goal if m.goal in goals else None})
            for m in _visible(tasks.milestones, audience)
        ),
        decisions=_visible(tasks.decisions, audience),
        partners=tuple(_copy(partner) for partner in tasks.partners if partner.id in partners),
        body="",
    )


def _partner(person: str) -> str:
    return person.removeprefix("partner:") if person.startswith("partner:") else ""


def _review(
    review: Review | None, kpis: set[str], promised: set[str], audience: str
) -> Review | None:
    if review is None:
        return None
    parts: dict[str, Any] = {
        "commitments": tuple(
            c for c in _visible(review.commitments, audience) if c.step in promised
        ),
        "outcomes": tuple(o for o in _visible(review.outcomes, audience) if o.kpi in kpis),
        "next_steps": _visible(review.next_steps, audience),
        "feedback": _visible(review.feedback, audience),
        "problems": _visible(review.problems, audience),
        "decisions": _visible(review.decisions, audience),
    }
    if not review.visible_to(audience):
        return _copy(review, (), **parts) if any(parts.values()) else None
    return _copy(review, **parts)


def _slides(file: SlideFile, kpis: set[str], audience: str) -> SlideFile:
    """Slides of the plan's own without the names of what this audience does not see."""
    return SlideFile.model_construct(
        titles=_visible(file.titles, audience),
        slides=tuple(_slide(s, kpis, audience) for s in file.slides if s.visible_to(audience)),
        body="",
    )


def _slide(slide: OwnSlide, kpis: set[str], audience: str) -> OwnSlide:
    return _copy(
        slide,
        kpis=tuple(kpi for kpi in slide.kpis if kpi in kpis),
        table=None if slide.table in OURS else slide.table,
        notes=_visible(slide.notes, audience),
    )


def _results(results: Iterable[Measured], kpis: set[str]) -> tuple[Measured, ...]:
    return tuple(
        _copy(result, source="")
        for result in results
        if result.kpi in kpis and result.client_may_see
    )


def _workspace(portfolio: Portfolio, accounts: tuple[Account, ...], audience: str) -> Workspace:
    """The house as this audience meets it: only people, KPIs and offerings that occur."""
    house = portfolio.workspace
    people = _named(accounts)
    kpis = {kpi.kpi for a in accounts for p in a.periods for kpi in p.plan.kpis}
    offerings = {s.offering for a in accounts for s in a.profile.service}
    teams = {p.team for a in accounts for q in a.periods if q.review for p in q.review.problems}
    industries = {a.profile.industry for a in accounts}
    return Workspace.model_construct(
        format="1",
        organisation=_copy(house.organisation),
        language=house.language,
        currency=house.currency,
        as_of=None,
        feedback=_copy(house.feedback),
        team=tuple(_copy(m) for m in house.team if m.id in people),
        teams=tuple(_copy(t) for t in house.teams if t.id in teams),
        offerings=tuple(_copy(o) for o in house.offerings if o.id in offerings),
        industries=tuple(_copy(i) for i in house.industries if i.id in industries),
        groups=(),
        tiers=(),
        plan_types=(),
        method=Method(),
        rates=(),
        kpis=tuple(_copy(k) for k in house.kpis if k.id in kpis and k.visible_to(audience)),
        health=Health(),
        documents=_copy(house.documents),
        decks=_copy(house.decks),
        by_owner=False,
        note="",
    )


def _named(accounts: tuple[Account, ...]) -> set[str]:
    """Ids of our people that the released records name."""
    people: set[str | object] = set()
    for account in accounts:
        for text in texts(records(account)):
            people |= set(MENTION.findall(text.words))
        for meeting in account.meetings:
            people |= {*meeting.attendees, *(action.accountable for action in meeting.actions)}
        for period in account.periods:
            people |= {goal.owner for goal in period.plan.goals}
            people |= {kpi.owner for kpi in period.plan.kpis}
            people |= {task.accountable for task in period.tasks.tasks}
            people |= {decision.decided_by for decision in period.tasks.decisions}
            if review := period.review:
                people |= set(review.attendees)
                people |= {step.accountable for step in review.next_steps}
                people |= {decision.decided_by for decision in review.decisions}
    return {name for name in people if isinstance(name, str)}
