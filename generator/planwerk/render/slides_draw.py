"""Drawing on a slide: text that is measured first, boxes, lines, status marks, tables, charts.

Shapes are written as XML text and parsed once a slide. Every drawn thing that says something
carries alt text or its own words; the rest is marked decorative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from planwerk import blocks as b
from planwerk.render.lower import MARKS
from planwerk.render.office_chart import chart_parts
from planwerk.render.slides_master import DECORATIVE, SPACES, emu, spoken
from planwerk.render.slides_text import (
    Para,
    Place,
    Span,
    fit,
    height,
    line_count,
    run_xml,
    soften,
    typeset,
)
from planwerk.theme import Theme

LEVELS: Mapping[b.Level, str] = {
    "good": "good", "done": "good", "warn": "warn", "bad": "bad", "run": "c1", "chance": "c1",
}  # fmt: skip
SIDES: Mapping[b.Side, str] = {"client": "primary", "us": "c1", "partner": "c5"}
PT = 28.3465
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


class Canvas:
    """One slide being drawn; `overflows` collects what did not fit."""

    def __init__(
        self,
        slide: Any,
        theme: Theme,
        language: str,
        labels: Mapping[str, str],
        overflows: list[b.Overflow],
    ) -> None:
        self.slide, self.theme, self.labels = slide, theme, labels
        self.language, self.lang = language, spoken(language)
        self.overflows = overflows
        self.shapes: list[str] = []
        self.next_id = 100

    def color(self, token: str) -> str:
        """A colour of the brand, or six hex digits as they are."""
        return self.theme.light.get(token, token)

    def finish(self) -> None:
        """Parse what was drawn into the slide, in reading order."""
        tree = self.slide.shapes._spTree
        root = parse_xml(
            f'<p:grpSp {SPACES}><p:nvGrpSpPr><p:cNvPr id="1" name="x"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{"".join(self.shapes)}</p:grpSp>'
        )
        for child in list(root)[2:]:
            tree.append(child)

    def _identity(self, name: str, about: str = "", decorative: bool = False) -> str:
        self.next_id += 1
        quote = {chr(34): "&quot;"}
        words = f' descr="{escape(about, quote)}"' if about else ""
        inner = DECORATIVE if decorative else ""
        return f'<p:cNvPr id="{self.next_id}" name="{escape(name, quote)} {self.next_id}"{words}>{inner}</p:cNvPr>'

    # --- shapes ------------------------------------------------------------------------------

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        fill: str = "",
        line: str = "",
        shape: str = "rect",
        weight: float = 0.75,
        dash: str = "",
    ) -> None:
        """A shape without words."""
        ground = (
            f'<a:solidFill><a:srgbClr val="{self.color(fill)}"/></a:solidFill>'
            if fill
            else "<a:noFill/>"
        )
        dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
        edge = (
            f'<a:ln w="{round(weight * 12700)}"><a:solidFill><a:srgbClr val="{self.color(line)}"/></a:solidFill>{dashed}</a:ln>'
            if line
            else "<a:ln><a:noFill/></a:ln>"
        )
        self.shapes.append(
            f'<p:sp><p:nvSpPr>{self._identity("Form", decorative=True)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{_frame(x, y, wide, high)}<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>{ground}{edge}</p:spPr></p:sp>'
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        color: str = "line",
        weight: float = 0.75,
        dash: str = "",
    ) -> None:
        """A straight line."""
        dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
        self.shapes.append(
            f'<p:cxnSp><p:nvCxnSpPr>{self._identity("Line", decorative=True)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr>{_frame(x1, y1, x2 - x1, y2 - y1)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="{round(weight * 12700)}"><a:solidFill><a:srgbClr val="{self.color(color)}"/></a:solidFill>{dashed}</a:ln></p:spPr></p:cxnSp>'
        )

    def text(
        self, x: float, y: float, wide: float, high: float, paras: Sequence[Para] | Para, largest: float, smallest: float | None = None,
        *, color: str = "ink", bold: bool = False, align: str = "l", anchor: str = "t", origin: str = "", name: str = "Text",
    ) -> float:  # fmt: skip
        """Text at the largest size that fits; what fits at no size is reported. The size taken."""
        many = (paras,) if isinstance(paras, Para) else tuple(paras)
        place = Place(many, wide, high, bold)
        least = smallest if smallest is not None else largest
        size = fit([place], largest, least)
        if height(many, size, wide, bold) > high + 0.15:
            words = " ".join(span.words for p in many for span in p.spans)
            self.overflows.append(b.Overflow(origin, words, f"{wide:.1f} x {high:.1f} cm"))
        self.put(
            x,
            y,
            wide,
            high,
            many,
            size,
            color=color,
            bold=bold,
            align=align,
            anchor=anchor,
            name=name,
        )
        return size

    def put(
        self, x: float, y: float, wide: float, high: float, paras: Sequence[Para], size: float,
        *, color: str = "ink", bold: bool = False, align: str = "l", anchor: str = "t", name: str = "Text",
    ) -> None:  # fmt: skip
        """Text at a size that was chosen before."""
        body = self.paragraphs(paras, size, wide, color, bold, align)
        frame = f'<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        self.shapes.append(
            f'<p:sp><p:nvSpPr>{self._identity(name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{_frame(x, y, wide, high)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>{frame}{body}</p:txBody></p:sp>'
        )

    def paragraphs(
        self,
        paras: Sequence[Para],
        size: float,
        wide: float,
        color: str = "ink",
        bold: bool = False,
        align: str = "l",
    ) -> str:
        """Paragraphs as `a:p`."""
        out = []
        for p in paras:
            runs = ""
            for span in p.spans:
                own = (
                    size
                    if span.scale == 1
                    else max(min(size, 11.5), round(size * span.scale * 2) / 2)
                )
                strong = bold if span.bold is None else span.bold
                words = soften(typeset(span.words), own, wide * PT, strong, span.mono)
                runs += run_xml(
                    span if not span.link else Span(span.words, span.bold, span.color),
                    words,
                    own,
                    strong,
                    self.color(span.color or color),
                    self.lang,
                )
            space = (
                f'<a:spcAft><a:spcPts val="{round(p.after * 100)}"/></a:spcAft>' if p.after else ""
            )
            hang = ""
            if p.bullet:
                dot = f'<a:buClr><a:srgbClr val="{self.color("accent")}"/></a:buClr><a:buChar char="{p.bullet}"/>'
                hang = f' marL="{emu(p.indent)}" indent="-{emu(0.6)}"'
            else:
                dot = "<a:buNone/>"
            out.append(
                f'<a:p><a:pPr algn="{p.align or align}"{hang}>{space}{dot}</a:pPr>{runs or ""}<a:endParaRPr lang="{self.lang}" sz="{round(size * 100)}"/></a:p>'
            )
        return "".join(out) or f'<a:p><a:endParaRPr lang="{self.lang}"/></a:p>'

    def status(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        status: b.Status,
        size: float = 12,
        align: str = "l",
    ) -> None:
        """Shape and word of a status in its colour."""
        self.put(
            x,
            y,
            wide,
            high,
            (Para((status_span(status),)),),
            size,
            bold=True,
            align=align,
            anchor="ctr",
            color=LEVELS.get(status.level, "muted"),
        )

    # --- tables and charts -------------------------------------------------------------------

    def table(
        self,
        x: float,
        y: float,
        widths: Sequence[float],
        head: Sequence[Para],
        aligns: Sequence[str],
        rows: Sequence[tuple[float, Sequence[Sequence[Para]], str]],
        size: float,
        label: str,
    ) -> None:
        """A native table: `rows` are height, cells (each paragraphs) and kind."""
        grid = "".join(f'<a:gridCol w="{emu(w)}"/>' for w in widths)
        top = max(
            0.8,
            max(height((p,), size - 2, w - 0.25, True) for p, w in zip(head, widths, strict=True))
            + 0.2,
        )
        out = [
            f'<a:tr h="{emu(top)}">'
            + "".join(
                self._cell((p,), w, size - 2, a, "muted", True, "primary", 1.5, "b")
                for p, w, a in zip(head, widths, aligns, strict=True)
            )
            + "</a:tr>"
        ]
        total = top
        for high, cells, kind in rows:
            total += high
            drawn = []
            for i, (cell, w, a) in enumerate(zip(cells, widths, aligns, strict=True)):
                strong = i == 0 or kind in ("group", "total")
                drawn.append(
                    self._cell(
                        cell,
                        w,
                        size,
                        a,
                        "primary" if kind == "group" else "ink",
                        strong,
                        "edge" if kind in ("group", "total") else "line",
                        0.75,
                        "ctr",
                    )
                )
            out.append(f'<a:tr h="{emu(high)}">{"".join(drawn)}</a:tr>')
        self.next_id += 1
        quote = {chr(34): "&quot;"}
        self.shapes.append(
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{self.next_id}" name="Table {self.next_id}" descr="{escape(label, quote)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f'<p:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(sum(widths))}" cy="{emu(total)}"/></p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
            f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{NO_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>{grid}</a:tblGrid>{"".join(out)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>'
        )

    def _cell(
        self,
        paras: Sequence[Para],
        wide: float,
        size: float,
        align: str,
        color: str,
        bold: bool,
        rule: str,
        weight: float,
        anchor: str,
    ) -> str:
        words = self.paragraphs(paras or (Para(()),), size, wide - 0.25, color, bold, align)
        edge = f'<a:lnB w="{round(weight * 12700)}"><a:solidFill><a:srgbClr val="{self.color(rule)}"/></a:solidFill></a:lnB>'
        return f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody><a:tcPr marL="0" marR="{emu(0.25)}" marT="{emu(0.08)}" marB="{emu(0.08)}" anchor="{anchor}">{edge}<a:noFill/></a:tcPr></a:tc>'

    def chart(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        chart: b.Chart,
        size: float = 12,
        small: bool = False,
    ) -> None:
        """A native, editable chart with its own workbook."""
        package = self.slide.part.package
        number = sum(1 for part in package.iter_parts() if "/charts/" in part.partname) + 1
        parts = chart_parts(chart, self.theme, language=self.language, size=size, small=small)
        sheet = Part(
            PackURI(f"/ppt/embeddings/sheet{number}.xlsx"), CT.SML_SHEET, package, parts.workbook
        )
        drawn = Part(PackURI(f"/ppt/charts/chart{number}.xml"), CT.DML_CHART, package, parts.xml)
        drawn.relate_to(sheet, RT.PACKAGE)
        relation = self.slide.part.relate_to(drawn, RT.CHART)
        identity = self._identity("Chart", chart.description)
        self.shapes.append(
            f'<p:graphicFrame><p:nvGraphicFramePr>{identity}<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(wide)}" cy="{emu(high)}"/></p:xfrm>'
            f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
        )


def status_span(status: b.Status) -> Span:
    """Mark and word in one unbreakable piece."""
    return Span(
        f"{MARKS[status.level]}\u00a0{status.word}", True, LEVELS.get(status.level, "muted")
    )


def one_line(words: str, size: float, room: float, bold: bool = False) -> bool:
    """Whether the words stand on one line of `room` centimetres."""
    return line_count((Span(words),), size, room * PT, bold) == 1


def _frame(x: float, y: float, wide: float, high: float) -> str:
    return f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(max(wide, 0))}" cy="{emu(max(high, 0))}"/></a:xfrm>'
