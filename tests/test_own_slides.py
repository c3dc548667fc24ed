"""Slides and titles of a plan's own: how they are read, checked, shown, and kept from clients."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

import leaks
from conftest import Write
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project, shares_anything
from planwerk.build import Options, build
from planwerk.checks import check
from planwerk.cli import cli
from planwerk.compose import decks
from planwerk.compose.decks.own import arranged
from planwerk.compose.decks.shown import SHOWN
from planwerk.compose.portal import account_site
from planwerk.compose.view import View, view_of
from planwerk.measure import measure
from planwerk.model import slides as model
from planwerk.model.portfolio import Portfolio
from planwerk.problems import Problem
from planwerk.read import read
from planwerk.render.slides import render_deck
from planwerk.theme import load_theme
from test_prose import png

PLAN = """\
---
from: 2026-07-01
to: 2026-12-31
share: client
goals:
  - id: loyalty
    title: Weiterempfehlung auf 40 heben
    kpis:
      - nps
    owner: brandt
    share: client
kpis:
  - kpi: nps
    baseline: 31
    target: 40
    share: client
  - kpi: margin
    target: 12
---
"""
VALUES = "date,kpi,value\n" + "".join(f"2026-{m:02}-28,nps,{25 + m}\n" for m in range(7, 11))
TASKS = """\
---
tasks:
  - id: consent
    title: Einwilligung prüfen
    accountable: brandt
    due: 2026-12-01
    share: client
---
"""


def front(*lines: str) -> str:
    """A slides.md with these lines as its details."""
    return "---\n" + "\n".join(lines) + "\n---\n"


def slide(*lines: str, name: str = "own") -> tuple[str, ...]:
    """The lines of one slide with a title."""
    return (f"  - id: {name}", f"    title: Folie {name}", *(f"    {line}" for line in lines))


class House:
    """A workspace with a slides.md, read, checked and shown."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.reading = read(root)

    @property
    def portfolio(self) -> Portfolio:
        assert self.reading.portfolio is not None
        return measure(self.reading.portfolio)

    def problems(self, *rules: str) -> list[tuple[str, str, str]]:
        """Rule, place and what was found, of these rules or all of slides.md."""
        found: list[Problem] = check(self.reading)
        return [
            (p.rule, f"{p.place.line}:{p.place.column}", p.facts.get("found", ""))
            for p in found
            if p.place.path.name == "slides.md" and (not rules or p.rule in rules)
        ]

    def view(self, audience: str) -> View:
        seen = project(self.portfolio, audience, "nordwind")
        return view_of(seen, seen.account("nordwind"))

    def deck(self, audience: str, title: str) -> tuple[b.Slide, ...]:
        """The slides of the deck of that title; none where there is no such deck."""
        made = {deck.title: deck.slides for deck in decks.made(self.view(audience))}
        return made.get(title, ())


Make = Callable[..., House]


@pytest.fixture
def house(workspace: Write) -> Make:
    """Write a workspace whose slides.md holds these lines; `more` files beside it."""

    def made(*lines: str, more: dict[str, str] | None = None) -> House:
        files: dict[str, str | bytes | None] = {
            "nordwind/2026-h2/plan.md": PLAN,
            "nordwind/2026-h2/tasks.md": TASKS,
            "nordwind/measurements.csv": VALUES,
            "nordwind/2026-h2/slides.md": front(*lines),
            **(more or {}),
        }
        return House(workspace(files))

    return made


def titles(slides: Sequence[b.Slide]) -> list[str]:
    return [one.title for one in slides]


# --- reading ---------------------------------------------------------------------------------


def test_a_file_of_slides_is_read(house: Make) -> None:
    made = house(
        "titles:", "  - deck: review", "    section: results", "    title: Auf Kurs",
        "    share: client",
        "slides:", *slide("text: |", "  - Ein Punkt", "kpis:", "  - nps", "share: client"),
    )  # fmt: skip
    (period,) = made.portfolio.account("nordwind").periods
    assert [(t.deck, t.section, t.title) for t in period.slides.titles] == [("review", "results", "Auf Kurs")]  # fmt: skip
    assert [(s.id, s.text, s.kpis) for s in period.slides.slides] == [("own", "- Ein Punkt", ("nps",))]  # fmt: skip
    assert made.problems() == []


