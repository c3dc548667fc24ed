"""The customer's journey on slides: the stages as a row of arrows, above them the curve of moods,
below each what the customer wants, where we meet them and where it hurts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from planwerk import blocks as b
from planwerk.render.layout import Point
from planwerk.render.layout_journey import MOST, mood_height, rows, runs
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import LEVELS, WHITE, Draw, Look, Pen
from planwerk.render.slides_rest import Line, rest_plates
from planwerk.render.slides_signs import curve
from planwerk.render.slides_text import (
    SMALLEST,
    Para,
    Place,
    fit,
    height,
    longest_word,
    para,
    text_width,
)

GAP, PAD, NARROWEST = 0.25, 0.3, 3.9
PLOT, EDGE = 3.6, 0.75
"""How high the curve is, and how far its extremes stay from its edges."""
LARGEST, FLOOR = 20.0, 12.0
MARK = 0.55


def journey_plates(block: b.Journey, area: Area) -> list[Draw]:
    """As few pages as hold all words; stages whose words never fit are listed as well."""
    most = max(min(MOST, int((area.w - _left(block)) / NARROWEST)), 1)
    for across in range(most, 0, -1):
        pages = rows(block.stages, across)
        wide = _width(block, area, len(pages[0]))
        sizes = [_size(block, page, area, wide) for page in pages]
        if all(sizes):
            size = min(sizes)
            return [
                partial(_draw, block=block, stages=page, across=len(pages[0]), size=size)
                for page in pages
            ]
    lines: list[Line] = []
    for stage in block.stages:
        lines += [stage.name, *((head, "", said, None) for head, said in _said(block, stage))]
    return rest_plates(lines, area, block.label)


def _left(block: b.Journey) -> float:
    """The room of the words of moods."""
    if not block.moods:
        return 0.0
    return min(max(longest_word((para(word),), 12) for word in block.moods) + 0.35, 3.6)


def _width(block: b.Journey, area: Area, across: int) -> float:
    return (area.w - _left(block) - GAP * (across - 1)) / across


def _said(block: b.Journey, stage: b.JourneyStage) -> list[tuple[str, str]]:
    parts = zip(block.heads, (stage.aim, stage.touch, stage.pain), strict=True)
    return [(head, words) for head, words in parts if words]


# --- words -----------------------------------------------------------------------------------


def _words(head: str, words: str, last: bool) -> tuple[Para, ...]:
    """One part of a stage; the last one, where it hurts, is bold."""
    color = "accent-text" if last else "muted"
    return (para(head, color, 0.8, True), para(words, "ink"))


def _columns(block: b.Journey, stages: Sequence[b.JourneyStage]) -> list[list[tuple[Para, ...]]]:
    """For each stage its three parts, empty ones too, so that rows stand level."""
    found = []
    for stage in stages:
        parts = zip(block.heads, (stage.aim, stage.touch, stage.pain), strict=True)
        found.append([_words(h, w, i == 2) if w else () for i, (h, w) in enumerate(parts)])
    return found


def _needs(columns: Sequence[Sequence[tuple[Para, ...]]], size: float, wide: float) -> list[float]:
    """How high each of the three rows of parts is."""
    return [
        max((height(parts[i], size, wide - 2 * PAD) if parts[i] else 0.0) for parts in columns)
        for i in range(3)
    ]


def _name(block: b.Journey, stage: b.JourneyStage) -> tuple[Para, ...]:
    """What a stage is called; its mood below where no curve tells it."""
    name = para(stage.name)
    if block.moods or not stage.status:
        return (name,)
    return name, para(stage.status.word, "pale", 0.75, False)


def _name_size(block: b.Journey, stages: Sequence[b.JourneyStage], wide: float) -> tuple[float, float]:  # fmt: skip
    """The type of the stages' names, and how high their arrows are."""
    room = wide - 1.1
    places = [Place(_name(block, stage), room, 1.6, True) for stage in stages]
    size = fit(places, 17, FLOOR)
    return size, max(max(height(p.paras, size, room, True) for p in places) + 0.3, 1.0)


def _top(block: b.Journey, stages: Sequence[b.JourneyStage], wide: float) -> float:
    return (PLOT if block.moods else 0.0) + _name_size(block, stages, wide)[1] + 0.2


def _size(block: b.Journey, stages: Sequence[b.JourneyStage], area: Area, wide: float) -> float:
    """The largest size with which a page's words fit; 0 where none does."""
    columns = _columns(block, stages)
    room = area.h - _top(block, stages, wide) - 0.9
    size = LARGEST
    while size >= FLOOR:
        flat = [p for parts in columns for words in parts for p in words]
        whole = size == FLOOR or longest_word(flat, size) <= wide - 2 * PAD - 0.05
        if whole and sum(_needs(columns, size, wide)) <= room:
            return size
        size -= 0.5
    return 0.0


