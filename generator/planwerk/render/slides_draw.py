"""Drawing on a slide: boxes, lines, text at measured sizes, marks, persons, groups.

Shapes are written as XML text and parsed once a slide, which is several times faster than
setting properties one by one. What says something has words or alt text; the rest is marked
decorative. No shape carries `p:style`, so no theme shadow or outline can come through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from planwerk import blocks as b
from planwerk.render.lower import MARKS
from planwerk.render.slides_area import Area
from planwerk.render.slides_chart import ChartLook
from planwerk.render.slides_master import DECORATIVE, emu, spoken
from planwerk.render.slides_text import (
    NBSP,
    PT,
    SMALLEST,
    Para,
    Place,
    Span,
    fit,
    height,
    scaled,
    shortened,
    soften,
    text_width,
    typeset,
    words_of,
)
from planwerk.theme import Theme, mix

LEVELS: Mapping[b.Level, str] = {
    "good": "good", "done": "good", "warn": "warn", "bad": "bad", "run": "c1", "plan": "muted",
    "open": "muted", "neutral": "muted", "chance": "c1", "no": "muted",
}  # fmt: skip
"""The colour of each level; the shape beside it and the word say the same."""
PARTNERS = ("c5", "c6", "c4")
WHITE = "FFFFFF"
QUOTE = {'"': "&quot;", "\n": " "}
OVER = 0.15
"""Centimetres that words may stand out of their area before it is said."""


@lru_cache(maxsize=1024)
def _named(name: str) -> str:
    """A shape's name in XML; most shapes have one of few."""
    return escape(name, QUOTE)


@dataclass(frozen=True, slots=True)
class Look:
    """How a text stands in its area."""

    color: str = "ink"
    bold: bool = False
    align: str = "l"
    anchor: str = "t"
    origin: str = ""
    ground: str = ""


