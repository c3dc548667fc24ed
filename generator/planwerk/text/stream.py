"""A long log read line by line: it is looked through, then its records come one at a time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path, PurePosixPath

from planwerk.problems import Place, Problem
from planwerk.text.encoding import after, in_windows_1252
from planwerk.text.heads import head_again, trimmed
from planwerk.text.rows import SPACE, SPAN, separator_of, split_rows
from planwerk.text.source import FORBIDDEN, LFS_POINTER
from planwerk.text.table import NO_NOTATION, Decimals, Table, head_problems

PORTION = 1 << 18
"""Letters that are looked through at once."""
BATCH = 20_000
"""Records that are handed on at once."""
PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n"
"""Nothing but these needs no second look."""

Batch = tuple[Sequence[int], Sequence[list[str] | None]]
"""The lines on which some records begin, and their cells; None where quotation marks do not close."""


@dataclass
class LogFile:
    """A log on the disk that can be read: its columns, notation, and encoding."""

    name: PurePosixPath
    path: Path
    columns: tuple[str, ...]
    encoding: str = "utf-8-sig"
    table: Table = field(default_factory=Table)
    head: int = 0
    """The line of its head."""

    def batches(self) -> Iterator[Batch]:
        """The records below the head, some thousands at a time."""
        number = 0
        with self.path.open(encoding=self.encoding) as file:
            while portion := file.readlines(PORTION):
                rows = _lines_of_cells(portion, self.table.separator)
                if rows is None:  # cells run over lines: from here on with more care
                    yield from self._careful(chain(portion, file), number)
                    return
                lines: Sequence[int] = range(number + 1, number + 1 + len(portion))
                number += len(portion)
                if number - len(portion) < self.head or not all(
                    r and r[0].strip(SPACE) for r in rows
                ):
                    told = [(n, r) for n, r in zip(lines, rows, strict=True) if n > self.head and _filled(r)]  # fmt: skip
                    lines, rows = [n for n, _ in told], [cells for _, cells in told]
                yield lines, rows

    def _careful(self, lines: Iterator[str], above: int) -> Iterator[Batch]:
        rows = split_rows((line.rstrip("\n") for line in lines), self.table.separator)
        while batch := [(n + above, cells) for n, cells in islice(rows, BATCH)]:
            below = [row for row in batch if row[0] > self.head]
            yield [n for n, _ in below], [cells for _, cells in below]

    def around(self, line: int) -> Table:
        """A table of the record that begins on `line`, in which its cells have their places."""
        with self.path.open(encoding=self.encoding) as file:
            words = "".join(islice(file, line - 1, line - 1 + SPAN))
        return Table(words, self.table.separator, self.table.names)


def _lines_of_cells(lines: list[str], separator: str) -> list[list[str]] | None:
    """The cells of each line; None where a record is not just one line, or broken."""
    words = "".join(lines)
    if '"' not in words:
        return [line.split(separator) for line in words.removesuffix("\n").split("\n")]
    try:
        rows = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows if len(rows) == len(lines) else None


def _filled(cells: list[str]) -> bool:
    """Whether something stands in a line: Excel leaves separators in empty ones."""
    return any(cell.strip(SPACE) for cell in cells)


def open_log(
    name: PurePosixPath,
    path: Path,
    columns: tuple[str, ...],
    required: Collection[str],
    look: Callable[[str, int], None],
) -> tuple[LogFile | None, list[Problem]]:
    """Look through a log: its encoding, signs and head.

    `look` is given all of its words, in portions, each with the line (from 1) it begins on.
    None where it cannot be read.
    """
    log = LogFile(name, path, columns)
    problems = _encoding(log)
    if not log.encoding:
        return None, problems
    if wrong := _signs(log, look):
        return None, [*problems, wrong]
    problems += _head(log, required)
    if not log.table.names or any(p.rule == "unknown-column" for p in problems):
        return None, problems
    log.table.notation = Decimals().notation(log.table.separator)
    return log, problems


def _encoding(log: LogFile) -> list[Problem]:
    wrong = _not_utf8(log.path)
    if wrong is None:
        return []
    log.encoding = "cp1252"
    try:
        with log.path.open(encoding="cp1252") as text:
            for number, words in enumerate(text, 1):
                if number == wrong[0]:
                    letter = words[wrong[1]]
    except UnicodeDecodeError as error:
        log.encoding = ""
        found = f"0x{error.object[error.start]:02X}"
        return [
            Problem("not-utf8", Place(log.name, wrong[0], wrong[1] + 1), facts={"found": found})
        ]
    return [in_windows_1252(Place(log.name, wrong[0], wrong[1] + 1), letter)]


def _not_utf8(path: Path) -> tuple[int, int] | None:
    """The first byte that is not UTF-8: its line (from 1), and where in it (from 0)."""
    above = 0
    with path.open("rb") as file:
        while lines := file.readlines(PORTION):
            try:
                b"".join(lines).decode()
            except UnicodeDecodeError as error:
                before = error.object[: error.start]
                return above + before.count(b"\n") + 1, len(before) - before.rfind(b"\n") - 1
            above += len(lines)
    return None


def _signs(log: LogFile, look: Callable[[str, int], None]) -> Problem | None:
    """Show all words to `look`; what must not stand in any text."""
    line = 1
    with log.path.open(encoding=log.encoding) as file:
        while portion := file.readlines(PORTION):
            words = "".join(portion)
            plain = words.isascii() and not words.encode("ascii").translate(None, PLAIN)
            if not plain and (bad := FORBIDDEN.search(words)):
                place = after(log.name, words[: bad.start()])
                place = Place(log.name, place.line + line - 1, place.column)
                return Problem("forbidden-character", place, facts={"found": f"U+{ord(bad.group()):04X}"})  # fmt: skip
            if line == 1 and words.startswith(LFS_POINTER):
                return Problem("lfs-pointer", Place(log.name, 1, 1, len(LFS_POINTER)))
            look(words, line)
            line += len(portion)
    return None


def _head(log: LogFile, required: Collection[str]) -> list[Problem]:
    """Find the head and its columns; what is wrong with it."""
    with log.path.open(encoding=log.encoding) as file:
        first = next((line for line in file if line.strip()), "")
    table = log.table = Table(first, separator_of(first))
    below = LogFile(log.name, log.path, log.columns, log.encoding, table).batches()
    for line, cells in chain.from_iterable(zip(*batch, strict=True) for batch in below):
        if cells is None:
            return [Problem("broken-table", Place(log.name, line))]
        log.head = line
        table.names = trimmed([cell.strip() for cell in cells], 1)
        wrong = head_problems(log.name, log.around(line), log.columns, required, False, 1)
        return [_moved(problem, line - 1) for problem in wrong]
    return [Problem("empty-file", Place(log.name))]


def _moved(problem: Problem, lines: int) -> Problem:
    at = problem.place
    place = Place(at.path, at.line + lines, at.column, at.width)
    return Problem(problem.rule, place, problem.severity, problem.facts, problem.account)


def learn_decimals(log: LogFile, numbers: Collection[str]) -> list[Problem]:
    """Learn how a whole log writes decimals; the first number that is written otherwise."""
    at = [(n, name) for n, name in enumerate(log.table.names) if name in numbers]
    seen = Decimals()
    for lines, rows in log.batches():
        for n, name in at:
            cells = {row[n].strip() for row in rows if row and n < len(row)}
            for cell in sorted(cells):
                if not seen.fits(cell):
                    line = next(line for line, row in zip(lines, rows, strict=True) if row and n < len(row) and row[n].strip() == cell)  # fmt: skip
                    log.table.notation = NO_NOTATION
                    return [_mixed(log, line, name, cell, seen.mark)]
    log.table.notation = seen.notation(log.table.separator)
    return []


def _mixed(log: LogFile, line: int, name: str, cell: str, mark: str) -> Problem:
    """That a number is written otherwise than those before it."""
    row, column, width = log.around(line).span(1, name)
    place = Place(log.name, row + line - 1, column, width)
    return Problem("mixed-decimals", place, facts={"found": cell, "mark": mark})


def merged(log: LogFile, line: int, cells: list[str]) -> Problem | None:
    """That a line is a head again, which a merge may have left behind."""
    return head_again(log.name, log.table.names, cells, log.columns, line)
