"""Which composition carries a slide's body: chosen by counting, then by measuring.

`plates` gives one drawing per page. A block that holds others (a section, parts side by side)
is stacked: texts take what they need, charts and tables share what is left; what does not fit
together gets pages of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import assert_never

from planwerk import blocks as b
from planwerk.render import (
    slides_cards,
    slides_figures,
    slides_goals,
    slides_matrix,
    slides_people,
    slides_pictures,
    slides_prose,
    slides_steps,
    slides_table,
    slides_time,
)
from planwerk.render.lower import coverage_table, log_table, lower
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import Draw, Look, Pen
from planwerk.render.slides_prose import PROSE, Prose, draw_paras, natural, prose_paras
from planwerk.render.slides_text import Place, height
from planwerk.render.slides_units import GAP, Labels, Unit, least, least_all, notes_of, units


def plates(block: b.Block, area: Area, labels: Labels, said: str = "") -> list[Draw]:
    """The pages of a body, each drawn into the area; `said` is the slide's own title."""
    match block:
        case (
            b.Paragraph() | b.Heading() | b.Bullets() | b.Quotation() | b.Code() | b.Break()
            | b.Links() | b.Empty()
        ):  # fmt: skip
            return slides_prose.prose_plates((block,), area)
        case b.Room():
            return []
        case b.Table():
            return slides_table.plates(block, area)
        case b.Facts():
            return slides_table.plates(_facts_table(block.items), area)
        case b.Cards():
            return slides_cards.cards_plates(block, area, labels)
        case b.Goals():
            return slides_goals.goals_plates(block, area, labels)
        case b.Chart():
            return slides_figures.chart_plates(block, area, said)
        case b.Shares():
            return slides_figures.shares_plates(block, area)
        case b.Matrix():
            return slides_matrix.matrix_plates(block, area)
        case b.Ribbon():
            return slides_figures.ribbon_plates(block, area)
        case b.Timeline():
            return slides_time.timeline_plates(block, area, labels)
        case b.DatedList() if not block.items:
            return slides_prose.prose_plates((b.Empty(block.empty),), area)
        case b.DatedList():
            return slides_people.dated_plates(block, area, labels)
        case b.Sides():
            return slides_people.sides_plates(block, area)
        case b.Callout():
            return slides_steps.callout_plates(block, area)
        case b.Quotes():
            return slides_people.quotes_plates(block, area)
        case b.Lessons():
            return slides_steps.lessons_plates(block, area)
        case b.Decisions():
            return slides_steps.decisions_plates(block, area, labels)
        case b.BigNumber():
            return slides_figures.number_plates(block, area)
        case b.Log():
            return slides_table.plates(log_table(block), area)
        case b.Filter():
            return slides_prose.prose_plates((), area)
        case b.Fold():
            return _section(b.Section(block.title, block.blocks), area, labels, said)
        case b.Section():
            return _section(block, area, labels, said)
        case b.Beside():
            return _beside(block, area, labels, said)
        case b.Coverage():
            return slides_table.plates(coverage_table(block), area)
        case b.Image() | b.Notes():
            return _section(b.Section("", lower(block, labels)), area, labels, said)
        case (
            b.OrgChart() | b.InfluenceGrid() | b.StrategyMap() | b.Forces() | b.RiskMatrix()
            | b.Journey()
        ):  # fmt: skip
            drawn = slides_pictures.plates(block, area)
            return drawn or _section(b.Section("", lower(block, labels)), area, labels, said)
        case _:
            assert_never(block)


def _facts_table(items: Sequence[tuple[str, b.Cell]]) -> b.Table:
    rows = tuple(b.Row((b.Cell(b.text(name)), cell)) for name, cell in items)
    return b.Table((b.Column(""), b.Column("", wide=True)), rows, ", ".join(n for n, _ in items))


# --- stacks ----------------------------------------------------------------------------------


