"""The words above the bands of the strategy map on slides: the halves, steps, ways in, white space."""

from __future__ import annotations

from planwerk import blocks as b
from planwerk.render.layout_map import Tier
from planwerk.render.slides_area import Area
from planwerk.render.slides_draw import Look, Pen
from planwerk.render.slides_map_cards import GAP, Manner
from planwerk.render.slides_signs import connector
from planwerk.render.slides_text import SMALLEST, Para, Span, height, para, text_width

HEAD_SIZE, BAND_SIZE = 14.5, 12.0


def halves(part: b.StrategyMap) -> list[bool]:
    """Which of the reached and the unreached stand on this page."""
    found = {column.reached for column in part.columns}
    return [reached for reached in (True, False) if reached in found]


def _half_width(part: b.StrategyMap, reached: bool, manner: Manner) -> float:
    count = sum(column.reached is reached for column in part.columns)
    return count * (manner.wide + GAP) - GAP


def _half_words(part: b.StrategyMap, reached: bool) -> tuple[Para, ...]:
    """What a half is called and holds; over the first one also what the people are."""
    head, note = part.heads[not reached], part.notes[not reached]
    spans = [Span(head, True, "primary" if reached else "accent-text")]
    rest = [note] if note else []
    if reached is halves(part)[0] and any(column.people for column in part.columns):
        rest.append(part.heads[2])
    spans += [Span(f"{'  ·  ' if i else '   '}{words}", False, "muted", 0.84) for i, words in enumerate(rest)]  # fmt: skip
    return (Para(tuple(spans)),)


def half_height(part: b.StrategyMap, reached: bool, manner: Manner) -> tuple[float, float]:
    """How high a half's head is, and the word above its steps."""
    wide = _half_width(part, reached, manner)
    band = (para(part.heads[3 if reached else 4]),)
    steps = any(column.steps for column in part.columns)
    return (
        height(_half_words(part, reached), HEAD_SIZE, wide),
        height(band, BAND_SIZE, wide) + 0.12 if steps else 0.3,
    )


def draw_heads(pen: Pen, area: Area, part: b.StrategyMap, manner: Manner, tier: Tier) -> None:
    """What the halves above a tier are called."""
    x = area.x
    for reached in halves(part):
        wide = _half_width(part, reached, manner)
        place = Area(x, area.y + tier.top, wide, tier.people - tier.top)
        pen.put(place, _half_words(part, reached), HEAD_SIZE)
        x += wide + GAP


def draw_bands(pen: Pen, area: Area, part: b.StrategyMap, manner: Manner, tier: Tier) -> None:
    """The words above steps and ways in; they stand on the lines that run down behind them."""
    x = area.x
    for reached in halves(part):
        wide = _half_width(part, reached, manner)
        words = part.heads[3 if reached else 4]
        if any(column.steps for column in part.columns if column.reached is reached):
            tall = height((para(words),), BAND_SIZE, wide)
            own = min(text_width(words, BAND_SIZE) + 0.15, wide)
            place = Area(x, area.y + tier.steps - tall - 0.05, own, tall)
            pen.text(place, para(words), BAND_SIZE, None, Look("muted", ground="bg"))
        x += wide + GAP


def draw_horizon(pen: Pen, area: Area, part: b.StrategyMap, tier: Tier) -> None:
    """The line from which white space hangs down, and what that is."""
    words, y = part.heads[5], area.y + tier.horizon
    place = Area(area.x, y - 0.56, min(text_width(words, BAND_SIZE) + 0.15, area.w), 0.5)
    pen.text(place, para(words), BAND_SIZE, SMALLEST, Look("muted", anchor="ctr", ground="bg"))
    connector(pen, (area.x, y), (area.x + area.w, y), "ink", 1.5)
