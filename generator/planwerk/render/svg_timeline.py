"""The Gantt chart of the portal: tasks as bars by side, what they wait for, today, milestones.

The part of a bar up to today is filled, what is late is hatched up to today, and an elbow leads
from what a task waits for to its own bar, in red where that is late and holds it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from planwerk import blocks as b
from planwerk.render.measure import fitted, on_screen, wrapped
from planwerk.render.svg_draw import arrow, line, lines_of, mark, path, rect, svg, text

WIDTH, LEFT, RIGHT = 1216.0, 430.0, 96.0
"""The whole picture, and what is left and right of its days."""
NAME, WHO = 18.0, 282.0
"""Where the names of tasks and of people begin."""
TOP, ROW, STEP, HALF = 58.0, 26.0, 15.0, 7.0
"""Where the rows begin, a row's height, what a second line adds, and half a bar."""
LINES = 3
GAP = 10.0
"""Between the beginning of a bar and the arrow that comes to it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a bar lies: its middle line, the name's lines, and from where to where it reaches."""

    bar: b.Bar
    y: float
    lines: tuple[str, ...]
    x0: float
    x1: float


def timeline(block: b.Timeline) -> str:
    """Tasks as bars by side over the months; done soft, running filled to today, late hatched."""
    days = (block.end - block.start).days + 1

    def x(day: date) -> float:
        share = (min(max(day, block.start), block.end) - block.start).days / days
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    y, rows = TOP, ""
    places: list[_Place] = []
    for lane in block.lanes:
        y += 8
        rows += line(0, y, WIDTH, y, "var(--pw-edge)") + text(0, y + 18, lane.name, "b l")
        rows += text(16 + on_screen(lane.name, 15, True), y + 18, lane.summary, "m s")
        y += ROW
        for bar in lane.bars:
            names = wrapped(bar.label, 13, WHO - NAME - 10, LINES)
            high = ROW + STEP * (len(names) - 1)
            x0 = x(bar.start)
            places.append(_Place(bar, y + high / 2, names, x0, max(x(bar.due), x0 + 6)))
            y += high
    height = y + 8
    body = _months(block, x, height) + rows + _waits(places)
    body += "".join(_bar(place, block.today, x) for place in places)
    if block.milestones:
        body += _milestones(block, x)
    if block.start <= block.today <= block.end:
        at = x(block.today)
        body += line(at, 22, at, height, "var(--pw-accent)", 1.5)
        body += text(at + 5, 33, block.today_word, "s b halo", "", "var(--pw-accent-text)")
    body += "".join(_late_words(place, x(block.today)) for place in places)
    return svg(WIDTH, height, body, block.label, block.description, "only-w")


def _months(block: b.Timeline, x: Callable[[date], float], height: float) -> str:
    """Every other month as a band, the names of all, and the heads of the columns."""
    body = ""
    for i, month in enumerate(block.months):
        until = block.months[i + 1].day if i + 1 < len(block.months) else block.end
        if i % 2 == 0:
            wide = x(until) - x(month.day)
            body += rect(x(month.day), 22, wide, height - 22, "var(--pw-surface)", radius=0)
        body += text(x(month.day) + 4, 14, month.label, "m s")
    for head, at in zip(block.heads, (0.0, WHO, WIDTH - RIGHT + 12), strict=True):
        body += text(at, 14, head, "m s")
    return body


def _milestones(block: b.Timeline, x: Callable[[date], float]) -> str:
    """Marks with their names where there is room: right of the mark, else left of it."""
    body, free = "", -1.0
    ends = [x(event.day) - 8 for event in block.milestones[1:]] + [WIDTH]
    for event, end in zip(block.milestones, ends, strict=True):
        at, words = x(event.day), f"{event.when} {event.label}"
        body += mark("chance", at, 50)
        wide = on_screen(words, 12)
        begin = next((s for s in (at + 10, at - 10 - wide) if s > free and s + wide < max(end, at)), None)  # fmt: skip
        if begin is not None:
            body += text(begin, 54, words, "s halo")
        free = max(at + 8, (begin or 0) + wide)
    return body


