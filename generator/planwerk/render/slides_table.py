"""Native tables: columns by the words in them, rows that fill the body, pages cut evenly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from planwerk import blocks as b
from planwerk.render.measure import shared_out
from planwerk.render.slides_area import NARROW, Area, share_out
from planwerk.render.slides_cells import cell_paras
from planwerk.render.slides_columns import LEAST, PAD, PAD_Y, Measured, head_size
from planwerk.render.slides_draw import Draw, Look, Pen, solid
from planwerk.render.slides_master import emu
from planwerk.render.slides_records import record_plates
from planwerk.render.slides_text import (
    Para,
    Place,
    fits,
    para,
    shortened,
    words_of,
)

FLOOR = 13.0
TALLEST = 2.4
MANY, BETWEEN = 6, 1.2
"""Rows that may be two tables, and the centimetres between them."""
HIGH, BROAD, LOW = 6.0, 10.0, 0.6
"""Where rows may be panels: in an area so high and wide, of which the table takes less than this part."""
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
ALIGN: Mapping[b.Align, str] = {"left": "l", "right": "r", "center": "ctr"}


@dataclass(frozen=True, slots=True)
class Plan:
    """A table with its measures in centimetres and its type size."""

    block: b.Table
    widths: tuple[float, ...]
    head: float
    heights: tuple[float, ...]
    size: float
    whole: bool = True
    """Whether no short text is broken."""

    @property
    def height(self) -> float:
        """The whole table before it is stretched."""
        return self.head + sum(self.heights)


Fixed = Mapping[int, float]
"""Columns whose widths are given."""
NONE: Fixed = {}


def plan(table: Measured, area: Area, size: float, fixed: Fixed = NONE, torn: bool = False) -> Plan:
    """The table at one type size. Where it is `torn`, words that are too long are broken so that
    it is no wider than the area."""
    widths, whole = table.widths(size, area.w, fixed)
    if torn:
        widths = shared_out(widths, area.w)
    head, rows = table.head(widths, size), table.heights(widths, size, area.w)
    return Plan(table.block, tuple(widths), head, rows, size, whole)


def best(table: Measured, area: Area, fixed: Fixed = NONE, floor: float = FLOOR) -> Plan | None:
    """The table at the largest size at which it fits, None where it needs pages."""
    count = len(table.rows)
    largest = 24.0 if count <= 2 else 20.0 if count <= 4 else 18.0 if count <= 7 else 16.0
    found = plan(table, area, floor, fixed)
    if not _holds(found, area):
        return None
    whole = found.whole
    sizes = _sizes(largest, floor)
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        tried = plan(table, area, sizes[middle], fixed)
        if _holds(tried, area) and (tried.whole or not whole):
            found, high = tried, middle
        else:
            low = middle + 1
    return found


@lru_cache(maxsize=64)
def _sizes(largest: float, floor: float) -> tuple[float, ...]:
    """The sizes above the floor that a table is tried at, the largest first."""
    found, size = [], largest
    while size > floor:
        found.append(size)
        size -= 1.0 if size > 14 else 0.5
    return tuple(found)


def _holds(plan: Plan, area: Area) -> bool:
    """Whether a plan stands in the area."""
    return sum(plan.widths) <= area.w + 0.01 and plan.height <= area.h


def pages(block: b.Table, area: Area, fixed: Fixed = NONE) -> list[Plan]:
    """The table on as few slides as it needs, cut evenly, its groups' heads repeated, with the same
    columns on all of them."""
    table = Measured(block)
    found = best(table, area, fixed)
    return [found] if found else _several(table, area, fixed)


def _several(table: Measured, area: Area, fixed: Fixed = NONE) -> list[Plan]:
    """The pages of a table that does not stand on one at the usual sizes."""
    floor = FLOOR
    while floor > LEAST and sum(plan(table, area, floor, fixed).widths) > area.w + 0.01:
        floor -= 0.5
    if floor < FLOOR and (found := best(table, area, fixed, floor)):
        return [found]
    whole = plan(table, area, floor, fixed)
    torn = sum(whole.widths) > area.w + 0.01
    if torn:
        whole = plan(table, area, floor, fixed, torn)
    least = max(int(sum(whole.heights) / max(area.h - whole.head, 1.0)), 1)
    parts = _parts(whole, len(table.rows))
    for count in range(least, len(table.rows)):
        fewer = _parts(whole, count)
        if all(_holds(part, area) for part in fewer):
            parts = fewer
            break
    sizes = () if torn else _sizes(16.0, floor)
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        larger = plan(table, area, sizes[middle], fixed)
        tried = _parts(larger, len(parts))
        if (larger.whole or not whole.whole) and all(_holds(part, area) for part in tried):
            parts, high = tried, middle
        else:
            low = middle + 1
    return parts


def _parts(whole: Plan, count: int) -> list[Plan]:
    """The plan of a table in so many parts, even by their rows."""
    high = {id(row): tall for row, tall in zip(whole.block.rows, whole.heights, strict=True)}
    return [
        replace(whole, block=replace(whole.block, rows=rows), heights=tuple(high[id(r)] for r in rows))
        for rows in cut(whole.block.rows, count)
    ]  # fmt: skip


def cut(rows: Sequence[b.Row], count: int) -> list[tuple[b.Row, ...]]:
    """Rows in even parts; no part ends with a group's head, and each begins with its own."""
    parts = [list(share_out(rows, i, count)) for i in range(count)]
    group: b.Row | None = None
    for i, part in enumerate(parts):
        while len(part) > 1 and part[-1].kind == "group" and i + 1 < len(parts):
            parts[i + 1].insert(0, part.pop())
        if part and group and part[0].kind in ("normal", "late"):
            part.insert(0, group)
        group = next((row for row in reversed(part) if row.kind == "group"), group)
    return [tuple(part) for part in parts if part]


