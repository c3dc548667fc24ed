"""Two grids of five by five: influence and disposition of people, probability and severity of risks."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from planwerk import blocks as b
from planwerk.render.layout_grid import reach, slots, zone
from planwerk.render.measure import fitted, on_screen
from planwerk.render.svg_draw import arrow, card, dot, line, mark, num, rect, svg, text

WIDTH, RISKS = 466.0, 718.0
LEFT, TOP, RIGHT = 36.0, 2.0, 2.0
ROW, LEAST, HEAD = 17.0, 46.0, 20.0
MOST = 7
"""Names in one cell; of more only their number is told."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """The tops of the five lines of cells from above, and the bottom of the last."""

    tops: tuple[float, ...]
    cell: float
    """How wide a cell is."""

    def top(self, level: int) -> float:
        """Where the line of cells for a level (5 is above) begins."""
        return self.tops[5 - level]

    def x(self, column: int) -> float:
        """Where a column begins."""
        return LEFT + self.cell * column

    @property
    def bottom(self) -> float:
        """Where the last line of cells ends."""
        return self.tops[5]


def _grid(rows: Sequence[int], wide: float) -> _Grid:
    """Lines of cells as high as their names need; `rows` from above. Zones are named in the first."""
    tops = [TOP]
    for i, count in enumerate(rows):
        tops.append(tops[-1] + max(LEAST, ROW * count + 10) + (HEAD if i == 0 else 0))
    return _Grid(tuple(tops), (wide - LEFT - RIGHT) / 5)


def _frame(grid: _Grid, axes: tuple[str, str], columns: Sequence[str], grounds: str) -> str:
    """Grounds, lines, the levels at the left, the words below, the names of both axes."""
    out = grounds
    for i in range(6):
        out += line(grid.x(i), TOP, grid.x(i), grid.bottom)
        out += line(LEFT, grid.tops[i], grid.x(5), grid.tops[i])
    for level in range(1, 6):
        middle = (grid.top(level) + grid.tops[6 - level]) / 2
        out += text(LEFT - 7, middle + 4, str(level), "m s", "end")
    for i, word in enumerate(columns):
        out += text(
            grid.x(i) + grid.cell / 2,
            grid.bottom + 17,
            fitted(word, 12, grid.cell - 4),
            "m s",
            "middle",
        )
    middle = (TOP + grid.bottom) / 2
    out += f'<text transform="translate(12 {num(middle)}) rotate(-90)" class="m s" text-anchor="middle">{html.escape(axes[0])}</text>'
    return out + text(LEFT + grid.cell * 2.5, grid.bottom + 35, axes[1], "m s", "middle")


def influence_grid(block: b.InfluenceGrid) -> str:
    """People by influence and disposition; a hollow dot and an arrow where they moved."""
    by_level = {level: [p for p in block.people if p.influence == level] for level in range(5, 0, -1)}  # fmt: skip
    cell = (WIDTH - LEFT - RIGHT) / 5
    placed = {
        level: slots([_span(p, cell) for p in people], MOST) for level, people in by_level.items()
    }
    rows = [placed[level][1] + (1 if placed[level][2] else 0) for level in range(5, 0, -1)]
    grid = _grid(rows, WIDTH)
    tinted = grid.top(3) - TOP
    grounds = rect(LEFT, TOP, grid.cell * 2, tinted, "var(--pw-bad-soft)", radius=0)
    grounds += rect(grid.x(3), TOP, grid.cell * 2, tinted, "var(--pw-good-soft)", radius=0)
    body = _frame(grid, block.axes, block.columns, grounds)
    win, involve = block.zones
    body += text(LEFT + 7, TOP + 15, win, "s b", "", "var(--pw-bad)")
    body += text(grid.x(5) - 7, TOP + 15, involve, "s b", "end", "var(--pw-good)")
    for level, people in by_level.items():
        where, _, hidden = placed[level]
        top = grid.top(level) + (HEAD if level == 5 else 0)
        for person, row in zip(people, where, strict=True):
            if row is not None:
                body += _person(person, grid, top + 14 + ROW * row)
        for column, count in hidden.items():
            words = block.more.format(count=count)
            body += text(grid.x(column) + 9, top + 18 + ROW * placed[level][1], words, "m s")
    return svg(WIDTH, grid.bottom + 40, body, block.label, block.description, "only-w")


def _span(person: b.Placed, cell: float) -> tuple[int, int]:
    """The columns a person takes: where they were, where they are, and where their name ends."""
    here = person.disposition + 2
    before = here if person.before is None else person.before + 2
    end = reach(here, on_screen(person.name, 12, bold=True) + 24, cell)
    return min(before, here), max(before, end)


def _person(person: b.Placed, grid: _Grid, y: float) -> str:
    x = grid.x(person.disposition + 2)
    _, last = _span(person, grid.cell)
    moved = person.before is not None and person.before > person.disposition
    # the arrow of somebody who turned away comes from the right: their name stays in its cell
    room = (grid.cell if moved else grid.x(last + 1) - x) - 24
    name = fitted(person.name, 12, room, bold=True)
    out = ""
    if person.before is not None and person.before != person.disposition:
        hollow = grid.x(person.before + 2) + 11
        right = person.disposition > person.before
        end = x + 3 if right else x + 24 + on_screen(name, 12, bold=True)
        start = hollow + 5 if right else hollow - 5
        out += line(start, y, end, y, "var(--pw-edge)", 1.5)
        out += arrow((end, y), (start, y), "var(--pw-edge)", 7)
        out += dot(hollow, y, 4, "var(--pw-bg)", "var(--pw-edge)")
    out += mark(person.status.level, x + 11, y)
    return out + text(x + 20, y + 4, name, "s b halo")


# --- risks -----------------------------------------------------------------------------------

ZONES = ("var(--pw-bad-soft)", "var(--pw-warn-soft)", "var(--pw-bg)")
INKS = ("var(--pw-bad)", "var(--pw-warn)", "var(--pw-muted)")


def risk_matrix(block: b.RiskMatrix) -> str:
    """Risks by severity (across) and probability (up), each with its number and short name."""
    by_level = {level: [r for r in block.items if r.probability == level] for level in range(5, 0, -1)}  # fmt: skip
    cell = (RISKS - LEFT - RIGHT) / 5
    placed = {level: slots([_cells(r, cell) for r in risks], MOST) for level, risks in by_level.items()}  # fmt: skip
    rows = [placed[level][1] + (1 if placed[level][2] else 0) for level in range(5, 0, -1)]
    grid = _grid(rows, RISKS)
    grounds = ""
    for level in range(1, 6):
        for severity in range(1, 6):
            high = grid.tops[6 - level] - grid.top(level)
            ground = ZONES[zone(level, severity)]
            grounds += rect(
                grid.x(severity - 1), grid.top(level), grid.cell, high, ground, radius=0
            )
    body = _frame(grid, block.axes, [str(i) for i in range(1, 6)], grounds)
    body += text(grid.x(5) - 7, TOP + 15, block.zones[0], "s b", "end", INKS[0])
    for level, risks in by_level.items():
        where, count, hidden = placed[level]
        top = grid.top(level) + (HEAD if level == 5 else 0)
        for risk, row in zip(risks, where, strict=True):
            if row is not None:
                body += _risk(risk, grid, top + 14 + ROW * row)
        for column, more in hidden.items():
            body += text(grid.x(column) + 9, top + 18 + ROW * count, f"+ {more}", "m s")
    return svg(RISKS, grid.bottom + 40, body, block.label, block.description, "only-w")


def _disc(risk: b.RiskMark) -> float:
    """How wide the mark with the number of a risk is."""
    return max(8 + on_screen(str(risk.number), 12, bold=True), 16.0)


def _cells(risk: b.RiskMark, cell: float) -> tuple[int, int]:
    """The columns that a risk's mark and name take."""
    begin = risk.severity - 1
    return begin, reach(begin, on_screen(risk.name, 12) + _disc(risk) + 12, cell)


def _risk(risk: b.RiskMark, grid: _Grid, y: float) -> str:
    x = grid.x(risk.severity - 1)
    color = INKS[zone(risk.probability, risk.severity)]
    wide = _disc(risk)
    out = card(x + 4, y - 7.5, wide, 15, color, "none").replace('rx="5"', 'rx="7.5"')
    out += text(x + 4 + wide / 2, y + 4.2, str(risk.number), "s b", "middle", "var(--pw-bg)")  # fmt: skip
    _, end = _cells(risk, grid.cell)
    name = fitted(risk.name, 12, grid.x(end + 1) - x - wide - 12)
    return out + text(x + 8 + wide, y + 4, name, "s halo")
