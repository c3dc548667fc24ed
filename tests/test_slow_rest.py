"""The KPIs of people, plans and white space against plain loops over the same random files."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

import pytest

import planwerk.rollup
from planwerk.kpis import BY_ID
from planwerk.kpis.case import Case
from planwerk.kpis.kind import Kpi
from planwerk.kpis.tally import ONE, Span, Tally
from planwerk.model.account import Revenue
from planwerk.model.computed import CATALOGUE
from planwerk.model.logs import Interaction, SurveyAnswer, Training
from planwerk.model.method import SECTIONS, last_contact
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.workspace import Workspace
from planwerk.rollup import Rollup
from random_rest import Dice, moods, random_house, random_rest
from slow_against import hold, record
from slow_kpis import Slow, database, random_account
from slow_people import Rest
from slow_sections import Files
from test_rollup import AUGUST, HOUSE_FILE, INDUSTRIES, YEAR

SEEDS = 60
LEAP = Span(date(2025, 9, 15), date(2026, 12, 30))
SEEN = [(YEAR, YEAR.end), (AUGUST, AUGUST.end), (LEAP, LEAP.end), (AUGUST, YEAR.end)]
"""The days counted, and the day they are seen from: in the last, files tell of a later day."""
NOT_RECKONED: dict[str, str] = {}
"""By id: why a KPI of the catalogue is not reckoned a second time. Best without any."""


@lru_cache(maxsize=SEEDS)
def made(seed: int) -> tuple[Files, list[Files], Workspace, tuple[Account, ...], tuple[Training, ...]]:  # fmt: skip
    """A house and its accounts, as texts and as the records that reading makes of them."""
    rng = random.Random(seed)
    house, accounts = random_house(rng), []
    for i in range(rng.randrange(1, 6)):
        logs = random_account(rng, rng.choice([2, 14, 40]))
        rest = random_rest(rng, f"kunde-{i}", rng.choice(INDUSTRIES))
        logs["surveys"] += moods(Dice(rng))
        accounts.append({"id": f"kunde-{i}", **logs, **rest})
    asked = {name: house[name] for name in ("method", "tiers", "plan_types", "kpis")}
    workspace = Workspace.model_validate({**HOUSE_FILE, **asked})
    training = tuple(Training.model_validate(line) for line in house["training"])
    return house, accounts, workspace, tuple(map(built, accounts)), training


def built(files: Files) -> Account:
    """An account as the reader would make it."""
    kinds = {"revenue": Revenue, "interactions": Interaction, "surveys": SurveyAnswer}
    logs = {log: tuple(record(kind, x) for x in files[log]) for log, kind in kinds.items()}
    rest = {name: said for name, said in files.items() if name not in (*kinds, "opportunities")}
    return Account.model_validate(rest).model_copy(update=logs)


def agreed(seed: int, span: Span, today: date) -> Counter[str]:
    """Holds all KPIs against each other, by account, industry and all; how often each is known."""
    house, files, workspace, accounts, training = made(seed)
    found = Rollup(
        Portfolio.model_construct(
            audience="internal", as_of=today, workspace=workspace, accounts=accounts, training=training
        )
    )  # fmt: skip
    groups: dict[tuple[str, str], list[Files]] = {("all", ""): files}
    for account in files:
        groups[("client", account["id"])] = [account]
        groups.setdefault(("industry", account["profile"]["industry"]), []).append(account)
    known: Counter[str] = Counter()
    for (by, key), mine in groups.items():
        for name, slow in Rest(mine, house, *span, today).all().items():
            if name != "training-done" or by == "all":
                known[name] += hold(found, name, by, span, key, slow)
    rest = Rest(files, house, *span, today)
    for account, record_ in zip(files, accounts, strict=True):
        kpi, case = BY_ID["training-done"], Case(record_, workspace, training)
        part, tally = rest.trained(account), kpi.tally(case, span, today)
        told = (Fraction(tally.numerator), Fraction(tally.denominator or 0), tally.n)
        assert tally.why == frozenset(() if training else ("no_log",))
        assert told == part[:3], (account["id"], tally)
    return known


def all_agreed() -> Counter[str]:
    return sum((agreed(seed, *seen) for seed in range(SEEDS) for seen in SEEN), Counter())


def test_both_reckonings_of_people_and_plans_come_to_the_same() -> None:
    known = all_agreed()
    rest = Rest([], random_house(random.Random(0)), *YEAR, YEAR.end).all()
    assert {name: known[name] for name in rest if known[name] < SEEDS // 2} == {}


def test_every_kpi_of_the_catalogue_is_reckoned_a_second_time() -> None:
    house = random_house(random.Random(0))
    logs = Slow(database({}, {}), "", *YEAR, {}).all()
    rest = Rest([], house, *YEAR, YEAR.end).all()
    assert not set(logs) & set(rest)
    assert sorted({*logs, *rest, *NOT_RECKONED}) == sorted(CATALOGUE)
    assert all(why.endswith(".") for why in NOT_RECKONED.values())


def always_a_client(case: Case, day: date) -> bool:
    return True


def never_not_booked(*given: Any, why: frozenset[str], **more: Any) -> Tally:
    return Tally(*given, why=why - {"not_booked"}, **more)


def every_answer(case: Case, span: Span) -> list[SurveyAnswer]:
    return list(case.account.surveys)


def without_meetings(account: Account, day: date) -> date | None:
    return last_contact(account.model_copy(update={"meetings": ()}), day)


FAULTS: dict[str, tuple[str, str, Any]] = {
    "revenue": ("revenue-growth", "kpis.revenue_growth.SOLD", frozenset({"new", "recurring"})),
    "account": ("logo-retention", "kpis.logo_retention.customer", always_a_client),
    "contract": ("renewal-rate", "kpis.renewal_rate.Tally", never_not_booked),
    "whitespace": ("white-space-coverage", "kpis.white_space_coverage.WON", ("won",)),
    "stakeholders": ("key-players-at-target", "kpis.key_players_at_target.KEY", ("3", "4", "5")),
    "interactions": ("referrals", "kpis.referrals.ZERO", ONE),
    "surveys": ("buyer-sentiment", "kpis.case.Case.surveys", every_answer),
    "meetings": ("last-contact-age", "kpis.last_contact_age.last_contact", without_meetings),
    "review": ("last-contact-age", "model.method._held", lambda period: None),
    "training": ("training-done", "kpis.training_done.counting", iter),
    "tasks": ("task-punctuality-ours", "kpis.tasks.SIDES", {"client:": "client"}),
    "measurements": ("freshness", "model.method.is_computed", lambda workspace, kpi: False),
    "method": ("completeness", "model.method.SECTIONS", {**SECTIONS, "goals": SECTIONS["tasks"]}),
}
"""By kind of file: the KPI that goes wrong, and what is wrong where."""


@pytest.mark.parametrize("file", FAULTS)
def test_a_wrong_reckoning_of_a_kind_of_file_is_seen(
    file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kpi, where, wrong = FAULTS[file]
    monkeypatch.setattr(f"planwerk.{where}", wrong)
    with pytest.raises(AssertionError, match=f"'{kpi}'"):
        all_agreed()


@pytest.mark.parametrize("name", sorted(Rest([], random_house(random.Random(0)), *YEAR, YEAR.end).all()))  # fmt: skip
def test_one_too_many_is_seen_of_every_kpi(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_more(count: Callable[..., Tally]) -> Callable[..., Tally]:
        def more(*given: Any) -> Tally:
            tally = count(*given)
            return tally if tally.why else replace(tally, numerator=tally.numerator + 1)

        return more

    def kpi_of(workspace: Workspace, asked: str) -> Kpi:
        kpi = BY_ID[asked]
        if asked != name:
            return kpi
        house = kpi.of_house and one_more(kpi.of_house)
        return replace(kpi, count=one_more(kpi.count), of_house=house)

    monkeypatch.setattr(planwerk.rollup, "kpi_of", kpi_of)
    with pytest.raises(AssertionError, match=f"'{name}'"):
        all_agreed()
