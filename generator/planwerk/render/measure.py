"""How wide a text will be: advance widths of the office and the portal font, shipped as data.

`widths.json` holds thousandths of the type size by character: `regular` and `bold` measured once
from Carlito (metric-compatible with Calibri), `arial` and `times` with their bold ones from Liberation
Sans and Serif (of the widths of Arial and Times New Roman), `screen` and `screen-bold` read once with fontTools
from the files of weight 400 and 600 of the fonts in `themes/*/fonts` (`hmtx` of every character of
the `cmap`, by the units per em, rounded up; of several fonts the widest). Kerning is left out: it only draws letters closer.
A character that is not there counts as one em, because shapes and foreign letters come from wider
fonts; on screens a letter with a mark as a fifth more than the letter alone.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

from planwerk.render.fonts import Family

Face = Literal["regular", "bold", "arial", "arial-bold", "times", "times-bold", "screen", "screen-bold"]  # fmt: skip
FACES: Mapping[Family, tuple[Face, Face]] = {
    "calibri": ("regular", "bold"), "arial": ("arial", "arial-bold"), "times": ("times", "times-bold"),
}  # fmt: skip
"""A family's faces: regular and bold."""


class Widths(dict[str, int]):
    """Thousandths of the type size by character; one em for those that are not there."""

    def __missing__(self, letter: str) -> int:
        return 1000


@lru_cache(maxsize=8)
def _table(face: Face) -> Widths:
    found: dict[str, dict[str, int]] = json.loads(
        Path(__file__).with_name("widths.json").read_text("utf-8")
    )
    return Widths(found[face])


@lru_cache(maxsize=16384)
def width(words: str, size: float, bold: bool = False, family: Family = "calibri") -> float:
    """The width of one line in points at `size` points."""
    table = _table(FACES[family][bold])
    return sum(map(table.__getitem__, words)) * size / 1000


@lru_cache(maxsize=16384)
def on_screen(words: str, size: float, bold: bool = False) -> float:
    """The width of one line in the portal's font in pixels at `size` pixels."""
    table = _table("screen-bold" if bold else "screen")
    return sum(table[c] if c in table else _foreign(c, table) for c in words) * size / 1000


def _foreign(letter: str, table: Widths) -> int:
    """A letter with a mark that the portal's font lacks comes from another one, a little wider."""
    base = table.get(unicodedata.normalize("NFD", letter)[0])
    return min(1000, base * 6 // 5) if base else 1000


def fitted(words: str, size: float, room: float, bold: bool = False) -> str:
    """`words` on one line of at most `room` pixels, cut with an ellipsis where they are longer."""
    if on_screen(words, size, bold) <= room:
        return words
    kept = words
    while kept and on_screen(kept + "…", size, bold) > room:
        kept = kept[:-1].rstrip(" ,;–-")
    return kept + "…" if kept else ""


def wrapped(words: str, size: float, room: float, most: int, bold: bool = False) -> tuple[str, ...]:
    """`words` on at most `most` lines of `room` pixels, broken at spaces and hyphens.

    A word that is wider than the room is broken with a hyphen; what does not fit ends in an
    ellipsis.
    """
    lines: list[str] = []
    left = words.strip()
    while left:
        if len(lines) == most - 1 or on_screen(left, size, bold) <= room:
            lines.append(fitted(left, size, room, bold))
            break
        head, left = _first_line(left, size, room, bold)
        lines.append(head)
    return tuple(lines)


def _first_line(words: str, size: float, room: float, bold: bool) -> tuple[str, str]:
    """The longest beginning that fits, and what is left; always takes at least one letter."""
    breaks = [i for i, c in enumerate(words) if c == " "]
    breaks += [i + 1 for i, c in enumerate(words) if c in "-/" and 0 < i < len(words) - 2]
    for i in sorted(breaks, reverse=True):
        if on_screen(words[:i], size, bold) <= room:
            return words[:i].rstrip(), words[i:].lstrip()
    count = max(1, next(n for n in range(len(words), -1, -1) if not n or on_screen(words[:n] + "-", size, bold) <= room))  # fmt: skip
    return words[:count] + "-", words[count:]


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


def cut(words: str, size: float, room: float, most: int, bold: bool = False) -> str:
    """`words`, or as many of them as stand on `most` lines of `room` points, with an ellipsis."""
    if lines(words, size, room, bold) <= most:
        return words

    def fits(said: str) -> bool:
        return lines(said, size, room, bold) <= most

    single = words.split(" ")
    kept = bisect_left(range(1, len(single)), True, key=lambda n: not fits(" ".join(single[:n]) + " …"))  # fmt: skip
    head, letters = " ".join(single[:kept]), single[kept]
    if head and width(letters, size, bold) <= room:
        return head + " …"
    head += " " if head else ""  # the next word is wider than a line, and is broken anyway
    kept = bisect_left(range(len(letters)), True, key=lambda n: not fits(head + letters[: n + 1] + "…"))  # fmt: skip
    return head + letters[:kept] + "…"


def longest_word(words: str, size: float, bold: bool = False) -> float:
    """The width in points of the widest piece that cannot be broken."""
    return max((width(word, size, bold) for word in words.split()), default=0.0)


def shared_out(least: Sequence[float], room: float) -> list[float]:
    """Widths of columns whose longest words have no room side by side: narrow columns keep what
    they need, the others get the same and break their words."""
    out, left = dict.fromkeys(range(len(least)), 0.0), room
    for place, index in enumerate(sorted(out, key=lambda i: least[i])):
        out[index] = min(least[index], left / (len(least) - place))
        left -= out[index]
    return [*out.values()]
