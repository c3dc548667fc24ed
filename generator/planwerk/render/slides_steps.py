"""What was missed and what follows from it; what has to be decided; what must be acted on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from planwerk import blocks as b
from planwerk.render.lower import decisions_table, lessons_table
from planwerk.render.slides_area import NARROW, Area
from planwerk.render.slides_draw import LEVELS, WHITE, Draw, Look, Pen
from planwerk.render.slides_table import plates as table_plates
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

FLOW = (6.6, 7.6, 7.6, 8.867)
"""Widths of the four steps, together the content width."""
FLOOR = 13.0


# --- missed, why, what next ------------------------------------------------------------------


def lessons_plates(block: b.Lessons, area: Area) -> list[Draw]:
    """Rows under four chevrons up to three, else a table."""
    wide = area.w >= NARROW
    if 0 < len(block.items) <= 3 and wide and _rows_fit(block, area):
        return [partial(_flow, block=block)]
    if len(block.items) == 1 and wide:
        return [partial(_flow, block=block)]
    return table_plates(lessons_table(block), area)


def _row_height(block: b.Lessons, area: Area) -> float:
    count = len(block.items)
    return (area.h - 1.35 - 0.45 * (count - 1)) / count


def _places(block: b.Lessons, high: float) -> list[Place]:
    return [
        Place((para(words),), wide - 0.9, high - 0.9)
        for row in block.items
        for words, wide in ((row.cause, FLOW[1]), (row.lesson, FLOW[2]))
    ]


def _rows_fit(block: b.Lessons, area: Area) -> bool:
    high = _row_height(block, area)
    return all(height(p.paras, FLOOR, p.w) <= p.h for p in _places(block, high))


def _flow(pen: Pen, area: Area, block: b.Lessons) -> None:
    scale = area.w / sum(FLOW)
    widths = [wide * scale for wide in FLOW]
    _chevrons(pen, area, widths, block.heads)
    high = _row_height(block, area)
    size = fit(_places(block, high), {1: 24.0, 2: 18.0}.get(len(block.items), 16.0), 12)
    for i, row in enumerate(block.items):
        place = Area(area.x, area.y + 1.35 + i * (high + 0.45), area.w, high)
        about = f"{row.kpi} {row.actual} {row.target}: {row.cause} {row.lesson} {row.step}"
        with pen.group(place, "Lesson", about):
            _lesson(pen, place, row, widths, size)


def _chevrons(pen: Pen, area: Area, widths: list[float], heads: tuple[str, ...]) -> None:
    fills = [pen.tint("bad", 0.12), pen.tint("c3", 0.3), pen.tint("c3", 0.3), "primary"]
    inks = ["bad", "primary", "primary", WHITE]
    size = fit(
        [Place((para(h),), w - 1.7, 0.95, True) for h, w in zip(heads, widths, strict=True)],
        14,
        SMALLEST,
    )
    x = area.x
    for i, (head, wide) in enumerate(zip(heads, widths, strict=True)):
        last = i == len(heads) - 1
        place = Area(x, area.y, wide - (0 if last else 0.18), 1.05)
        adjust = '<a:gd name="adj" fmla="val 30000"/>'
        pen.box(place, fills[i], shape="chevron" if i else "homePlate", adjust=adjust)
        words = Area(x + (0.6 if i else 0.4), area.y, wide - (1.4 if i else 1.2), 1.05)
        pen.text(words, para(head), size, size, Look(inks[i], True, "ctr", "ctr"))
        x += wide


def _lesson(pen: Pen, area: Area, row: b.Lesson, widths: list[float], size: float) -> None:
    first, second, third, last = widths
    pen.box(area, "surface")
    pen.box(Area(area.x, area.y, 0.12, area.h), LEVELS[row.status.level])
    _miss(pen, Area(area.x + 0.55, area.y + 0.4, first - 0.9, area.h - 0.75), row)
    top, tall = area.y + 0.45, area.h - 0.9
    x = area.x + first
    for words, wide, part in ((row.cause, second, "cause"), (row.lesson, third, "lesson")):
        pen.line(x, top, x, area.y + area.h - 0.45, "line", 1)
        place = Area(x + 0.35, top, wide - 0.8, tall)
        pen.text(place, para(words), size, 12, Look(origin=f"{row.origin}/{part}"))
        x += wide
    box = Area(x, area.y, last, area.h)
    pen.box(box, pen.tint("primary", 0.12))
    who = ", ".join(w for w in (row.who, row.due) if w)
    foot = min(height((para(who),), 14, last - 1.0) + 0.05, 1.3) if who else 0.0
    step = Area(x + 0.5, top, last - 1.0, tall - foot - 0.2)
    look = Look("primary", True, origin=f"{row.origin}/step")
    pen.text(step, para(row.step), max(size, 18), 13, look)
    owner = [Para((Span(row.who, True), Span((", " if row.who else "") + row.due)))]
    place = Area(x + 0.5, area.y + area.h - 0.45 - foot, last - 1.0, foot)
    pen.text(place, owner if row.due else [para(row.who, bold=True)], 14, 12, Look(anchor="b"))


def _miss(pen: Pen, area: Area, row: b.Lesson) -> None:
    """Name, number against target, status."""
    size = fit([Place((para(row.kpi),), area.w, 1.3, True)], 16, 12)
    tall = min(height((para(row.kpi),), size, area.w, True), 1.4)
    look = Look("primary", True, origin=f"{row.origin}/kpi")
    pen.text(Area(area.x, area.y, area.w, tall), para(row.kpi), size, size, look)
    room = area.h - tall - 1.0
    stacked = room >= 2.3
    big = 48.0 if area.h > 7 else 32.0
    beside = 0.0 if stacked else text_width(row.target, 15) + 0.4
    while big > 16 and text_width(row.actual, big, True) + beside > area.w:
        big -= 1
    target = Span(row.target if stacked else f"  {row.target}", False, "muted", 15 / big)
    number = Span(row.actual, True, "ink")
    words = [Para((number,)), Para((target,))] if stacked else [Para((number, target))]
    high = height(words, big, area.w) + 0.1
    place = Area(area.x, area.y + tall + (0.25 if stacked else 0.1), area.w, min(room, high))
    pen.text(place, words, big, 14, Look(anchor="ctr"))
    pen.status(Area(area.x, area.y + area.h - 0.7, area.w, 0.7), row.status, 13)


# --- decisions -------------------------------------------------------------------------------


def decisions_plates(block: b.Decisions, area: Area, labels: Mapping[str, str]) -> list[Draw]:
    """One as a statement, up to four as numbered rows, else a table."""
    count = len(block.items)
    if count == 1 and area.w >= NARROW:
        return [partial(_one_decision, block=block)]
    if 2 <= count <= 4 and area.w >= NARROW:
        return [partial(_decisions, block=block)]
    return table_plates(decisions_table(block, labels), area)


def _one_decision(pen: Pen, area: Area, block: b.Decisions) -> None:
    item = block.items[0]
    with pen.group(area, block.label, f"{item.question} {item.recommendation}"):
        left, right = area.columns((8.2, 3.8), 0)
        pen.box(left, "primary")
        pen.box(right, "surface")
        words = [Para((Span(item.question, True, WHITE),), 12)]
        if item.recommendation:
            words.append(para(item.recommendation, pen.pale, 0.62, False))
        pen.text(
            left.inside(1.2, 1.0), words, 36, 18, Look(WHITE, anchor="ctr", origin=item.origin)
        )
        inner = right.inside(0.9, 1.0)
        who = [
            para(block.decides, "muted", 0.7, after=4),
            para(item.who, "primary", 1.0, True, 4),
            para(item.when, "ink", 0.85),
        ]
        pen.text(Area(inner.x, inner.y, inner.w, inner.h - 1.2), who, 22, 13, Look(anchor="ctr"))
        pen.status(Area(inner.x, inner.y + inner.h - 0.8, inner.w, 0.8), item.status, 15)


def _decision_words(item: b.Decision) -> tuple[Para, ...]:
    words = [Para((Span(item.question, True, "primary", 1.2),), 5)]
    if item.recommendation:
        words.append(para(item.recommendation))
    return tuple(words)


def _decisions(pen: Pen, area: Area, block: b.Decisions) -> None:
    places = area.rows(len(block.items), 0.45)
    rooms = [Area(p.x + 2.4, p.y + 0.3, p.w - 2.4 - 8.6, p.h - 0.6) for p in places]
    size = fit(
        [Place(_decision_words(i), r.w, r.h) for i, r in zip(block.items, rooms, strict=True)],
        20,
        13,
    )
    for i, (item, place, room) in enumerate(zip(block.items, places, rooms, strict=True)):
        with pen.group(place, block.label, f"{i + 1}: {item.question} {item.recommendation}"):
            pen.box(place, "surface")
            number = Area(place.x, place.y, 1.7, place.h)
            pen.box(number, "primary")
            pen.text(number, para(str(i + 1)), 34, 20, Look(WHITE, True, "ctr", "ctr"))
            pen.text(room, _decision_words(item), size, 12, Look(anchor="ctr", origin=item.origin))
            x = place.x + place.w - 8.0
            pen.line(x, place.y + 0.5, x, place.y + place.h - 0.5, "line", 1)
            who = [para(block.decides, "muted", 0.8), para(item.who, "ink", 1.0, True)]
            who += [para(item.when)] if item.when else []
            half = Area(x + 0.5, place.y + 0.3, 7.2, place.h - 1.25)
            pen.text(half, who, 17, 12, Look(anchor="ctr"))
            foot = Area(x + 0.5, place.y + place.h - 0.95, 7.2, 0.65)
            pen.status(foot, item.status, 13)


# --- the one thing ---------------------------------------------------------------------------


def callout_plates(block: b.Callout, area: Area) -> list[Draw]:
    """The question as large as it fits."""
    return [partial(draw_callout, block=block)]


def draw_callout(pen: Pen, area: Area, block: b.Callout) -> None:
    """A panel with an edge in the level's colour."""
    color = LEVELS[block.level]
    with pen.group(area, "Callout", f"{block.title} {block.text}"):
        pen.box(area, pen.tint(color, 0.06))
        pen.box(Area(area.x, area.y, 0.3, area.h), color)
        wide = area.w > 16
        inner = area.inside(1.4 if wide else 0.8, 0.9 if area.h > 6 else 0.4)
        if area.h > 6:
            pen.mark(block.level, inner.x, inner.y + 0.2, 0.8)
            inner = inner.below(1.3)
        words = [Para((Span(block.title, True, "primary"),), 8)]
        words += [para(block.text, "ink", 0.68, after=8)] if block.text else []
        words += [para(block.who, "muted", 0.55)] if block.who else []
        pen.text(inner, words, 36 if wide else 22, 14, Look(anchor="ctr", origin=block.origin))
