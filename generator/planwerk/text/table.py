"""Tables and logs: CSV as German or English Excel writes it, each cell with its place."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from planwerk.problems import Place, Problem
from planwerk.text.front_matter import Located, Path, Span
from planwerk.text.nearest import nearest
from planwerk.text.source import LFS_POINTER, MAX_BYTES, forbidden, unmarked, with_line_feeds

MAX_TABLE = 64 * MAX_BYTES
AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}([.,][0-9]{3})+")
COMMA = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+|-?[0-9]+,[0-9]+")
POINT = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+|-?[0-9]+\.[0-9]+")


class TableLine(NamedTuple):
    """One line of a table: its cells by column, and its line in the file (from 1)."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Notation:
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
        while True:
            words = self._rows[row - 1]
            at = words.find('"', column)
            if at >= 0 and words[at + 1 : at + 2] == '"':
                column = at + 2
            elif at >= 0:
                return row, at + 1
            elif row == len(self._rows):
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
) -> tuple[Table, list[Problem]]:
    """A CSV whose head names some of `columns`, all `required` ones among them.

    With `further`, unknown columns are read as they are: the caller knows what they name.
    UTF-8 (with or without byte-order mark) or cp1252, separated by `,` or `;`; how decimals are
    written is seen in the columns that are `numbers`.
    """
    words = _decoded(path, raw)
    if isinstance(words, Problem):
        return Table(), [words]
    head = words.split("\n", 1)[0]
    table = Table(words, ";" if head.count(";") > head.count(",") else ",")
    problems = _read(path, table, columns, required, further)
    table.notation, mixed = _notation(path, table, numbers)
    return table, problems + mixed


def _decoded(path: PurePosixPath, raw: bytes) -> str | Problem:
    if len(raw) > MAX_TABLE:
        return Problem("file-too-large", Place(path), facts={"found": f"{len(raw) >> 20} MiB"})
    try:
        words = unmarked(raw).decode()
    except UnicodeDecodeError:
        try:
            words = raw.decode("cp1252")
        except UnicodeDecodeError as error:
            place = _after(path, with_line_feeds(raw[: error.start].decode("cp1252")))
            return Problem("not-utf8", place, facts={"found": f"0x{raw[error.start]:02X}"})
    words = with_line_feeds(words)
    if bad := forbidden(words):
        facts = {"found": f"U+{ord(bad.group()):04X}"}
        return Problem("forbidden-character", _after(path, words[: bad.start()]), facts=facts)
    if words.startswith(LFS_POINTER):
        return Problem("lfs-pointer", Place(path, 1, 1, len(LFS_POINTER)))
    if not words.strip():
        return Problem("empty-file", Place(path))
    return words


def _after(path: PurePosixPath, before: str) -> Place:
    """The place of the character that follows `before`."""
    return Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _read(
    path: PurePosixPath, table: Table, columns: tuple[str, ...], required: Collection[str], further: bool
) -> list[Problem]:  # fmt: skip
    """Fill the names and lines of the table; what is wrong with its writing."""
    rows = table.words.split("\n")
    # only in quotation marks can a line end be part of a cell
    given = (f"{row}\n" for row in rows) if '"' in table.words else rows
    reader = csv.reader(given, delimiter=table.separator, strict=True)
    problems: list[Problem] = []
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(map(str.strip, cells)):
                continue
            if not table.names:
                table.names = _trimmed([cell.strip() for cell in cells], 1)
                known = table.names if further else columns
                problems = [
                    *_head(path, table, known, line),
                    *_missing(path, table, required, line),
                ]
                if problems:
                    return problems
            elif len(cells := _trimmed(cells, len(table.names))) > len(table.names):
                facts = {"found": str(len(cells)), "expected": str(len(table.names))}
                problems.append(Problem("too-many-cells", Place(path, line), facts=facts))
            else:
                pairs = zip(table.names, cells, strict=False)
                table.lines.append(TableLine(line, {n: s for n, c in pairs if (s := c.strip())}))
    except csv.Error:
        *_, last = table.spans(before + 1)
        problems.append(Problem("broken-table", Place(path, *last)))
    return problems


def _trimmed(cells: list[str], least: int) -> list[str]:
    """The cells without the empty ones at the end, which Excel likes to add."""
    while len(cells) > least and not cells[-1].strip():
        cells.pop()
    return cells


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


def _notation(
    path: PurePosixPath, table: Table, numbers: Collection[str]
) -> tuple[Notation, list[Problem]]:
    """How decimals are written in the file, and the first number that is written otherwise."""
    shown = ""
    for line in table.lines:
        for name in numbers:
            cell = line.cells.get(name, "")
            if not ("," in cell or "." in cell) or AMBIGUOUS.fullmatch(cell):
                continue
            mark = "," if COMMA.fullmatch(cell) else "." if POINT.fullmatch(cell) else ""
            if mark and shown and mark != shown:
                place = Place(path, *table.span(line.line, name))
                return Notation(), [Problem("mixed-decimals", place, facts={"found": cell, "mark": shown})]  # fmt: skip
            shown = mark or shown
    if shown:
        return Notation(shown, True), []
    return Notation("," if table.separator == ";" else "", False), []
