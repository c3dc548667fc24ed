"""The rules a plan is held to: one rule, one file, one line here.

A rule is a module whose docstring is its manual page (what it asks and why, a wrong and a
right plan that a test runs), with `NAME`, `SEVERITY`, `TIER`, and `check(house, account)` or
`check_house(house)`, generators of findings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import ModuleType

from planwerk.checks import (
    action_without_task,
    approval_stale,
    cadence_missed,
    client_told_nothing,
    commitment_unscored,
    confirmation_half,
    contact_silent,
    correction_unclear,
    currency_without_rate,
    disposition_without_evidence,
    duplicate_id,
    fact_in_future,
    fact_without_consequence,
    goal_levels,
    goal_with_one_task,
    goal_without_kpi,
    id_not_worded,
    interim_out_of_order,
    kpi_not_countable,
    kpi_without_owner,
    kpi_without_target,
    measured_twice,
    miss_not_carried,
    miss_without_next_step,
    never_shared,
    open_item_not_carried,
    other_client_named,
    partner_sees_tasks,
    period_gap,
    period_order,
    period_overlap,
    period_without_predecessor,
    person_id_is_name,
    person_leaving,
    personal_name,
    placeholder_without_persona,
    plan_left_open,
    plan_not_closed,
    plan_not_ready,
    question_without_person,
    reports_in_circle,
    review_not_held,
    review_overdue,
    review_unprepared,
    risk_without_answer,
    role_missing,
    same_name_twice,
    section_missing,
    section_stale,
    shared_quotes_internal,
    shared_refers_to_internal,
    single_thread,
    slide_empty,
    slide_unseen,
    slide_with_two,
    slot_unknown,
    sum_beside_lines,
    target_lowered,
    target_without_precedent,
    task_for_client_not_shared,
    too_many_goals,
    unanswered,
    unknown_audience,
    unknown_deck_section,
    unknown_mention,
    unknown_person,
    unknown_reference,
)
from planwerk.checks.allowances import Allowances
from planwerk.checks.rule import Accounts, Finding, House, Identity, Tier
from planwerk.problems import Place, Problem, Severity
from planwerk.read import Reading, read_names

GROUPS: dict[str, tuple[ModuleType, ...]] = {
    "named": (
        duplicate_id,
        same_name_twice,
        id_not_worded,
        person_id_is_name,
        unknown_person,
        unknown_reference,
        unknown_mention,
        unknown_audience,
        unknown_deck_section,
        measured_twice,
        correction_unclear,
        sum_beside_lines,
        currency_without_rate,
        kpi_not_countable,
        fact_in_future,
    ),
    "leaves": (
        never_shared,
        shared_refers_to_internal,
        other_client_named,
        partner_sees_tasks,
        shared_quotes_internal,
        personal_name,
        task_for_client_not_shared,
    ),
    "plan": (
        period_order,
        period_overlap,
        period_gap,
        period_without_predecessor,
        goal_without_kpi,
        goal_levels,
        kpi_without_target,
        kpi_without_owner,
        target_lowered,
        target_without_precedent,
        interim_out_of_order,
        plan_not_ready,
        approval_stale,
        slide_empty,
        slide_with_two,
        slide_unseen,
    ),
    "loop": (
        miss_without_next_step,
        miss_not_carried,
        open_item_not_carried,
        commitment_unscored,
        review_unprepared,
        review_not_held,
        plan_not_closed,
        plan_left_open,
    ),
    "known": (
        question_without_person,
        slot_unknown,
        confirmation_half,
        fact_without_consequence,
        risk_without_answer,
        disposition_without_evidence,
        reports_in_circle,
        person_leaving,
        placeholder_without_persona,
    ),
    "method": (
        single_thread,
        role_missing,
        section_missing,
        section_stale,
        contact_silent,
        review_overdue,
        cadence_missed,
    ),
    "chosen": (
        action_without_task,
        unanswered,
        client_told_nothing,
        goal_with_one_task,
        too_many_goals,
    ),
}
"""All rules by what they are about: the chapters of the rules' manual."""
RULES: tuple[ModuleType, ...] = tuple(rule for rules in GROUPS.values() for rule in rules)

