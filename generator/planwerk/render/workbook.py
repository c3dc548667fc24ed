"""The workbook of a chart: its values and nothing else, where a text stays a text.

XlsxWriter makes one workbook a process. Of the next ones only the two parts that differ are
written, as the same text; a test holds them against XlsxWriter's, byte by byte. What it would
write in a manner of its own (control characters, blanks at the ends, markup) is left to it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest
from xml.sax.saxutils import escape

import xlsxwriter

from planwerk import blocks as b
from planwerk.render.package import normalised

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
UNUSUAL = re.compile(r"[\x00-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\s|\s$|^<r>|^.{16384}", re.S)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
COLUMNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BLOCK = 16
"""So many rows share the columns they say to span."""


def workbook(chart: b.Chart) -> Mapping[str, bytes]:
    """The parts of a workbook: categories in column A, one series a column."""
    words = [*(series.name for series in chart.series), *chart.categories]
    if not words or len(chart.series) >= len(COLUMNS) or any(map(UNUSUAL.search, words)):
        return _by_library(chart)
    return {**_template(), SHEET: _sheet(chart, words), STRINGS: _strings(words)}


def _by_library(chart: b.Chart) -> dict[str, bytes]:
    """The same by XlsxWriter."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet = book.add_worksheet("Sheet1")
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, column, value)
    for row, name in enumerate(chart.categories, start=1):
        sheet.write_string(row, 0, name)
    book.close()
    return normalised(out.getvalue())


@lru_cache(maxsize=1)
def _template() -> Mapping[str, bytes]:
    """The parts that are the same in every workbook."""
    return _by_library(b.Chart("line", "", "", ("a",), (b.Series("b", (1.0,)),), ""))


def _strings(words: list[str]) -> bytes:
    """The texts, each once, in the order in which they are met."""
    unique = dict.fromkeys(words)
    entries = "".join(f"<si><t>{escape(word)}</t></si>" for word in unique)
    counts = f'count="{len(words)}" uniqueCount="{len(unique)}"'
    return f"{HEAD}<sst {SPACE} {counts}>{entries}</sst>".encode()


def _sheet(chart: b.Chart, words: list[str]) -> bytes:
    """The cells, row by row."""
    at = {word: i for i, word in enumerate(dict.fromkeys(words))}
    columns: list[list[str | float | None]] = [[None, *chart.categories]]
    columns += [[series.name, *series.values] for series in chart.series]
    lines = zip_longest(*columns)
    rows = [{i: value for i, value in enumerate(line) if value is not None} for line in lines]
    while rows and not rows[-1]:
        rows.pop()
    used = sorted({i for row in rows for i in row})
    out = []
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        spanned = sorted({i for row in block for i in row})
        for number, row in enumerate(block, start=start + 1):
            cells = "".join(_cell(f"{COLUMNS[i]}{number}", value, at) for i, value in row.items())
            spans = f' spans="{spanned[0] + 1}:{spanned[-1] + 1}"'
            out.append(f'<row r="{number}"{spans}>{cells}</row>' if cells else "")
    first = next(i for i, row in enumerate(rows, start=1) if row)
    ends = (f"{COLUMNS[used[0]]}{first}", f"{COLUMNS[used[-1]]}{len(rows)}")
    return (
        f'{HEAD}<worksheet {SPACE} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<dimension ref="{":".join(dict.fromkeys(ends))}"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><sheetData>{"".join(out)}</sheetData>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'
    ).encode()


def _cell(place: str, value: str | float | None, at: Mapping[str, int]) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{at[value]}</v></c>'
    return f'<c r="{place}"><v>{value:.16G}</v></c>'
