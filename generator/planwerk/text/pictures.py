"""Pictures that texts show: PNG and JPEG files, looked through and without what they tell of their making.

A picture is put together anew from what makes its pixels, each part as long as its kind is: what
says where, when and with what it was made is left out, and nothing can lie behind or between. The
coded pixels stay as they are: no picture loses by it, and the same file always gives the same bytes,
whatever library is there. Moving ones show their first picture.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

NAME = re.compile(r"(?i)[^/\\]+\.(png|jpe?g)")
"""What a picture's file is called."""
MAX_PICTURE = 2 << 20
MAX_PIXELS = 12_000_000
PNG = b"\x89PNG\r\n\x1a\n"
KEPT = {b"IHDR": 13, b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"PLTE": 0, b"tRNS": 0, b"IDAT": 0, b"IEND": 0}  # fmt: skip
"""The chunks of a PNG that make its picture, with their length where that is fixed; all others
tell of it."""
CLEAR = {0: 2, 2: 6}
"""How long tRNS is, by PNG's kind of colours; that of a palette has a byte a colour at most."""
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel, by PNG's kind of colours."""
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))  # fmt: skip
"""Where the passes of an interlaced PNG begin, and how far apart their pixels are."""
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of a JPEG that say how large it is."""
BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""The markers that nothing follows."""
CODED = FRAMES | {0xC4, 0xDA, 0xDB, 0xDD}
"""The markers of a JPEG that its pixels need: frames, tables, scans, restarts."""
INK = 16
"""How long what Adobe says of the colours is, with its marker."""
UPRIGHT = 1

Kind = Literal["png", "jpeg"]
Fault = Literal["picture-broken", "picture-too-large", "picture-turned"]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as outputs may hold it; `width` and `height` in pixels."""

    kind: Kind
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Unfit:
    """What is wrong with a picture's file: the rule, and what was found."""

    rule: Fault
    found: str = ""


class _BrokenError(Exception):
    """The file is not what its beginning says."""


def located(folder: str, target: str) -> str | None:
    """The name below the account's folder that `target` means in a text of a file in `folder`
    ("" for the account's own); None if it leads elsewhere or to no picture."""
    name = unquote(target)
    if "\\" in name or "\x00" in name or name.startswith("/") or re.match(r"[\w+.-]+:", name):
        return None
    name = posixpath.normpath(posixpath.join(folder, name))
    return name if not name.startswith("../") and NAME.fullmatch(posixpath.basename(name)) else None


def read_picture(raw: bytes) -> PictureFile | Unfit:
    """The picture that a file holds, or why it is not fit for an output."""
    if len(raw) > MAX_PICTURE:
        return Unfit("picture-too-large", f"{len(raw) >> 10} KiB")
    try:
        if raw.startswith(PNG):
            return _png(raw)
        if raw.startswith(b"\xff\xd8\xff"):
            return _jpeg(raw)
    except (_BrokenError, struct.error, zlib.error, IndexError, ValueError):
        pass
    return Unfit("picture-broken")


def _too_many(width: int, height: int) -> Unfit | None:
    if not width or not height:
        raise _BrokenError
    return Unfit("picture-too-large", f"{width} × {height}") if width * height > MAX_PIXELS else None  # fmt: skip


# --- PNG -------------------------------------------------------------------------------------


def _png(raw: bytes) -> PictureFile | Unfit:
    chunks = [(name, data) for name, data in _chunks(raw) if name in KEPT]
    names = [name for name, _ in chunks]
    if names[0] != b"IHDR" or names[-1] != b"IEND" or names.count(b"IHDR") != 1:
        raise _BrokenError
    width, height, depth, color, squeezed, filtered, interlaced = struct.unpack(">2I5B", chunks[0][1])  # fmt: skip
    if depth not in DEPTHS.get(color, ()) or squeezed or filtered or interlaced > 1:
        raise _BrokenError
    if color == 3 and b"PLTE" not in names:
        raise _BrokenError
    if unfit := _too_many(width, height):
        return unfit
    pixels = b"".join(data for name, data in chunks if name == b"IDAT")
    count, behind = _length(pixels)
    if count != _expected(width, height, depth * SAMPLES[color], bool(interlaced)):
        raise _BrokenError
    once = dict(reversed(chunks))  # of two of a kind the first counts
    once[b"IDAT"] = pixels[: len(pixels) - behind]
    if not _fitting(once, color):
        raise _BrokenError
    found = b"".join(_chunk(name, once[name]) for name in KEPT if name in once)
    return PictureFile("png", width, height, PNG + found)


