"""Lines for a terminal: words in colours, broken where they would run over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from planwerk.logbook.discretion import discreet
from planwerk.report.excerpt import columns_of, printable

WIDTH = 100
END = "\x1b[0m"
COLOURS = {"bold": "\x1b[1m", "dim": "\x1b[2m", "title": "\x1b[1m", "place": "\x1b[36m", "old": "\x1b[31m", "new": "\x1b[32m", "removed": "\x1b[31m", "added": "\x1b[32m", "error": "\x1b[31m", "warning": "\x1b[33m"}  # fmt: skip


class Run(NamedTuple):
    """Words of one colour (a key of `COLOURS`, "" for none)."""

    words: str
    colour: str = ""


def lines(runs: Iterable[Run], color: bool, first: str = "", rest: str = "") -> str:
    """The runs as lines that end with a line end, the first one led by `first`, others by `rest`.

    Nothing in the runs can steer the terminal. A word that is too long has a line for itself.
    """
    out: list[str] = []
    line: list[Run] = []
    begin, columns = first, columns_of(first)
    for pieces in _words(runs):
        needed = sum(columns_of(words) for words, _ in pieces)
        if line and columns + 1 + needed > WIDTH:
            out.append(begin + _shown(line, color))
            line, begin, columns = [], rest, columns_of(rest)
        columns += bool(line) + needed
        # between two words of one colour the colour goes on
        space = [Run(" ", line[-1].colour if line[-1].colour == pieces[0].colour else "")] if line else []  # fmt: skip
        line += [*space, *pieces]
    return "".join(f"{part.rstrip()}\n" for part in (*out, begin + _shown(line, color)))


def _shown(line: Iterable[Run], color: bool) -> str:
    """A line with its colours, each begun and ended once."""
    grouped = groupby(line, key=lambda run: run.colour)
    parts = ((colour, "".join(run.words for run in runs)) for colour, runs in grouped)
    return "".join(f"{COLOURS[c]}{words}{END}" if color and c else words for c, words in parts)


def _words(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """What stands between two spaces: pieces, each of one colour."""
    pieces: list[Run] = []
    for run in runs:
        for number, part in enumerate(re.split(r"[ \t\n]", discreet(run.words))):
            if number and pieces:
                yield pieces
                pieces = []
            if part:
                pieces.append(Run(printable(part), run.colour))
    if pieces:
        yield pieces