def test_a_period_without_the_file_has_no_slides_of_its_own(workspace: Write) -> None:
    (period,) = House(workspace()).portfolio.account("nordwind").periods
    assert (period.slides.titles, period.slides.slides) == ((), ())


@pytest.mark.parametrize(
    ("lines", "rule", "place", "facts"),
    [
        (slide("decks:", "  - reviews"), "unknown-word", "6:9", {"nearest": "review"}),
        (slide("table: goal"), "unknown-word", "5:12", {"nearest": "goals"}),
        (slide("text: A", "after: result"), "unknown-deck-section", "6:12", {"nearest": "results"}),
        (slide("kpis:", "  - npss"), "unknown-reference", "6:9", {"nearest": "nps"}),
        (slide("kpis:", "  - nps", "table: goals"), "slide-with-two", "7:12", {"found": "goals"}),
        (slide(), "slide-empty", "4:12", {}),
        (slide("text: A", "decks:", "  - review"), "slide-unseen", "4:12", {}),
        (slide("kpis:", "  - margin", "share: client"), "shared-refers-to-internal", "6:9", {"found": "margin"}),
        (slide("table: risks", "share: client"), "shared-refers-to-internal", "5:12", {"found": "risks"}),
        (slide("text: |", "  Ein <b>Wort</b>"), "html-in-prose", "6:11", {}),
        (slide("text: siehe [hier](javascript:x)"), "unsafe-link", "5:23", {}),
        (slide("text: |", "  - Eins", "", "  ![Foto](foto.png)"), "picture-missing", "8:7", {}),
        ((*slide("text: A"), *slide("text: B")), "duplicate-id", "6:9", {}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(
    house: Make, lines: tuple[str, ...], rule: str, place: str, facts: dict[str, str]
) -> None:
    made = house("slides:", *lines)
    found = [p for p in check(made.reading) if p.rule == rule]
    assert [f"{p.place.path.name}:{p.place.line}:{p.place.column}" for p in found] == [f"slides.md:{place}"]  # fmt: skip
    assert {name: found[0].facts[name] for name in facts} == facts


def test_a_title_names_a_deck_and_a_section_of_it(house: Make) -> None:
    made = house(
        "titles:",
        "  - deck: review", "    section: risks", "    title: Drei Risiken", "    share: client",
        "  - deck: kickoff", "    section: goals", "    title: Unsere Ziele",
    )  # fmt: skip
    assert made.problems() == [
        ("unknown-deck-section", "4:14", "risks"),
        ("slide-unseen", "9:12", "Unsere Ziele"),
    ]


def test_a_section_that_the_house_leaves_out_is_none(house: Make) -> None:
    from conftest import WORKSPACE

    chosen = WORKSPACE + "decks:\n  account_plan:\n    - goals\n"
    lines = ("titles:", "  - deck: account_plan", "    section: results", "    title: Auf Kurs")
    assert house(*lines).problems() == []
    made = house(*lines, more={"workspace.yml": chosen})
    assert made.problems() == [("unknown-deck-section", "4:14", "results")]


# --- decks -----------------------------------------------------------------------------------


def test_a_slide_stands_after_its_section_in_the_decks_it_names(house: Make) -> None:
    made = house("slides:", *slide("text: A", "decks:", "  - review", "after: results", "share: client"))  # fmt: skip
    slides = made.deck(CLIENT, "Quartalsgespräch")
    kickers = [s.kicker for s in slides]
    at = titles(slides).index("Folie own")
    assert kickers[at - 1].partition(" ·")[0] == kickers[at] == "Ergebnisse"
    assert "Folie own" not in titles(made.deck(CLIENT, "Auftakt"))
    assert "Folie own" not in titles(made.deck(INTERNAL, "Kundenplan"))


def test_a_slide_without_a_place_stands_before_what_closes_a_meeting(house: Make) -> None:
    made = house("slides:", *slide("text: A", "share: client"))
    for title in ("Quartalsgespräch", "Auftakt"):
        slides = made.deck(CLIENT, title)
        at = titles(slides).index("Folie own")
        assert [s.kicker for s in slides[at:]] == ["Weitere Themen", "Anhang"]
    assert made.deck(INTERNAL, "Kundenplan")[-1].title == "Folie own"


def test_a_topic_is_counted_by_the_agenda(house: Make) -> None:
    made = house("slides:", *slide("text: A", "topic: Ihre Lager", "decks:", "  - review", "share: client"))  # fmt: skip
    agenda = made.deck(CLIENT, "Quartalsgespräch")[0].body
    table = agenda.parts[0][0] if isinstance(agenda, b.Beside) else agenda
    assert isinstance(table, b.Table)
    topics = {b.plain(row.cells[1].text): row.cells[1].note for row in table.rows}
    assert topics["Ihre Lager"] == "Folie own"


def test_an_own_title_replaces_that_of_the_sections_first_slide(house: Make) -> None:
    lines = ("titles:", "  - deck: review", "    section: results", "    title: Auf Kurs")
    theirs = house(*lines, "    share: client").deck(CLIENT, "Quartalsgespräch")
    assert "Auf Kurs" in titles(theirs)
    hidden = house(*lines).deck(CLIENT, "Quartalsgespräch")
    assert "Auf Kurs" not in titles(hidden)
    assert len(hidden) == len(theirs)


def test_notes_say_whose_the_title_is_and_what_is_to_be_said(house: Make) -> None:
    made = house(
        "titles:", "  - deck: account_plan", "    section: results", "    title: Auf Kurs",
        "slides:", *slide("text: Satz", "notes:", "  - text: Danken, **laut**", "share: client"),
    )  # fmt: skip
    ours = made.deck(INTERNAL, "Kundenplan")
    own = next(s for s in ours if s.title == "Folie own").notes.split("\n")
    assert own[:3] == ["Folie own", "Der Titel steht so im Plan (slides.md)", "Danken, laut"]
    assert "In den Plänen: nordwind/2026-h2/slides/own" in own
    titled = next(s for s in ours if s.title == "Auf Kurs").notes.split("\n")
    assert titled[1] == "Der Titel steht so im Plan (slides.md)"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("text: Ein Satz",), b.Paragraph),
        (("text: |", "  Ein Satz.", "", "  - Ein Punkt"), b.Section),
        (("kpis:", "  - nps"), b.Cards),
        (("text: Ein Satz", "kpis:", "  - nps"), b.Beside),
        (("table: goals",), b.Goals),
        (("table: tasks",), b.Sides),
        (("text: Ein Satz", "table: tasks"), b.Section),
        (("text: Ein Satz", "table: course"), b.Beside),
    ],
)
def test_a_slide_shows_what_it_names(house: Make, lines: tuple[str, ...], kind: type) -> None:
    made = house("slides:", *slide(*lines))
    body = next(s.body for s in made.deck(INTERNAL, "Kundenplan") if s.title == "Folie own")
    assert isinstance(body, kind)
    if kind is b.Beside and "kpis:" in lines:
        assert isinstance(body.parts[1][0], b.Chart)


