"""A record names another one that does not exist.

Goals, KPIs, departments, offerings, industries, tiers, teams, tasks, periods, questions,
competitors and all other records are named by their id; where several kinds can be meant, with
the kind in front (`objective:same-day-answers`, `2026-h1/kpi:nps`). The nearest one that exists
is proposed.

Wrong:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        goal: loyality
        accountable: brandt
        due: 2026-12-01

Right:
    2026-h2/tasks.md
    tasks:
      - id: consent
        title: Einwilligung prüfen
        goal: loyalty
        accountable: brandt
        due: 2026-12-01
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planwerk.bank import questions
from planwerk.checks.references import Reference, ids
from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.kpis import BY_ID
from planwerk.loop.carry import wishes
from planwerk.model.account import Measurement, Revenue
from planwerk.model.log import column, naming
from planwerk.model.logs import Interaction, SurveyAnswer
from planwerk.model.portfolio import Account, Period
from planwerk.text.nearest import nearest

NAME = "unknown-reference"
SEVERITY = ERROR
TIER = Tier.ALWAYS


PLAN_TYPES = frozenset({"grow", "retain", "renew", "win_back", "onboard"})
"""The kinds of plans that every house has."""


def check(house: House, account: Account) -> Iterator[Finding]:
    """Ids that lead nowhere."""
    if (shared := house.accounts.shared.get(NAME)) is None:
        shared = house.accounts.shared[NAME] = _of_house(house)
    own = {**shared, **_own(account, house)}
    for named in ids(account):
        known = _known(named, own)
        if known is not None and named.target not in known:
            near = nearest(named.target, known) or ""
            yield found(named.record, *named.key, found=named.target, kind=named.kind, nearest=near)


def check_house(house: House) -> Iterator[Finding]:
    """Rules that the workspace names, and lines of training that others correct, which do not exist."""
    method = house.portfolio.workspace.method
    for index, name in enumerate(method.rules):
        if name not in house.rules:
            near = nearest(name, house.rules) or ""
            yield found(method, "rules", index, found=name, kind="rule", nearest=near)
    training = house.portfolio.training
    for line in naming(training, "corrects"):
        if line.corrects not in {*column(training, "id")}:
            yield found(line, "corrects", found=line.corrects, kind="training", nearest="")


def _of_house(house: House) -> Mapping[str, set[str]]:
    portfolio = house.portfolio
    workspace = portfolio.workspace
    return {
        "industry": set(portfolio.industries),
        "tier": {tier.id for tier in workspace.tiers},
        "plan type": {*PLAN_TYPES} | {kind.id for kind in workspace.plan_types},
        "offering": set(portfolio.offerings),
        "team": set(portfolio.teams),
        "kpi": set(portfolio.kpis) | set(BY_ID),
        "account": set(house.accounts) | {group.id for group in workspace.groups},
        "persona": set(portfolio.personas),
        "question": {q.id for q in portfolio.questions.questions} | set(questions()),
    }


def _own(account: Account, house: House) -> dict[str, set[str]]:
    profile, competition = account.profile, account.competition
    forces = {f.force for f in competition.forces}
    if industry := house.portfolio.forces.get(profile.industry):
        forces |= {f.force for f in industry.forces}
    departments = {d.id for d in account.departments} | {"whole-company"}
    named = {
        "objective": {o.id for o in profile.objectives},
        "client_kpi": {k.id for k in profile.client_kpis},
        "insight": {i.id for i in account.interview.insights},
        "force": {str(f) for f in forces},
        "competitor": {c.id for c in competition.competitors},
        "our_competitor": {c.id for c in competition.our_competitors},
        "feature": {f.feature for f in account.features},
        "stage": {s.id for s in account.journey.stages},
        "cell": {f"{c.department}/{c.offering}" for c in account.whitespace},
        "department": departments,
    }
    return {
        **named,
        "answer": _prefixed(named) | {f"{p.id}/{n}" for p in account.periods for n in _in(p)},
        "period": {p.id for p in account.periods},
        "carried": {f"{p.id}/{n}" for p in account.periods for n in _in(p)},
        "task of a period": {t.id for p in account.periods for t in p.tasks.tasks},
        "step of the last review": {
            s.id for p in account.periods if p.review for s in p.review.next_steps
        },
        "measurement": _lines(account.measurements),
        "revenue": _lines(account.revenue),
        "interaction": _lines(account.interactions),
        "survey": _lines(account.surveys),
    }


def _lines(log: Sequence[Measurement | Revenue | Interaction | SurveyAnswer]) -> set[str]:
    """The ids of a log; only where something of it is corrected, as nothing else names them."""
    if not any(column(log, "corrects")):
        return set()
    return {name for name in column(log, "id") if isinstance(name, str) and name}


def _prefixed(named: Mapping[str, set[str]]) -> set[str]:
    return {f"{kind}:{name}" for kind, names in named.items() for name in names}


def _in(period: Period) -> set[str]:
    """What of a period others can name: `kpi:nps`, `task:form`, `goal:loyalty` …"""
    review = period.review
    return _prefixed(
        {
            "kpi": {kpi.kpi for kpi in period.plan.kpis},
            "goal": {goal.id for goal in period.plan.goals},
            "task": {task.id for task in period.tasks.tasks},
            "milestone": {m.id for m in period.tasks.milestones},
            "risk": {risk.id for risk in period.risks.risks},
            "problem": {p.id for p in review.problems} if review else set(),
            "next_step": {s.id for s in review.next_steps} if review else set(),
            "wish": set(wishes(review)),
            "decision": {d.id for d in period.tasks.decisions}
            | ({d.id for d in review.decisions} if review else set()),
        }
    )


def _known(named: Reference, own: Mapping[str, set[str]]) -> set[str] | None:
    if named.kind == "tier" and not own["tier"]:
        return None
    if named.period is None or named.kind in own:
        return own[named.kind]
    plan, tasks = named.period.plan, named.period.tasks
    if named.kind == "goal":
        return {goal.id for goal in plan.goals}
    if named.kind == "task":
        return {task.id for task in tasks.tasks}
    if named.kind == "record of the plan":
        return _in(named.period)
    return {kpi.kpi for kpi in plan.kpis}
