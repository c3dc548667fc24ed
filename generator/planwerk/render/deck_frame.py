"""What stands around a slide's body: ours, and on a brand's own template.

Both give the same: where a slide's words go (`furnish`), and drawings of title, lines around the
body and foot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from xml.sax.saxutils import escape

from planwerk import blocks as b
from planwerk.render import slides_frame as ours
from planwerk.render.deck_layout import Layout, Role, Slot
from planwerk.render.slides_draw import Look, Pen, frame
from planwerk.render.slides_frame import Furniture, Title, furnish
from planwerk.render.slides_master import SOURCE
from planwerk.render.slides_text import (
    PT,
    Para,
    Span,
    height,
    line_count,
    measured_in,
    on_one_line,
    para,
    text_width,
    typeset,
)
from planwerk.render.slides_units import notes_of

LINES = 0.9
"""Centimetres that a footer may take, whatever its place says: two lines of small type."""
SMALLEST_TITLE, USUAL_TITLE = 16.0, 22.0
"""A title is never smaller, and smaller than the other only where it is alone in being so long."""
PAIRED = " · "
SHARES = (1.0, 0.9, 0.8, 0.7)
"""Templates leave bodies less room than ours does: one that does not fit is drawn smaller."""


class Frame(Protocol):
    """What stands around the body of one slide."""

    @property
    def shares(self) -> tuple[float, ...]:
        """At which shares of its usual size a body may stand, the last where none fits."""

    def furnish(self, slide: b.Slide, suffix: str, dark: bool) -> Furniture:
        """Where the words go; `suffix` is the part, such as "(1/2)"."""

    def retitled(self, found: Furniture, words: str, dark: bool) -> Furniture:
        """The same with another title."""

    def head(self, pen: Pen, slide: b.Slide, found: Furniture, dark: bool) -> None:
        """What stands above the body, in reading order."""

    def foot(self, pen: Pen, found: Furniture, words: str, dark: bool) -> None:
        """What stands around and below it."""

    def title_slide(self, pen: Pen, deck: b.Deck) -> None:
        """The cover."""


class OurFrame:
    """On our own master."""

    shares = (1.0,)

    def furnish(self, slide: b.Slide, suffix: str, dark: bool) -> Furniture:
        """See Frame."""
        return furnish(slide, suffix, dark)

    def retitled(self, found: Furniture, words: str, dark: bool) -> Furniture:
        """See Frame."""
        return replace(found, title=ours.fit_title(words))

    def head(self, pen: Pen, slide: b.Slide, found: Furniture, dark: bool) -> None:
        """See Frame."""
        ours.draw_head(pen, slide.kicker, found, slide.titled)

    def foot(self, pen: Pen, found: Furniture, words: str, dark: bool) -> None:
        """See Frame."""
        ours.draw_around(pen, found, dark)
        if found.source:
            pen.out.append(ours.placeholder(pen, "body", SOURCE, "Source", found.source))
        pen.out.append(ours.footer(pen, words, pen.pale if dark else pen.color("muted")))

    def title_slide(self, pen: Pen, deck: b.Deck) -> None:
        """See Frame."""
        ours.draw_title_slide(pen, deck)


@dataclass(frozen=True, slots=True)
class TheirFrame:
    """On a brand's own template: `content` is the layout of the slides that are not dark."""

    layouts: Mapping[Role, Layout]
    content: Role
    title_size: float
    """The size of titles in this deck, unless one is too long for it."""
    shares: tuple[float, ...] = SHARES

    def layout(self, dark: bool) -> Layout:
        """The layout of a slide."""
        return self.layouts["statement" if dark else self.content]

    def furnish(self, slide: b.Slide, suffix: str, dark: bool) -> Furniture:
        """See Frame."""
        layout = self.layout(dark)
        title = fitted(f"{slide.title} {suffix}".strip(), layout.title, self.title_size)
        caption, note = notes_of(slide.body)
        if caption in slide.title or caption == slide.subline:
            caption = ""
        above = caption if slide.subline else ""
        subline = slide.subline or caption
        if slide.kicker and layout.kicker is None:
            subline = PAIRED.join(filter(None, (slide.kicker, subline)))
        if subline and not (layout.subline and _one_line(subline, layout.subline, 12)):
            above, subline = " ".join(filter(None, (subline, above))), ""
        source, below = slide.source, ""
        if note and note.rstrip(".") not in source:
            source = ours.joined(source, note)
        if source and not (layout.source and _one_line(source, layout.source, 9.5)):
            source, below = "", source
        return Furniture(title, subline, source, above, below, layout.body)

    def retitled(self, found: Furniture, words: str, dark: bool) -> Furniture:
        """See Frame."""
        return replace(found, title=fitted(words, self.layout(dark).title, self.title_size))

    def head(self, pen: Pen, slide: b.Slide, found: Furniture, dark: bool) -> None:
        """See Frame."""
        layout, title = self.layout(dark), found.title
        if layout.panel:
            pen.box(layout.panel, layout.panel_color)
        if slide.kicker and layout.kicker:
            self.put(pen, layout.kicker, "Kicker", (para(slide.kicker),), 12)
        words = (para(title.words),)
        self.put(pen, layout.title, "Title", words, title.size)
        if not title.whole:
            room = f"{layout.title.area.w:.1f} × {layout.title.area.h:.1f} cm"
            pen.report(b.Overflow(slide.titled or pen.origin, title.words, room))
        if found.subline and layout.subline:
            size = _one_line(found.subline, layout.subline, 12)
            self.put(pen, layout.subline, "Subline", (para(found.subline),), size)

    def foot(self, pen: Pen, found: Furniture, words: str, dark: bool) -> None:
        """See Frame."""
        layout = self.layout(dark)
        ours.draw_around(pen, found, dark)
        if found.source and layout.source:
            size = _one_line(found.source, layout.source, 9.5)
            self.put(pen, layout.source, "Source", (para(found.source),), size)
        if layout.footer:
            size = _size((para(words),), layout.footer, min(layout.footer.size, 10.0), 7.0)
            area = layout.footer.area
            with measured_in(layout.footer.font):
                if height((para(words),), size, area.w) > max(area.h, LINES):
                    words = on_one_line(words, size, area.w - 0.2)
            self.put(pen, layout.footer, "Footer", (para(words),), size)
        if layout.number:
            pen.out.append(_number(pen, layout.number))

    def title_slide(self, pen: Pen, deck: b.Deck) -> None:
        """Title and subtitle in their places, the facts below the subtitle in the same."""
        layout = self.layouts["title"]
        lines = [para(line) for line in deck.title.split("\n")]
        size = _size(lines, layout.title, layout.title.size, 18.0)
        self.put(pen, layout.title, "Title", lines, size)
        below = layout.subline
        assert below is not None
        said = [para(deck.subtitle, after=6)] if deck.subtitle else []
        said += [para(f"{label}: {value}", scale=0.8, after=2) for label, value in deck.facts]
        size = _size(said, below, min(below.size, 24.0), 10.0)
        with measured_in(below.font):
            if height(said, size, below.area.w, below.bold) > below.area.h + 0.1:
                room = f"{below.area.w:.1f} × {below.area.h:.1f} cm"
                pen.report(b.Overflow("", " ".join(value for _, value in deck.facts), room))
        if said:
            self.put(pen, below, "Subtitle", said, size)

    def put(self, pen: Pen, slot: Slot, name: str, paras: Sequence[Para], size: float) -> None:
        """Words in a placeholder at a size that was measured, else in a text box."""
        if not slot.holder:
            pen.put(slot.area, paras, size, Look(slot.color or "ink", slot.bold, slot.align, slot.anchor))  # fmt: skip
            return
        lines = "".join(_line(pen, p, size, slot.align, last=p is paras[-1]) for p in paras)
        pen.out.append(
            f'<p:sp><p:nvSpPr>{pen.identity(name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {slot.holder}/></p:nvPr></p:nvSpPr><p:spPr/>'
            f"<p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>{lines}</p:txBody></p:sp>"
        )


