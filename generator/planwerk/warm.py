"""What every output needs once: done by the server that rendering processes are forked from.

A site, a document and a deck that say nothing are rendered in each language. Templates are
compiled, fonts and calendars read; a process that does one client's outputs and then ends
would do all that again, at as much as the outputs cost.
"""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from planwerk import blocks as b
from planwerk import formats
from planwerk.compose import portal
from planwerk.compose.marks import draft_mark
from planwerk.render.portal import render_site
from planwerk.render.slides import render_deck
from planwerk.render.word import render_document
from planwerk.theme import Theme, load_theme
from planwerk.words import LANGUAGES, Words, load_words

DAY = date(2000, 1, 1)
ROW = b.Row((b.Cell(b.text("a"), status=b.Status("good", "a")), b.Cell(b.text("1"))))
BODY: tuple[b.Block, ...] = (
    b.Paragraph(b.text("a")),
    b.Table((b.Column("a"), b.Column("b", "right")), (ROW,), "a"),
    b.Chart("line", "a", "a", ("a", "b"), (b.Series("a", (1.0, 2.0)),), "a"),
)


def warm() -> None:
    """Render what says nothing; nothing of it is kept but what it made the libraries know."""
    theme = load_theme()
    for language in LANGUAGES:
        say = load_words(language)
        formats.number(Decimal(1), language, 1)
        for said in (formats.short_day, formats.full_day, formats.long_day, formats.month):
            said(DAY, language)
        portal.prose_pages(language)
        _site(say, theme)
        _document(say, theme)
        _deck(say, theme)


def _site(say: Words, theme: Theme) -> None:
    for internal in (True, False):
        pages = (b.Page("index", "A", "A", BODY),)
        site = b.Site("A", say.language, internal, pages, "a", portal.labels(say))
        with tempfile.TemporaryDirectory(prefix="planwerk-") as work:
            render_site(site, theme, Path(work))


def _document(say: Words, theme: Theme) -> None:
    chapters = (b.Chapter("a", "a", BODY),)
    document = b.Document(
        "a", "a", "a", say.language, chapters, (), "a", "a", "a", DAY, portal.labels(say)
    )
    render_document(document, theme)


def _deck(say: Words, theme: Theme) -> None:
    slides = tuple(b.Slide("a", "a", block) for block in BODY)
    for mark in (None, draft_mark(say)):  # decks are for clients
        deck = b.Deck(
            "a", "a", "a", say.language, slides, (), "a", "a", DAY, portal.labels(say), mark
        )
        render_deck(deck, theme)
