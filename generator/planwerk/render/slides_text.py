"""Text on slides: runs, the typographic pass, measuring and fitting.

Office does not tell how tall a text will be, so every size is chosen here from the widths of the
font's metric twin. It is the font of the deck that is being drawn (`measured_in`): all that measures
on a slide means the same one, so it is not handed through each drawing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache

from planwerk import blocks as b
from planwerk.render.fonts import CALIBRI, Family, Font
from planwerk.render.measure import width

NBSP = "\u00a0"
PT = 28.3465
"""Points in a centimetre."""
MONO = 0.55
"""The advance of the monospaced font as a share of its size."""
STEP = 0.5
SMALLEST = 11.5
WORD = 16
"""Letters of a word that may be lost where a text is cut, so that what stands is whole words."""

_FONT: ContextVar[Font] = ContextVar("font", default=CALIBRI)
_UNIT = re.compile(
    r"(?<=\d) (?=(?:%|€|EUR|Tsd|Mio|Mrd|Std|Stunden|Min|Uhr|Tage|Wochen|hours|days|weeks)\b|%|€)"
)
_DAY = re.compile(
    r"(?<!\d)(\d{1,2}\.) (?=[A-ZÄÖÜ])|(?<!\d)(\d{1,2}) (?=(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b)"
)
"""A day and its month: "31. Dezember", "15 June"."""
_TITLE = re.compile(r"\b((?:KW|Dr\.|Prof\.|Nr\.|S\.|z\.|d\.|§|EUR|[A-ZÄÖÜ]\.)) (?=[\w])")
_PIECE = re.compile(r"(?<= )(?=\S)|(?<=[^\W\d]-)(?=\w)|(?<=/)(?=\w)")


@contextmanager
def measured_in(font: Font) -> Iterator[None]:
    """All that is measured inside is measured in this font."""
    token = _FONT.set(font)
    try:
        yield
    finally:
        _FONT.reset(token)


@lru_cache(maxsize=8192)
def typeset(words: str) -> str:
    """The words with no-break spaces where a line must not end."""
    words = _DAY.sub(lambda found: found[0][:-1] + NBSP, words) if " " in words else words
    return _TITLE.sub(rf"\1{NBSP}", _UNIT.sub(NBSP, words))


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one manner; `scale` is their size as a share of the paragraph's."""

    words: str
    bold: bool | None = None
    color: str = ""
    scale: float = 1.0
    mono: bool = False
    link: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph; `after` is the room below in points, `indent` in centimetres."""

    spans: tuple[Span, ...]
    after: float = 0.0
    bullet: str = ""
    """A sign, or a number such as "3." for an ordered item."""
    indent: float = 0.0
    align: str = ""


def para(
    words: str, color: str = "", scale: float = 1.0, bold: bool | None = None, after: float = 0.0
) -> Para:
    """A paragraph of one manner."""
    return Para((Span(words, bold, color, scale),), after)


CHANGES = {"added": "good", "removed": "muted"}
"""The colour of what came and what went in a compared text; a line says the same."""


def rich(content: b.Text, *, bold: bool = False, color: str = "") -> tuple[Span, ...]:
    """The spans of a block's text; emphasis is bold, for slides know no italics."""
    return tuple(
        Span(
            run.text,
            run.strong or run.emphasis or bold,
            CHANGES.get(run.change, color),
            1.0,
            run.code,
            run.link or "",
            run.change,
        )
        for run in content
    )


def words_of(paras: Sequence[Para]) -> str:
    """What the paragraphs say, for alt text and reports."""
    return " ".join("".join(span.words for span in p.spans) for p in paras).strip()


def span_size(span: Span, size: float) -> float:
    """The size a span has where its paragraph has `size`."""
    return size if span.scale == 1 else max(min(size, SMALLEST), round(size * span.scale * 2) / 2)


@lru_cache(maxsize=65536)
def _unit_width(words: str, bold: bool, mono: bool, family: Family) -> float:
    """The width of the words at 1 pt."""
    return len(words) * MONO if mono else width(words, 100, bold, family) / 100


def text_width(words: str, size: float, bold: bool = False) -> float:
    """The width of one line in centimetres, typeset."""
    font = _FONT.get()
    return _unit_width(typeset(words), bold, False, font.family) * font.scale * size / PT


@lru_cache(maxsize=16384)
def _pieces(words: str, bold: bool, mono: bool, family: Family) -> tuple[tuple[float, float], ...]:
    """For every unbreakable piece its width at 1 pt, without and with the blank after it."""
    found = []
    for piece in _PIECE.split(typeset(words)):
        solid = piece.rstrip(" ")
        found.append(
            (_unit_width(solid, bold, mono, family), _unit_width(piece, bold, mono, family))
        )
    return tuple(found)


