"""A record names another one that does not exist.

Goals, KPIs, departments, offerings, industries, tiers, teams, tasks and periods are named by
their id. The nearest id that exists is proposed.

Wrong:
    tasks.md: goal: newslettr
Right:
    tasks.md: goal: newsletter
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planwerk.checks.references import Reference, ids
from planwerk.kpis import BY_ID
from planwerk.model.portfolio import Account, Portfolio
from planwerk.problems import Problem
from planwerk.read import Reading
from planwerk.text.nearest import nearest

NAME = "unknown-reference"


def check(reading: Reading) -> Iterator[Problem]:
    """Ids that lead nowhere."""
    portfolio = reading.portfolio
    assert portfolio is not None
    house = _house(portfolio, reading.accounts_seen)
    for account in portfolio.accounts:
        own = {**house, **_own(account)}
        for found in ids(account):
            known = _known(found, own)
            if known is not None and found.target not in known:
                facts = {"found": found.target, "kind": found.kind}
                facts["nearest"] = nearest(found.target, known) or ""
                place = reading.place(found.record, *found.key)
                yield Problem(NAME, place, facts=facts, account=account.id)


def _house(portfolio: Portfolio, accounts: tuple[str, ...]) -> Mapping[str, set[str]]:
    return {
        "industry": set(portfolio.industries),
        "tier": {tier.id for tier in portfolio.workspace.tiers},
        "offering": set(portfolio.offerings),
        "team": set(portfolio.teams),
        "kpi": set(portfolio.kpis) | set(BY_ID),
        "account": set(accounts),
        "persona": set(portfolio.personas),
        "question": {question.id for question in portfolio.questions.questions},
    }


def _own(account: Account) -> dict[str, set[str]]:
    return {
        "department": {d.id for d in account.departments} | {"whole-company"},
        "period": {p.id for p in account.periods},
        "insight": {insight.id for insight in account.interview.insights},
        "competitor": {c.id for c in account.competition.competitors},
    }


def _known(found: Reference, own: Mapping[str, set[str]]) -> set[str] | None:
    if found.kind == "tier" and not own["tier"]:
        return None
    if found.period is None or found.kind in own:
        return own[found.kind]
    plan, tasks = found.period.plan, found.period.tasks
    if found.kind == "goal":
        return {goal.id for goal in plan.goals}
    if found.kind == "task":
        return {task.id for task in tasks.tasks}
    return {kpi.kpi for kpi in plan.kpis}