def _fitting(chunks: Mapping[bytes, bytes], color: int) -> bool:
    """Whether every chunk is as long as its kind is: what is longer holds something else."""
    colors, clear = len(chunks.get(b"PLTE", b"")), len(chunks.get(b"tRNS", b""))
    fixed = all(len(data) == KEPT[name] for name, data in chunks.items() if KEPT[name])
    most = CLEAR.get(color, 0) if color != 3 else colors // 3
    return fixed and not chunks[b"IEND"] and not colors % 3 and colors <= 768 and clear <= most


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG up to its end; what follows is not of it."""
    at, name = len(PNG), b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", raw, at)
        data = raw[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", raw, at + 8 + size)
        if check != zlib.crc32(name + data):
            raise _BrokenError
        yield name, data
        at += 12 + size


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _length(pixels: bytes) -> tuple[int, int]:
    """How many bytes the pixels are, and how many lie behind them; counted piece by piece, for
    little may unpack to much."""
    unpack, left, count = zlib.decompressobj(), pixels, 0
    while not unpack.eof:
        piece = unpack.decompress(left, 1 << 18)
        left = unpack.unconsumed_tail
        count += len(piece)
        if not (piece or left) or count > 9 * MAX_PIXELS:
            raise _BrokenError
    return count, len(unpack.unused_data)


def _expected(width: int, height: int, bits: int, interlaced: bool) -> int:
    """How many bytes so many pixels of so many bits are, with one byte a line for its filter."""
    if not interlaced:
        return (1 + (width * bits + 7) // 8) * height
    sizes = ((-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in PASSES)
    return sum((1 + (w * bits + 7) // 8) * h for w, h in sizes if w > 0 and h > 0)


# --- JPEG ------------------------------------------------------------------------------------


def _jpeg(raw: bytes) -> PictureFile | Unfit:
    out, at, size, scans, inked = [b"\xff\xd8", JFIF], 2, None, 0, False
    while True:
        while raw[at] == 0xFF and raw[at + 1] == 0xFF:  # markers may be filled up
            at += 1
        if raw[at] != 0xFF:
            raise _BrokenError
        marker = raw[at + 1]
        if marker == 0xD9:
            break
        if marker in BARE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", raw, at + 2)
        end = at + 2 + length
        part = raw[at:end]
        if length < 2 or len(part) != length + 2:
            raise _BrokenError
        if marker == 0xE1 and _turn(part[4:]) != UPRIGHT:
            return Unfit("picture-turned")
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", part, 5)
            size = (width, height)
        if marker == 0xEE and part[4:9] == b"Adobe" and len(part) >= INK and not inked:
            inked = True
            out.append(b"\xff\xee\x00\x0e" + part[4:INK])
        elif marker in CODED:
            if not _exact(marker, part[4:]):
                raise _BrokenError
            out.append(part)
        at = end
        if marker == 0xDA:
            scans += 1
            at = _scan_end(raw, end)
            out.append(raw[end:at])
    if size is None or not scans:
        raise _BrokenError
    if inked:  # what Adobe says of the colours, JFIF would contradict
        del out[1]
    if unfit := _too_many(*size):
        return unfit
    return PictureFile("jpeg", *size, b"".join([*out, b"\xff\xd9"]))


def _exact(marker: int, body: bytes) -> bool:
    """Whether a part of a JPEG is as long as what it says it holds."""
    if marker in FRAMES:
        return len(body) == 6 + 3 * body[5]
    if marker == 0xDA:
        return len(body) == 4 + 2 * body[0]
    if marker == 0xDD:
        return len(body) == 2
    at = 0
    while at < len(body):  # several tables: of quantities, or of codes
        at += 65 + 64 * (body[at] >> 4) if marker == 0xDB else 17 + sum(body[at + 1 : at + 17])
    return at == len(body)


def _scan_end(raw: bytes, at: int) -> int:
    """Where the coded pixels end that begin here: before a marker that is none of theirs."""
    while True:
        at = raw.index(b"\xff", at)
        if raw[at + 1] == 0 or raw[at + 1] in BARE:
            at += 2
        elif raw[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _turn(exif: bytes) -> int:
    """How the camera was held, as Exif numbers it; 1 for upright, and where nothing says it."""
    if exif[:6] != b"Exif\x00\x00":
        return UPRIGHT
    order = {b"II": "<", b"MM": ">"}.get(exif[6:8])
    if order is None:
        return UPRIGHT
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 10)
        (count,) = struct.unpack_from(f"{order}H", exif, 6 + start)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, 8 + start + 12 * number)
            if (tag, kind) == (0x0112, 3):
                return int(value) if 1 <= value <= 8 else UPRIGHT
    except struct.error:
        pass
    return UPRIGHT
