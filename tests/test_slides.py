"""Decks: every composition with few, normal and many; nothing lost, nothing left over.

The office tests look from outside: Microsoft's validator and LibreOffice's rendering.
"""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pptx
import pytest

import gallery as g
import office_support
import pictures
from planwerk import blocks as b
from planwerk.render import slides_cards
from planwerk.render.html import STATE_LEVEL
from planwerk.render.slides import render_deck
from planwerk.render.slides_area import Area, evenly
from planwerk.render.slides_frame import fit_title
from planwerk.render.slides_master import FOOT
from planwerk.render.slides_matrix import STATE_LEVEL as SLIDE_STATE_LEVEL
from planwerk.render.slides_text import text_width
from planwerk.theme import load_theme

GOLDEN = Path(__file__).parent / "golden" / "deck-compositions.txt"
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app|custom)\.xml"
    r"|ppt/(presentation|presProps|viewProps|tableStyles)\.xml|ppt/_rels/presentation\.xml\.rels"
    r"|ppt/(theme/theme\d|slides/slide\d+|charts/chart\d+|slideMasters/slideMaster1)\.xml"
    r"|ppt/(slideLayouts/slideLayout\d+|notesMasters/notesMaster1|notesSlides/notesSlide\d+)\.xml"
    r"|ppt/\w+/_rels/\w+\.xml\.rels|ppt/media/image[12]\.png|ppt/embeddings/sheet\d+\.xlsx"
)
T = b.text
HEADS = ("Verfehlte Kennzahl", "Ursache", "Was wir daraus lernen", "Nächster Schritt")
LONG = (
    "Im ersten Halbjahr haben wir gelernt: Wo feststeht, wer antwortet, kommen Antworten "
    "schneller. Deshalb bringen wir die Befragung in vier weitere Niederlassungen. "
)


# --- every composition -----------------------------------------------------------------------


def cards(count: int) -> b.Cards:
    return b.Cards(tuple(g.card(i) for i in range(count)), "Kennzahlen", "Knapp: 10 % daneben.")


def goals(count: int) -> b.Goals:
    items = tuple(g.goal(i) for i in range(count))
    return b.Goals(items, "Ziele", "bei Ruhrblick", "bei Nordwind", "Strich links: Ausgangswert.")


def dated(count: int) -> b.DatedList:
    return b.DatedList(tuple(g.dated(i) for i in range(count)), "Termine", "Keine Termine.")


def quotes(count: int) -> b.Quotes:
    return b.Quotes(tuple(g.quote(i) for i in range(count)), "In Ihren Worten")


def lessons(count: int) -> b.Lessons:
    return b.Lessons(tuple(g.lesson(i) for i in range(count)), HEADS, "Verfehlt")


def decisions(count: int) -> b.Decisions:
    return b.Decisions(tuple(g.decision(i) for i in range(count)), "Zu entscheiden", "Entscheidet")


def matrix(rows: int, columns: int, name: str = "Bereich") -> b.Matrix:
    cells = tuple(
        tuple(b.MatrixCell(g.STATES[(i + k) % 11], f"Wort {i} {k}", "45") for k in range(columns))
        for i in range(rows)
    )
    return b.Matrix(
        tuple(f"Leistung {k}" for k in range(columns)), tuple(f"{name} {i}" for i in range(rows)),
        cells, "Potenzial", "In Tsd. EUR", "Bereich", ("120",) * rows, ("80",) * columns, "225", "Summe",
    )  # fmt: skip


LONG_NAME = (
    "Auftragsdatenverarbeitung und Rechtsschutzversicherungsgesellschaften der Niederlassung"
)


def prose(count: int) -> b.Section:
    blocks = tuple(b.Paragraph(T(f"{i}. {LONG * 2}")) for i in range(count))
    return b.Section("Warum dieser Plan", blocks, "Ein Untertitel")


