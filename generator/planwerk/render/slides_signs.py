"""Lines and signs of pictures on slides: connectors, ways with bends, curves, rows of bars."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from planwerk import blocks as b
from planwerk.render.layout import Box, Point
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import Look, Pen
from planwerk.render.slides_master import emu
from planwerk.render.slides_text import SMALLEST, height, para, text_width

ARROW = '<a:tailEnd type="triangle" w="med" len="med"/>'
BOTH = '<a:headEnd type="triangle" w="med" len="med"/>' + ARROW


def area_of(box: Box, area: Area, scale: float = 1.0) -> Area:
    """A layout's box on the slide; `scale` is how many centimetres one of its units is."""
    return Area(area.x + box.x * scale, area.y + box.y * scale, box.w * scale, box.h * scale)


def point_of(point: Point, area: Area, scale: float = 1.0) -> Point:
    """A layout's point on the slide."""
    return area.x + point[0] * scale, area.y + point[1] * scale


def connector(
    pen: Pen, start: Point, end: Point, color: str, weight: float = 1.0, dash: str = "",
    ends: str = "",
) -> None:  # fmt: skip
    """A straight decorative line in any direction, with or without arrowheads."""
    (x1, y1), (x2, y2) = start, end
    turned = (' flipH="1"' if x2 < x1 else "") + (' flipV="1"' if y2 < y1 else "")
    place = f'<a:off x="{emu(min(x1, x2))}" y="{emu(min(y1, y2))}"/><a:ext cx="{emu(abs(x2 - x1))}" cy="{emu(abs(y2 - y1))}"/>'
    pen.out.append(
        f"<p:cxnSp><p:nvCxnSpPr>{pen.identity('Line', decorative=True)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
        f'<p:spPr><a:xfrm{turned}>{place}</a:xfrm><a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>{pen.edge(color, weight, dash, ends)}</p:spPr></p:cxnSp>'
    )


def way(
    pen: Pen, points: Sequence[Point], color: str, weight: float = 1.0, dash: str = "",
    ends: str = "",
) -> None:  # fmt: skip
    """A decorative line with bends."""
    steps = "".join(f"<a:lnTo>{_at(point, points)}</a:lnTo>" for point in points[1:])
    _freeform(pen, points, steps, pen.edge(color, weight, dash, ends))


def curve(pen: Pen, points: Sequence[Point], color: str, weight: float) -> None:
    """A decorative curve through the points that never leaves the height of its two neighbours."""
    steps = ""
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        half = (x1 + x2) / 2
        bends = ((half, y1), (half, y2), (x2, y2))
        steps += f"<a:cubicBezTo>{''.join(_at(p, points) for p in bends)}</a:cubicBezTo>"
    _freeform(pen, points, steps, pen.edge(color, weight))


def _freeform(pen: Pen, points: Sequence[Point], steps: str, edge: str) -> None:
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, high = emu(max(x for x, _ in points) - left), emu(max(y for _, y in points) - top)
    place = f'<a:off x="{emu(left)}" y="{emu(top)}"/><a:ext cx="{wide}" cy="{high}"/>'
    pen.out.append(
        f"<p:sp><p:nvSpPr>{pen.identity('Line', decorative=True)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{place}</a:xfrm>"
        f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{wide}" h="{high}" fill="none"><a:moveTo>{_at(points[0], points)}</a:moveTo>{steps}</a:path></a:pathLst></a:custGeom>'
        f"<a:noFill/>{edge}</p:spPr></p:sp>"
    )


def _at(point: Point, points: Sequence[Point]) -> str:
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return f'<a:pt x="{emu(point[0] - left)}" y="{emu(point[1] - top)}"/>'


def pips(pen: Pen, area: Area, count: int, filled: int, wanted: int = 0, color: str = "c1") -> None:
    """A row of bars: filled as far as it is, outlined as far as it is wanted, the rest pale."""
    for i, place in enumerate(area.columns([1] * count, min(0.09, area.w / count * 0.2))):
        if i < filled:
            pen.box(place, color)
        elif i < wanted:
            pen.box(place.inside(0.02), "", color, weight=1)
        else:
            pen.box(place, pen.tint("muted", 0.22))


def rising(pen: Pen, x: float, bottom: float, level: int | None, high: float = 0.5) -> None:
    """Influence from 1 to 5 as rising bars; outlines alone where it is not known."""
    for i in range(5):
        tall = high * (0.3 + 0.175 * i)
        place = Area(x + i * 0.2, bottom - tall, 0.14, tall)
        if level is None:
            pen.box(place, "", "muted", weight=0.75)
        else:
            pen.box(place, "ink" if i < level else pen.tint("muted", 0.22))


LEGEND_SIZE, LEGEND_LINE = 12.0, 0.52


def legend_height(items: Sequence[b.Status], key: str, wide: float) -> float:
    """How high the legend below a picture is, with the room above it."""
    rows = len(_legend_rows(items, wide))
    if not rows and not key:
        return 0.0
    tall = rows * LEGEND_LINE
    if key and not _beside(items, key, wide):
        tall += height((para(key),), SMALLEST, wide) + 0.05
    return tall + 0.15


def legend(pen: Pen, area: Area, items: Sequence[b.Status], key: str = "") -> None:
    """Signs with their words at the foot of the area, and what lines mean."""
    y = area.y + area.h - legend_height(items, key, area.w) + 0.15
    x = area.x
    for row in _legend_rows(items, area.w):
        x = area.x
        for status in row:
            want = _legend_width(status)
            pen.status(Area(x, y, want - 0.35, 0.5), status, LEGEND_SIZE)
            x += want
        y += LEGEND_LINE
    if key and _beside(items, key, area.w):
        place = Area(x, y - LEGEND_LINE, area.x + area.w - x, 0.5)
        pen.text(place, para(key), SMALLEST, None, Look("muted", anchor="ctr"))
    elif key:
        pen.text(Area(area.x, y, area.w, area.y + area.h - y), para(key), SMALLEST, None, Look("muted"))  # fmt: skip


def _legend_width(status: b.Status) -> float:
    return text_width(status.word, LEGEND_SIZE, True) + 1.2


def _legend_rows(items: Sequence[b.Status], wide: float) -> list[list[b.Status]]:
    rows: list[list[b.Status]] = []
    used = wide
    for status in items:
        want = _legend_width(status)
        if not rows or used + want > wide:
            rows.append([])
            used = 0.0
        rows[-1].append(status)
        used += want
    return rows


def _beside(items: Sequence[b.Status], key: str, wide: float) -> bool:
    """Whether the key stands in the line of the signs."""
    used = sum(_legend_width(status) for status in items)
    return bool(items) and used + text_width(key, SMALLEST) + 0.2 <= wide
