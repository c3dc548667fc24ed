"""The pages that hold the pictures: what they find, what they keep from the client, how they look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Write
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project
from planwerk.compose import pictures
from planwerk.compose.sections import (
    competition,
    journey,
    people_pictures,
    risks,
    stakeholders,
    strategy_map,
)
from planwerk.compose.view import View, view_of
from planwerk.measure import measure
from planwerk.model.history import Change, Commit, Spot, Step, Told
from planwerk.model.portfolio import Portfolio
from planwerk.model.types import OPEN
from planwerk.read import read

HOLLERBECK, NORDWIND, ALPEN = "hollerbeck-pumpen", "nordwind-logistik", "alpenfracht"


@pytest.fixture(scope="module")
def portfolio(examples: object) -> Portfolio:
    found = read(examples).portfolio  # type: ignore[arg-type]
    assert found is not None
    return measure(found)


def view(portfolio: Portfolio, audience: str, account: str, language: str | None = None) -> View:
    seen = project(portfolio, audience, account)
    return view_of(seen, seen.accounts[0], language)


def inner(blocks: tuple[b.Block, ...]) -> Iterator[b.Block]:
    for block in blocks:
        yield block
        if isinstance(block, b.Section | b.Fold):
            yield from inner(block.blocks)
        elif isinstance(block, b.Beside):
            yield from (found for part in block.parts for found in inner(part))


def of_kind(page: b.Page | None, kind: type) -> list[Any]:
    assert page is not None
    return [block for block in inner(page.blocks) if isinstance(block, kind)]


# --- stakeholders ----------------------------------------------------------------------------


def test_the_chart_has_lines_for_reports_influence_and_conflict(portfolio: Portfolio) -> None:
    (chart,) = of_kind(stakeholders.page(view(portfolio, INTERNAL, HOLLERBECK)), b.OrgChart)
    names = [person.name for person in chart.people]
    bosses = {p.name: names[p.boss] for p in chart.people if p.boss is not None}
    assert bosses["Cornelia Aßmann"] == "Dr. Miriam Holtkamp"
    assert bosses["Name offen"] == "Jörg Hollerbeck"
    lines = {(names[x.source], x.kind, names[x.target]) for x in chart.links}
    assert ("Cornelia Aßmann", "influences", "Emre Aksoy") in lines
    conflicts = [line for line in lines if line[1] == "conflicts"]
    assert conflicts == [
        ("Cornelia Aßmann", "conflicts", "Frank Osterkamp")
    ]  # told twice, drawn once
    assert [p.name for p in chart.people if p.unknown] == ["Name offen"]
    assert chart.people[names.index("Frank Osterkamp")].told == "kritisch, Einfluss 4 von 5, beeinflusst Jörg Hollerbeck, Konflikt mit Cornelia Aßmann"  # fmt: skip


def test_who_cannot_be_placed_is_named_and_nobody_moved_without_a_history(portfolio: Portfolio) -> None:  # fmt: skip
    grid = people_pictures.grid(view(portfolio, INTERNAL, HOLLERBECK))
    assert grid.unplaced == "Einfluss oder Haltung offen: Leitung Einkauf"
    assert len(grid.people) == 6
    assert {person.before for person in grid.people} == {None}
    assert grid.description == "Gewinnen: Osterkamp; einbinden: Holtkamp, Aßmann."


def test_movement_is_that_since_the_period_began(portfolio: Portfolio) -> None:
    seen = project(portfolio, INTERNAL, HOLLERBECK)

    def step(day: date, person: str, old: str, new: str) -> Step:
        spot = Spot(HOLLERBECK, "stakeholders", "", ("stakeholders", person))
        commit = Commit("a", day=day)
        return Step(commit, (Told(Change("changed", spot, "Stakeholder", field="disposition", old=old, new=new), commit),))  # fmt: skip

    history = (
        step(date(2026, 5, 1), "coo", "-1", "0"),  # before the period
        step(date(2026, 9, 1), "it-head", "1", "0"),
        step(date(2026, 10, 1), "it-head", "0", "-1"),
        step(date(2026, 10, 2), "parts-lead", "offen", "1"),  # nobody knew: no movement
    )
    account = seen.accounts[0].model_copy(update={"history": history})
    moved = view_of(seen.model_copy(update={"accounts": (account,)}), account)
    grid = people_pictures.grid(moved)
    assert {p.name: p.before for p in grid.people if p.before is not None} == {"Osterkamp": 1}
    (section,) = (s for s in of_kind(stakeholders.page(moved), b.Section) if s.title == grid.label)
    assert "seit Beginn des Zeitraums" in section.subtitle


def test_coverage_has_a_column_for_each_of_us_and_the_last_contact(portfolio: Portfolio) -> None:
    known = people_pictures.coverage(view(portfolio, INTERNAL, HOLLERBECK))
    assert known.ours == ("Selin Demir", "Tobias Lorenz", "Henning Vogt")
    rows = {row.person: row for row in known.rows}
    assert rows["Cornelia Aßmann"].knows[1] == b.Knows(4, 4, "vertraut", "vertraut")
    assert rows["Frank Osterkamp"].knows == (b.Knows(1, 2, "Anbieter → glaubwürdig", "Anbieter"), None, None)  # fmt: skip
    assert b.plain(rows["Frank Osterkamp"].contact.text) == "vor 11 Tagen"
    late = rows["Emre Aksoy"].contact
    assert late.status == b.Status("bad", "vor 34 Tagen")
    assert rows["Name offen"].contact.status == b.Status("open", "keiner erfasst")


def test_whom_we_have_to_win_comes_with_reason_relationship_and_next_step(portfolio: Portfolio) -> None:  # fmt: skip
    found = stakeholders.to_win(view(portfolio, INTERNAL, HOLLERBECK))
    assert found is not None
    first = [b.plain(cell.text) for cell in found.rows[0].cells]
    assert first[0] == "Frank Osterkamp"
    assert first[2].startswith("Hat im September ohne Rücksprache")
    assert first[3] == "Selin Demir: Anbieter → glaubwürdig"
    assert first[4] == "Antworten in den Auftrag der Einsatzplanung schreiben"
    assert b.plain(found.rows[1].cells[4].text) == "Kein Schritt geplant"


# --- strategy map ----------------------------------------------------------------------------


def test_the_map_begins_with_the_reached_and_says_what_lies_behind_the_others(portfolio: Portfolio) -> None:  # fmt: skip
    seen = view(portfolio, INTERNAL, NORDWIND)
    found = strategy_map.strategy_map(seen)
    assert found is not None
    reached = [column.reached for column in found.columns]
    assert reached == sorted(reached, reverse=True)
    values = [sum(s.value or 0 for s in c.spaces) for c in found.columns if c.reached]
    assert values == sorted(values, reverse=True)
    assert strategy_map.headline(seen) == "233.000\u00a0EUR liegen hinter zwei Bereichen, in denen uns niemand kennt"  # fmt: skip
    care = next(c for c in found.columns if c.name == "Kundenservice")
    assert [step.foot for step in care.steps] == ["Dr. Anna Keller stellt vor", "Jonas Reuter stellt vor"]  # fmt: skip
    assert {found.columns[s.source].name for s in care.steps if s.source is not None} == {"IT"}
    assert [s.value for s in care.spaces] == [52000.0, 45000.0, 66000.0, None]


def test_what_is_not_known_is_not_among_what_an_amount_lies_behind(portfolio: Portfolio) -> None:
    """Of the two departments where nobody knows us, what one is worth is made unknown."""
    account = portfolio.account(NORDWIND)
    cells = tuple(
        c.model_copy(update={"potential": OPEN}) if c.department == "sales" else c
        for c in account.whitespace
    )
    alone = portfolio.model_copy(
        update={"accounts": (account.model_copy(update={"whitespace": cells}),)}
    )
    assert strategy_map.headline(view(alone, INTERNAL, NORDWIND)).endswith(
        "liegen hinter einem Bereich, in dem uns niemand kennt"
    )


def test_a_step_that_is_late_says_so(portfolio: Portfolio) -> None:
    found = strategy_map.strategy_map(view(portfolio, INTERNAL, HOLLERBECK))
    assert found is not None
    parts = next(c for c in found.columns if c.name == "Ersatzteilvertrieb")
    assert parts.steps[0].late
    assert parts.steps[0].foot == "3 Tage über der Frist, Beata Wiśniewska"


def test_an_account_of_which_little_is_known_has_a_map_too(portfolio: Portfolio) -> None:
    seen = view(portfolio, INTERNAL, ALPEN)
    page = strategy_map.page(seen)
    (found,) = of_kind(page, b.StrategyMap)
    assert page is not None
    assert page.title == "Drei Bereiche kennen uns noch nicht; was dort zu gewinnen ist, ist offen"
    assert found.heads[5] == "Weiße Flecken dahinter sind noch nicht erfasst"
    assert [c.status.word for c in found.columns] == ["erreicht", "nicht erreicht", "nicht erreicht", "offen"]  # fmt: skip
    assert found.columns[-1].steps[0].title == "Noch kein Weg hinein"


def test_without_departments_and_people_there_is_no_map(workspace: Write) -> None:
    read_ = read(workspace()).portfolio
    assert read_ is not None
    seen = view(measure(read_), INTERNAL, "nordwind")
    assert strategy_map.page(seen) is None
    assert stakeholders.page(seen) is None


def test_map_and_people_are_for_us_alone(portfolio: Portfolio) -> None:
    for account in (HOLLERBECK, NORDWIND):
        theirs = view(portfolio, CLIENT, account)
        assert strategy_map.page(theirs) is None
        assert stakeholders.page(theirs) is None
        assert risks.page(theirs) is None


# --- forces, risks, journey ------------------------------------------------------------------


def words_of(value: object) -> Iterator[str]:
    """Every text within a block."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from words_of(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from words_of(getattr(value, name))