NOTES = (
    b.Section("Ursache", (b.Paragraph(T("Das Sammelpostfach wurde erst im Juni abgelöst.")),)),
    b.Section("Lehre", (b.Paragraph(T("Zuständigkeit vor Technik.")),)),
)
FACTS = b.Facts(tuple((f"Merkmal {i}", b.Cell(T("Ein Wert"), note="Quelle")) for i in range(9)))
CALLOUT = b.Callout("warn", "Freigabe fehlt", "Der Start verschiebt sich.", "Dr. Anna Keller")
FOUR = b.Sides(
    tuple(
        b.SideColumn(name, side, f"{k} von 9 erledigt", tuple(g.dated(i) for i in range(k)), "Nichts")
        for name, side, k in (
            ("Nordwind Logistik AG", "client", 5), ("Ruhrblick Software GmbH", "us", 4),
            ("Edgeline", "partner", 2), ("Dritte GmbH", "partner", 0),
        )
    ),
    "Wer macht was",
)  # fmt: skip
BODIES: tuple[b.Block, ...] = (
    *g.BLOCKS[: -len(g.WRITTEN)],
    *(cards(n) for n in (2, 4, 5, 14, 20)),
    *(goals(n) for n in (1, 2, 3, 7, 12)),
    *(dated(n) for n in (1, 2, 3, 7, 20)),
    *(quotes(n) for n in (2, 4, 6, 9)),
    *(lessons(n) for n in (3, 4, 9)),
    *(decisions(n) for n in (2, 4, 12)),
    matrix(2, 3), matrix(6, 6), matrix(12, 10), matrix(9, 4, LONG_NAME),
    *(prose(n) for n in (1, 3, 6, 16)),
    *(g.table(n) for n in (2, 12, 30)),
    *(g.timeline(n) for n in (2, 6, 9)),
    FOUR, g.sides(0, 0, 0), g.sides(1, 0, 0), FACTS,
    b.Beside(((g.chart("line"),), NOTES), (8, 4)),
    b.Beside(((b.BigNumber("6 von 8", "Zusagen sind gehalten"),), (g.table(6),)), (3, 9)),
    b.Beside(((CALLOUT, dated(3)), (g.chart("stacked"),)), (1, 1)),
    b.Beside(((goals(2),), (cards(3),)), (1, 1)),
    b.Section("Stand", (b.Paragraph(T(LONG)), g.table(3), g.chart("columns"))),
    b.Section("Links und rechts", (g.RIBBON, dated(4))),
    *g.WRITTEN,
    pictures.org(3), pictures.org(20), pictures.grid(3), pictures.grid(20), pictures.strategy_map(8, 1),
    pictures.forces(3), pictures.risks(3), pictures.risks(20), pictures.journey(8),
    b.Beside(((pictures.forces(5),), NOTES), (8, 4)),
)  # fmt: skip


def slide(index: int, body: b.Block) -> b.Slide:
    """Short and long titles, with and without a subline, one with notes."""
    title = f"Fall {index} sagt, was der Plan sagt"
    if index % 3 == 0:
        title = f"Fall {index}: Drei von fünf Kennzahlen sind erreicht; Antwortzeit auf Rückfragen bleibt mit 26 h statt 20 h offen"
    notes = "Nur gesagt" if index == 1 else ""
    return b.Slide(
        "Ergebnisse", title, body, "" if index % 2 else "Alle Kennzahlen des Plans",
        "Quelle: Messwerte.", notes, f"gallery/slides/{index}",
    )  # fmt: skip


def deck(internal: bool = False, language: str = "de") -> b.Deck:
    return b.Deck(
        "gallery", "Quartalsgespräch\nzweites Halbjahr 2026", "Nordwind und Ruhrblick", language,
        tuple(slide(i, body) for i, body in enumerate(BODIES)),
        (("Datum", "23.11.2026"), ("Kunde", "Nordwind Logistik AG"), ("Teilnehmende", "Maren Brandt, " * 8)),
        "Ruhrblick · Quartalsgespräch", "Ruhrblick Software GmbH", date(2026, 11, 23), g.LABELS, g.INTERNAL if internal else None,
    )  # fmt: skip


def made(internal: bool = False, language: str = "de") -> bytes:
    blob, overflows = render_deck(deck(internal, language), load_theme())
    assert overflows == ()
    return blob


def one(*bodies: b.Block, **changes: Any) -> tuple[bytes, tuple[b.Overflow, ...]]:
    """A deck of these bodies alone."""
    slides = tuple(replace(slide(i, body), **changes) for i, body in enumerate(bodies, start=1))
    return render_deck(replace(deck(), slides=slides), load_theme())


@pytest.fixture(scope="module")
def client() -> bytes:
    return made()


@pytest.fixture(scope="module")
def internal() -> bytes:
    return made(True, "en")


# --- reading decks ---------------------------------------------------------------------------


def parts(blob: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        return {name: package.read(name) for name in package.namelist()}


def slide_parts(blob: bytes) -> list[str]:
    """The slides' XML in order."""
    found = {n: c for n, c in parts(blob).items() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)}
    number = re.compile(r"\d+")
    return [found[n].decode() for n in sorted(found, key=lambda n: int(number.findall(n)[0]))]


def leaves(shapes: Any) -> Iterator[Any]:
    """All shapes, groups' children in their place."""
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from leaves(shape.shapes)


def lines_of(shape: Any) -> list[str]:
    """What a shape says: its text, or its table's rows."""
    if getattr(shape, "has_table", False) and shape.has_table:
        rows = [[cell.text.replace("\n", " ") for cell in row.cells] for row in shape.table.rows]
        return [" / ".join(row) for row in rows]
    if getattr(shape, "has_chart", False) and shape.has_chart:
        return [f"Chart {', '.join(s.name for s in shape.chart.series)}"]
    if shape.shape_type != 6 and shape.has_text_frame and shape.text_frame.text.strip():
        return [shape.text_frame.text.replace("\n", " ").replace("\v", " ")]
    return []


