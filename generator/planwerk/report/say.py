"""Writing to a stream that may not be able to show every sign."""

from __future__ import annotations

import sys
from typing import TextIO


def say(words: str, to: TextIO | None = None) -> None:
    """Write words; consoles that cannot show a sign get its nearest plain one."""
    stream = to or sys.stdout
    try:
        stream.write(words)
    except UnicodeEncodeError:
        plain = words.replace("│", "|").replace("…", "...").replace("„", '"').replace("“", '"')
        encoding = stream.encoding or "ascii"
        stream.write(plain.encode(encoding, "replace").decode(encoding))
    stream.flush()
