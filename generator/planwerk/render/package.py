"""An Office file as a normalised package: known parts only, the same bytes every time.

python-docx and python-pptx leave traces (authors of their templates, thumbnails, the time of
day). What they make passes through `normalised`, everything through `sealed`.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from xml.sax.saxutils import escape

ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app|custom)\.xml"
    r"|word/(document|styles|numbering|settings|fontTable|header\d+|footer\d+|footnotes)\.xml"
    r"|word/theme/theme\d+\.xml|word/_rels/[\w.]+\.rels"
    r"|(word|ppt)/charts/(chart\d+\.xml|_rels/chart\d+\.xml\.rels)"
    r"|(word|ppt)/embeddings/\w+\.xlsx|(word|ppt)/media/image\d+\.(png|jpe?g|gif)"
    r"|ppt/(presentation|presProps|viewProps|tableStyles)\.xml|ppt/_rels/presentation\.xml\.rels"
    r"|ppt/theme/(theme\d+\.xml|_rels/theme\d+\.xml\.rels)|ppt/media/image\d+\.(emf|wmf)"
    r"|ppt/(slides|slideLayouts|slideMasters|notesSlides|notesMasters)/(\w+\.xml|_rels/\w+\.xml\.rels)"
    r"|xl/(workbook|styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
    r"|xl/_rels/workbook\.xml\.rels"
)
"""The parts an output of ours may hold; whatever else a library leaves is dropped."""
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DAY = 1 << 5 | 1
"""1980-01-01, as zip files say it: the date of every part."""
SMALL = 16384
"""Parts up to so many bytes are often those of a template, and are compressed once."""


def normalise(blob: bytes, *, title: str, author: str, language: str, as_of: date) -> bytes:
    """A library's file with known parts in a fixed order, our own properties, and no traces."""
    return sealed(normalised(blob), title=title, author=author, language=language, as_of=as_of)


def normalised(blob: bytes) -> dict[str, bytes]:
    """The known parts of a library's file, without its traces."""
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        found = {name: package.read(name) for name in package.namelist() if ALLOWED.fullmatch(name)}
    parts = {name: _without_traces(name, content) for name, content in found.items()}
    out = dict(parts)
    for name, content in parts.items():
        if name.endswith(".rels"):
            out[name] = _relations(name, content, parts)
    out["[Content_Types].xml"] = _types(parts["[Content_Types].xml"], parts)
    return out


def sealed(
    parts: Mapping[str, bytes], *, title: str, author: str, language: str, as_of: date
) -> bytes:
    """Parts as a file with our own properties."""
    return pack(with_properties(parts, title=title, author=author, language=language, as_of=as_of))


def with_properties(
    parts: Mapping[str, bytes], *, title: str, author: str, language: str, as_of: date
) -> dict[str, bytes]:
    """Parts with our own properties in place of a template's."""
    return {
        **parts,
        "docProps/core.xml": _core(title, author, language, as_of),
        "docProps/app.xml": _app(author),
    }


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a zip whose bytes depend on nothing but them; the content types come first.

    The bytes are those of Python's `zipfile` at level 6. Names are ASCII.
    """
    local: list[bytes] = []
    central: list[bytes] = []
    at = 0
    for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
        content, label = parts[name], name.encode("ascii")
        check, small = _deflated(content) if len(content) <= SMALL else _deflate(content)
        facts = (20, 0, 8, 0, DAY, check, len(small), len(content), len(label), 0)
        local += (struct.pack("<4s5H3L2H", b"PK\3\4", *facts), label, small)
        entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, *facts, 0, 0, 0, 0o600 << 16, at)
        central += (entry, label)
        at += 30 + len(label) + len(small)
    listed, count = b"".join(central), len(parts)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listed), at, 0)
    return b"".join((*local, listed, end))


def _deflate(content: bytes) -> tuple[int, bytes]:
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(content), squeeze.compress(content) + squeeze.flush()


_deflated = lru_cache(maxsize=512)(_deflate)


def _without_traces(name: str, content: bytes) -> bytes:
    if name.startswith("word/") and name.endswith(".xml"):
        return re.sub(rb' w:rsid\w*="[^"]*"', b"", content)
    return content


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
    return re.sub(rb'<Override [^>]*PartName="([^"]+)"[^>]*/>', keep, content)