def folded(words: str) -> str:
    """Words without what fitting may change: blanks and hyphens."""
    return re.sub(r"[\s\u00a0\-]+", "", words)


def said(blob: bytes) -> str:
    """All words of all slides, folded, charts' names and categories too."""
    opened = pptx.Presentation(io.BytesIO(blob))
    out = []
    for page in opened.slides:
        out += [line for shape in leaves(page.shapes) for line in lines_of(shape)]
    charts = [c.decode() for n, c in parts(blob).items() if "/charts/chart" in n]
    for chart in charts:
        out += [v or "" for v in re.findall(r"<c:v>([^<]*)</c:v>", chart)]
    return folded(" ".join(out))


# --- nothing is lost -------------------------------------------------------------------------

UNSAID: dict[type, set[str]] = {
    b.Run: {"link", "change"}, b.Said: {"topic", "tag"}, b.Log: {"label"}, b.Person: {"initials", "side", "detail"}, b.Status: {"level"},
    b.Column: {"align"}, b.Table: {"label"}, b.Cards: {"label"}, b.Goals: {"label"},
    b.Card: {"unit"}, b.Goal: {"description", "labels"}, b.Series: {"role"}, b.Chart: {"kind", "description", "level", "unit"},
    b.Share: {"state"}, b.Shares: {"label"}, b.MatrixCell: {"state"}, b.Matrix: {"label"},
    b.Event: {"level"}, b.Ribbon: {"description"}, b.Lane: {"side", "summary"},
    b.Timeline: {"label", "description", "heads"}, b.DatedList: {"label"}, b.Sides: {"label"},
    b.SideColumn: {"side"}, b.Callout: {"level"}, b.Quotes: {"label"}, b.Lessons: {"label"},
    b.Decisions: {"label"}, b.Link: {"target"}, b.Links: {"label"}, b.Section: {"anchor"},
    b.Paragraph: {"role"}, b.Row: {"kind"}, b.Filter: {"label", "every", "items"},
    b.Image: {"kind"}, b.Coverage: {"label"}, b.Knows: {"today"},
    b.OrgChart: {"label", "description"}, b.OrgLink: {"kind", "word"}, b.Placed: {"name"},
    b.InfluenceGrid: {"label", "description", "more"}, b.StrategyMap: {"label", "description", "unit"},
    b.MapStep: {"kind"}, b.MapSpace: {"state"}, b.Forces: {"label", "description"},
    b.ForceCard: {"kind", "trend"}, b.RiskMatrix: {"label", "description"},
    b.Journey: {"label", "description"},
}  # fmt: skip
"""What a slide says by place, colour or alt text, or (descriptions) leaves to other formats."""


def drawn_of(picture: b.Picture) -> tuple[object, ...]:
    """What a picture is of: people, departments, forces, risks, stages."""
    names = ("people", "columns", "stages", "items")
    if isinstance(picture, b.StrategyMap):
        return picture.columns
    return next(found for name in names if (found := getattr(picture, name, None)) is not None)


def visible(value: object) -> Iterator[str]:
    """Every word of a block that a slide must show."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from visible(item)
    elif isinstance(value, b.Bar):
        yield from (value.label, value.who, value.due_words)
    elif isinstance(value, b.SideColumn):
        yield from (value.name, value.summary if value.items else value.empty)
        for item in value.items:
            yield from (item.when, item.what, item.who, item.detail)
    elif isinstance(value, b.DatedList):
        yield from visible(value.items or value.empty)
    elif isinstance(value, b.Picture) and not drawn_of(value):
        return
    elif isinstance(value, b.StrategyMap):
        halves = {column.reached for column in value.columns}
        yield from (w for i, w in enumerate(value.heads[:2]) if (not i) in halves)
        yield from (w for i, w in enumerate(value.notes) if (not i) in halves)
        yield from visible((value.heads[5], value.legend, value.key, value.columns))
    elif isinstance(value, b.MapColumn):  # the further people are named instead of counted
        yield from visible((value.name, value.status, value.people, value.further_people))
        yield from visible(
            (value.steps, value.spaces, "" if value.further_people else value.further)
        )
    elif isinstance(value, b.Card):
        yield from (value.label, value.value, value.period, value.status.word)
        yield from (w for part in value.target_line.split(", ") for w in part.split(" ", 1))
    elif is_dataclass(value) and not isinstance(value, type):
        hidden = UNSAID.get(type(value), set()) | {"origin"}
        for field in fields(value):
            if field.name not in hidden:
                yield from visible(getattr(value, field.name))


@pytest.mark.parametrize("index", range(len(BODIES)))
def test_nothing_a_block_says_is_lost(index: int) -> None:
    blob, overflows = one(BODIES[index])
    found = said(blob)
    assert overflows == ()
    assert [words for words in visible(BODIES[index]) if folded(words) not in found] == []


PICTURES = [pytest.param(p, id=f"{i}-{pictures.name(p)}") for i, p in enumerate(pictures.PICTURES)]


@pytest.mark.parametrize("picture", PICTURES)
def test_nothing_a_picture_says_is_lost_with_none_a_few_and_very_many(picture: b.Picture) -> None:
    blob, overflows = one(picture)
    found = said(blob)
    assert overflows == ()
    assert [words for words in visible(picture) if folded(words) not in found] == []


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_drawn_of_shapes_that_say_what_they_are(picture: b.Picture) -> None:
    """Groups with alt text, lines without a theme's style, nothing outside the body."""
    blob, _ = one(picture)
    xml = slide_parts(blob)[1]
    page = list(pptx.Presentation(io.BytesIO(blob)).slides)[1]
    groups = [shape for shape in page.shapes if shape.shape_type == 6]
    assert "<p:pic>" not in xml and "<p:style>" not in xml
    assert bool(groups) is bool(drawn_of(picture)), "drawn, not listed"
    assert all(group._element.xpath("./p:nvGrpSpPr/p:cNvPr")[0].get("descr") for group in groups)
    for shape in leaves(page.shapes):
        if not shape.is_placeholder:
            right, bottom = (shape.left + shape.width) / 360000, (shape.top + shape.height) / 360000
            assert shape.left / 360000 > 1.3 and right < 32.6, (shape.name, right)
            assert shape.top / 360000 > 3.6 and bottom < 17.3, (shape.name, bottom)


