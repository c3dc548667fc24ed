"""The organisation chart on slides: cards and lines of who reports to whom, influences and conflicts.

Cards are as large as the chart allows. A chart of too many people is cut by branch: the one who
leads a branch stands on top of its page again. What cards have no room for is listed after them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from planwerk import blocks as b
from planwerk.render.layout import Way, longest
from planwerk.render.layout_org import LINKS, Tree, each_once, tree
from planwerk.render.layout_route import MARGIN, Router
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import LEVELS, Draw, Look, Pen
from planwerk.render.slides_org_parts import cut, part_of
from planwerk.render.slides_rest import Line, rest_plates
from planwerk.render.slides_signs import (
    ARROW,
    BOTH,
    area_of,
    connector,
    legend,
    legend_height,
    pips,
    point_of,
    way,
)
from planwerk.render.slides_text import PT, SMALLEST, Para, height, longest_word, para, text_width

SCALE = 0.026
"""Centimetres for a unit of the layout."""
PAD, BAR, SMALL, LOWEST = 0.22, 0.14, 0.86, 1.2
SHAPES: tuple[tuple[float, tuple[float, ...]], ...] = (
    (22.0, (12.0, 9.4)), (18.0, (9.4, 7.4)), (16.0, (8.0, 6.4)), (14.0, (7.0, 5.6)), (13.0, (6.0, 5.0)), (12.0, (6.4, 5.0, 4.2)),
)  # fmt: skip
"""Type sizes and the widths of cards to try with them, the largest first."""
FULL, GROWING = 12, 20
"""Up to so many people, cards may also hold what else there is to say of them, and grow."""
NAMES, TITLES, ALL = range(3)
"""What cards say."""
COLORS = {"influences": "accent", "conflicts": "bad"}
DASHES = {"influences": "dash", "conflicts": "sysDot"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page: the people on it, the chart, the size of its type, and what cards say."""

    block: b.OrgChart
    tree: Tree
    card: tuple[float, float]
    size: float
    level: int


def org_plates(block: b.OrgChart, area: Area) -> list[Draw]:
    """The chart on one page, or its branches on several; then what the cards do not say."""
    room = replace(area, h=area.h - _foot(block, area.w))
    whole = _sheet(block, room)
    sheets = [whole] if whole else [_or_smallest(part, room) for part in _branches(block, room)]
    lines = (
        [_line(person) for person in block.people]
        if not all(s.level == ALL for s in sheets)
        else []
    )
    draws: list[Draw] = [partial(_draw, sheet=sheet) for sheet in sheets]
    return draws + rest_plates(lines, area, block.label)


def _line(person: b.OrgPerson) -> Line:
    return person.name, person.title, person.told, person.status


# --- cards -----------------------------------------------------------------------------------


def _words(person: b.OrgPerson, size: float, wide: float, level: int) -> tuple[Para, ...]:
    """Name and title, and what else is told where cards say all; long titles only there."""
    out = [para(person.name, "muted" if person.unknown else "ink", bold=True)]
    title = (para(person.title, "muted", SMALL),)
    if person.title and (
        level == ALL
        or (level == TITLES and height(title, size, _room(wide, size)) * PT <= size * 2.5)
    ):
        out += title
    if level == ALL and person.told:
        out.append(para(person.told, "ink", SMALL))
    return tuple(out)


def _room(wide: float, size: float) -> float:
    return wide - 2 * PAD - size * 0.027 - 0.15


def _high(person: b.OrgPerson, size: float, wide: float, level: int) -> float:
    words = _words(person, size, wide, level)
    return height(words, size, _room(wide, size)) + 0.12 + BAR + 0.24


# --- the chart -------------------------------------------------------------------------------


def _sheet(block: b.OrgChart, area: Area, most: int = ALL) -> _Sheet | None:
    """The largest cards with which everybody fits, saying `most` at most; None where none fit."""
    count = len(block.people)
    few = count <= FULL
    for level in range(most if few else TITLES, NAMES - 1, -1):
        first = None
        for size, widths in SHAPES if few else SHAPES[-2:]:
            for wide in widths:
                found = _fitting(block, area, (size, wide, level))
                # side by side is read more easily than stacked: a few rather have smaller cards
                if found and (found.tree.plain or not few):
                    return found
                first = first or found
        if first:
            return first
    return None


def _fitting(block: b.OrgChart, area: Area, manner: tuple[float, float, int]) -> _Sheet | None:
    size, wide, level = manner
    names = [para(person.name, bold=True) for person in block.people]
    if size > SHAPES[-1][0] and longest_word(names, size) > _room(wide, size):
        return None
    high = max(_high(person, size, wide, level) for person in block.people)
    bosses = [person.boss for person in block.people]
    margin = MARGIN if block.links else 0.0
    room, most = area.w / SCALE - 2 * margin, area.h / SCALE - 2 * margin
    if len(bosses) * wide * high > area.w * area.h * 0.9:
        return None
    found = tree(bosses, (wide / SCALE, high / SCALE), room)
    if found.width > room or found.height > most:
        return None
    if len(bosses) > GROWING:
        return _Sheet(block, found, (wide, high), size, level)
    # cards grow until the chart is as high as the area
    rows = tree(bosses, (wide / SCALE, high / SCALE + 1), room).height - found.height
    grown = min(high * 1.7, high + (most - found.height) / max(rows, 1.0) * SCALE)
    larger = tree(bosses, (wide / SCALE, grown / SCALE), room)
    if larger.height <= most and larger.width <= room:
        found, high = larger, grown
    return _Sheet(block, found, (wide, high), size, level)


