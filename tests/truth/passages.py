"""What a reader takes in at once: a row, a card, a sentence; with the words above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_DROPPED = str.maketrans(
    {"\u00ad": None, "\u200b": None, "\u2060": None, "\u2212": "-", "\u2011": "-"}
)
_QUOTES = str.maketrans(dict.fromkeys("„“”«»‟", '"') | dict.fromkeys("‚‘’‹›", "'"))


def plain(words: str) -> str:
    """Words as they are compared: one kind of space, quotation mark, hyphen and minus sign."""
    return _SPACES.sub(" ", words.translate(_DROPPED).translate(_QUOTES)).strip()


@dataclass(frozen=True)
class Cell:
    """Words, one line each, below the name of their column."""

    head: str
    lines: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of it in one line."""
        return " ¦ ".join(self.lines)


@dataclass(frozen=True)
class Passage:
    """What stands together at `place` of a file; `above` are the headings, the outermost first.

    `kind` is "row" (of a table with a head), "card", "line", "scale" (the figures along an axis) or
    "chart" (what a native chart has kept).
    """

    format: str
    file: str
    place: str
    kind: str
    cells: tuple[Cell, ...]
    above: tuple[str, ...] = ()
    caption: str = ""

    @property
    def words(self) -> str:
        """All that stands there."""
        return " ¦ ".join(c.words for c in self.cells if c.words)

    @property
    def told(self) -> str:
        """Where it is, for a person who looks for it."""
        return f"{self.file}: {self.place}"


@dataclass(frozen=True)
class Series:
    """One line or set of bars of a chart: the values as the program would draw them."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """A native chart: what it has kept (`series`) and what its workbook says."""

    format: str
    file: str
    place: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    sheet: tuple[tuple[str | float | None, ...], ...]
    above: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """Where it is."""
        return f"{self.file}: {self.place}"


@dataclass
class Read:
    """All that was read of some files."""

    passages: list[Passage] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def cell(head: str, *lines: str) -> Cell:
    """A cell of lines that say something."""
    return Cell(plain(head), tuple(filter(None, map(plain, lines))))
