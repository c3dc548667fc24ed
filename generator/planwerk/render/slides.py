"""A deck of blocks into a PowerPoint file: native shapes, tables and charts, nothing overflowing.

The package is python-pptx's: its parts, relations and content types. Slides, tables and charts
are written as XML text and parsed once each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from xml.sax.saxutils import escape

from planwerk import blocks as b
from planwerk.render.assembly import Assembly, part
from planwerk.render.lower import in_words
from planwerk.render.slides_chart import ChartLook, slide_chart
from planwerk.render.slides_draw import QUOTE, Draw, Pen
from planwerk.render.slides_frame import (
    Furniture,
    draw_around,
    draw_head,
    draw_title_slide,
    fit_title,
    footer,
    furnish,
    placeholder,
)
from planwerk.render.slides_master import OWNER, SOURCE, SPACES, layout_names, template
from planwerk.render.slides_notes import notes_page
from planwerk.render.slides_plan import plates
from planwerk.theme import Theme

EMPTY = f'<p:sld {SPACES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>%s</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>'
DECK = "ppt/presentation.xml"
SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
FIRST_ID = 256
"""The schema's lowest number of a slide."""


def render_deck(deck: b.Deck, theme: Theme) -> tuple[bytes, tuple[b.Overflow, ...]]:
    """The deck as a .pptx, the same bytes for the same input, and what did not fit on it."""
    maker = _Maker(deck, theme)
    maker.title_slide()
    for slide in deck.slides:
        maker.slides(slide)
    return maker.file(), tuple(maker.overflows)


def _owned(parts: Mapping[str, bytes], owner: str) -> dict[str, bytes]:
    """The template's parts with the name of whom it is for now."""
    words = escape(owner, QUOTE).encode()
    return {n: c.replace(OWNER.encode(), words) if OWNER.encode() in c else c for n, c in parts.items()}  # fmt: skip


def _layouts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The layouts' parts by the names people see."""
    named = {n: re.search(rb'<p:cSld name="([^"]*)"', c) for n, c in parts.items() if n.startswith("ppt/slideLayouts/slide")}  # fmt: skip
    return {found[1].decode(): name for name, found in named.items() if found}


class _Maker:
    """Adds slides to a copy of the template."""

    def __init__(self, deck: b.Deck, theme: Theme) -> None:
        self.deck, self.theme = deck, theme
        parts = template(deck.language, deck.mark, str(theme.folder))
        self.made = Assembly(_owned(parts, deck.author), deck.author, deck.as_of)
        layouts, names = _layouts(parts), layout_names(deck.language, deck.mark)
        self.layouts = {role: layouts[escape(name)] for role, name in names.items()}
        self.relations: list[str] = []
        self.overflows: list[b.Overflow] = []
        self.titles: dict[str, int] = {}
        self.noted = 0

    # --- slides ------------------------------------------------------------------------------

    def title_slide(self) -> None:
        """The deck's cover."""
        name, pen = self.page("title", "")
        draw_title_slide(pen, self.deck)
        self.close(name, pen)

    def slides(self, slide: b.Slide) -> None:
        """A slide, or as many as its body needs, with the part in the title."""
        dark = isinstance(slide.body, b.BigNumber)
        said = in_words((slide.body,), self.deck.labels)
        slide = replace(slide, body=said[0] if len(said) == 1 else b.Section("", said))
        found, drawn = self.planned(slide, dark)
        for number, draw in enumerate(drawn, start=1):
            one = found
            if len(drawn) > 1:
                one = furnish(slide, self.part_words(number, len(drawn)), dark)
            self.slide(slide, one, draw, dark, number == 1)

    def planned(self, slide: b.Slide, dark: bool) -> tuple[Furniture, list[Draw]]:
        """Furniture and pages; a title with its part may be longer, so it is fitted again."""
        found = furnish(slide, "", dark)
        drawn = plates(slide.body, found.body(), self.deck.labels, slide.title)
        for _ in range(2):
            if len(drawn) > 1:
                before = found.body()
                found = furnish(slide, self.part_words(len(drawn), len(drawn)), dark)
                if found.body() == before:
                    break
                drawn = plates(slide.body, found.body(), self.deck.labels, slide.title)
        return found, drawn

    def part_words(self, number: int, count: int) -> str:
        """The part of a page, such as "(1/2)"."""
        return self.deck.labels["continued"].format(part=number, parts=count)

    def slide(self, slide: b.Slide, found: Furniture, draw: Draw, dark: bool, first: bool) -> None:
        """One page."""
        content = "content-marked" if self.deck.mark else "content"
        name, pen = self.page("statement" if dark else content, slide.origin)
        draw_head(pen, slide.kicker, self.unique(found))
        draw(pen, found.body())
        draw_around(pen, found, dark)
        if found.source:
            pen.out.append(placeholder(pen, "body", SOURCE, "Source", found.source))
        pen.out.append(footer(pen, self.deck.footer, pen.pale if dark else pen.color("muted")))
        self.close(name, pen)
        if slide.notes and first:
            self.notes(name, pen, slide.notes)

    def unique(self, found: Furniture) -> Furniture:
        """The furniture with a title that no other slide has."""
        words = found.title.words
        self.titles[words] = count = self.titles.get(words, 0) + 1
        if count == 1:
            return found
        return replace(found, title=fit_title(f"{words} ({count})"))

    # --- parts -------------------------------------------------------------------------------

    def page(self, role: str, origin: str) -> tuple[str, Pen]:
        """The name of a new slide on the layout of that role, and the pen that draws it."""
        name = f"ppt/slides/slide{len(self.relations) + 1}.xml"
        self.made.relate(name, "slideLayout", self.layouts[role])
        self.relations.append(self.made.relate(DECK, "slide", name))

        def relate(link: str) -> str:
            return self.made.relate(name, "hyperlink", link, external=True)

        def chart(block: b.Chart, look: ChartLook) -> str:
            made = slide_chart(block, self.theme, self.deck.language, look)
            return self.made.chart(name, made.xml, made.workbook)

        pen = Pen(
            self.theme, self.deck.language, self.deck.labels, self.overflows.append,
            relate, chart, origin,
        )  # fmt: skip
        return name, pen

    def close(self, name: str, pen: Pen) -> None:
        """What was drawn becomes the slide, in reading order."""
        self.made.add(name, part(EMPTY % "".join(pen.out)), SLIDE)

    def notes(self, name: str, pen: Pen, words: str) -> None:
        """Speaker notes, in the deck's language."""
        self.noted += 1
        notes_page(self.made, DECK, name, self.noted, words, pen.lang)

    def file(self) -> bytes:
        """The whole deck."""
        listed = "".join(
            f'<p:sldId id="{number}" r:id="{relation}"/>'
            for number, relation in enumerate(self.relations, start=FIRST_ID)
        )
        whole = f"<p:sldIdLst>{listed}</p:sldIdLst>".encode()
        self.made.parts[DECK] = self.made.parts[DECK].replace(b"<p:sldIdLst/>", whole, 1)
        title = " ".join(f"{self.deck.title} {self.deck.subtitle}".split())
        return self.made.file(title, self.deck.language)
