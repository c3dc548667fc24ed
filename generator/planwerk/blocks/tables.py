"""Tables and facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planwerk.blocks.words import Align, Cell, Source


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and alignment; `wide` columns take the room that is left.

    `link` leads from the heading to what it means, where a format has links. In a table with
    `tools`, rows can be chosen by the values of a column with `choose`, and not be sorted by one
    that is `still`: its values are of several kinds.
    """

    title: str
    align: Align = "left"
    wide: bool = False
    link: str = ""
    choose: bool = False
    still: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `group` rows head the rows below them, `late` rows need attention.

    `sources` lead to where it was written, beside those of its cells.
    """

    cells: tuple[Cell, ...]
    kind: Literal["normal", "group", "total", "late"] = "normal"
    origin: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A data table; `caption` is a sentence, `label` names it for screen readers.

    `tools` names a table that can be filtered and sorted, where a format can: the name stands in
    the addresses that people share.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: str
    caption: str = ""
    note: str = ""
    tools: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, such as a company profile."""

    items: tuple[tuple[str, Cell], ...]
