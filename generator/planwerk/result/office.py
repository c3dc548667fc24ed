"""What an Office file for a client may hold: known parts, all of them in use, no way out but links.

The list is written here anew, not taken from what makes the files: it is the second pair of eyes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape

COMMON = r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app|custom)\.xml"
SHOWN = r"charts/chart\d+\.xml|charts/_rels/chart\d+\.xml\.rels|embeddings/sheet\d+\.xlsx|media/image\d+\.(?:png|jpe?g|gif)|theme/theme\d+\.xml"  # fmt: skip
PARTS = {
    ".docx": re.compile(
        rf"{COMMON}|word/(?:{SHOWN}|(?:document|styles|numbering|settings|fontTable|footnotes)\.xml"
        r"|(?:header|footer)\d+\.xml|_rels/(?:document|footnotes|numbering|(?:header|footer)\d+)\.xml\.rels)"
    ),
    ".pptx": re.compile(
        rf"{COMMON}|ppt/(?:{SHOWN}|theme/_rels/theme\d+\.xml\.rels|media/image\d+\.[ew]mf"
        r"|(?:presentation|presProps|viewProps|tableStyles)\.xml|_rels/presentation\.xml\.rels"
        r"|(?:slides/(?:_rels/)?slide|slideLayouts/(?:_rels/)?slideLayout|slideMasters/(?:_rels/)?slideMaster"
        r"|notesSlides/(?:_rels/)?notesSlide|notesMasters/(?:_rels/)?notesMaster)\d+\.xml(?:\.rels)?)"
    ),
    ".xlsx": re.compile(
        rf"{COMMON}|xl/(?:(?:workbook|styles|sharedStrings)\.xml|theme/theme1\.xml"
        r"|worksheets/sheet\d+\.xml|_rels/workbook\.xml\.rels)"
    ),
}
"""The names of parts by the kind of file; whoever needs another one writes it here, too."""
RELATION = re.compile(r"<Relationship\b[^>]*>")
EXTERNAL = re.compile(r"(?:https://|mailto:)[^\s\\]+")
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
HIDDEN = {
    "word/document.xml": re.compile(rb"<w:(?:vanish|del|ins|moveFrom|moveTo|altChunk|control|object)[ />]"),
    "ppt/slides/": re.compile(rb'<p:sld\b[^>]*\bshow="(?:0|false)"|<p:(?:oleObj|control|contentPart)\b'),
    "xl/workbook.xml": re.compile(rb'\bstate="(?:hidden|veryHidden)"|<(?:externalReference|definedName)\b'),
    "xl/worksheets/": re.compile(rb'<(?:f|hyperlink|drawing|legacyDrawing)[ />]|\bhidden="1"'),
}  # fmt: skip
"""What readers do not see, and what runs, by the parts it may be in."""
FIELD = re.compile(rb'<w:instrText(?: [^>]*)?>([^<]*)|w:instr="([^"]*)"')
FIELDS = frozenset(
    [
        "AUTHOR", "CREATEDATE", "DATE", "DOCPROPERTY", "FILENAME", "HYPERLINK", "NOTEREF", "NUMPAGES",
        "PAGE", "PAGEREF", "PRINTDATE", "REF", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF",
        "SUBJECT", "TIME", "TITLE", "TOC",
    ]
)  # fmt: skip
"""Fields that say something of the document itself, ours and those of a brand's template; none that
asks another file, or runs."""


def kind(name: str) -> str:
    """The ending of a name that is one of an Office file, else ""."""
    ending = posixpath.splitext(name)[1].lower()
    return ending if ending in PARTS else ""


def faults(name: str, parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """What of a file called `name` must not be there: the kind, and what it is."""
    allowed = PARTS[kind(name)]
    yield from (("part", part) for part in parts if not allowed.fullmatch(part))
    reached = {"[Content_Types].xml"}
    ways = [""]
    while ways:
        source = ways.pop()
        for target, fault in _related(parts, source):
            if fault:
                yield "relation", fault
            elif target not in reached:
                reached.add(target)
                ways.append(target)
    rest = {p for p in parts if not p.endswith(".rels")} - reached
    yield from (("part", part) for part in sorted(rest) if allowed.fullmatch(part))
    for part, raw in parts.items():
        if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in raw:
            yield "part", part
        for begin, pattern in HIDDEN.items():
            if part.startswith(begin) and (found := pattern.search(raw)):
                yield "hidden", f"{part}: {found[0].decode(errors='replace')[:40]}"
        fields = part.startswith("word/") and b"instr" in raw
        for found in FIELD.finditer(raw) if fields else ():
            code = (found[1] or found[2] or b"").split()
            if code and code[0].decode(errors="replace") not in FIELDS:
                yield "hidden", f"{part}: {code[0].decode(errors='replace')[:40]}"


def _related(parts: Mapping[str, bytes], source: str) -> Iterator[tuple[str, str]]:
    """The parts that a part leads to; of what leads elsewhere, what is wrong with it."""
    folder, name = posixpath.split(source)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    for one in RELATION.findall(parts.get(listed, b"").decode("utf-8", "replace")):
        about = {key: unescape(value) for key, value in re.findall(r'([\w:]+)="([^"]*)"', one)}
        target = about.get("Target", "")
        if about.get("TargetMode") == "External":
            if about.get("Type") != HYPERLINK or not EXTERNAL.fullmatch(target):
                yield "", f"{listed}: {target[:60]}"
        else:
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield (path, "") if path in parts else ("", f"{listed}: {target[:60]}")