@pytest.mark.parametrize("account", [HOLLERBECK, NORDWIND])
def test_the_client_s_forces_hold_no_opening_and_none_that_is_not_shared(portfolio: Portfolio, account: str) -> None:  # fmt: skip
    ours, theirs = (view(portfolio, audience, account) for audience in (INTERNAL, CLIENT))
    openings = {force.opening for force in competition.forces(ours) if force.opening}
    page, ours_page = competition.page(theirs), competition.page(ours)
    assert openings
    assert page is not None and ours_page is not None
    assert openings <= set(words_of(ours_page.blocks))
    assert not openings & set(words_of(page.blocks))
    shown = {item.kind for block in of_kind(page, b.Forces) for item in block.items}
    shared = {force.force for force in competition.forces(ours) if force.visible_to(CLIENT)}
    assert shown and shown <= shared


def test_the_forces_stand_in_the_picture_and_what_they_rest_on_beside_it(portfolio: Portfolio) -> None:  # fmt: skip
    page = competition.page(view(portfolio, INTERNAL, NORDWIND))
    (cross,) = of_kind(page, b.Forces)
    assert {item.kind for item in cross.items} == {"rivalry", "suppliers", "buyers", "entrants", "substitutes"}  # fmt: skip
    assert cross.description == "Stark wirken: Macht der Abnehmer, Wettbewerb in der Branche."
    evidence = of_kind(page, b.Table)[0]
    assert [column.title for column in evidence.columns] == ["Kraft", "Beleg", "Unser Ansatz"]
    chapter = competition.chapter(view(portfolio, INTERNAL, NORDWIND))
    assert chapter is not None
    assert not [x for x in inner(chapter.blocks) if isinstance(x, b.Forces)]  # there it is a table


