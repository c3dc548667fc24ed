"""Native charts of Word and PowerPoint: what the chart has kept, and its workbook."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml import etree

from truth.passages import Chart, Series, plain

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Sheet = tuple[tuple[str | float | None, ...], ...]


def charts_of(package: zipfile.ZipFile, format_: str, name: str) -> list[Chart]:
    """Every chart of a package; its `place` is the name of its part."""
    parts = sorted(n for n in package.namelist() if re.search(r"/charts/chart\d+\.xml$", n))
    return [_chart(package, part, format_, name) for part in parts]


def _chart(package: zipfile.ZipFile, part: str, format_: str, name: str) -> Chart:
    root = etree.fromstring(package.read(part))
    series: list[Series] = []
    categories: tuple[str, ...] = ()
    for one in root.iter(f"{C}ser"):
        categories = tuple(map(str, _kept(one.find(f"{C}cat")))) or categories
        values = _kept(one.find(f"{C}val"))
        title = one.find(f"{C}tx")
        label = "".join(map(str, title.itertext())) if title is not None else ""
        kept = "".join(v.text or "" for v in title.iter(f"{C}v")) if title is not None else label
        numbers = tuple(None if v is None else float(v) for v in values)
        series.append(Series(plain(kept or label), numbers))
    return Chart(format_, name, part, categories, tuple(series), _sheet(package, part))


def _kept(element: etree._Element | None) -> list[str | None]:
    """The points of a chart's own copy, by their index."""
    if element is None:
        return []
    count = next((int(c.get("val") or 0) for c in element.iter(f"{C}ptCount")), 0)
    points: list[str | None] = [None] * count
    for point in element.iter(f"{C}pt"):
        points[int(point.get("idx") or 0)] = point.findtext(f"{C}v")
    return points


def _sheet(package: zipfile.ZipFile, part: str) -> Sheet:
    """The first sheet of the workbook that the chart names, row by row."""
    folder, file = posixpath.split(part)
    relations = etree.fromstring(package.read(f"{folder}/_rels/{file}.rels"))
    target = next(r.get("Target") for r in relations if str(r.get("Target")).endswith(".xlsx"))
    blob = package.read(posixpath.normpath(posixpath.join(folder, str(target))))
    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        root = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        shared: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(t.text or "" for t in si.iter(f"{S}t")) for si in strings]
    rows = []
    for row in root.iter(f"{S}row"):
        cells: dict[int, str | float | None] = {}
        for one in row:
            column = _column(str(one.get("r")))
            value = one.findtext(f"{S}v")
            match one.get("t"):
                case "s":
                    cells[column] = plain(shared[int(value or 0)])
                case "inlineStr" | "str":
                    cells[column] = plain("".join(t.text or "" for t in one.iter(f"{S}t", f"{S}v")))
                case _:
                    cells[column] = None if value is None else float(value)
        width = max(cells, default=-1) + 1
        rows.append(tuple(cells.get(i) for i in range(width)))
    return tuple(rows)


def _column(reference: str) -> int:
    number = 0
    for letter in re.match(r"[A-Z]+", reference)[0]:  # type: ignore[index]
        number = number * 26 + ord(letter) - 64
    return number - 1
