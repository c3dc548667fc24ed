"""The other way round: what must be said is said, in each format that says it, and everywhere the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from truth.facts import World, current
from truth.results import Difference, Seen
from truth.tokens import Day, Number

KPI_FILES = {
    "internal": (r"goals\.html", r"(kundenplan|account-plan).*\.docx", r"(kundenplan|account-plan).*\.pptx"),
    "client": (r"goals\.html", r"(gemeinsamer-plan|joint-plan).*\.docx", r"(quartalsgespraech|quarterly-review).*\.pptx"),
}  # fmt: skip
TASK_FILES = {**KPI_FILES, "internal": (r"tasks\.html", *KPI_FILES["internal"][1:]), "client": (r"tasks\.html", *KPI_FILES["client"][1:]), "partner": (r"index\.html",)}  # fmt: skip
"""Which files say all KPIs and goals, and all tasks, of the plan that runs, by their names."""


def missing(one: World, seen: Mapping[str, list[Seen]]) -> Iterator[Difference]:
    """What of the current plan is not said where it should be; `seen` by file.

    A list that is cut says how many are left out ("und 3 weitere"); so many may be missing there.
    """
    period, audience = current(one), one.seen.audience.partition(":")[0]
    if period is None:
        return
    for file, parts in seen.items():
        lacks: list[Difference] = []
        if _is(file, KPI_FILES.get(audience, ())) and period.id in _period_of(file, period.id):
            told = {name for goal in period.plan.goals for name in goal.kpis}  # others have no row
            for kpi in period.plan.kpis:
                result = period.result(kpi.kpi)
                for role in ("actual", "target", "baseline")[: 3 if kpi.kpi in told else 2]:
                    value = getattr(result, role) if result else None
                    if value is not None and (kpi.kpi in told or (result and result.actual is not None)):  # fmt: skip
                        lacks += _number(file, parts, f"PlanKpi/{period.id}/{kpi.kpi}", role, value)
            for goal in period.plan.goals:
                if not any(f"Goal/{period.id}/{goal.id}" in part.keys for part in parts):
                    lacks.append(Difference(file, "whole file", goal.title, "the goal is not there"))  # fmt: skip
        if _is(file, TASK_FILES.get(audience, ())) and period.id in _period_of(file, period.id):
            for task in period.tasks.tasks:
                if isinstance(task.due, date):
                    lacks += _task(file, parts, f"Task/{period.id}/{task.id}", task.due, one)
        rest = sum(part.rest for part in parts)
        yield from lacks[rest:]


def _is(file: str, patterns: tuple[str, ...]) -> bool:
    return any(re.fullmatch(pattern, file.rpartition("/")[2]) for pattern in patterns)


def _period_of(file: str, period: str) -> str:
    return file if file.endswith((".docx", ".pptx")) else period


def _number(file: str, parts: list[Seen], key: str, role: str, value: Decimal) -> list[Difference]:
    said = [t for part in parts if key in part.keys for t in part.tokens if isinstance(t, Number)]
    if any(token.says(value) for token in said):
        return []
    return [Difference(file, "whole file", key, f"its {role} {value} is not there")]


def _task(file: str, parts: list[Seen], key: str, due: date, one: World) -> list[Difference]:
    mine = [part for part in parts if key in part.keys]
    days = [t for part in mine for t in part.tokens if isinstance(t, Day)]
    lacks = [] if any(d.says(due, one.today) for d in days) else [f"its day {due} is not there"]
    owners = one.subjects[key].owners
    if not any(owners & part.people for part in mine):
        lacks.append(f"who does it, {', '.join(owners)}, is not there")
    return [Difference(file, "whole file", key, why) for why in lacks]


def disagreeing(said: Mapping[tuple[str, str], Mapping[str, set[str]]]) -> Iterator[Difference]:
    """The same value of a KPI, shown in another way in another format.

    `said`: by KPI and role, by format, the values as (number, decimals) in words.
    """
    for (key, role), formats in said.items():
        shown = {name: frozenset(values) for name, values in formats.items()}
        if len(set(shown.values())) > 1:
            told = "; ".join(f"{name} {', '.join(sorted(v))}" for name, v in sorted(shown.items()))
            yield Difference("all formats", key, f"its {role}", f"it differs: {told}")
