"""What a deck shows: tables by row, cards, what stands at one height, notes, and its native charts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from truth.charts import charts_of
from truth.passages import Cell, Chart, Passage, cell, plain


def read_deck(path: Path, name: str) -> tuple[list[Passage], list[Chart]]:
    """The passages of all slides and their notes, and the charts with the words of their card."""
    with zipfile.ZipFile(path) as package:
        charts = {chart.place: chart for chart in charts_of(package, "pptx", name)}
    passages: list[Passage] = []
    placed: list[Chart] = []
    for number, slide in enumerate(Presentation(str(path)).slides, 1):
        reader = _Slide(name, number, charts)
        passages += reader.read(slide)
        placed += reader.charts
    return passages, placed


class _Slide:
    """Reads one slide."""

    def __init__(self, name: str, number: int, charts: dict[str, Chart]) -> None:
        self.name, self.number, self.known = name, number, charts
        self.charts: list[Chart] = []
        self.above: tuple[str, ...] = ()
        self.count = 0

    def read(self, slide: Any) -> Iterator[Passage]:
        """Title and kicker first: they stand above all the rest."""
        top = {
            s.name.split()[0]: plain(s.text_frame.text) for s in slide.shapes if s.has_text_frame
        }
        self.above = tuple(filter(None, (top.get("Kicker"), top.get("Title"))))
        loose = []
        for shape in slide.shapes:
            if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                yield from self._group(shape)
            elif shape.has_text_frame and shape.name.split()[0] in ("Text", "Number"):
                loose.append(shape)
            else:
                yield from self._shape(shape)
        yield from self._rows([s for s in loose if s.text_frame.text.strip()])
        if slide.has_notes_slide:
            for line in slide.notes_slide.notes_text_frame.text.split("\n"):
                if plain(line):
                    yield self._said("note", [cell("", line)])

    def _said(self, kind: str, cells: list[Cell]) -> Passage:
        self.count += 1
        place = f"slide {self.number}, passage {self.count}"
        return Passage("pptx", self.name, place, kind, tuple(cells), self.above)

    def _shape(self, shape: Any) -> Iterator[Passage]:
        if getattr(shape, "has_table", False):
            heads: list[str] = []
            for index, row in enumerate(shape.table.rows):
                if index == 0 and shape.table.first_row:
                    heads = [plain(one.text) for one in row.cells]
                    yield self._said("line", [cell("", head) for head in heads])
                    continue
                texts = [Cell(heads[i] if heads else "", tuple(_lines(one.text_frame))) for i, one in enumerate(row.cells)]  # fmt: skip
                yield self._said("row", texts)
        elif getattr(shape, "has_chart", False):
            self._chart(shape, ())
        elif shape.has_text_frame:
            for line in _lines(shape.text_frame):
                yield self._said("line", [cell("", line)])

    def _chart(self, shape: Any, words: tuple[str, ...]) -> None:
        part = str(shape.chart.part.partname).lstrip("/")
        chart = self.known[part]
        place = f"slide {self.number}, {part}"
        self.charts.append(replace(chart, place=place, above=(*self.above, *words)))

    def _group(self, group: Any) -> Iterator[Passage]:
        inner = list(_inside(group))
        texts = [s for s in inner if s.has_text_frame and s.text_frame.text.strip()]
        if texts:
            yield self._said("card", [Cell("", tuple(_lines(s.text_frame))) for s in texts])
        for shape in inner:
            if getattr(shape, "has_chart", False):
                self._chart(shape, tuple(line for s in texts for line in _lines(s.text_frame)))

    def _rows(self, shapes: list[Any]) -> Iterator[Passage]:
        """Text boxes that begin at one height and stand side by side, as rows of a plan do.

        The boxes come in the order of reading: a row is what follows and overlaps it in height.
        """
        rows: list[list[Any]] = []
        for shape in shapes:
            last = rows[-1][-1] if rows else None
            if last is not None and _beside(last, shape):
                rows[-1].append(shape)
            else:
                rows.append([shape])
        for row in rows:
            yield self._said("card", [Cell("", tuple(_lines(s.text_frame))) for s in row])


def _beside(one: Any, other: Any) -> bool:
    middle = other.top + other.height / 2
    overlaps = one.top <= middle <= one.top + one.height or other.top <= one.top + one.height / 2 <= other.top + other.height  # fmt: skip
    return bool(overlaps and other.left > one.left)


def _inside(group: Any) -> Iterator[Any]:
    for shape in group.shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _inside(shape)
        else:
            yield shape


def _lines(frame: Any) -> list[str]:
    words = (part for p in frame.paragraphs for part in re.split(r"\v|\n|\s{3,}| {2}· ", p.text))
    return [w for w in map(plain, words) if w]
