"""How wide a text will be: advance widths of the office font's metric twin, shipped as data.

`widths.json` holds thousandths of the type size by character, measured once from Carlito
(metric-compatible with Calibri). A character that is not there counts as one em, because
shapes and foreign letters come from wider fonts.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=2)
def _table(bold: bool) -> dict[str, int]:
    found: dict[str, dict[str, int]] = json.loads(
        Path(__file__).with_name("widths.json").read_text("utf-8")
    )
    return found["bold" if bold else "regular"]


@lru_cache(maxsize=16384)
def width(words: str, size: float, bold: bool = False) -> float:
    """The width of one line in points at `size` points."""
    table = _table(bold)
    return sum(table.get(c, 1000) for c in words) * size / 1000


def lines(words: str, size: float, room: float, bold: bool = False) -> int:
    """How many lines `words` take in `room` points, breaking at spaces and hyphens.

    A single word that is wider than the room counts for the lines it would be broken into.
    """
    count, used = 1, 0.0
    space = width(" ", size, bold)
    for word in words.replace("-", "- ").split(" "):
        if not word:
            continue
        wide = width(word, size, bold)
        gap = space if used and not words.startswith(word) else 0.0
        if used and used + gap + wide > room:
            count, used, gap = count + 1, 0.0, 0.0
        if wide > room:
            extra = int(wide / room)
            count, wide = count + extra, wide - extra * room
        used += gap + wide
    return count


def longest_word(words: str, size: float, bold: bool = False) -> float:
    """The width in points of the widest piece that cannot be broken."""
    return max((width(word, size, bold) for word in words.split()), default=0.0)
