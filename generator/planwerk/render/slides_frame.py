"""The furniture of a slide: title, kicker, subline, source, footer and number as placeholders."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from planwerk import blocks as b
from planwerk.render.measure import shared_out
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import Look, Pen, solid
from planwerk.render.slides_master import (
    BOTTOM,
    CONTENT,
    FOOT,
    FOOTER,
    KICKER,
    MARGIN,
    NUMBER,
    SUBLINE,
    TOP,
)
from planwerk.render.slides_text import (
    PT,
    Para,
    Place,
    Span,
    fit,
    height,
    line_count,
    on_one_line,
    para,
    shortened,
    text_width,
    typeset,
    words_of,
)
from planwerk.render.slides_units import notes_of

SIZES = (26.0, 25.0, 24.0)
LAST_RESORT, LAST_ROOM = 18.0, 2.4
SOURCE_SIZE = 10.5
REGION = Area(MARGIN, TOP, CONTENT, BOTTOM - TOP)
"""Where bodies stand on our own master."""


@dataclass(frozen=True, slots=True)
class Title:
    """A fitted title: its size, its number of lines, and the width that balances two lines."""

    words: str
    size: float
    lines: int
    room: float
    whole: bool = True
    """Whether it stands where it is asked to."""


def fit_title(words: str) -> Title:
    """One line at 26 to 24 points, else two balanced lines at 26, else three for the report."""
    full = CONTENT * PT
    spans = (Span(words),)
    for size in SIZES:
        if line_count(spans, size, full, True) == 1:
            return Title(words, size, 1, full)
    if line_count(spans, SIZES[0], full, True) > 2:
        return Title(words, LAST_RESORT, 3, full, whole=False)
    low, high = full * 0.5, full
    while high - low > 2:
        middle = (low + high) / 2
        if line_count(spans, SIZES[0], middle, True) <= 2:
            high = middle
        else:
            low = middle
    return Title(words, SIZES[0], 2, min(full, high * 1.04))


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands round a body; `above` and `below` found no other place than the body itself."""

    title: Title
    subline: str
    source: str
    above: str = ""
    below: str = ""
    region: Area = REGION
    """All that is left by title and foot."""

    def body(self) -> Area:
        """What is left for the block between the lines above and below."""
        whole = self.region
        top = _tall(self.above, 14, whole.w) + 0.15 if self.above else 0.0
        foot = _tall(self.below, 12, whole.w) + 0.2 if self.below else 0.0
        return Area(whole.x, whole.y + top, whole.w, whole.h - top - foot)


def _tall(words: str, size: float, wide: float) -> float:
    return min(height((para(words),), size, wide) + 0.05, 2.2)


def _one_line(words: str) -> bool:
    return text_width(words, SOURCE_SIZE) <= CONTENT - 0.2


def joined(first: str, second: str) -> str:
    """Two sentences, or the one that there is."""
    if not first or not second:
        return first or second
    return f"{first}{'' if first.endswith(('.', '!', '?')) else '.'} {second}"


def furnish(slide: b.Slide, suffix: str, dark: bool) -> Furniture:
    """Where a slide's words go; `suffix` is the part such as "(1/2)"."""
    title = fit_title(f"{slide.title} {suffix}".strip())
    caption, note = notes_of(slide.body)
    if caption in slide.title or caption == slide.subline:
        caption = ""
    above = below = ""
    subline, source = slide.subline or caption, slide.source
    if caption and slide.subline:
        above = caption
    if note and note.rstrip(".") not in source:
        both = joined(source, note)
        if _one_line(both):
            source = both
        else:
            below = note
    if subline and (title.lines > 1 or dark):
        both = joined(subline, source)
        if _one_line(both):
            source = both
        elif caption and not slide.subline:
            above = caption
        subline = ""
    if source and not _one_line(source):
        below, source = joined(source, below), ""
    return Furniture(title, subline, source, above, below)


# --- placeholders ----------------------------------------------------------------------------


def placeholder(
    pen: Pen, kind: str, index: int | None, name: str, words: str, size: float | None = None,
    inset: float = 0.0, about: str = "",
) -> str:  # fmt: skip
    """A filled placeholder; geometry and manner come from its layout."""
    place = f' idx="{index}"' if index is not None else ""
    quarter = ' sz="quarter"' if kind == "body" else ""
    own = f' sz="{round(size * 100)}"' if size else ""
    right = f' lIns="0" tIns="0" rIns="{round(inset * 12700)}" bIns="0"' if inset else ""
    run = f'<a:rPr lang="{pen.lang}"{own} dirty="0"/>'
    lines = f"<a:br>{run}</a:br>".join(
        f"<a:r>{run}<a:t>{escape(typeset(part))}</a:t></a:r>" for part in words.split("\n")
    )
    return (
        f'<p:sp><p:nvSpPr>{pen.identity(name, about)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{quarter}{place}/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr{right}><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p>{lines}</a:p></p:txBody></p:sp>"
    )