# --- drawing ---------------------------------------------------------------------------------


def _draw(pen: Pen, area: Area, block: b.Journey, stages: Sequence[b.JourneyStage], across: int, size: float) -> None:  # fmt: skip
    """Curve, arrows, words: from above to below, each from left to right."""
    wide, left = _width(block, area, across), _left(block)
    xs = [area.x + left + i * (wide + GAP) for i in range(len(stages))]
    y = area.y
    if block.moods:
        _plot(
            pen,
            Area(area.x, y, xs[-1] + wide - area.x, PLOT),
            block,
            stages,
            [x + wide / 2 for x in xs],
        )
        y += PLOT
    name, high = _name_size(block, stages, wide)
    columns = _columns(block, stages)
    for x, stage in zip(xs, stages, strict=True):
        place = Area(x, y, wide + (GAP * 0.6 if x < xs[-1] else 0), high)
        pen.box(place, "primary", shape="homePlate", adjust=_point(place))
        words = Area(x + PAD, y, wide - 1.1, high)
        pen.text(words, _name(block, stage), name, None, Look(WHITE, True, anchor="ctr"))
    y += high + 0.2
    needs = _needs(columns, size, wide)
    known = [need for need in needs if need]
    spare = max(area.y + area.h - y - sum(needs) - 0.35, 0.0) / max(len(known), 1)
    for x, stage, parts in zip(xs, stages, columns, strict=True):
        said = "; ".join(f"{head}: {words}" for head, words in _said(block, stage))
        card = Area(x, y, wide, area.y + area.h - y)
        with pen.group(card, "Stage", f"{stage.name}: {said}"):
            pen.box(card, "surface")
            top = y + 0.25
            for i, (part, need) in enumerate(zip(parts, needs, strict=True)):
                if need and i and any(needs[:i]):
                    pen.line(x + PAD, top - 0.12, x + wide - PAD, top - 0.12)
                if part:
                    pen.text(Area(x + PAD, top, wide - 2 * PAD, need), part, size)
                top += need + spare if need else 0.0


def _point(area: Area) -> str:
    """How pointed an arrow is: the same on all, however long they are."""
    share = round(0.42 / min(area.w, area.h) * 100000)
    return f'<a:gd name="adj" fmla="val {share}"/>'


def _plot(pen: Pen, area: Area, block: b.Journey, stages: Sequence[b.JourneyStage], xs: Sequence[float]) -> None:  # fmt: skip
    """Lines of the best, the middle and the worst mood; the curve, broken where a mood is not known."""
    left, right = area.x + _left(block), area.x + area.w
    for mood, said in zip((2, 0, -2), block.moods or (), strict=False):
        y = mood_height(mood, area.y, area.h, EDGE)
        pen.line(left, y, right, y, "edge" if mood == 0 else "line", 1 if mood == 0 else 0.75)
        place = Area(area.x, y - 0.55, left - area.x - 0.2, 1.1)
        pen.text(place, para(said), 12, SMALLEST, Look("muted", anchor="ctr"))
    points: list[Point | None] = [
        None if stage.mood is None else (x, mood_height(stage.mood, area.y, area.h, EDGE))
        for stage, x in zip(stages, xs, strict=True)
    ]
    for run in runs(points):
        curve(pen, run, "c1", 2.5)
    for i, (stage, x, point) in enumerate(zip(stages, xs, points, strict=True)):
        y = point[1] if point else mood_height(0, area.y, area.h, EDGE)
        level = stage.status.level if stage.status else "open"
        pen.box(
            Area(x - MARK * 0.7, y - MARK * 0.7, MARK * 1.4, MARK * 1.4), WHITE, shape="ellipse"
        )
        pen.mark(level, x - MARK / 2, y - MARK / 2, MARK)
        if stage.status:
            wide = text_width(stage.status.word, 13, True) + 0.1
            # beside the curve, never on it; at the end of the line on the other side
            ends = x + MARK * 0.7 + wide > right
            near = i - 1 if ends else i + 1
            other = points[near] if 0 <= near < len(points) else None
            at = x - MARK * 0.7 - wide if ends else x + MARK * 0.7
            rises = point is not None and other is not None and other[1] < y
            word = Area(at, y + 0.12 if rises else y - 0.6, wide, 0.5)
            pen.text(word, para(stage.status.word), 13, None, Look(LEVELS[level], True, "l", "ctr"))
