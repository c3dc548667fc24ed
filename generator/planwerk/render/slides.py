"""A deck of blocks into a PowerPoint file: native shapes, tables and charts, nothing overflowing.

The package is python-pptx's: its parts, relations and content types. Slides, tables and charts
are written as XML text and parsed once each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from xml.sax.saxutils import escape

from planwerk import blocks as b
from planwerk.render.assembly import Assembly, part
from planwerk.render.deck_scale import scaled
from planwerk.render.deck_stage import stage
from planwerk.render.lower import in_words
from planwerk.render.slides_area import Area
from planwerk.render.slides_chart import ChartLook, slide_chart
from planwerk.render.slides_draw import QUOTE, Draw, Pen
from planwerk.render.slides_frame import Furniture
from planwerk.render.slides_master import OWNER, SPACES
from planwerk.render.slides_notes import notes_page
from planwerk.render.slides_plan import plates
from planwerk.render.slides_text import measured_in
from planwerk.theme import Theme

EMPTY = f'<p:sld {SPACES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>%s</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>'
DECK = "ppt/presentation.xml"
SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
FIRST_ID = 256
"""The schema's lowest number of a slide."""


def render_deck(deck: b.Deck, theme: Theme) -> tuple[bytes, tuple[b.Overflow, ...]]:
    """The deck as a .pptx, the same bytes for the same input, and what did not fit on it."""
    maker = _Maker(deck, theme)
    with measured_in(maker.stage.font):
        maker.title_slide()
        for slide in deck.slides:
            maker.slides(slide)
    return maker.file(), tuple(maker.overflows)


def _owned(parts: Mapping[str, bytes], owner: str) -> dict[str, bytes]:
    """The template's parts with the name of whom it is for now."""
    words = escape(owner, QUOTE).encode()
    return {n: c.replace(OWNER.encode(), words) if OWNER.encode() in c else c for n, c in parts.items()}  # fmt: skip


class _Maker:
    """Adds slides to a copy of the template."""

    def __init__(self, deck: b.Deck, theme: Theme) -> None:
        self.deck, self.stage = deck, stage(deck, theme)
        self.theme, self.frame = self.stage.theme, self.stage.frame
        self.made = Assembly(_owned(self.stage.parts, deck.author), deck.author, deck.as_of)
        self.relations: list[str] = []
        self.overflows: list[b.Overflow] = []
        self.titles: dict[str, int] = {}
        self.noted = 0
        self.share, self.fits = 1.0, True

    # --- slides ------------------------------------------------------------------------------

    def title_slide(self) -> None:
        """The deck's cover."""
        name, pen = self.page("title", "")
        self.frame.title_slide(pen, self.deck)
        self.close(name, pen)

    def slides(self, slide: b.Slide) -> None:
        """A slide, or as many as its body needs, with the part in the title.

        Where a body does not fit, the frame may allow it a smaller scale.
        """
        dark = isinstance(slide.body, b.BigNumber)
        said = in_words((slide.body,), self.deck.labels)
        slide = replace(slide, body=said[0] if len(said) == 1 else b.Section("", said))
        *tried, last = self.frame.shares
        for share in tried:
            before = self.state()
            if self.pages(slide, dark, share):
                return
            self.restore(before)
        self.pages(slide, dark, last)

    def pages(self, slide: b.Slide, dark: bool, share: float) -> bool:
        """The pages of a slide at `share` of the usual size of its body; whether that fits."""
        self.share, self.fits = share, True
        found, drawn = self.planned(slide, dark)
        for number, draw in enumerate(drawn, start=1):
            one = found
            if len(drawn) > 1:
                one = self.frame.furnish(slide, self.part_words(number, len(drawn)), dark)
            self.slide(slide, one, draw, dark, number == 1)
        return self.fits

    def planned(self, slide: b.Slide, dark: bool) -> tuple[Furniture, list[Draw]]:
        """Furniture and pages; a title with its part may be longer, so it is fitted again."""
        found = self.frame.furnish(slide, "", dark)
        drawn = plates(slide.body, self.room(found), self.deck.labels, slide.title)
        for _ in range(2):
            if len(drawn) > 1:
                before = found.body()
                found = self.frame.furnish(slide, self.part_words(len(drawn), len(drawn)), dark)
                if found.body() == before:
                    break
                drawn = plates(slide.body, self.room(found), self.deck.labels, slide.title)
        return found, drawn

    def room(self, found: Furniture) -> Area:
        """What the body has, in its own scale."""
        body = found.body()
        return Area(*(v / self.share for v in (body.x, body.y, body.w, body.h)))

    def state(self) -> tuple[Assembly, list[str], dict[str, int], int, int]:
        """What `restore` leads back to."""
        return self.made.state(), [*self.relations], {**self.titles}, self.noted, len(self.overflows)  # fmt: skip

    def restore(self, state: tuple[Assembly, list[str], dict[str, int], int, int]) -> None:
        """Leave away the slides that came since."""
        made, self.relations, self.titles, self.noted, known = state
        self.made.restore(made)
        del self.overflows[known:]

    def part_words(self, number: int, count: int) -> str:
        """The part of a page, such as "(1/2)"."""
        return self.deck.labels["continued"].format(part=number, parts=count)

    def slide(self, slide: b.Slide, found: Furniture, draw: Draw, dark: bool, first: bool) -> None:
        """One page."""
        content = "content-marked" if self.deck.mark else "content"
        name, pen = self.page("statement" if dark else content, slide.origin)
        self.frame.head(pen, slide, self.unique(found, dark), dark)
        self.body(pen, draw, found)
        self.frame.foot(pen, found, self.deck.footer, dark)
        self.close(name, pen)
        if slide.notes and first:
            self.notes(name, pen, slide.notes)

    def body(self, pen: Pen, draw: Draw, found: Furniture) -> None:
        """The body in its own scale; notes whether it fits."""
        before, known = pen.out, len(self.overflows)
        pen.out = []
        draw(pen, self.room(found))
        pen.out = [*before, scaled("".join(pen.out), self.share)]
        self.fits = self.fits and len(self.overflows) == known

    def unique(self, found: Furniture, dark: bool) -> Furniture:
        """The furniture with a title that no other slide has."""
        words = found.title.words
        self.titles[words] = count = self.titles.get(words, 0) + 1
        if count == 1:
            return found
        return self.frame.retitled(found, f"{words} ({count})", dark)

    # --- parts -------------------------------------------------------------------------------

    def page(self, role: str, origin: str) -> tuple[str, Pen]:
        """The name of a new slide on the layout of that role, and the pen that draws it."""
        name = f"ppt/slides/slide{len(self.relations) + 1}.xml"
        self.made.relate(name, "slideLayout", self.stage.layouts[role])
        self.relations.append(self.made.relate(DECK, "slide", name))

        def relate(link: str) -> str:
            return self.made.relate(name, "hyperlink", link, external=True)

        def chart(block: b.Chart, look: ChartLook) -> str:
            made = slide_chart(block, self.theme, self.deck.language, look)
            drawn = scaled(made.xml.decode(), self.stage.scale * self.share).encode()
            return self.made.chart(name, drawn, made.workbook)

        pen = Pen(
            self.theme, self.deck.language, self.deck.labels, self.overflows.append,
            relate, chart, origin,
        )  # fmt: skip
        return name, pen

    def close(self, name: str, pen: Pen) -> None:
        """What was drawn becomes the slide, in reading order."""
        self.made.add(name, part(EMPTY % scaled("".join(pen.out), self.stage.scale)), SLIDE)

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
