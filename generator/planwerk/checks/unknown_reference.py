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

from collections.abc import Callable, Iterator, Mapping, Sequence

from planwerk.bank import questions
from planwerk.checks.rule import ERROR, Finding, House, Tier, found
from planwerk.model.account import Measurement, Revenue
from planwerk.model.computed import IDS
from planwerk.model.log import column, naming
from planwerk.model.logs import Interaction, SurveyAnswer
from planwerk.model.named import named
from planwerk.model.portfolio import Account, Period
from planwerk.model.record import Record
from planwerk.text.nearest import nearest

NAME = "unknown-reference"
SEVERITY = ERROR
TIER = Tier.ALWAYS


OF_PLAN = "record of the plan"
PLAN_TYPES = frozenset({"grow", "retain", "renew", "win_back", "onboard"})
"""The kinds of plans that every house has."""


def check(house: House, account: Account) -> Iterator[Finding]:
    """Ids that lead nowhere."""
    if (shared := house.accounts.shared.get(NAME)) is None:
        shared = house.accounts.shared[NAME] = _of_house(house)
    own = _Own(house, account)
    for reference in house.ids(account):
        kind = reference.kind
        if (ids := shared.get(kind)) is None:
            ids = own.ids(kind, reference.period)
        if reference.target not in ids and (ids or kind != "tier"):
            near = nearest(reference.target, ids) or ""
            yield found(
                reference.record, *reference.key, found=reference.target, kind=kind, nearest=near
            )


def check_house(house: House) -> Iterator[Finding]:
    """Rules, offerings and KPIs that the workspace names, and lines of training that others
    correct, which do not exist."""
    yield from _of_kpis(house)
    method = house.portfolio.workspace.method
    for index, name in enumerate(method.rules):
        if name not in house.rules:
            near = nearest(name, house.rules) or ""
            yield found(method, "rules", index, found=name, kind="rule", nearest=near)
    training = house.portfolio.training
    for line in naming(training, "corrects"):
        if line.corrects not in {*column(training, "id")}:
            yield found(line, "corrects", found=line.corrects, kind="training", nearest="")


def _of_kpis(house: House) -> Iterator[Finding]:
    """What conditions of KPIs and the parts of health name."""
    workspace, known = house.portfolio.workspace, _of_house(house)
    names: list[tuple[Record, str, str, str | None]] = [
        (condition, "offering", "offering", condition.offering)
        for kpi in workspace.kpis
        for condition in kpi.where
    ]
    names += [(part, "kpi", "part", part.kpi) for part in workspace.health.parts]
    known = {**known, "part": known["kpi"] | {"attainment"}}
    for record, key, kind, target in names:
        if target and target not in known[kind]:
            near = nearest(target, known[kind]) or ""
            said = "kpi" if kind == "part" else kind
            yield found(record, key, found=target, kind=said, nearest=near)


def _of_house(house: House) -> Mapping[str, set[str]]:
    portfolio = house.portfolio
    workspace = portfolio.workspace
    return {
        "industry": set(portfolio.industries),
        "tier": {tier.id for tier in workspace.tiers},
        "plan type": {*PLAN_TYPES} | {kind.id for kind in workspace.plan_types},
        "offering": set(portfolio.offerings),
        "team": set(portfolio.teams),
        "kpi": set(portfolio.kpis) | IDS,
        "account": set(house.accounts) | {group.id for group in workspace.groups},
        "persona": set(portfolio.personas),
    }


class _Own:
    """The ids that an account has of its own, those of each kind put together once."""

    def __init__(self, house: House, account: Account) -> None:
        self.house, self.account = house, account
        self.known: dict[tuple[str, int], set[str]] = {}

    def ids(self, kind: str, period: Period | None) -> set[str]:
        """The ids of that kind in the account, or in the period that names one."""
        key = kind, id(period)
        if key not in self.known:
            self.known[key] = self._found(kind, period)
        return self.known[key]

    def _found(self, kind: str, period: Period | None) -> set[str]:
        if period is not None:
            of_period = OF_PERIOD.get(kind)
            return of_period(period) if of_period else self.ids(kind, None)
        if learned := LEARNED.get(kind):
            return learned(self.account, self.house)
        if kind == "question":
            own = {q.id for q in self.house.portfolio.questions.questions}
            return own | set(questions())
        if kind == "answer":
            answered = {kind: self.ids(kind, None) for kind in LEARNED}
            return _prefixed(answered) | self.ids("carried", None)
        if kind == "carried":
            return {f"{p.id}/{n}" for p in self.account.periods for n in self.ids(OF_PLAN, p)}
        return OF_ACCOUNT[kind](self.account)


def _lines(log: Sequence[Measurement | Revenue | Interaction | SurveyAnswer]) -> set[str]:
    """The ids of a log; only where something of it is corrected, as nothing else names them."""
    if not any(column(log, "corrects")):
        return set()
    return {name for name in column(log, "id") if isinstance(name, str) and name}


def _prefixed(named: Mapping[str, set[str]]) -> set[str]:
    return {f"{kind}:{name}" for kind, names in named.items() for name in names}


def _forces(account: Account, house: House) -> set[str]:
    industry = house.portfolio.forces.get(account.profile.industry)
    known = (*account.competition.forces, *(industry.forces if industry else ()))
    return {str(force.force) for force in known}


LEARNED: Mapping[str, Callable[[Account, House], set[str]]] = {
    "objective": lambda account, _: {o.id for o in account.profile.objectives},
    "client_kpi": lambda account, _: {k.id for k in account.profile.client_kpis},
    "insight": lambda account, _: {i.id for i in account.interview.insights},
    "force": _forces,
    "competitor": lambda account, _: {c.id for c in account.competition.competitors},
    "our_competitor": lambda account, _: {c.id for c in account.competition.our_competitors},
    "feature": lambda account, _: {f.feature for f in account.features},
    "stage": lambda account, _: {s.id for s in account.journey.stages},
    "cell": lambda account, _: {f"{c.department}/{c.offering}" for c in account.whitespace},
    "department": lambda account, _: {d.id for d in account.departments} | {"whole-company"},
}
"""What was learned about the client: a goal can answer it."""
OF_ACCOUNT: Mapping[str, Callable[[Account], set[str]]] = {
    "period": lambda account: {period.id for period in account.periods},
    "task of a period": lambda account: {t.id for p in account.periods for t in p.tasks.tasks},
    "step of the last review": lambda account: {
        step.id for p in account.periods if p.review for step in p.review.next_steps
    },
    "measurement": lambda account: _lines(account.measurements),
    "revenue": lambda account: _lines(account.revenue),
    "interaction": lambda account: _lines(account.interactions),
    "survey": lambda account: _lines(account.surveys),
}
OF_PERIOD: Mapping[str, Callable[[Period], set[str]]] = {
    "goal": lambda period: {goal.id for goal in period.plan.goals},
    "kpi of the plan": lambda period: {kpi.kpi for kpi in period.plan.kpis},
    "task": lambda period: {task.id for task in period.tasks.tasks},
    OF_PLAN: lambda period: set(named(period)),
}
