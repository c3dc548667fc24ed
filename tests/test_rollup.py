"""Roll-ups: sums of numerators and denominators, against SQL over the same random logs."""

from __future__ import annotations

import csv
import random
import sqlite3
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from conftest import ACCOUNT, WORKSPACE, Write
from planwerk.importing import import_crm
from planwerk.importing.names import slug
from planwerk.model.account import Opportunity, Profile, Revenue
from planwerk.model.logs import Interaction, SurveyAnswer
from planwerk.model.portfolio import Account, Portfolio
from planwerk.model.workspace import Workspace
from planwerk.read import read
from planwerk.rollup import BY, NotAllowedError, Rollup, Span, dimensions, parts
from slow_against import hold, record
from slow_kpis import Slow, database, random_account

CRM = Path(__file__).parents[2] / "shared" / "data" / "crm-sales"
INDUSTRIES = ("logistics", "retail", "engineering")
HOUSE_FILE: dict[str, Any] = {
    "format": "1",
    "organisation": {"name": "Haus"},
    "offerings": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
    "rates": [
        {"currency": "GBP", "since": "2026-01-01", "rate": "1.17"},
        {"currency": "GBP", "since": "2026-07-01", "rate": "1.15"},
    ],
}
HOUSE = Workspace.model_validate(HOUSE_FILE)
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def account(
    name: str, industry: str, logs: dict[str, list[dict[str, Any]]], **more: str
) -> Account:
    kinds = {"revenue": Revenue, "interactions": Interaction, "surveys": SurveyAnswer, "opportunities": Opportunity}  # fmt: skip
    profile = Profile.model_validate(
        {"name": name, "industry": industry, "owner": "brandt", **more}
    )
    lines: dict[str, Any] = {
        log: tuple(record(kinds[log], line) for line in logs[log]) for log in logs
    }
    return Account.model_construct(id=name, profile=profile, **lines)


def portfolio(*accounts: Account, as_of: date = YEAR.end, house: Workspace = HOUSE) -> Portfolio:
    return Portfolio.model_construct(
        audience="internal", as_of=as_of, workspace=house, accounts=accounts, training=()
    )


AUGUST = Span(date(2026, 2, 1), date(2026, 8, 17))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("span", [YEAR, AUGUST])
def test_a_slow_and_independent_reckoning_comes_to_the_same(seed: int, span: Span) -> None:
    rng = random.Random(seed)
    logs = {f"kunde-{i}": random_account(rng, 60) for i in range(rng.randrange(1, 9))}
    groups = {name: rng.choice(INDUSTRIES) for name in logs}
    days = ["2020-01-01", "2025-01-01", "2025-02-01", "2025-06-30"]
    since = {name: rng.choice(days) for name in logs if rng.random() < 0.5}
    said = {name: {"customer_since": day} for name, day in since.items()}
    each = (account(name, groups[name], logs[name], **said.get(name, {})) for name in logs)
    found = Rollup(portfolio(*each, as_of=span.end))
    db = database(logs, groups)
    for industry in sorted(set(groups.values())):
        for name, (value, n) in Slow(db, industry, span.start, span.end, since).all().items():
            if name.endswith(("value",)):
                value = None if value is None else value / 100
            hold(found, name, "industry", span, industry, (value, n))


def test_a_wrong_reckoning_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planwerk.kpis.money.EXPANSION", frozenset({"upsell"}))
    with pytest.raises(AssertionError):
        for seed in range(12):
            test_a_slow_and_independent_reckoning_comes_to_the_same(seed, YEAR)


REPLIES = "date,channel,count,answered\n2026-08-31,email,{},{}\n"


def read_house(workspace: Write, files: dict[str, str | bytes | None]) -> Portfolio:
    found = read(workspace(files)).portfolio
    assert found is not None
    return found


def test_rates_are_added_up_and_never_averaged(workspace: Write) -> None:
    """1 of 10 and 90 of 90: 91 of 100, not the mean of 10 % and 100 %."""
    files: dict[str, str | bytes | None] = {
        "nordwind/interactions.csv": REPLIES.format(10, 1),
        "suedwind/account.md": ACCOUNT,
        "suedwind/interactions.csv": REPLIES.format(90, 90),
        "leer/account.md": ACCOUNT,
    }
    found = Rollup(read_house(workspace, files))
    (group,) = found.by("email-reply-rate", "industry", YEAR)
    assert (group.counted.value, group.counted.n) == (91, 100)
    assert group.accounts == ("nordwind", "suedwind")
    assert group.left_out == ("leer",)
    by_client = {g.key: g.counted for g in found.by("email-reply-rate", "client", YEAR)}
    assert by_client["nordwind"].value == 10
    assert (by_client["leer"].state, by_client["leer"].why) == ("unknown", ("no_log",))


