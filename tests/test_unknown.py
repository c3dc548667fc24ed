"""What nobody knows is said to be open: never zero, never green."""

from __future__ import annotations

from decimal import Decimal

from conftest import ACCOUNT, WORKSPACE, Write
from planwerk import blocks as b
from planwerk.checks import check
from planwerk.compose import portal
from planwerk.compose.sections import white_space
from planwerk.compose.sections.portfolio import first, listed
from planwerk.compose.sections.portfolio.overall import overall
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.model.method import missing
from planwerk.model.portfolio import Portfolio
from planwerk.read import read
from planwerk.words import load_words

NO_NAME = WORKSPACE.replace("name: Ruhrblick Software GmbH", "name: offen")
CELLS = "department,offering,state,ours,potential\n"
DEALS = "id,offering,opened,outcome,value\nA1,survey,2026-03-01,open,\nA2,survey,2026-01-01,open,900\nA3,survey,2025-01-01,won,5\n"


def seen(workspace: Write, **files: str) -> Portfolio:
    """The workspace without plans, with these tables of its one account."""
    changed = {f"nordwind/{name}.csv": words for name, words in files.items()}
    root = workspace({"workspace.yml": NO_NAME, "nordwind/account.md": ACCOUNT, **changed})
    (root / "plans/nordwind/2026-h2/plan.md").unlink()
    (root / "plans/nordwind/2026-h2").rmdir()
    found = read(root)
    assert found.problems == []
    assert found.portfolio is not None
    return measure(found.portfolio)


def test_a_portfolio_without_plans_is_neither_on_track_nor_worth_nothing(workspace: Write) -> None:
    portfolio, words = seen(workspace, whitespace=f"{CELLS}whole-company,survey,won,100,\n"), load_words("de")  # fmt: skip
    whole = overall(portfolio, words)
    assert first.title(whole) == "Ein Kunde, noch kein Plan vereinbart"
    cards = {card.label: card for card in first.cards(whole).items}
    for label in ("Kennzahlen auf Kurs", "Offenes Potenzial", "Umsatz"):
        assert cards[label].unknown
        assert cards[label].status.level == "open"
    (row,) = listed.table(whole, 25).rows
    assert [row.cells[n].unknown for n in (7, 9)] == [True, True]
    assert b.plain(row.cells[8].text) == "·"
    assert portal.portfolio_site(portfolio, words).name == "Unser Unternehmen"


def test_the_potential_is_the_sum_of_what_is_known(workspace: Write) -> None:
    rows = (
        "whole-company,survey,won,100,\nwhole-company,survey,gap,,\nwhole-company,survey,idea,,70\n"
    )
    account = seen(workspace, whitespace=CELLS + rows).accounts[0]
    assert white_space.open_potential(account.whitespace) == Decimal(70)
    assert white_space.open_potential(account.whitespace[:2]) is None


def test_open_opportunities_are_told_and_their_missing_values_too(workspace: Write) -> None:
    portfolio = seen(workspace, whitespace=f"{CELLS}whole-company,survey,won,100,\n", opportunities=DEALS)  # fmt: skip
    view = view_of(portfolio, portfolio.accounts[0])
    assert white_space.headline(view).startswith(
        "Zwei Verkaufschancen sind offen, bewertet ist ein Teil mit 900"
    )
    table = white_space.deals_table(view)
    assert table is not None
    assert [b.plain(row.cells[0].text) for row in table.rows] == ["A2", "A1"]
    assert [row.cells[5].unknown for row in table.rows] == [False, True]
    assert len(white_space.deals_table(view, limit=1).rows) == 1  # type: ignore[union-attr]


def test_revenue_in_another_currency_counts_at_its_rate(workspace: Write) -> None:
    log = "date,kind,offering,amount,currency\n2026-09-14,new,survey,40000,GBP\n2026-09-15,new,survey,1000,\n"
    rates = "rates:\n  - currency: GBP\n    since: 2026-07-01\n    rate: 1.15\n"
    root = workspace({"workspace.yml": WORKSPACE + rates, "nordwind/revenue.csv": log})
    found = read(root).portfolio
    assert found is not None
    (row,) = listed.table(overall(measure(found), load_words("en")), 25).rows
    assert b.plain(row.cells[7].text) == "47"


def test_what_is_written_down_as_open_is_no_finding_and_not_complete_either(
    workspace: Write,
) -> None:
    method = "method:\n  sections:\n    - profile\n    - objectives\n"
    said = ACCOUNT.replace("owner: brandt\n", "owner: brandt\nheadquarters: offen\nemployees: offen\n")  # fmt: skip
    root = workspace({"workspace.yml": WORKSPACE + method, "nordwind/account.md": said})
    found = read(root)
    assert found.portfolio is not None
    account, day = found.portfolio.accounts[0], found.portfolio.as_of
    told = {p.facts["found"]: p.facts["missing"] for p in check(found) if p.rule == "section-missing"}  # fmt: skip
    assert told == {
        "profile": "business_model, target_markets, customer_since",
        "objectives": "objectives",
    }
    (profile, objectives) = missing(account, found.portfolio.workspace, day, open_too=True)
    assert (profile.section, len(profile.items), objectives.section) == ("profile", 5, "objectives")
