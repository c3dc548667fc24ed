"""A line of a file with the place underlined, as a terminal shows it.

Widths are those of terminals: East Asian wide signs take two columns, combining ones none,
tabs lead to the next stop. Long lines are cut around the place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

LIMIT = 100
"""Columns of an excerpt; with its margin it fits beside a file tree."""
BEFORE = 30
"""Columns kept before a place that lies beyond the limit."""
TAB = 4
COMBINING = "\u0300"
"""The first character that takes another room than one column."""
REPLACED = "\ufffd"


class Excerpt(NamedTuple):
    """The shown text in three parts; the middle one is underlined with `width` signs."""

    before: str
    marked: str
    after: str
    indent: int
    width: int


class _Sign(NamedTuple):
    """What is shown for one character, and its columns."""

    shown: str
    width: int


def excerpt(line: str, column: int, width: int, limit: int = LIMIT) -> Excerpt:
    """`line` with the `width` characters from `column` (from 1) marked, `limit` columns wide."""
    start = min(max(column - 1, 0), len(line))
    end = min(start + max(width, 1), len(line))
    if _is_simple(line, limit):
        return Excerpt(line[:start], line[start:end], line[end:], start, max(1, end - start))
    signs = _signs(line)
    first, last = _window(signs, start, end, limit)
    before = ("…" if first else "") + _shown(signs[first:start])
    marked = _shown(signs[start : min(end, last)])
    after = _shown(signs[end:last]) + ("…" if last < len(signs) else "")
    indent = columns_of(before)
    return Excerpt(before, marked, after, indent, max(1, columns_of(marked)))


def plain(line: str, limit: int = LIMIT) -> str:
    """A line to be shown beside another, cut at the right."""
    if _is_simple(line, limit):
        return line
    signs = _signs(line)
    last = _fitting(signs, 0, limit)
    return _shown(signs[:last]) + ("…" if last < len(signs) else "")


def printable(words: str) -> str:
    """The words with control characters made visible: a file must not steer the terminal."""
    return words if words.isprintable() else "".join(_one(sign) for sign in words)


def columns_of(words: str) -> int:
    """How many columns a terminal needs for printable words."""
    return sum(_columns(sign) for sign in words)


def _is_simple(line: str, limit: int) -> bool:
    """Whether a line is shown as it stands, each of its characters in one column."""
    return line.isprintable() and len(line) <= limit and max(line, default="") < COMBINING


def _signs(line: str) -> list[_Sign]:
    out: list[_Sign] = []
    at = 0
    for sign in line:
        if sign == "\t":
            made = _Sign(" " * (TAB - at % TAB), TAB - at % TAB)
        else:
            shown = _one(sign)
            made = _Sign(shown, _columns(shown))
        out.append(made)
        at += made.width
    return out


def _one(sign: str) -> str:
    if sign.isprintable():
        return sign
    return " " if sign == "\t" or unicodedata.category(sign) == "Zs" else REPLACED


def _columns(sign: str) -> int:
    if sign.isascii():
        return 1
    if unicodedata.category(sign) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _shown(signs: Sequence[_Sign]) -> str:
    return "".join(sign.shown for sign in signs)


def _window(signs: Sequence[_Sign], start: int, end: int, limit: int) -> tuple[int, int]:
    """From where to where a line is shown, so that the place is in it."""
    if sum(sign.width for sign in signs) <= limit:
        return 0, len(signs)
    first = 0
    if sum(sign.width for sign in signs[:end]) > limit - 1:
        first, room = start, BEFORE
        while first and room >= signs[first - 1].width:
            first -= 1
            room -= signs[first].width
        while 0 < first < start and signs[first].width == 0:
            first += 1  # a combining sign is nothing without the one it stands on
    return first, _fitting(signs, first, limit - (1 if first else 0))


def _fitting(signs: Sequence[_Sign], first: int, limit: int) -> int:
    """The end of what fits from `first`, with room for a sign that says it goes on."""
    if sum(sign.width for sign in signs[first:]) <= limit:
        return len(signs)
    last, room = first, limit - 1
    while last < len(signs) and signs[last].width <= room:
        room -= signs[last].width
        last += 1
    return last
