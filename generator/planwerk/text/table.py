"""Tables and logs: CSV as German or English Excel writes it, each cell with its place."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from planwerk.problems import Place, Problem
from planwerk.text.source import FORBIDDEN, MAX_BYTES


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table: its cells by column, and its line in the file (from 1)."""

    line: int
    cells: dict[str, str]


def read_table(
    path: PurePosixPath, raw: bytes, columns: tuple[str, ...], further: bool = False
) -> tuple[list[TableLine], list[Problem]]:
    """The lines of a CSV whose header names some of `columns`; unknown ones are problems.

    With `further`, unknown columns are read as they are: the caller knows what they name.
    UTF-8 (with or without byte-order mark) or cp1252, separated by `,` or `;`.
    """
    if len(raw) > 64 * MAX_BYTES:
        return [], [Problem("file-too-large", Place(path), facts={"found": f"{len(raw) >> 20} MiB"})]  # fmt: skip
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = raw.decode("cp1252", "replace")
    if bad := FORBIDDEN.search(words):
        row = words.count("\n", 0, bad.start()) + 1
        return [], [Problem("forbidden-character", Place(path, row), facts={"found": f"U+{ord(bad.group()):04X}"})]  # fmt: skip
    if not words.strip():
        return [], [Problem("empty-file", Place(path))]
    head = words.split("\n", 1)[0]
    mark = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(words.splitlines(keepends=True), delimiter=mark, strict=True)
    lines: list[TableLine] = []
    problems: list[Problem] = []
    names: list[str] = []
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not names:
                names = [cell.strip() for cell in cells]
                problems = _header_problems(path, names, columns if not further else names, line)
                if problems:
                    return [], problems
            elif any(cell.strip() for cell in cells):
                if len(cells) > len(names):
                    problems.append(Problem("too-many-cells", Place(path, line), facts={"found": str(len(cells)), "expected": str(len(names))}))  # fmt: skip
                    continue
                pairs = zip(names, cells, strict=False)
                lines.append(TableLine(line, {n: c.strip() for n, c in pairs if c.strip()}))
    except csv.Error:
        problems.append(Problem("broken-table", Place(path, before + 1)))
    return lines, problems


def _header_problems(
    path: PurePosixPath, names: list[str], columns: Sequence[str], line: int
) -> list[Problem]:
    from planwerk.text.nearest import nearest

    problems = []
    for index, name in enumerate(names):
        column = 1 + sum(len(n) + 1 for n in names[:index])
        place = Place(path, line, column, max(1, len(name)))
        if name not in columns:
            facts = {"key": name, "nearest": nearest(name, columns) or ", ".join(columns)}
            problems.append(Problem("unknown-column", place, facts=facts))
        elif name in names[:index]:
            problems.append(Problem("duplicate-key", place, facts={"key": name, "first": "1"}))
    return problems