def _section(block: b.Section, area: Area, labels: Labels, said: str) -> list[Draw]:
    """The heading above its blocks; a heading that repeats the slide's title is left out."""
    head: list[Prose] = []
    if block.title and block.title not in said:
        head.append(b.Heading(b.text(block.title)))
    if block.subtitle and block.subtitle not in said:
        head.append(b.Paragraph(b.text(block.subtitle), "note"))
    found = units((*head, *block.blocks))
    if all(isinstance(unit, tuple) for unit in found):
        return slides_prose.prose_plates(
            [p for u in found if isinstance(u, tuple) for p in u], area
        )
    return stack(found, area, labels, said)


def stack(found: Sequence[Unit], area: Area, labels: Labels, said: str) -> list[Draw]:
    """Units one below the other on as few pages as possible."""
    pages: list[list[Unit]] = [[]]
    for unit in found:
        together = [*pages[-1], unit]
        need = sum(least(u, area.w, labels) for u in together) + GAP * (len(together) - 1)
        if pages[-1] and need > area.h and not _is_heading(pages[-1]):
            pages.append([])
        pages[-1].append(unit)
    return [draw for page in pages for draw in _page(page, area, labels, said)]


def _is_heading(page: Sequence[Unit]) -> bool:
    """Whether a page holds nothing but a few words that belong to what follows."""
    return len(page) == 1 and isinstance(page[0], tuple) and len(page[0]) <= 2


def _page(page: Sequence[Unit], area: Area, labels: Labels, said: str) -> list[Draw]:
    """One page of a stack; a single unit that needs more pages gets them, its heading on each."""
    head, rest = (page[0], page[1:]) if len(page) == 2 else (None, page)
    if len(rest) > 1:
        return [partial(_draw_stack, page=page, labels=labels, said=said)]
    only = rest[0]
    gone = 0.0
    if isinstance(head, tuple):
        gone = natural(head, area.w, _HEADING) + 0.35
    elif head is not None:
        return [partial(_draw_stack, page=page, labels=labels, said=said)]
    inner = area.below(gone)
    if isinstance(only, tuple):
        drawn = slides_prose.prose_plates(only, inner)
    else:
        drawn = plates(only, inner, labels, said)
    if not isinstance(head, tuple):
        return drawn
    return [partial(_under, head=head, gone=gone, inner=one) for one in drawn]


_HEADING = 16.0
PANEL, PANEL_LARGE, HALF, HIGH = 22.0, 30.0, 0.5, 6.0
"""The largest type of panels, and that of panels which would else be filled to less than this part;
high ones that still are say their words in the middle."""


def _under(pen: Pen, area: Area, head: tuple[Prose, ...], gone: float, inner: Draw) -> None:
    place = Area(area.x, area.y, area.w, gone)
    draw_paras(pen, place, prose_paras(head), area.w, _HEADING)
    inner(pen, area.below(gone))


def _draw_stack(pen: Pen, area: Area, page: Sequence[Unit], labels: Labels, said: str) -> None:
    """Texts as tall as they are, the rest shares the room by what it needs."""
    size = slides_prose.USUAL
    needs = [least(unit, area.w, labels) for unit in page]
    while size > slides_prose.FLOOR:
        grown = _heights(page, area, needs, size)
        if sum(grown) + GAP * (len(page) - 1) <= area.h:
            break
        size -= 0.5
    heights = _heights(page, area, needs, size)
    spare = area.h - sum(heights) - GAP * (len(page) - 1)
    elastic = [h for u, h in zip(page, heights, strict=True) if not isinstance(u, tuple)]
    y = area.y
    for unit, high in zip(page, heights, strict=True):
        if isinstance(unit, tuple):
            place = Area(area.x, y, area.w, high)
            draw_paras(pen, place, prose_paras(unit), area.w, size)
        else:
            high += max(spare, 0.0) * high / sum(elastic)
            draw_one(pen, Area(area.x, y, area.w, high), unit, labels, said)
        y += high + GAP


def _heights(page: Sequence[Unit], area: Area, needs: Sequence[float], size: float) -> list[float]:
    return [
        natural(unit, area.w, size) + 0.05 if isinstance(unit, tuple) else need
        for unit, need in zip(page, needs, strict=True)
    ]


