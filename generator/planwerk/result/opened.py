"""A file in all that is packed in it: parts of packages, streams, what pictures say of themselves.

What is handed on are bytes that hold text, or may; what is text in other letters (base64,
UTF-16, entities) is read in `spelled.py`. What cannot be opened is told as such: nobody
knows then what is in it.
"""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DEPTH = 8
"""How deep packages may lie in packages."""
MOST = 300_000_000
"""Bytes that one thing may hold, unpacked."""
ENDING = 1 << 16
"""Bytes at the end of a file in which the list of a package begins, whatever stands before it."""
CLOSED = (
    b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
"""How packed files begin that we cannot open (bzip2, xz, 7z, RAR, Zstandard, old Office)."""
PICTURE = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT", b"hIST", b"IEND")  # fmt: skip
"""Chunks of a PNG that say how it looks, in numbers."""
PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.S)
PDF_SHIFTED = re.compile(rb"\)\s*-?[\d.]*\s*\(")
"""Between letters of one word that a PDF sets a little apart."""
PDF_HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")


class Leaf(NamedTuple):
    """Bytes that hold text, with where they lie (`a.docx!word/document.xml`); `fault` says why
    they could not be opened ("" where they were)."""

    place: str
    raw: bytes
    fault: str = ""


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """All that lies below a folder by name, but folders: files, links, whatever else."""
    stack = [(os.fspath(folder), "")]
    while stack:
        path, above = stack.pop()
        with os.scandir(path) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                if entry.is_dir(follow_symlinks=False):
                    stack.append((entry.path, f"{above}{entry.name}/"))
                else:
                    yield above + entry.name, Path(entry.path)


def everything(
    folder: Path, is_known: Callable[[Path], bool] = lambda path: False
) -> Iterator[Leaf]:
    """All that lies below a folder, opened; of files that are known only what is around them."""
    for name, path in files(folder):
        yield from surroundings(name, path)
        if path.is_file() and not path.is_symlink() and not is_known(path):
            yield from leaves(name, path.read_bytes())


def surroundings(name: str, path: Path) -> Iterator[Leaf]:
    """What the file system says of a file: its name, where it leads to, its extended attributes."""
    yield Leaf(name, os.fsencode(name))
    if path.is_symlink():
        yield Leaf(f"{name}!link", os.fsencode(path.readlink()))
        return
    try:
        known = os.listxattr(path)
    except OSError:  # no file system of this kind
        return
    for one in known:
        yield Leaf(f"{name}!{one}", os.fsencode(one) + b"\n" + os.getxattr(path, one))


