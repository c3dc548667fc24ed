"""The joint plan as a Gantt chart of native shapes: lanes by side, milestones, today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from planwerk import blocks as b
from planwerk.render import slides_table
from planwerk.render.lower import MARKS
from planwerk.render.slides_area import Area, evenly
from planwerk.render.slides_draw import LEVELS, WHITE, Draw, Look, Pen, side_colors
from planwerk.render.slides_text import (
    NBSP,
    Place,
    fit,
    fits,
    para,
    text_width,
)

MOST = 18
LANE = 2.9
FLOOR, OWNER_FLOOR = 12.0, 11.5
TODAY_ROW = 0.62
FLAGS = 6
"""Lines that the words of milestones take at most; of more they are listed after the chart."""
CAPTION = 3.4
"""How far the word before the milestones reaches."""
STRONG: tuple[b.Level, ...] = ("done", "good", "bad", "warn")
"""What is said in a word beside its bar; filled and outlined are told by the source line."""

Lanes = Sequence[tuple[b.Lane, str]]


def timeline_plates(block: b.Timeline, area: Area, labels: Mapping[str, str]) -> list[Draw]:
    """One slide up to 18 tasks, then pages of whole lanes; a long lane is cut evenly."""
    colors = side_colors([lane.side for lane in block.lanes])
    lanes = list(zip(block.lanes, colors, strict=True))
    pages = [lanes]
    for most in (MOST, 14, 11, 8, 6, 4, 3, 2, 1):
        pages = _pages(lanes, most)
        if all(_fits(block, area, page) for page in pages):
            break
    drawn: list[Draw] = [partial(_gantt, block=block, lanes=page) for page in pages]
    listed = _flags(_columns(block, area, lanes)) is None
    return drawn + _listed(block, area, labels["milestones"]) if listed else drawn


def _listed(block: b.Timeline, area: Area, head: str) -> list[Draw]:
    """The milestones as a table, where there are too many for words beside them."""
    rows = tuple(b.Row((b.Cell(b.text(e.when)), b.Cell(b.text(e.label)))) for e in block.milestones)
    return slides_table.plates(b.Table((b.Column(""), b.Column(head, wide=True)), rows, head), area)  # fmt: skip


def _pages(lanes: list[tuple[b.Lane, str]], most: int) -> list[list[tuple[b.Lane, str]]]:
    """Whole lanes together while they have at most that many tasks, on pages as even as can be."""
    parts = [(replace(lane, bars=bars), c) for lane, c in lanes for bars in evenly(lane.bars, most)]
    fewest = len(_filled(parts, most))
    return next(
        pages for limit in range(1, most + 1) if len(pages := _filled(parts, limit)) <= fewest
    )


def _filled(parts: list[tuple[b.Lane, str]], most: int) -> list[list[tuple[b.Lane, str]]]:
    pages: list[list[tuple[b.Lane, str]]] = [[]]
    for lane, color in parts:
        used = sum(max(len(other.bars), 1) for other, _ in pages[-1])
        if pages[-1] and used + max(len(lane.bars), 1) > most:
            pages.append([])
        pages[-1].append((lane, color))
    return pages


def _fits(block: b.Timeline, area: Area, lanes: Lanes) -> bool:
    chart = _measured(block, area, lanes)
    bars = [bar for lane, _ in lanes for bar in lane.bars]
    words = all(fits(place, FLOOR) for place in _task_places(bars, chart))
    return words and all(fits(place, OWNER_FLOOR) for place in _owner_places(bars, chart))


@dataclass(frozen=True, slots=True)
class Chart:
    """The measures of one Gantt chart in centimetres."""

    area: Area
    block: b.Timeline
    lanes: Lanes
    task: float
    who: float
    x: float
    w: float
    rows: float = 0.0
    row: float = 0.0

    def at(self, day: date) -> float:
        """Where a day stands."""
        block = self.block
        days = (block.end - block.start).days or 1
        return self.x + self.w * (min(max(day, block.start), block.end) - block.start).days / days

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        count = sum(max(len(lane.bars), 1) for lane, _ in self.lanes)
        return self.rows + count * self.row + 0.12 * (len(self.lanes) - 1)


def _columns(block: b.Timeline, area: Area, lanes: Lanes) -> Chart:
    """Tasks get the room their words want, time at least twelve centimetres."""
    bars = [bar for lane, _ in lanes for bar in lane.bars]
    who = min(max((text_width(bar.who, 13) for bar in bars), default=0) + 0.35, 4.4)
    who = max(who, text_width(block.heads[1], 12, True) + 0.3, 1.6)
    task = max((text_width(bar.label, 14) for bar in bars), default=0) + 0.5
    task = min(max(task, 6.0), area.w - LANE - who - 12.5)
    x = area.x + LANE + task + who + 0.2
    return Chart(area, block, lanes, task, who, x, area.x + area.w - x - 0.45)


def _measured(block: b.Timeline, area: Area, lanes: Lanes) -> Chart:
    chart = _columns(block, area, lanes)
    flags = _flags(chart)
    lines = 1 if flags is None else max(flags.values(), default=0)
    head = 0.8 + TODAY_ROW + (0.15 + 0.56 * lines) + 0.2
    count = sum(max(len(lane.bars), 1) for lane, _ in lanes)
    tallest = 3.4 if count <= 3 else 2.0
    row = min(tallest, (area.h - head - 0.12 * (len(lanes) - 1)) / max(count, 1))
    return replace(chart, rows=area.y + head, row=row)


def _task_places(bars: Sequence[b.Bar], chart: Chart) -> list[Place]:
    return [Place((para(bar.label),), chart.task - 0.4, chart.row - 0.06) for bar in bars]


def _owner_places(bars: Sequence[b.Bar], chart: Chart) -> list[Place]:
    return [Place((para(bar.who),), chart.who - 0.1, chart.row - 0.06) for bar in bars]


def _gantt(pen: Pen, area: Area, block: b.Timeline, lanes: Lanes) -> None:
    chart = _measured(block, area, lanes)
    _heads(pen, chart)
    _lanes(pen, chart)
    _today(pen, chart)
    _milestones(pen, chart)


def _heads(pen: Pen, chart: Chart) -> None:
    area, block = chart.area, chart.block
    quiet = Look("muted", True, anchor="ctr")
    pen.text(
        Area(area.x + LANE + 0.1, area.y, chart.task - 0.2, 0.8),
        para(block.heads[0]),
        12,
        12,
        quiet,
    )
    pen.text(
        Area(area.x + LANE + chart.task, area.y, chart.who, 0.8),
        para(block.heads[1]),
        12,
        12,
        quiet,
    )
    size = 12.0
    spans = []
    for i, month in enumerate(block.months):
        until = (
            chart.at(block.months[i + 1].day) if i + 1 < len(block.months) else chart.x + chart.w
        )
        spans.append((month, chart.at(month.day), until))
    size = fit(
        [Place((para(m.label),), max(end - x - 0.1, 0.5), 0.7, True) for m, x, end in spans], 12, 9
    )
    for i, (month, x, end) in enumerate(spans):
        place = Area(x, area.y, max(end - x - 0.05, 0.1), 0.8)
        pen.box(place, pen.tint("c3", 0.22))
        pen.put(place, (para(month.label),), size, Look("primary", True, "ctr", "ctr"))
        if i:
            pen.line(x - 0.025, area.y + 0.8, x - 0.025, chart.bottom, "line", 0.5)


# --- milestones and today --------------------------------------------------------------------


def _flag(area: Area, x: float, words: str) -> tuple[float, float, str]:
    """Where a milestone's words begin and end, and on which side of it they stand; where neither
    has room for them, on the wider one as far as it goes."""
    wide = text_width(words, 12, True) + 0.15
    before, after = x - 0.35 - area.x - CAPTION, area.x + area.w - x - 0.35
    if wide <= after or before < min(wide, after):
        return x + 0.35, x + 0.35 + min(wide, after), "l"
    return x - 0.35 - min(wide, before), x - 0.35, "r"


def _flags(chart: Chart) -> dict[int, int] | None:
    """The line (from 1) on which each milestone's words stand without touching others; None where
    they would take more than `FLAGS`."""
    ends: list[list[tuple[float, float]]] = []
    out: dict[int, int] = {}
    for i, event in enumerate(chart.block.milestones):
        begin, end, _ = _flag(chart.area, chart.at(event.day), f"{event.when} {event.label}")
        begin, end = begin - 0.6, end + 0.25
        free = (k for k, taken in enumerate(ends) if all(end <= a or begin >= z for a, z in taken))
        line = next(free, len(ends))
        if line == len(ends):
            if line == FLAGS:
                return None
            ends.append([])
        ends[line].append((begin, end))
        out[i] = line + 1
    return out


def _milestones(pen: Pen, chart: Chart) -> None:
    if not chart.block.milestones:
        return
    flags = _flags(chart)
    area, top = chart.area, chart.area.y + 0.8 + TODAY_ROW + 0.1
    place = Area(area.x, top, LANE + chart.task, 0.56)
    pen.text(place, para(pen.labels["milestones"]), 13, 12, Look("accent-text", True, anchor="ctr"))
    for i, event in enumerate(chart.block.milestones):
        x, y = chart.at(event.day), top + (0.56 * (flags[i] - 1) if flags else 0)
        words = f"{event.when} {event.label}"
        begin, end, align = _flag(area, x, words)
        pen.box(
            Area(min(x - 0.2, area.x + area.w - 0.4), y + 0.08, 0.4, 0.4), "accent", shape="diamond"
        )
        if flags is None:
            continue
        look = Look("ink", True, align, "ctr", ground="bg")
        pen.text(Area(begin, y, end - begin, 0.56), para(words), 12, 12, look)


def _today(pen: Pen, chart: Chart) -> None:
    block = chart.block
    if not block.start <= block.today <= block.end:
        return
    x = chart.at(block.today)
    pen.line(x, chart.area.y + 0.85, x, chart.bottom, "accent", 1.75)
    wide = text_width(block.today_word, 12, True) + 0.4
    left = min(max(x - wide / 2, chart.x), chart.area.x + chart.area.w - wide)
    place = Area(left, chart.area.y + 0.87, wide, 0.5)
    pen.box(place, "accent-text")
    pen.text(place, para(block.today_word), 12, 12, Look(WHITE, True, "ctr", "ctr"))


# --- lanes and bars --------------------------------------------------------------------------


def _lanes(pen: Pen, chart: Chart) -> None:
    bars = [bar for lane, _ in chart.lanes for bar in lane.bars]
    largest = 20.0 if chart.row > 2.4 else 16.0 if chart.row > 1.4 else 14.0
    tasks = fit(_task_places(bars, chart), largest, FLOOR)
    owners = fit(_owner_places(bars, chart), min(tasks, 15), OWNER_FLOOR)
    y = chart.rows
    for lane, color in chart.lanes:
        high = max(len(lane.bars), 1) * chart.row
        place = Area(chart.area.x, y, chart.area.w, high)
        _lane(pen, place, lane, color)
        for i, bar in enumerate(lane.bars):
            row = Area(place.x, y + i * chart.row, place.w, chart.row)
            if i:
                pen.line(row.x + LANE, row.y, row.x + row.w, row.y, "line", 0.5)
            _bar(pen, chart, row, bar, color, (tasks, owners))
        y += high + 0.12


def _lane(pen: Pen, area: Area, lane: b.Lane, color: str) -> None:
    """The side's block: its name, and how far it is where there is room."""
    pen.box(Area(area.x + LANE - 0.3, area.y, area.w - LANE + 0.3, area.h), "surface")
    block = Area(area.x, area.y, LANE - 0.3, area.h)
    pen.box(block, color)
    inner = block.inside(0.15, 0.05)
    full = (para(lane.name, bold=True, after=2), para(lane.summary, scale=0.84))
    name = (para(lane.name, bold=True),)
    for words in (full, name) if lane.summary else (name,):
        place = Place(words, inner.w, inner.h)
        size = fit([place], 14, 12)
        if fits(place, size) or words is name:
            pen.text(inner, words, size, 9, Look(WHITE, False, "ctr", "ctr"))
            return


