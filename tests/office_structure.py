"""What must hold of an Office file's inside, without any other program: parts, names, numbers."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

import workbooks
from planwerk.render.package import ALLOWED, resolve

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
ROUNDED = 40
"""Twentieths of a point by which rounding may make a table wider than its page."""


def parts(blob: bytes) -> dict[str, bytes]:
    """The parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        return {name: package.read(name) for name in package.namelist()}


def faults(blob: bytes) -> list[str]:
    """What is wrong with a document or a deck; empty where nothing is."""
    found = parts(blob)
    out = [f"unknown part: {name}" for name in found if not ALLOWED.fullmatch(name)]
    out += [*_ill_formed(found), *_related(found), *_charts(found)]
    if not out and "word/document.xml" in found:
        out += _document(found)
    return out


def _ill_formed(found: Mapping[str, bytes]) -> Iterator[str]:
    for name, raw in found.items():
        if name.endswith((".xml", ".rels")):
            try:
                ElementTree.fromstring(raw)
            except ElementTree.ParseError as error:
                yield f"{name}: {error}"


def _related(found: Mapping[str, bytes]) -> Iterator[str]:
    """Relations that lead nowhere, or that are used and not there; parts without a type."""
    types = found["[Content_Types].xml"].decode()
    for name, raw in found.items():
        if not name.endswith(".rels"):
            if f'"/{name}"' not in types and f'Extension="{name.rsplit(".", 1)[-1]}"' not in types:
                yield f"no type: {name}"
            continue
        folder = re.sub(r"_rels/[^/]*$", "", name).rstrip("/")
        known = set()
        for relation in re.findall(r"<Relationship [^>]*>", raw.decode()):
            known |= set(re.findall(r' Id="([^"]+)"', relation))
            goal = re.search(r'Target="([^"]+)"', relation)
            if goal and "External" not in relation and resolve(folder, goal[1]) not in found:
                yield f"{name}: {goal[1]}"
        source = name.replace("_rels/", "").removesuffix(".rels")
        used = set(re.findall(r' r:(?:id|embed|link)="([^"]+)"', found.get(source, b"").decode()))
        yield from (f"{source}: relation {one} is not there" for one in sorted(used - known))


def _charts(found: Mapping[str, bytes]) -> Iterator[str]:
    """Charts whose workbook holds other numbers than they show."""
    for name, raw in found.items():
        if not re.fullmatch(r"(word|ppt)/charts/chart\d+\.xml", name):
            continue
        number = re.findall(r"\d+", name)[-1]
        book = f"{name.split('/')[0]}/embeddings/sheet{number}.xlsx"
        cached = [
            float(value)
            for cache in re.findall(r"<c:numCache>.*?</c:numCache>", raw.decode(), re.S)
            for value in re.findall(r"<c:v>([-\d.e+]+)</c:v>", cache)
        ]
        if sorted(cached) != sorted(workbooks.numbers(found[book])):
            yield f"{name}: other numbers than its workbook"


def _document(found: Mapping[str, bytes]) -> Iterator[str]:
    root = ElementTree.fromstring(found["word/document.xml"])
    yield from _twice(root)
    yield from _named(root, found)
    yield from _fields(root)
    for table in root.iter(f"{W}tbl"):
        yield from _table(table)
    for wide, table in _top_tables(root):
        asked = sum(int(c.get(f"{W}w", "0")) for c in table.find(f"{W}tblGrid") or ())
        if asked > wide + ROUNDED:
            yield f"a table of {asked} on a page of {wide}"


def _twice(root: ElementTree.Element) -> Iterator[str]:
    """Ids and names that must be there once."""
    starts = [*root.iter(f"{W}bookmarkStart")]
    for what, values in (
        ("drawing", [one.get("id") for one in root.iter(DRAWN)]),
        ("bookmark", [one.get(f"{W}id") for one in starts]),
        ("bookmark's name", [one.get(f"{W}name") for one in starts]),
    ):
        yield from (f"{what} twice: {v}" for v, count in Counter(values).items() if count > 1)
    ends = {one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd")}
    if ends != {one.get(f"{W}id") for one in starts}:
        yield "a bookmark does not end, or did not begin"


def _named(root: ElementTree.Element, found: Mapping[str, bytes]) -> Iterator[str]:
    """Styles, lists and anchors that are asked for and not there."""
    styles = ElementTree.fromstring(found["word/styles.xml"])
    lists = ElementTree.fromstring(found["word/numbering.xml"])
    anchors = {one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")}
    for tag, key, known in (
        ("pStyle", "val", {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}),
        ("rStyle", "val", {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}),
        ("numId", "val", {"0", *(one.get(f"{W}numId") for one in lists.iter(f"{W}num"))}),
        ("hyperlink", "anchor", {None, *anchors}),
    ):
        asked = {one.get(f"{W}{key}") for one in root.iter(f"{W}{tag}")}
        yield from (f"{tag} {one} is not there" for one in sorted(map(str, asked - known)))


def _fields(root: ElementTree.Element) -> Iterator[str]:
    """Fields that begin and never end, or the other way round."""
    kinds = Counter(one.get(f"{W}fldCharType") for one in root.iter(f"{W}fldChar"))
    if len({kinds[kind] for kind in ("begin", "separate", "end")}) > 1:
        yield f"a field is not closed: {dict(kinds)}"


def _table(table: ElementTree.Element) -> Iterator[str]:
    """Rows that have other columns than the table, and cells that do not end with a paragraph."""
    columns = len(table.find(f"{W}tblGrid") or ())
    for row in table.findall(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells]
        taken = sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans)
        if taken != columns:
            yield f"a row of {taken} cells in a table of {columns} columns"
        if any(cell[-1].tag != f"{W}p" for cell in cells):
            yield "a cell does not end with a paragraph"


def _top_tables(root: ElementTree.Element) -> Iterator[tuple[int, ElementTree.Element]]:
    """The tables that stand in no other, each with the width of the text on its pages."""
    waiting: list[ElementTree.Element] = []
    for one in root.find(f"{W}body") or ():
        waiting += [one] if one.tag == f"{W}tbl" else []
        section = one if one.tag == f"{W}sectPr" else one.find(f"{W}pPr/{W}sectPr")
        if section is None:
            continue
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert size is not None
        assert margins is not None
        wide = int(size.get(f"{W}w", "0"))
        wide -= sum(int(margins.get(f"{W}{side}", "0")) for side in ("left", "right"))
        yield from ((wide, table) for table in waiting)
        waiting = []
