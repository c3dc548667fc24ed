"""A deck of blocks into a PowerPoint file: native shapes, tables and charts, nothing overflowing.

The package is python-pptx's: its parts, relations and content types. Slides, tables and charts
are written as XML text and parsed once each.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pptx
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import SlidePart

from planwerk import blocks as b
from planwerk.render.package import normalise
from planwerk.render.slides_chart import ChartLook, slide_chart
from planwerk.render.slides_draw import Draw, Pen
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
from planwerk.render.slides_master import SOURCE, SPACES, layout_names, template
from planwerk.render.slides_plan import plates
from planwerk.theme import Theme

EMPTY = f'<p:sld {SPACES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>%s</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>'


def render_deck(deck: b.Deck, theme: Theme) -> tuple[bytes, tuple[b.Overflow, ...]]:
    """The deck as a .pptx, the same bytes for the same input, and what did not fit on it."""
    maker = _Maker(deck, theme)
    maker.title_slide()
    for slide in deck.slides:
        maker.slides(slide)
    out = io.BytesIO()
    maker.file.save(out)
    title = " ".join(f"{deck.title} {deck.subtitle}".split())
    blob = normalise(
        out.getvalue(), title=title, author=deck.author, language=deck.language, as_of=deck.as_of
    )
    return blob, tuple(maker.overflows)


class _Maker:
    """Adds slides to a copy of the template."""

    def __init__(self, deck: b.Deck, theme: Theme) -> None:
        self.deck, self.theme = deck, theme
        blob = template(deck.language, deck.mark, deck.author, theme.folder.name)
        self.file: Any = pptx.Presentation(io.BytesIO(blob))
        self.package = self.file.part.package
        self.names = layout_names(deck.language, deck.mark)
        self.layouts = {layout.name: layout.part for layout in self.file.slide_layouts}
        self.overflows: list[b.Overflow] = []
        self.titles: dict[str, int] = {}
        self.charts = self.count = 0

    # --- slides ------------------------------------------------------------------------------

    def title_slide(self) -> None:
        """The deck's cover."""
        part, pen = self.page("title", "")
        draw_title_slide(pen, self.deck)
        self.close(part, pen)

    def slides(self, slide: b.Slide) -> None:
        """A slide, or as many as its body needs, with the part in the title."""
        dark = isinstance(slide.body, b.BigNumber)
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
                found = furnish(slide, self.part_words(len(drawn), len(drawn)), dark)
                drawn = plates(slide.body, found.body(), self.deck.labels, slide.title)
        return found, drawn

    def part_words(self, number: int, count: int) -> str:
        """The part of a page, such as "(1/2)"."""
        return self.deck.labels["continued"].format(part=number, parts=count)

    def slide(self, slide: b.Slide, found: Furniture, draw: Draw, dark: bool, first: bool) -> None:
        """One page."""
        content = "content-marked" if self.deck.mark else "content"
        part, pen = self.page("statement" if dark else content, slide.origin)
        draw_head(pen, slide.kicker, self.unique(found))
        draw(pen, found.body())
        draw_around(pen, found, dark)
        if found.source:
            pen.out.append(placeholder(pen, "body", SOURCE, "Source", found.source))
        pen.out.append(footer(pen, self.deck.footer, pen.pale if dark else pen.color("muted")))
        self.close(part, pen)
        if slide.notes and first:
            self.notes(part, pen, slide.notes)

    def unique(self, found: Furniture) -> Furniture:
        """The furniture with a title that no other slide has."""
        words = found.title.words
        self.titles[words] = count = self.titles.get(words, 0) + 1
        if count == 1:
            return found
        return replace(found, title=fit_title(f"{words} ({count})"))

    # --- parts -------------------------------------------------------------------------------

    def page(self, role: str, origin: str) -> tuple[Any, Pen]:
        """A new slide part on the layout of that role, and the pen that draws it."""
        self.count += 1
        name = PackURI(f"/ppt/slides/slide{self.count}.xml")
        stub = (EMPTY % "").encode()
        part = SlidePart.load(name, CT.PML_SLIDE, self.package, stub)
        part.relate_to(self.layouts[self.names[role]], RT.SLIDE_LAYOUT)
        relation = self.file.part.relate_to(part, RT.SLIDE)
        self.file.part._element.get_or_add_sldIdLst().add_sldId(relation)

        def relate(link: str) -> str:
            return str(part.relate_to(link, RT.HYPERLINK, is_external=True))

        def chart(block: b.Chart, look: ChartLook) -> str:
            return self.chart(part, block, look)

        pen = Pen(
            self.theme, self.deck.language, self.deck.labels, self.overflows.append,
            relate, chart, origin,
        )  # fmt: skip
        return part, pen

    def close(self, part: Any, pen: Pen) -> None:
        """What was drawn becomes the slide, in reading order."""
        part._element = parse_xml((EMPTY % "".join(pen.out)).encode())

    def chart(self, part: Any, block: b.Chart, look: ChartLook) -> str:
        """A chart part with its workbook; the relation from the slide to it."""
        self.charts += 1
        made = slide_chart(block, self.theme, self.deck.language, look)
        sheet = PackURI(f"/ppt/embeddings/sheet{self.charts}.xlsx")
        name = PackURI(f"/ppt/charts/chart{self.charts}.xml")
        drawn = Part(name, CT.DML_CHART, self.package, made.xml)
        drawn.relate_to(Part(sheet, CT.SML_SHEET, self.package, made.workbook), RT.PACKAGE)
        return str(part.relate_to(drawn, RT.CHART))

    def notes(self, part: Any, pen: Pen, words: str) -> None:
        """Speaker notes, in the deck's language."""
        frame = part.notes_slide.notes_text_frame
        frame.text = words
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run._r.get_or_add_rPr().set("lang", pen.lang)