def _bar(
    pen: Pen, chart: Chart, row: Area, bar: b.Bar, color: str, sizes: tuple[float, float]
) -> None:
    task = Area(row.x + LANE + 0.1, row.y, chart.task - 0.3, row.h)
    pen.text(task, para(bar.label), sizes[0], 11.5, Look(anchor="ctr", origin=bar.origin))
    who = Area(row.x + LANE + chart.task, row.y, chart.who - 0.1, row.h)
    pen.text(who, para(bar.who), sizes[1], 11, Look("muted", anchor="ctr"))
    high = min(0.9 if row.h > 2 else 0.58, row.h * 0.55)
    x1 = chart.at(bar.start)
    x2 = max(chart.at(bar.due), x1 + 0.18)
    place = Area(x1, row.y + (row.h - high) / 2, x2 - x1, high)
    level = bar.status.level
    about = f"{bar.label}, {bar.who}: {bar.due_words}, {bar.status.word}"
    with pen.group(place, "Bar", about):
        _bar_shape(pen, place, level, color)
    _due(pen, chart, row, bar, (x1, x2))


def _bar_shape(pen: Pen, area: Area, level: b.Level, color: str) -> None:
    if level == "warn":
        pen.box(area, pen.tint("warn", 0.12), "warn", weight=1.5)
    elif fill := {"done": "good", "good": "good", "bad": "bad", "run": color}.get(level):
        pen.box(area, fill)
    else:
        pen.box(area, "bg", color, weight=1.5)


def _due(pen: Pen, chart: Chart, row: Area, bar: b.Bar, ends: tuple[float, float]) -> None:
    """The due day right of the bar, else left of it; its word too where there is room."""
    level, size = bar.status.level, 12.0
    strong = level in STRONG
    short = f"{MARKS[level]}{NBSP}{bar.due_words}" if strong else bar.due_words
    long = f"{MARKS[level]}{NBSP}{bar.status.word} · {bar.due_words}" if strong else short
    edge = chart.area.x + chart.area.w
    look = Look(LEVELS[level] if strong else "muted", strong, anchor="ctr")
    today = chart.at(chart.block.today)
    for crossing in (False, True):
        for words in (long, short):
            wide = text_width(words, size, strong) + 0.15
            for x, align in ((ends[1] + 0.2, "l"), (ends[0] - 0.2 - wide, "r")):
                crosses = x - 0.1 < today < x + wide
                if x + wide <= edge and x >= chart.x - 0.2 and (crossing or not crosses):
                    place = Area(x, row.y, wide, row.h)
                    pen.text(place, para(words), size, size, replace(look, align=align))
                    return
    pen.text(Area(edge - wide, row.y, wide, row.h), para(short), size, 9, replace(look, align="r"))