def plates(block: b.Table, area: Area) -> list[Draw]:
    """The pages of a table; few short rows are panels, so that they fill the slide."""
    table = Measured(block)
    whole = best(table, area)
    low = whole is not None and whole.height < LOW * area.h
    if low and area.h >= HIGH and area.w >= BROAD and (few := record_plates(block, area)):
        return few
    if halves := _halves(table, area):
        return [partial(_two, halves=halves)]
    return [partial(_page, plan=found) for found in ([whole] if whole else _several(table, area))]


def _halves(table: Measured, area: Area) -> tuple[Plan, Plan] | None:
    """Many short rows as two tables side by side, at one size; None where they would take more
    lines than in one, or more room than there is."""
    block = table.block
    if (
        len(block.rows) < MANY
        or area.w < NARROW
        or any(r.kind in ("group", "total") for r in block.rows)
    ):
        return None
    columns = area.columns((1, 1), BETWEEN)
    parts, first = [], 0
    for i in range(2):
        rows = share_out(block.rows, i, 2)
        parts.append(table.part(replace(block, rows=rows), first))
        first += len(rows)
    found = []
    for part, column in zip(parts, columns, strict=True):
        one = best(part, column)
        if one is None or not one.whole:
            return None
        found.append(one)
    size = min(one.size for one in found)
    both = [
        one if one.size == size else plan(part, column, size)
        for one, part, column in zip(found, parts, columns, strict=True)
    ]
    if sum(sum(one.heights) for one in both) > sum(plan(table, area, size).heights) * 1.5:
        return None
    return both[0], both[1]


def _two(pen: Pen, area: Area, halves: tuple[Plan, Plan]) -> None:
    for half, column in zip(halves, area.columns((1, 1), BETWEEN), strict=True):
        draw(pen, column, half)


def least_height(block: b.Table, wide: float) -> float:
    """The height the whole table needs at its smallest size."""
    return plan(Measured(block), Area(0, 0, wide, 1), FLOOR).height


# --- drawing ---------------------------------------------------------------------------------


def stretched(plan: Plan, room: float) -> Plan:
    """The rows grown until the table fills the room, none taller than `TALLEST`."""
    count = sum(row.kind in ("normal", "late") for row in plan.block.rows)
    tallest = {1: 6.0, 2: 5.5, 3: 3.9, 4: 3.0}.get(count, TALLEST)
    heights = list(plan.heights)
    for _ in range(6):
        spare = room - plan.head - sum(heights)
        growing = [
            i for i, row in enumerate(plan.block.rows)
            if row.kind in ("normal", "late") and heights[i] < tallest
        ]  # fmt: skip
        if spare <= 0.01 or not growing:
            break
        for i in growing:
            heights[i] = min(heights[i] + spare / len(growing), max(tallest, heights[i]))
    return replace(plan, heights=tuple(heights))


def _page(pen: Pen, area: Area, plan: Plan) -> None:
    draw(pen, area, plan)


