"""Cells of a CRM table as values: text, amounts, counts and days, however they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from planwerk.text.source import FORBIDDEN

EMPTY = frozenset({"", "-", "n/a", "#n/a", "null", "none", "nan"})
"""What exports write where there is nothing."""


def _clear(mark: str) -> re.Pattern[str]:
    other = re.escape("." if mark == "," else ",")
    mark = re.escape(mark)
    grouped, short = rf"\d{{1,3}}({other}\d{{3}})", rf"\d+{mark}(\d{{1,2}}|\d{{4,}})"
    odd = rf"(\d{{4,}}|0\d*){mark}\d{{3}}"
    return re.compile(rf"-?({grouped}+{mark}\d+|{short}|{odd}|{grouped}{{2,}})")


CLEAR = {mark: _clear(mark) for mark in ",."}
"""How a number looks whose decimal mark is beyond doubt, by that mark."""


def clean(cell: str) -> str:
    """The text of a cell on one line, without what no output can show; "" where it is empty."""
    words = FORBIDDEN.sub(" ", cell).replace("<", "‹").replace(">", "›")
    words = " ".join(words.split())
    return "" if words.lower() in EMPTY else words


def bare(words: str) -> str:
    """A number without currency, spaces and apostrophes."""
    return re.sub(r"[\s'’€$£]|EUR|USD|CHF|GBP", "", words).replace("\u2212", "-")


def decimal_mark(cells: Iterable[str], separator: str) -> str:
    """The decimal mark of a column: `.` or `,`; "" where its cells contradict each other.

    Where no cell settles it (`1.234` could be either) the table's separator does: who
    separates cells with `;` does so because the comma marks decimals.
    """
    marks = {mark for cell in cells for mark, clear in CLEAR.items() if clear.fullmatch(bare(cell))}
    if not marks:
        return "," if separator == ";" else "."
    return marks.pop() if len(marks) == 1 else ""


def number(cell: str, mark: str) -> Decimal | None:
    """The number in a cell, or None if it is none; `mark` "" accepts what is beyond doubt."""
    words = bare(cell)
    mark = mark or next((m for m, clear in CLEAR.items() if clear.fullmatch(words)), "")
    if not mark and not re.fullmatch(r"-?\d+", words):
        return None
    group = r"\." if mark == "," else ","
    if not re.fullmatch(rf"-?(\d{{1,15}}|\d{{1,3}}({group}\d{{3}})+)([{mark or '.'}]\d{{1,6}})?", words):  # fmt: skip
        return None
    return Decimal(re.sub(group, "", words).replace(",", "."))


def whole(cell: str) -> int | None:
    """The count in a cell (people, a year), or None; every mark in it separates thousands."""
    words = bare(cell)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d{1,12}", words):
        return int(re.sub(r"[.,]", "", words))
    decimals = re.fullmatch(r"(\d{1,12})[.,]0{1,2}", words)
    return int(decimals[1]) if decimals else None


def day(cell: str, order: str | None) -> date | None:
    """The day in a cell, or None: ISO (with or without a time), 23.11.2026, and with slashes
    only where the mapping says whether the day or the month comes first."""
    words = re.split(r"[T ]", cell.strip(), maxsplit=1)[0]
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            return date.fromisoformat(words)
        if german := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", words):
            return date(int(german[3]), int(german[2]), int(german[1]))
        if order and (slashed := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", words)):
            first, second, year = (int(part) for part in slashed.groups())
            return date(year, second, first) if order == "day-first" else date(year, first, second)
    except ValueError:
        return None
    return None
