"""Slides are filled and readable: measured on rendered pictures of the examples' decks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pptx
import pptx.util
import pytest
from PIL import Image

import composition
import gallery as g
from composition import LARGEST, MOST, SMALLEST, Slide, slides
from planwerk import blocks as b
from planwerk.audience import CLIENT, INTERNAL, project, shares_anything
from planwerk.compose import decks
from planwerk.compose.view import view_of
from planwerk.measure import measure
from planwerk.read import read
from planwerk.render.slides import render_deck
from planwerk.theme import load_theme

ROOT = Path(__file__).resolve().parents[1]
ACCOUNTS = ("alpenfracht", "quillbrook-pharmacies", "nordwind-logistik")
"""With few, some and many things to say."""
DRAWN = {"Bar", "Department", "Person", "Force", "Goal", "KPI", "Way"}
"""Groups of drawings, whose words are labels."""
FLOOR, HERO = 11.5, 44.0
"""Labels and full pages are no smaller, few words no larger."""
needs_pages = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftoppm")),
    reason="LibreOffice and pdftoppm make the pages",
)


def content(slide: Slide) -> bool:
    """Whether it is a slide of the body: no cover, and no number that stands alone on the dark."""
    return slide.layout not in {"Titel", "Title", "Große Zahl", "Big number"}


def emptier(slide: Slide) -> str:
    """Why a slide may be emptier; "" where it may not."""
    if "Person" in slide.groups and "Department" not in slide.groups:
        return "an organisation chart has the shape of the organisation"
    return ""


def sized(slide: Slide) -> tuple[float, float]:
    """Between which sizes most words of a slide stand, in points."""
    full = slide.letters >= 550 or slide.cells >= 40
    smallest = FLOOR if full or slide.groups & DRAWN else SMALLEST
    return smallest, HERO if slide.letters < 350 else LARGEST


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Slide]]:
    """What was measured of every deck of the accounts."""
    work, portfolio = tmp_path_factory.mktemp("decks"), read(ROOT).portfolio
    assert portfolio is not None
    portfolio, files = measure(portfolio), []
    for account in ACCOUNTS:
        shared = shares_anything(portfolio.account(account))
        for audience in (INTERNAL, CLIENT) if shared else (INTERNAL,):
            seen = project(portfolio, audience, account)
            for deck in decks.made(view_of(seen, seen.account(account))):
                path = work / f"{account}-{audience}-{deck.name}.pptx"
                path.write_bytes(render_deck(deck, load_theme())[0])
                files.append(path)
    return {path.stem: found for path, found in slides(files, work).items()}


@needs_pages
def test_no_slide_is_left_empty(measured: dict[str, list[Slide]]) -> None:
    assert len(measured) > 8
    empty = [
        f"{deck} {one.number}: {one.empty:.0%} {one.title}"
        for deck, found in measured.items()
        for one in found
        if content(one) and one.empty > MOST and not emptier(one)
    ]
    assert empty == []


@needs_pages
def test_words_of_bodies_are_neither_small_nor_shouting(measured: dict[str, list[Slide]]) -> None:
    wrong = [
        f"{deck} {one.number}: {one.size:g} pt {one.title}"
        for deck, found in measured.items()
        for one in found
        if content(one) and one.letters and not sized(one)[0] <= one.size <= sized(one)[1]
    ]
    assert wrong == []


@needs_pages
def test_an_empty_slide_and_small_words_are_found(tmp_path: Path) -> None:
    """What looks well passes; the same with most of it taken away, or in 9 points, does not."""
    full, bare, small = (tmp_path / f"{name}.pptx" for name in ("full", "bare", "small"))
    lines = (
        g.T(f"Ein Satz über Aufgabe {n}, der beinahe eine ganze Zeile füllt") for n in range(14)
    )
    body = b.Bullets(tuple((b.Paragraph(line),) for line in lines))
    slide = b.Slide("Aufgaben", "Neun Sätze", body)
    deck = b.Deck("d", "Test", "", "de", (slide,), (), "f", "a", g.DAYS[0], g.LABELS)
    full.write_bytes(render_deck(deck, load_theme())[0])
    read = pptx.Presentation(str(full))
    for shape in read.slides[1].shapes:
        if not shape.is_placeholder and shape.has_text_frame and shape.text_frame.text:
            for paragraph in shape.text_frame.paragraphs[1:]:
                paragraph._p.getparent().remove(paragraph._p)
    read.save(str(bare))
    read = pptx.Presentation(str(full))
    for shape in read.slides[1].shapes:
        if not shape.is_placeholder and shape.has_text_frame:
            for paragraph in shape.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size = pptx.util.Pt(9)
    read.save(str(small))
    found = slides([full, bare, small], tmp_path)
    (_, well), (_, empty), (_, tiny) = (found[path] for path in (full, bare, small))
    assert well.empty <= MOST < empty.empty
    assert well.size >= SMALLEST and tiny.size < FLOOR


def test_the_largest_empty_rectangle_is_found() -> None:
    picture = Image.new("L", (8, 5))
    picture.putpixel((3, 2), 255)
    assert composition.largest(picture) == 20  # four columns right of the point
    picture.putpixel((7, 0), 255)
    assert composition.largest(picture) == 16
