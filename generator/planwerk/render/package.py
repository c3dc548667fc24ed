"""An Office file as a normalised package: known parts only, the same bytes every time.

python-docx and python-pptx leave traces (authors of their templates, thumbnails, the time of
day) and write charts whose axis ids the schema forbids. Everything passes through here last.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape

ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml"
    r"|word/(document|styles|numbering|settings|fontTable|header\d+|footer\d+|footnotes)\.xml"
    r"|word/theme/theme\d+\.xml|word/_rels/[\w.]+\.rels"
    r"|(word|ppt)/charts/(chart\d+\.xml|_rels/chart\d+\.xml\.rels)"
    r"|(word|ppt)/embeddings/\w+\.xlsx|(word|ppt)/media/image\d+\.png"
    r"|ppt/(presentation|presProps|viewProps|tableStyles)\.xml|ppt/_rels/presentation\.xml\.rels"
    r"|ppt/theme/theme\d+\.xml"
    r"|ppt/(slides|slideLayouts|slideMasters|notesSlides|notesMasters)/(\w+\.xml|_rels/\w+\.xml\.rels)"
    r"|xl/(workbook|styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
    r"|xl/_rels/workbook\.xml\.rels"
)
"""The parts an output of ours may hold; whatever else a library leaves is dropped."""
STAMP = (1980, 1, 1, 0, 0, 0)
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def normalise(blob: bytes, *, title: str, author: str, language: str, as_of: date) -> bytes:
    """The package with known parts in a fixed order, our own properties, and no traces."""
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        parts = {name: package.read(name) for name in package.namelist() if ALLOWED.fullmatch(name)}
    parts["docProps/core.xml"] = _core(title, author, language, as_of)
    parts["docProps/app.xml"] = _app(author)
    kept = {name: _part(name, content, author, as_of) for name, content in parts.items()}
    kept = _without_dead_ends(kept)
    return pack(kept)


def pack(parts: dict[str, bytes]) -> bytes:
    """Parts as a zip whose bytes depend on nothing but them; the content types come first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, parts[name])
    return out.getvalue()


def _part(name: str, content: bytes, author: str, as_of: date) -> bytes:
    if name.endswith(".xlsx"):
        return normalise(content, title="", author=author, language="", as_of=as_of)
    if "/charts/chart" in name and name.endswith(".xml"):
        return _positive_axes(content)
    if name.startswith("word/") and name.endswith(".xml"):
        return re.sub(rb' w:rsid\w*="[^"]*"', b"", content)
    return content


def _positive_axes(content: bytes) -> bytes:
    """Axis ids as the schema wants them: unsigned; python-pptx writes negative ones."""
    return re.sub(rb'(<c:(?:axId|crossAx) val=")-', rb"\1", content)


def _core(title: str, author: str, language: str, as_of: date) -> bytes:
    day = f"{as_of.isoformat()}T00:00:00Z"
    spoken = f"<dc:language>{escape(language)}</dc:language>" if language else ""
    words = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>{spoken}"
        f"<cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )
    return words.encode()


def _app(author: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    words = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{space}"><Application>Planwerk</Application><Company>{escape(author)}</Company></Properties>'
    return words.encode()


def _without_dead_ends(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Without relations to dropped parts, content types of dropped parts, and loose parts."""
    out = dict(parts)
    for name, content in parts.items():
        if name.endswith(".rels"):
            out[name] = _relations(name, content, parts)
    out["[Content_Types].xml"] = _types(parts["[Content_Types].xml"], parts)
    return out


def _relations(name: str, content: bytes, parts: Iterable[str]) -> bytes:
    folder = (
        name.replace("_rels/", "").rsplit("/", 1)[0] if "/" in name.replace("_rels/", "") else ""
    )
    known = set(parts)

    def keep(found: re.Match[bytes]) -> bytes:
        words = found.group().decode()
        if 'TargetMode="External"' in words:
            return found.group()
        target = re.search(r'Target="([^"]+)"', words)
        assert target is not None
        return found.group() if resolve(folder, target[1]) in known else b""

    return re.sub(rb"<Relationship [^>]*/>", keep, content)


def resolve(folder: str, target: str) -> str:
    """The part that a relation's target means, seen from `folder`."""
    if target.startswith("/"):
        return target[1:]
    path = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            path.pop()
        elif step != ".":
            path.append(step)
    return "/".join(path)


def _types(content: bytes, parts: Iterable[str]) -> bytes:
    known = set(parts)

    def keep(found: re.Match[bytes]) -> bytes:
        return found.group() if found[1].decode().lstrip("/") in known else b""

    endings = {part.rsplit(".", 1)[-1].encode() for part in known} | {b"xml", b"rels"}

    def used(found: re.Match[bytes]) -> bytes:
        return found.group() if found[1] in endings else b""

    content = re.sub(rb'<Default [^>]*Extension="([^"]+)"[^>]*/>', used, content)
    content = re.sub(rb'<Override [^>]*PartName="([^"]+)"[^>]*/>', keep, content)
    if b'Extension="xlsx"' not in content and any(p.endswith(".xlsx") for p in known):
        kind = b'<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
        content = re.sub(rb"(<Types [^>]*>)", rb"\1" + kind, content, count=1)
    return content
