"""Differences planted in built files: each changes one thing in one file, and must be found there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

NBSP = "\u00a0"


def in_text(path: Path, old: str, new: str, after: str = "") -> None:
    """Change the first `old` of a page, behind the words `after`."""
    words = path.read_text("utf-8")
    begin = words.index(after)
    at = words.index(old, begin)
    path.write_text(words[:at] + new + words[at + len(old) :], "utf-8")


def in_package(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Change the first part of an Office file whose name matches and whose content `change` changes."""
    with zipfile.ZipFile(path) as package:
        parts = [(info, package.read(info)) for info in package.infolist()]
    done = False
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for info, content in parts:
            if not done and re.fullmatch(part, info.filename):
                changed = change(content)
                done, content = changed != content, changed
            package.writestr(info, content)
    assert done, f"{path}: nothing to change in {part}"


def swapped(old: str, new: str, every: bool = False) -> Callable[[bytes], bytes]:
    """A change of the first (or every) `old` in XML."""
    return lambda content: content.replace(old.encode(), new.encode(), -1 if every else 1)


def point(content: bytes) -> bytes:
    """A chart with another first point of its first series."""
    head, mark, rest = content.partition(b"<c:val>")
    return head + mark + re.sub(rb"<c:v>([\d.]+)</c:v>", lambda m: b"<c:v>%d</c:v>" % (float(m[1]) + 1), rest, count=1)  # fmt: skip


def cell(content: bytes) -> bytes:
    """A workbook with another number in its first cell of numbers."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(out, "w") as new:
        for info in book.infolist():
            data = book.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                data = re.sub(rb'(<c r="B2"[^>]*><v>)([\d.]+)', lambda m: m[1] + b"%d" % (float(m[2]) + 1), data, count=1)  # fmt: skip
            new.writestr(info, data)
    return out.getvalue()


OURS = "internal/accounts/hollerbeck-pumpen"
THEIRS = "clients/hollerbeck-pumpen"
PLAN = "downloads/kundenplan-2026-verlaengerung"
REPORT = "downloads/fortschrittsbericht-2026-verlaengerung.docx"
Plant = tuple[str, Callable[[Path], None]]
PLANTS: dict[str, Plant] = {
    "a digit of a KPI on a page": (
        f"{OURS}/goals.html", lambda p: in_text(p, f"81{NBSP}%</strong>", f"84{NBSP}%</strong>"),
    ),
    "a cell of a Word table": (
        f"{OURS}/{REPORT}", lambda p: in_package(p, r"word/document\.xml", swapped(f">17{NBSP}h<", f">18{NBSP}h<")),
    ),
    "a number in a shape of a slide": (
        f"{OURS}/{PLAN}.pptx", lambda p: in_package(p, r"ppt/slides/slide\d+\.xml", swapped(f">81{NBSP}%<", f">80{NBSP}%<")),
    ),
    "a point that a chart has kept": (
        f"{OURS}/{PLAN}.pptx", lambda p: in_package(p, r"ppt/charts/chart\d+\.xml", point),
    ),
    "a cell of a chart's workbook": (
        f"{OURS}/{PLAN}.docx", lambda p: in_package(p, r"word/embeddings/.*\.xlsx", cell),
    ),
    "a total": (f"{OURS}/white-space.html", lambda p: in_text(p, ">239<", ">240<")),
    "two days that changed places": (
        f"{OURS}/tasks.html", lambda p: in_text(p, "11.12.", "17.12.", "Angebot über drei Jahre"),
    ),
    "another owner": (
        f"{THEIRS}/tasks.html", lambda p: in_text(p, "Selin Demir", "Tobias Lorenz", "<table"),
    ),
    "a KPI that one format does not tell": (
        f"{OURS}/{PLAN}.docx", lambda p: in_package(p, r"word/document\.xml", swapped(f">17{NBSP}h", ">offen", True)),
    ),
    "rounding the wrong way": (
        f"{OURS}/{PLAN}.docx", lambda p: in_package(p, r"word/document\.xml", swapped(f"67{NBSP}% des Weges", f"66{NBSP}% des Weges")),
    ),
    "a value of another account": (
        f"{THEIRS}/goals.html", lambda p: in_text(p, "<strong>40</strong>", "<strong>29</strong>"),
    ),
    "a count of tasks": (
        f"{THEIRS}/index.html", lambda p: in_text(p, "1 von 4 erledigt", "2 von 4 erledigt"),
    ),
    "money that is written another way": (
        f"{OURS}/risks.html", lambda p: in_text(p, f"158.000{NBSP}EUR", f"158,000{NBSP}EUR"),
    ),
    "what the search knows": (
        f"{THEIRS}/search/search_index.json", lambda p: in_text(p, "79\\u00a0%" if "79\\u00a0%" in p.read_text() else f"79{NBSP}%", "77 %"),
    ),
}  # fmt: skip
"""By name, the file that is changed and how."""
