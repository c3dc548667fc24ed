"""A Deck of blocks into a PowerPoint file: native shapes, tables and charts, nothing overflowing."""

from __future__ import annotations

import copy
import io
from typing import Any

import pptx
from pptx.oxml.ns import qn
from pptx.util import Pt

from planwerk import blocks as b
from planwerk.render.package import normalise
from planwerk.render.slides_bodies import draw, pages
from planwerk.render.slides_draw import Canvas, one_line
from planwerk.render.slides_master import (
    CONTENT,
    FOOTER,
    KICKER,
    NAMES,
    NUMBER,
    SOURCE,
    SUBLINE,
    template,
)
from planwerk.render.slides_text import PT, Para, Span, line_count, typeset
from planwerk.theme import Theme

TITLE = 26.0


def render_deck(deck: b.Deck, theme: Theme) -> tuple[bytes, tuple[b.Overflow, ...]]:
    """The deck as a .pptx, the same bytes for the same input, and what did not fit on it."""
    maker = _Maker(deck, theme)
    maker.title_slide()
    for slide in deck.slides:
        maker.slides(slide)
    out = io.BytesIO()
    maker.file.save(out)
    title = f"{deck.title} {deck.subtitle}"
    blob = normalise(
        out.getvalue(), title=title, author=deck.author, language=deck.language, as_of=deck.as_of
    )
    return blob, tuple(maker.overflows)


class _Maker:
    """Adds slides to a copy of the template."""

    def __init__(self, deck: b.Deck, theme: Theme) -> None:
        self.deck, self.theme = deck, theme
        blob = template(
            deck.language, deck.labels["internal_banner"], deck.author, theme.folder.name
        )
        self.file: Any = pptx.Presentation(io.BytesIO(blob))
        self.layouts = {layout.name: layout for layout in self.file.slide_layouts}
        self.overflows: list[b.Overflow] = []
        self.titles: dict[str, int] = {}

    def layout(self, role: str) -> Any:
        return self.layouts[NAMES[self.deck.language][role]]

    def canvas(self, slide: Any) -> Canvas:
        return Canvas(slide, self.theme, self.deck.language, self.deck.labels, self.overflows)

    def title_slide(self) -> None:
        deck = self.deck
        slide = self.file.slides.add_slide(self.layout("title"))
        canvas = self.canvas(slide)
        self.fill(slide.shapes.title, deck.title, canvas.lang)
        self.fill(slide.placeholders[1], deck.subtitle, canvas.lang)
        y = 4.6
        for label, value in deck.facts[:4]:
            words = [
                Para((Span(label, True, self.theme.color("accent-text"), 0.75),), 2),
                Para((Span(value, True, "primary"),)),
            ]
            canvas.text(23.3, y, 9.2, 3.2, words, 17, 11.5)
            y += 3.3
        canvas.finish()

    def slides(self, slide: b.Slide) -> None:
        """A slide, or as many as its body needs, with the part in the title."""
        parts = pages(slide.body, self.deck.labels)
        for number, part in enumerate(parts, start=1):
            title = slide.title
            if len(parts) > 1:
                title += " " + self.deck.labels["continued"].format(part=number, parts=len(parts))
            self.slide(slide, title, part)

    def slide(self, slide: b.Slide, title: str, body: b.Block) -> None:
        statement = isinstance(body, b.BigNumber) and not self.deck.internal
        role = "statement" if statement else "content-internal" if self.deck.internal else "content"
        made = self.file.slides.add_slide(self.layout(role))
        canvas = self.canvas(made)
        two_lines = self.set_title(made, self.unique(title), slide, canvas.lang)
        subline, source = slide.subline, slide.source
        if two_lines and subline:
            joined = f"{subline}. {source}" if source else subline
            source = joined if one_line(typeset(joined), 10.5, CONTENT) else source
            subline = ""
        self.placeholders(
            made, {KICKER: slide.kicker, SUBLINE: subline, SOURCE: source}, canvas.lang
        )
        self.furniture(made, canvas.lang)
        draw(canvas, body)
        canvas.finish()
        if slide.notes:
            made.notes_slide.notes_text_frame.text = slide.notes

    def unique(self, title: str) -> str:
        """The title, told apart from one that the deck already has."""
        self.titles[title] = count = self.titles.get(title, 0) + 1
        return title if count == 1 else f"{title} ({count})"

    def set_title(self, made: Any, words: str, slide: b.Slide, lang: str) -> bool:
        """One line at 26 to 24 points, else two balanced lines; True for two."""
        shape = made.shapes.title
        self.fill(shape, words, lang)
        room = CONTENT * PT
        spans = (Span(words),)
        for size in (26.0, 25.0, 24.0):
            if line_count(spans, size, room, True) == 1:
                if size != TITLE:
                    shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
                return False
        if line_count(spans, TITLE, room, True) > 2:
            self.overflows.append(b.Overflow(slide.origin, words, "2 lines"))
            shape.text_frame.paragraphs[0].runs[0].font.size = Pt(18)
            return True
        low, high = room * 0.5, room
        while high - low > 2:
            middle = (low + high) / 2
            low, high = (
                (low, middle) if line_count(spans, TITLE, middle, True) <= 2 else (middle, high)
            )
        frame = shape._element.txBody.find(qn("a:bodyPr"))
        for side in ("lIns", "tIns", "bIns"):
            frame.set(side, "0")
        frame.set("rIns", str(round((room - min(room, high * 1.04)) * 12700)))
        return True

    def fill(self, shape: Any, words: str, lang: str) -> None:
        """Words into a placeholder, with their language."""
        shape.text_frame.text = typeset(words)
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                run._r.get_or_add_rPr().set("lang", lang)

    def placeholders(self, made: Any, words: dict[int, str], lang: str) -> None:
        """Fill or remove: an empty placeholder would show its prompt."""
        for shape in list(made.placeholders):
            index = shape.placeholder_format.idx
            if index in words:
                if words[index]:
                    self.fill(shape, words[index], lang)
                else:
                    shape._element.getparent().remove(shape._element)

    def furniture(self, made: Any, lang: str) -> None:
        """Footer and number: python-pptx does not copy them from the layout."""
        for shape in made.slide_layout.placeholders:
            if shape.placeholder_format.idx in (FOOTER, NUMBER):
                element = copy.deepcopy(shape.element)
                body = element.find(qn("p:txBody"))
                style = body.find(qn("a:lstStyle"))
                for child in list(style):
                    style.remove(child)
                if shape.placeholder_format.idx == FOOTER:
                    body.find(f"{qn('a:p')}/{qn('a:r')}/{qn('a:t')}").text = self.deck.footer
                element.nvSpPr.cNvPr.set("id", str(60 + shape.placeholder_format.idx))
                made.shapes._spTree.append(element)
