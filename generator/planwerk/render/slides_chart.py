"""How native charts look on slides, and where their words stand beside them.

The chart itself comes from `office_chart`; here it gets a fixed inner plot area, so that the
names of its lines can stand at their right ends as text of the slide, and a status dot at the
last value of a small multiple (a third series with that one value: a coloured single point is
drawn differently by LibreOffice and PowerPoint).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from planwerk import blocks as b
from planwerk.render.lower import written
from planwerk.render.office_chart import COLORS, ChartParts, _Drawing
from planwerk.render.slides_text import text_width
from planwerk.render.workbook import workbook
from planwerk.theme import Theme

DOT: Literal["other"] = "other"
DOT_COLORS: Mapping[b.Level, str] = {
    "good": "good", "done": "good", "warn": "warn", "bad": "bad",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChartLook:
    """`plot` is the inner plot area as shares of the frame: left, top, width, height."""

    size: float = 12.0
    kind: Literal["full", "small", "solo"] = "full"
    plot: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class EndLabel:
    """Words at the right end of a line or segment; `at` is 0 at the plot's top, 1 at its foot."""

    name: str
    value: str
    color: str
    at: float


def slide_chart(chart: b.Chart, theme: Theme, language: str, look: ChartLook) -> ChartParts:
    """The chart as native parts in the manner of a slide."""
    drawing = _SlideDrawing(chart, theme, language, look.size, look.kind != "full")
    drawing.look = look
    words = drawing.xml().decode()
    words = re.sub(r"<c:legend>.*?</c:legend>", "", words)
    if look.plot:
        words = words.replace("<c:plotArea><c:layout/>", f"<c:plotArea>{_layout(look.plot)}", 1)
    return ChartParts(words.encode(), workbook(chart))


def _layout(plot: tuple[float, float, float, float]) -> str:
    sides = "".join(f'<c:{n} val="{v:.4f}"/>' for n, v in zip("xywh", plot, strict=True))
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>'
    )


class _SlideDrawing(_Drawing):
    """A chart for a slide: told points, a status dot, thicker lines."""

    look = ChartLook()

    def column_look(self, series: b.Series, index: int) -> str:
        shape = super().column_look(series, index)
        if self.stacked:
            return shape
        told = self.labels(told_points(series), "outEnd")
        return re.sub(r"<c:dLbls>.*</c:dLbls>", lambda _: told, shape)

    def line_look(self, series: b.Series) -> str:
        if series.role == "target":
            token, weight = ("muted", 1.25) if self.look.kind == "small" else ("ink", 1.75)
            return self._line(token, weight, "dash") + _no_marker()
        if series.role == DOT and self.look.kind != "full":
            return self._dot(series)
        weight = {"full": 2.75, "small": 2.25, "solo": 3.0}[self.look.kind]
        token = "c1" if series.role == "actual" else COLORS[self.chart.series.index(series) % 5]
        line = self._line(token, weight)
        if self.look.kind == "small":
            return line + _no_marker()
        return line + self._circle(token, 6) + self.labels(told_points(series), "t")

    def _line(self, token: str, weight: float, dash: str = "") -> str:
        dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
        return f'<c:spPr><a:ln w="{round(weight * 12700)}" cap="rnd">{self.color(token)}{dashed}<a:round/></a:ln></c:spPr>'

    def _circle(self, token: str, size: int) -> str:
        return f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/><c:spPr>{self.color(token)}<a:ln w="9525">{self.color("bg")}</a:ln></c:spPr></c:marker>'

    def _dot(self, series: b.Series) -> str:
        token = DOT_COLORS.get(self.chart.level, "c1")
        size = 9 if self.look.kind == "small" else 13
        return f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{self._circle(token, size)}"


def _no_marker() -> str:
    return '<c:marker><c:symbol val="none"/></c:marker>'


def told_points(series: b.Series) -> set[int]:
    """Which values are written: the first, the last, the highest and the lowest."""
    known = [(v, i) for i, v in enumerate(series.values) if v is not None]
    if not known:
        return set()
    ends = {known[0][1], known[-1][1]}
    return ends | {max(known, key=lambda p: (p[0], -p[1]))[1], min(known)[1]}


def axis_limits(chart: b.Chart, theme: Theme) -> tuple[float, float]:
    """Lowest and highest value of the drawn axis."""
    return _SlideDrawing(chart, theme, "", 12, False).limits()


def end_labels(chart: b.Chart, theme: Theme, labels: Mapping[str, str]) -> list[EndLabel]:
    """What stands at the right ends: the target always, other series where there are several."""
    low, high = axis_limits(chart, theme)
    several = sum(s.role != "target" for s in chart.series) > 1
    found, sum_below = [], low
    for i, series in enumerate(chart.series):
        last = next((v for v in reversed(series.values) if v is not None), None)
        if last is None:
            continue
        value, color = last, "ink" if series.role == "target" else COLORS[i % 5]
        if chart.kind == "stacked" and series.role != "target":
            value, sum_below = sum_below + last / 2, sum_below + last
        elif series.role != "target" and (not several or chart.kind == "columns"):
            continue
        said = written(last, chart.decimals, labels)
        unit = "" if chart.kind == "stacked" else chart.unit
        told = b.with_unit(said, unit, chart.unit_first)
        share = 1 - (value - low) / ((high - low) or 1)
        found.append(EndLabel(series.name, told, color, min(max(share, 0.0), 1.0)))
    return sorted(found, key=lambda label: label.at)


def label_room(found: list[EndLabel], size: float) -> float:
    """How wide the words at the right need to be, in centimetres."""
    widest = max(
        (text_width(words, size, True) for f in found for words in (f.name, f.value)), default=0.0
    )
    return min(widest + 0.3, 4.5) if found else 0.4


def axis_room(chart: b.Chart, theme: Theme, labels: Mapping[str, str], size: float) -> float:
    """How wide the numbers at the left are, in centimetres."""
    ends = axis_limits(chart, theme)
    return max(text_width(written(v, chart.decimals, labels), size) for v in ends) + 0.35


def with_dot(chart: b.Chart, name: str) -> b.Chart:
    """The chart with a third series that holds only the last known value."""
    actual = chart.series[0].values
    last = max((i for i, v in enumerate(actual) if v is not None), default=None)
    if last is None:
        return chart
    values = tuple(v if i == last else None for i, v in enumerate(actual))
    return replace(chart, series=(*chart.series, b.Series(name, values, DOT)))
