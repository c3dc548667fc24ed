"""What a portal's page shows: tables by row, cards, lists, facts, the words in pictures, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from truth.passages import Cell, Passage, cell, plain

HEADINGS = ("h1", "h2", "h3", "h4")
BLOCKS = {"div", "section", "p", "table", "ul", "ol", "dl", "figure", "svg", "details", "li", "blockquote", *HEADINGS}  # fmt: skip
SPLITS = {"small", "br", "p", "div", "li", "span"}
LINE, ROW = 16, 9
"""How far the next line of a text lies below, and how far the middles of texts of one row lie apart."""


def read_page(path: Path, name: str) -> list[Passage]:
    """Every passage of a page's article and of the page's title."""
    root = html.fromstring(path.read_text("utf-8"))
    article = root.find(".//article")
    return [] if article is None else list(_Page(name).read(article))


def _lines(element: HtmlElement) -> list[str]:
    """The words of an element, a line for each part that stands by itself."""
    found = [""]

    def walk(part: HtmlElement) -> None:
        if not isinstance(part.tag, str) or part.tag in ("svg", "script", "style", "i", "sup") or (part.tag == "a" and "origin" in part.get("class", "")):  # fmt: skip
            return
        own = part is not element and part.tag in SPLITS
        if own:
            found.append("")
        found[-1] += part.text or ""
        for inner in part:
            walk(inner)
            found[-1] += inner.tail or ""
        if own:
            found.append("")

    walk(element)
    return [line for line in map(plain, found) if line]


class _Page:
    """Walks one page, with the headings that stand above where it is."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.above: list[tuple[int, str]] = []
        self.count = 0

    def read(self, element: HtmlElement) -> Iterator[Passage]:
        """The passages below an element, in order."""
        match element.tag:
            case str() as tag if tag in HEADINGS:
                words = plain(" ".join(_lines(element)))
                level = int(tag[1])
                yield self._said("line", [cell("", words)])
                self.above = [a for a in self.above if a[0] < level] + [(level, words)]
            case "table":
                yield from self._table(element)
            case "dl":
                for pair in element:
                    head, *values = [part for part in pair if isinstance(part.tag, str)]
                    yield self._said("row", [Cell("", tuple(_lines(head)))] + [Cell("", tuple(_lines(v))) for v in values])  # fmt: skip
            case "svg":
                yield from self._picture(element)
            case "script" | "style" | "nav":
                return
            case str():
                yield from self._other(element)

    def _said(self, kind: str, cells: list[Cell], caption: str = "") -> Passage:
        self.count += 1
        above = tuple(words for _, words in self.above)
        place = f"passage {self.count}" + (f", below »{above[-1]}«" if above else "")
        return Passage("html", self.name, place, kind, tuple(cells), above, caption)

    def _other(self, element: HtmlElement) -> Iterator[Passage]:
        inner = [e for e in element.iter() if e is not element and e.tag in BLOCKS]
        card = element.tag == "li" or "call" in element.get("class", "").split()
        if not inner or (card and not any(e.tag in ("table", "ul", "section") for e in inner)):
            if lines := _lines(element):
                kind = "card" if element.tag == "li" else "line"
                yield self._said(kind, [Cell("", (line,)) for line in lines])
            for picture in element.iter("svg"):
                yield from self._picture(picture)
            return
        if "quote" in element.get("class", "").split():
            yield self._said("card", [Cell("", (line,)) for line in _lines(element)])
            return
        if element.text and plain(element.text):
            yield self._said("line", [cell("", element.text)])
        depth = list(self.above)
        for part in element:
            if isinstance(part.tag, str):
                yield from self.read(part)
            if part.tail and plain(part.tail):
                yield self._said("line", [cell("", part.tail)])
        if element.tag == "section":
            self.above = depth

    def _table(self, table: HtmlElement) -> Iterator[Passage]:
        caption = " ".join(_lines(c)[0] for c in table.iter("caption") if _lines(c))
        heads: list[str] = []
        for row in table.iter("tr"):
            if row.getparent().tag == "thead":
                heads = [plain(" ".join(_lines(part))) for part in row]
                yield self._said("line", [cell("", head) for head in heads], caption)
                continue
            cells, column = [], 0
            for part in row:
                head = heads[column] if column < len(heads) and len(row) > 1 else ""
                cells.append(Cell(head, tuple(_lines(part))))
                column += int(part.get("colspan") or 1)
            yield self._said("row", cells, caption)

    def _picture(self, svg: HtmlElement) -> Iterator[Passage]:
        """The title and the sentence of a picture, and each word drawn; scales apart."""
        for part in svg.iter("title", "desc"):
            yield self._said("line", [cell("", "".join(part.itertext()))])
        scale = []
        for part in svg.iter("text"):
            words = plain(" ".join(part.itertext()))
            if _is_scale(part):
                scale.append(cell("", words))
        for group in _in_rows(svg):
            yield self._said("drawn", group)
        if scale:
            yield self._said("scale", scale)


def _is_scale(part: HtmlElement) -> bool:
    """A small, quiet figure, or the name of a month: what stands along an axis."""
    words = plain(" ".join(part.itertext()))
    return {"m", "s"} <= set(part.get("class", "").split()) and re.fullmatch(r"-?[\d.,]+ ?%?|[^\W\d]{3,5}\.?|Q\d \d\d", words) is not None  # fmt: skip


def _in_rows(svg: HtmlElement) -> list[list[Cell]]:
    """The words of a picture, by height: lines that begin at one place are one text, and texts that
    stand side by side one row, from left to right."""
    texts: list[tuple[float, float, float, list[str]]] = []
    for part in svg.iter("text"):
        if _is_scale(part):
            continue
        x, y, words = (
            float(part.get("x") or 0),
            float(part.get("y") or 0),
            plain(" ".join(part.itertext())),
        )
        for index, (left, top, bottom, lines) in enumerate(texts):
            if left == x and 0 < y - bottom <= LINE:
                texts[index] = (left, top, y, [*lines, words])
                break
        else:
            texts.append((x, y, y, [words]))
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    for x, top, bottom, lines in sorted(texts, key=lambda t: ((t[1] + t[2]) / 2, t[0])):
        middle = (top + bottom) / 2
        if not rows or middle - rows[-1][0] > ROW:
            rows.append((middle, []))
        rows[-1][1].append((x, " ".join(lines)))
    return [[cell("", words) for _, words in sorted(row)] for _, row in rows]