def test_everything_that_can_be_named_can_be_shown() -> None:
    from typing import get_args

    assert {*SHOWN} == {*get_args(model.TableName)}
    assert {*SHOWN} >= model.OURS


def test_what_can_be_named_is_shown_of_the_examples_on_slides_that_hold_it(examples: Path) -> None:
    found = read(examples).portfolio
    assert found is not None
    portfolio = measure(found)
    for account in portfolio.accounts:
        for audience in (INTERNAL, CLIENT) if shares_anything(account) else (INTERNAL,):
            seen = project(portfolio, audience, account.id)
            view = view_of(seen, seen.account(account.id))
            blocks = {name: show(view) for name, show in SHOWN.items()}
            text = view.prose("- Ein Punkt\n- Noch ein Punkt, mit einigen Worten mehr")
            blocks |= {f"{n} mit Text": arranged(text, x) for n, x in blocks.items() if x}
            if audience == CLIENT:
                assert not {name for name, block in blocks.items() if block} & model.OURS
            slides = tuple(b.Slide("Thema", name, x, origin=f"{account.id}/x") for name, x in blocks.items() if x)  # fmt: skip
            deck = decks.made(view)[0]
            _, overflows = render_deck(b.Deck(deck.name, "T", "", view.language, slides, (), "", "", view.today, deck.labels), load_theme())  # fmt: skip
            assert not overflows, (account.id, audience, overflows)


