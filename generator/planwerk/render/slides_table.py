"""Native tables: columns by the words in them, rows that fill the body, pages cut evenly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from planwerk import blocks as b
from planwerk.render.measure import shared_out
from planwerk.render.slides_area import NARROW, Area, share_out
from planwerk.render.slides_cells import cell_paras
from planwerk.render.slides_draw import Draw, Look, Pen, solid
from planwerk.render.slides_master import emu
from planwerk.render.slides_records import record_plates
from planwerk.render.slides_text import (
    PT,
    Para,
    Place,
    fits,
    height,
    longest_word,
    para,
    shortened,
    span_size,
    text_width,
    words_of,
)

PAD, PAD_Y = 0.22, 0.11
FLOOR = 13.0
LEAST = 11.5
"""The floor where the columns of a wide table leave no other way."""
TALLEST = 2.4
MANY, BETWEEN = 6, 1.2
"""Rows that may be two tables, and the centimetres between them."""
SPREAD = 0.35
"""The part of the width that is shared by all columns where so much is left."""
HIGH, BROAD, LOW = 6.0, 10.0, 0.6
"""Where rows may be panels: in an area so high and wide, of which the table takes less than this part."""
SHORT = 18
"""Words of at most this many characters stay on one line where it can be done."""
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


def plan(
    block: b.Table, area: Area, size: float, fixed: Mapping[int, float] | None = None,
    torn: bool = False,
) -> Plan:  # fmt: skip
    """The table at one type size; `fixed` columns have their widths given. Where it is `torn`,
    words that are too long are broken so that it is no wider than the area."""
    widths, whole = _widths(block, size, area.w, fixed or {})
    if torn:
        widths = shared_out(widths, area.w)
    titled = any(column.title for column in block.columns)
    heads = [
        height((para(c.title),), _head_size(size), w - 2 * PAD - 0.1, True)
        for i, (c, w) in enumerate(zip(block.columns, widths, strict=True))
    ]
    head = max(0.75, max(heads) + 0.18) if titled else 0.0
    rows = tuple(_row_height(row, widths, size, area.w) for row in block.rows)
    return Plan(block, tuple(widths), head, rows, size, whole)


def best(
    block: b.Table, area: Area, fixed: Mapping[int, float] | None = None, floor: float = FLOOR
) -> Plan | None:
    """The table at the largest size at which it fits, None where it needs pages."""
    count = len(block.rows)
    largest = 24.0 if count <= 2 else 20.0 if count <= 4 else 18.0 if count <= 7 else 16.0
    found = plan(block, area, floor, fixed)
    if not _holds(found, area):
        return None
    whole = found.whole
    sizes = _sizes(largest, floor)
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        tried = plan(block, area, sizes[middle], fixed)
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


def pages(block: b.Table, area: Area, fixed: Mapping[int, float] | None = None) -> list[Plan]:
    """The table on as few slides as it needs, cut evenly, its groups' heads repeated, with the same
    columns on all of them."""
    found = best(block, area, fixed)
    return [found] if found else _several(block, area, fixed)


def _several(block: b.Table, area: Area, fixed: Mapping[int, float] | None = None) -> list[Plan]:
    """The pages of a table that does not stand on one at the usual sizes."""
    floor = FLOOR
    while floor > LEAST and sum(plan(block, area, floor, fixed).widths) > area.w + 0.01:
        floor -= 0.5
    if floor < FLOOR and (found := best(block, area, fixed, floor)):
        return [found]
    whole = plan(block, area, floor, fixed)
    torn = sum(whole.widths) > area.w + 0.01
    if torn:
        whole = plan(block, area, floor, fixed, torn)
    least = max(int(sum(whole.heights) / max(area.h - whole.head, 1.0)), 1)
    parts = _parts(whole, len(block.rows))
    for count in range(least, len(block.rows)):
        fewer = _parts(whole, count)
        if all(_holds(part, area) for part in fewer):
            parts = fewer
            break
    sizes = () if torn else _sizes(16.0, floor)
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        larger = plan(block, area, sizes[middle], fixed)
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
    whole = best(block, area)
    low = whole is not None and whole.height < LOW * area.h
    if low and area.h >= HIGH and area.w >= BROAD and (few := record_plates(block, area)):
        return few
    if halves := _halves(block, area):
        return [partial(_two, halves=halves)]
    return [partial(_page, plan=found) for found in ([whole] if whole else _several(block, area))]


def _halves(block: b.Table, area: Area) -> tuple[Plan, Plan] | None:
    """Many short rows as two tables side by side, at one size; None where they would take more
    lines than in one, or more room than there is."""
    if (
        len(block.rows) < MANY
        or area.w < NARROW
        or any(r.kind in ("group", "total") for r in block.rows)
    ):
        return None
    columns = area.columns((1, 1), BETWEEN)
    parts = [replace(block, rows=share_out(block.rows, i, 2)) for i in range(2)]
    found = []
    for part, column in zip(parts, columns, strict=True):
        one = best(part, column)
        if one is None or not one.whole:
            return None
        found.append(one)
    size = min(one.size for one in found)
    both = [
        one if one.size == size else plan(one.block, column, size)
        for one, column in zip(found, columns, strict=True)
    ]
    if sum(sum(one.heights) for one in both) > sum(plan(block, area, size).heights) * 1.5:
        return None
    return both[0], both[1]


def _two(pen: Pen, area: Area, halves: tuple[Plan, Plan]) -> None:
    for half, column in zip(halves, area.columns((1, 1), BETWEEN), strict=True):
        draw(pen, column, half)


def least_height(block: b.Table, wide: float) -> float:
    """The height the whole table needs at its smallest size."""
    return plan(block, Area(0, 0, wide, 1), FLOOR).height


# --- measures --------------------------------------------------------------------------------


def _head_size(size: float) -> float:
    return max(LEAST, min(size - 2, 14))


def _widths(
    block: b.Table, size: float, room: float, fixed: Mapping[int, float]
) -> tuple[list[float], bool]:
    least, short, wanted = [], [], []
    for i, column in enumerate(block.columns):
        rows = [row for row in block.rows if row.kind != "group" and i < len(row.cells)]
        cells = [cell_paras(row.cells[i]) for row in rows]
        bold = i == 0
        extra = 2 * PAD + 0.15
        head = (para(column.title),)
        low = max((longest_word(c, size, bold) for c in cells), default=0.0)
        full = max((_one_line(c, size, bold) for c in cells), default=0.0)
        title = text_width(column.title, _head_size(size), True)
        least.append(max(low, longest_word(head, _head_size(size), True)) + extra)
        brief = [tuple(p for p in c if len(words_of((p,))) <= SHORT) for c in cells]
        lines = [_one_line(c, size, bold) for c in brief]
        short.append(max(least[-1], max(lines, default=0.0) + extra))
        wanted.append(max(full, title) + extra)
    for i, wide in fixed.items():
        least[i] = short[i] = wanted[i] = wide
    whole = sum(short) <= room
    return _share(block, short if whole else least, wanted, room, fixed), whole


def _one_line(paras: Sequence[Para], size: float, bold: bool) -> float:
    return max(
        (
            sum(
                text_width(s.words, span_size(s, size), bold if s.bold is None else s.bold)
                for s in p.spans
            )
            for p in paras
        ),
        default=0.0,
    )


def _share(
    block: b.Table, least: list[float], wanted: list[float], room: float, fixed: Mapping[int, float]
) -> list[float]:
    """Widths between what the longest words need and what whole lines want."""
    spare = room - sum(wanted)
    if spare >= 0:
        wide = [i for i, c in enumerate(block.columns) if c.wide and i not in fixed]
        free = [i for i in range(len(wanted)) if i not in fixed] or [0]
        takers = free if spare > SPREAD * room else wide or free
        return [w + spare / len(takers) if i in takers else w for i, w in enumerate(wanted)]
    if sum(least) >= room:
        return least
    # the more a column lacks, the more it gets, but by the root: long texts may take more lines
    widths = list(least)
    for _ in range(4):
        rest = room - sum(widths)
        lack = [max(w - have, 0.0) ** 0.5 for w, have in zip(wanted, widths, strict=True)]
        whole = sum(lack)
        if rest < 0.01 or not whole:
            break
        widths = [
            min(w, have + rest * share / whole)
            for w, have, share in zip(wanted, widths, lack, strict=True)
        ]
    return widths


def _row_height(row: b.Row, widths: Sequence[float], size: float, room: float) -> float:
    if row.kind == "group":
        return height(cell_paras(row.cells[0]), size, room - 0.3, True) + 0.4
    heights = [
        height(cell_paras(cell), size, w - 2 * PAD - 0.1, i == 0 or row.kind == "total")
        for i, (cell, w) in enumerate(zip(row.cells, widths, strict=False))
    ]
    return max(heights, default=size / PT) + 2 * PAD_Y


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
    size, block = _head_size(plan.size), plan.block
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