def leaves(place: str, raw: bytes, depth: int = 0) -> Iterator[Leaf]:
    """What bytes hold, opened as far as they can be."""
    if depth > DEPTH:
        yield Leaf(place, b"", "too deep")
    elif raw[:2] == b"\x1f\x8b":
        yield from _gzip(place, raw, depth)
    elif raw[:4] in (b"PK\3\4", b"PK\5\6") or b"PK\5\6" in raw[-ENDING:]:
        yield from _zip(place, raw, depth)
    elif raw[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _png(place, raw, depth)
    elif raw[:3] == b"\xff\xd8\xff":
        yield from _jpeg(place, raw, depth)
    elif raw[:5] == b"%PDF-":
        yield from _pdf(place, raw, depth)
    elif raw.startswith(CLOSED):
        yield Leaf(place, raw, "packed")
    else:
        yield Leaf(place, raw)


# --- gzip, zip -------------------------------------------------------------------------------


def _gzip(place: str, raw: bytes, depth: int) -> Iterator[Leaf]:
    """Each member's name, comment and content; what stands behind the last."""
    while raw[:2] == b"\x1f\x8b":
        squeeze = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            inside = squeeze.decompress(raw, MOST)
        except zlib.error:
            yield Leaf(place, raw, "broken")
            return
        if not squeeze.eof:
            yield Leaf(place, raw, "broken" if len(inside) < MOST else "too large")
            return
        used = len(raw) - len(squeeze.unused_data)
        if (
            raw[3] & 0b11100
        ):  # it has a name, a comment or more: they stand between head and content
            yield Leaf(place, raw[10 : min(used, 1 << 16)])
        yield from leaves(f"{place}!", inside, depth + 1)
        raw = squeeze.unused_data
    if raw:
        yield from leaves(f"{place}!behind", raw, depth + 1)


def _zip(place: str, raw: bytes, depth: int) -> Iterator[Leaf]:
    """The entries' names, extra fields, comments and contents, and what lies between them."""
    if (found := _list(raw)) is None:
        yield Leaf(place, raw, "broken")
        return
    entries, comment, listed = found
    yield Leaf(f"{place}!", b"\n".join([comment, *(part for e in entries for part in (e.orig_filename.encode(errors="replace"), e.extra, e.comment))]))  # fmt: skip
    at = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        head, inside = entry.header_offset, f"{place}!{entry.filename}"
        if head > at:
            yield Leaf(f"{place}!between", raw[at:head])
        if raw[head : head + 4] != b"PK\3\4" or head < at or entry.flag_bits & 1:
            yield Leaf(inside, b"", "encrypted" if entry.flag_bits & 1 else "broken")
            return
        name, extra = struct.unpack_from("<2H", raw, head + 26)
        begin = head + 30 + name + extra
        at = begin + entry.compress_size
        if raw[head + 30 : begin] != entry.orig_filename.encode(errors="replace"):
            yield Leaf(inside, raw[head + 30 : begin])  # it says more, or otherwise, than the list
        yield from _entry(inside, raw[begin:at], entry.compress_type, depth)
    if listed > at:
        yield Leaf(f"{place}!between", raw[at:listed])
    end = raw.rfind(b"PK\5\6") + 22 + len(comment)
    if end < len(raw):
        yield Leaf(f"{place}!behind", raw[end:])


def parts(raw: bytes) -> dict[str, bytes]:
    """The parts of a package by name, as far as they can be opened."""
    found: dict[str, bytes] = {}
    entries = listed[0] if (listed := _list(raw)) else ()  # who looks for words in it tells why
    for entry in entries:
        head = raw[entry.header_offset + 26 : entry.header_offset + 30]
        if len(head) == 4:
            begin = entry.header_offset + 30 + sum(struct.unpack("<2H", head))
            packed = raw[begin : begin + entry.compress_size]
            found[entry.filename] = packed if not entry.compress_type else _inflated(packed) or b""
    return found


@lru_cache(maxsize=32)  # each is asked for twice, and so are the packages in it
def _list(raw: bytes) -> tuple[tuple[zipfile.ZipInfo, ...], bytes, int] | None:
    """The entries of a package, its comment, and where that list begins; None where it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return tuple(package.infolist()), package.comment, package.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        return None


def _entry(place: str, packed: bytes, kind: int, depth: int) -> Iterator[Leaf]:
    if kind == zipfile.ZIP_STORED:
        yield from leaves(place, packed, depth + 1)
    elif kind == zipfile.ZIP_DEFLATED and (inside := _inflated(packed)) is not None:
        yield from leaves(place, inside, depth + 1)
    else:
        yield Leaf(place, b"", "packed" if kind != zipfile.ZIP_DEFLATED else "broken")


@lru_cache(maxsize=1024)  # parts of templates are the same in all files
def _inflated(packed: bytes) -> bytes | None:
    """What was deflated; None where it is broken, too large, or hides something behind its end."""
    squeeze = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inside = squeeze.decompress(packed, MOST)
    except zlib.error:
        return None
    return inside if squeeze.eof and not squeeze.unused_data else None


# --- pictures, PDF ---------------------------------------------------------------------------


def _png(place: str, raw: bytes, depth: int) -> Iterator[Leaf]:
    """What a PNG says beside its pixels."""
    at, pixels = 8, []
    while at + 12 <= len(raw):
        (length,), kind = struct.unpack_from(">I", raw, at), raw[at + 4 : at + 8]
        content, at = raw[at + 8 : at + 8 + length], at + 12 + length
        if kind == b"IDAT":
            pixels.append(content)
        elif kind in (b"zTXt", b"iTXt", b"iCCP"):
            yield Leaf(f"{place}!{kind.decode()}", content)
            yield from _deflated(f"{place}!{kind.decode()}", content, depth)
        elif kind not in PICTURE:
            yield Leaf(f"{place}!{kind.decode('ascii', 'replace')}", content)
        if kind == b"IEND":
            break
    if raw[at:]:
        yield from leaves(f"{place}!behind", raw[at:], depth + 1)
    if (rest := _behind(b"".join(pixels))) is None:
        yield Leaf(f"{place}!pixels", b"", "broken")
    elif rest:
        yield from leaves(f"{place}!pixels", rest, depth + 1)


@lru_cache(maxsize=256)
def _behind(packed: bytes) -> bytes | None:
    """What stands behind the end of what was deflated; None where it is broken."""
    squeeze = zlib.decompressobj()
    try:
        squeeze.decompress(packed, MOST)
    except zlib.error:
        return None
    return squeeze.unused_data if squeeze.eof else None


def _deflated(place: str, content: bytes, depth: int) -> Iterator[Leaf]:
    """The deflated text in a chunk, behind its keyword."""
    for begin in (m.start() for m in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content)):
        try:
            yield from leaves(place, zlib.decompressobj().decompress(content[begin:], MOST), depth + 1)  # fmt: skip
        except zlib.error:
            continue


def _jpeg(place: str, raw: bytes, depth: int) -> Iterator[Leaf]:
    """The segments of a JPEG that are no picture (EXIF, XMP, comments), and what is behind it."""
    at = 2
    while at + 4 <= len(raw) and raw[at] == 0xFF and raw[at + 1] != 0xDA:
        kind, (length,) = raw[at + 1], struct.unpack_from(">H", raw, at + 2)
        if kind >= 0xE0:  # what says how it is coded is below
            yield Leaf(f"{place}!{kind:02x}", raw[at + 4 : at + 2 + length])
        at += 2 + length
    end = raw.find(b"\xff\xd9", at)
    if end < 0:
        yield Leaf(f"{place}!behind", raw[at:])
    elif raw[end + 2 :]:
        yield from leaves(f"{place}!behind", raw[end + 2 :], depth + 1)


def _pdf(place: str, raw: bytes, depth: int) -> Iterator[Leaf]:
    """A PDF as it is written, and its streams."""
    yield from _written(place, raw)
    for number, found in enumerate(PDF_STREAM.finditer(raw)):
        try:
            inside = zlib.decompressobj().decompress(found[1], MOST)
        except zlib.error:
            continue  # it was searched as it is
        yield from leaves(f"{place}!{number}", inside, depth + 1)
        yield from _written(f"{place}!{number}", inside)


def _written(place: str, raw: bytes) -> Iterator[Leaf]:
    """The words of a PDF, also where its letters are set apart or written as numbers."""
    yield Leaf(place, raw)
    yield Leaf(place, PDF_SHIFTED.sub(b"", raw))
    for found in PDF_HEX.finditer(raw):
        digits = re.sub(rb"\s", b"", found[1])
        yield Leaf(place, bytes.fromhex(digits[: len(digits) // 2 * 2].decode()))
