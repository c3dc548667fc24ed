"""The five forces on slides: a cross with rivalry in the middle on primary; suppliers and buyers
take the whole height at its sides. Columns in which nobody was judged are given to the others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from planwerk import blocks as b
from planwerk.render.layout_forces import PLACES, STRONG
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import WHITE, Draw, Look, Pen
from planwerk.render.slides_rest import rest_plates
from planwerk.render.slides_signs import ARROW, connector
from planwerk.render.slides_text import Para, Place, Span, fit, fits, height, para, text_width

GAP, PAD = 1.2, 0.5
"""Between two columns, where the arrow is; and inside a card."""
BETWEEN, MIDDLE = 0.8, 1.35
"""Between two rows; how much wider the middle column is, which has three cards."""
LARGEST, FLOOR = 20.0, 12.0
HEAD, NAME, PIPS = 1.1, 15.0, 3.2
"""The name's line; its type; the room of the five squares and the figure beside it."""
TALL, FIGURE = 8.0, 3.4
"""From this height on a card has a large figure, which takes so much."""
TRENDS = {"rising": "↑", "stable": "→", "falling": "↓"}
Sizes = tuple[float, float]
"""The type of the tall cards and of the others."""


def forces_plates(block: b.Forces, area: Area) -> list[Draw]:
    """The cross with all words; where they do not fit, the cross and the words on further pages."""
    sizes = _sizes(block.items, area, full=True)
    if all(sizes):
        return [partial(_draw, block=block, sizes=sizes, full=True)]
    lines = [
        (item.name, item.words, " · ".join(w for w in (item.effect, item.position) if w), None)
        for item in block.items
    ]
    tall, low = _sizes(block.items, area, full=False)
    draw = partial(_draw, block=block, sizes=(tall or FLOOR, low or FLOOR), full=False)
    return [draw, *rest_plates(lines, area, block.label)]


# --- where they stand ------------------------------------------------------------------------


def _areas(items: Sequence[b.ForceCard], area: Area, full: bool) -> dict[str, Area]:
    """A place for each force: three columns, the middle one in rows as high as its words need."""
    columns = sorted({PLACES[item.kind][0] for item in items})
    weights = [MIDDLE if column == 1 else 1.0 for column in columns]
    found: dict[str, Area] = {}
    for column, place in zip(columns, area.columns(weights, GAP), strict=True):
        here = [item for item in _ordered(items) if PLACES[item.kind][0] == column]
        needs = [_need(item, place.w, full) for item in here]
        spare = (place.h - BETWEEN * (len(here) - 1) - sum(needs)) / len(here)
        y = place.y
        for item, need in zip(here, needs, strict=True):
            found[item.kind] = Area(place.x, y, place.w, need + spare)
            y += need + spare + BETWEEN
    return found


def _ordered(items: Sequence[b.ForceCard]) -> list[b.ForceCard]:
    """From left to right, and from above."""
    return sorted(items, key=lambda item: PLACES[item.kind])


def _words(item: b.ForceCard, full: bool, dark: bool, tall: bool) -> tuple[Para, ...]:
    """How strong a force is, what follows from it, and what that means."""
    color = (
        ("pale-accent" if dark else "accent-text") if _strong(item) else "pale" if dark else "muted"
    )
    ink = WHITE if dark else "ink"
    strength, effect = Span(item.words, True, color, 0.9), Span(item.effect, False, ink)
    if not full or not item.effect:
        out = [Para((strength,), 5)]
    elif tall:
        out = [Para((strength,), 5), Para((effect,), 8)]
    else:
        out = [Para((strength, Span("   "), effect), 5)]
    if full and item.position:
        out.append(para(item.position, WHITE if dark else "primary", bold=True))
    return tuple(out)


def _strong(item: b.ForceCard) -> bool:
    return item.strength is not None and item.strength >= STRONG


def _need(item: b.ForceCard, wide: float, full: bool) -> float:
    words = _words(item, full, False, False)
    return HEAD + height(words, FLOOR, wide - 2 * PAD) + _name_height(item, wide, False) + 0.3


def _name_height(item: b.ForceCard, wide: float, tall: bool) -> float:
    """How much a name needs more than one line beside the squares."""
    room = wide - 2 * PAD - (0 if tall else PIPS + 0.3)
    if text_width(item.name, NAME, True) <= room:
        return 0.0
    more = height((para(item.name, bold=True),), NAME, wide - 2 * PAD)
    return max(more - 0.65, 0.0) if tall else more


def _inner(item: b.ForceCard, card: Area) -> Area:
    """Where the words of a card stand."""
    tall = card.h >= TALL
    top = HEAD + _name_height(item, card.w, tall) + (FIGURE if tall else 0.0)
    return Area(card.x + PAD, card.y + top, card.w - 2 * PAD, card.h - top - 0.25)


