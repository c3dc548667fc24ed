"""A picture of a foreign template without what it tells of its making."""

from __future__ import annotations

import struct

from planwerk.painted import TooManyPixelsError, painted

MOST = 50_000_000
"""How many pixels a ground or a photograph of a template may have."""


def bare(ending: str, raw: bytes) -> tuple[str, bytes] | None:
    """Its ending and its bytes; None for what is not what its ending says, or of another kind."""
    try:
        match ending:
            case ".png" | ".jpg" | ".jpeg":
                found = painted(raw, MOST)
                return (found.kind, found.data) if found else None
            case ".gif":
                return ("gif", raw) if raw.startswith(b"GIF8") and b"!\xfe" not in raw else None
            case ".emf":
                return ("emf", _emf(raw)) if raw[40:44] == b" EMF" else None
            case ".wmf":
                return ("wmf", raw) if raw.startswith(b"\xd7\xcd\xc6\x9a") else None
            case _:
                return None
    except (struct.error, IndexError, TooManyPixelsError):
        return None


def _emf(raw: bytes) -> bytes:
    """The description, which names the program and the drawing, is blanked."""
    letters, at = struct.unpack("<II", raw[60:68])
    end = at + 2 * letters
    return raw[:at] + bytes(end - at) + raw[end:] if letters and 88 <= at < end <= len(raw) else raw