def test_risks_are_numbered_as_in_the_list_and_unanswered_ones_come_first(portfolio: Portfolio) -> None:  # fmt: skip
    seen = view(portfolio, INTERNAL, NORDWIND)
    drawn = risks.matrix(seen)
    assert drawn is not None
    assert [(m.number, m.name, m.status.word) for m in drawn.items] == [(1, "Budget", "hoch"), (2, "Umsetzung", "hoch"), (3, "Fürsprache", "mittel")]  # fmt: skip
    listed = risks.listing(seen, numbered=True)
    assert listed is not None
    assert [b.plain(row.cells[0].text) for row in listed.rows] == ["1", "2", "3"]
    assert seen.period is not None
    bare = tuple(r.model_copy(update={"mitigations": ()}) for r in seen.period.risks.risks)
    file = seen.period.risks.model_copy(update={"risks": bare})
    left = seen.at(seen.period.model_copy(update={"risks": file}))
    answers = risks.answers(left).items
    assert [item.status for item in answers] == [b.Status("bad", "keine Aufgabe dagegen")] * 3
    assert answers[0].what.startswith("Risiko 1: ")


def test_the_mood_of_a_journey_is_ours_alone(portfolio: Portfolio) -> None:
    ours, theirs = (journey.page(view(portfolio, a, NORDWIND)) for a in (INTERNAL, CLIENT))
    (curve,), (line,) = of_kind(ours, b.Journey), of_kind(theirs, b.Journey)
    assert [stage.mood for stage in curve.stages] == [-1, 1, -1, 0]
    assert curve.moods is not None
    assert line.moods is None
    assert {stage.mood for stage in line.stages} == {None}
    assert {stage.status for stage in line.stages} == {None}
    assert "zufrieden" not in " ".join(words_of(line))


