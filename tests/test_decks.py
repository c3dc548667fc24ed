"""Which decks there are, for whom, what they hold and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project, shares_anything
from planwerk.compose import decks
from planwerk.compose.sections import tasks
from planwerk.compose.view import View, view_of
from planwerk.measure import measure
from planwerk.model import outputs
from planwerk.model.portfolio import Portfolio
from planwerk.read import read
from planwerk.render.slides import render_deck
from planwerk.theme import load_theme

ROOT = Path(__file__).resolve().parents[1]
NAMES = {
    "nordwind-logistik": ("Kundenplan", "Nachbesprechung", "Auftakt", "Quartalsgespräch"),
    "brightwater-stores": ("Account plan", "Debrief", "Kickoff", "Quarterly review"),
}


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    found = read(ROOT).portfolio
    assert found is not None
    return measure(found)


def seen(portfolio: Portfolio, audience: str, name: str = "nordwind-logistik") -> View:
    found = project(portfolio, audience, name)
    return view_of(found, found.account(name))


def by_title(view: View) -> dict[str, b.Deck]:
    return {deck.title: deck for deck in decks.made(view)}


@pytest.mark.parametrize("name", NAMES)
def test_there_are_four_decks_in_their_editions(portfolio: Portfolio, name: str) -> None:
    plan, talk, begin, quarter = NAMES[name]
    assert [*by_title(seen(portfolio, INTERNAL, name))] == [plan, talk]
    assert [*by_title(seen(portfolio, CLIENT, name))] == [begin, quarter, talk]


def test_every_account_has_decks_without_a_title_that_is_too_long(portfolio: Portfolio) -> None:
    for account in portfolio.accounts:
        for audience in (INTERNAL, CLIENT) if shares_anything(account) else (INTERNAL,):
            for deck in decks.made(seen(portfolio, audience, account.id)):
                _, overflows = render_deck(deck, load_theme())
                assert not overflows, (account.id, deck.title, overflows)


def test_what_is_for_us_alone_is_in_our_edition_only(portfolio: Portfolio) -> None:
    ours = by_title(seen(portfolio, INTERNAL))["Nachbesprechung"]
    theirs = by_title(seen(portfolio, CLIENT))["Nachbesprechung"]
    kickers = {slide.kicker for slide in ours.slides} - {slide.kicker for slide in theirs.slides}
    assert {"Potenzialmatrix", "Stakeholder", "Gewusst und gehandelt"} <= kickers
    assert all(slide.notes for slide in ours.slides)
    assert not any(slide.notes for slide in theirs.slides)


def test_notes_say_what_of_when_and_whence(portfolio: Portfolio) -> None:
    slide = next(s for s in by_title(seen(portfolio, INTERNAL))["Kundenplan"].slides if isinstance(s.body, b.Cards))  # fmt: skip
    first, *points, source, day, place = slide.notes.split("\n")
    assert first == slide.title
    assert points and all(point.startswith("– ") for point in points)
    assert source.startswith("Quelle: ")
    assert day == "Stand 23. November 2026"
    assert place == "In den Plänen: nordwind-logistik/2026-h2/kpis"


def test_how_many_tasks_a_side_has_is_the_same_on_every_slide(portfolio: Portfolio) -> None:
    projected = project(portfolio, CLIENT, "hollerbeck-pumpen")
    seen = view_of(projected, projected.accounts[0])
    every = {c.name: c.summary for c in tasks.by_side(seen).columns}
    soon = tasks.by_side(seen, undone=True, until=seen.today + timedelta(days=30))
    assert {c.name: c.summary for c in soon.columns}.items() <= every.items()
    assert every["Hollerbeck Pumpen"].startswith("1 von 4 erledigt")


def test_an_agenda_names_the_topics_with_their_findings(portfolio: Portfolio) -> None:
    deck = by_title(seen(portfolio, CLIENT))["Quartalsgespräch"]
    agenda, *slides = deck.slides
    assert isinstance(agenda.body, b.Beside)
    table = agenda.body.parts[0][0]
    assert isinstance(table, b.Table)
    topics = [(b.plain(row.cells[1].text), row.cells[1].note) for row in table.rows]
    assert topics[0] == (slides[0].kicker, slides[0].title)
    assert agenda.title == "Am Ende steht eine Entscheidung"


def test_a_prepared_debrief_asks_and_a_held_one_tells(portfolio: Portfolio) -> None:
    held = by_title(seen(portfolio, CLIENT))["Nachbesprechung"]
    assert "Ihre ehrliche Meinung" not in {slide.kicker for slide in held.slides}
    before = portfolio.model_copy(update={"as_of": date(2026, 7, 1)})
    prepared = by_title(seen(before, CLIENT))["Nachbesprechung"]
    asked = next(s for s in prepared.slides if s.kicker == "Ihre ehrliche Meinung")
    assert isinstance(asked.body, b.Bullets)
    assert len(asked.body.items) == 4


def test_the_house_says_which_sections_in_which_order(portfolio: Portfolio) -> None:
    house = portfolio.workspace
    chosen = house.decks.model_copy(update={"review": ("tasks", "annex", "results")})
    asked = portfolio.model_copy(update={"workspace": house.model_copy(update={"decks": chosen})})
    deck = by_title(seen(asked, CLIENT))["Quartalsgespräch"]
    kickers = [slide.kicker.partition(" ·")[0] for slide in deck.slides]
    assert [*dict.fromkeys(kickers)] == [
        "Ablauf", "Wer macht was bis wann", "Anhang", "Ergebnisse", "Ihre Niederlassungen",
    ]  # fmt: skip


def test_a_client_never_gets_what_only_we_are_told_however_it_is_asked_for(
    portfolio: Portfolio,
) -> None:
    house = portfolio.workspace
    chosen = house.decks.model_copy(update={"debrief": ("renewal", "signals", "agreed")})
    asked = portfolio.model_copy(update={"workspace": house.model_copy(update={"decks": chosen})})
    theirs = by_title(seen(asked, CLIENT))["Nachbesprechung"]
    assert [slide.kicker for slide in theirs.slides] == ["Was wir vereinbart haben"]
    ours = by_title(seen(asked, INTERNAL))["Nachbesprechung"]
    assert ours.slides[0].kicker == "Vertrag bis"


@pytest.mark.parametrize(
    ("kind", "deck"),
    [
        (outputs.KickoffPart, "kickoff"), (outputs.ReviewPart, "review"),
        (outputs.DebriefPart, "debrief"), (outputs.AccountPart, "account_plan"),
    ],
)  # fmt: skip
def test_whatever_can_be_asked_for_is_made(kind: object, deck: str) -> None:
    module = import_module(f"planwerk.compose.decks.{deck}")
    tables = [getattr(module, name, {}) for name in ("PARTS", "OURS", "FURTHER")]
    assert {*get_args(kind)} == {name for table in tables for name in table}


def test_slides_of_a_deck_have_titles_of_their_own(portfolio: Portfolio) -> None:
    for audience in (INTERNAL, CLIENT):
        for deck in decks.made(seen(portfolio, audience)):
            assert all(slide.title and slide.kicker and slide.origin for slide in deck.slides)


def test_an_empty_account_has_no_deck_for_its_client(portfolio: Portfolio) -> None:
    view = seen(portfolio, INTERNAL)
    bare = replace(view, period=None, account=view.account.model_copy(update={"periods": ()}))
    assert decks.kickoff(bare) is None
    assert decks.review(bare) is None
    assert decks.debrief(bare) is None