def words_of_pages(blob: bytes) -> list[str]:
    """What each slide after the first says, in reading order."""
    pages = list(pptx.Presentation(io.BytesIO(blob)).slides)[1:]
    return [" / ".join(w for s in leaves(page.shapes) for w in lines_of(s)) for page in pages]


def test_departments_that_nobody_reached_come_last() -> None:
    block = pictures.strategy_map(12, 1)
    mixed = replace(block, columns=(*block.columns[6:], *block.columns[:6]))
    reached = [("Noch nicht erreicht" in page, "erreicht" in page) for page in words_of_pages(one(mixed)[0])]  # fmt: skip
    drawn = [late for late, any_ in reached if any_]
    assert drawn == sorted(drawn) and True in drawn and False in drawn


def test_a_map_of_a_few_departments_says_all_on_one_slide() -> None:
    assert len(words_of_pages(one(pictures.strategy_map(2, 1))[0])) == 1


def test_who_leads_a_branch_stands_on_its_page_again() -> None:
    chart = pictures.org(40)
    named = tuple(replace(p, name=f"Person {i:02}") for i, p in enumerate(chart.people))
    pages = words_of_pages(one(replace(chart, people=named, links=()))[0])
    drawn = [re.findall(r"Person \d\d", page) for page in pages if "fördernd, Einfluss" not in page]
    assert len(drawn) > 1
    shown = [set(page) for page in drawn]
    assert set().union(*shown) == {p.name for p in named}
    for i, person in enumerate(named):
        if person.boss is not None:
            both = {person.name, named[person.boss].name}
            assert any(both <= page for page in shown), f"{i} stands nowhere below their boss"


def test_who_cannot_be_named_in_a_crowded_cell_has_a_sign_and_stands_in_the_list() -> None:
    first, *rest = words_of_pages(one(pictures.grid(40, crowded=True))[0])
    assert "40" in first and "Keller" not in first
    assert "40   " in " ".join(rest)


def test_strong_forces_lead_to_the_rivalry_in_the_accent() -> None:
    blob, _ = one(pictures.forces(5))
    xml = slide_parts(blob)[1]
    arrows = re.findall(r"<p:cxnSp>(?:(?!</p:cxnSp>).)*tailEnd(?:(?!</p:cxnSp>).)*</p:cxnSp>", xml)
    accent = load_theme().light["accent"]
    assert (len(arrows), sum(accent in arrow for arrow in arrows)) == (4, 1)


def test_the_curve_of_moods_breaks_where_one_is_not_known() -> None:
    def curves(moods: tuple[int | None, ...]) -> int:
        stage = pictures.journey(1).stages[0]
        stages = tuple(replace(stage, name=f"S{i}", mood=mood) for i, mood in enumerate(moods))
        blob, _ = one(replace(pictures.journey(4), stages=stages))
        return slide_parts(blob)[1].count("<a:custGeom>")

    assert curves((1, 0, -1, 2)) == 1
    assert curves((1, 0, None, 2, 1)) == 2
    assert curves((1, None, 2, None)) == 0