# --- all of them -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_gallery_shows_every_picture_once(language: str) -> None:
    page = pictures.page(language)
    found = [type(block) for block in inner(page.blocks)]
    drawn = {*b.Picture.__args__, b.Coverage, b.Matrix, b.Shares, b.Ribbon, b.Timeline, b.Goals, b.Cards}  # type: ignore[attr-defined]  # fmt: skip
    assert all(found.count(kind) == 1 for kind in drawn)
    assert found.count(b.Chart) == 2
    for block in inner(page.blocks):
        if isinstance(block, b.Section):
            assert block.subtitle


@pytest.mark.browser
def test_no_word_of_a_picture_stands_on_a_card_that_is_not_its_own(browser: Any, built_examples: Path) -> None:  # fmt: skip
    """As the browser draws it, with the real font: every text lies within a card, or beside it."""
    looked_at = 0
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    pages = ("stakeholders", "strategy-map", "competition", "risks", "journey", "pictures")
    for path in sorted(p for name in pages for p in built_examples.rglob(f"{name}.html")):
        page.goto(f"file://{path}")
        page.wait_for_function("document.fonts.status === 'loaded'")
        count, wrong = page.evaluate(STRAY)
        looked_at += count
        assert wrong == [], path
    context.close()
    assert looked_at > 300


STRAY = """() => {
  let count = 0; const wrong = [];
  for (const svg of document.querySelectorAll('.picture svg')) {
    const cards = [...svg.querySelectorAll('rect.card')].map(r => r.getBBox());
    const view = svg.viewBox.baseVal;
    for (const text of svg.querySelectorAll('text:not([transform])')) {
      const t = text.getBBox(); count += 1;
      if (!t.width) continue;
      const low = t.y + t.height * .25, high = t.y + t.height * .8;  // the letters of the line
      if (t.x < -1 || t.x + t.width > view.width + 1 || low < -1 || high > view.height + 1)
        wrong.push('outside: ' + text.textContent);
      for (const c of cards) {
        const meets = t.x < c.x + c.width - .5 && c.x < t.x + t.width - .5 && low < c.y + c.height - .5 && c.y < high - .5;
        const within = t.x >= c.x - 1 && t.x + t.width <= c.x + c.width + 1 && low >= c.y - 1 && high <= c.y + c.height + 1;
        if (meets && !within) wrong.push(text.textContent);
      }
    }
  }
  return [count, wrong];
}"""