def footer(pen: Pen, words: str, color: str) -> str:
    """Footer and slide number, which slides do not inherit by themselves."""
    words = on_one_line(words, 10, FOOT - 0.1)
    manner = (
        f'lang="{pen.lang}" sz="1000" dirty="0">{solid(color)}<a:latin typeface="+mn-lt"/></a:rPr>'
    )
    shapes = (
        ("ftr", FOOTER, "Footer", "", f"<a:r><a:rPr {manner}<a:t>{escape(typeset(words))}</a:t></a:r>"),
        ("sldNum", NUMBER, "Number", '<a:pPr algn="r"/>',
         f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr {manner}<a:t>‹#›</a:t></a:fld>'),
    )  # fmt: skip
    return "".join(
        f'<p:sp><p:nvSpPr>{pen.identity(name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{align}{run}</a:p></p:txBody></p:sp>"
        for kind, index, name, align, run in shapes
    )


def draw_head(pen: Pen, kicker: str, found: Furniture, titled: str = "") -> None:
    """Kicker, title and subline, in reading order; `titled` is where the title was written."""
    title = found.title
    if kicker:
        pen.out.append(placeholder(pen, "body", KICKER, "Kicker", kicker))
    size = None if title.size == SIZES[0] else title.size
    inset = CONTENT * PT - title.room if title.lines == 2 else 0.0
    if title.whole:
        pen.out.append(placeholder(pen, "title", None, "Title", title.words, size, inset))
    else:
        pen.report(b.Overflow(titled or pen.origin, title.words, "2 × 26 pt"))
        shown = words_of(
            shortened(Place((para(title.words),), CONTENT, LAST_ROOM, True), title.size)
        )
        pen.out.append(placeholder(pen, "title", None, "Title", shown, size, about=title.words))
    if found.subline:
        pen.out.append(placeholder(pen, "body", SUBLINE, "Subline", found.subline))


def draw_around(pen: Pen, found: Furniture, dark: bool) -> None:
    """The lines above and below a body that stand inside its region."""
    color, whole = pen.pale if dark else "muted", found.region
    if found.above:
        place = Area(whole.x, whole.y, whole.w, _tall(found.above, 14, whole.w))
        pen.text(place, para(found.above), 14, 12, Look(color))
    if found.below:
        tall = _tall(found.below, 12, whole.w)
        place = Area(whole.x, whole.y + whole.h - tall, whole.w, tall)
        pen.text(place, para(found.below), 12, 10.5, Look(color))


def draw_title_slide(pen: Pen, deck: b.Deck) -> None:
    """Title and subtitle on the dark ground, the facts in the panel."""
    words = deck.title
    size = fit([Place((para(line),), 18.7, 1.9, True) for line in words.split("\n")], 44, 26)
    while size > 26 and height([para(line) for line in words.split("\n")], size, 18.7, True) > 4.1:
        size -= 1
    pen.out.append(placeholder(pen, "ctrTitle", None, "Title", words, None if size == 44 else size))
    if deck.subtitle:
        pen.out.append(placeholder(pen, "subTitle", 1, "Subtitle", deck.subtitle))
    _facts(pen, deck.facts)


def _fact(pen: Pen, label: str, value: str) -> list[Para]:
    return [para(label, "accent-text", 0.68, True, 2), para(value, "primary", 1.0, True)]


NEAREST = 0.5
"""What is between facts at least, in centimetres."""


def _facts(pen: Pen, facts: tuple[tuple[str, str], ...]) -> None:
    area = Area(24.0, 2.0, 33.867 - 1.6 - 24.0, 15.0)
    size = 18.0
    while True:
        talls = [height(_fact(pen, *f), size, area.w) for f in facts]
        if sum(talls) + 1.0 * (len(facts) - 1) <= area.h or size <= 12:
            break
        size -= 0.5
    talls = shared_out(talls, area.h - NEAREST * max(len(facts) - 1, 0))
    gap = min(1.5, (area.h - sum(talls)) / max(len(facts) - 1, 1))
    y = area.y
    for i, ((label, value), tall) in enumerate(zip(facts, talls, strict=True)):
        if i:
            pen.line(area.x, y - gap / 2, area.x + area.w, y - gap / 2)
        pen.text(Area(area.x, y, area.w, tall), _fact(pen, label, value), size, size)
        y += tall + gap
