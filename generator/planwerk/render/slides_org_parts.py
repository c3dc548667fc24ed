"""An organisation chart in pieces that fit a slide each, cut by branch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from planwerk import blocks as b
from planwerk.render.layout_org import below


def cut(bosses: Sequence[int | None], fits: Callable[[Sequence[int]], bool]) -> list[list[int]]:
    """Pieces of the chart: from each head down as far as a page holds, then those cut off."""
    tops, under = below(bosses)
    heads: list[tuple[int, tuple[int, ...]]] = [(top, under[top]) for top in tops]
    pieces = []
    while heads:
        head, people = heads.pop(0)
        piece, later = [head], []
        open_ = [(head, people)]
        while open_:
            at, kids = open_.pop(0)
            count = len(kids) if not kids or fits([*piece, *kids]) else 0
            if not count and kids and at == head:
                count = _most(kids, partial(_with, piece, fits))
            piece += kids[:count]
            open_ += [(kid, under[kid]) for kid in kids[:count] if under[kid]]
            if kids[count:]:
                later.append((at, kids[count:]))
        heads = later + heads
        pieces.append(piece)
    return pieces


def _with(piece: Sequence[int], fits: Callable[[Sequence[int]], bool], kids: Sequence[int]) -> bool:
    return fits([*piece, *kids])


def _most(kids: Sequence[int], fits: Callable[[Sequence[int]], bool]) -> int:
    """How many of them stand on a page, at least one, about as many on each."""
    low, high = 1, len(kids)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(kids[:middle]):
            low = middle
        else:
            high = middle - 1
    return -(-len(kids) // -(-len(kids) // low))


def part_of(block: b.OrgChart, pieces: Sequence[Sequence[int]]) -> b.OrgChart:
    """The chart of some pieces, with the lines inside each; who stands in two has a card in both."""
    cards: list[b.OrgPerson] = []
    links: list[b.OrgLink] = []
    for piece in pieces:
        places = {person: len(cards) + i for i, person in enumerate(piece)}
        for person in piece:
            boss = block.people[person].boss
            place = None if boss is None else places.get(boss)
            cards.append(replace(block.people[person], boss=place))
        links += [
            replace(link, source=places[link.source], target=places[link.target])
            for link in block.links
            if link.source in places and link.target in places
        ]
    return replace(block, people=tuple(cards), links=tuple(links))
