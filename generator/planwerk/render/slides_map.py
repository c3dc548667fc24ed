"""The strategy map on slides: people on their departments, steps and ways in below, and under the
horizon the white space, as high as its value.

Columns fill the slide. Where they are too full, a picture says less (first the wants of people who
are not alone, at last names alone), and a list on the next page says the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from planwerk import blocks as b
from planwerk.render import slides_map_cards as cards
from planwerk.render.layout import Box
from planwerk.render.layout_map import Measure, Place, Plan, Spacing, column_width, plan
from planwerk.render.slides_area import Area, evenly
from planwerk.render.slides_draw import Draw, Look, Pen
from planwerk.render.slides_map_cards import GAP, Manner
from planwerk.render.slides_map_heads import (
    draw_bands,
    draw_heads,
    draw_horizon,
    half_height,
    halves,
)
from planwerk.render.slides_matrix import STATE_LEVEL
from planwerk.render.slides_rest import Line, rest_plates
from planwerk.render.slides_signs import (
    ARROW,
    area_of,
    connector,
    legend,
    legend_height,
    point_of,
    way,
)
from planwerk.render.slides_text import PT, para

NARROWEST, MOST = 4.4, 6
"""How narrow a column may be in centimetres, and how many stand on one slide."""
SIZES = (20.0, 18.0, 16.0, 14.5, 13.0, 12.0)
DEEPEST = 9.0
LISTED = 9
"""About how many lines of the list stand on a page."""
SPACING = Spacing(
    most=MOST, least_columns=1, gap=GAP, join=0.22, step_gap=0.15, person_gap=0.15, lane=0.15,
    space_gap=0.08, space_least=0.6,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page of the map: where its parts stand, and how they are drawn."""

    block: b.StrategyMap
    measures: tuple[Measure, ...]
    plate: float
    wide: float
    manner: Manner
    spacing: Spacing
    plan: Plan

    @property
    def height(self) -> float:
        return self.plan.height


def map_plates(block: b.StrategyMap, area: Area) -> list[Draw]:
    """The map on as few pages as hold it, the reached departments first; then what it left out."""
    room = replace(area, h=area.h - legend_height(block.legend, block.key, area.w))
    sheets = _sheets(block, room)
    out: list[Draw] = [partial(_draw, sheet=s) for s in sheets if s.height <= room.h + 0.05]
    return out + rest_plates(_rest(block, sheets, room.h), area, block.label)


