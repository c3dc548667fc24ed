"""Native charts for Word and PowerPoint: chart XML with the workbook that carries its values.

Colours are plain RGB, the font is named, there is no legend where a label can stand at its
line. The workbook holds what is shown and nothing else; a text that looks like a formula or an
address stays text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from xml.sax.saxutils import escape

from planwerk import blocks as b
from planwerk.render.measure import width
from planwerk.render.workbook import workbook
from planwerk.theme import Theme, mix

LOCALE = {"de": "[$-407]", "en": "[$-809]"}
SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
COLORS = ("c1", "c3", "c6", "c5", "c4")
STATUS = {"good": "good", "done": "good", "warn": "warn", "bad": "bad"}

NEAR, APART = 0.15, 2
"""Labels stand on each other where their values differ by less of the axis, and lie at most so many
categories apart."""


@dataclass(frozen=True, slots=True)
class ChartParts:
    """A chart part's XML, whose `externalData` points at relation `rId1`, and the parts of its
    workbook."""

    xml: bytes
    workbook: Mapping[str, bytes]


def chart_parts(
    chart: b.Chart,
    theme: Theme,
    *,
    language: str,
    size: float = 10.0,
    small: bool = False,
    wide: float = 0.0,
) -> ChartParts:
    """The chart as native parts; `size` is the axis type in points.

    `small` leaves out the value axis: a small multiple beside text. Where it is known how `wide`
    the chart is (centimetres), some labels of the axis are left out rather than turned.
    """
    drawing = _Drawing(chart, theme, language, size, small, wide)
    return ChartParts(drawing.xml(), workbook(chart))


class _Drawing:
    """One chart's XML, part by part."""

    def __init__(
        self,
        chart: b.Chart,
        theme: Theme,
        language: str,
        size: float,
        small: bool,
        wide: float = 0.0,
    ) -> None:
        self.chart, self.theme, self.small, self.wide = chart, theme, small, wide
        self.language, self.size = language, size
        places = "0" if not chart.decimals else "0." + "0" * chart.decimals
        self.format = f"{LOCALE.get(language, '')}#,##{places}"
        self.stacked = chart.kind == "stacked"
        self.columns = chart.kind in ("columns", "stacked")

    def xml(self) -> bytes:
        bars = [s for s in self.chart.series if s.role != "target"] if self.columns else []
        lined = [s for s in self.chart.series if s not in bars]
        order = {id(s): i for i, s in enumerate(self.chart.series)}
        plots = ""
        if bars:
            grouping = "stacked" if self.stacked else "clustered"
            overlap = '<c:overlap val="100"/>' if self.stacked else ""
            inner = "".join(self.series(s, order[id(s)], True) for s in bars)
            plots += f'<c:barChart><c:barDir val="col"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{inner}<c:gapWidth val="45"/>{overlap}<c:axId val="111"/><c:axId val="222"/></c:barChart>'
        if lined:
            inner = "".join(self.series(s, order[id(s)], False) for s in lined)
            plots += f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{inner}<c:marker val="1"/><c:axId val="111"/><c:axId val="222"/></c:lineChart>'
        legend = (
            f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{self.text(self.size)}</c:legend>'
            if self.stacked and len(bars) > 1
            else ""
        )
        words = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {SPACES}>'
            f'<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
            f"<c:plotArea><c:layout/>{plots}{self.axes()}</c:plotArea>{legend}"
            '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
            "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
            f"{self.text(self.size)}"
            '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
        )
        return words.encode()

    def color(self, token: str) -> str:
        return f'<a:solidFill><a:srgbClr val="{self.theme.color(token)}"/></a:solidFill>'

    def text(
        self, size: float, token: str = "muted", bold: bool = False, level: bool = False
    ) -> str:
        """The look of words; `level`: never turned."""
        font = escape(self.theme.office_font)
        spoken = {"de": "de-DE", "en": "en-GB"}.get(self.language, "en-GB")
        run = f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}">{self.color(token)}<a:latin typeface="{font}"/></a:defRPr>'
        turned = ' rot="0" vert="horz"' if level else ""
        return f'<c:txPr><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr>{run}</a:pPr><a:endParaRPr lang="{spoken}"/></a:p></c:txPr>'

    # --- series ------------------------------------------------------------------------------

    def series(self, series: b.Series, index: int, column: bool) -> str:
        letter = chr(ord("B") + index)
        count = len(self.chart.categories)
        name = f'<c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        categories = "".join(
            f'<c:pt idx="{i}"><c:v>{escape(n)}</c:v></c:pt>'
            for i, n in enumerate(self.chart.categories)
        )
        values = "".join(
            f'<c:pt idx="{i}"><c:v>{v!r}</c:v></c:pt>'
            for i, v in enumerate(series.values)
            if v is not None
        )
        cat = f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f><c:strCache><c:ptCount val="{count}"/>{categories}</c:strCache></c:strRef></c:cat>'
        val = f'<c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}${count + 1}</c:f><c:numCache><c:formatCode>{escape(self.format)}</c:formatCode><c:ptCount val="{count}"/>{values}</c:numCache></c:numRef></c:val>'
        look = self.column_look(series, index) if column else self.line_look(series)
        smooth = "" if column else '<c:smooth val="0"/>'
        return f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{name}{look}{cat}{val}{smooth}</c:ser>'

    def column_look(self, series: b.Series, index: int) -> str:
        token = COLORS[index % 5] if self.stacked else "c3"
        shape = f'<c:spPr>{self.color(token)}<a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/>'
        if self.stacked:
            return shape
        last = max((i for i, v in enumerate(series.values) if v is not None), default=0)
        token = STATUS.get(self.chart.level, "c1")
        point = f'<c:dPt><c:idx val="{last}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>{self.color(token)}</c:spPr></c:dPt>'
        return shape + point + self.labels({0, last}, "outEnd")

    def line_look(self, series: b.Series) -> str:
        if series.role == "target":
            ink = "ink" if not self.small else "muted"
            line = f'<c:spPr><a:ln w="{22225 if not self.small else 15875}">{self.color(ink)}<a:prstDash val="dash"/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>'
            last = len(series.values) - 1
            return line + (self.labels({last}, self.where(False), named=True) if not self.small else "")  # fmt: skip
        line = f'<c:spPr><a:ln w="28575" cap="rnd">{self.color("c1")}<a:round/></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="{5 if not self.small else 2}"/><c:spPr>{self.color("c1")}<a:ln><a:noFill/></a:ln></c:spPr></c:marker>'
        return line + self.labels({_last(series)}, "t" if self.small else self.where(True))

    def where(self, value: bool) -> str:
        """Where the label at the end of the values' line stands, or that at the target's: above, but
        the lower one below where both would stand on each other, or beside it at the axis."""
        low, high = self.limits()
        near = self.ends(high - low)
        if near is None or (near[0] < near[1]) is not value:
            return "t"
        return "b" if min(near) - low >= NEAR * (high - low) else "r"

    def ends(self, high: float) -> tuple[float, float] | None:
        """The last value and target whose labels would stand on each other on an axis so `high`."""
        target = next((s for s in self.chart.series if s.role == "target"), None)
        actual = next((s for s in self.chart.series if s.role == "actual"), None)
        if target is None or actual is None or self.small or self.columns:
            return None
        end, aim = _last(actual), target.values[-1]
        reached = actual.values[end]
        if aim is None or reached is None or len(target.values) - 1 - end > APART:
            return None
        return (reached, aim) if abs(reached - aim) <= NEAR * high else None

    def labels(self, points: set[int], where: str, named: bool = False) -> str:
        """Value labels at these points alone; in small charts the target's line ends before them."""
        ground = self.color("bg") if self.small else "<a:noFill/>"
        shown = "".join(
            f'<c:dLbl><c:idx val="{i}"/><c:numFmt formatCode="{escape(self.format)}" sourceLinked="0"/><c:spPr>{ground}<a:ln><a:noFill/></a:ln></c:spPr>{self.text(self.size, "ink", True)}'
            f'<c:dLblPos val="{where}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="{int(named)}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
            for i in sorted(points)
        )
        return f'<c:dLbls>{shown}<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'

    def skipped(self) -> str:
        """Every how manieth label of the axis has room, where not every one has."""
        count = len(self.chart.categories)
        if not self.wide or count < 2:
            return ""
        room = (self.wide - (0.3 if self.small else 1.5)) * 28.3465 / count
        widest = max(width(one, self.size) for one in self.chart.categories) + 1
        step = ceil(widest / room)
        return f'<c:tickLblSkip val="{step}"/>' if step > 1 else ""

    # --- axes --------------------------------------------------------------------------------

    def axes(self) -> str:
        low, high = self.limits()
        skipped = self.skipped()
        bounds = f'<c:max val="{high!r}"/><c:min val="{low!r}"/>'
        edge = f'<c:spPr><a:ln w="9525">{self.color("edge")}</a:ln></c:spPr>'
        grid = f'<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{mix(self.theme.color("line"), 0.9)}"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        hidden = int(self.small)
        return (
            f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{edge}{self.text(self.size, level=bool(skipped))}<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>{skipped}<c:noMultiLvlLbl val="0"/></c:catAx>'
            f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/>{bounds}</c:scaling><c:delete val="{hidden}"/><c:axPos val="l"/>{"" if hidden else grid}<c:numFmt formatCode="{escape(self.format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{self.text(self.size)}<c:crossAx val="111"/><c:crosses val="min"/><c:crossBetween val="between"/></c:valAx>'
        )

    def limits(self) -> tuple[float, float]:
        """The value axis: from zero for columns, padded round the values for lines."""
        known = [v for s in self.chart.series for v in s.values if v is not None] or [0.0, 1.0]
        if self.stacked:
            sums = [
                sum(max(s.values[i] or 0, 0) for s in self.chart.series if s.role != "target")
                for i in range(len(self.chart.categories))
            ]
            return 0.0, _nice(max(sums + known) * 1.1)
        if self.columns:
            return min(0.0, min(known)), _nice(max(known) * 1.15)
        pad = (max(known) - min(known)) * 0.15 or abs(max(known)) * 0.1 or 1.0
        low, high = min(known) - pad, max(known) + pad
        step = _nice((high - low) / 4)
        first, last = low // step * step, -(-high // step) * step
        first = max(first, 0.0) if min(known) >= 0 else first
        near = self.ends(last - first)
        if near and min(near) - first < NEAR * (last - first) and (first >= step or min(known) < 0):
            first -= step  # room for a label below the line
        return first, last


def _last(series: b.Series) -> int:
    """The place of the last known value."""
    return max((i for i, v in enumerate(series.values) if v is not None), default=0)


def _nice(value: float) -> float:
    """The next round number at or above `value`."""
    if value <= 0:
        return 1.0
    size = 1.0
    while value > 10 * size:
        size *= 10
    while value < size:
        size /= 10
    return next(
        s * size for s in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if s * size >= value * 0.9999
    )