def test_a_currency_without_a_rate_leaves_its_group_unknown_and_says_whose(workspace: Write) -> None:  # fmt: skip
    files: dict[str, str | bytes | None] = {
        "nordwind/revenue.csv": "date,kind,amount,currency\n2026-08-31,new,10,CHF\n",
        "suedwind/account.md": ACCOUNT,
        "suedwind/revenue.csv": "date,kind,amount,currency\n2026-08-31,new,10,EUR\n",
    }
    found = Rollup(read_house(workspace, files))
    (group,) = found.by("revenue", "industry", YEAR)
    assert (group.counted.value, group.counted.why) == (None, ("no_rate",))
    assert group.spoiling == ("nordwind",)
    by_client = {g.key: g.counted.value for g in found.by("revenue", "client", YEAR)}
    assert by_client == {"nordwind": None, "suedwind": 10}


def test_by_person_only_where_the_house_agreed_on_it(workspace: Write) -> None:
    house = read_house(workspace, {})
    assert "owner" not in dimensions(house.workspace)
    with pytest.raises(NotAllowedError):
        Rollup(house).by("revenue", "owner", YEAR)
    agreed = read_house(workspace, {"workspace.yml": WORKSPACE + "by_owner: ja\n", "nordwind/revenue.csv": "date,kind,amount\n2026-08-31,new,10\n"})  # fmt: skip
    assert dimensions(agreed.workspace) == BY
    (group,) = Rollup(agreed).by("revenue", "owner", YEAR)
    assert (group.key, group.counted.value) == ("brandt", 10)


def test_by_tier_and_offering_what_nobody_wrote_is_a_group_of_its_own(workspace: Write) -> None:
    files: dict[str, str | bytes | None] = {
        "nordwind/revenue.csv": "date,kind,offering,amount\n2026-08-31,new,survey,10\n2026-08-31,new,,5\n",
    }
    found = Rollup(read_house(workspace, files))
    assert {g.key: g.counted.value for g in found.by("revenue", "offering", YEAR)} == {"offen": 5, "survey": 10}  # fmt: skip
    assert [g.key for g in found.by("revenue", "tier", YEAR)] == ["offen"]
    assert found.by("email-reply-rate", "offering", YEAR) == ()


def test_by_period_each_part_counts_its_days() -> None:
    line = {"date": "2026-04-01", "kind": "new", "amount": 700, "currency": "EUR"}
    logs: dict[str, list[dict[str, Any]]] = {"revenue": [line, {**line, "date": "2026-03-31"}], "interactions": [], "surveys": [], "opportunities": []}  # fmt: skip
    found = Rollup(portfolio(account("a", "retail", logs)))
    by = found.by("revenue", "period", Span(date(2026, 2, 10), date(2026, 7, 5)))
    assert [(g.key, g.counted.value) for g in by] == [
        ("2026-02-10", 7),
        ("2026-04-01", 7),
        ("2026-07-01", 0),
    ]


@pytest.mark.parametrize(
    ("every", "starts"),
    [("month", 6), ("quarter", 3), ("year", 1)],
)
def test_a_span_falls_into_calendar_parts(every: Any, starts: int) -> None:
    span = Span(date(2028, 2, 10), date(2028, 7, 5))
    found = parts(span, every)
    assert len(found) == starts
    assert (found[0].start, found[-1].end) == span
    assert all((b.start - a.end).days == 1 for a, b in pairwise(found))


def test_training_counts_once_however_many_accounts_somebody_serves(workspace: Write) -> None:
    files: dict[str, str | bytes | None] = {
        "suedwind/account.md": ACCOUNT,
        "training.csv": "date,who,topic,planned,done\n2026-08-01,brandt,A,ja,ja\n2026-08-02,brandt,B,ja,nein\n",
    }
    found = Rollup(read_house(workspace, files))
    (group,) = found.by("training-done", "all", YEAR)
    assert (group.counted.value, group.counted.n) == (50, 2)
    assert found.by("training-done", "client", YEAR) == ()


