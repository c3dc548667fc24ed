"""A table of few rows as panels: what would leave most of a slide empty is said large instead.

Each row is a panel, its first cell the heading, the others labelled values beside or below it.
Where nothing has a label of its own, as with facts, the first cell is the label of the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from planwerk import blocks as b
from planwerk.render.slides_area import NARROW, Area
from planwerk.render.slides_cells import cell_paras
from planwerk.render.slides_draw import LEVELS, Draw, Look, Pen
from planwerk.render.slides_text import (  # fmt: skip
    Para,
    Place,
    fit,
    fits,
    height,
    longest_word,
    para,
    text_width,
    words_of,
)

FEW = 3
"""Rows that may be panels."""
GAP, SIDE, TOP = 0.55, 0.8, 0.5
LABEL, LABEL_ALONE = 14.0, 22.0
"""The size of labels, and that of facts which stand alone."""
SMALLEST, LARGEST, HERO = 15.0, 24.0, 44.0
"""The sizes of values; the largest of a row that has the slide, or the page, for itself."""
NARROWEST = 3.2
"""Centimetres that a value has at least."""
BRIEF = 0.5
"""The part of the width that the words of a row take at most where rows stand side by side."""
HEADING = 0.42
"""The part of a high panel that a heading may take."""
BETWEEN = 1.0
"""Centimetres from a heading to the values below it."""
NEAR, NEAR_ALONE = 0.1, 0.8
"""Centimetres from a label to its value, and from that of a fact which stands alone."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value under its label."""

    label: str
    value: tuple[Para, ...]
    size: float = LABEL
    """The label's."""
    near: float = NEAR

    @property
    def said(self) -> str:
        """Both in words."""
        return f"{self.label}: {words_of(self.value)}" if self.label else words_of(self.value)


@dataclass(frozen=True, slots=True)
class Record:
    """A row as a panel: its heading, if it has one, and the values under it."""

    head: Field | None
    fields: tuple[Field, ...]
    color: str
    origin: str


def record_plates(block: b.Table, area: Area) -> list[Draw]:
    """The table as panels on one page; none where it has too much to say for them."""
    records = _records(block)
    if not records:
        return []
    place = _places(records, area)
    size = _size(records, place)
    if size is None:
        return []
    return [partial(_page, records=records, size=size)]


def _records(block: b.Table) -> list[Record]:
    if not 1 <= len(block.rows) <= FEW or any(
        row.kind not in ("normal", "late") for row in block.rows
    ):
        return []
    titled = any(column.title for column in block.columns)
    if not titled and len(block.columns) != 2:
        return []
    said = [[words_of(cell_paras(cell)) for cell in row.cells] for row in block.rows]
    kept = [i for i in range(len(block.columns)) if any(i < len(row) and row[i] for row in said)]
    return [_record(block, row, kept, titled) for row in block.rows] if len(kept) > 1 else []


def _record(block: b.Table, row: b.Row, kept: Sequence[int], titled: bool) -> Record:
    cells = [cell_paras(cell) for cell in row.cells]
    level = next((cell.status.level for cell in row.cells if cell.status), None)
    color = "bad" if row.kind == "late" else LEVELS[level] if level else "edge"
    if not titled:
        label, value = (*cells, (), ())[:2]
        return Record(
            None, (Field(words_of(label), value, LABEL_ALONE, NEAR_ALONE),), color, row.origin
        )
    named = [Field(block.columns[i].title, cells[i] if i < len(cells) else ()) for i in kept]
    return Record(named[0], tuple(named[1:]), color, row.origin)


# --- where things stand ----------------------------------------------------------------------


def _places(records: Sequence[Record], area: Area) -> list[Area]:
    """A panel for each row; facts of one value each stand side by side, and so does what is brief."""
    facts = all(record.head is None for record in records)
    if facts or (len(records) > 1 and max(map(_words, records)) < BRIEF * area.w):
        return area.columns([1] * len(records), GAP)
    return area.rows(len(records), GAP)


def _words(record: Record) -> float:
    """How wide all it says would be on one line, in the largest type of values."""
    named = (record.head, *record.fields) if record.head else record.fields
    return sum(_long(field.value) for field in named) * LARGEST / 10


def _below(record: Record, place: Area) -> bool:
    """Whether values stand below the heading rather than beside it."""
    return place.h > 8 and (len(record.fields) > 1 or place.w < NARROW)


def _head_place(record: Record, place: Area) -> Area | None:
    inner = place.inside(SIDE, TOP)
    if record.head is None:
        return None
    if _below(record, place):
        return Area(inner.x, inner.y, inner.w, inner.h * HEADING)
    return Area(inner.x, inner.y, inner.w * 0.38 - GAP, inner.h)


