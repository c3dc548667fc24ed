"""The ways in which words can hide in an output: each writes a name into a folder by its own way."""

from __future__ import annotations

import base64
import gzip
import io
import os
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from urllib.parse import quote

NAME = "Märkische Kühlwerke"
"""What is planted: of two words, with letters that can be written in many ways."""
HALVES = ("Märkische Küh", "lwerke")
SLUG = "maerkische-kuehlwerke"

Plant = Callable[[Path], object]


def text(name: str, words: str | bytes) -> Plant:
    """A file with these words in it."""
    return lambda folder: (folder / name).write_bytes(words if isinstance(words, bytes) else words.encode())  # fmt: skip


def zipped(name: str, parts: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
        package.comment = comment
    return out.getvalue()


def office(name: str, part: str, words: str) -> Plant:
    """An Office file with a part that holds these words."""
    return text(name, zipped(name, {"[Content_Types].xml": b"<Types/>", part: words.encode()}))


def inside_workbook(words: str) -> Plant:
    """A deck whose chart's workbook holds these words."""
    book = zipped("", {"xl/sharedStrings.xml": f"<sst><si><t>{words}</t></si></sst>".encode()})
    return text("a.pptx", zipped("a.pptx", {"ppt/embeddings/sheet1.xlsx": book}))


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))  # fmt: skip