def test_every_block_stands_in_these_decks() -> None:
    def kinds(value: object) -> Iterator[type]:
        if isinstance(value, tuple):
            for item in value:
                yield from kinds(item)
        elif is_dataclass(value):
            yield type(value)
            for field in fields(value):
                yield from kinds(getattr(value, field.name))

    assert set(b.Block.__args__) <= set(kinds(BODIES))  # type: ignore[attr-defined]


def test_the_deck_reads_as_before(client: bytes) -> None:
    opened = pptx.Presentation(io.BytesIO(client))
    lines = []
    for number, page in enumerate(opened.slides, start=1):
        for shape in leaves(page.shapes):
            kind = shape.placeholder_format.idx if shape.is_placeholder else shape.name.split()[0]
            layout = page.slide_layout.name
            lines += [f"{number} / {layout} / {kind} / {line}" for line in lines_of(shape)]
    text = "\n".join(lines) + "\n"
    if os.environ.get("PLANWERK_UPDATE_GOLDENS"):
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


# --- pages and titles ------------------------------------------------------------------------


def titles(blob: bytes) -> list[str]:
    opened = pptx.Presentation(io.BytesIO(blob))
    return [page.shapes.title.text_frame.text for page in opened.slides]


def test_pages_are_cut_evenly() -> None:
    assert [len(part) for part in evenly(range(30), 24)] == [15, 15]
    assert [len(part) for part in evenly(range(7), 3)] == [3, 2, 2]


def test_parts_are_told_in_the_title() -> None:
    blob, _ = one(g.table(30))
    found = titles(blob)[1:]
    assert len(found) > 2
    assert [t.rsplit(" ", 1)[1] for t in found] == [
        f"({i}/{len(found)})" for i in range(1, len(found) + 1)
    ]


def test_a_table_repeats_its_head_and_its_group_on_every_page() -> None:
    opened = pptx.Presentation(io.BytesIO(one(g.table(30))[0]))
    for page in list(opened.slides)[1:]:
        rows = next(s.table.rows for s in page.shapes if getattr(s, "has_table", False))
        assert rows[0].cells[0].text == "Kennzahl"
        assert rows[1].cells[0].text == "Seite des Kunden"


def test_what_was_missed_comes_first_in_a_long_scorecard() -> None:
    opened = pptx.Presentation(io.BytesIO(one(cards(14))[0]))
    table = next(s.table for s in opened.slides[1].shapes if getattr(s, "has_table", False))
    states = [row.cells[5].text.split("\u00a0")[-1] for row in list(table.rows)[1:]]
    assert states == sorted(states, key=["verfehlt", "knapp verfehlt", "offen", "erreicht"].index)


def test_titles_shrink_to_one_line_or_balance_two() -> None:
    assert fit_title("Kurz").size == 26 and fit_title("Kurz").lines == 1
    words = "Vier von sechs Zielen erreicht; die Antwortzeit bleibt mit 11 statt 8 Stunden offen"
    assert (fit_title(words).lines, fit_title(words).size) == (1, 25.0)
    assert (fit_title(words + " ja").lines, fit_title(words + " ja").size) == (1, 24.0)
    two = fit_title(words + ", solange Daten fehlen")
    assert two.lines == 2 and two.size == 26
    assert two.room < fit_title("Kurz").room * 0.7, "two lines are about the same length"


def test_the_subline_stands_under_one_line_titles_only(client: bytes) -> None:
    for page in pptx.Presentation(io.BytesIO(client)).slides:
        has = 14 in {p.placeholder_format.idx for p in page.placeholders}
        lines = fit_title(page.shapes.title.text_frame.text).lines
        assert not has or lines == 1


def test_slide_titles_are_unique_even_where_the_plan_repeats_one() -> None:
    blob, _ = one(g.table(2), g.table(3), g.table(30), title="Immer derselbe Titel")
    found = titles(blob)
    assert len(found) == len(set(found)) > 4


# --- what does not fit is reported -----------------------------------------------------------


def test_an_impossible_title_is_reported_at_its_slide() -> None:
    _, overflows = one(g.table(2), title="Ein Titel, der einfach nicht endet, " * 9)
    assert [o.origin for o in overflows] == ["gallery/slides/1"]
    assert overflows[0].words.startswith("Ein Titel")


HUGE = "Wort und noch ein Wort " * 300


@pytest.mark.parametrize(
    ("body", "origin"),
    [
        (b.Quotes((replace(g.quote(0), words=HUGE),), "l"), "gallery/feedback/0"),
        (b.Decisions((replace(g.decision(0), question=HUGE),), "l", "wer"), "gallery/decisions/0"),
        (b.Lessons((replace(g.lesson(0), cause=HUGE),), HEADS, "l"), "gallery/outcomes/0/cause"),
        (b.Cards((replace(g.card(0), label=HUGE), g.card(1)), "l"), "gallery/kpis/0"),
        (b.Goals((replace(g.goal(0), title=HUGE), g.goal(1)), "l", "u", "c"), "gallery/goals/0"),
        (b.DatedList((replace(g.dated(0), what=HUGE),), "l"), "gallery/tasks/0"),
        (b.DatedList((replace(g.dated(0), what=HUGE),) * 5, "l"), "gallery/tasks/0"),
        (b.Callout("bad", HUGE, origin="gallery/risk"), "gallery/risk"),
        (b.Paragraph(T(HUGE * 3)), "gallery/slides/1"),
    ],
)
def test_one_giant_item_is_reported_at_its_origin(body: b.Block, origin: str) -> None:
    _, overflows = one(body)
    assert origin in {o.origin for o in overflows}