def _or_smallest(block: b.OrgChart, area: Area) -> _Sheet:
    """The page of a branch; one that fits in no way has the smallest cards, whose names are cut
    where they are too long for their page, and reported."""
    if found := _sheet(block, area, TITLES):
        return found
    size, widths = SHAPES[-1]
    wide = widths[-1]
    high = max(_high(person, size, wide, NAMES) for person in block.people)
    bosses = [person.boss for person in block.people]
    chart = tree(bosses, (wide / SCALE, high / SCALE), area.w / SCALE)
    if chart.height * SCALE > area.h:
        rows = tree(bosses, (wide / SCALE, high / SCALE + 1), area.w / SCALE).height - chart.height
        high = max(high - (chart.height * SCALE - area.h) / max(rows, 1.0), LOWEST)
        chart = tree(bosses, (wide / SCALE, high / SCALE), area.w / SCALE)
    return _Sheet(block, chart, (wide, high), size, NAMES)


# --- branches --------------------------------------------------------------------------------


def _branches(block: b.OrgChart, area: Area) -> list[b.OrgChart]:
    """Parts of the chart that fit a page each; who leads a part stands on top of it."""
    size, widths = SHAPES[-1]

    def fits(pieces: Sequence[Sequence[int]]) -> bool:
        part = part_of(block, pieces)
        return any(_fitting(part, area, (size, wide, NAMES)) for wide in widths[1:])

    pages: list[list[list[int]]] = []
    for piece in cut([p.boss for p in block.people], lambda people: fits([people])):
        if pages and fits([*pages[-1], piece]):
            pages[-1].append(piece)
        else:
            pages.append([piece])
    return [part_of(block, pieces) for pieces in pages]


# --- drawing ---------------------------------------------------------------------------------


def _draw(pen: Pen, area: Area, sheet: _Sheet) -> None:
    block, found = sheet.block, sheet.tree
    foot = _foot(block, area.w)
    wide, high = found.width * SCALE, found.height * SCALE
    if high > area.h - foot + 0.1 or wide > area.w + 0.1:
        pen.report(b.Overflow(pen.origin, block.label, f"{area.h:.1f} cm"))
    inset = Area(
        area.x + max((area.w - wide) / 2, 0), area.y + max((area.h - foot - high) / 2, 0), wide, high
    )  # fmt: skip
    for line in found.lines:
        way(pen, [point_of(point, inset, SCALE) for point in line], "edge", 1.25)
    _draw_links(pen, inset, block, found)
    for person, box in zip(block.people, found.cards, strict=True):
        _card(pen, area_of(box, inset, SCALE), person, sheet)
    _draw_foot(pen, area, block)


def _card(pen: Pen, area: Area, person: b.OrgPerson, sheet: _Sheet) -> None:
    size = sheet.size
    words = _words(person, size, sheet.card[0], sheet.level)
    said = ", ".join(w for w in (person.name, person.title, person.told) if w)
    with pen.group(area, "Person", said):
        if person.unknown:
            pen.box(area, pen.color("bg"), "muted", dash="dash", weight=1)
        else:
            pen.box(area, "surface")
            pen.box(Area(area.x, area.y, 0.1, area.h), LEVELS[person.status.level])
        room, d = _room(area.w, size), size * 0.027
        tall = min(height(words, size, room), area.h - 0.24 - BAR)
        x, y = area.x + PAD, area.y + (area.h - tall - 0.12 - BAR) / 2
        pen.mark(person.status.level, x, y + (size * 1.2 / PT - d) / 2, d)
        pen.text(Area(x + d + 0.15, y, room, tall), words, size, None)
        bars = Area(x + d + 0.15, y + tall + 0.1, min(room, 2.4), BAR)
        pips(pen, bars, 5, person.influence or 0, color="ink")


def _draw_links(pen: Pen, area: Area, block: b.OrgChart, found: Tree) -> None:
    """Lines of influence and conflict beside the cards, two of one pair as one."""
    links = block.links[:LINKS]
    router = Router(found.cards, found.lines)
    for number, mutual in each_once([(x.source, x.target, x.kind == "influences") for x in links]):
        link = links[number]
        if line := router.way(link.source, link.target):
            ends = "" if link.kind == "conflicts" else BOTH if mutual else ARROW
            points = [point_of(point, area, SCALE) for point in line]
            way(pen, points, COLORS[link.kind], 1.5, DASHES[link.kind], ends)
            if link.kind == "conflicts":
                _cross(pen, tuple(points))


def _cross(pen: Pen, line: Way) -> None:
    (x1, y1), (x2, y2) = longest(line)
    pen.box(Area((x1 + x2) / 2 - 0.2, (y1 + y2) / 2 - 0.2, 0.4, 0.4), "bad", shape="mathMultiply")


# --- what the lines mean ---------------------------------------------------------------------


def _kinds(block: b.OrgChart) -> dict[str, str]:
    return {link.word: link.kind for link in block.links}


def _foot(block: b.OrgChart, wide: float) -> float:
    tall = legend_height(block.legend, "", wide)
    return tall + (0.55 if block.links else 0.0) + 0.1


def _draw_foot(pen: Pen, area: Area, block: b.OrgChart) -> None:
    """The signs of dispositions, and a piece of each kind of line with its word."""
    lines = Area(area.x, area.y + area.h - 0.5, area.w, 0.5)
    legend(pen, replace(area, h=area.h - (0.55 if block.links else 0.0)), block.legend)
    x, y = lines.x, lines.y + 0.25
    for word, kind in _kinds(block).items():
        ends = ARROW if kind == "influences" else ""
        connector(pen, (x, y), (x + 1.2, y), COLORS[kind], 1.5, DASHES[kind], ends)
        wide = text_width(word, 12) + 0.2
        place = Area(x + 1.35, lines.y, wide, lines.h)
        pen.text(place, para(word), 12, SMALLEST, Look("muted", anchor="ctr"))
        x += wide + 2.0
