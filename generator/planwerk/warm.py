"""What every output needs once: done by the server that rendering processes are forked from.

A site, a document or a deck that says nothing is rendered in each language. Templates are
compiled, fonts and calendars read; a process that does one client's outputs and then ends
would do all that again, at as much as the outputs cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose import pictures, portal
from planwerk.compose.marks import draft_mark
from planwerk.compose.pages import GLOSSARY, shipped_page
from planwerk.model.house_page import HELP, PRIVACY
from planwerk.theme import Theme, load_theme
from planwerk.words import LANGUAGES, Words, load_kpi_words, load_telling, load_words

DAY = date(2000, 1, 1)
ROW = b.Row((b.Cell(b.text("a"), status=b.Status("good", "a")), b.Cell(b.text("1"))))
BODY: tuple[b.Block, ...] = (
    b.Paragraph(b.text("a")),
    b.Table((b.Column("a"), b.Column("b", "right")), (ROW,), "a"),
    b.Chart("line", "a", "a", ("a", "b"), (b.Series("a", (1.0, 2.0)),), "a"),
)


def portals() -> None:
    """What portals need, in each language."""
    theme = load_theme()
    for say in _languages():
        for name in (HELP, GLOSSARY, PRIVACY):
            shipped_page(name, say.language)
        _site(say, theme)


def reference() -> None:
    """What the pages that are the same in every house say, for who renders them again and again."""
    for say in _languages():
        portal.reference_pages(say.language)


def documents() -> None:
    """What Word documents need."""
    theme = load_theme()
    for say in _languages():
        _document(say, theme)


def slides() -> None:
    """What PowerPoint decks need."""
    theme = load_theme()
    for say in _languages():
        _deck(say, theme)


def _languages() -> Iterator[Words]:
    """The words of each language, when numbers and days can be said in it."""
    for language in LANGUAGES:
        formats.number(Decimal(1), language, 1)
        for said in (formats.short_day, formats.full_day, formats.long_day, formats.month):
            said(DAY, language)
        for words in (load_words(language), load_kpi_words(language), load_telling(language)):
            for section in words.all:
                words.all[section]  # texts are read section by section, as they are asked for
        yield load_words(language)


def _site(say: Words, theme: Theme) -> None:
    from planwerk.render import engine, shipped
    from planwerk.render import portal as rendering
    from planwerk.render.findable import findable

    for internal in (True, False):
        # every kind of picture and table once: what draws them is loaded and has seen all its texts
        pages = (
            b.Page("index", "A", "A", BODY),
            replace(pictures.page(say.language), name="other"),
        )
        site = b.Site("A", say.language, internal, pages, "a", portal.labels(say))
        written = rendering.markdown(site)
        made = engine.mkdocs(rendering.settings(site), written)
        engine.harden(made, site.labels)
        if internal:
            findable(site, written)
        shipped.site_assets(theme, site)


def _document(say: Words, theme: Theme) -> None:
    from planwerk.render.word import render_document

    chapters = (b.Chapter("a", "a", BODY),)
    document = b.Document(
        "a", "a", "a", say.language, chapters, (), "a", "a", "a", DAY, portal.labels(say)
    )
    render_document(document, theme)


def _deck(say: Words, theme: Theme) -> None:
    from planwerk.render.slides import render_deck

    pictures = tuple(b.Slide("a", "a", block) for block in BODY)
    for mark in (None, draft_mark(say)):
        deck = b.Deck(
            "a", "a", "a", say.language, pictures, (), "a", "a", DAY, portal.labels(say), mark
        )
        render_deck(deck, theme)
