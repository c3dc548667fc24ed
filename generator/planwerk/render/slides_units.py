"""What stands together on a slide: neighbouring texts as one, and how little room each takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planwerk import blocks as b
from planwerk.render import slides_prose, slides_table
from planwerk.render.lower import lower
from planwerk.render.slides_area import Area
from planwerk.render.slides_prose import PROSE, Prose, natural

Labels = Mapping[str, str]
GAP = 0.55

Unit = tuple[Prose, ...] | b.Block
"""Neighbouring texts together, or one other block."""


def units(blocks: Sequence[b.Block]) -> list[Unit]:
    """Texts that follow each other are one text; sections become a heading and their blocks."""
    out: list[Unit] = []
    run: list[Prose] = []
    for block in _flat(blocks):
        if isinstance(block, PROSE):
            run.append(block)
            continue
        if run:
            out.append(tuple(run))
            run = []
        out.append(block)
    if run:
        out.append(tuple(run))
    return out


def _flat(blocks: Sequence[b.Block]) -> list[b.Block]:
    out: list[b.Block] = []
    for block in blocks:
        if isinstance(block, b.Section):
            if block.title:
                out.append(b.Heading(b.text(block.title)))
            if block.subtitle:
                out.append(b.Paragraph(b.text(block.subtitle), "note"))
            out += _flat(block.blocks)
        else:
            if caption := notes_of(block)[0]:
                out.append(b.Paragraph(b.text(caption, strong=True), "note"))
            out.append(block)
    return out


def least(unit: Unit, wide: float, labels: Labels) -> float:
    """The smallest height in which a unit can stand beside others."""
    if isinstance(unit, tuple):
        return natural(unit, wide, slides_prose.FLOOR)
    match unit:
        case b.Table():
            return slides_table.least_height(unit, wide)
        case b.Cards():
            across = 3 if wide > 20 else 2 if wide > 13 else 1
            return 4.6 * -(-len(unit.items) // across) if len(unit.items) <= across else 99.0
        case b.Chart():
            return 5.0
        case b.Callout():
            return 3.2
        case b.BigNumber():
            return 4.2
        case b.DatedList() | b.Facts() | b.Goals() | b.Decisions() | b.Lessons() | b.Sides():
            tables = [t for t in lower(unit, labels) if isinstance(t, b.Table)]
            return sum(slides_table.least_height(table, wide) for table in tables) or 1.0
        case b.Beside():
            columns = Area(0, 0, wide, 1).columns(unit.weights, GAP)
            return max(
                least_all(part, column.w, labels)
                for part, column in zip(unit.parts, columns, strict=True)
            )
        case b.Shares() | b.Ribbon():
            return 7.0
        case _:
            return 99.0


def least_all(blocks: Sequence[b.Block], wide: float, labels: Labels) -> float:
    """The smallest height of blocks below each other."""
    found = [least(unit, wide, labels) for unit in units(blocks)]
    return sum(found) + GAP * (len(found) - 1)


def notes_of(block: b.Block) -> tuple[str, str]:
    """What a block says above and below itself: a caption, and a note or source."""
    match block:
        case b.Table():
            return block.caption, block.note
        case b.Matrix():
            return block.caption, ""
        case b.Coverage():
            return "", block.note
        case b.Cards() | b.Goals():
            return "", block.explanation
        case b.Chart():
            return "", block.source
        case b.Section():
            return "", _joined(block.blocks)
        case b.Beside():
            return "", _joined([inner for part in block.parts for inner in part])
        case _:
            return "", ""


def _joined(blocks: Sequence[b.Block]) -> str:
    """The notes of several blocks, each once."""
    found = dict.fromkeys(note.rstrip(".") for block in blocks if (note := notes_of(block)[1]))
    return " ".join(f"{note}." for note in found)
