"""Health: a weighted mean of what is known, each part shown, what is not known left out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from conftest import ACCOUNT, PLAN, WORKSPACE, Write
from planwerk.audience import CLIENT, project
from planwerk.health import DEFAULT, AccountHealth, health
from planwerk.kpis import BY_ID
from planwerk.model.portfolio import Portfolio
from planwerk.read import read
from planwerk.words import LANGUAGES, load_kpi_words

CONTACTS = "date,channel,count,answered\n2026-10-24,email,20,8\n"
PARTS = """\
health:
  least: 50
  parts:
    - kpi: last-contact-age
      weight: 30
      good: 10
      poor: 50
    - kpi: email-reply-rate
      weight: 10
      good: 60
      poor: 20
    - kpi: csat
      weight: {csat}
      good: 90
      poor: 50
"""


def seen(workspace: Write, files: dict[str, str | bytes | None]) -> Portfolio:
    found = read(workspace(files)).portfolio
    assert found is not None
    return found


def of(workspace: Write, files: dict[str, str | bytes | None]) -> AccountHealth:
    portfolio = seen(workspace, files)
    return health(portfolio, portfolio.accounts[0])


def test_points_are_weighed_and_each_part_says_what_it_adds(workspace: Write) -> None:
    """30 days: half of the way from 50 to 10; 8 of 20: half of the way from 20 to 60."""
    found = of(workspace, {"workspace.yml": WORKSPACE + PARTS.format(csat=10), "nordwind/interactions.csv": CONTACTS})  # fmt: skip
    assert [(p.kpi, p.value, p.points, p.adds) for p in found.parts] == [
        ("last-contact-age", 30, 50, Decimal("37.5")),
        ("email-reply-rate", 40, 50, Decimal("12.5")),
        ("csat", None, None, None),
    ]
    assert (found.points, found.level, found.known) == (50, "fair", 80)
    assert [(p.kpi, p.why) for p in found.left_out] == [("csat", ("no_log",))]


def test_where_too_little_is_known_health_is_not_known(workspace: Write) -> None:
    found = of(workspace, {"workspace.yml": WORKSPACE + PARTS.format(csat=41), "nordwind/interactions.csv": CONTACTS})  # fmt: skip
    assert (found.points, found.level) == (None, "unknown")
    assert found.known < 50


def test_points_do_not_leave_their_scale(workspace: Write) -> None:
    lines = "date,channel,count,answered\n2026-11-22,email,20,20\n"
    found = of(workspace, {"workspace.yml": WORKSPACE + PARTS.format(csat=0), "nordwind/interactions.csv": lines})  # fmt: skip
    assert (found.points, found.level) == (100, "good")


def test_a_part_that_decides_turns_the_whole_poor(workspace: Write) -> None:
    people = "---\nstakeholders:\n  - id: cio\n    name: A\n    influence: 5\n    disposition: -2\n    evidence: x\n  - id: coo\n    name: B\n    influence: 5\n    disposition: -1\n    evidence: x\n---\n"
    lines = "date,channel,count,answered\n2026-11-22,email,20,20\n"
    parts = (
        PARTS.format(csat=0)
        + "    - kpi: buyer-sentiment\n      weight: 1\n      good: 1\n      poor: -1\n      decides: ja\n"
    )
    found = of(workspace, {"workspace.yml": WORKSPACE + parts, "nordwind/interactions.csv": lines, "nordwind/stakeholders.md": people})  # fmt: skip
    assert found.points is not None and found.points > 67
    assert (found.level, found.decided_by) == ("poor", "buyer-sentiment")


def test_the_default_needs_no_usage_data_and_counts_the_plan(workspace: Write) -> None:
    values = "date,kpi,value\n2026-11-20,nps,40\n"
    found = of(workspace, {"nordwind/measurements.csv": values, "nordwind/interactions.csv": CONTACTS})  # fmt: skip
    assert [p.kpi for p in found.parts] == [p.kpi for p in DEFAULT]
    attainment = next(p for p in found.parts if p.kpi == "attainment")
    assert (attainment.value, attainment.points) == (100, 100)
    assert sum(p.weight for p in DEFAULT) == 100
    assert all(p.kpi in BY_ID for p in DEFAULT if p.kpi != "attainment")


def test_of_an_account_of_which_nothing_is_known(workspace: Write) -> None:
    found = of(workspace, {"nordwind/2026-h2/plan.md": None})
    assert (found.points, found.level) == (None, "unknown")
    assert len(found.left_out) == len(DEFAULT)


def test_a_measured_kpi_of_the_house_can_be_a_part(workspace: Write) -> None:
    parts = (
        "health:\n  parts:\n    - kpi: margin\n      weight: 1\n      good: 20\n      poor: 10\n"
    )
    values = "date,kpi,value\n2026-01-01,margin,20\n2026-10-20,margin,15\n"
    found = of(workspace, {"workspace.yml": WORKSPACE + parts, "nordwind/measurements.csv": values})
    assert found.points == 50
    stale = of(workspace, {"workspace.yml": WORKSPACE + parts, "nordwind/measurements.csv": "date,kpi,value\n2026-01-01,margin,20\n"})  # fmt: skip
    assert stale.points is None


def test_clients_get_nothing_of_the_model(workspace: Write) -> None:
    plan = PLAN.replace("to: 2026-12-31\n", "to: 2026-12-31\nshare: client\n")
    files: dict[str, str | bytes | None] = {
        "workspace.yml": WORKSPACE + PARTS.format(csat=10),
        "nordwind/2026-h2/plan.md": plan,
        "nordwind/account.md": ACCOUNT,
    }
    house = project(seen(workspace, files), CLIENT, "nordwind").workspace
    assert house.health.parts == ()
    assert not house.by_owner


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_part_that_is_no_kpi_has_a_name(language: str) -> None:
    assert load_kpi_words(language)("health.attainment")