def _field_places(record: Record, place: Area, weights: Sequence[float]) -> list[Area]:
    """Values side by side, as wide as the root of their words: long ones may take more lines."""
    inner = place.inside(SIDE, TOP)
    if record.head is not None and _below(record, place):
        inner = inner.below(inner.h * HEADING + 0.2)
    elif record.head is not None:
        inner = Area(inner.x + inner.w * 0.38, inner.y, inner.w * 0.62, inner.h)
    room = inner.w - GAP * (len(weights) - 1)
    least = min(NARROWEST, room / len(weights))
    wide = [max(room * part / sum(weights), least) for part in weights]
    return inner.columns([one / sum(wide) for one in wide], GAP)


def _weights(records: Sequence[Record]) -> list[float]:
    """How wide the columns of values are: the same in all panels."""
    columns = zip(*(record.fields for record in records), strict=True)
    return [max(max(_long(f.value), text_width(f.label, LABEL) / 6, 1.0) for f in fields) ** 0.5 for fields in columns]  # fmt: skip


def _long(paras: Sequence[Para]) -> float:
    return max((text_width(words_of((p,)), 10) for p in paras), default=0.0)


def _value_room(field: Field, place: Area) -> Area:
    return place.below(_label_height(field, place))


def _label_height(field: Field, place: Area) -> float:
    """The label with what is between it and the value."""
    if not field.label:
        return 0.0
    return height((para(field.label),), field.size, place.w) + field.near


def _size(records: Sequence[Record], places: Sequence[Area]) -> float | None:
    """The size that all values share; headings are larger by a fifth. None where they do not fit."""
    found: list[Place] = []
    weights = _weights(records)
    for record, place in zip(records, places, strict=True):
        head = _head_place(record, place)
        if record.head and head:
            room = _value_room(record.head, head)
            found.append(Place(_larger(record.head.value), room.w, room.h, True))
        for field, where in zip(record.fields, _field_places(record, place, weights), strict=True):
            room = _value_room(field, where)
            found.append(Place(field.value, room.w, room.h))
    facts = all(record.head is None for record in records)
    largest = HERO if facts or len(records) == 1 else LARGEST
    size = fit(found, largest, SMALLEST)
    whole = all(
        fits(one, size) and longest_word(one.paras, size, one.bold) <= one.w for one in found
    )
    return size if whole else None


def _larger(paras: tuple[Para, ...]) -> tuple[Para, ...]:
    """A heading: its first line a fifth larger; nothing where the cell is empty."""
    if not paras:
        return ()
    first = paras[0]
    grown = replace(first, spans=tuple(replace(s, scale=s.scale * 1.2) for s in first.spans))
    return (grown, *paras[1:])


# --- drawing ---------------------------------------------------------------------------------


def _page(pen: Pen, area: Area, records: Sequence[Record], size: float) -> None:
    weights, panels = _weights(records), _places(records, area)
    fields = [_field_places(record, place, weights) for record, place in zip(records, panels, strict=True)]  # fmt: skip
    talls = [_tall(record.fields, places, size, False) for record, places in zip(records, fields, strict=True)]  # fmt: skip
    for record, place, places, own in zip(records, panels, fields, talls, strict=True):
        tall = max(talls) if panels[0].y == panels[-1].y else own
        named = (record.head, *record.fields) if record.head else record.fields
        with pen.group(place, "Record", "; ".join(field.said for field in named)):
            pen.box(place, "surface")
            pen.box(Area(place.x, place.y, 0.12, place.h), pen.color(record.color))
            heading = _head_place(record, place)
            if record.head and heading:
                large = Field(record.head.label, _larger(record.head.value))
                high = _tall([large], [heading], size, True)
                if _below(record, place):  # both in the middle of the panel
                    y = place.y + (place.h - high - BETWEEN - tall) / 2
                    heading = replace(heading, y=y, h=high)
                    places = [replace(one, y=y + high + BETWEEN, h=tall) for one in places]
                _field(pen, heading, large, size, Look("primary", True, origin=record.origin), high)
            for field, where in zip(record.fields, places, strict=True):
                _field(pen, where, field, size, Look(origin=record.origin), tall)


def _tall(fields: Sequence[Field], places: Sequence[Area], size: float, bold: bool) -> float:
    """The height of the tallest of values side by side, with its label."""
    pairs = zip(fields, places, strict=True)
    return max(_label_height(f, p) + height(f.value, size, p.w, bold) for f, p in pairs)


def _field(pen: Pen, place: Area, field: Field, size: float, look: Look, tall: float) -> None:
    """The value under its label; what stands side by side begins on one line, in the middle."""
    label = _label_height(field, place)
    y = place.y + max((place.h - tall) / 2, 0)
    if field.label:
        pen.text(
            Area(place.x, y, place.w, label), para(field.label), field.size, LABEL, Look("muted")
        )
    room = Area(place.x, y + label, place.w, min(tall, place.h) - label)
    pen.text(room, field.value, size, size, look)
