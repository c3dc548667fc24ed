"""Tables and logs: CSV as German or English Excel writes it, each cell with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from planwerk.problems import Place, Problem, Severity
from planwerk.text.encoding import decoded
from planwerk.text.front_matter import Located, Path, Span
from planwerk.text.heads import head_again, head_of, trimmed, twice
from planwerk.text.nearest import nearest
from planwerk.text.rows import SPAN, separator_of, split_rows

AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}([.,][0-9]{3})+")
COMMA = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+|-?[0-9]+,[0-9]+")
POINT = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+|-?[0-9]+\.[0-9]+")


class TableLine(NamedTuple):
    """One line of a table: its cells by column, and its line in the file (from 1)."""

    line: int
    cells: dict[str, str]


class Notation(NamedTuple):
    """Which sign begins the decimals in a file (`,`, `.` or unknown), and whether a number of
    the file shows it; else it is only what goes with the separator."""

    mark: str = ""
    shown: bool = False


NO_NOTATION = Notation()
"""What is known where nothing shows it."""


@dataclass
class Table:
    """A table that was read: what `words` it came from, its columns, lines and notation."""

    words: str = ""
    separator: str = ","
    names: list[str] = field(default_factory=list)
    lines: list[TableLine] = field(default_factory=list)
    notation: Notation = NO_NOTATION

    def span(self, line: int, column: str) -> Span:
        """Where the cell of `column` stands in the record that begins on `line`."""
        at = self.names.index(column) if column in self.names else 0
        for number, span in enumerate(self.spans(line)):
            if number == at:
                return span
        return (line, 1, 1)

    def spans(self, line: int) -> Iterator[Span]:
        """The places of the cells of the record that begins on `line`, one after the other."""
        row, column = line, 0
        while row <= len(self._rows):
            words = self._rows[row - 1]
            begin = (row, column)
            if words[column : column + 1] == '"':
                row, column = self._closed(row, column + 1)
                words = self._rows[row - 1]
            end = words.find(self.separator, column)
            column = end if end >= 0 else len(words)
            width = (column if row == begin[0] else len(self._rows[begin[0] - 1])) - begin[1]
            yield begin[0], begin[1] + 1, max(1, width)
            if end < 0:
                return
            column += 1

    def _closed(self, row: int, column: int) -> tuple[int, int]:
        """Behind the quotation mark that closes the one before `column`."""
        last = min(row + SPAN, len(self._rows))
        while True:
            words = self._rows[row - 1]
            at = words.find('"', column)
            if at >= 0 and words[at + 1 : at + 2] == '"':
                column = at + 2
            elif at >= 0:
                return row, at + 1
            elif row == last:
                return row, len(words)
            else:
                row, column = row + 1, 0

    @cached_property
    def _rows(self) -> list[str]:
        return self.words.split("\n")


@dataclass
class LocatedCells(Located):
    """The values of one line of a table; a place is that of a cell."""

    table: Table = field(default_factory=Table)

    def span(self, path: Path) -> Span:
        """Where the cell of the column that `path` names stands."""
        return self.table.span(self.first_line, str(path[-1]) if path else "")

    def key_span(self, path: Path) -> Span:
        """As `span`: a column's name stands only in the head."""
        return self.span(path)


def read_table(
    path: PurePosixPath,
    raw: bytes,
    columns: tuple[str, ...],
    required: Collection[str] = (),
    numbers: Collection[str] = (),
    further: bool = False,
    log: bool = False,
) -> tuple[Table, list[Problem]]:
    """A CSV whose head names some of `columns`, all `required` ones among them.

    With `further`, unknown columns are read as they are: the caller knows what they name. Of a
    `log` lines that say the same count once: a merge that keeps both sides may double them.
    UTF-8 (with or without byte-order mark) or Windows-1252, which is told; separated by `,`, `;`
    or tabs; how decimals are written is seen in the columns that are `numbers`.
    """
    words, problems = decoded(path, raw)
    if not words:
        return Table(), problems
    table = Table(words, separator_of(words.split("\n", 1)[0]))
    problems += _read(path, table, columns, required, further, log)
    table.notation, mixed = _notation(path, table, numbers)
    return table, problems + mixed


