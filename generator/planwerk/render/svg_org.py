"""The organisation chart: cards, reporting lines, and dashed lines of influence and conflict."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from planwerk import blocks as b
from planwerk.render.layout import Box, Way, longest
from planwerk.render.layout_org import LINKS, Tree, each_once, tree
from planwerk.render.layout_route import MARGIN, Router
from planwerk.render.measure import on_screen, wrapped
from planwerk.render.svg_draw import arrow, card, line, lines_of, mark, path, paths, rect, svg, text

WIDE, BESIDE = 1216.0, 718.0
CARDS = (168.0, 150.0)
"""How wide cards may be; narrower ones where that makes the chart lower."""
PAD, BARS = 10.0, 46.0
COLORS = {"influences": "var(--pw-accent)", "conflicts": "var(--pw-bad)"}
TEXTS = {"influences": "var(--pw-accent-text)", "conflicts": "var(--pw-bad)"}
DASHES = {"influences": "5 3", "conflicts": "2 3"}


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands on a card, broken into lines."""

    name: tuple[str, ...]
    title: tuple[str, ...]
    bars_apart: bool

    @property
    def height(self) -> float:
        """The card's height."""
        rows = 12 + 16 * len(self.name) + 15 * len(self.title) + (18 if self.bars_apart else 0)
        return float(max(rows + 8, 52))


def _words(person: b.OrgPerson, wide: float) -> _Words:
    name = wrapped(person.name, 13, wide - 27 - PAD, 2, bold=True)
    title = wrapped(person.title, 12, wide - 2 * PAD, 2)
    last = on_screen(title[-1], 12) if title else 0
    return _Words(name, title, last > wide - 2 * PAD - BARS - 6)


def org_chart(block: b.OrgChart) -> str:
    """The chart as one picture."""
    room = WIDE if block.wide else BESIDE
    links = block.links[:LINKS]
    margin = MARGIN if links else 1.0
    found, words = min(
        (_chart(block, wide, room - 2 * margin) for wide in CARDS),
        key=lambda chart: (chart[0].width > room - 2 * margin, not chart[0].plain, chart[0].height),
    )
    # a small chart stands in the middle of its room
    inset = max((room - found.width) / 2, margin)
    cards = [box.moved(inset, margin) for box in found.cards]
    ways = [tuple((x + inset, y + margin) for x, y in way) for way in found.lines]
    body = paths(ways, "var(--pw-edge)", 1.3)
    drawn, labels = _links(links, cards, ways, found.height + 2 * margin)
    body += drawn
    for person, said, box in zip(block.people, words, cards, strict=True):
        body += _card(person, said, box)
    return svg(
        max(room, found.width + 2 * margin), found.height + 2 * margin, body + labels,
        block.label, block.description, "only-w",
    )  # fmt: skip


def _chart(block: b.OrgChart, wide: float, room: float) -> tuple[Tree, list[_Words]]:
    """The chart with cards of a width."""
    words = [_words(person, wide) for person in block.people]
    high = max((w.height for w in words), default=52.0)
    return tree([p.boss for p in block.people], (wide, high), room), words


def _card(person: b.OrgPerson, said: _Words, box: Box) -> str:
    edge, dash = ("var(--pw-edge)", "4 3") if person.unknown else ("var(--pw-line)", "")
    out = card(box.x, box.y, box.w, box.h, stroke=edge, dash=dash)
    out += mark(person.status.level, box.x + 15, box.y + 19)
    out += lines_of(box.x + 27, box.y + 23.5, said.name, 16, "b m" if person.unknown else "b")
    out += lines_of(box.x + PAD, box.y + 26 + 16 * len(said.name), said.title, 15, "m s")
    return out + influence_bars(box.right - PAD - BARS + 6, box.bottom - 9, person.influence)


def influence_bars(x: float, y: float, influence: int | None) -> str:
    """Influence from 1 to 5 as rising bars; outlines alone where it is not known."""
    out = ""
    for i in range(5):
        high = 4 + i * 2.2
        if influence is None:
            out += rect(x + i * 8 + 0.5, y - high + 0.5, 4.5, high - 1, "none", "var(--pw-edge)", 1, stroke_width=1)  # fmt: skip
        else:
            fill = "var(--pw-ink)" if i < influence else "var(--pw-line)"
            out += rect(x + i * 8, y - high, 5.5, high, fill, radius=1)
    return out


def _links(
    links: Sequence[b.OrgLink], cards: Sequence[Box], lines: Sequence[Way], height: float
) -> tuple[str, str]:
    """The lines, and above all cards their words, where there is room for them."""
    router = Router(cards, lines)
    body, named = "", _Names(cards, height)
    for number, mutual in each_once([(x.source, x.target, x.kind == "influences") for x in links]):
        link = links[number]
        way = router.way(link.source, link.target)
        if way is None:
            continue
        body += _link(link, way, mutual)
        named.add(link, way)
    return body, named.drawn


def _link(link: b.OrgLink, way: Way, mutual: bool) -> str:
    color = COLORS[link.kind]
    out = path(way, color, 1.6, DASHES[link.kind], 6)
    if link.kind == "influences":
        out += arrow(way[-1], way[-2], color)
        return out + (arrow(way[0], way[1], color) if mutual else "")
    (x1, y1), (x2, y2) = longest(way)
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    return out + line(x - 4, y - 4, x + 4, y + 4, color, 2) + line(x - 4, y + 4, x + 4, y - 4, color, 2)  # fmt: skip


class _Names:
    """Words at lines: each stands on a level piece of its line, clear of cards and other words."""

    def __init__(self, cards: Sequence[Box], height: float) -> None:
        self.taken = list(cards)
        self.height = height
        self.drawn = ""

    def add(self, link: b.OrgLink, way: Way) -> None:
        """Write the line's word where it fits; the legend says it anyway."""
        wide = on_screen(link.word, 12)
        near = 4 if link.kind == "influences" else 8  # a cross stands on the line
        level = [(a, c) for a, c in itertools.pairwise(way) if abs(a[1] - c[1]) < 0.01]
        for a, c in sorted(level, key=lambda p: -abs(p[0][0] - p[1][0])):
            left, right = min(a[0], c[0]), max(a[0], c[0])
            if right - left < wide + 20:
                continue
            for shift in (0.5, 0.25, 0.75):
                middle = left + (right - left) * shift
                begin = min(max(middle - wide / 2, left + 10), right - 10 - wide)
                for foot in (a[1] - near, a[1] + 10 + near):
                    box = Box(begin - 3, foot - 10, wide + 6, 12)
                    inside = box.y >= 0 and box.bottom <= self.height
                    if inside and not any(box.meets(other, 1) for other in self.taken):
                        self.taken.append(box)
                        self.drawn += text(begin, foot, link.word, "s halo", "", TEXTS[link.kind])
                        return