# --- what PowerPoint and its readers need ----------------------------------------------------


def test_only_known_parts_and_nothing_left_over(client: bytes, internal: bytes) -> None:
    for blob in (client, internal):
        assert [name for name in parts(blob) if not PARTS.fullmatch(name)] == []
        everything = b"".join(parts(blob).values())
        for trace in (b"Steve Canny", b"printerSettings", b"python-pptx"):
            assert trace not in everything


def test_a_client_file_has_no_internal_layout_and_an_internal_one_says_so(
    client: bytes, internal: bytes
) -> None:
    banner = g.INTERNAL.banner.encode()
    assert banner not in b"".join(parts(client).values())
    opened = pptx.Presentation(io.BytesIO(client))
    assert {lay.name for lay in opened.slide_layouts} == {"Titel", "Inhalt", "Große Zahl"}
    for page in pptx.Presentation(io.BytesIO(internal)).slides:
        said_by_layout = " ".join(
            s.text_frame.text for s in page.slide_layout.shapes if s.has_text_frame
        )
        assert g.INTERNAL.banner in said_by_layout


def test_ids_are_unique_and_no_placeholder_is_empty(client: bytes) -> None:
    for page in pptx.Presentation(io.BytesIO(client)).slides:
        ids = [shape.shape_id for shape in leaves(page.shapes)]
        assert len(ids) == len(set(ids))
        assert all(shape.text_frame.text.strip() for shape in page.placeholders)


def test_footer_and_number_stand_on_every_slide_but_the_first(client: bytes) -> None:
    for number, page in enumerate(pptx.Presentation(io.BytesIO(client)).slides):
        found = {p.placeholder_format.idx for p in page.placeholders}
        assert ({11, 12} <= found) is (number > 0)


def test_every_run_has_the_deck_language(client: bytes, internal: bytes) -> None:
    for blob, language in ((client, "de-DE"), (internal, "en-GB")):
        for xml in slide_parts(blob):
            runs = re.findall(r"<a:(?:r|fld)\b[^>]*>\s*<a:rPr([^>]*)>", xml)
            assert runs and all(f'lang="{language}"' in run for run in runs)
            assert xml.count("<a:r>") == len(re.findall(r"<a:r><a:rPr ", xml))


def test_no_shape_carries_a_theme_style(client: bytes) -> None:
    assert not any("<p:style>" in xml for xml in slide_parts(client))


def test_what_shows_something_has_alt_text_and_the_rest_is_decorative(client: bytes) -> None:
    for page in pptx.Presentation(io.BytesIO(client)).slides:
        for shape in leaves(page.shapes):
            about = shape._element.xpath(".//p:cNvPr")[0]
            speaks = shape.shape_type == 6 or shape.shape_type in (3, 19, 13)
            if speaks:
                assert about.get("descr"), shape.name
            elif not lines_of(shape):
                assert b"decorative" in ElementTree.tostring(_plain(about)), shape.name


def _plain(element: Any) -> ElementTree.Element:
    from lxml import etree

    return ElementTree.fromstring(etree.tostring(element))


def test_nothing_is_smaller_than_its_floor(client: bytes) -> None:
    for xml in slide_parts(client):
        body = re.sub(r"<p:sp>(?:(?!</p:sp>).)*<p:ph (?:(?!</p:sp>).)*</p:sp>", "", xml)
        assert min([int(s) for s in re.findall(r'<a:rPr [^>]*sz="(\d+)"', body)] or [1150]) >= 1150


def test_speaker_notes_only_where_there_are_any(client: bytes) -> None:
    opened = pptx.Presentation(io.BytesIO(client))
    noted = [p.notes_slide.notes_text_frame.text for p in opened.slides if p.has_notes_slide]
    assert noted == ["Nur gesagt"]
    assert not any("notes" in name for name in parts(one(g.table(2), notes="")[0]))


def test_links_leave_only_for_the_web() -> None:
    words = (b.Run("Netz", link="https://a.example"), b.Run("Stelle", link="#anker"))
    blob, _ = one(b.Paragraph(words))
    relations = b"".join(c for n, c in parts(blob).items() if n.startswith("ppt/slides/_rels"))
    assert relations.count(b"TargetMode") == 1 and b"https://a.example" in relations


