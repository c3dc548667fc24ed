"""The five forces: a cross with rivalry in the middle, arrows as wide as the force is strong."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planwerk import blocks as b
from planwerk.render.layout import Box, Point
from planwerk.render.layout_forces import PLACES, STRONG
from planwerk.render.measure import on_screen, wrapped
from planwerk.render.svg_draw import arrow, card, line, lines_of, polygon, rect, svg, text

WIDTH = 718.0
SIDE, MIDDLE, GAP, PAD = 214.0, 226.0, 32.0, 12.0


def forces(block: b.Forces) -> str:
    """The cross; what nobody judged is an empty place."""
    words = {item.kind: _words(item) for item in block.items}
    rows = [0.0, 0.0, 0.0]
    for kind, (_, high) in words.items():
        rows[PLACES[kind][1]] = max(rows[PLACES[kind][1]], high)
    boxes = {item.kind: _box(item.kind, rows) for item in block.items}
    if boxes:  # without suppliers nothing stands at the left
        shift = min(box.x for box in boxes.values()) - 2
        boxes = {kind: box.moved(-shift, 0) for kind, box in boxes.items()}
    body = ""
    centre = boxes.get("rivalry")
    for item in block.items:
        if centre and item.kind != "rivalry" and item.strength:
            body += _arrow(boxes[item.kind], centre, item.strength)
        body += _force(item, words[item.kind][0], boxes[item.kind])
    height = max((box.bottom for box in boxes.values()), default=0.0) + 2
    return svg(WIDTH, height, body, block.label, block.description, "only-w")


def _box(kind: str, rows: Sequence[float]) -> Box:
    """A force's place; `rows` are the heights of the three rows, 0 where one is empty."""
    column, row = PLACES[kind]
    wide = MIDDLE if kind == "rivalry" else SIDE
    x = (2.0, (WIDTH - wide) / 2, WIDTH - wide - 2)[column]
    y = 2 + sum(high + GAP for high in rows[:row] if high)
    return Box(x, y, wide, rows[row])


Lines = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _words(item: b.ForceCard) -> tuple[Lines, float]:
    """Name, effect and position in lines, and how high the card is with them."""
    room = (MIDDLE if item.kind == "rivalry" else SIDE) - 2 * PAD
    name = wrapped(item.name, 15, room, 2, bold=True)
    effect = wrapped(item.effect, 13, room, 4)
    position = wrapped(item.position, 12, room, 3)
    high = 8 + 18 * len(name) + 18 + 22 + 17 * len(effect) + 15 * len(position) + 8
    return (name, effect, position), high + (3 if position else 0)


def _force(item: b.ForceCard, words: Lines, box: Box) -> str:
    middle = item.kind == "rivalry"
    edge, thick = ("var(--pw-ink)", 2.0) if middle else ("var(--pw-edge)", 1.2)
    out = card(box.x, box.y, box.w, box.h, "var(--pw-bg)", edge, "" if item.strength else "4 3", thick)  # fmt: skip
    name, effect, position = words
    y = box.y + 23
    out += lines_of(box.x + PAD, y, name, 18, "b l")
    y += 18 * (len(name) - 1) + 10
    each = (box.w - 2 * PAD) / 5
    for k in range(5):
        fill = _color(item.strength) if item.strength and k < item.strength else "var(--pw-line)"
        out += rect(box.x + PAD + k * each, y, each - 3, 6, fill, radius=1)
    y += 23
    strong = item.strength is not None and item.strength >= STRONG
    color = "var(--pw-accent-text)" if strong else "var(--pw-muted)"
    out += text(box.x + PAD, y, item.words, "s b", "", color)
    out += _trend(item.trend, box.x + PAD + on_screen(item.words, 12, bold=True) + 6, y - 4, color)
    out += lines_of(box.x + PAD, y + 19, effect, 17)
    return out + lines_of(box.x + PAD, y + 20 + 17 * len(effect), position, 15, "m s")


def _color(strength: int | None) -> str:
    return "var(--pw-c2)" if strength is not None and strength >= STRONG else "var(--pw-c3)"


def _trend(trend: str, x: float, y: float, color: str) -> str:
    """A small arrow: up, level, down; drawn, because the portal's font has none."""
    rise = {"rising": -4.0, "stable": 0.0, "falling": 4.0}.get(trend)
    if rise is None:
        return ""
    return line(x, y - rise, x + 8, y + rise, color, 1.6) + arrow((x + 11, y + rise * 1.35), (x, y - rise), color, 6)  # fmt: skip


def _arrow(source: Box, centre: Box, strength: int) -> str:
    """A block arrow from a card to the middle; its shaft is 8 to 24 wide."""
    if abs(source.centre - centre.centre) < 1:
        left = source.x < centre.x
        start = (source.right + 5 if left else source.x - 5, centre.centre)
        tip = (centre.x - 5 if left else centre.right + 5, centre.centre)
    else:
        above = source.y < centre.y
        start = (centre.middle, source.bottom + 5 if above else source.y - 5)
        tip = (centre.middle, centre.y - 5 if above else centre.bottom + 5)
    return polygon(_arrow_points(start, tip, 4 + 4.0 * strength), _color(strength))


def _arrow_points(start: Point, tip: Point, thick: float) -> list[Point]:
    far = math.hypot(tip[0] - start[0], tip[1] - start[1]) or 1.0
    ux, uy = (tip[0] - start[0]) / far, (tip[1] - start[1]) / far
    head = min(12.0, far * 0.6)
    neck = (tip[0] - ux * head, tip[1] - uy * head)

    def beside(point: Point, by: float) -> Point:
        return point[0] - uy * by, point[1] + ux * by

    half, wing = thick / 2, thick / 2 + 6
    return [
        beside(start, half), beside(neck, half), beside(neck, wing), tip,
        beside(neck, -wing), beside(neck, -half), beside(start, -half),
    ]  # fmt: skip
