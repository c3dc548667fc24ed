"""A picture of a foreign template without what it tells of its making."""

from __future__ import annotations

import struct

PNG = b"\x89PNG\r\n\x1a\n"
SHOWN = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND")
"""The chunks of a PNG that make its picture."""
COLORS = {0xE0, 0xE2, 0xEE}
"""The segments of a JPEG for programs that say how its colours are meant."""


def bare(ending: str, raw: bytes) -> tuple[str, bytes] | None:
    """Its ending and its bytes; None for what is not what its ending says, or of another kind."""
    try:
        match ending:
            case ".png":
                return ("png", _png(raw)) if raw.startswith(PNG) else None
            case ".jpg" | ".jpeg":
                return ("jpeg", _jpeg(raw)) if raw.startswith(b"\xff\xd8\xff") else None
            case ".gif":
                return ("gif", raw) if raw.startswith(b"GIF8") and b"!\xfe" not in raw else None
            case ".emf":
                return ("emf", _emf(raw)) if raw[40:44] == b" EMF" else None
            case ".wmf":
                return ("wmf", raw) if raw.startswith(b"\xd7\xcd\xc6\x9a") else None
            case _:
                return None
    except (struct.error, IndexError):
        return None


def _png(raw: bytes) -> bytes:
    out, at = [PNG], len(PNG)
    while at < len(raw):
        size, kind = struct.unpack(">I4s", raw[at : at + 8])
        if kind in SHOWN:
            out.append(raw[at : at + size + 12])
        at += size + 12
    return b"".join(out)


def _jpeg(raw: bytes) -> bytes:
    out, at = [raw[:2]], 2
    while raw[at + 1] != 0xDA:
        kind, (size,) = raw[at + 1], struct.unpack(">H", raw[at + 2 : at + 4])
        for_programs = 0xE0 <= kind <= 0xEF or kind == 0xFE
        if not for_programs or kind in COLORS:
            out.append(raw[at : at + size + 2])
        at += size + 2
    return b"".join((*out, raw[at:]))


def _emf(raw: bytes) -> bytes:
    """The description, which names the program and the drawing, is blanked."""
    letters, at = struct.unpack("<II", raw[60:68])
    end = at + 2 * letters
    return raw[:at] + bytes(end - at) + raw[end:] if letters and 88 <= at < end <= len(raw) else raw