def _line(pen: Pen, p: Para, size: float, align: str, last: bool) -> str:
    """A paragraph of a placeholder, with the spacing that was measured."""
    after = 0 if last else round(p.after * 100)
    space = f'<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{after}"/></a:spcAft><a:buNone/>'
    runs = "".join(
        f'<a:r><a:rPr lang="{pen.lang}" sz="{round(size * span.scale * 100)}" dirty="0"/><a:t>{escape(typeset(span.words))}</a:t></a:r>'
        for span in p.spans
    )
    return f'<a:p><a:pPr marL="0" indent="0" algn="{align}">{space}</a:pPr>{runs}</a:p>'


def _number(pen: Pen, slot: Slot) -> str:
    """The slide's number."""
    size = f' sz="{round(min(slot.size, 12.0) * 100)}"'
    field = f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{pen.lang}"{size} dirty="0"/><a:t>‹#›</a:t></a:fld>'
    if slot.holder:
        return (
            f'<p:sp><p:nvSpPr>{pen.identity("Number")}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {slot.holder}/></p:nvPr></p:nvSpPr><p:spPr/>'
            f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{field}</a:p></p:txBody></p:sp>"
        )
    return (
        f'<p:sp><p:nvSpPr>{pen.identity("Number")}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{frame(slot.area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="r"/>{field}</a:p></p:txBody></p:sp>'
    )