MASK = "•••"
FOLLOWING = (unknown_reference, unknown_person, unknown_mention)
"""Rules that say nothing of an account that could not be read whole: what is named may stand in
the very file that could not."""
BY_NAME: dict[str, ModuleType] = {rule.NAME: rule for rule in RULES}
TIERS: dict[str, Tier] = {rule.NAME: rule.TIER for rule in RULES} | {
    "hint-left": Tier.STRICT,
    "allowance-unused": Tier.STRICT,
}
"""When each finding is told; what is not named here (the findings of reading) always is."""


def check(reading: Reading, strict: bool = False, also: Collection[str] = ()) -> list[Problem]:
    """The whole truth about a reading: its own problems and the findings of the rules.

    With `strict`, warnings count as errors and the strict rules run; `also` names rules that
    run only by name, beside those that the workspace names.
    """
    return check_read(reading, identities(reading), strict, also)


def check_read(
    reading: Reading,
    accounts: Accounts,
    strict: bool = False,
    also: Collection[str] = (),
    with_house: bool = True,
) -> list[Problem]:
    """As `check`, of the accounts that were read; `with_house`, of what stands above them too.

    `accounts` are the names of all there are.
    """
    problems = list(reading.problems)
    portfolio = reading.portfolio
    named = {*also, *(portfolio.workspace.method.rules if portfolio else ())}
    tiers = {Tier.ALWAYS, Tier.STRICT} if strict else {Tier.ALWAYS}
    rules = [rule for rule in RULES if rule.TIER in tiers or rule.NAME in named]
    if portfolio is not None:
        house = House(portfolio, accounts, frozenset(BY_NAME))
        unread = {p.account for p in problems if p.severity is Severity.ERROR}
        for rule in rules:
            skipped = unread if rule in FOLLOWING else frozenset()
            problems += _findings(reading, house, rule, with_house, skipped)
    silent = frozenset(BY_NAME) - {rule.NAME for rule in rules}
    allowed = Allowances(reading, silent)
    found = allowed.applied(problems, portfolio.as_of if portfolio else None)
    told = [p for p in found if TIERS.get(p.rule, Tier.ALWAYS) in tiers or p.rule in named]
    if strict:
        told = [Problem(p.rule, p.place, Severity.ERROR, p.facts, p.account) for p in told]
    return [_discreet(p, reading.secrets) for p in told] if reading.secrets else told


def _discreet(problem: Problem, secrets: Collection[str]) -> Problem:
    """The problem, its facts without what looks like a credential."""
    facts = dict(problem.facts)
    for secret in secrets:
        facts = {name: fact.replace(secret, MASK) for name, fact in facts.items()}
    return Problem(problem.rule, problem.place, problem.severity, facts, problem.account)


def identities(reading: Reading) -> Accounts:
    """What all accounts are called, those among them that could not be read."""
    accounts = reading.portfolio.accounts if reading.portfolio else ()
    profiles = {account.id: account.profile for account in accounts}
    known = Accounts()
    for account in reading.accounts_seen:
        if profile := profiles.get(account):
            names = (profile.name, *profile.aliases, *profile.domains)
            known[account] = Identity(names, profile.parent or "")
        else:
            names_, parent = read_names(reading.root, account)
            known[account] = Identity(tuple(names_), parent)
    return known


def _findings(
    reading: Reading,
    house: House,
    rule: ModuleType,
    with_house: bool,
    skipped: Collection[str | None],
) -> Iterator[Problem]:
    if with_house and hasattr(rule, "check_house"):
        for finding in rule.check_house(house):
            yield _problem(reading, rule, finding, None)
    if hasattr(rule, "check"):
        for account in house.portfolio.accounts:
            if account.id in skipped:
                continue
            for finding in rule.check(house, account):
                yield _problem(reading, rule, finding, account.id)


def _problem(reading: Reading, rule: ModuleType, found: Finding, account: str | None) -> Problem:
    place: Place = reading.place(found.record, *found.keys)
    if found.words:
        place = reading.words_at(place, found.words)
    facts = dict(found.facts)
    if found.first is not None:
        facts["first"] = str(reading.place(found.first).line)
    return Problem(rule.NAME, place, rule.SEVERITY, facts, account)