# --- the gate --------------------------------------------------------------------------------

SECRET = "KAMX0123456789ABCDEF"
"""What no client may read."""
INTERNAL_ONLY = {
    "a slide": ("slides:", *slide(f"text: {SECRET}")),
    "a title": ("titles:", "  - deck: debrief", "    section: goals", f"    title: {SECRET}"),
    "notes": ("slides:", *slide("text: A", "notes:", f"  - text: {SECRET}", "share: client")),
    "notes of a slide of ours": (
        "slides:", *slide("text: A", "notes:", f"  - text: {SECRET}", "    share: client"),
    ),
}  # fmt: skip


def client_bytes(house: House) -> bytes:
    """All that is in a client's decks, unpacked, and in its projection."""
    seen = project(house.portfolio, CLIENT, "nordwind")
    out = pickle.dumps(seen)
    for deck in decks.made(view_of(seen, seen.account("nordwind"))):
        blob, _ = render_deck(deck, load_theme())
        with zipfile.ZipFile(io.BytesIO(blob)) as package:
            out += b"".join(package.read(name) for name in package.namelist())
    return out


@pytest.mark.parametrize("what", INTERNAL_ONLY)
def test_what_is_ours_is_in_no_byte_of_a_client(house: Make, what: str) -> None:
    assert SECRET.encode() not in client_bytes(house(*INTERNAL_ONLY[what]))


def test_what_is_shared_is_there_so_the_test_before_can_fail(house: Make) -> None:
    lines = (
        "titles:", "  - deck: review", "    section: goals", f"    title: {SECRET}1", "    share: client",
        "slides:",
        *slide(f"text: {SECRET}2", "notes:", f"  - text: {SECRET}3", "    share: client", "share: client"),
    )  # fmt: skip
    made = house(*lines)
    found = client_bytes(made)
    assert [n for n in "123" if f"{SECRET}{n}".encode() in found] == ["1", "2", "3"]
    assert any(s.notes == f"{SECRET}3" for s in made.deck(CLIENT, "Quartalsgespräch"))


def test_a_client_sees_nothing_of_a_kpi_that_is_not_shared(house: Make) -> None:
    made = house("slides:", *slide("kpis:", "  - margin", "table: risks", "share: client"))
    seen = project(made.portfolio, CLIENT, "nordwind").account("nordwind").periods[0].slides.slides[0]  # fmt: skip
    assert (seen.kpis, seen.table) == ((), None)
    assert "Folie own" not in titles(made.deck(CLIENT, "Quartalsgespräch"))
    assert b"margin" not in client_bytes(made)


def test_tokens_planted_in_slides_and_notes_leave_no_trace(examples: Path) -> None:
    found = read(examples).portfolio
    assert found is not None
    portfolio = measure(found)
    account = portfolio.account("nordwind-logistik")
    planter = leaks.Planter(CLIENT)
    dirty = portfolio.model_copy(update={"accounts": (planter.plant(account),)})
    (now,) = (p for p in dirty.accounts[0].periods if p.id == "2026-h2")
    ours = pickle.dumps(now.slides).decode("utf-8", "replace")
    tokens = [token for token in planter.tokens if token in ours]
    assert len(tokens) >= 5
    packed = pickle.dumps(project(dirty, CLIENT, account.id)).decode("utf-8", "replace")
    assert [token for token in tokens if token in packed] == []


