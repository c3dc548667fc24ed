"""Tables and logs in canonical form: UTF-8, commas, points, days as 2026-11-23, model's columns."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath

from planwerk.format.front import canonical_value
from planwerk.format.shape import Kind, slots
from planwerk.model.record import Record
from planwerk.model.validate import numbers_of
from planwerk.problems import Problem
from planwerk.text.table import Table, read_table


def canonical_table(path: PurePosixPath, raw: bytes, kind: type[Record]) -> str | list[Problem]:
    """The text of a table in canonical form, or the problems that keep it from being read.

    Rows stay in their order; only empty ones go.
    """
    further: str = getattr(kind, "further", "")
    known = slots(kind)
    columns = tuple(key for key in known if key != further)
    table, problems = read_table(path, raw, columns, numbers=numbers_of(kind), further=bool(further))  # fmt: skip
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
    lines = (f"{row}\n" for row in table.words.split("\n"))
    reader = csv.reader(lines, delimiter=table.separator, strict=True)
    rows = [[cell.strip() for cell in cells] for cells in reader]
    return [cells for cells in rows if any(cells)]