def test_states_have_the_same_signs_as_in_the_portal() -> None:
    assert SLIDE_STATE_LEVEL == STATE_LEVEL


# --- charts ----------------------------------------------------------------------------------


def sheet_cells(blob: bytes) -> dict[str, str]:
    """The cells of a workbook by their address, as text."""
    found = parts(blob)
    strings = re.findall(r"<si><t[^>]*>([^<]*)</t></si>", found["xl/sharedStrings.xml"].decode())
    cells = {}
    sheet = found["xl/worksheets/sheet1.xml"].decode()
    for address, kind, value in re.findall(r'<c r="(\w+)"( t="s")?><v>([^<]*)</v>', sheet):
        cells[address] = strings[int(value)] if kind else value
    return cells


def chart_cells(xml: str) -> dict[str, str]:
    """What a chart shows, by the address its cache names."""
    cells = {}
    for formula, cache in re.findall(
        r"<c:f>Sheet1!([^<]+)</c:f><c:\w+Cache>(.*?)</c:\w+Cache>", xml
    ):
        column, first = re.match(r"\$([A-Z]+)\$(\d+)", formula).groups()  # type: ignore[union-attr]
        for index, value in re.findall(r'<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>', cache):
            cells[f"{column}{int(first) + int(index)}"] = value
    return cells


def same(first: dict[str, str], second: dict[str, str]) -> bool:
    def value(words: str) -> object:
        try:
            return float(words)
        except ValueError:
            return words

    return {k: value(v) for k, v in first.items()} == {k: value(v) for k, v in second.items()}


def test_every_workbook_holds_what_its_chart_shows_and_nothing_else(client: bytes) -> None:
    found = parts(client)
    charts = [n for n in found if re.fullmatch(r"ppt/charts/chart\d+\.xml", n)]
    assert len(charts) > 20
    for name in charts:
        number = re.findall(r"\d+", name)[0]
        book = found[f"ppt/embeddings/sheet{number}.xlsx"]
        assert same(chart_cells(found[name].decode()), sheet_cells(book)), name


def test_names_that_look_like_formulas_stay_text() -> None:
    names = ("=HYPERLINK(1)", "http://x.example", "+1")
    body = replace(
        g.chart("columns"), categories=names, series=(b.Series("=1+1", (1.0, 2.0, 3.0)),), days=()
    )
    blob, _ = one(body)
    book = parts(parts(blob)["ppt/embeddings/sheet1.xlsx"])
    assert not any(b"<f>" in content or b"hyperlink " in content for content in book.values())
    assert set(names) <= set(sheet_cells(parts(blob)["ppt/embeddings/sheet1.xlsx"]).values())


# --- the same every time ---------------------------------------------------------------------


def test_same_input_same_bytes_in_another_surrounding(tmp_path: Path) -> None:
    code = "import sys, test_slides; sys.stdout.buffer.write(test_slides.made())"
    blobs = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
        around = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=around, cwd=tmp_path, capture_output=True, check=True)
        blobs.append(done.stdout)
    assert blobs[0] == blobs[1]


# --- from outside ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, client: bytes, internal: bytes) -> list[Path]:
    folder = tmp_path_factory.mktemp("decks")
    out = [folder / "client-de.pptx", folder / "internal-en.pptx"]
    for path, blob in zip(out, (client, internal), strict=True):
        path.write_bytes(blob)
    out.append(folder / "pictures.pptx")
    some = [p for p in pictures.PICTURES if 0 < len(drawn_of(p)) <= 8]
    out[-1].write_bytes(one(*some, pictures.org(40), pictures.grid(40), pictures.risks(40))[0])
    return out


@pytest.mark.office
def test_microsofts_validator_finds_nothing(files: list[Path]) -> None:
    found = office_support.sdk_errors(files)
    assert {path.name: errors for path, errors in found.items() if errors} == {}


@pytest.mark.office
def test_libreoffice_shows_every_slide_and_no_word_outside(
    files: list[Path], tmp_path: Path
) -> None:
    for path, pdf in zip(files, office_support.render_pdf(files, tmp_path), strict=True):
        pages = office_support.page_words(pdf)
        assert len(pages) == len(slide_parts(path.read_bytes()))
        assert all(words for _, words in pages), f"{path.name}: a slide shows no words"
        assert office_support.misplaced(pdf) == []
        if path.stem == "pictures":
            assert list(outside_their_boxes(path, pages)) == []


