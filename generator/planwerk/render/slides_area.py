"""Where things stand on a slide, and how many of them stand on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

NARROW = 22.0
"""Below this width bands, panels and flows give way to tables and cards."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on the slide in centimetres."""

    x: float
    y: float
    w: float
    h: float

    def inside(self, side: float, top: float | None = None) -> Area:
        """The area without a margin."""
        edge = side if top is None else top
        return Area(self.x + side, self.y + edge, self.w - 2 * side, self.h - 2 * edge)

    def below(self, gone: float) -> Area:
        """What is left under the first `gone` centimetres."""
        return Area(self.x, self.y + gone, self.w, self.h - gone)

    def columns(self, weights: Sequence[float], gap: float) -> list[Area]:
        """Side by side in these proportions."""
        room, x, out = self.w - gap * (len(weights) - 1), self.x, []
        for weight in weights:
            wide = room * weight / sum(weights)
            out.append(Area(x, self.y, wide, self.h))
            x += wide + gap
        return out

    def rows(self, count: int, gap: float) -> list[Area]:
        """One below the other, equally high."""
        high = (self.h - gap * (count - 1)) / count
        return [Area(self.x, self.y + i * (high + gap), self.w, high) for i in range(count)]


def share_out(items: Sequence[T], index: int, count: int) -> tuple[T, ...]:
    """The `index`-th of `count` parts that differ by one item at most."""
    size, more = divmod(len(items), count)
    start = index * size + min(index, more)
    return tuple(items[start : start + size + (index < more)])


def evenly(items: Sequence[T], most: int) -> list[tuple[T, ...]]:
    """The items on as few pages of at most `most` as possible, cut evenly: 30 is 15 and 15."""
    count = -(-len(items) // most) or 1
    return [share_out(items, i, count) for i in range(count)]
