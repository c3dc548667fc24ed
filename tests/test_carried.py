"""From miss to next step to goal: what the last plan left, in page, document and deck."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import PLAN, Write
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project
from planwerk.checks import check
from planwerk.compose import decks, documents
from planwerk.compose.sections import carried, goals
from planwerk.compose.view import View, view_of
from planwerk.measure import measure
from planwerk.model.portfolio import Portfolio
from planwerk.read import read

NORDWIND = "nordwind-logistik"


@pytest.fixture(scope="module")
def portfolio(examples: Path) -> Portfolio:
    found = read(examples).portfolio
    assert found is not None
    return measure(found)


def view(portfolio: Portfolio, audience: str, account: str = NORDWIND) -> View:
    seen = project(portfolio, audience, account)
    return view_of(seen, seen.accounts[0])


def told(table: b.Table | None) -> list[tuple[str, ...]]:
    """The rows in words, each cell with its note."""
    assert table is not None
    return [tuple(_words(cell) for cell in row.cells) for row in table.rows]


def _words(cell: b.Cell) -> str:
    plain = "".join(run.text for run in cell.text)
    return " | ".join(part for part in (plain, cell.note, cell.status.word if cell.status else "") if part)  # fmt: skip


def test_a_miss_leads_over_its_step_to_a_goal_with_its_target(portfolio: Portfolio) -> None:
    rows = told(carried.table(view(portfolio, INTERNAL)))
    assert len(rows) == 7
    left, decided, became, why = next(row for row in rows if row[0].startswith("Weiterempfehlung"))
    assert left == "Weiterempfehlung (NPS) | Verfehlt: 31 statt 32. Nächster Schritt: Weiterempfehlung je Niederlassung berichten, Nachfrage vorbereiten (Maren Brandt, bis 11.12.)"  # fmt: skip
    assert (decided, became) == ("geändert", "Weiterempfehlung auf 40 Punkte heben | Ziel 40")  # fmt: skip
    assert why.startswith("Höherer Zielwert")
    assert carried.headline(view(portfolio, INTERNAL)) == "Aus zwei verfehlten Zielwerten werden Ziele des neuen Plans"  # fmt: skip


def test_the_client_sees_what_was_shared_and_nothing_of_the_rest(portfolio: Portfolio) -> None:
    ours = told(carried.table(view(portfolio, INTERNAL)))
    theirs = told(carried.table(view(portfolio, CLIENT)))
    assert len(theirs) == 6
    assert all(any(row[0] == mine[0] for mine in ours) for row in theirs)
    assert not any("Aushänge" in row[0] for row in theirs)


def test_page_document_and_deck_tell_the_same(portfolio: Portfolio) -> None:
    for audience in (INTERNAL, CLIENT):
        seen = view(portfolio, audience)
        expected = carried.table(seen)
        page, chapter = goals.page(seen), goals.chapter(seen)
        assert page is not None
        assert chapter is not None
        assert expected in [x for s in page.blocks if isinstance(s, b.Section) for x in s.blocks]
        assert expected in [x for s in chapter.blocks if isinstance(s, b.Section) for x in s.blocks]
    deck = decks.debrief(view(portfolio, CLIENT))
    assert deck is not None
    bodies = [slide.body for slide in deck.slides]
    assert carried.table(view(portfolio, CLIENT)) in bodies
    titles = [chapter.title for chapter in documents.joint_plan(view(portfolio, CLIENT)).chapters]
    assert "Ziele" in titles[1]


FIRST = """\
---
from: 2026-01-01
to: 2026-06-30
goals:
  - id: loyalty
    title: Treue
    kind: client
    kpis:
      - nps
    owner: brandt
    share: client
kpis:
  - kpi: nps
    baseline: 30
    target: 40
    owner: brandt
    share: client
  - kpi: margin
    target: 12
    owner: brandt
---
"""
TASKS = """\
---
tasks:
  - id: secret
    title: Preisnachlass vorbereiten
    accountable: brandt
    due: 2026-05-01
---
"""


def workspace_with(write: Write, item: str) -> Path:
    plan = PLAN.replace("goals:", f"predecessor: 2026-h1\ncarried:\n{item}goals:", 1)
    return write({
        "nordwind/2026-h1/plan.md": FIRST,
        "nordwind/2026-h1/tasks.md": TASKS,
        "nordwind/2026-h2/plan.md": plan,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("source", "shared", "seen", "refused"),
    [
        ("kpi:nps", True, True, False),
        ("kpi:nps", False, False, False),
        ("kpi:margin", True, False, True),
        ("task:secret", True, False, True),
    ],
)
def test_the_gate_asks_for_both_ends(workspace: Write, source: str, shared: bool, seen: bool, refused: bool) -> None:  # fmt: skip
    mark = "    share: client\n" if shared else ""
    item = f"  - from: 2026-h1/{source}\n    decision: drop\n    reason: Nicht mehr nötig\n{mark}"
    root = workspace_with(workspace, item)
    reading = read(root)
    assert reading.portfolio is not None
    projected = project(measure(reading.portfolio), CLIENT, "nordwind")
    period = projected.accounts[0].periods[-1]
    assert [c.from_ for c in period.plan.carried] == ([f"2026-h1/{source}"] if seen else [])
    found = [p for p in check(reading) if p.rule == "shared-refers-to-internal"]
    assert bool(found) is refused


def test_what_is_undecided_is_said(workspace: Write) -> None:
    item = "  - from: 2026-h1/kpi:nps\n    decision: offen\n    reason: offen\n"
    found = read(workspace_with(workspace, item)).portfolio
    assert found is not None
    seen = view(measure(found), INTERNAL, "nordwind")
    assert told(carried.table(seen))[0][1] == "noch offen"
    assert carried.headline(seen) == "Über einen offenen Punkt ist noch zu entscheiden"