def test_the_example_in_the_hints_can_be_pasted_below_the_first_slide(house: Make) -> None:
    root = house("slides:", *slide("text: A")).root
    path = root / "plans/nordwind/2026-h2/slides.md"
    path.unlink()
    done = CliRunner().invoke(cli, ["-C", str(root), "new", "slides", "nordwind"])
    assert done.exit_code == 0, done.output
    details, _, hints = path.read_text("utf-8").partition("\n---\n\n")
    shown = hints.partition("\n\n")[2].partition("-->")[0].rstrip().replace("- review", "- debrief")
    path.write_text(f"{details}\n{shown}\n---\n", "utf-8")
    made = House(root)
    assert made.problems() == []
    (period,) = made.portfolio.account("nordwind").periods
    assert [s.id for s in period.slides.slides] == ["gelernt", "verlauf"]


def test_a_picture_of_a_slide_leaves_only_with_it(house: Make) -> None:
    lines = ("text: |", "  ![Die Halle](halle.png)")
    made = house("slides:", *slide(*lines, "share: client"))
    (made.root / "plans/nordwind/2026-h2/halle.png").write_bytes(png())
    for share, names in ((("share: client",), ["2026-h2/halle.png"]), ((), [])):
        again = House(house("slides:", *slide(*lines, *share)).root)
        assert again.problems() == []
        assert [*again.portfolio.account("nordwind").pictures] == ["2026-h2/halle.png"]
        assert [*again.view(CLIENT).account.pictures] == names


# --- what lies around it -----------------------------------------------------------------------


def test_the_portal_says_nothing_of_slides(house: Make) -> None:
    lines = ("slides:", *slide(f"text: {SECRET}", "share: client"))
    with_, without = house(*lines), house("slides:")
    for audience in (INTERNAL, CLIENT):
        shown = [account_site(made.view(audience)) for made in (with_, without)]
        assert shown[0] == shown[1]


def test_an_own_title_that_is_too_long_is_told_at_its_place(house: Make) -> None:
    long = "Ein Titel, der viel mehr sagen will, als auf zwei Zeilen einer Folie Platz hat, " * 3
    made = house(
        "titles:", "  - deck: account_plan", "    section: goals", f"    title: {long.strip(' ,')}",
        "slides:", "  - id: own", f"    title: {long.strip(' ,')} auch hier", "    text: A",
    )  # fmt: skip
    built = build(made.root, Options(formats=("slides",)))
    found = [p for p in built.problems if p.rule == "text-too-long"]
    assert [(str(p.place).rpartition("/")[2], p.account) for p in found] == [
        ("slides.md:5:12", "nordwind"), ("slides.md:8:12", "nordwind"),
    ]  # fmt: skip


def test_the_examples_have_an_own_title_a_kpi_and_a_slide_for_us_alone(examples: Path) -> None:
    found = read(examples).portfolio
    assert found is not None
    portfolio = measure(found)
    for name, review, plan in (
        ("nordwind-logistik", "Quartalsgespräch", "Kundenplan"),
        ("brightwater-stores", "Quarterly review", "Account plan"),
    ):
        made = {}
        for audience in (INTERNAL, CLIENT):
            seen = project(portfolio, audience, name)
            made |= {d.title: d.slides for d in decks.made(view_of(seen, seen.account(name)))}
        theirs = [s for s in made[review] if s.titled]
        assert any("/titles/" in s.titled for s in theirs)
        assert any(isinstance(s.body, b.Beside) and isinstance(s.body.parts[1][0], b.Chart) for s in theirs)  # fmt: skip
        ours = {s.title for s in made[plan] if "/slides/" in s.titled}
        assert ours and not ours & {s.title for s in made[review]}