def _sheets(block: b.StrategyMap, area: Area) -> list[_Sheet]:
    """Whole departments on pages, fewer on each until all of them fit."""
    order = sorted(block.columns, key=lambda column: not column.reached)
    parts = [half for reached in (True, False) if (half := [c for c in order if c.reached is reached])]  # fmt: skip
    widest = max(min(MOST, int((area.w + GAP) / (NARROWEST + GAP))), 1)
    ways = [[tuple(order)]] if len(order) <= widest else []
    ways += [
        [page for half in parts for page in evenly(half, most)] for most in range(widest, 0, -1)
    ]
    best: tuple[int, list[_Sheet]] | None = None
    for pages in ways:
        if best and best[0] <= len(pages):
            break
        found = [_least(block, page, area) for page in pages]
        # what pictures leave out takes pages too
        cost = len(pages) + -(-len(_rest(block, found, area.h)) // LISTED)
        cost += 9 * sum(len(s.block.columns) for s in found if s.height > area.h + 0.05)
        if best is None or cost < best[0]:
            best = cost, found
    assert best is not None
    return [_largest(sheet, area) for sheet in best[1]]


def _least(block: b.StrategyMap, page: tuple[b.MapColumn, ...], area: Area) -> _Sheet:
    """A page that says as much as it can in the smallest type; too high where nothing fits."""
    part = replace(block, columns=tuple(_renumbered(block, page)))
    wide = column_width(len(page), area.w, SPACING)
    said = frozenset(status.word for status in block.legend)
    for level in range(cards.NAMES + 1):
        sheet = _planned(part, Manner(level, SIZES[-1], wide, said), area)
        if sheet.height + _spare(part) <= area.h:
            break
    return sheet


def _spare(part: b.StrategyMap) -> float:
    """What is kept so that white space can be told by its height."""
    return 0.3 if any(space.value for column in part.columns for space in column.spaces) else 0.0


def _largest(sheet: _Sheet, area: Area) -> _Sheet:
    """The same in the largest type that fits; then deep enough to fill the area."""
    room, part = area.h - _spare(sheet.block), sheet.block
    if sheet.height > room:
        return sheet
    low, high = 0, len(SIZES) - 1
    while low < high:
        middle = (low + high) // 2
        larger = _planned(part, replace(sheet.manner, size=SIZES[middle]), area)
        if larger.height <= room and not _torn(part, larger.manner):
            high, sheet = middle, larger
        else:
            low = middle + 1
    return _filled(sheet, area.h)


def _torn(part: b.StrategyMap, manner: Manner) -> bool:
    """Whether names would be cut that the smallest size leaves whole."""
    return any(cards.torn(column, manner) for column in part.columns)


def _filled(sheet: _Sheet, room: float) -> _Sheet:
    """The white space as deep as the room allows."""
    low, high = 0.0, DEEPEST
    for _ in range(10):
        middle = (low + high) / 2
        if _deep(sheet, middle).height <= room:
            low = middle
        else:
            high = middle
    return _deep(sheet, low)


def _deep(sheet: _Sheet, deep: float) -> _Sheet:
    spacing = replace(sheet.spacing, space_most=deep)
    found = plan(sheet.measures, sheet.wide, sheet.plate, spacing)
    return replace(sheet, spacing=spacing, plan=found)


def _renumbered(block: b.StrategyMap, page: Sequence[b.MapColumn]) -> Iterator[b.MapColumn]:
    """The page's departments; introductions from those on other pages are told in words alone."""
    places = {block.columns.index(column): i for i, column in enumerate(page)}
    for column in page:
        steps = (replace(s, source=None if s.source is None else places.get(s.source, -1)) for s in column.steps)  # fmt: skip
        yield replace(column, steps=tuple(steps))


def _planned(part: b.StrategyMap, manner: Manner, area: Area) -> _Sheet:
    """The page in one manner, its white space no higher than its words."""
    measures = []
    for column in part.columns:
        people = [cards.person_height(p, manner, len(column.people) == 1) for p in column.people]
        measures.append(
            Measure(
                tuple([_further(manner)] * bool(column.further) + people),
                tuple(cards.step_height(step, manner) for step in column.steps),
                tuple(space.value for space in column.spaces), column.reached,
                tuple(s.source for s in column.steps if s.source is not None and s.source >= 0),
                tuple(cards.space_height(space, manner) for space in column.spaces),
            )
        )  # fmt: skip
    heads = [half_height(part, reached, manner) for reached in halves(part)]
    spacing = replace(
        SPACING, head=max(head for head, _ in heads) + 0.15, band=max(band for _, band in heads),
        space_most=0.0,
    )  # fmt: skip
    plate = max(cards.plate_height(column, manner) for column in part.columns)
    found = plan(measures, area.w, plate, spacing)
    return _Sheet(part, tuple(measures), plate, area.w, manner, spacing, found)


def _further(manner: Manner) -> float:
    return manner.size * 1.2 / PT


# --- drawing ---------------------------------------------------------------------------------


def _draw(pen: Pen, area: Area, sheet: _Sheet) -> None:
    """Bands from above to below, so that it is read as it is seen."""
    part, found = sheet.block, sheet.plan
    for tier in found.tiers:
        columns = [(part.columns[i], found.places[i]) for i in tier.columns]
        draw_heads(pen, area, part, sheet.manner, tier)
        for column, place in columns:
            _draw_people(pen, area, sheet, column, place)
        for column, place in columns:
            cards.draw_plate(pen, area_of(place.plate, area), column, sheet.manner)
            _draw_joins(pen, area, column, place)
        draw_bands(pen, area, part, sheet.manner, tier)
        for column, place in columns:
            for step, box in zip(column.steps, place.steps, strict=True):
                cards.draw_step(pen, area_of(box, area), step, sheet.manner)
        draw_horizon(pen, area, part, tier)
        for column, place in columns:
            for space, box in zip(column.spaces, place.spaces, strict=True):
                cards.draw_space(pen, area_of(box, area), space, sheet.manner, part.unit)
    for line in found.introductions:
        way(pen, [point_of(p, area) for p in line], "accent", 1.5, ends=ARROW)
    legend(pen, area, part.legend, part.key)


def _draw_people(pen: Pen, area: Area, sheet: _Sheet, column: b.MapColumn, place: Place) -> None:
    boxes = list(place.people)
    if column.further:
        words = Look("muted", anchor="ctr")
        pen.text(area_of(boxes.pop(0), area), para(column.further), 12, 11.5, words)
    for person, box in zip(column.people, boxes, strict=True):
        alone = len(column.people) == 1
        cards.draw_person(pen, area_of(box, area), person, sheet.manner, alone)


def _draw_joins(pen: Pen, area: Area, column: b.MapColumn, place: Place) -> None:
    """What leads from people to their department, and from it to the first step."""
    dash = "" if column.reached else "dash"
    ends: list[tuple[Box, Box]] = []
    if column.people:
        ends.append((place.people[-1], place.plate))
    if place.steps:
        ends.append((place.plate, place.steps[0]))
    for upper, lower in ends:
        color = "edge" if column.reached else "accent"
        start, end = (upper.middle, upper.bottom), (upper.middle, lower.y)
        connector(pen, point_of(start, area), point_of(end, area), color, 1.5, dash)


# --- the rest --------------------------------------------------------------------------------


def _rest(block: b.StrategyMap, sheets: Sequence[_Sheet], room: float) -> list[Line]:
    """All of the departments of which the pictures do not say everything."""
    out: list[Line] = []
    for sheet in sheets:
        undrawn = sheet.height > room + 0.05
        for column in sheet.block.columns:
            alone = len(column.people) == 1
            level = sheet.manner.level
            full = not undrawn and level <= (cards.ALONE if alone else cards.MIND)
            people = [*(() if full else column.people), *column.further_people]
            lines = [_person(person) for person in people]
            if undrawn or level >= cards.SHORT:
                lines += [(step.title, step.detail, step.foot, None) for step in column.steps]
            if undrawn or level == cards.NAMES:
                lines += [(s.name, "", f"{s.words} {block.unit}".strip(), _state(s)) for s in column.spaces]  # fmt: skip
            if undrawn:
                out += [head] if (head := _half_line(block, column.reached)) not in out else []
            if lines:
                out += [f"{column.name} ({column.status.word})" if undrawn else column.name, *lines]
    return out


def _half_line(block: b.StrategyMap, reached: bool) -> str:
    return ", ".join(w for w in (block.heads[not reached], block.notes[not reached]) if w)


def _person(person: b.MapPerson) -> tuple[str, str, str, b.Status | None]:
    said = "; ".join(words for words in (person.want, person.knows.word) if words)
    return person.name, person.title, said, person.status


def _state(space: b.MapSpace) -> b.Status | None:
    return b.Status(STATE_LEVEL[space.state], space.word) if space.word else None
