"""Ways between cards that run in the lanes beside them, with few bends and few crossings.

The lanes make a lattice; each way is the cheapest through it, and makes what it uses dear for the
next. Lengths are counted in the layout's units, a bend like a detour of `BEND`.
"""

from __future__ import annotations

import heapq
import itertools
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from planwerk.render.layout import Box, Point, Way, around

LANES = (5.0, 10.0)
"""How far beside a card its lanes run."""
PORT = 30.0
"""How far beside its middle lines leave a card above and below."""
BEND, CROSS, ALONG = 40.0, 60.0, 500.0
MARGIN = max(LANES) + 2
"""What the ways need around the outermost cards."""
CLOSE = 3.0
CROSSINGS = 8000
"""Where lanes cross more often, cards stand in too many places for lines beside them to be read
(and to be found in time): then none is drawn."""
Step = tuple[int, int, int]
"""A crossing of lanes by their numbers, and the direction it is passed in: 0 across, 1 down."""


@dataclass
class Router:
    """Finds ways between the cards; `lines` are already drawn, to be crossed rarely."""

    cards: Sequence[Box]
    lines: Sequence[Way]
    xs: list[float] = field(init=False)
    ys: list[float] = field(init=False)
    _across: list[tuple[float, float, float]] = field(init=False, default_factory=list)
    """Lines already drawn from left to right: y, from x, to x; in the order of y."""
    _down: list[tuple[float, float, float]] = field(init=False, default_factory=list)
    """The same from above to below: x, from y, to y."""
    _free: dict[tuple[int, int, int], bool] = field(init=False, default_factory=dict)
    _dear: dict[tuple[int, int, int], float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.xs = _lanes((b.x, b.right) for b in self.cards)
        self.ys = _lanes((b.y, b.bottom) for b in self.cards)
        for box in self.cards:
            self.xs += [box.middle - PORT, box.middle + PORT]
            self.ys += [box.centre - 12, box.centre + 12]
        self.xs, self.ys = _distinct(self.xs), _distinct(self.ys)
        for way in self.lines:
            self._draw(way)

    def way(self, source: int, target: int) -> Way | None:
        """The way from one card to another; None where every lane is closed, or lanes are too many."""
        if len(self.xs) * len(self.ys) > CROSSINGS:
            return None
        goals = {self._lane(port): port for port in self._ports(target)}
        queue: list[tuple[float, float, Step, Step | None]] = []
        ends = self.cards[target]
        for port in self._ports(source):
            i, k, turned = self._lane(port)
            queue.append((self._ahead(i, k, ends), 0.0, (i, k, turned), None))
        heapq.heapify(queue)
        came: dict[Step, Step | None] = {}
        while queue:
            _, cost, step, before = heapq.heappop(queue)
            if step in came:
                continue
            came[step] = before
            if step in goals:
                found = self._traced(source, target, step, came)
                self._draw(found)
                return found
            for after, price in self._next(step):
                if after not in came:
                    whole = cost + price
                    heapq.heappush(queue, (whole + self._ahead(after[0], after[1], ends), whole, after, step))  # fmt: skip
        return None

    def _ports(self, card: int) -> Iterator[tuple[Point, Point, int]]:
        """Where lines may leave: the point on the edge, the first one in a lane, the direction."""
        box = self.cards[card]
        near = LANES[0]
        for x in (box.middle - PORT, box.middle + PORT):
            yield (x, box.y), (x, box.y - near), 1
            yield (x, box.bottom), (x, box.bottom + near), 1
        for y in (box.centre - 12, box.centre + 12):
            yield (box.x, y), (box.x - near, y), 0
            yield (box.right, y), (box.right + near, y), 0

    def _lane(self, port: tuple[Point, Point, int]) -> Step:
        return _at(self.xs, port[1][0]), _at(self.ys, port[1][1]), port[2]

    def _ahead(self, i: int, k: int, box: Box) -> float:
        """At least so far from here to a card."""
        x, y = self.xs[i], self.ys[k]
        return max(box.x - x, x - box.right, 0) + max(box.y - y, y - box.bottom, 0)

    def _next(self, step: Step) -> Iterator[tuple[Step, float]]:
        i, k, turned = step
        for direction, di, dk in ((0, 1, 0), (0, -1, 0), (1, 0, 1), (1, 0, -1)):
            a, c = i + di, k + dk
            if not (0 <= a < len(self.xs) and 0 <= c < len(self.ys)):
                continue
            edge = (min(i, a), min(k, c), direction)
            if self._open(edge):
                yield (a, c, direction), self._price(edge) + (BEND if direction != turned else 0)

    def _ends(self, edge: tuple[int, int, int]) -> tuple[Point, Point]:
        i, k, direction = edge
        a, c = (i + 1, k) if direction == 0 else (i, k + 1)
        return (self.xs[i], self.ys[k]), (self.xs[a], self.ys[c])

    def _open(self, edge: tuple[int, int, int]) -> bool:
        """Whether no card stands between two crossings of lanes."""
        if edge not in self._free:
            (x1, y1), (x2, y2) = self._ends(edge)
            self._free[edge] = not any(
                x1 < box.right + 2 and box.x < x2 + 2 and y1 < box.bottom + 2 and box.y < y2 + 2
                for box in self.cards
            )
        return self._free[edge]

    def _price(self, edge: tuple[int, int, int]) -> float:
        if edge not in self._dear:
            one, other = self._ends(edge)
            if edge[2] == 0:
                meets = _meets(self._across, self._down, one[1], one[0], other[0])
                self._dear[edge] = other[0] - one[0] + meets
            else:
                meets = _meets(self._down, self._across, one[0], one[1], other[1])
                self._dear[edge] = other[1] - one[1] + meets
        return self._dear[edge]

    def _draw(self, way: Way) -> None:
        for (x1, y1), (x2, y2) in itertools.pairwise(way):
            if abs(y1 - y2) < 0.01:
                insort(self._across, (y1, min(x1, x2), max(x1, x2)))
            else:
                insort(self._down, (x1, min(y1, y2), max(y1, y2)))
        self._dear.clear()

    def _traced(self, source: int, target: int, last: Step, came: dict[Step, Step | None]) -> Way:
        steps: list[Step] = []
        at: Step | None = last
        while at is not None:
            steps.append(at)
            at = came[at]
        steps.reverse()
        points: list[Point] = [(self.xs[i], self.ys[k]) for i, k, _ in steps]
        first = next(p[0] for p in self._ports(source) if self._lane(p) == steps[0])
        end = next(p[0] for p in self._ports(target) if self._lane(p) == steps[-1])
        return straight((first, *points, end))


def outside(cards: Sequence[Box]) -> Box:
    """The room that cards and the lanes around them take."""
    box = around(cards)
    return Box(box.x - MARGIN, box.y - MARGIN, box.w + 2 * MARGIN, box.h + 2 * MARGIN)


def straight(way: Sequence[Point]) -> Way:
    """The corners of a way alone."""
    kept: list[Point] = []
    for point in way:
        if kept and abs(kept[-1][0] - point[0]) + abs(kept[-1][1] - point[1]) < 0.01:
            continue
        if len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return (abs(a[0] - b[0]) < 0.01 and abs(b[0] - c[0]) < 0.01) or (
        abs(a[1] - b[1]) < 0.01 and abs(b[1] - c[1]) < 0.01
    )


def _meets(
    along: Sequence[tuple[float, float, float]],
    others: Sequence[tuple[float, float, float]],
    at: float,
    low: float,
    high: float,
) -> float:
    """What it costs a piece from `low` to `high` to run along lines, and to cross others."""
    cost = 0.0
    for i in range(bisect_left(along, (at - CLOSE,)), len(along)):
        place, start, end = along[i]
        if place > at + CLOSE:
            break
        if min(end, high) - max(start, low) > 0.5:
            cost += ALONG
    for i in range(bisect_left(others, (low,)), len(others)):
        place, start, end = others[i]
        if place > high:
            break
        if start <= at <= end:
            cost += CROSS
    return cost


def _lanes(edges: Iterable[tuple[float, float]]) -> list[float]:
    return [v for low, high in edges for lane in LANES for v in (low - lane, high + lane)]


def _distinct(values: Iterable[float]) -> list[float]:
    return sorted({round(v, 2) for v in values})


def _at(values: Sequence[float], value: float) -> int:
    return values.index(round(value, 2))