def outside_their_boxes(path: Path, pages: list[Any]) -> Iterator[str]:
    """Words of text boxes that were rendered where no box that holds them stands; a part of a word
    is looked for where it is long enough to be no other's."""
    for number, (page, (_, words)) in enumerate(zip(pptx.Presentation(str(path)).slides, pages, strict=True), 1):  # fmt: skip
        boxes = [
            (s.left / 12700, s.top / 12700, s.width / 12700, s.height / 12700, folded(s.text_frame.text), {folded(w) for w in s.text_frame.text.split()})
            for s in leaves(page.shapes)
            if s.shape_type == 17
        ]  # fmt: skip
        for x0, y0, x1, y1, word in words:
            own = folded(html.unescape(word))
            holding = [box for box in boxes if own in (box[4] if len(own) > 4 else box[5])]
            y = (y0 + y1) / 2
            if y > 17.7 * 28.35:  # the slide's number, which a sign may be, too
                continue
            inside = any(
                x - 3 <= x0 and x1 <= x + w + 3 and top <= y <= top + h
                for x, top, w, h, *_ in holding
            )
            if holding and not inside and not _elsewhere(page, own):
                yield f"{path.stem}, page {number}: {word!r}"


def _elsewhere(page: Any, word: str) -> bool:
    """Whether a word also stands in a placeholder, a table or a chart."""
    return any(
        word in folded(" ".join(lines_of(shape)))
        for shape in page.shapes
        if shape.shape_type not in (6, 17)
    )


def test_cards_that_are_too_low_for_what_they_say_are_a_table() -> None:
    """On the low slides of a template the baseline once stood on the status."""
    status = b.Status("bad", "verfehlt")
    card = b.Card(
        "Umsatz", "10.500", status, "EUR", "Jun 2026", "Ziel 10.000 EUR, Ausgang 9.000 EUR"
    )
    cards = b.Cards((card,) * 6, "Kennzahlen")
    for tall, name in ((14.0, "_cards"), (8.0, "_table")):
        (drawn,) = slides_cards.cards_plates(cards, Area(0, 0, 29, tall), g.LABELS)
        assert isinstance(drawn, partial)
        assert drawn.func.__name__ == name


def test_few_rows_are_panels_that_say_each_value_under_its_column() -> None:
    """Whatever a row lacks: cells, words, a heading."""
    columns = (b.Column("Wettbewerber"), b.Column("Stärken"), b.Column("Vertrag bis"))
    rows = (b.Row((b.Cell(), b.Cell(T("Preis")), b.Cell(T("31.12.")))), b.Row((b.Cell(T("Beta")),)))
    blob, overflows = one(b.Table(columns, rows, "Wettbewerber"))
    assert overflows == ()
    shapes = list(leaves(pptx.Presentation(io.BytesIO(blob)).slides[1].shapes))
    words = [s.text_frame.text for s in shapes if s.has_text_frame]
    assert {"Wettbewerber", "Stärken", "Preis", "31.12.", "Beta"} <= set(words)


def test_a_slide_that_begins_with_a_further_kpi_names_its_goal() -> None:
    goals = tuple(
        replace(g.goal(0), title=f"Ziel {n // 3}" if n % 3 == 0 else f"Kennzahl {n}", kpi="zum selben Ziel" if n % 3 else "Umsatz", origin=f"gallery/goals/{n // 3}")
        for n in range(40)
    )  # fmt: skip
    blob, overflows = one(b.Goals(goals, "Ziele", "bei uns", "beim Kunden", "So liest man es."))
    assert list(overflows) == []
    tables = [
        shape.table
        for page in pptx.Presentation(io.BytesIO(blob)).slides
        for shape in page.shapes
        if shape.has_table
    ]
    firsts = [table.cell(1, 0).text_frame.text.split("\n") for table in tables]
    assert len(firsts) > 2
    assert any("Kennzahl" in title for title, _ in firsts)  # else nothing is shown by this
    for title, below in firsts:
        number = int(title.split()[1])
        assert below == (f"Ziel: Ziel {number // 3}" if "Kennzahl" in title else "Umsatz")


def test_the_rows_of_a_grid_are_as_many_as_their_names_leave_room_for() -> None:
    blob, overflows = one(matrix(9, 4, LONG_NAME))
    assert list(overflows) == []
    pages = list(pptx.Presentation(io.BytesIO(blob)).slides)
    grids = [shape.table for page in pages for shape in page.shapes if shape.has_table]
    assert len(grids) > 1
    assert sum(len(grid.rows) - 1 for grid in grids) == 9 + 1  # the last one has the sums


def test_a_footer_is_one_line_and_keeps_its_day() -> None:
    words = f"Rückhall Software GmbH · Kundenplan mit {'Niederlassungsleiterjahresgespräch' * 9} · 23. November 2026"
    blob, _ = render_deck(replace(deck(), footer=words), load_theme())
    page = list(pptx.Presentation(io.BytesIO(blob)).slides)[2]
    (said,) = (shape.text_frame.text for shape in page.placeholders if shape.name.startswith("Footer"))  # fmt: skip
    assert text_width(said, 10) <= FOOT
    assert said.startswith("Rückhall Software GmbH · Kundenplan mit Nieder")
    assert said.endswith("… · 23.\u00a0November 2026")
