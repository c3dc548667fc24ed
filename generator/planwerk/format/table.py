"""Tables and logs in canonical form: UTF-8, commas, points, days as 2026-11-23, model's columns."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath

from planwerk.format.front import canonical_value
from planwerk.format.shape import Kind, slots
from planwerk.model.record import Record
from planwerk.problems import Place, Problem
from planwerk.text.table import read_table


def canonical_table(path: PurePosixPath, raw: bytes, kind: type[Record]) -> str | list[Problem]:
    """The text of a table in canonical form, or the problems that keep it from being read.

    Rows stay in their order; only empty ones go.
    """
    further: str = getattr(kind, "further", "")
    known = slots(kind)
    _, problems = read_table(path, raw, tuple(key for key in known if key != further), bool(further))  # fmt: skip
    if problems:
        return problems
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            words = raw.decode("cp1252")
        except UnicodeDecodeError as error:
            row = raw.count(b"\n", 0, error.start) + 1
            facts = {"found": f"0x{raw[error.start]:02X}"}
            return [Problem("not-utf8", Place(path, row), facts=facts)]
    rows = _rows(words)
    names = rows[0]
    order = sorted(range(len(names)), key=lambda n: _rank(names[n], list(known), further))
    kinds = {name: known[name].kind if name in known else Kind.WORD for name in names}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([names[n] for n in order])
    for cells in rows[1:]:
        full = [*cells, *[""] * (len(names) - len(cells))]
        writer.writerow([canonical_value(full[n], kinds[names[n]]) for n in order])
    return out.getvalue()


def _rank(name: str, known: list[str], further: str) -> int:
    """The place of a column; those that are no fields stand where the field that takes them does."""
    return known.index(name if name in known and name != further else further)


def _rows(words: str) -> list[list[str]]:
    """The rows that hold anything, as `read_table` reads them."""
    head = words.split("\n", 1)[0]
    mark = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(words.splitlines(keepends=True), delimiter=mark, strict=True)
    rows = [[_cell(cell) for cell in cells] for cells in reader]
    return [cells for cells in rows if any(cells)]


def _cell(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()
