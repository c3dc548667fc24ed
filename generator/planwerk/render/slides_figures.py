"""Charts, the matrix, shares, the period as a ribbon, one big number."""

from __future__ import annotations

from datetime import date
from functools import partial

from planwerk import blocks as b
from planwerk.render.slides_area import Area
from planwerk.render.slides_chart import (
    ChartLook,
    EndLabel,
    axis_room,
    end_labels,
    label_room,
)
from planwerk.render.slides_draw import Draw, Look, Pen
from planwerk.render.slides_matrix import STATE_COLOR, STATE_LEVEL
from planwerk.render.slides_text import (
    SMALLEST,
    Para,
    Place,
    Span,
    fit,
    height,
    para,
    text_width,
)

MIDDLE = Look(align="ctr", anchor="ctr")


# --- charts ----------------------------------------------------------------------------------


def chart_plates(block: b.Chart, area: Area, said: str) -> list[Draw]:
    """The chart with its heading; the finding is left out where the slide's title says it."""
    return [partial(draw_chart, chart=block, said=said)]


def draw_chart(pen: Pen, area: Area, chart: b.Chart, said: str = "") -> None:
    """Heading, the native chart, the names of its lines at their ends."""
    head = []
    if chart.title and chart.title not in said:
        head.append(Span(chart.title, True, "ink"))
    if chart.subtitle:
        gap = "   " if head else ""
        head.append(Span(gap + chart.subtitle, not head, "muted" if head else "ink"))
    if chart.unit and chart.unit not in chart.subtitle and not told_by_target(chart):
        head.append(Span(f"   {chart.unit}" if head else chart.unit, False, "muted"))
    if head:
        line = Para(tuple(head))
        tall = min(height((line,), 14, area.w) + 0.1, 1.4)
        pen.text(Area(area.x, area.y, area.w, tall), line, 14, 12, Look(anchor="ctr"))
        area = area.below(tall + 0.1)
    size = 13.0 if area.w > 24 else 12.0
    found = end_labels(chart, pen.theme, pen.labels)
    left = axis_room(chart, pen.theme, pen.labels, size)
    right = label_room(found, size)
    plot = Area(area.x + left, area.y + 0.75, area.w - left - right, area.h - 1.6)
    pen.chart(area, chart, ChartLook(size, "full", shares_of(plot, area)))
    draw_end_labels(pen, plot, right, found, size)


def told_by_target(chart: b.Chart) -> bool:
    """Whether the unit stands at the target's end already."""
    return chart.kind != "stacked" and any(s.role == "target" for s in chart.series)


def shares_of(plot: Area, area: Area) -> tuple[float, float, float, float]:
    """The plot area as shares of the chart's frame."""
    return (
        (plot.x - area.x) / area.w, (plot.y - area.y) / area.h, plot.w / area.w, plot.h / area.h,
    )  # fmt: skip


def draw_end_labels(
    pen: Pen, plot: Area, right: float, found: list[EndLabel], size: float, solo: bool = False
) -> None:
    """Name and value of each line at its right end, none over another."""
    high = size * 1.25 * 2 / 28.35
    free = plot.y - high
    for label in found:
        y = max(plot.y + plot.h * label.at - high / 2, free)
        words = [Para((Span(label.name, True),)), Para((Span(label.value, False),))]
        place = Area(plot.x + plot.w + 0.15, y, right - 0.15, high)
        pen.text(place, words, size, SMALLEST, Look("muted" if solo else label.color, anchor="ctr"))
        free = y + high


# --- shares, ribbon, number ------------------------------------------------------------------


def shares_plates(block: b.Shares, area: Area) -> list[Draw]:
    """The whole as one bar, its parts as columns below."""
    return [partial(_shares, block=block)]


def _shares(pen: Pen, area: Area, block: b.Shares) -> None:
    whole = sum(max(item.value, 0) for item in block.items) or 1.0
    about = "; ".join(f"{item.label} {item.words}" for item in block.items)
    bar = Area(area.x, area.y, area.w, area.h * 0.4)
    tokens = [STATE_COLOR.get(item.state, "edge") for item in block.items]
    with pen.group(bar, "Shares", f"{block.label}: {about}"):
        x = bar.x
        for i, item in enumerate(block.items):
            wide = bar.w * max(item.value, 0) / whole
            part = Area(x, bar.y, max(wide - 0.08, 0.02), bar.h)
            pen.box(part, pen.tint(tokens[i], _depth(tokens, i)))
            x += wide
    cards = area.below(bar.h + 0.55).columns([1] * len(block.items), 0.55)
    label = fit(
        [
            Place((para(i.label),), c.w - 1, 1.3, True)
            for i, c in zip(block.items, cards, strict=True)
        ],
        18,
        12,
    )
    value = fit(
        [
            Place((para(i.words),), c.w - 1, c.h - 3, True)
            for i, c in zip(block.items, cards, strict=True)
        ],
        66,
        18,
    )
    for i, (item, card) in enumerate(zip(block.items, cards, strict=True)):
        pen.box(card, "surface")
        pen.box(Area(card.x, card.y, card.w, 0.16), pen.tint(tokens[i], _depth(tokens, i)))
        inner = card.inside(0.5)
        pen.mark(STATE_LEVEL[item.state], inner.x, inner.y + 0.2, 0.42)
        place = Area(inner.x + 0.65, inner.y, inner.w - 0.65, 1.3)
        pen.put(place, (para(item.label),), label, Look("primary", True))
        pen.put(inner.below(1.5), (para(item.words),), value, Look("ink", True))