def longest_word(paras: Sequence[Para], size: float, bold: bool = False) -> float:
    """The width in centimetres of the widest piece that cannot be broken."""
    widest, font = 0.0, _FONT.get()
    for p in paras:
        for span in p.spans:
            strong = bold if span.bold is None else span.bold
            own = span_size(span, size) * font.scale
            for solid, _ in _pieces(span.words, strong, span.mono, font.family):
                widest = max(widest, solid * own)
    return widest / PT


def line_count(spans: Sequence[Span], size: float, room: float, bold: bool = False) -> int:
    """On how many lines the spans stand in `room` points, breaking at blanks and hyphens."""
    count, used, font = 1, 0.0, _FONT.get()
    for span in spans:
        strong = bold if span.bold is None else span.bold
        own = span_size(span, size) * font.scale
        for line, part in enumerate(span.words.split("\n")):
            if line:
                count, used = count + 1, 0.0
            for solid, full in _pieces(part, strong, span.mono, font.family):
                if used and used + solid * own > room:
                    count, used = count + 1, 0.0
                if solid * own > room:
                    count += int(solid * own // room)
                used += full * own
    return count


def height(paras: Sequence[Para], size: float, room: float, bold: bool = False) -> float:
    """The height in centimetres of paragraphs in `room` centimetres of width."""
    if room <= 0.2:
        return float("inf")
    total, line = 0.0, _FONT.get().line
    for i, p in enumerate(paras):
        tallest = max((span_size(s, size) for s in p.spans), default=size)
        count = line_count(p.spans, size, (room - p.indent) * PT - 1, bold)
        total += count * tallest * line
        if i < len(paras) - 1:
            total += p.after
    return total / PT


@dataclass(frozen=True, slots=True)
class Place:
    """Paragraphs with the room they have, for fitting siblings at one size."""

    paras: tuple[Para, ...]
    w: float
    h: float
    bold: bool = False


def fits(place: Place, size: float) -> bool:
    """Whether the place holds its paragraphs at that size with every word in one piece."""
    return height(place.paras, size, place.w, place.bold) <= place.h + 0.03


def fit(places: Sequence[Place], largest: float, smallest: float) -> float:
    """The largest size at which all places hold their text; `smallest` where none does.

    Words should not be cut, so a size at which one is wider than its place is passed over
    while a smaller one is allowed.
    """
    size = largest
    while size > smallest:
        whole = all(longest_word(p.paras, size, p.bold) <= p.w - 0.05 for p in places)
        if whole and all(fits(p, size) for p in places):
            return size
        size -= STEP
    return smallest


def shortened(place: Place, size: float) -> tuple[Para, ...]:
    """The paragraphs as far as the place holds them at that size, with an ellipsis where they end.

    Words are kept whole where more than a few letters would be lost by it."""
    whole = words_of(place.paras)

    def kept(count: int) -> tuple[Para, ...]:
        out: list[Para] = []
        left = count
        for p in place.paras:
            spans = []
            for span in p.spans:
                taken = span.words[: max(left, 0)]
                left -= len(span.words)
                if left < 0:
                    head = taken.rpartition(" ")[0]
                    taken = (head if len(taken) - len(head) < WORD else taken).rstrip(
                        " ,;:–-\n"
                    ) + "…"
                spans.append(replace(span, words=taken))
                if left < 0:
                    return (*out, replace(p, spans=tuple(spans)))
            out.append(p)
        return tuple(out)

    count = bisect_left(range(len(whole)), True, key=lambda n: not fits(replace(place, paras=kept(n)), size))  # fmt: skip
    return kept(max(count - 1, 0))


def soften(words: str, size: float, room: float, bold: bool, mono: bool = False) -> str:
    """The words with a hyphen inside each piece that is wider than `room` points."""
    font = _FONT.get()
    wide = size * font.scale
    if all(solid * wide <= room for solid, _ in _pieces(words, bold, mono, font.family)):
        return words
    out = []
    for piece in _PIECE.split(words):
        rest = piece
        while (
            _unit_width(rest.rstrip(" "), bold, mono, font.family) * wide > room and len(rest) > 8
        ):
            cut = len(rest) - 5
            while cut > 3 and _unit_width(rest[:cut] + "-", bold, mono, font.family) * wide > room:
                cut -= 1
            out.append(rest[:cut] + "-")
            rest = rest[cut:]
        out.append(rest)
    return "".join(out)
