"""Key figures: one as a panel with its chart, a few as cards, many as a table with trends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from planwerk import blocks as b
from planwerk.render.lower import written
from planwerk.render.slides_area import NARROW, Area, evenly
from planwerk.render.slides_chart import (
    ChartLook,
    EndLabel,
    axis_limits,
    label_room,
    with_dot,
)
from planwerk.render.slides_draw import LEVELS, Draw, Look, Pen
from planwerk.render.slides_figures import draw_end_labels, shares_of
from planwerk.render.slides_table import Plan, pages
from planwerk.render.slides_table import draw as draw_table
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

GAP = 0.55
TOP, FOOT = 0.4, 1.0
"""What a card has above its name, and below all but its status."""
NUMBER = 0.0475
"""The height of a large number, per point of its size."""
RANK: Mapping[b.Level, int] = {"bad": 0, "warn": 1, "no": 2, "open": 3}
"""What needs attention comes first in long tables; the rest stays in the plan's order."""


def cards_plates(block: b.Cards, area: Area, labels: Mapping[str, str]) -> list[Draw]:
    """One panel, up to six cards where they have room, else a table of at most 14 rows a slide."""
    count = len(block.items)
    if count == 1 and area.w >= NARROW:
        return [partial(_panel, card=block.items[0])]
    if count <= (6 if area.w >= NARROW else 2) and _have_room(block, area):
        return [partial(_cards, block=block)]
    ordered = sorted(block.items, key=lambda card: RANK.get(card.status.level, 9))
    out: list[Draw] = []
    for part in evenly(ordered, 14):
        out += _tables(replace(block, items=part), area, labels)
    return out


def target_words(card: b.Card) -> list[str]:
    """ "Ziel 12.600, Ausgang 12.000" as its parts."""
    return [part for part in card.target_line.split(", ") if part]


def trend(card: b.Card, labels: Mapping[str, str]) -> b.Chart:
    """The card's series as a chart: values, target, the last value as a dot in status colour."""
    lines = [b.Series(labels["actual"], card.series)]
    if card.target is not None:
        lines.append(b.Series(labels["target"], (card.target,) * len(card.series), "target"))
    about = ", ".join(w for w in (card.figure, card.target_line, card.status.word) if w)
    chart = b.Chart(
        "line", card.label, "", card.labels, tuple(lines), about,
        decimals=card.decimals, level=card.status.level, unit_first=card.unit_first,
    )  # fmt: skip
    return with_dot(chart, labels["status"])


def known(series: tuple[float | None, ...]) -> int:
    """How many values were measured."""
    return sum(value is not None for value in series)


# --- one -------------------------------------------------------------------------------------


def _panel(pen: Pen, area: Area, card: b.Card) -> None:
    """Number and facts at the left, the trend over eight columns."""
    drawn = known(card.series) > 1
    left, right = area.columns((4, 8), 0.7)
    panel = left if drawn else area
    rows = [_fact(words) for words in target_words(card)]
    if card.period:
        rows.insert(0, (pen.labels["period"], card.period))
    draw_number_panel(pen, panel, card.label, card.figure, card.status, rows, card.unknown)
    if drawn:
        draw_solo(pen, right, trend(card, pen.labels), card.unit)


def _fact(words: str) -> tuple[str, str]:
    name, _, value = words.partition(" ")
    return (name, value) if value else ("", name)


def draw_number_panel(
    pen: Pen, area: Area, label: str, value: str, status: b.Status,
    rows: list[tuple[str, str]], unknown: bool = False, origin: str = "",
) -> None:  # fmt: skip
    """A tall panel: name, big number, status, then facts down to its foot."""
    pen.box(area, "surface")
    pen.box(Area(area.x, area.y, 0.12, area.h), LEVELS[status.level])
    inner = Area(area.x + 0.7, area.y + 0.5, area.w - 1.3, area.h - 0.8)
    look = Look("primary", True, origin=origin)
    size = fit([Place((para(label),), inner.w, 2.2, True)], 20, 12)
    tall = min(height((para(label),), size, inner.w, True), 2.3)
    pen.text(Area(inner.x, inner.y, inner.w, tall), para(label), size, size, look)
    y = inner.y + tall + 0.2
    number = Look("muted" if unknown else "ink", True, anchor="ctr", origin=origin)
    pen.text(Area(inner.x, y, inner.w, 2.9), para(value), 72, 24, number)
    pen.status(Area(inner.x, y + 3.0, inner.w, 1.0), status, 18)
    y += 4.4
    room = area.y + area.h - 0.3 - y
    high = min(room / max(len(rows), 1), 2.0)
    for name, words in rows:
        pen.line(inner.x, y, inner.x + inner.w, y)
        wide = min(text_width(name, 14) + 0.3, inner.w * 0.5)
        pen.text(
            Area(inner.x, y, wide, high), para(name), 14, SMALLEST, Look("muted", anchor="ctr")
        )
        place = Area(inner.x + wide, y, inner.w - wide, high)
        pen.text(place, para(words), 17, 12, Look("ink", True, "r", "ctr", origin))
        y += high


