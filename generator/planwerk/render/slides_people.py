"""Who does what by when, dates in order, people's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from planwerk import blocks as b
from planwerk.render.lower import dated_table
from planwerk.render.slides_area import NARROW, Area, evenly, share_out
from planwerk.render.slides_draw import LEVELS, WHITE, Draw, Look, Pen, side_colors, status_span
from planwerk.render.slides_table import plates as table_plates
from planwerk.render.slides_text import (
    SMALLEST,
    Para,
    Place,
    Span,
    fit,
    height,
    para,
    text_width,
)

GAP = 0.6
PER_COLUMN = 7
ACROSS = 4
ALONE = 8.0
"""A band higher than this has the slide to itself."""
URGENT: tuple[b.Level, ...] = ("bad", "warn")


# --- by side ---------------------------------------------------------------------------------


def sides_plates(block: b.Sides, area: Area) -> list[Draw]:
    """Bands for up to three things, columns by side, columns cut evenly over pages."""
    count = sum(len(column.items) for column in block.columns)
    if 0 < count <= 3 and area.w >= NARROW:
        return [partial(_side_bands, block=block)]
    colors = side_colors([column.side for column in block.columns])
    out: list[Draw] = []
    for columns in evenly(
        list(zip(block.columns, colors, strict=True)), max(min(ACROSS, int(area.w / 6)), 1)
    ):
        longest = max((len(column.items) for column, _ in columns), default=0)
        parts = _parts(columns, longest, area)
        size = min(_column_size(part, area)[1] for part in parts)
        out += [partial(_columns, columns=part, size=size) for part in parts]
    return out


Column = tuple[b.SideColumn, str]


def _parts(columns: Sequence[Column], longest: int, area: Area) -> list[list[Column]]:
    """As few pages as hold every column at its floor."""
    for count in range(-(-longest // PER_COLUMN) or 1, max(longest, 1) + 1):
        parts = [
            [(replace(c, items=share_out(c.items, i, count)), color) for c, color in columns]
            for i in range(count)
        ]
        if all(_column_size(part, area)[0] for part in parts):
            return parts
    return parts


def _item_paras(item: b.Dated) -> tuple[Para, ...]:
    below = [Span(item.who, False, "ink", 0.86)] if item.who else []
    if item.detail:
        gap = "  ·  " if below else ""
        below.append(Span(gap + item.detail, False, "muted", 0.86))
    out = [Para((Span(item.what, True),), 2)]
    if below:
        out.append(Para(tuple(below)))
    if item.status and item.status.level in URGENT:
        out.append(Para((status_span(item.status, 0.86),)))
    return tuple(out)


HEAD, ITEM = 1.4, 5.8
"""The height of a side's head, and the most that an item takes."""


def _date_width(columns: Sequence[Column], size: float) -> float:
    whens = [item.when for column, _ in columns for item in column.items]
    return min(max((text_width(when, size, True) for when in whens), default=0.0) + 0.35, 3.6)


def _column_size(columns: Sequence[Column], area: Area) -> tuple[bool, float]:
    """Whether every item fits, and the size all of them take."""
    wide = (area.w - GAP * (len(columns) - 1)) / len(columns)
    for size in (20.0, 19.0, 18.0, 17.0, 16.0, 15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0):
        room = wide - _date_width(columns, size)
        if all(sum(_item_heights(c, size, room)) <= area.h - HEAD - 0.2 for c, _ in columns):
            return True, size
    return False, 12.0


def _item_heights(column: b.SideColumn, size: float, room: float) -> list[float]:
    """What each item of a side takes, with the space around it."""
    return [height(_item_paras(item), size, room) + 0.24 for item in column.items]


def _rows(area: Area, column: b.SideColumn, size: float, date: float) -> list[Area]:
    """A row for each item: what it takes and an even part of what is left, `ITEM` at most."""
    room = area.below(HEAD + 0.2)
    needs = _item_heights(column, size, area.w - date)
    spare = (room.h - sum(needs)) / max(len(needs), 1)
    rows, y = [], room.y
    for need in needs:
        high = max(min(need + spare, ITEM), min(need, room.h))
        rows.append(Area(room.x, y, room.w, high))
        y += high
    return rows


def _columns(pen: Pen, area: Area, columns: Sequence[Column], size: float) -> None:
    """A column a side; a date, what, and below it who and what for."""
    places = area.columns([1] * len(columns), GAP)
    date = _date_width(columns, size)
    one_line = all(
        _head_width(c) <= place.w - 0.9 for (c, _), place in zip(columns, places, strict=True)
    )
    for (column, color), place in zip(columns, places, strict=True):
        head = Area(place.x, place.y, place.w, HEAD)
        _column_head(pen, head, column, color, one_line)
        if not column.items:
            _nothing(pen, place, column, alone=all(not c.items for c, _ in columns))
        for item, row in zip(column.items, _rows(place, column, size, date), strict=True):
            if item is not column.items[0]:
                pen.line(row.x, row.y, row.x + row.w, row.y)
            urgent = item.status and item.status.level in URGENT
            ink = LEVELS[item.status.level] if urgent and item.status else color
            pen.text(
                Area(row.x, row.y, date - 0.2, row.h),
                para(item.when),
                size,
                SMALLEST,
                Look(ink, True, anchor="ctr"),
            )
            rest = Area(row.x + date, row.y, row.w - date, row.h)
            pen.text(
                rest, _item_paras(item), size, SMALLEST, Look(anchor="ctr", origin=item.origin)
            )


