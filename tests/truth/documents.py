"""What a Word document shows: headings, sentences, tables by row, and its native charts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from truth.charts import C, charts_of
from truth.passages import Cell, Chart, Passage, cell, plain

HEADING = re.compile(r"Heading (\d)|(Head Chapter)")
CONTENTS = re.compile(r"toc \d|table of figures|TOC Heading")


def read_document(path: Path, name: str) -> tuple[list[Passage], list[Chart]]:
    """The passages of the body and of its notes, and the charts."""
    with zipfile.ZipFile(path) as package:
        charts = {chart.place: chart for chart in charts_of(package, "docx", name)}
    body = _Body(name)
    passages = list(body.read(path))
    placed = [replace(charts[part], place=f"{part}, {place}", above=above) for part, place, above in body.charts]  # fmt: skip
    return passages, placed


class _Body:
    """Walks a document from its beginning."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.above: list[tuple[int, str]] = []
        self.caption, self.last = "", tuple[str, ...]()
        self.count = 0
        self.charts: list[tuple[str, str, tuple[str, ...]]] = []
        """The part of each chart, where it stands, and the words it belongs to."""

    def read(self, path: Path) -> Iterator[Passage]:
        """The passages in order; of the contents only what it says."""
        document = Document(str(path))
        self.parts = {r.rId: str(r.target_part.partname).lstrip("/") for r in document.part.rels.values() if not r.is_external}  # fmt: skip
        for part in document.iter_inner_content():
            if isinstance(part, Table):
                yield from self._table(part)
                continue
            words = plain(part.text)
            style = part.style.name if part.style is not None and part.style.name else ""
            self._drawn(part._p, (self.caption,))
            if not words:
                continue
            kind = "contents" if CONTENTS.match(style) else "line"
            yield self._said(kind, [cell("", words)])
            if found := HEADING.match(style):
                level = int(found[1] or 1)
                self.above = [a for a in self.above if a[0] < level] + [(level, words)]
                self.caption = ""
            elif style in ("Caption", "Source Text"):
                self.caption = words

    def _drawn(self, element: Any, words: tuple[str, ...]) -> None:
        """Note the charts in a paragraph or row, with the words that they belong to."""
        for chart in element.iter(f"{C}chart"):
            part = self.parts[chart.get(qn("r:id"))]
            self.charts.append((part, f"below »{words[0] if words else ''}«", words))

    def _said(self, kind: str, cells: list[Cell]) -> Passage:
        self.count += 1
        above = tuple(words for _, words in self.above)
        place = f"passage {self.count}" + (f", below »{above[-1]}«" if above else "")
        return Passage("docx", self.name, place, kind, tuple(cells), above, self.caption)

    def _table(self, table: Table) -> Iterator[Passage]:
        heads: list[str] = []
        for number, row in enumerate(table.rows):
            cells: list[_Cell] = []
            for one in row.cells:  # a cell over columns comes once for each
                if not cells or one._tc is not cells[-1]._tc:
                    cells.append(one)
            if number == 0 and row._tr.xpath("./w:trPr/w:tblHeader"):
                heads = [plain(one.text) for one in row.cells]
                yield self._said("line", [cell("", head) for head in heads])
                continue
            inner = [t for one in cells for t in one.tables]
            said, column = [], 0
            for one in cells:
                head = heads[column] if len(cells) > 1 and column < len(heads) else ""
                said.append(Cell(head, tuple(_paragraphs(one))))
                column += one.grid_span
            if not inner:
                of_row = tuple(line for c in said for line in c.lines)
                self._drawn(row._tr, of_row or (self.caption, *self.last))
                self.last = of_row or self.last
            if any(c.lines for c in said):
                yield self._said("row" if heads else "card", said)
            for nested in inner:
                yield from self._table(nested)


def _paragraphs(one: _Cell) -> Iterator[str]:
    for part in one.iter_inner_content():
        if isinstance(part, Paragraph) and plain(part.text):
            yield from (w for w in map(plain, re.split(r"\n|\s{3,}", part.text)) if w)