def test_logo_retention_over_a_portfolio(workspace: Write) -> None:
    since = "owner: brandt\ncustomer_since: 2020-01-01\n"
    files: dict[str, str | bytes | None] = {
        "nordwind/account.md": ACCOUNT.replace("owner: brandt\n", since),
        "suedwind/account.md": ACCOUNT.replace("owner: brandt\n", since),
        "ostwind/account.md": ACCOUNT.replace("owner: brandt\n", since),
        "westwind/account.md": ACCOUNT.replace("owner: brandt\n", since + "customer_until: 2026-06-30\n"),
        "neu/account.md": ACCOUNT.replace("owner: brandt\n", "owner: brandt\ncustomer_since: 2026-05-01\n"),
    }  # fmt: skip
    (group,) = Rollup(read_house(workspace, files)).by("logo-retention", "all", YEAR)
    assert (group.counted.value, group.counted.n) == (75, 4)


# --- the real CRM export -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """The workspace that the import makes of the real export."""
    if not CRM.is_dir():
        pytest.skip("no ../shared/data/crm-sales beside the checkout")
    into = tmp_path_factory.mktemp("crm")
    import_crm(CRM, Path("crm-sales"), into)
    found = read(into).portfolio
    assert found is not None
    return found


def deals(where: str) -> list[tuple[Any, ...]]:
    """An independent query of the export's tables, with the slips that the mapping mends."""
    db = sqlite3.connect(":memory:")
    for name in ("accounts", "sales_pipeline"):
        with (CRM / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        columns = ", ".join(rows[0])
        db.execute(f"create table {name} ({columns})")
        db.executemany(
            f"insert into {name} values ({', '.join('?' * len(rows[0]))})",
            [tuple(row.values()) for row in rows],
        )
    db.execute("update accounts set sector = 'technology' where sector = 'technolgy'")
    db.execute("update sales_pipeline set product = 'GTX Pro' where product = 'GTXPro'")
    return db.execute(
        f"select {where.format(table='sales_pipeline p join accounts a on p.account = a.account')}"
    ).fetchall()


ALL = Span(date(2016, 1, 1), date(2018, 12, 31))


def grouped(found: Portfolio, kpi: str, by: Any) -> dict[str, Decimal]:
    groups = Rollup(found).by(kpi, by, ALL)
    return {g.key: g.counted.value for g in groups if g.counted.value is not None}


def test_won_revenue_by_sector_and_client_to_the_cent(crm: Portfolio) -> None:
    query = "{key}, sum(cast(close_value as integer)) from {{table}} where deal_stage = 'Won' group by {key}"
    by_sector = {k: Decimal(v) for k, v in deals(query.format(key="sector"))}
    by_client = {slug(k): Decimal(v) for k, v in deals(query.format(key="a.account"))}
    assert len(by_sector) == 10
    for kpi in ("won-value", "revenue"):
        assert grouped(crm, kpi, "industry") == by_sector
        assert grouped(crm, kpi, "client") == by_client
    assert sum(by_sector.values()) == Decimal(10005534)


def test_deals_by_product(crm: Portfolio) -> None:
    for kpi, stages in (("deals-won", "'Won'"), ("deals-lost", "'Lost'"), ("deals-open", "'Engaging', 'Prospecting'")):  # fmt: skip
        asked = deals(f"product, count(*) from {{table}} where deal_stage in ({stages}) group by product")  # fmt: skip
        assert grouped(crm, kpi, "offering") == {slug(k): v for k, v in asked}


def test_win_rate_and_cycle_time(crm: Portfolio) -> None:
    rate = "sector, 100.0 * sum(deal_stage = 'Won') / count(*) from {table} where deal_stage in ('Won', 'Lost') group by sector"
    for sector, value in deals(rate):
        assert abs(grouped(crm, "win-rate", "industry")[sector] - Decimal(value)) < Decimal("1e-9")
    days = "sector, avg(julianday(close_date) - julianday(engage_date)) from {table} where deal_stage = 'Won' group by sector"
    for sector, value in deals(days):
        assert abs(grouped(crm, "cycle-time", "industry")[sector] - Decimal(value)) < Decimal(
            "1e-9"
        )


def test_revenue_whose_kind_nobody_wrote_is_no_upsell(crm: Portfolio) -> None:
    (group,) = Rollup(crm).by("upsell-revenue", "all", ALL)
    assert (group.counted.value, group.counted.why) == (None, ("open_kind",))