# --- measuring -----------------------------------------------------------------------------


def fitted(words: str, slot: Slot, largest: float) -> Title:
    """A title on one line, where that makes it little smaller, else on two, else on three, where its
    place has room for them."""
    size = min(largest, slot.size)
    for most, smallest in (
        (1, max(0.85 * size, USUAL_TITLE)),
        (2, USUAL_TITLE),
        (3, SMALLEST_TITLE),
    ):
        while size >= smallest:
            count = _lines(words, slot, size)
            if count <= most and count * size * slot.font.line <= slot.area.h * PT + 2:
                return Title(words, size, count, slot.area.w * PT)
            size -= 1.0
        size = min(largest, slot.size, *([USUAL_TITLE] if most > 1 else ()))
    return Title(words, SMALLEST_TITLE, 3, slot.area.w * PT, whole=False)


def title_size(titles: Sequence[str], slot: Slot) -> float:
    """One size for the titles of a deck: that at which all stand on two lines, but none too small."""
    sizes = [_largest(words, slot) for words in titles]
    return max(min(sizes, default=slot.size), min(USUAL_TITLE, slot.size))


def _largest(words: str, slot: Slot) -> float:
    """The largest size at which a title stands on two lines in its place."""
    size = slot.size
    while size > USUAL_TITLE:
        count = _lines(words, slot, size)
        if count <= 2 and count * size * slot.font.line <= slot.area.h * PT + 2:
            break
        size -= 1.0
    return size


def _lines(words: str, slot: Slot, size: float) -> int:
    said = words.upper() if slot.caps else words
    wide = slot.area.w * PT / (1 + slot.spaced / (0.45 * size))
    with measured_in(slot.font):
        return line_count((Span(said),), size, wide - 1, slot.bold)


def _one_line(words: str, slot: Slot, smallest: float) -> float:
    """The size at which words stand on one line of a text box; 0 where there is none."""
    size = slot.size
    while size >= smallest:
        if text_width(words, size, slot.bold) <= slot.area.w - 0.2:
            return size
        size -= 0.5
    return 0.0


def _size(paras: Sequence[Para], slot: Slot, largest: float, smallest: float) -> float:
    """The largest size at which paragraphs stand in a slot."""
    size = largest
    said = [replace(p, spans=tuple(replace(s, words=s.words.upper()) for s in p.spans)) for p in paras] if slot.caps else paras  # fmt: skip
    with measured_in(slot.font):
        while size > smallest and height(said, size, slot.area.w, slot.bold) > slot.area.h:
            size -= 1.0
    return max(size, min(smallest, largest))