def _read(
    path: PurePosixPath,
    table: Table,
    columns: tuple[str, ...],
    required: Collection[str],
    further: bool,
    log: bool,
) -> list[Problem]:
    """Fill the names and lines of the table; what is wrong with its writing."""
    rows = list(split_rows(table.words.split("\n"), table.separator))
    at = head_of(rows, columns if log else ())
    problems: list[Problem] = []
    if at:
        problems.append(Problem("header-misplaced", Place(path, rows[at][0]), Severity.WARNING))
        rows.insert(0, rows.pop(at))
    seen: dict[tuple[str, ...], int] = {}
    heads = frozenset(columns if log else ())
    for line, cells in rows:
        if cells is None:
            *_, last = table.spans(line)
            problems.append(Problem("broken-table", Place(path, *last)))
            if not table.names:
                return problems
        elif not table.names:
            table.names = trimmed([cell.strip() for cell in cells], 1)
            if wrong := head_problems(path, table, columns, required, further, line):
                return problems + wrong
        elif problem := _line(path, table, line, cells, heads, seen):
            problems.append(problem)
    return problems


def _line(
    path: PurePosixPath,
    table: Table,
    line: int,
    cells: list[str],
    columns: Collection[str],
    seen: dict[tuple[str, ...], int],
) -> Problem | None:
    """Take up a line of the table, or say why not."""
    if len(cells) > len(table.names):
        cells = trimmed(cells, len(table.names))
    if columns:  # a log: lines that a merge may have doubled
        if cells[0] in columns and (again := head_again(path, table.names, cells, columns, line)):
            return again
        if (first := seen.setdefault(tuple(cells), line)) != line:
            return twice(path, line, first)
    if len(cells) > len(table.names):
        facts = {"found": str(len(cells)), "expected": str(len(table.names))}
        return Problem("too-many-cells", Place(path, line), facts=facts)
    pairs = zip(table.names, cells, strict=False)
    table.lines.append(TableLine(line, {n: s for n, c in pairs if (s := c.strip())}))
    return None


def head_problems(
    path: PurePosixPath,
    table: Table,
    columns: Collection[str],
    required: Collection[str],
    further: bool,
    line: int,
) -> list[Problem]:
    """What is wrong with the head of a table that stands on `line`."""
    known = table.names if further else columns
    return [*_head(path, table, known, line), *_missing(path, table, required, line)]


def _head(
    path: PurePosixPath, table: Table, columns: Collection[str], line: int
) -> Iterator[Problem]:
    for name, span in zip(table.names, table.spans(line), strict=False):
        if name not in columns:
            facts = {"key": name, "nearest": nearest(name, columns) or "", "allowed": ", ".join(columns)}  # fmt: skip
            yield Problem("unknown-column", Place(path, *span), facts=facts)
    for index, (name, span) in enumerate(zip(table.names, table.spans(line), strict=False)):
        if name in table.names[:index]:
            facts = {"key": name, "first": str(line)}
            yield Problem("duplicate-key", Place(path, *span), facts=facts)


def _missing(
    path: PurePosixPath, table: Table, required: Collection[str], line: int
) -> Iterator[Problem]:
    for name in required:
        if name not in table.names:
            facts = {"key": name, "separator": table.separator}
            yield Problem("missing-column", Place(path, line), facts=facts)


@dataclass
class Decimals:
    """How decimals are written, learned from one number after the other."""

    mark: str = ""
    doubted: bool = False
    """Whether a number came before it was known that could be read in two ways."""

    def fits(self, cell: str) -> bool:
        """Whether a number is written as those before it; one that tells nothing is."""
        if not ("," in cell or "." in cell):
            return True
        if AMBIGUOUS.fullmatch(cell):
            self.doubted |= not self.mark
            return True
        mark = "," if COMMA.fullmatch(cell) else "." if POINT.fullmatch(cell) else ""
        if mark and self.mark and mark != self.mark:
            return False
        self.mark = mark or self.mark
        return True

    def notation(self, separator: str) -> Notation:
        """What the numbers showed; else what goes with the separator."""
        if self.mark:
            return Notation(self.mark, True)
        return Notation("," if separator == ";" else "", False)


def _notation(
    path: PurePosixPath, table: Table, numbers: Collection[str]
) -> tuple[Notation, list[Problem]]:
    """How decimals are written in the file, and the first number that is written otherwise."""
    seen = Decimals()
    for line in table.lines:
        for name in numbers:
            if not seen.fits(cell := line.cells.get(name, "")):
                place = Place(path, *table.span(line.line, name))
                facts = {"found": cell, "mark": seen.mark}
                return Notation(), [Problem("mixed-decimals", place, facts=facts)]
    return seen.notation(table.separator), []
