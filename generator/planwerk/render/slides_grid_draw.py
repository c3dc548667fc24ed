"""Drawing grids of five by five on slides: cells, axes, discs with names and arrows, the list beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planwerk import blocks as b
from planwerk.render.layout_grid import reach, slots
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import WHITE, Look, Pen
from planwerk.render.slides_rest import Line
from planwerk.render.slides_signs import ARROW, connector, legend, legend_height
from planwerk.render.slides_text import Para, height, para, text_width

LEFT, TOP, FOOT = 0.75, 0.55, 1.1
"""Room for the levels at the left, the name of their axis above, words and axis below."""
HEAD, LEAST, EDGE = 0.6, 1.15, 0.15
Tint = Callable[[int, int], tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in a cell: its sign and name, where it stands and stood, and what is said of it."""

    sign: str
    name: str
    level: int
    column: int
    before: int | None
    color: str
    said: tuple[Para, ...]
    line: Line
    about: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything a grid says; `corners` are the words of its upper corners with their colours."""

    marks: tuple[Mark, ...]
    columns: tuple[str, ...]
    axes: tuple[str, str]
    corners: tuple[tuple[str, str], tuple[str, str]]
    tint: Tint
    legend: tuple[b.Status, ...]
    foot: str
    label: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How marks are drawn: the height of one, its disc, the type of its name (0: no names)."""

    pitch: float
    disc: float
    size: float


MANNERS = (
    Manner(1.55, 1.3, 16.0), Manner(1.3, 1.15, 14.0), Manner(1.1, 1.0, 12.0), Manner(0.84, 0.78, 12.0),
)  # fmt: skip
SIGNS = (Manner(1.12, 1.0, 0.0), Manner(0.8, 0.76, 0.0))


# --- where everything stands --------------------------------------------------------------------


def _cell(area: Area) -> float:
    return (area.w - LEFT) / 5


def manner_for(grid: Grid, area: Area, manners: Sequence[Manner]) -> Manner | None:
    """The largest manner in which everything stands in its cell."""
    for manner in manners:
        if sum(_needs(grid, area, manner)) <= area.h - TOP - FOOT and _named(grid, area, manner):
            return manner
    return None


def _named(grid: Grid, area: Area, manner: Manner) -> bool:
    """Whether every name fits the cells it reaches; short ones stand on one line."""
    if not manner.size:
        return True
    cell = _cell(area)
    for mark in grid.marks:
        _, last = _span(mark, manner, cell)
        room = (last - mark.column + 1) * cell - manner.disc - 0.4
        if height((para(mark.name, bold=True),), manner.size, room) > manner.pitch + 0.02:
            return False
        if max(text_width(w, manner.size, True) for w in mark.name.split() or [""]) > room:
            return False
    return True


def _span(mark: Mark, manner: Manner, cell: float) -> tuple[int, int]:
    """The columns a mark takes: where it was, where it is, where its name ends."""
    before = mark.column if mark.before is None else mark.before
    if mark.before is not None and mark.before > mark.column:
        return mark.column, before  # the arrow comes from the right: the name stays in its cell
    wide = text_width(mark.name, manner.size, True) + manner.disc + 0.45
    return min(before, mark.column), max(before, reach(mark.column, wide, cell))