def _sizes(items: Sequence[b.ForceCard], area: Area, full: bool) -> Sizes:
    """The sizes that cards of one height share; 0 where no size fits."""
    out = []
    areas = _areas(items, area, full)
    for tall in (True, False):
        places = []
        for item in items:
            if (areas[item.kind].h >= TALL) is tall:
                inner = _inner(item, areas[item.kind])
                places.append(Place(_words(item, full, False, tall), inner.w, inner.h))
        size = fit(places, LARGEST + 4 * tall, FLOOR)
        out.append(size if all(fits(place, size) for place in places) else 0.0)
    return out[0], out[1]


# --- drawing ---------------------------------------------------------------------------------


def _draw(pen: Pen, area: Area, block: b.Forces, sizes: Sizes, full: bool) -> None:
    places = _areas(block.items, area, full)
    for item in _ordered(block.items):
        place = places[item.kind]
        _card(pen, place, item, sizes[0] if place.h >= TALL else sizes[1], full)
    if centre := places.get("rivalry"):
        for item in block.items:
            if item.kind != "rivalry":
                _arrow(pen, places[item.kind], centre, item)


def _card(pen: Pen, area: Area, item: b.ForceCard, size: float, full: bool) -> None:
    known, tall = item.strength is not None, area.h >= TALL
    dark = item.kind == "rivalry" and known
    said = (item.name, item.words, item.effect, item.position)
    with pen.group(area, "Force", ", ".join(w for w in said if w)):
        if known:
            pen.box(area, "primary" if dark else "surface")
        else:
            pen.box(area.inside(0.03), pen.color("bg"), "muted", dash="dash", weight=1)
        inner = _inner(item, area)
        more = _name_height(item, area.w, tall)
        wide = inner.w if more or tall else inner.w - PIPS
        name = Area(inner.x, area.y + 0.25, wide, 0.7 + more if tall else more or 0.7)
        anchor = "t" if more else "ctr"
        look = Look(WHITE if dark else "primary", True, anchor=anchor)
        pen.text(name, para(item.name), NAME, None, look)
        y = area.y + 0.25 + more
        if tall:
            _figure(pen, Area(inner.x, y + 1.0, inner.w, FIGURE - 0.4), item, dark)
        else:
            right = inner.x if more else inner.x + inner.w - PIPS
            _strength(pen, Area(right, y, PIPS, 0.7), item, dark)
        pen.line(inner.x, y + 0.75, inner.x + inner.w, y + 0.75, "muted" if dark else "line")
        look = Look(WHITE if dark else "ink")
        pen.text(inner, _words(item, full, dark, tall), size, None, look)


def _figure(pen: Pen, area: Area, item: b.ForceCard, dark: bool) -> None:
    """The strength as a large figure with its trend, over squares as wide as the card."""
    if item.strength is not None:
        words = f"{item.strength}{TRENDS.get(item.trend, '')}"
        color = "accent" if _strong(item) and not dark else WHITE if dark else "primary"
        figure = Area(area.x, area.y, area.w, area.h - 0.7)
        pen.text(figure, para(words), 54, None, Look(color, True, anchor="ctr"))
    wide = min(area.w, 8.0)
    _squares(pen, Area(area.x, area.y + area.h - 0.55, wide, 0.32), item, dark)


def _squares(pen: Pen, area: Area, item: b.ForceCard, dark: bool) -> None:
    filled = "accent" if _strong(item) else "pale" if dark else "c1"
    empty = pen.tint(WHITE, 0.2, "primary") if dark else pen.tint("muted", 0.22)
    for i, square in enumerate(area.columns([1] * 5, area.w * 0.03)):
        pen.box(square, filled if i < (item.strength or 0) else empty)


def _strength(pen: Pen, area: Area, item: b.ForceCard, dark: bool) -> None:
    """Five squares as far as the force is strong, the figure, and where it is going."""
    _squares(pen, Area(area.x, area.y + 0.17, 2.05, 0.36), item, dark)
    if item.strength is not None:
        words = f"{item.strength}{TRENDS.get(item.trend, '')}"
        place = Area(area.x + 2.15, area.y, area.w - 2.15, 0.7)
        look = Look(WHITE if dark else "primary", True, "r", "ctr")
        pen.text(place, para(words), NAME, None, look)


def _arrow(pen: Pen, source: Area, centre: Area, item: b.ForceCard) -> None:
    """From a force to the rivalry, the thicker the stronger."""
    weight = 1.0 + 0.75 * (item.strength or 0)
    dash = "" if item.strength else "dash"
    near = 0.15
    middle = centre.y + centre.h / 2
    if source.x + source.w <= centre.x:
        ends_ = (source.x + source.w + near, middle), (centre.x - near, middle)
    elif source.x >= centre.x + centre.w:
        ends_ = (source.x - near, middle), (centre.x + centre.w + near, middle)
    else:
        x = centre.x + centre.w / 2
        above = source.y < centre.y
        start = source.y + source.h + near if above else source.y - near
        ends_ = (x, start), (x, centre.y - near if above else centre.y + centre.h + near)
    color = "accent" if _strong(item) else "c1" if item.strength else "muted"
    connector(pen, *ends_, color, weight, dash, ARROW)
