"""What a picture on a slide has no room for: the same in a list, on pages of its own."""

from __future__ import annotations

from collections.abc import Sequence

from planwerk import blocks as b
from planwerk.render import slides_table
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import Draw

Line = str | tuple[str, str, str, b.Status | None]
"""A heading, or: what, a muted note below it, what there is to say, and its state."""


def rest_plates(lines: Sequence[Line], area: Area, label: str) -> list[Draw]:
    """The lines as a table without a head, on as many pages as it needs."""
    return slides_table.plates(rest_table(lines, label), area) if lines else []


def rest_table(lines: Sequence[Line], label: str) -> b.Table:
    """The lines as a table; columns in which nothing stands are left out."""
    known = [line for line in lines if not isinstance(line, str)]
    told, states = any(line[2] for line in known), any(line[3] for line in known)
    columns = (b.Column("", wide=not told), *([b.Column("", wide=True)] * told), *([b.Column("")] * states))  # fmt: skip
    rows = []
    for line in lines:
        if isinstance(line, str):
            rows.append(b.Row((b.Cell(b.text(line)),), "group"))
            continue
        what, note, words, status = line
        cells = [b.Cell(b.text(what), note=note)]
        cells += [b.Cell(b.text(words))] * told
        cells += [b.Cell(status=status)] * states
        rows.append(b.Row(tuple(cells)))
    return b.Table(columns, tuple(rows), label)