def _depth(tokens: list[str], index: int) -> float:
    """Parts of the same colour get lighter one after another."""
    return max(1.0 - 0.3 * tokens[:index].count(tokens[index]), 0.3)


def ribbon_plates(block: b.Ribbon, area: Area) -> list[Draw]:
    """The period as one line over the whole slide."""
    return [partial(_ribbon, block=block)]


def _ribbon(pen: Pen, area: Area, block: b.Ribbon) -> None:
    days = (block.end - block.start).days or 1
    track = Area(area.x + 0.3, area.y + area.h * 0.5 - 0.25, area.w - 0.6, 0.5)

    def at(day: date) -> float:
        inside = min(max(day, block.start), block.end)
        return track.x + track.w * (inside - block.start).days / days

    with pen.group(Area(area.x, track.y - 0.2, area.w, 0.9), "Period", block.description):
        pen.box(track, pen.tint("muted", 0.16))
        pen.box(Area(track.x, track.y, at(block.today) - track.x, track.h), "c1")
        for event in block.events:
            pen.box(
                Area(at(event.day) - 0.32, track.y - 0.07, 0.64, 0.64),
                "accent",
                "bg",
                "diamond",
                1.5,
            )
    for i, month in enumerate(block.months):
        until = at(block.months[i + 1].day) if i + 1 < len(block.months) else track.x + track.w
        x = at(month.day)
        pen.line(x, track.y + 0.5, x, track.y + 1.1, "line")
        place = Area(x, track.y + 0.6, until - x, 0.7)
        pen.text(place, para(month.label), 13, SMALLEST, Look("muted", False, "ctr", "ctr"))
    if block.start <= block.today <= block.end:
        now = at(block.today)
        pen.line(now, track.y - 1.2, now, track.y + 1.5, "accent", 2)
        wide = text_width(block.today_word, 13, True) + 0.5
        x = min(max(now - wide / 2, area.x), area.x + area.w - wide)
        pen.box(Area(x, track.y + 1.5, wide, 0.62), "accent-text")
        pen.text(
            Area(x, track.y + 1.5, wide, 0.62),
            para(block.today_word),
            13,
            SMALLEST,
            Look("FFFFFF", True, "ctr", "ctr"),
        )
    _events(pen, area, track, block, at)


def _events(pen: Pen, area: Area, track: Area, block: b.Ribbon, at: object) -> None:
    """Each date as a flag over the line, a colliding one higher."""
    assert callable(at)
    levels: list[float] = []
    for event in block.events:
        wide = max(text_width(event.label, 18, True), text_width(event.when, 16)) + 0.4
        x = at(event.day)
        left = min(x - 0.2, area.x + area.w - wide)
        level = next((i for i, end in enumerate(levels) if left > end), len(levels))
        levels[level : level + 1] = [left + wide]
        y = track.y - 2.5 - level * 1.75
        if y < area.y:
            pen.report(b.Overflow(pen.origin, event.label, f"{area.h:.1f} cm"))
            y = area.y
        pen.line(x, y, x, track.y - 0.07, "edge", 1)
        words = [
            Para((Span(event.when, False, "accent-text", 0.9),)),
            Para((Span(event.label, True, "primary"),)),
        ]
        align = "l" if left > x - 0.5 else "r"
        place = (
            Area(x + 0.25, y, wide, 1.5) if align == "l" else Area(x - 0.25 - wide, y, wide, 1.5)
        )
        pen.text(place, words, 18, 13, Look(align=align))


def number_plates(block: b.BigNumber, area: Area) -> list[Draw]:
    """One number on the dark slide."""
    return [partial(_number, block=block)]


def _number(pen: Pen, area: Area, block: b.BigNumber) -> None:
    top = Area(area.x, area.y + 1.6, area.w, 5.6)
    pen.text(top, para(block.value), 130, 48, Look("FFFFFF", True, "l", "b"))
    y = top.y + top.h + 0.5
    pen.line(area.x, y, area.x + 12, y, pen.tint("FFFFFF", 0.3, "primary"), 1)
    rest = Area(area.x, y + 0.4, area.w * 0.75, area.y + area.h - y - 0.4)
    pen.text(rest, para(block.words), 32, 18, Look(pen.pale, True))


def draw_score(pen: Pen, area: Area, block: b.BigNumber) -> None:
    """The number as a panel beside other things."""
    pen.box(area, "surface")
    pen.box(Area(area.x, area.y, area.w, 0.16), "primary")
    inner = area.inside(0.6, 0.7)
    size = fit([Place((para(block.value),), inner.w, 3.2, True)], 64, 24)
    tall = height((para(block.value),), size, inner.w, True)
    pen.put(
        Area(inner.x, inner.y, inner.w, tall), (para(block.value),), size, Look("primary", True)
    )
    pen.text(inner.below(tall + 0.2), para(block.words), 18, 12, Look("muted"))