def draw_one(pen: Pen, area: Area, block: b.Block, labels: Labels, said: str) -> None:
    """A block that must stand in one area; what it cannot hold is reported."""
    if isinstance(block, b.BigNumber):
        slides_figures.draw_score(pen, area, block)
        return
    found = plates(block, area, labels, said)
    found[0](pen, area)
    if len(found) > 1:
        words = type(block).__name__
        pen.report(b.Overflow(pen.origin, words, f"{area.h:.1f} cm"))


# --- side by side ----------------------------------------------------------------------------


def _beside(block: b.Beside, area: Area, labels: Labels, said: str) -> list[Draw]:
    """Side by side where every part fits its column, else one after another."""
    columns = area.columns(block.weights, 0.7)
    fitting = all(
        _part_fits(part, column, labels) for part, column in zip(block.parts, columns, strict=True)
    )
    if fitting:
        return [partial(_draw_beside, block=block, labels=labels, said=said)]
    out: list[Draw] = []
    for part in block.parts:
        whole = b.Section("", part)
        out += _section(whole, area, labels, said)
    return out


def _part_fits(part: Sequence[b.Block], column: Area, labels: Labels) -> bool:
    if _is_notes(part):
        return all(_note_place(p, column, len(part)) for p in part)
    if _alone(part):
        return len(plates(part[0], column, labels)) == 1 and column.w >= 6
    return least_all(part, column.w, labels) <= column.h


def _alone(part: Sequence[b.Block]) -> bool:
    """Whether a part is one object without words round it."""
    if len(part) != 1 or isinstance(part[0], (*PROSE, b.Section)):
        return False
    return not notes_of(part[0])[0]


def _is_notes(part: Sequence[b.Block]) -> bool:
    """Whether a part is a column of short texts under headings."""
    return all(
        isinstance(block, b.Callout)
        or (isinstance(block, b.Section) and all(isinstance(x, PROSE) for x in block.blocks))
        or isinstance(block, PROSE)
        for block in part
    )


def _panel_paras(block: b.Block) -> list[Prose]:
    return [x for unit in units((block,)) if isinstance(unit, tuple) for x in unit]


def _note_place(block: b.Block, column: Area, count: int) -> bool:
    if isinstance(block, b.Callout):
        return True
    inner = column.rows(count, GAP)[0].inside(0.6, 0.5)
    return height(prose_paras(_panel_paras(block)), 12.5, inner.w) <= inner.h


def _draw_beside(pen: Pen, area: Area, block: b.Beside, labels: Labels, said: str) -> None:
    columns = area.columns(block.weights, 0.7)
    notes = [
        (part, column) for part, column in zip(block.parts, columns, strict=True) if _is_notes(part)
    ]
    size = _note_size(notes)
    for part, column in zip(block.parts, columns, strict=True):
        if _is_notes(part):
            _draw_notes(pen, column, part, size)
        elif _alone(part):
            draw_one(pen, column, part[0], labels, said)
        else:
            _draw_stack(pen, column, units(part), labels, said)


def _note_size(notes: Sequence[tuple[Sequence[b.Block], Area]]) -> float:
    """All panels of a slide share one size."""
    places = []
    for part, column in notes:
        rows = column.rows(max(len(part), 1), GAP)
        for block, row in zip(part, rows, strict=True):
            if not isinstance(block, b.Callout):
                inner = row.inside(0.6, 0.5)
                words = tuple(prose_paras(_panel_paras(block)))
                places.append(Place(words, inner.w, inner.h))
    if not places:
        return 18.0
    size = slides_prose.shared_size(places, PANEL)
    filled = max(height(place.paras, size, place.w) / place.h for place in places)
    return slides_prose.shared_size(places, PANEL_LARGE) if filled < HALF else size


def _draw_notes(pen: Pen, area: Area, part: Sequence[b.Block], size: float) -> None:
    """Quiet panels one below the other."""
    for block, place in zip(part, area.rows(max(len(part), 1), GAP), strict=True):
        if isinstance(block, b.Callout):
            slides_steps.draw_callout(pen, place, block)
            continue
        pen.box(place, "surface")
        inner, words = place.inside(0.6, 0.5), prose_paras(_panel_paras(block))
        middle = height(words, size, inner.w) < inner.h * HALF and inner.h > HIGH
        pen.text(inner, words, size, 12, Look(anchor="ctr" if middle else "t"))