def _nothing(pen: Pen, area: Area, column: b.SideColumn, alone: bool) -> None:
    """An empty side says so; where all are empty, each says it on a panel of its own."""
    place = area.below(HEAD + (0.2 if alone else 0.35))
    if alone:
        pen.box(place, "surface")
        pen.text(place.inside(0.6), para(column.empty), 18, 12, Look("muted", False, "ctr", "ctr"))
    else:
        pen.text(Area(place.x, place.y, place.w, 1.5), para(column.empty), 16, 12, Look("muted"))


def _head_width(column: b.SideColumn) -> float:
    return text_width(column.name, 18, True) + text_width(column.summary, 13) + 0.4


def _column_head(pen: Pen, area: Area, column: b.SideColumn, color: str, one_line: bool) -> None:
    pen.box(area, color)
    inner = area.inside(0.45, 0)
    if one_line:
        pen.text(inner, para(column.name), 18, 12, Look(WHITE, True, anchor="ctr"))
        pen.text(inner, para(column.summary), 13, SMALLEST, Look(WHITE, align="r", anchor="ctr"))
    else:
        words = [para(column.name, scale=1.3, bold=True)]
        words += [para(column.summary)] if column.summary else []
        pen.text(inner, words, 12, SMALLEST, Look(WHITE, anchor="ctr"))


def _side_bands(pen: Pen, area: Area, block: b.Sides) -> None:
    """Each thing as a band over the full width; sides are summed up in one line below."""
    colors = side_colors([column.side for column in block.columns])
    both = [
        (item, column, color)
        for column, color in zip(block.columns, colors, strict=True)
        for item in column.items
    ]
    notes = []
    for column in block.columns:
        said = column.summary if column.items else column.empty
        notes.append(f"{column.name}: {said}" if said else column.name)
    rows = Area(area.x, area.y, area.w, area.h - 0.95).rows(len(both), GAP)
    for (item, column, color), place in zip(both, rows, strict=True):
        with pen.group(place, column.name, f"{item.when}: {item.what}, {item.who}"):
            draw_band(pen, place, Band(item, color, column.name, column.side))
    foot = Area(area.x, area.y + area.h - 0.7, area.w, 0.7)
    pen.text(foot, para("    ".join(notes)), 14, 12, Look("muted", anchor="ctr"))


@dataclass(frozen=True, slots=True)
class Band:
    """A dated thing with the colour and name of its side."""

    item: b.Dated
    color: str
    side_name: str = ""
    side: b.Side = "us"


def initials(name: str) -> str:
    """The first letters of the first and last name, titles left out."""
    parts = [p for p in name.replace("-", " ").split() if not p.endswith(".") or len(p) <= 2]
    letters = [p[0] for p in parts if p[0].isalpha()]
    return "".join([letters[0], letters[-1]] if len(letters) > 1 else letters).upper()


def draw_band(pen: Pen, area: Area, band: Band) -> None:
    """A date block in the side's colour, the thing, and who does it."""
    item = band.item
    pen.box(area, "surface")
    block = Area(area.x, area.y, 6.0, area.h)
    pen.box(block, band.color)
    when = Look(WHITE, True, "ctr", "ctr")
    size = fit([Place((para(item.when),), 5.2, area.h - 0.8, True)], 54 if area.h > 5 else 40, 18)
    pen.text(block.inside(0.4), para(item.when), size, 18, when)
    who = bool(item.who)
    room = Area(area.x + 6.9, area.y + 0.4, area.w - 7.5 - (8.6 if who else 0), area.h - 0.8)
    alone = area.h > ALONE
    words = [Para((Span(item.what, True, "primary"),), 24 if alone else 5)]
    if item.detail:
        words.append(para(item.detail, "ink", 0.7, after=5))
    if item.status:
        words.append(Para((status_span(item.status, 0.8 if alone else 0.62),)))
    pen.text(room, words, 38 if alone else 26, 14, Look(anchor="ctr", origin=item.origin))
    if who:
        x = area.x + area.w - 8.9
        pen.line(x, area.y + 0.7, x, area.y + area.h - 0.7, "line", 1)
        person = b.Person(item.who, initials(item.who), band.side, band.side_name)
        high = 2.4 if alone else 1.8
        place = Area(x + 0.6, area.y + (area.h - high) / 2, 8.0, high)
        _owner(pen, place, person, band.color)


def _owner(pen: Pen, area: Area, person: b.Person, color: str) -> None:
    disc = area.h - 0.3
    pen.avatar(area.x, area.y + 0.15, disc, person, color)
    words = [Para((Span(person.name, True, "ink"),))]
    if person.detail:
        words.append(para(person.detail, "muted", 0.8))
    place = Area(area.x + disc + 0.35, area.y, area.w - disc - 0.35, area.h)
    pen.text(place, words, 24 if area.h > 2 else 18, 12, Look(anchor="ctr"))


