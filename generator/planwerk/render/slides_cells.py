"""What a cell of a table says on a slide."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from planwerk import blocks as b
from planwerk.render.slides_draw import status_span
from planwerk.render.slides_text import Para, para, rich


@lru_cache(maxsize=8192)
def cell_paras(cell: b.Cell) -> tuple[Para, ...]:
    """What a cell says, as paragraphs."""
    out = []
    if cell.text:
        quiet = "muted" if cell.unknown else ""
        bold = True if cell.strong else None
        spans = rich(cell.text, color=quiet)
        out.append(Para(tuple(replace(s, bold=s.bold or bold) for s in spans)))
    if cell.person:
        out.append(para(cell.person.name))
    if cell.status:
        out.append(Para((status_span(cell.status),)))
    if cell.note:
        out.append(para(cell.note, "muted", 0.85, False))
    return tuple(out)
