"""How wide the columns of a table are, how high it will be, and which of its rows stay together."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf

from planwerk import blocks as b
from planwerk.render.measure import longest_word, shared_out, width

CM = 28.3465
PADDING = 0.25
"""What is left free at the right of a cell, in centimetres."""
LINE, CELL, HEAD = 0.405, 0.165, 0.6
"""Heights in centimetres: a line at 9.5 points, a cell's padding and rule, a row of heads."""
SPARE = 0.2
"""What programs take more than measured, in centimetres."""
FIRM = "i"
"""What stands for a space that no line ends at when words are measured: it is as wide."""
BRIEF = 10
"""Letters of a state that always stays on one line."""
FEW, CALM = 16, 0.75
"""Letters of words that stay on one line, where all such columns take no more of the width."""
Piece = tuple[str, float, bool]
"""Words on one line, their size in points, and whether they are bold."""
NOTE = 8.5 / 9.5
"""The size of a note in a cell by that of its text."""
REFERRED = f"Abbildung{FIRM}99"
"""As wide as the longest reference to a figure."""
MOST = 30
"""Rows whose lines are counted; longer tables are broken anyway."""
KEPT = 6.5
"""A table that is not higher, in centimetres, is not broken over pages."""
GRID = 1.1
"""What a row of a grid takes of the height up to which a table is kept; pages of grids hold little else."""
CELL_STYLES = re.compile(
    r'<w:pStyle w:val="(?:TableText|TableNote|MarginNote|KeyFigure)"/>(?!<w:keepNext/>)'
)


@dataclass(frozen=True, slots=True)
class Measured:
    """The words of a table: of each row each cell's lines, and how long each is in centimetres."""

    block: b.Table
    size: float
    pieces: list[list[list[Piece]]]
    lengths: list[list[list[float]]]

    def widths(self, room: float) -> list[float]:
        """Column widths in cm: the longest word at least, the rest so that few lines are needed."""
        columns = self.block.columns
        least = [self._least(i) for i in range(len(columns))]
        wanted = [self._wanted(i) for i in range(len(columns))]
        firm = [max(low, self._firm(i)) for i, low in enumerate(least)]
        least = firm if sum(firm) <= room * CALM else least
        if sum(least) >= room:
            return shared_out(least, room)
        wishes = [
            max(w - low, 0) * (1.2 if c.wide else 1)
            for w, low, c in zip(wanted, least, columns, strict=True)
        ]
        spare = room - sum(least)
        if sum(wishes) <= spare:
            extra = spare - sum(wishes)
            wide = [i for i, c in enumerate(columns) if c.wide] or list(range(len(least)))
            return [
                low + wish + (extra / len(wide) if i in wide else 0)
                for i, (low, wish) in enumerate(zip(least, wishes, strict=True))
            ]
        # long texts share what is left by the square root, so that one of them does not take it all
        given = _given(least, wishes, spare, 0.5)
        if len(self.pieces) > MOST or sum(map(bool, wishes)) < 2:
            return given
        sums = [sum(one for row in self.lengths for one in row[i]) for i in range(len(least))]
        open_ = [one if wish else 0.0 for one, wish in zip(sums, wishes, strict=True)]
        tried = [given, _given(least, wishes, spare, 0.75), _given(least, open_, spare, 0.5), _given(least, open_, spare, 1)]  # fmt: skip
        return min((_enough(one, wanted) for one in tried), key=lambda one: _lines(self.lengths, one))  # fmt: skip

    def _least(self, i: int) -> float:
        said = [(self.block.columns[i].title, self.size, True), *(piece for row in self.pieces for piece in row[i])]  # fmt: skip
        return max(longest_word(*one) for one in said) / CM + PADDING + SPARE

    def _wanted(self, i: int) -> float:
        head = width(self.block.columns[i].title, self.size, True) / CM
        return max(head, *(one for row in self.lengths for one in row[i]), 0.0) + PADDING + SPARE

    def _firm(self, i: int) -> float:
        """What a column needs so that names, days and other few words stay on one line."""
        short = (
            long
            for row, said in zip(self.lengths, self.pieces, strict=True)
            for long, piece in zip(row[i], said[i], strict=True)
            if len(piece[0]) <= FEW
        )
        return max(short, default=0.0) + PADDING + SPARE

    def height(self, wide: Sequence[float], most: float) -> float:
        """About how high the table will be, in centimetres; endless where its rows alone are above `most`."""
        if len(self.block.rows) * (LINE + CELL) > most:
            return inf
        groups = sum(row.kind == "group" for row in self.block.rows)
        rows = CELL * len(self.lengths) + LINE * _lines(self.lengths, wide)
        return HEAD + rows + groups * (CELL + LINE + 0.2)