def draw_solo(pen: Pen, area: Area, chart: b.Chart, unit: str) -> None:
    """One KPI's trend, large: no value axis, its told points, the target at its end."""
    heading = f"{chart.title} ({unit})" if unit else chart.title
    pen.text(
        Area(area.x, area.y, area.w, 0.7), para(heading), 14, 12, Look("ink", True, anchor="ctr")
    )
    area = area.below(0.8)
    target = next((s for s in chart.series if s.role == "target"), None)
    found = []
    if target and target.values[-1] is not None:
        low, high = axis_limits(chart, pen.theme)
        value = target.values[-1]
        said = b.with_unit(written(value, chart.decimals, pen.labels), unit, chart.unit_first)
        found = [EndLabel(target.name, said, "muted", 1 - (value - low) / ((high - low) or 1))]
    right = label_room(found, 13)
    plot = Area(area.x + 0.1, area.y + 0.9, area.w - 0.1 - right, area.h - 1.8)
    pen.chart(area, chart, ChartLook(13, "solo", shares_of(plot, area)))
    draw_end_labels(pen, plot, right, found, 13, solo=True)


# --- a few -----------------------------------------------------------------------------------


def places_for(count: int, area: Area) -> list[Area]:
    """One row up to three, then two rows that are both full."""
    if count <= 3:
        return area.columns([1] * count, GAP)
    upper, lower = area.rows(2, GAP)
    first = -(-count // 2)
    return [*upper.columns([1] * first, GAP), *lower.columns([1] * (count - first), GAP)]


def _measured(both: list[tuple[b.Card, Area]]) -> tuple[tuple[float, float], tuple[float, bool]]:
    """The size of all names and how much height they take, and the manner of all numbers."""
    names = [Place((para(card.label),), place.w - 1.0, 1.35, True) for card, place in both]
    size = fit(names, 17 if len(both) <= 3 else 15, 12)
    tall = min(max(height(p.paras, size, p.w, True) for p in names), 1.45)
    return (size, tall), _manner(both)


def _have_room(block: b.Cards, area: Area) -> bool:
    """Whether what a card says ends above its foot; on low slides of a template it would not."""
    both = list(zip(block.items, places_for(len(block.items), area), strict=True))
    (_, tall), manner = _measured(both)
    return all(TOP + tall + 0.15 + _reach(card, place.w - 1.0, manner) <= place.h - FOOT for card, place in both)  # fmt: skip


def _cards(pen: Pen, area: Area, block: b.Cards) -> None:
    both = list(zip(block.items, places_for(len(block.items), area), strict=True))
    name, manner = _measured(both)
    for card, place in both:
        said = (card.label, card.figure, card.target_line, card.status.word)
        with pen.group(place, "KPI", ", ".join(w for w in said if w)):
            _card(pen, place, card, name, manner)


def _notes_width(card: b.Card) -> float:
    return max((text_width(w, 13, True) for w in target_words(card)), default=0.0) + 0.1


def _manner(both: list[tuple[b.Card, Area]]) -> tuple[float, bool]:
    """The size of all numbers, and whether their targets stand beside them or below."""
    if all(place.h <= 8 for _, place in both):
        for size in (34.0, 32.0, 30.0, 28.0, 26.0):
            wide = [text_width(c.figure, size, True) + 0.55 + _notes_width(c) for c, _ in both]
            if all(w <= place.w - 1.0 for w, (_, place) in zip(wide, both, strict=True)):
                return size, True
    places = [Place((para(c.figure),), place.w - 1.0, 1.9, True) for c, place in both]
    return fit(places, 44 if all(p.h > 8 for _, p in both) else 30, 18), False


def _card(
    pen: Pen, area: Area, card: b.Card, name: tuple[float, float], manner: tuple[float, bool]
) -> None:
    size, tall = name
    pen.box(area, "surface")
    pen.box(Area(area.x, area.y, 0.12, area.h), LEVELS[card.status.level])
    inner = Area(area.x + 0.55, area.y + TOP, area.w - 1.0, area.h - 0.75)
    look = Look("primary", True, origin=card.origin)
    pen.text(Area(inner.x, inner.y, inner.w, tall), para(card.label), size, size, look)
    under = Area(inner.x, inner.y + tall + 0.15, inner.w, 1.6)
    _number(pen, under, card, manner)
    y, foot = under.y + _reach(card, inner.w, manner), area.y + area.h - FOOT
    if known(card.series) > 1 and foot - y > 1.0:
        place = Area(inner.x - 0.15, y, inner.w + 0.25, foot - y - 0.05)
        pen.chart(place, trend(card, pen.labels), ChartLook(10, "small"))
    period = text_width(card.period, 12) + 0.1 if card.period else 0.0
    pen.status(Area(inner.x, foot, inner.w - period - 0.2, 0.7), card.status, 13)
    if period:
        place = Area(inner.x + inner.w - period, foot, period, 0.7)
        pen.text(place, para(card.period), 12, 12, Look("muted", align="r", anchor="ctr"))


def _reach(card: b.Card, wide: float, manner: tuple[float, bool]) -> float:
    """How much height number, target and baseline take, with the gap below them."""
    size, beside = manner
    return 1.55 if beside else size * NUMBER + 0.2 + _notes_height(card, wide)


def _notes_height(card: b.Card, wide: float) -> float:
    notes = _target_paras(card)
    return height(notes, 14, wide) + 0.1 if notes else 0.0


def _number(pen: Pen, area: Area, card: b.Card, manner: tuple[float, bool]) -> None:
    """The number with target and baseline."""
    size, beside = manner
    look = Look("muted" if card.unknown else "ink", True, anchor="ctr", origin=card.origin)
    notes = _target_paras(card)
    if beside:
        wide = text_width(card.figure, size, True) + 0.15
        pen.put(Area(area.x, area.y, wide, 1.4), (para(card.figure),), size, look)
        rest = Area(area.x + wide + 0.4, area.y, area.w - wide - 0.4, 1.4)
        pen.text(rest, notes, 13, SMALLEST, Look("muted", anchor="ctr"))
        return
    high = size * NUMBER
    pen.text(Area(area.x, area.y, area.w, high), para(card.figure), size, size, look)
    under = Area(area.x, area.y + high + 0.1, area.w, _notes_height(card, area.w))
    pen.text(under, notes, 14, SMALLEST, Look("muted"))


def _target_paras(card: b.Card) -> list[Para]:
    parts = target_words(card)
    return [
        Para((Span(words, i == 0, "ink" if i == 0 else "muted"),)) for i, words in enumerate(parts)
    ]


# --- many ------------------------------------------------------------------------------------

TREND = 4


def _tables(block: b.Cards, area: Area, labels: Mapping[str, str]) -> list[Draw]:
    """Rows with the trend drawn over an empty column."""
    table = _as_table(block, labels)
    fixed = {TREND: 5.2}
    plans = pages(table, area, fixed)
    out: list[Draw] = []
    done = 0
    for plan in plans:
        count = len(plan.block.rows)
        out.append(partial(_table, plan=plan, cards=block.items[done : done + count]))
        done += count
    return out


def _as_table(block: b.Cards, labels: Mapping[str, str]) -> b.Table:
    heads: list[tuple[str, b.Align]] = [
        ("what", "left"), ("period", "left"), ("actual", "right"), ("target", "left"), ("month", "left"), ("status", "left"),
    ]  # fmt: skip
    columns = tuple(b.Column(labels[h], a, h == "what") for h, a in heads)
    rows = tuple(
        b.Row(
            (
                b.Cell(b.text(card.label)), b.Cell(b.text(card.period)),
                b.Cell(b.text(card.figure), strong=True, unknown=card.unknown),
                b.Cell(b.text(card.target_line)), b.Cell(), b.Cell(status=card.status),
            ),
            origin=card.origin,
        )
        for card in block.items
    )  # fmt: skip
    return b.Table(columns, rows, block.label)


def _table(pen: Pen, area: Area, plan: Plan, cards: tuple[b.Card, ...]) -> None:
    x = area.x + sum(plan.widths[:TREND]) + 0.3
    for card, row in zip(cards, draw_table(pen, area, plan), strict=True):
        if known(card.series) > 1:
            tall = min(row.h - 0.3, 1.1)
            place = Area(x, row.y + (row.h - tall) / 2, plan.widths[TREND] - 0.6, tall)
            about = f"{card.label}: {card.figure}, {card.target_line}"
            with pen.group(place, "Trend", about):
                draw_trend(pen, place, card)


def draw_trend(pen: Pen, area: Area, card: b.Card) -> None:
    """A small line with its target and a dot at the last value."""
    values = [(i, v) for i, v in enumerate(card.series) if v is not None]
    every = [v for _, v in values] + ([card.target] if card.target is not None else [])
    low, high = min(every), max(every)

    def at(i: int, value: float) -> tuple[float, float]:
        share = (value - low) / ((high - low) or 1)
        return area.x + area.w * i / max(len(card.series) - 1, 1), area.y + area.h * (1 - share)

    if card.target is not None:
        y = at(0, card.target)[1]
        pen.line(area.x, y, area.x + area.w, y, "muted", 0.75, "dash")
    points = [at(i, v) for i, v in values]
    pen.path(points, "c1", 1.75)
    x, y = points[-1]
    color = LEVELS[card.status.level]
    pen.box(Area(x - 0.1, y - 0.1, 0.2, 0.2), color, shape="ellipse")
