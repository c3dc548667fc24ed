"""Tables of an export: CSV with `,` or `;`, UTF-8 or cp1252, read by the mapping's columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from planwerk.importing.mapping import Mapping, TableOf
from planwerk.importing.report import Notes, place
from planwerk.importing.values import clean
from planwerk.problems import Place, Problem, Severity
from planwerk.text.front_matter import Located
from planwerk.text.nearest import nearest

TABLES = ("accounts", "products", "owners", "opportunities")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by our names for the columns (empty ones left out), and its place."""

    place: Place
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the export, its rows in the file's order."""

    name: str
    file: str
    separator: str
    rows: tuple[Row, ...]

    def column(self, name: str) -> list[str]:
        """The cells of one column that hold something."""
        return [row[name] for row in self.rows if row[name]]


class _Unreadable(Exception):  # noqa: N818 - the table is unreadable, the program is well
    def __init__(self, line: int, cause: str) -> None:
        self.line, self.cause = line, cause


def read_tables(
    source: Path, mapping: Mapping, located: Located, mapping_name: str, notes: Notes
) -> tuple[dict[str, Table], list[Problem]]:
    """The tables that could be read, by name, and what keeps the others from being read."""
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for name in TABLES:
        wanted: TableOf = getattr(mapping.tables, name)
        reader = _Reader(name, source / wanted.file_name, PurePosixPath(mapping_name), located)
        try:
            if table := reader.read(_columns(wanted), notes):
                tables[name] = table
        except _Unreadable as no:
            facts = {"file": wanted.file_name, "cause": no.cause}
            at = place(wanted.file_name, no.line)
            reader.problems.append(Problem("crm-table-unreadable", at, facts=facts))
        problems += reader.problems
    return tables, problems


def _columns(table: TableOf) -> dict[str, str]:
    columns = table.model_dump()["columns"]
    return {ours: theirs for ours, theirs in columns.items() if theirs}


class _Reader:
    """Reads one table; `problems` collects what a person has to put right."""

    def __init__(self, name: str, path: Path, mapping: PurePosixPath, located: Located) -> None:
        self.name, self.path, self.mapping, self.located = name, path, mapping, located
        self.problems: list[Problem] = []

    def in_mapping(self, *keys: str) -> Place:
        return Place(self.mapping, *self.located.span(("tables", self.name, *keys)))

    def read(self, columns: dict[str, str], notes: Notes) -> Table | None:
        if not self.path.is_file():
            facts = {"file": self.path.name, "table": self.name}
            self.problems.append(Problem("crm-table-missing", self.in_mapping("file"), facts=facts))
            return None
        words, encoding = _decode(self.path)
        separator = _separator(words)
        lines = _lines(words, separator)
        header_line, header = next(lines, (1, []))
        if not header:
            raise _Unreadable(header_line, "empty")
        positions = self.positions(columns, header)
        if self.problems:
            return None
        rows = tuple(self.rows(lines, len(header), positions, notes))
        facts = {"table": self.name, "file": self.path.name}
        facts |= {"encoding": encoding, "separator": separator}
        notes.add("seen", "table", place(self.path.name), len(rows), **facts)
        return Table(self.name, self.path.name, separator, rows)

    def positions(self, columns: dict[str, str], header: list[str]) -> dict[str, int]:
        """Where each of our columns stands in the header; upper and lower case are alike."""
        names = [" ".join(cell.split()).casefold() for cell in header]
        positions: dict[str, int] = {}
        for ours, theirs in columns.items():
            wanted = " ".join(theirs.split()).casefold()
            facts = {"column": theirs, "file": self.path.name, "allowed": ", ".join(header)}
            where = self.in_mapping("columns", ours)
            if wanted not in names:
                facts["nearest"] = nearest(theirs, header) or ""
                self.problems.append(Problem("crm-column-missing", where, facts=facts))
            elif names.count(wanted) > 1:
                self.problems.append(Problem("crm-column-twice", where, facts=facts))
            else:
                positions[ours] = names.index(wanted)
        return positions

    def rows(
        self,
        lines: Iterable[tuple[int, list[str]]],
        width: int,
        positions: dict[str, int],
        notes: Notes,
    ) -> Iterator[Row]:
        for line, cells in lines:
            at = place(self.path.name, line)
            if len(cells) > width:
                # an unquoted separator has shifted the cells: any of them may be wrong
                facts = {"found": str(len(cells)), "expected": str(width)}
                self.problems.append(Problem("crm-row-too-long", at, Severity.WARNING, facts))
                continue
            raw = {ours: cells[index] for ours, index in positions.items() if index < len(cells)}
            cleaned = {ours: clean(cell) for ours, cell in raw.items()}
            for ours, cell in cleaned.items():
                # spaces around a cell are not worth a word, other lost characters are
                if cell and cell != " ".join(raw[ours].split()):
                    notes.add("decided", "characters-replaced", at, file=self.path.name, to=cell)
            yield Row(at, {ours: cell for ours, cell in cleaned.items() if cell})


def _decode(path: Path) -> tuple[str, str]:
    raw = path.read_bytes()
    if b"\0" in raw:
        raise _Unreadable(raw[: raw.index(b"\0")].count(b"\n") + 1, "binary")
    try:
        return raw.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _Unreadable(line, f"0x{raw[error.start]:02X}") from None


def _separator(words: str) -> str:
    head = words.split("\n", 1)[0]
    return ";" if head.count(";") > head.count(",") else ","


def _lines(words: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, header first, each with the number it begins on."""
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise _Unreadable(before + 1, str(error)) from None