def png(*more: bytes, behind: bytes = b"", pixels: bytes = b"") -> bytes:
    """A picture of one point, with more parts in it."""
    head = chunk(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0\0") + pixels)
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + data + chunk(b"IEND", b"") + behind


def jpeg(kind: int, content: bytes, behind: bytes = b"") -> bytes:
    """A picture with a segment that is none of the picture."""
    return b"\xff\xd8" + struct.pack(">2BH", 0xFF, kind, len(content) + 2) + content + b"\xff\xda\0\2x\xff\xd9" + behind  # fmt: skip


def named_gzip() -> bytes:
    """What is packed under a name."""
    out = io.BytesIO()
    with gzip.GzipFile(NAME, "wb", fileobj=out) as packed:
        packed.write(b"nothing")
    # the module writes Latin letters alone; a name of the system's letters is UTF-8
    return out.getvalue()


def extra_field() -> bytes:
    """A package with words in the extra field of an entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        entry = zipfile.ZipInfo("a.txt")
        entry.extra = struct.pack("<2H", 0x7075, len(NAME.encode())) + NAME.encode()
        package.writestr(entry, "nothing")
    return out.getvalue()


def entry_comment() -> bytes:
    """A package with a comment on an entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        entry = zipfile.ZipInfo("a.txt")
        entry.comment = NAME.encode()
        package.writestr(entry, "nothing")
    return out.getvalue()


def attribute(folder: Path) -> None:
    """A file with an extended attribute; where there are none, the words stand in the file."""
    path = folder / "a.txt"
    path.write_text("nothing", "utf-8")
    try:
        os.setxattr(path, "user.note", NAME.encode())
    except OSError:
        path.write_text(NAME, "utf-8")


def link(folder: Path) -> None:
    """A link that leads to a place of that name."""
    (folder / "a.html").symlink_to(f"/nowhere/{SLUG}.html")


def escaped(words: str, form: str) -> str:
    """Each letter by its number."""
    return "".join(form.format(ord(letter)) for letter in words)


def pdf(stream: bytes) -> bytes:
    """A document of one stream."""
    packed = zlib.compress(stream)
    return b"%%PDF-1.7\n1 0 obj <</Length %d>>\nstream\n%s\nendstream\nendobj\n%%%%EOF" % (len(packed), packed)  # fmt: skip


RUN = '<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
RUNS = '<a:p><a:r><a:t>{}</a:t></a:r><a:r><a:rPr b="1"/><a:t>{}</a:t></a:r></a:p>'
UTF8 = NAME.encode()
CHANNELS: dict[str, Plant] = {
    "html text": text("a.html", f"<p>bei {NAME}.</p>"),
    "html comment": text("a.html", f"<p>a</p><!-- {NAME} -->"),
    "html attribute": text("a.html", f'<p title="{NAME}">a</p>'),
    "html class": text("a.html", f'<p class="x {SLUG}">a</p>'),
    "html entities": text("a.html", f"<p>{escaped(NAME, '&#{};')}</p>"),
    "html named entities": text("a.html", "<p>M&auml;rkische&nbsp;K&uuml;hlwerke</p>"),
    "html entities twice": text("a.html", f"<p>{escape(escaped(NAME, '&#x{:x};'))}</p>"),
    "html in html": text("a.html", f'<p data-x="{escape("<b>Märkische Küh</b>lwerke")}">a</p>'),
    "upper case": text("a.html", f"<p>{NAME.upper()}</p>"),
    "decomposed letters": text("a.html", f"<p>{unicodedata.normalize('NFD', NAME)}</p>"),
    "wide letters": text("a.txt", "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in NAME)),
    "split over tags": text("a.html", "<p>{}<b>{}</b></p>".format(*HALVES)),
    "split over a comment": text("a.html", "<p>{}<!-- x -->{}</p>".format(*HALVES)),
    "split over elements": text("a.html", "<td>Märkische</td>\n<td>Kühlwerke</td>"),
    "split over lines of a picture": text("a.svg", "<text>Märkische</text><text x='1'>Kühlwerke</text>"),
    "zero width": text("a.html", f"<p>{chr(0x200B).join(NAME)}</p>"),
    "soft hyphen": text("a.html", f"<p>{NAME.replace('lw', 'l&shy;w')}</p>"),
    "hyphen": text("a.html", f"<p>{NAME.replace(' ', '-')}</p>"),
    "written together": text("a.html", f"<p>{NAME.replace(' ', '')}</p>"),
    "owning": text("a.txt", f"{NAME}s Lager"),
    "script": text("a.js", f"var a = '{NAME}'"),
    "json": text("a.json", f'{{"a": "{NAME}"}}'),
    "json escapes": text("a.json", f'{{"a": "{escaped(NAME, chr(92) + "u{:04x}")}"}}'),
    "script escapes": text("a.js", f"var a = '{escaped(NAME, chr(92) + 'x{:02x}')}'"),
    "style escapes": text("a.css", f"a::before{{content:'{NAME}'}}"),
    "percent": text("a.html", f'<a href="mailto:a@b.example?subject={quote(NAME)}">a</a>'),
    "slug": text("a.html", f'<a href="{SLUG}.html">a</a>'),
    "anchor": text("a.html", f'<h2 id="{SLUG}">a</h2>'),
    "source map": text("a.js.map", f'{{"sources": ["../{SLUG}/a.ts"]}}'),
    "file name": text(f"{SLUG}.html", "a"),
    "file name, composed": text(f"{NAME}.html", "a"),
    "folder name": lambda folder: ((folder / SLUG).mkdir(), (folder / SLUG / "a.html").write_text("a", "utf-8")),
    "link": link,
    "extended attribute": attribute,
    "gzip": text("a.xml.gz", gzip.compress(UTF8)),
    "gzip of two members": text("a.gz", gzip.compress(b"a") + gzip.compress(UTF8)),
    "behind gzip": text("a.gz", gzip.compress(b"a") + UTF8),
    "gzip name": text("a.gz", named_gzip()),
    "zip comment": text("a.zip", zipped("", {"a.txt": b"a"}, UTF8)),
    "zip entry's comment": text("a.zip", entry_comment()),
    "zip extra": text("a.zip", extra_field()),
    "zip entry's name": text("a.zip", zipped("", {f"{SLUG}/a.txt": b"a"})),
    "before a zip": text("a.docx", UTF8 + zipped("", {"a.txt": b"a"})),
    "behind a zip": text("a.docx", zipped("", {"a.txt": b"a"}) + UTF8),
    "zip in zip": text("a.zip", zipped("", {"b.zip": zipped("", {"a.txt": UTF8})})),
    "base64": text("a.html", f'<p data-x="{base64.b64encode(UTF8).decode()}">a</p>'),
    "base64 of gzip": text("a.json", f'{{"a": "{base64.b64encode(gzip.compress(UTF8)).decode()}"}}'),
    "data address": text("a.css", f"a{{background:url(data:image/svg+xml;base64,{base64.b64encode(f'<svg><text>{NAME}</text></svg>'.encode()).decode()})}}"),
    "data address, percent": text("a.css", f"a{{background:url('data:image/svg+xml,{quote(f'<svg><text>{NAME}</text></svg>')}')}}"),
    "utf-16": text("a.txt", NAME.encode("utf-16")),
    "utf-16 without a mark": text("a.bin", b"\x01\x02" + NAME.encode("utf-16-le")),
    "utf-16, big end first": text("a.bin", NAME.encode("utf-16-be")),
    "latin-1": text("a.txt", NAME.encode("latin-1")),
    "hex": text("a.txt", f"x {UTF8.hex()} y"),
    "in binary data": text("a.bin", bytes(range(256)) + UTF8 + bytes(range(255, 0, -1))),
    "png tEXt": text("a.png", png(chunk(b"tEXt", b"Comment\0" + NAME.encode("latin-1")))),
    "png zTXt": text("a.png", png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(NAME.encode("latin-1"))))),
    "png iTXt": text("a.png", png(chunk(b"iTXt", b"Comment\0\0\0\0\0" + UTF8))),
    "png iTXt, packed": text("a.png", png(chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(UTF8)))),
    "png unknown part": text("a.png", png(chunk(b"prVt", UTF8))),
    "behind a png": text("a.png", png(behind=UTF8)),
    "behind the points of a png": text("a.png", png(pixels=UTF8)),
    "zip behind a png": text("a.png", png(behind=zipped("", {"a.txt": UTF8}))),
    "jpeg exif": text("a.jpg", jpeg(0xE1, b"Exif\0\0" + NAME.encode("utf-16-le"))),
    "jpeg xmp": text("a.jpg", jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:title>" + UTF8)),
    "jpeg comment": text("a.jpg", jpeg(0xFE, UTF8)),
    "behind a jpeg": text("a.jpg", jpeg(0xE0, b"JFIF", UTF8)),
    "pdf stream": text("a.pdf", pdf(b"BT (M\xe4rkische K\xfchlwerke) Tj ET")),
    "pdf set apart": text("a.pdf", pdf(b"BT [(M\xe4rki) -20 (sche K\xfchl) 12.5 (werke)] TJ ET")),
    "pdf hex": text("a.pdf", pdf(b"BT <" + NAME.encode("latin-1").hex().encode() + b"> Tj ET")),
    "pdf properties": text("a.pdf", b"%PDF-1.7\n1 0 obj <</Title (M\xe4rkische K\xfchlwerke)>> endobj"),
    "docx text": office("a.docx", "word/document.xml", f"<w:p><w:r><w:t>{NAME}</w:t></w:r></w:p>"),
    "docx split runs": office("a.docx", "word/document.xml", RUN.format(*HALVES)),
    "docx hidden text": office("a.docx", "word/document.xml", f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{NAME}</w:t></w:r>"),
    "docx deleted text": office("a.docx", "word/document.xml", f"<w:del><w:r><w:delText>{NAME}</w:delText></w:r></w:del>"),
    "docx title": office("a.docx", "docProps/core.xml", f"<dc:title>{NAME}</dc:title>"),
    "docx author": office("a.docx", "docProps/core.xml", f"<dc:creator>{NAME}</dc:creator>"),
    "docx comment": office("a.docx", "word/comments.xml", f"<w:comment w:author='x'><w:t>{NAME}</w:t></w:comment>"),
    "docx header": office("a.docx", "word/header1.xml", f"<w:hdr><w:t>{NAME}</w:t></w:hdr>"),
    "docx style": office("a.docx", "word/styles.xml", f'<w:name w:val="{NAME}"/>'),
    "docx alt text": office("a.docx", "word/document.xml", f'<wp:docPr id="1" name="a" descr="{NAME}"/>'),
    "docx custom xml": office("a.docx", "customXml/item1.xml", f"<x>{NAME}</x>"),
    "docx link": office("a.docx", "word/_rels/document.xml.rels", f'<Relationship Target="https://{SLUG}.example/"/>'),
    "docx property": office("a.docx", "docProps/custom.xml", f"<vt:lpwstr>{NAME}</vt:lpwstr>"),
    "docx bookmark": office("a.docx", "word/document.xml", f'<w:bookmarkStart w:name="{SLUG.replace("-", "_")}"/>'),
    "pptx title": office("a.pptx", "ppt/slides/slide1.xml", f"<a:p><a:r><a:t>{NAME}</a:t></a:r></a:p>"),
    "pptx split runs": office("a.pptx", "ppt/slides/slide1.xml", RUNS.format(*HALVES)),
    "pptx notes": office("a.pptx", "ppt/notesSlides/notesSlide1.xml", f"<a:t>{NAME}</a:t>"),
    "pptx hidden slide": office("a.pptx", "ppt/slides/slide2.xml", f'<p:sld show="0"><a:t>{NAME}</a:t></p:sld>'),
    "pptx orphan slide": office("a.pptx", "ppt/slides/slide99.xml", f"<a:t>{NAME}</a:t>"),
    "pptx chart category": office("a.pptx", "ppt/charts/chart1.xml", f"<c:cat><c:v>{NAME}</c:v></c:cat>"),
    "pptx chart series": office("a.pptx", "ppt/charts/chart1.xml", f"<c:tx><c:v>{NAME}</c:v></c:tx>"),
    "pptx shape name": office("a.pptx", "ppt/slides/slide1.xml", f'<p:cNvPr id="2" name="{NAME}"/>'),
    "pptx number format": office("a.pptx", "ppt/charts/chart1.xml", f'<c:numFmt formatCode="0 &quot;{NAME}&quot;"/>'),
    "pptx comments": office("a.pptx", "ppt/comments/comment1.xml", f"<p:text>{NAME}</p:text>"),
    "pptx alt text": office("a.pptx", "ppt/slides/slide1.xml", f'<p:cNvPr id="2" descr="{NAME}"/>'),
    "pptx tags": office("a.pptx", "ppt/tags/tag1.xml", f'<p:tag name="A" val="{NAME}"/>'),
    "pptx layout": office("a.pptx", "ppt/slideLayouts/slideLayout1.xml", f'<p:cSld name="{NAME}"/>'),
    "pptx binary": text("a.pptx", zipped("", {"ppt/printerSettings1.bin": NAME.encode("utf-16-le")})),
    "embedded workbook": inside_workbook(NAME),
    "picture in a package": text("a.docx", zipped("", {"word/media/image1.png": png(behind=UTF8)})),
}  # fmt: skip
"""By what it is called, what plants the name there."""