def _waits(places: list[_Place]) -> str:
    """From the end of what a task waits for to the beginning of its own bar."""
    by_id: Mapping[str, _Place] = {place.bar.id: place for place in places if place.bar.id}
    quiet, held = "", ""
    for place in places:
        befores = [by_id[name] for name in place.bar.waits_for if name in by_id]
        for n, before in enumerate(befores):
            blocks = before.bar.status.level == "bad" and place.bar.done is None
            drawn = _elbow(before, place, min(GAP + 6 * n, place.x1 - place.x0), blocks)
            held, quiet = (held + drawn, quiet) if blocks else (held, quiet + drawn)
    return quiet + held


def _elbow(before: _Place, after: _Place, gap: float, blocks: bool) -> str:
    color = "var(--pw-bad)" if blocks else "var(--pw-edge)"
    down = 1 if after.y > before.y else -1
    at = after.x0 + gap
    tip = (at, after.y - down * (HALF + 1))
    if before.x0 <= at <= before.x1:  # it leaves the bar itself
        points = [(at, before.y + down * HALF), tip]
    else:
        points = [(before.x1 if at > before.x1 else before.x0, before.y), (at, before.y), tip]
    foot = (at, tip[1] - down * 5)
    return path([*points[:-1], foot], color, 1.5) + arrow(tip, foot, color, 7)


def _bar(place: _Place, today: date, x: Callable[[date], float]) -> str:
    bar, middle, x0, x1 = place.bar, place.y, place.x0, place.x1
    level, foot = bar.status.level, middle + 4 - STEP * (len(place.lines) - 1) / 2
    weight = "b" if level == "bad" else ""
    body = mark(level, 5.5, foot - 4, 10) + lines_of(NAME, foot, place.lines, STEP, weight)
    body += text(WHO, middle + 4, fitted(bar.who, 12, LEFT - WHO - 12), "m s")
    top, wide = middle - HALF, x1 - x0
    if level == "done":
        body += rect(x0, top, wide, 2 * HALF, "var(--pw-good-soft)", "var(--pw-good)")
    elif level == "warn":
        body += rect(x0, top, wide, 2 * HALF, "var(--pw-warn-soft)", "var(--pw-warn)", dash="4 3")
    elif level == "bad":
        body += rect(x0, top, wide, 2 * HALF, "var(--pw-c1)")
        body += _hatched(x1, x(today), top)
    else:
        body += rect(x0, top, wide, 2 * HALF, "var(--pw-bg)")
        if bar.start < today:
            body += rect(x0, top, min(x(today), x1) - x0, 2 * HALF, "var(--pw-c1)")
        body += rect(x0, top, wide, 2 * HALF, "none", "var(--pw-c1)")
    return body + text(WIDTH - RIGHT + 12, middle + 4, bar.due_words, f"s {weight}".strip())


def _hatched(x0: float, x1: float, top: float) -> str:
    """A hatched box: the days over the due day."""
    if x1 - x0 < 2:
        return ""
    body = rect(x0, top, x1 - x0, 2 * HALF, "var(--pw-bad-soft)")
    body += "".join(path(stripe, "var(--pw-bad)", 2) for stripe in _stripes(x0, x1, top))
    return body + rect(x0, top, x1 - x0, 2 * HALF, "none", "var(--pw-bad)")


def _stripes(x0: float, x1: float, top: float) -> Iterator[list[tuple[float, float]]]:
    """Rising lines within a box, cut at its left and right."""
    high, at = 2 * HALF, x0 - 2 * HALF
    while at < x1:
        left, right = max(at, x0), min(at + high, x1)
        if right - left > 1:
            yield [(left, top + high - (left - at)), (right, top + high - (right - at))]
        at += 6


def _late_words(place: _Place, today: float) -> str:
    """Beside a bar how late it is, or what it waits for: right of it, where there is room."""
    bar = place.bar
    words = bar.status.word if bar.status.level == "bad" else bar.note
    begin = (max(place.x1, today) if bar.status.level == "bad" else place.x1) + 8
    room = WIDTH - RIGHT - begin
    shown = next(
        (w for w in (words, bar.status.word) if words and on_screen(w, 12, True) <= room), ""
    )
    color = "var(--pw-bad)" if bar.status.level == "bad" else "var(--pw-warn)"
    weight = "s b halo" if bar.status.level == "bad" else "s halo"
    return text(begin, place.y + 4, shown, weight, "", color) if shown else ""
