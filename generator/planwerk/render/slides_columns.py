"""A table's words measured once: how wide its columns and how high its rows are at any size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planwerk import blocks as b
from planwerk.render.slides_cells import cell_paras
from planwerk.render.slides_text import PT, Para, Said, para, said, scaled, unit_width, words_of

PAD, PAD_Y = 0.22, 0.11
LEAST = 11.5
"""The smallest type in a table, where the columns of a wide one leave no other way."""
SPREAD = 0.35
"""The part of the width that is shared by all columns where so much is left."""
SHORT = 18
"""Words of at most this many characters stay on one line where it can be done."""
Line = tuple[tuple[float, float], ...]
"""A paragraph on one line: the scale of each of its spans, and how wide it is at 1 pt."""


def head_size(size: float) -> float:
    """The size of the heads over words of that size."""
    return max(LEAST, min(size - 2, 14))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's words, measured, and its paragraphs as one line each: all, and those of few letters."""

    said: Said
    lines: tuple[Line, ...]
    brief: tuple[Line, ...]


class Measured:
    """A table, its rows and heads measured in the font of the deck."""

    def __init__(self, block: b.Table, rows: Sequence[tuple[Cell, ...]] = ()) -> None:
        self.block = block
        self.rows = tuple(rows) or tuple(_row(row) for row in block.rows)
        self.heads = [_cell((para(column.title),), True) for column in block.columns]
        self.titled = any(column.title for column in block.columns)

    def part(self, block: b.Table, first: int) -> Measured:
        """Some of its rows, the `first` of them and those after it, as a table."""
        return Measured(block, self.rows[first : first + len(block.rows)])

    @cached_property
    def columns(self) -> list[tuple[Mapping[float, float], list[Line], list[Line]]]:
        """Of each column its longest piece by the scale of its words, and its widest lines."""
        out: list[tuple[Mapping[float, float], list[Line], list[Line]]] = []
        for i in range(len(self.block.columns)):
            longest: dict[float, float] = {}
            cells = [
                cells[i]
                for row, cells in zip(self.block.rows, self.rows, strict=True)
                if row.kind != "group" and i < len(cells)
            ]
            for cell in cells:
                for spans, _, _ in cell.said.paras:
                    for one in spans:
                        longest[one.scale] = max(one.longest, longest.get(one.scale, 0.0))
            out.append((longest, _widest(c.lines for c in cells), _widest(c.brief for c in cells)))
        return out

    def widths(
        self, size: float, room: float, fixed: Mapping[int, float]
    ) -> tuple[list[float], bool]:
        """The widths in centimetres, and whether no short words are broken; `fixed` ones are given."""
        least, short, wanted = [], [], []
        extra, small = 2 * PAD + 0.15, head_size(size)
        for (longest, lines, brief), head in zip(self.columns, self.heads, strict=True):
            low = max((wide * scaled(scale, size) for scale, wide in longest.items()), default=0.0)
            least.append(max(low / PT, head.said.longest(small)) + extra)
            short.append(max(least[-1], _long(brief, size) + extra))
            wanted.append(max(_long(lines, size), _long(head.lines, small)) + extra)
        for i, wide in fixed.items():
            least[i] = short[i] = wanted[i] = wide
        whole = sum(short) <= room
        return _share(self.block, short if whole else least, wanted, room, fixed), whole

    def head(self, widths: Sequence[float], size: float) -> float:
        """The height of the row of heads; nothing where no column has one."""
        if not self.titled:
            return 0.0
        small = head_size(size)
        tall = (one.said.height(small, w - 2 * PAD - 0.1) for one, w in zip(self.heads, widths, strict=True))  # fmt: skip
        return max(0.75, max(tall) + 0.18)

    def heights(self, widths: Sequence[float], size: float, room: float) -> tuple[float, ...]:
        """The heights of the rows; the name of a group runs over all columns."""
        rooms = [w - 2 * PAD - 0.1 for w in widths]
        out = []
        for row, cells in zip(self.block.rows, self.rows, strict=True):
            if row.kind == "group":
                out.append(cells[0].said.height(size, room - 0.3) + 0.4)
                continue
            tall = [cell.said.height(size, wide) for cell, wide in zip(cells, rooms, strict=False)]
            out.append(max(tall, default=size / PT) + 2 * PAD_Y)
        return tuple(out)


def _row(row: b.Row) -> tuple[Cell, ...]:
    heavy = row.kind in ("group", "total")
    return tuple(_cell(cell_paras(cell), heavy or i == 0) for i, cell in enumerate(row.cells))


def _cell(paras: tuple[Para, ...], bold: bool) -> Cell:
    lines = tuple(
        tuple((s.scale, unit_width(s.words, bold if s.bold is None else s.bold)) for s in p.spans)
        for p in paras
    )
    brief = tuple(line for p, line in zip(paras, lines, strict=True) if len(words_of((p,))) <= SHORT)  # fmt: skip
    return Cell(said(paras, bold), lines, brief)


def _widest(cells: Iterable[tuple[Line, ...]]) -> list[Line]:
    """Lines of which one is the longest at any size: of those in one manner only the widest."""
    plain: dict[float, float] = {}
    mixed = []
    for lines in cells:
        for line in lines:
            if len(line) == 1:
                ((scale, wide),) = line
                plain[scale] = max(wide, plain.get(scale, 0.0))
            else:
                mixed.append(line)
    return [((scale, wide),) for scale, wide in plain.items()] + mixed


def _long(lines: Iterable[Line], size: float) -> float:
    """The longest of the lines at that size, in centimetres."""
    found = (sum(wide * scaled(scale, size) / PT for scale, wide in line) for line in lines)
    return max(found, default=0.0)


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