def measured(block: b.Table, size: float) -> Measured:
    """The words of a table, measured once at `size` points."""
    pieces = _pieces(block, size)
    lengths = [[[width(*one) / CM for one in cell] for cell in row] for row in pieces]
    return Measured(block, size, pieces, lengths)


def told(block: b.Table, named: Container[str]) -> b.Table:
    """The table without columns that only refer to figures, of which none stands before it."""
    rows = [row.cells for row in block.rows if row.kind != "group"]

    def silent(i: int) -> bool:
        runs = [run for cells in rows if i < len(cells) for run in cells[i].text]
        return bool(runs) and not any(run.text or run.refers in named or not run.refers for run in runs)  # fmt: skip

    kept = [i for i in range(len(block.columns)) if not silent(i)]
    if len(kept) == len(block.columns):
        return block
    fewer = tuple(
        row if row.kind == "group" else replace(row, cells=tuple(row.cells[i] for i in kept))
        for row in block.rows
    )
    return replace(block, columns=tuple(block.columns[i] for i in kept), rows=fewer)


def together(rows: list[str], high: float) -> list[str]:
    """Rows that stay on one page where they can: all of a low table, of others the first two and
    the last two; the first of them is the row of heads."""
    last = len(rows) - 1
    kept = range(1, last) if high <= KEPT else {1, last - 1} - {0, last}
    return [with_next(row) if n in kept else row for n, row in enumerate(rows)]


def with_next(row: str) -> str:
    """A row that stands on the page of the row or paragraph after it."""
    return CELL_STYLES.sub(lambda found: f"{found[0]}<w:keepNext/>", row)


def _pieces(block: b.Table, size: float) -> list[list[list[Piece]]]:
    """The lines that each cell of each row has at least."""
    count = len(block.columns)
    blank: list[list[Piece]] = [[(" ", size, False)]] * count
    return [
        [*(_said(cell, size, i == 0) for i, cell in enumerate(row.cells)), *blank][:count]
        for row in block.rows
        if row.kind != "group"
    ]


def _said(cell: b.Cell, size: float, head: bool) -> list[Piece]:
    bold, small = head or cell.strong, size * NOTE
    words = REFERRED if any(run.refers for run in cell.text) else b.plain(cell.text)
    parts = [(words, size, bold), (cell.note, small, False)]
    parts.append((cell.person.name if cell.person else "", size, bold))
    state = cell.status.word if cell.status else ""
    state = state if len(state) > BRIEF else state.replace(" ", FIRM)
    parts.append((f"●{FIRM}{state}" if state else "", size, True))
    return [
        (piece.replace("\u00a0", FIRM), big, heavy)
        for part, big, heavy in parts
        if part
        for piece in part.split("\n")
    ] or [(" ", size, False)]


def _lines(rows: list[list[list[float]]], wide: Sequence[float]) -> int:
    """The lines of each row's highest cell, all together; ends of lines stay a little empty."""
    free = [max(w - PADDING, SPARE) for w in wide]
    total = 0
    for row in rows:
        most = 1
        for cell, room in zip(row, free, strict=True):
            count = 0
            for one in cell:
                count += 1 if one <= room else ceil(one * 1.07 / room)
            most = max(most, count)
        total += most
    return total


def _given(least: list[float], wishes: list[float], spare: float, power: float) -> list[float]:
    shares = [wish**power for wish in wishes]
    whole = sum(shares) or 1
    return [low + spare * share / whole for low, share in zip(least, shares, strict=True)]


def _enough(wide: list[float], wanted: list[float]) -> list[float]:
    """No column wider than its longest line; what it does not need goes to the others."""
    over = sum(max(w - most, 0) for w, most in zip(wide, wanted, strict=True))
    lacks = [max(most - w, 0) for w, most in zip(wide, wanted, strict=True)]
    whole = sum(lacks)
    if not over or not whole:
        return wide
    return [min(w, most) + over * lack / whole for w, most, lack in zip(wide, wanted, lacks, strict=True)]  # fmt: skip