class Pen:
    """Draws one slide; `report` takes what does not fit, `relate` makes relations of its part."""

    def __init__(
        self,
        theme: Theme,
        language: str,
        labels: Mapping[str, str],
        report: Callable[[b.Overflow], None],
        relate: Callable[[str], str],
        chart: Callable[[b.Chart, ChartLook], str],
        origin: str = "",
    ) -> None:
        self.theme, self.labels = theme, labels
        self.language, self.lang = language, spoken(language)
        self.report, self.relate, self.chart_part = report, relate, chart
        self.origin = origin
        self.out: list[str] = []
        self.last_id = 20

    def color(self, token: str) -> str:
        """A colour of the brand as six hex digits; six hex digits stay as they are.

        `pale` and `pale-accent` are for words on the primary ground.
        """
        if token == "pale":
            return self.pale
        if token == "pale-accent":
            return self.tint("accent", 0.45, WHITE)
        return self.theme.light.get(token, token)

    def tint(self, token: str, share: float, ground: str = WHITE) -> str:
        """A colour mixed into white or another ground."""
        return mix(self.color(token), share, self.color(ground))

    @property
    def pale(self) -> str:
        """Secondary text on the primary ground."""
        return self.tint(WHITE, 0.78, "primary")

    def identity(self, name: str, about: str = "", decorative: bool = False) -> str:
        """`p:cNvPr` with the slide's next id."""
        self.last_id += 1
        words = f' descr="{escape(about, QUOTE)}"' if about else ""
        label = _named(name)
        start = f'<p:cNvPr id="{self.last_id}" name="{label} {self.last_id}"{words}'
        return f"{start}>{DECORATIVE}</p:cNvPr>" if decorative else f"{start}/>"

    @contextmanager
    def group(self, area: Area, name: str, about: str) -> Iterator[None]:
        """Everything drawn inside becomes one named group with alt text."""
        before, self.out = self.out, []
        identity = self.identity(name, about)
        yield
        inner, self.out = "".join(self.out), before
        place = f'<a:off x="{emu(area.x)}" y="{emu(area.y)}"/><a:ext cx="{emu(area.w)}" cy="{emu(area.h)}"/>'
        child = place.replace("a:off", "a:chOff").replace("a:ext ", "a:chExt ")
        self.out.append(
            f"<p:grpSp><p:nvGrpSpPr>{identity}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{place}{child}</a:xfrm></p:grpSpPr>{inner}</p:grpSp>"
        )

    # --- shapes ------------------------------------------------------------------------------

    def box(
        self, area: Area, fill: str = "", line: str = "", shape: str = "rect",
        weight: float = 0.75, dash: str = "", adjust: str = "",
    ) -> None:  # fmt: skip
        """A decorative shape."""
        ground = solid(self.color(fill)) if fill else "<a:noFill/>"
        guides = f"<a:avLst>{adjust}</a:avLst>" if adjust else "<a:avLst/>"
        edge = self.edge(line, weight, dash) if line else "<a:ln><a:noFill/></a:ln>"
        self.out.append(
            f"<p:sp><p:nvSpPr>{self.identity('Form', decorative=True)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f'<p:spPr>{frame(area)}<a:prstGeom prst="{shape}">{guides}</a:prstGeom>{ground}{edge}</p:spPr></p:sp>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, color: str = "line",
        weight: float = 0.75, dash: str = "",
    ) -> None:  # fmt: skip
        """A straight decorative line, to the right or downwards."""
        self.out.append(
            f"<p:cxnSp><p:nvCxnSpPr>{self.identity('Line', decorative=True)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
            f'<p:spPr>{frame(Area(x1, y1, x2 - x1, y2 - y1))}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{self.edge(color, weight, dash)}</p:spPr></p:cxnSp>'
        )

    def path(self, points: Sequence[tuple[float, float]], color: str, weight: float) -> None:
        """A decorative polyline through points in centimetres."""
        left, top = min(x for x, _ in points), min(y for _, y in points)
        area = Area(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)
        steps = [f'<a:pt x="{emu(x - left)}" y="{emu(y - top)}"/>' for x, y in points]
        lines = "".join(f"<a:lnTo>{step}</a:lnTo>" for step in steps[1:])
        self.out.append(
            f"<p:sp><p:nvSpPr>{self.identity('Trend', decorative=True)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{frame(area)}"
            f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{emu(area.w)}" h="{emu(area.h)}" fill="none"><a:moveTo>{steps[0]}</a:moveTo>{lines}</a:path></a:pathLst></a:custGeom>'
            f"<a:noFill/>{self.edge(color, weight, '')}</p:spPr></p:sp>"
        )

    def edge(self, color: str, weight: float, dash: str = "", ends: str = "") -> str:
        """An outline or a line; `ends` are its arrowheads."""
        dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
        return f'<a:ln w="{round(weight * 12700)}">{solid(self.color(color))}{dashed}{ends}</a:ln>'

    # --- text --------------------------------------------------------------------------------

    def text(
        self, area: Area, paras: Para | Sequence[Para], largest: float, smallest: float | None = None,
        look: Look = Look(),
    ) -> float:  # fmt: skip
        """Text at the largest size that fits. What fits at no size is reported, shown as far as there
        is room, and whole in the alt text. The size taken."""
        many = (paras,) if isinstance(paras, Para) else tuple(paras)
        if not words_of(many):
            return largest
        place = Place(many, area.w, area.h, look.bold)
        size = fit((place,), largest, largest if smallest is None else smallest)
        if height(many, size, area.w, look.bold) > area.h + OVER:
            limit = f"{area.w:.1f} × {area.h:.1f} cm, {size:g} pt"
            self.report(b.Overflow(look.origin or self.origin, words_of(many), limit))
            self.put(area, shortened(place, size), size, look, words_of(many))
        else:
            self.put(area, many, size, look)
        return size

    def put(
        self, area: Area, paras: Sequence[Para], size: float, look: Look = Look(), about: str = "",
    ) -> None:  # fmt: skip
        """Text at a size that was chosen before."""
        body = self.paragraphs(paras, size, area.w, look)
        ground = solid(self.color(look.ground)) if look.ground else "<a:noFill/>"
        self.out.append(
            f'<p:sp><p:nvSpPr>{self.identity("Text", about)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{frame(area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{ground}</p:spPr>'
            f'<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{look.anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{body}</p:txBody></p:sp>'
        )

    def paragraphs(self, paras: Sequence[Para], size: float, wide: float, look: Look) -> str:
        """Paragraphs as `a:p`, at least one."""
        return "".join(self._paragraph(p, size, wide, look) for p in paras or (Para(()),))

    def _paragraph(self, p: Para, size: float, wide: float, look: Look) -> str:
        runs = ""
        for span in p.spans:
            own = scaled(span.scale, size)
            strong = look.bold if span.bold is None else span.bold
            room = (wide - p.indent) * PT - 1
            words = soften(typeset(span.words), own, room, strong, span.mono)
            runs += self._run(span, words, own, strong, self.color(span.color or look.color))
        space = f'<a:spcAft><a:spcPts val="{round(p.after * 100)}"/></a:spcAft>' if p.after else ""
        hang = 1.15 if p.bullet[:1].isdigit() else 0.75 if p.bullet else 0.0
        left = f' marL="{emu(p.indent)}" indent="{-emu(hang)}"' if p.indent else ""
        end = "" if runs else f'<a:endParaRPr lang="{self.lang}" sz="{round(size * 100)}"/>'
        inner, manner = space + self._bullet(p.bullet), f'algn="{p.align or look.align}"{left}'
        properties = f"<a:pPr {manner}>{inner}</a:pPr>" if inner else f"<a:pPr {manner}/>"
        return f"<a:p>{properties}{runs}{end}</a:p>"

    def _bullet(self, sign: str) -> str:
        if not sign:
            return ""
        color = f'<a:buClr><a:srgbClr val="{self.color("accent-text")}"/></a:buClr>'
        if sign[0].isdigit():
            start = sign.rstrip(".")
            return f'{color}<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod" startAt="{start}"/>'
        return f'{color}<a:buFont typeface="Arial"/><a:buChar char="{sign}"/>'

    def _run(self, span: Span, words: str, size: float, bold: bool, color: str) -> str:
        """One manner as `a:r`; a new line inside becomes `a:br`."""
        outside = span.link.startswith(("https://", "http://", "mailto:"))
        link = f'<a:hlinkClick r:id="{self.relate(span.link)}"/>' if outside else ""
        font = '<a:latin typeface="Consolas"/>' if span.mono else ""
        line = {"added": ' u="sng"', "removed": ' strike="sngStrike"'}.get(span.change, "")
        inner = f'lang="{self.lang}" sz="{round(size * 100)}" b="{int(bold)}"{line} dirty="0">{solid(color)}{font}{link}</a:rPr>'
        out = []
        for i, part in enumerate(escape(words).split("\n")):
            if i:
                out.append(f"<a:br><a:rPr {inner}</a:br>")
            if part:
                out.append(f"<a:r><a:rPr {inner}<a:t>{part}</a:t></a:r>")
        return "".join(out)

    # --- signs -------------------------------------------------------------------------------

    def mark(self, level: b.Level, x: float, y: float, d: float) -> None:
        """The shape of a level, `d` wide; the word beside it says the same."""
        color, area = LEVELS[level], Area(x, y, d, d)
        match level:
            case "good":
                self.box(area, color, shape="ellipse")
            case "warn":
                self.box(area, color, shape="triangle")
            case "bad":
                self.box(area.inside(d * 0.05), color)
            case "chance":
                self.box(area, color, shape="diamond")
            case "plan":
                self.box(area.inside(d * 0.05), "", color, "ellipse", 1.5)
            case "open":
                self.box(area.inside(d * 0.05), "", color, "ellipse", 1.25, "sysDot")
            case "run":
                half = (
                    '<a:gd name="adj1" fmla="val 5400000"/><a:gd name="adj2" fmla="val 16200000"/>'
                )
                self.box(area.inside(d * 0.05), "", color, "ellipse", 1.5)
                self.box(area.inside(d * 0.05), color, shape="pie", adjust=half)
            case "no":
                self.box(area, color, shape="mathMultiply")
            case "neutral":
                self.box(area, color, shape="mathMinus")
            case "done":
                self.path(
                    [(x, y + d * 0.55), (x + d * 0.38, y + d * 0.92), (x + d, y + d * 0.12)],
                    color,
                    2.25,
                )

    def status(self, area: Area, status: b.Status, size: float, align: str = "l") -> None:
        """Shape, word and colour; the word wraps beside its shape where it is long."""
        d = size * 0.027
        wide = min(text_width(status.word, size, True) + 0.15, area.w - d - 0.18)
        x = area.x if align == "l" else area.x + area.w - wide - d - 0.18
        self.mark(status.level, x, area.y + (area.h - d) / 2, d)
        place = Area(x + d + 0.18, area.y, wide, area.h)
        self.text(
            place,
            Para((Span(status.word),)),
            size,
            SMALLEST,
            Look(LEVELS[status.level], True, "l", "ctr"),
        )

    def avatar(self, x: float, y: float, d: float, person: b.Person, fill: str = "") -> None:
        """A circle with initials in the colour of the person's side."""
        area = Area(x, y, d, d)
        self.box(area, fill or side_color(person.side), shape="ellipse")
        size = min(d * 11.5, d * 0.86 * PT / max(text_width(person.initials, 1, True) * PT, 0.1))
        middle = Look(WHITE, True, "ctr", "ctr")
        self.put(area, (Para((Span(person.initials),)),), max(round(size * 2) / 2, 8), middle)

    def person(
        self,
        area: Area,
        person: b.Person,
        size: float,
        ink: str = "ink",
        quiet: str = "muted",
        detail: str = "",
    ) -> None:
        """Avatar, name and a muted line; the detail is the person's own where none is given."""
        d = min(1.3, area.h)
        on_primary = ink == WHITE
        self.avatar(
            area.x, area.y + (area.h - d) / 2, d, person, "accent-text" if on_primary else ""
        )
        below = detail or person.detail
        words = [Para((Span(person.name, True, ink),))]
        if below:
            words.append(Para((Span(below, False, quiet, 0.85),)))
        place = Area(area.x + d + 0.35, area.y, area.w - d - 0.35, area.h)
        self.text(place, words, size, SMALLEST, Look(anchor="ctr"))

    # --- charts ------------------------------------------------------------------------------

    def chart(self, area: Area, chart: b.Chart, look: ChartLook) -> None:
        """A native, editable chart with its own workbook and alt text."""
        relation = self.chart_part(chart, look)
        about = f"{chart.title}. {chart.description}" if chart.title else chart.description
        self.out.append(
            f"<p:graphicFrame><p:nvGraphicFramePr>{self.identity('Chart', about)}<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{frame(area, 'p')}"
            f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
        )


def solid(color: str) -> str:
    """A fill of one colour."""
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def frame(area: Area, space: str = "a") -> str:
    """Where a shape stands."""
    return f'<{space}:xfrm><a:off x="{emu(area.x)}" y="{emu(area.y)}"/><a:ext cx="{emu(max(area.w, 0))}" cy="{emu(max(area.h, 0))}"/></{space}:xfrm>'


def side_color(side: b.Side, partner: int = 0) -> str:
    """The colour of a side, the same on every slide; partners in the plan's order."""
    return {"client": "primary", "us": "c1"}.get(side) or PARTNERS[partner % len(PARTNERS)]


def side_colors(sides: Sequence[b.Side]) -> list[str]:
    """The colours of sides in order, each partner its own."""
    out, partner = [], 0
    for side in sides:
        out.append(side_color(side, partner))
        partner += side == "partner"
    return out


def status_span(status: b.Status, scale: float = 1.0) -> Span:
    """Mark and word as text, for tables; the first word stays with its mark."""
    return Span(f"{MARKS[status.level]}{NBSP}{status.word}", True, LEVELS[status.level], scale)


Draw = Callable[[Pen, Area], None]
"""Draws one page's body into the area it was planned for."""
