"""The white-space grid as a native table: tinted cells with white gutters and no rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from planwerk import blocks as b
from planwerk.render.lower import MARKS
from planwerk.render.slides_area import Area, share_out
from planwerk.render.slides_draw import Draw, Look, Pen, solid
from planwerk.render.slides_master import emu
from planwerk.render.slides_table import NO_STYLE
from planwerk.render.slides_text import (
    NBSP,
    SMALLEST,
    Para,
    Place,
    Span,
    fit,
    fits,
    height,
    longest_word,
    para,
    shortened,
    text_width,
)

STATE_LEVEL: Mapping[b.CellState, b.Level] = {
    "unknown": "open", "not_applicable": "no", "blocked": "no", "internal": "neutral",
    "competitor": "bad", "gap": "plan", "idea": "plan", "opportunity": "run", "won": "done",
    "lost": "no", "at_risk": "warn",
}  # fmt: skip
STATE_COLOR: Mapping[b.CellState, str] = {
    "competitor": "bad", "gap": "c1", "idea": "c1", "opportunity": "c1", "won": "good",
    "at_risk": "warn",
}  # fmt: skip
STATE_TINT: Mapping[b.CellState, float] = {
    "competitor": 0.10, "gap": 0.05, "idea": 0.05, "opportunity": 0.11, "won": 0.08,
    "at_risk": 0.12, "not_applicable": 0.10, "blocked": 0.10, "internal": 0.10, "lost": 0.10,
}  # fmt: skip
WIDEST, DEEPEST, FEWEST = 8, 9, 3
"""Columns and rows of a slide at most; rows however long their names are."""
FOOT, BETWEEN = 1.1, 0.12
"""Centimetres: the row of sums; what a row's name leaves free."""
INSET = 0.12
BOLD = ("won", "opportunity", "gap", "idea", "competitor", "at_risk")


