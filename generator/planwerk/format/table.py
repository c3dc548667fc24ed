"""Tables and logs in canonical form: UTF-8, commas, points, days as 2026-11-23, model's columns."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath

from planwerk.format.front import canonical_value
from planwerk.format.shape import Kind, slots
from planwerk.model.record import Record
from planwerk.model.validate import numbers_of
from planwerk.problems import Problem, Severity
from planwerk.text.rows import split_rows
from planwerk.text.table import Table, read_table

MERGED = ("header-misplaced", "header-repeated", "line-twice", "windows-1252")
"""What `unmerged` mends."""


def canonical_table(path: PurePosixPath, raw: bytes, kind: type[Record]) -> str | list[Problem]:
    """The text of a table in canonical form, or the problems that keep it from being read.

    Rows stay in their order; only empty ones go.
    """
    further: str = getattr(kind, "further", "")
    known = slots(kind)
    columns = tuple(key for key in known if key != further)
    table, problems = read_table(path, raw, columns, numbers=numbers_of(kind), further=bool(further))  # fmt: skip
    problems = [p for p in problems if p.severity is not Severity.WARNING]
    if problems:
        return problems
    rows = _rows(table)
    names = rows[0]
    order = sorted(range(len(names)), key=lambda n: _rank(names[n], list(known), further))
    kinds = {name: known[name].kind if name in known else Kind.WORD for name in names}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([names[n] for n in order])
    for cells in rows[1:]:
        full = [*cells, *[""] * (len(names) - len(cells))]
        writer.writerow([canonical_value(full[n], kinds[names[n]], table.notation) for n in order])
    return out.getvalue()


def _rank(name: str, known: list[str], further: str) -> int:
    """The place of a column; those that are no fields stand where the field that takes them does."""
    return known.index(name if name in known and name != further else further)


def _rows(table: Table) -> list[list[str]]:
    """The rows that hold anything, as `read_table` reads them."""
    rows = split_rows(table.words.split("\n"), table.separator)
    found = [[cell.strip() for cell in cells] for _, cells in rows if cells]
    width = len(table.names)
    return [cells[:width] for cells in found if any(cells)]


def unmerged(path: PurePosixPath, raw: bytes, kind: type[Record]) -> tuple[str, int] | None:
    """A log as UTF-8, without what a merge left behind, and how many findings that mends.

    Its head is at the top once, lines said twice stand there once. None if it has none of this.
    """
    columns = tuple(slots(kind))
    table, problems = read_table(path, raw, columns, numbers=numbers_of(kind), log=True)
    found = [p for p in problems if p.rule in MERGED]
    if not found:
        return None
    gone = {p.place.line for p in found if p.rule in ("header-repeated", "line-twice")}
    top = next((p.place.line for p in found if p.rule == "header-misplaced"), 0)
    lines = table.words.split("\n")
    begins = [line for line, _ in split_rows(lines, table.separator)]
    ends = [*begins[1:], len(lines) + 1]
    kept = [(b != top, "\n".join(lines[b - 1 : e - 1])) for b, e in zip(begins, ends, strict=True) if b not in gone]  # fmt: skip
    kept.sort(key=lambda pair: pair[0])
    return "\n".join(words for _, words in kept).rstrip("\n") + "\n", len(found)