def _places(grid: Grid, area: Area, manner: Manner, level: int) -> tuple[list[tuple[Mark, int, int]], int]:  # fmt: skip
    """The marks of a line of cells with their row and their place in it, and how many rows."""
    marks = [mark for mark in grid.marks if mark.level == level]
    cell = _cell(area)
    if manner.size:
        found, rows, _ = slots([_span(mark, manner, cell) for mark in marks], len(marks))
        return [(m, row or 0, 0) for m, row in zip(marks, found, strict=True)], rows
    across = max(int((cell - 0.2) / manner.pitch), 1)
    out, count = [], [0] * 5
    for mark in marks:
        row, place = divmod(count[mark.column], across)
        out.append((mark, row, place))
        count[mark.column] += 1
    return out, max(-(-n // across) for n in count)


def _needs(grid: Grid, area: Area, manner: Manner) -> list[float]:
    """How high each line of cells must be, from above."""
    out = []
    for level in range(5, 0, -1):
        _, rows = _places(grid, area, manner, level)
        head = HEAD if level == 5 and grid.corners[0][0] else 0.0
        out.append(max(rows * manner.pitch + 2 * EDGE, LEAST if rows else 0.8) + head)
    return out


def list_rows(grid: Grid, area: Area) -> list[Area]:
    """The places of the list's entries: as high as their words need, together as high as the area."""
    whole = Area(area.x, area.y + TOP, area.w, area.h - TOP)
    needs = [height(m.said, 12, area.w - 0.5) + 0.35 for m in grid.marks]
    spare = max(whole.h - sum(needs), 0.0) / max(len(needs), 1)
    out, y = [], whole.y
    for need in needs:
        high = min(need + spare, 6.0)
        out.append(Area(whole.x, y, whole.w, high))
        y += high
    return out


# --- drawing ---------------------------------------------------------------------------------


def draw_alone(pen: Pen, area: Area, grid: Grid, manner: Manner) -> None:
    tall = legend_height(grid.legend, grid.foot, area.w)
    _draw(pen, Area(area.x, area.y, area.w, area.h - tall), grid, manner)
    legend(pen, area, grid.legend, grid.foot)


def draw_both(pen: Pen, area: Area, grid: Grid, manner: Manner, size: float) -> None:
    tall = legend_height(grid.legend, grid.foot, area.w)
    inner = Area(area.x, area.y, area.w, area.h - tall)
    left, right = inner.columns((7.6, 4.4), 0.8)
    _draw(pen, left, grid, manner)
    for mark, place in zip(grid.marks, list_rows(grid, right), strict=True):
        card = Area(place.x, place.y, place.w, place.h - 0.14)
        pen.box(card, "surface")
        pen.box(Area(card.x, card.y, 0.1, card.h), mark.color)
        words = Area(card.x + 0.35, card.y, card.w - 0.5, card.h)
        pen.text(words, mark.said, size, 12, Look(anchor="ctr"))
    legend(pen, area, grid.legend, grid.foot)


def _draw(pen: Pen, area: Area, grid: Grid, manner: Manner) -> None:
    """Cells, axes, then everything in its cell, from above."""
    needs = _needs(grid, area, manner)
    spare = max(area.h - TOP - FOOT - sum(needs), 0.0) / 5
    cell, x, y = _cell(area), area.x + LEFT, area.y + TOP
    quiet = Look("muted", anchor="ctr")
    pen.text(Area(area.x, area.y, area.w, TOP - 0.05), para(grid.axes[0]), 12, 11.5, quiet)
    for level, need in zip(range(5, 0, -1), needs, strict=True):
        high = need + spare
        pen.text(Area(area.x, y, LEFT - 0.2, high), para(str(level)), 13, None, quiet)
        for column in range(5):
            color, share = grid.tint(level, column)
            pen.box(Area(x + column * cell, y, cell - 0.06, high - 0.06), pen.tint(color, share))
        head = _corners(pen, Area(x, y, 5 * cell, HEAD), grid) if level == 5 else 0.0
        placed, rows = _places(grid, area, manner, level)
        top = y + head + (high - head - rows * manner.pitch) / 2
        for mark, row, place in placed:
            at = Area(x + mark.column * cell + 0.15, top + row * manner.pitch, cell, manner.pitch)
            _mark(pen, at, mark, manner, place, (x, cell))
        y += high
    for column, words in enumerate(grid.columns):
        below = Area(x + column * cell, y, cell - 0.06, 0.55)
        pen.text(below, para(words), 13, 11.5, Look("ink", True, "ctr", "ctr"))
    axis = Look("muted", False, "ctr", "ctr")
    pen.text(Area(x, y + 0.52, 5 * cell, 0.5), para(grid.axes[1]), 12, 11.5, axis)


def _corners(pen: Pen, area: Area, grid: Grid) -> float:
    """The words of the upper corners; how much room they take."""
    (left, bad), (right, good) = grid.corners
    if not left and not right:
        return 0.0
    inner = Area(area.x + 0.2, area.y + 0.05, area.w - 0.46, area.h)
    pen.text(inner, para(left), 12.5, 11.5, Look(bad or "ink", True, anchor="ctr"))
    pen.text(inner, para(right), 12.5, 11.5, Look(good or "ink", True, "r", "ctr"))
    return HEAD


def _mark(pen: Pen, at: Area, mark: Mark, manner: Manner, place: int, columns: tuple[float, float]) -> None:  # fmt: skip
    """A disc with its sign, the name beside it, and an arrow from where it was."""
    x, cell = columns
    d = manner.disc
    _, last = _span(mark, manner, cell)
    away = mark.before is not None and mark.before > mark.column
    room = ((mark.column if away else last) - mark.column + 1) * cell - d - 0.4
    wide = min(text_width(mark.name, manner.size, True) + 0.1, room) if manner.size else 0.0
    left, middle = at.x + place * manner.pitch, at.y + manner.pitch / 2
    with pen.group(
        Area(left, middle - d / 2, d + (wide + 0.15 if wide else 0), d), "Place", mark.about
    ):
        disc = Area(left, middle - d / 2, d, d)
        pen.box(disc, mark.color, shape="ellipse")
        size = max(min(d * 11.5, d * 0.86 / max(text_width(mark.sign, 1, True), 0.01)), 11.5)
        pen.put(disc, (para(mark.sign),), round(size * 2) / 2, Look(WHITE, True, "ctr", "ctr"))
        if manner.size:
            words = Area(left + d + 0.15, at.y, room, manner.pitch)
            pen.text(words, para(mark.name), manner.size, None, Look("ink", True, anchor="ctr"))
    if mark.before is not None and manner.size:
        start = x + mark.before * cell + 0.35
        end = left + d + 0.25 + wide if away else left - 0.05
        pen.box(Area(start - 0.17, middle - 0.17, 0.34, 0.34), WHITE, "muted", "ellipse", 1.25)
        edge = start + (-0.17 if away else 0.17)
        connector(pen, (edge, middle), (end, middle), "accent", 1.75, ends=ARROW)