def draw(pen: Pen, area: Area, plan: Plan) -> list[Area]:
    """Draw the table; the areas of its rows, for what is laid over them."""
    about = plan.block.label
    if plan.height > area.h + 0.15:
        _report(pen, plan, area)
        about = " · ".join((about, *(_words(row) for row in plan.block.rows)))
        plan = _cut_off(plan, area)
    final = stretched(plan, area.h)
    block = final.block
    out = [_head(pen, final)] if final.head else []
    out += [_row(pen, row, h, final) for row, h in zip(block.rows, final.heights, strict=True)]
    grid = "".join(f'<a:gridCol w="{emu(w)}"/>' for w in final.widths)
    place = f'<a:off x="{emu(area.x)}" y="{emu(area.y)}"/><a:ext cx="{emu(sum(final.widths))}" cy="{emu(final.height)}"/>'
    first = ' firstRow="1"' if final.head else ""
    pen.out.append(
        f'<p:graphicFrame><p:nvGraphicFramePr>{pen.identity("Table", about)}<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm>{place}</p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr{first}><a:tableStyleId>{NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{grid}</a:tblGrid>{''.join(out)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    y, areas = area.y + final.head, []
    for high in final.heights:
        areas.append(Area(area.x, y, area.w, high))
        y += high
    return areas


def _report(pen: Pen, plan: Plan, area: Area) -> None:
    tallest = max(range(len(plan.heights)), key=plan.heights.__getitem__)
    row, limit = plan.block.rows[tallest], f"{area.h:.1f} cm, {plan.size:g} pt"
    pen.report(b.Overflow(row.origin or pen.origin, _words(row), limit))


def _words(row: b.Row) -> str:
    return " ".join(words for cell in row.cells if (words := words_of(cell_paras(cell))))


def _cut_off(plan: Plan, area: Area) -> Plan:
    """The plan with what its tallest cells say only as far as there is room; the alt text of the
    table says it all."""
    spare = area.h - plan.head
    fair = shared_out(plan.heights, spare)
    rows = []
    for row, high, room in zip(plan.block.rows, plan.heights, fair, strict=True):
        if high <= room or row.kind == "group":
            rows.append(row)
            continue
        cells = []
        for i, (cell, wide) in enumerate(zip(row.cells, plan.widths, strict=False)):
            place = Place(cell_paras(cell), wide - 2 * PAD - 0.1, room - 2 * PAD_Y, i == 0)
            fitting = fits(place, plan.size)
            cells.append(cell if fitting else _said_again(shortened(place, plan.size)))
        rows.append(replace(row, cells=tuple(cells)))
    return replace(plan, block=replace(plan.block, rows=tuple(rows)), heights=tuple(fair))


def _said_again(paras: Sequence[Para]) -> b.Cell:
    """Shortened words as a cell."""
    lines = ("".join(span.words for span in p.spans) for p in paras)
    return b.Cell(b.text("\n".join(lines)))


def _marked(block: b.Table) -> bool:
    """Whether late rows have a thick left edge, so that all first cells stand back from it."""
    return any(row.kind == "late" for row in block.rows)


def _head(pen: Pen, plan: Plan) -> str:
    size, block = head_size(plan.size), plan.block
    tab = "bg" if _marked(block) else ""
    cells = [
        _cell(pen, (para(c.title),), w, i, size, Look("muted", True, ALIGN[c.align], "b"), ("primary", 1.5), "" if i else tab)
        for i, (c, w) in enumerate(zip(block.columns, plan.widths, strict=True))
    ]  # fmt: skip
    return f'<a:tr h="{emu(plan.head)}">{"".join(cells)}</a:tr>'


def _row(pen: Pen, row: b.Row, high: float, plan: Plan) -> str:
    group = row.kind == "group"
    rule = ("edge", 1.0) if row.kind in ("group", "total") else ("line", 0.75)
    marked = _marked(plan.block)
    cells = []
    for i, (column, w) in enumerate(zip(plan.block.columns, plan.widths, strict=True)):
        words = cell_paras(row.cells[i]) if i < len(row.cells) else ()
        bold = i == 0 or row.kind in ("group", "total")
        look = Look(
            "primary" if group else "ink", bold, ALIGN[column.align], "b" if group else "ctr"
        )
        wide = sum(plan.widths) if group else w
        span = (
            f' gridSpan="{len(plan.widths)}"' if group and i == 0 and len(plan.widths) > 1 else ""
        )
        span = ' hMerge="1"' if group and i else span
        left = ("bad" if row.kind == "late" else "bg") if marked and not i else ""
        cells.append(
            _cell(pen, () if group and i else words, wide, i, plan.size, look, rule, left, span)
        )
    return f'<a:tr h="{emu(high)}">{"".join(cells)}</a:tr>'


def _cell(
    pen: Pen, paras: Sequence[Para], wide: float, column: int, size: float, look: Look,
    rule: tuple[str, float], tab: str = "", span: str = "",
) -> str:  # fmt: skip
    """One `a:tc`; `tab` is the colour of a thick left edge, which marks late rows."""
    words = pen.paragraphs(paras, size, wide - 2 * PAD, look)
    color, weight = rule
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "RT")
    first = (
        f'<a:lnL w="57150">{solid(pen.color(tab))}</a:lnL>'
        if tab
        else '<a:lnL w="0"><a:noFill/></a:lnL>'
    )
    edges = f'{first}{none}<a:lnB w="{round(weight * 12700)}">{solid(pen.color(color))}</a:lnB>'
    left = emu(PAD) if column or tab else 0
    return (
        f"<a:tc{span}><a:txBody><a:bodyPr/><a:lstStyle/>{words}</a:txBody>"
        f'<a:tcPr marL="{left}" marR="{emu(PAD)}" marT="{emu(0.04)}" marB="{emu(0.04)}" anchor="{look.anchor}">{edges}<a:noFill/></a:tcPr></a:tc>'
    )