# --- dates in order --------------------------------------------------------------------------


def dated_plates(block: b.DatedList, area: Area, labels: Mapping[str, str]) -> list[Draw]:
    """Bands up to three, else a table."""
    few = len(block.items) <= 3 and area.w >= NARROW
    if few and all(item.when for item in block.items):
        return [partial(_dated_bands, block=block)]
    return table_plates(dated_table(block.items, block.label, labels), area)


def _dated_bands(pen: Pen, area: Area, block: b.DatedList) -> None:
    for item, place in zip(block.items, area.rows(len(block.items), GAP), strict=True):
        with pen.group(place, block.label, f"{item.when}: {item.what}"):
            draw_band(pen, place, Band(item, "primary"))


# --- quotes ----------------------------------------------------------------------------------


def quotes_plates(block: b.Quotes, area: Area) -> list[Draw]:
    """A hero with up to two beside it, else cards, the longest first, six a slide."""
    if len(block.items) <= 3 and (area.w >= NARROW or len(block.items) == 1):
        return [partial(_hero, block=block)]
    items = sorted(block.items, key=lambda quote: -len(quote.words))
    return [
        partial(_quote_cards, items=part) for part in evenly(items, 6 if area.w >= NARROW else 2)
    ]


def _hero(pen: Pen, area: Area, block: b.Quotes) -> None:
    first, rest = block.items[0], block.items[1:]
    left, right = area.columns((6, 6), 0.55) if rest else (area, area)
    _quote(pen, left, first, 44 if not rest else 30, 18, True)
    if rest:
        places = right.rows(len(rest), 0.55)
        size = _shared(rest, places, 30 if len(rest) == 1 else 24)
        for quote, place in zip(rest, places, strict=True):
            _quote(pen, place, quote, size, 14, False)


def _quote_cards(pen: Pen, area: Area, items: Sequence[b.Quote]) -> None:
    if len(items) <= 2:
        upper = lower = area
        first = len(items)
    else:
        upper, lower = area.rows(2, 0.55)
        first = -(-len(items) // 2)
    places = upper.columns([1] * first, 0.55)
    if len(items) > first:
        places += lower.columns([1] * (len(items) - first), 0.55)
    size = _shared(items, places, 20)
    for quote, place in zip(items, places, strict=True):
        _quote(pen, place, quote, size, 13, False)


def _words_area(area: Area, hero: bool) -> Area:
    if hero:
        return Area(area.x + 1.0, area.y + 3.0, area.w - 2.0, area.h - 3.0 - 3.2)
    return Area(area.x + 1.9, area.y + 0.6, area.w - 2.5, area.h - 2.9)


def _shared(items: Sequence[b.Quote], places: Sequence[Area], largest: float) -> float:
    """Siblings share one size."""
    found = []
    for quote, place in zip(items, places, strict=True):
        inner = _words_area(place, False)
        found.append(Place((para(quote.words),), inner.w, inner.h, True))
    return fit(found, largest, 13)


def _quote(pen: Pen, area: Area, quote: b.Quote, size: float, floor: float, hero: bool) -> None:
    who = f"{quote.person.name}, {quote.when}" if quote.when else quote.person.name
    sign = "„" if pen.language == "de" else "“"
    ink = WHITE if hero else "primary"
    with pen.group(area, "Quote", f"{who}: {quote.words}"):
        pen.box(area, "primary" if hero else "surface")
        words = _words_area(area, hero)
        # the German sign hangs at the baseline: its box stands 0.45 of its size higher
        drop = (2.2 if hero else 1.2) if pen.language == "de" else 0.0
        big = 110.0 if hero else 60.0
        place = (
            Area(area.x + 0.95, area.y + 0.65 - drop, 4, 4.7)
            if hero
            else Area(area.x + 0.6, area.y + 0.5 - drop, 2, 2.6)
        )
        pen.put(place, (para(sign),), big, Look("accent", True))
        pen.text(words, para(quote.words), size, floor, Look(ink, True, origin=quote.origin))
        _speaker(pen, area, words, quote, hero)


def _speaker(pen: Pen, area: Area, words: Area, quote: b.Quote, hero: bool) -> None:
    ink, quiet = (WHITE, pen.pale) if hero else ("ink", "muted")
    kind = text_width(quote.kind, 12.5, True) + 0.2 if quote.kind else 0.0
    beside = kind and words.w - kind > 7.5
    place = Area(words.x, area.y + area.h - 2.0, words.w - (kind if beside else 0), 1.4)
    about = [w for w in (quote.person.detail, quote.when, "" if beside else quote.kind) if w]
    pen.person(place, quote.person, 15, ink, quiet, ", ".join(about))
    if beside:
        tag = Area(words.x + words.w - kind, place.y, kind, place.h)
        look = Look(pen.tint("accent", 0.45, WHITE) if hero else "accent-text", True, "r", "ctr")
        pen.text(tag, para(quote.kind), 12.5, SMALLEST, look)