def matrix_plates(block: b.Matrix, area: Area) -> list[Draw]:
    """The grid on one slide, or its columns and rows in even parts."""
    across = -(-len(block.columns) // WIDEST) or 1
    down = -(-len(block.rows) // _deep(block, area)) or 1
    parts = [
        _part(block, share_out(range(len(block.rows)), i, down), share_out(range(len(block.columns)), k, across))
        for i in range(down)
        for k in range(across)
    ]  # fmt: skip
    return [partial(draw_matrix, block=part) for part in parts]


def _deep(block: b.Matrix, area: Area) -> int:
    """How many rows a slide holds, so that their names have the lines they need."""
    widths = _widths(block, area.w)
    room = area.h - _head_height(block, widths) - (FOOT if block.column_totals else 0.0)
    names = (height((para(name),), SMALLEST, widths[0] - 2 * INSET, True) for name in block.rows)
    return max(min(DEEPEST, int(room / (max(names, default=0.0) + BETWEEN))), FEWEST)


def _part(block: b.Matrix, rows: tuple[int, ...], columns: tuple[int, ...]) -> b.Matrix:
    """The grid with these rows and columns; sums stand only where all they add up is shown."""
    last_row, last_column = rows[-1] + 1 == len(block.rows), columns[-1] + 1 == len(block.columns)
    return b.Matrix(
        tuple(block.columns[k] for k in columns),
        tuple(block.rows[i] for i in rows),
        tuple(tuple(block.cells[i][k] for k in columns) for i in rows),
        block.label, block.caption, block.corner,
        tuple(block.row_totals[i] for i in rows) if block.row_totals and last_column else (),
        tuple(block.column_totals[k] for k in columns) if block.column_totals and last_row else (),
        block.total if last_row and last_column else "", block.total_word,
    )  # fmt: skip


def draw_matrix(pen: Pen, area: Area, block: b.Matrix) -> None:
    """Rows and columns fill the area; words of all cells share one size."""
    widths = _widths(block, area.w)
    head = _head_height(block, widths)
    foot = FOOT if block.column_totals else 0.0
    row = min((area.h - head - foot) / max(len(block.rows), 1), 4.2)
    cells = [cell for line in block.cells for cell in line]
    places = [Place(_words(c), widths[1] - 2 * INSET - 0.15, row - 0.1) for c in cells]
    size = fit(places, 16 if row > 1.6 else 13, SMALLEST)
    worst = max((height(p.paras, size, p.w) for p in places), default=0)
    if worst > row + 0.1:
        pen.report(b.Overflow(pen.origin, block.label, f"{row:.1f} cm, {size:g} pt"))
    out, (names, cut) = [_head(pen, block, widths, head)], _names(pen, block, widths[0], row)
    for i, name in enumerate(names):
        line = [_cell(name, "ctr", "", 0)]
        line += [_state(pen, cell, size, widths[1]) for cell in block.cells[i]]
        if block.row_totals:
            line.append(
                _plain(pen, block.row_totals[i], Look("primary", True, "r", "ctr"), 18, widths[-1])
            )
        out.append(f'<a:tr h="{emu(row)}">{"".join(line)}</a:tr>')
    if foot:
        out.append(_foot(pen, block, widths, foot))
    tall = head + row * len(block.rows) + foot
    about = " · ".join((block.label, *cut))
    _frame(pen, Area(area.x, area.y, sum(widths), tall), widths, out, about)


def _names(pen: Pen, block: b.Matrix, wide: float, row: float) -> tuple[list[str], list[str]]:
    """The names of the rows at one size; of those that are cut, all they say."""
    look, room = Look("ink", True, "l", "ctr"), wide - 2 * INSET
    places = [Place((para(name),), room, row - BETWEEN + 0.02, True) for name in block.rows]
    size = fit(places, 15, SMALLEST)
    out, cut = [], []
    for name, place in zip(block.rows, places, strict=True):
        said = place.paras
        if not fits(place, size):
            said = shortened(place, size)
            cut.append(name)
            pen.report(b.Overflow(pen.origin, name, f"{wide:.1f} × {row:.1f} cm, {size:g} pt"))
        out.append(pen.paragraphs(said, size, room, look))
    return out, cut


def _frame(pen: Pen, area: Area, widths: Sequence[float], rows: Sequence[str], label: str) -> None:
    grid = "".join(f'<a:gridCol w="{emu(w)}"/>' for w in widths)
    pen.out.append(
        f'<p:graphicFrame><p:nvGraphicFramePr>{pen.identity("Matrix", label)}<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{emu(area.x)}" y="{emu(area.y)}"/><a:ext cx="{emu(area.w)}" cy="{emu(area.h)}"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1" firstCol="1"><a:tableStyleId>{NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{grid}</a:tblGrid>{''.join(rows)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _widths(block: b.Matrix, room: float) -> list[float]:
    names = [*block.rows, block.corner, block.total_word if block.column_totals else ""]
    first = min(max(text_width(n, 15, True) for n in names) + 0.5, room * 0.22)
    least = max(longest_word((para(n),), 15, True) for n in names) + 0.5
    first = max(first, min(least, room * 0.3))
    totals = (*block.row_totals, block.total)
    last = max(text_width(t, 20, True) for t in totals) + 0.6 if block.row_totals else 0.0
    last = max(last, text_width(block.total_word, 13, True) + 0.5) if block.row_totals else 0.0
    each = (room - first - last) / max(len(block.columns), 1)
    return [first, *[each] * len(block.columns), *([last] if block.row_totals else [])]


def _head_height(block: b.Matrix, widths: Sequence[float]) -> float:
    return max(height((para(c),), 13, widths[1] - 0.4, True) for c in (*block.columns, "x")) + 0.35


def _words(cell: b.MatrixCell) -> tuple[Para, ...]:
    mark = MARKS[STATE_LEVEL[cell.state]]
    color = STATE_COLOR.get(cell.state, "muted")
    bold = cell.state in BOLD
    out = [Para((Span(f"{mark}{NBSP}{cell.word}", bold, color, 0.85),))]
    if cell.value:
        out.append(Para((Span(cell.value, bold, "ink", 1.3),)))
    if cell.note:
        out.append(Para((Span(cell.note, False, "muted", 0.85),)))
    return tuple(out)


def _head(pen: Pen, block: b.Matrix, widths: Sequence[float], high: float) -> str:
    names = [block.corner, *block.columns, *([block.total_word] if block.row_totals else [])]
    aligns = ["l", *["ctr"] * len(block.columns), "r"]
    cells = "".join(
        _plain(pen, name, Look("muted", True, align, "b"), 13, wide)
        for name, align, wide in zip(names, aligns, widths, strict=False)
    )
    return f'<a:tr h="{emu(high)}">{cells}</a:tr>'


def _foot(pen: Pen, block: b.Matrix, widths: Sequence[float], high: float) -> str:
    cells = [_plain(pen, block.total_word, Look("ink", True, "l", "ctr"), 15, widths[0])]
    look = Look("primary", True, "ctr", "ctr")
    cells += [_plain(pen, total, look, 16, widths[1]) for total in block.column_totals]
    if block.row_totals:
        cells.append(
            _plain(pen, block.total, Look("accent-text", True, "r", "ctr"), 20, widths[-1])
        )
    return f'<a:tr h="{emu(high)}">{"".join(cells)}</a:tr>'


def _plain(pen: Pen, words: str, look: Look, size: float, wide: float) -> str:
    while size > SMALLEST and longest_word((para(words),), size, look.bold) > wide - 0.3:
        size -= 0.5
    body = pen.paragraphs((para(words),) if words else (), size, wide - 2 * INSET, look)
    left = 0 if look.align == "l" else INSET
    return _cell(body, look.anchor, "", left)


def _state(pen: Pen, cell: b.MatrixCell, size: float, wide: float) -> str:
    color = STATE_COLOR.get(cell.state, "muted")
    share = STATE_TINT.get(cell.state)
    ground = pen.tint(color, share) if share else pen.color("surface")
    body = pen.paragraphs(_words(cell), size, wide - 2 * INSET, Look(align="ctr"))
    return _cell(body, "ctr", ground, INSET)


def _cell(body: str, anchor: str, ground: str, left: float) -> str:
    gutter = "".join(f'<a:ln{side} w="38100">{solid("FFFFFF")}</a:ln{side}>' for side in "LRTB")
    edges = (
        gutter
        if ground
        else "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRTB")
    )
    fill = solid(ground) if ground else "<a:noFill/>"
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{body}</a:txBody>"
        f'<a:tcPr marL="{emu(left)}" marR="{emu(INSET)}" marT="{emu(0.04)}" marB="{emu(0.04)}" anchor="{anchor}">{edges}{fill}</a:tcPr></a:tc>'
    )
