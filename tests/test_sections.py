"""What the sections say of what is known of the client: findings, and nothing of ours to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project
from planwerk.compose import portal
from planwerk.compose.decks import reviewed
from planwerk.compose.sections import (
    competition,
    goals,
    interview,
    journey,
    meetings,
    reviews,
    risks,
)
from planwerk.compose.view import View, view_of
from planwerk.measure import measure
from planwerk.model.portfolio import Portfolio
from planwerk.model.types import OPEN
from planwerk.read import read

ACCOUNT = "nordwind-logistik"


@pytest.fixture(scope="module")
def portfolio(examples: object) -> Portfolio:
    found = read(examples).portfolio  # type: ignore[arg-type]
    assert found is not None
    return measure(found)


def view(portfolio: Portfolio, audience: str, account: str = ACCOUNT) -> View:
    seen = project(portfolio, audience, account)
    return view_of(seen, seen.accounts[0])


def tables(blocks: tuple[b.Block, ...]) -> Iterator[b.Table]:
    for block in blocks:
        if isinstance(block, b.Section | b.Fold):
            yield from tables(block.blocks)
        elif isinstance(block, b.Beside):
            for part in block.parts:
                yield from tables(part)
        elif isinstance(block, b.Table):
            yield block


def heads(page: b.Page | None) -> set[str]:
    assert page is not None
    return {column.title for table in tables(page.blocks) for column in table.columns}


def test_days_of_a_chart_say_their_year_where_there_are_several(portfolio: Portfolio) -> None:
    seen = view(portfolio, INTERNAL, "hollerbeck-pumpen")
    (found,) = (
        r
        for p in seen.account.periods
        for r in p.results
        if r.kpi == "nps" and r.series[-1].day.month == 11
    )
    assert goals.labels(seen, found)[:3] == ("Dez 2025", "Jan 2026", "Feb")
    twice = found.model_copy(
        update={
            "series": (
                *found.series,
                found.series[-1].model_copy(update={"day": date(2026, 11, 20)}),
            )
        }
    )
    told = goals.labels(seen, twice)
    assert [label for label in told if "202" in label] == [told[0], told[1]]
    assert told[-1] == "20.11."


def test_every_kpi_stands_in_the_results_of_a_debrief(portfolio: Portfolio) -> None:
    seen = view(portfolio, INTERNAL)
    period = seen.account.periods[0]
    many = period.model_copy(
        update={"plan": period.plan.model_copy(update={"kpis": period.plan.kpis * 4})}
    )
    assert len(goals.cards(seen, many).items) == 4 * len(period.plan.kpis) > 14


def test_findings_are_made_of_the_data(portfolio: Portfolio) -> None:
    seen = view(portfolio, INTERNAL)
    assert interview.headline(seen) == "Drei von fünf Fragen sind beantwortet"
    assert journey.headline(seen) == "Am meisten hakt es hier: Ausschreibung"
    assert competition.headline(seen) == "Am stärksten wirkt: Macht der Abnehmer (4 von 5)"
    assert risks.headline(seen).startswith("Drei Risiken sind offen, zwei davon hoch, mindestens 32.000")  # fmt: skip
    assert meetings.headline(seen) == "Zuletzt haben wir uns am 24. September 2026 gesprochen"


def test_the_rule_of_a_status_is_that_of_its_period(portfolio: Portfolio) -> None:
    seen = view(portfolio, INTERNAL)
    closed, running = seen.account.periods
    assert goals.cards(seen, closed).explanation == seen.say("goals.status_rule")
    assert goals.cards(seen, running).explanation == seen.say("goals.running_rule")


def test_what_is_said_of_meetings_fits_the_day_it_is_said_on(portfolio: Portfolio) -> None:
    """Nobody met on a day to come, and a day that is past is not the next one."""
    early = view(portfolio.model_copy(update={"as_of": date(2026, 9, 15)}), INTERNAL, "brightwater-stores")  # fmt: skip
    assert "November" not in meetings.headline(early)
    late = view(portfolio.model_copy(update={"as_of": date(2027, 3, 10)}), CLIENT, "brightwater-stores")  # fmt: skip
    told = str(reviews.page(late))
    assert "was planned for 14 January 2027 and has not been held yet" in told
    now = str(reviews.page(view(portfolio, CLIENT, "brightwater-stores")))
    assert "The next debrief (Second half 2026) is on 14 January 2027" in now


def test_money_is_written_one_way_in_a_figure_and_beside_it(portfolio: Portfolio) -> None:
    for account, figure in (("brightwater-stores", "EUR\u00a022,000"), (ACCOUNT, "18.000\u00a0EUR")):  # fmt: skip
        seen = view(portfolio, INTERNAL, account)
        assert seen.period is not None
        money = [c for c in goals.cards(seen, seen.period).items if "EUR" in c.target_line]
        assert [(c.figure, c.unit) for c in money] == [(figure, "EUR")]
        drawn = [goals.chart(seen, r) for r in seen.period.results if r.unit == "EUR"]
        assert [c.unit_first for c in drawn] == [figure.startswith("EUR")]


def test_a_known_amount_is_no_minimum(portfolio: Portfolio) -> None:
    seen = view(portfolio, INTERNAL)
    assert seen.period is not None
    first = next(r for r in seen.period.risks.risks if r.amount_at_risk not in (None, OPEN))
    file = seen.period.risks.model_copy(update={"risks": (first,)})
    alone = seen.at(seen.period.model_copy(update={"risks": file}))
    assert "mindestens" not in risks.headline(alone)


def test_an_accounts_own_force_stands_in_the_industrys_place(portfolio: Portfolio) -> None:
    found = {force.force: force for force in competition.forces(view(portfolio, INTERNAL))}
    assert set(found) == {"rivalry", "suppliers", "buyers", "entrants", "substitutes"}
    assert found["buyers"].opening
    assert found["suppliers"].consequence.startswith("Kosten steigen")  # type: ignore[union-attr]


def test_our_view_of_the_client_is_not_told_to_it(portfolio: Portfolio) -> None:
    ours, theirs = view(portfolio, INTERNAL), view(portfolio, CLIENT)
    for section, hidden in (
        (interview, {"Gesagt von", "Antwort"}),
        (journey, {"Stimmung"}),
        (competition, {"Unser Ansatz", "Was wir dazu sagen", "Vertrag bis", "Seite"}),
    ):
        assert hidden <= heads(section.page(ours))
        assert hidden & heads(section.page(theirs)) == set()
    assert risks.page(theirs) is None
    names = [page.name for page in portal.account_site(theirs).pages]
    assert "risks" not in names
    assert {"interview", "journey", "competition", "meetings"} <= set(names)


@pytest.mark.parametrize(
    ("audience", "said", "title"),
    [
        (CLIENT, ["eingelöst", "teilweise eingelöst"], "Eine von zwei Zusagen ist eingelöst"),
        (INTERNAL, ["eingelöst", "teilweise eingelöst", "nicht eingelöst"], "Eine von drei Zusagen ist eingelöst"),
    ],
)  # fmt: skip
def test_a_review_says_what_became_of_the_promises(
    portfolio: Portfolio, audience: str, said: list[str], title: str
) -> None:
    seen = view(portfolio, audience, "hollerbeck-pumpen")
    then = seen.at(reviews.latest(seen))
    table = reviews.commitments(then)
    assert table is not None
    assert [c.status.word for row in table.rows for c in row.cells if c.status] == said
    first = table.rows[0].cells[0]
    assert b.plain(first.text) == "Unzufriedene Betreiber binnen zwei Werktagen anrufen"
    assert first.note == "Cornelia Aßmann"
    assert next(reviewed.promised(then)).title == title
    assert {t.label for t in tables(reviews.page(seen).blocks)} >= {"Was wir zugesagt hatten"}  # type: ignore[union-attr]


def test_a_promise_the_reader_does_not_know_is_left_out(portfolio: Portfolio) -> None:
    """Scores of steps that are not in the reader's review before say nothing, not an id."""
    seen = view(portfolio, INTERNAL, "hollerbeck-pumpen")
    last = reviews.latest(seen)
    assert reviews.commitments(seen.at(last)) is not None
    alone = seen.account.model_copy(update={"periods": (last,)})
    assert reviews.commitments(View(seen.portfolio, alone, last, seen.say)) is None
