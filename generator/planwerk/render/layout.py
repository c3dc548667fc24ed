"""What all layouts speak of: boxes and points on a plane whose y grows downwards.

Units are abstract: the portal takes them as pixels, an Office picture may scale them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Way: TypeAlias = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.h

    @property
    def middle(self) -> float:
        """The x of its centre."""
        return self.x + self.w / 2

    @property
    def centre(self) -> float:
        """The y of its centre."""
        return self.y + self.h / 2

    def moved(self, dx: float, dy: float) -> Box:
        """The same box elsewhere."""
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def meets(self, other: Box, gap: float = 0) -> bool:
        """Whether the two overlap, or come closer than `gap`."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of them; an empty one without any."""
    known = tuple(boxes)
    if not known:
        return Box(0, 0, 0, 0)
    x, y = min(b.x for b in known), min(b.y for b in known)
    return Box(x, y, max(b.right for b in known) - x, max(b.bottom for b in known) - y)


def longest(way: Way) -> tuple[Point, Point]:
    """The longest straight piece of a way."""
    pieces = list(itertools.pairwise(way))
    return max(pieces, key=lambda p: abs(p[0][0] - p[1][0]) + abs(p[0][1] - p[1][1]))
