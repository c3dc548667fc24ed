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
STEP, SLACK = 0.5, 0.03
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


def scaled(scale: float, size: float) -> float:
    """The size of a span of that scale where its paragraph has `size`."""
    return size if scale == 1 else max(min(size, SMALLEST), round(size * scale * 2) / 2)


@lru_cache(maxsize=65536)
def _unit_width(words: str, bold: bool, mono: bool, family: Family) -> float:
    """The width of the words at 1 pt."""
    return len(words) * MONO if mono else width(words, 100, bold, family) / 100


def unit_width(words: str, bold: bool = False) -> float:
    """The width of one line in points at 1 pt, typeset, in the font of the deck."""
    font = _FONT.get()
    return _unit_width(typeset(words), bold, False, font.family) * font.scale


def text_width(words: str, size: float, bold: bool = False) -> float:
    """The width of one line in centimetres, typeset."""
    return unit_width(words, bold) * size / PT


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


@lru_cache(maxsize=16384)
def _widest(words: str, bold: bool, mono: bool, family: Family) -> float:
    """The width at 1 pt of the widest unbreakable piece."""
    return max((solid for solid, _ in _pieces(words, bold, mono, family)), default=0.0)


@dataclass(frozen=True, slots=True)
class Words:
    """A span measured once: widths are those at 1 pt in the deck's font."""

    scale: float
    lines: tuple[tuple[tuple[float, float], ...], ...]
    """Its unbreakable pieces by line, each without and with the blank after it."""
    longest: float
    whole: float
    """As one line; 0 where it has line breaks of its own."""


@dataclass(frozen=True, slots=True)
class Said:
    """Paragraphs measured once, which say at any size what room they take."""

    paras: tuple[tuple[tuple[Words, ...], float, float], ...]
    """The words of each, its indent in centimetres and the room below it in points."""
    line: float
    """A line's height as a share of the size."""

    def longest(self, size: float) -> float:
        """The width in centimetres of the widest piece that cannot be broken."""
        widest = 0.0
        for spans, _, _ in self.paras:
            for one in spans:
                widest = max(widest, one.longest * scaled(one.scale, size))
        return widest / PT

    def height(self, size: float, room: float) -> float:
        """The height in centimetres in `room` centimetres of width."""
        if room <= 0.2:
            return float("inf")
        total, last = 0.0, len(self.paras) - 1
        for i, (spans, indent, after) in enumerate(self.paras):
            free = (room - indent) * PT - 1
            if len(spans) == 1:  # one manner, and mostly one line
                tallest = scaled(spans[0].scale, size)
                one_line = 0 < spans[0].whole * tallest < free
                count = 1 if one_line else _line_count(spans, size, free)
            else:
                tallest = max((scaled(one.scale, size) for one in spans), default=size)
                count = _line_count(spans, size, free)
            total += count * tallest * self.line
            if i < last:
                total += after
        return total / PT


def _line_count(spans: Sequence[Words], size: float, room: float) -> int:
    count, used = 1, 0.0
    for span in spans:
        own = scaled(span.scale, size)
        for number, pieces in enumerate(span.lines):
            if number:
                count, used = count + 1, 0.0
            for solid, full in pieces:
                if used and used + solid * own > room:
                    count, used = count + 1, 0.0
                if solid * own > room:
                    count += int(solid * own // room)
                used += full * own
    return count


def said(paras: Sequence[Para], bold: bool = False) -> Said:
    """The paragraphs measured in the font of the deck; `bold` where a span does not say."""
    return _said(tuple(paras), bold, _FONT.get())


@lru_cache(maxsize=16384)
def _said(paras: tuple[Para, ...], bold: bool, font: Font) -> Said:
    measured = []
    for p in paras:
        spans = tuple(_words(span, bold if span.bold is None else span.bold, font) for span in p.spans)  # fmt: skip
        measured.append((spans, p.indent, p.after))
    return Said(tuple(measured), font.line)


def _words(span: Span, bold: bool, font: Font) -> Words:
    split = span.words.split("\n") if "\n" in span.words else (span.words,)
    lines = tuple(
        tuple((solid * font.scale, full * font.scale) for solid, full in _pieces(part, bold, span.mono, font.family))
        for part in split
    )  # fmt: skip
    longest = max((solid for pieces in lines for solid, _ in pieces), default=0.0)
    whole = sum(full for _, full in lines[0]) if len(lines) == 1 else 0.0
    return Words(span.scale, lines, longest, whole)


def longest_word(paras: Sequence[Para], size: float, bold: bool = False) -> float:
    """The width in centimetres of the widest piece that cannot be broken."""
    return said(paras, bold).longest(size)


def line_count(spans: Sequence[Span], size: float, room: float, bold: bool = False) -> int:
    """On how many lines the spans stand in `room` points, breaking at blanks and hyphens."""
    return _line_count(said((Para(tuple(spans)),), bold).paras[0][0], size, room)


def height(paras: Sequence[Para], size: float, room: float, bold: bool = False) -> float:
    """The height in centimetres of paragraphs in `room` centimetres of width."""
    return said(paras, bold).height(size, room)


@dataclass(frozen=True, slots=True)
class Place:
    """Paragraphs with the room they have, for fitting siblings at one size."""

    paras: tuple[Para, ...]
    w: float
    h: float
    bold: bool = False


def fits(place: Place, size: float) -> bool:
    """Whether the place holds its paragraphs at that size with every word in one piece."""
    return height(place.paras, size, place.w, place.bold) <= place.h + SLACK


def fit(places: Sequence[Place], largest: float, smallest: float) -> float:
    """The largest size at which all places hold their text; `smallest` where none does.

    Words should not be cut, so a size at which one is wider than its place is passed over
    while a smaller one is allowed.
    """
    measured = [(said(p.paras, p.bold), p) for p in places]
    size = largest
    while size > smallest:
        whole = all(one.longest(size) <= p.w - 0.05 for one, p in measured)
        if whole and all(one.height(size, p.w) <= p.h + SLACK for one, p in measured):
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


def on_one_line(words: str, size: float, room: float, sign: str = " · ") -> str:
    """The words as they stand on a line `room` centimetres wide: the longest of the parts that
    `sign` stands between is cut."""
    if text_width(words, size) <= room:
        return words
    parts = words.split(sign)
    longest = max(range(len(parts)), key=lambda n: text_width(parts[n], size))
    left = room - text_width(words, size) + text_width(parts[longest], size)
    line = height((para("x"),), size, max(left, 1.0))
    parts[longest] = words_of(shortened(Place((para(parts[longest]),), max(left, 1.0), line), size))
    return sign.join(parts)


def soften(words: str, size: float, room: float, bold: bool, mono: bool = False) -> str:
    """The words with a hyphen inside each piece that is wider than `room` points."""
    font = _FONT.get()
    wide = size * font.scale
    if _widest(words, bold, mono, font.family) * wide <= room:
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
