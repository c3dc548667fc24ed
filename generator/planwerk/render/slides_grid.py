"""Grids of five by five on slides: people by influence and disposition, risks by probability and
severity.

A few stand in their cells with their names, and beside the grid is what there is to say of each;
many are signs alone, and a list on the next pages says who they are.
"""

from __future__ import annotations

from functools import partial

from planwerk import blocks as b
from planwerk.render.layout_grid import zone
from planwerk.render.slides_area import NARROW, Area
from planwerk.render.slides_draw import LEVELS, Draw, status_span
from planwerk.render.slides_grid_draw import (
    MANNERS,
    SIGNS,
    Grid,
    Mark,
    draw_alone,
    draw_both,
    list_rows,
    manner_for,
)
from planwerk.render.slides_people import initials
from planwerk.render.slides_rest import rest_plates
from planwerk.render.slides_signs import legend_height
from planwerk.render.slides_text import (
    Para,
    Place,
    Span,
    fit,
    fits,
    para,
)

LISTED = 9
"""How many stand in the list beside the grid."""


# --- what they say ---------------------------------------------------------------------------


def influence_plates(block: b.InfluenceGrid, area: Area) -> list[Draw]:
    """People by influence and disposition, with an arrow where they moved."""
    names = [initials(p.full or p.name) for p in block.people]
    unique = len(set(names)) == len(names) and all(names)
    marks = []
    for i, person in enumerate(block.people):
        full = person.full or person.name
        sign = names[i] if unique else str(i + 1)
        told = (status_span(person.status, 0.9), Span(f"   {person.told}", False, "muted", 0.9))
        marks.append(
            Mark(
                sign, person.name, person.influence, person.disposition + 2,
                None if person.before in (None, person.disposition) else (person.before or 0) + 2,
                "primary", (para(full, bold=True), Para(told)),
                (f"{sign}   {full}", "", person.told, person.status),
                f"{full}: {person.status.word}, {person.told}",
            )
        )  # fmt: skip
    win, involve = block.zones
    found = Grid(
        tuple(marks), block.columns, block.axes, ((win, "bad"), (involve, "good")), _stand, (),
        block.unplaced, block.label,
    )  # fmt: skip
    return _plates(found, area)


def _stand(level: int, column: int) -> tuple[str, float]:
    share = (0.02, 0.03, 0.045, 0.06, 0.075)[level - 1]
    return ("bad", share) if column < 2 else ("good", share) if column > 2 else ("muted", 0.05)


ZONES: tuple[tuple[str, float], ...] = (("bad", 0.12), ("warn", 0.12), ("muted", 0.06))
WEIGHTS: tuple[b.Level, ...] = ("bad", "warn", "neutral")


def risk_plates(block: b.RiskMatrix, area: Area) -> list[Draw]:
    """Risks by probability and severity, with the numbers of their list."""
    marks = []
    for risk in block.items:
        color = LEVELS[WEIGHTS[zone(risk.probability, risk.severity)]]
        sign, state = str(risk.number), (Span("   "), status_span(risk.status, 0.9))
        said = [Para((Span(f"{sign}   {risk.name}", True), *state))]
        said += [para(risk.text, scale=0.9)] if risk.text else []
        marks.append(
            Mark(
                sign, risk.name, risk.probability, risk.severity - 1, None, color, tuple(said),
                (f"{sign}   {risk.name}", "", risk.text, risk.status),
                f"{sign} {risk.name}: {risk.status.word}",
            )
        )  # fmt: skip
    states = tuple(b.Status(level, word) for level, word in zip(WEIGHTS, block.zones, strict=True))
    found = Grid(
        tuple(marks), ("1", "2", "3", "4", "5"), block.axes, (("", ""), ("", "")),
        lambda level, column: ZONES[zone(level, column + 1)], states, block.unplaced, block.label,
    )  # fmt: skip
    return _plates(found, area)


# --- which composition -----------------------------------------------------------------------


def _plates(grid: Grid, area: Area) -> list[Draw]:
    """The grid with its list beside it, else the grid alone and the list on further pages."""
    inner = Area(area.x, area.y, area.w, area.h - legend_height(grid.legend, grid.foot, area.w))
    if len(grid.marks) <= LISTED and area.w >= NARROW:
        left, right = inner.columns((7.6, 4.4), 0.8)
        size = _list_size(grid, right)
        manner = manner_for(grid, left, MANNERS) or manner_for(grid, left, SIGNS)
        if size and manner:
            return [partial(draw_both, grid=grid, manner=manner, size=size)]
    manner = manner_for(grid, inner, MANNERS) or manner_for(grid, inner, SIGNS) or SIGNS[-1]
    draw = partial(draw_alone, grid=grid, manner=manner)
    return [draw, *rest_plates([mark.line for mark in grid.marks], area, grid.label)]


def _list_size(grid: Grid, area: Area) -> float:
    """The type of the list beside the grid; 0 where it does not fit."""
    places = [Place(m.said, p.w - 0.5, p.h - 0.2) for m, p in zip(grid.marks, list_rows(grid, area), strict=True)]  # fmt: skip
    size = fit(places, 18, 12)
    return size if all(fits(place, size) for place in places) else 0.0
