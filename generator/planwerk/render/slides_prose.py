"""Running text on slides: one column at a size that can be read from the last row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import assert_never

from planwerk import blocks as b
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import Draw, Look, Pen
from planwerk.render.slides_text import Para, Place, Span, fit, fits, height, para, rich

Prose = b.Paragraph | b.Heading | b.Bullets | b.Quotation | b.Code | b.Break | b.Links | b.Empty
PROSE = (
    b.Paragraph, b.Heading, b.Bullets, b.Quotation, b.Code, b.Break, b.Links, b.Empty,
)  # fmt: skip
GUTTER, LISTED = 1.0, 8
"""Centimetres between columns; paragraphs from which on they stand in two where they are no smaller."""
FLOOR, USUAL, LARGE, HUGE = 14.0, 18.0, 30.0, 38.0
MEASURE = 24.0
"""The widest column of running text, in centimetres."""
BOXES = {True: "☑", False: "☐"}
ROLES = {"lead": ("primary", 1.15), "note": ("muted", 0.8), "body": ("", 1.0)}


def prose_paras(blocks: Sequence[Prose], depth: int = 0) -> list[Para]:
    """The paragraphs of running text."""
    return [p for block in blocks for p in _paras(block, depth)]


def _paras(block: Prose, depth: int) -> list[Para]:
    indent = 0.8 * depth
    match block:
        case b.Paragraph():
            color, scale = ROLES[block.role]
            spans = tuple(replace(s, color=s.color or color, scale=scale) for s in rich(block.text))
            return [Para(spans, 8, indent=indent)]
        case b.Heading():
            return [Para(rich(block.text, bold=True, color="primary"), 3, indent=indent)]
        case b.Bullets():
            return _list(block, depth)
        case b.Quotation():
            inside = [p for inner in block.blocks for p in _inner(inner, depth + 1)]
            return [_colored(p, "primary") for p in inside]
        case b.Code():
            return [Para((Span(block.text, mono=True, scale=0.9),), 8, indent=indent)]
        case b.Break():
            return [Para((), 6)]
        case b.Links():
            lines = [
                (Span(item.label), Span(f"  {item.kind}", False, "muted")) for item in block.items
            ]
            return [Para(line, 4, "•", 0.8 + indent) for line in lines]
        case b.Empty():
            return [para(block.words, "muted", after=6)]
        case _:
            assert_never(block)


def _inner(block: b.Block, depth: int) -> list[Para]:
    """Prose inside lists and quotations; anything else is said in its plain words."""
    if isinstance(block, PROSE):
        return _paras(block, depth)
    if isinstance(block, b.Table):
        return [para(_line(row), after=4) for row in block.rows]
    return []


def _line(row: b.Row) -> str:
    return " · ".join(words for cell in row.cells if (words := b.plain(cell.text)))


def _colored(p: Para, color: str) -> Para:
    return replace(p, spans=tuple(replace(s, color=s.color or color) for s in p.spans))


def _list(block: b.Bullets, depth: int) -> list[Para]:
    out: list[Para] = []
    boxes = dict(enumerate(block.done, start=block.start))
    for number, item in enumerate(block.items, start=block.start):
        inner = [p for part in item for p in _inner(part, depth + 1)]
        if inner:
            sign, hang = (f"{number}.", 1.3) if block.ordered else ("•", 0.8)
            if (done := boxes.get(number)) is not None:
                sign, hang = BOXES[done], 0.9
            out.append(replace(inner[0], bullet=sign, indent=0.8 * depth + hang, after=5))
            out += inner[1:]
    return out


def prose_plates(blocks: Sequence[Prose], area: Area) -> list[Draw]:
    """Little text large on a panel, more in one column, much in two, else on pages."""
    paras = prose_paras(blocks)
    if not any(p.spans for p in paras):
        return [_nothing]
    if height(paras, 20, area.w - 6) <= area.h * 0.72:
        return [partial(_panel, paras=paras)]
    wide = min(area.w, MEASURE)
    whole = Place(tuple(paras), wide, area.h)
    if fits(whole, FLOOR):
        size = min(fit([whole], USUAL, FLOOR), USUAL)
        if len(paras) >= LISTED and len(_split(paras, (area.w - GUTTER) / 2, area.h, size)) <= 2:
            return [partial(_columns, paras=paras)]
        return [partial(draw_paras, paras=paras, wide=wide)]
    return [partial(_columns, paras=page) for page in _pages(paras, area)]


def _nothing(pen: Pen, area: Area) -> None:
    pen.line(area.x, area.y, area.x + area.w, area.y)


def _panel(pen: Pen, area: Area, paras: Sequence[Para]) -> None:
    """A short text as the one object of its slide."""
    pen.box(area, "surface")
    pen.box(Area(area.x, area.y, 0.16, area.h), "primary")
    inner = Area(area.x + 1.6, area.y + 0.9, min(area.w - 3.0, 27.0), area.h - 1.8)
    largest = HUGE if height(paras, LARGE, inner.w) < inner.h * 0.3 else LARGE
    pen.text(inner, paras, largest, FLOOR, Look(anchor="ctr"))


def draw_paras(
    pen: Pen, area: Area, paras: Sequence[Para], wide: float = MEASURE, largest: float = 20.0
) -> None:
    """One column of text."""
    pen.text(Area(area.x, area.y, min(wide, area.w), area.h), paras, largest, FLOOR)


def _split(paras: Sequence[Para], wide: float, high: float, size: float) -> list[list[Para]]:
    """Paragraphs in columns of that height."""
    columns: list[list[Para]] = [[]]
    for p in paras:
        if columns[-1] and height([*columns[-1], p], size, wide) > high:
            columns.append([])
        columns[-1].append(p)
    return columns


def _pages(paras: Sequence[Para], area: Area) -> list[list[Para]]:
    """Text for slides of two columns, about the same on each."""
    wide = (area.w - GUTTER) / 2
    count = -(-len(_split(paras, wide, area.h, FLOOR)) // 2)
    if count == 1:
        return [list(paras)]
    whole = height(paras, FLOOR, wide)
    columns = _split(paras, wide, min(area.h, whole / (2 * count) * 1.12), FLOOR)
    if len(columns) > 2 * count:
        columns = _split(paras, wide, area.h, FLOOR)
    return [[p for column in columns[i : i + 2] for p in column] for i in range(0, len(columns), 2)]


def _columns(pen: Pen, area: Area, paras: Sequence[Para]) -> None:
    wide = (area.w - GUTTER) / 2
    size = USUAL
    while size > FLOOR and len(_split(paras, wide, area.h, size)) > 2:
        size -= 0.5
    # the shorter the columns may be, the more alike they are
    high = area.h
    while len(_split(paras, wide, high - 0.4, size)) <= 2 and high > 1:
        high -= 0.4
    columns = _split(paras, wide, high, size)
    for column, place in zip(columns[:2], area.columns((1, 1), GUTTER), strict=False):
        pen.text(place, column, size, size)


def natural(blocks: Sequence[Prose], wide: float, size: float) -> float:
    """How tall the text is at a size."""
    return height(prose_paras(blocks), size, min(wide, MEASURE))


def shared_size(places: Sequence[Place], largest: float) -> float:
    """One size for texts side by side."""
    return fit(places, largest, 12.0)
