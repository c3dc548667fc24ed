"""The rules a plan is held to: one rule, one file, one line here.

A rule is a module whose docstring is its manual page (what it asks and why, a wrong and a
right plan that a test runs), with `NAME` and `check(reading)`, a generator of problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType

from planwerk.checks import (
    approval_stale,
    disposition_without_evidence,
    duplicate_id,
    fact_without_consequence,
    goal_without_kpi,
    kpi_without_owner,
    kpi_without_target,
    miss_without_next_step,
    never_shared,
    period_order,
    question_without_person,
    risk_without_answer,
    shared_refers_to_internal,
    task_for_client_not_shared,
    unknown_person,
    unknown_reference,
)
from planwerk.problems import Problem
from planwerk.read import Reading

RULES: tuple[ModuleType, ...] = (
    duplicate_id,
    unknown_person,
    unknown_reference,
    period_order,
    kpi_without_target,
    kpi_without_owner,
    goal_without_kpi,
    never_shared,
    shared_refers_to_internal,
    task_for_client_not_shared,
    disposition_without_evidence,
    miss_without_next_step,
    approval_stale,
    question_without_person,
    fact_without_consequence,
    risk_without_answer,
)

BY_NAME: dict[str, ModuleType] = {rule.NAME: rule for rule in RULES}


def check(reading: Reading) -> list[Problem]:
    """Every finding of every rule; with those of reading they are the whole truth."""
    if reading.portfolio is None:
        return []
    rules: list[Callable[[Reading], Iterator[Problem]]] = [rule.check for rule in RULES]
    return [problem for rule in rules for problem in rule(reading)]
