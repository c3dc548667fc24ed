"""The head of a log, and lines said twice: what a merge that keeps both sides leaves behind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath

from planwerk.problems import Place, Problem, Severity
from planwerk.text.rows import Row


def head_of(rows: Sequence[Row], columns: Collection[str]) -> int:
    """Which record is the head: the first, but for a log whose first names no column at all."""
    if not columns or not rows or not rows[0][1] or _names(rows[0][1], columns):
        return 0
    found = (n for n, (_, cells) in enumerate(rows) if cells and _is_head(cells, columns))
    return next(found, 0)


def _names(cells: Iterable[str], columns: Collection[str]) -> int:
    return sum(cell.strip() in columns for cell in cells)


def _is_head(cells: list[str], columns: Collection[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) > 1 and _names(filled, columns) == len(filled)


def head_again(
    path: PurePosixPath, names: list[str], cells: list[str], columns: Collection[str], line: int
) -> Problem | None:
    """That a line within a log is a head: once more the same, or one with other columns."""
    if cells[0].strip() not in columns or not _is_head(cells, columns):
        return None
    if [cell.strip() for cell in trimmed(cells, 1)] == names:
        return Problem("header-repeated", Place(path, line), Severity.WARNING)
    facts = {"found": ", ".join(cell.strip() for cell in cells)}
    return Problem("header-changed", Place(path, line), facts=facts)


def twice(path: PurePosixPath, line: int, first: int) -> Problem:
    """That a line of a log says exactly what the one on line `first` says."""
    return Problem("line-twice", Place(path, line), Severity.WARNING, {"first": str(first)})


def trimmed(cells: list[str], least: int) -> list[str]:
    """The cells without the empty ones at the end, which Excel likes to add."""
    while len(cells) > least and not cells[-1].strip():
        cells.pop()
    return cells
