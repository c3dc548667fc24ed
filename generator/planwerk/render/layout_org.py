"""Where the cards of an organisation chart stand, and the lines of who reports to whom.

Below somebody their people stand side by side in stacks; a stack of one hangs at a bus, a
longer one beside a line of its own. A plain tree is taken where it fits the width, else of all ways
to stack the lowest chart: many people give an indented list in columns. Whoever reports in a circle, or to
somebody who is not there, begins a tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planwerk.render.layout import Box, Point, Way

GAP, BETWEEN, LEVEL, INDENT = 16.0, 12.0, 46.0, 16.0
"""Between neighbours, in a stack, between levels, and how far a stack stands in."""


LINKS = 12
"""Lines of influence and conflict that are drawn; more would hide the people."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Cards in the order of the people, reporting lines, and the room they take.

    `plain`: everybody stands side by side below their boss, nothing is stacked.
    """

    cards: tuple[Box, ...]
    lines: tuple[Way, ...]
    width: float
    height: float
    plain: bool = True


@dataclass(frozen=True, slots=True)
class _Part:
    """A person with all below: cards by person, lines, and where the person's card stands."""

    cards: tuple[tuple[int, Box], ...]
    lines: tuple[Way, ...]
    width: float
    height: float
    head: Box


def below(bosses: Sequence[int | None]) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]]]:
    """Who stands on top, and who stands below whom; circles are opened at their first person."""
    count = len(bosses)
    valid = [boss if boss is not None and 0 <= boss < count and boss != i else None for i, boss in enumerate(bosses)]  # fmt: skip
    for first in range(count):
        seen, at = {first}, valid[first]
        while at is not None and at not in seen:
            seen.add(at)
            at = valid[at]
        if at == first:
            valid[first] = None
    tops = tuple(i for i, boss in enumerate(valid) if boss is None)
    return tops, {i: tuple(k for k, boss in enumerate(valid) if boss == i) for i in range(count)}


def each_once(links: Sequence[tuple[int, int, bool]]) -> list[tuple[int, bool]]:
    """Which of the links (from, to, whether it has a direction) are drawn, and whether both ways.

    Two that lead to each other are one line.
    """
    known = {(source, target) for source, target, directed in links if directed}
    out, pairs = [], set()
    for number, (source, target, directed) in enumerate(links):
        mutual = directed and (target, source) in known
        pair = (min(source, target), max(source, target))
        if mutual and pair in pairs:
            continue
        if mutual:
            pairs.add(pair)
        out.append((number, mutual))
    return out


def tree(bosses: Sequence[int | None], card: tuple[float, float], room: float) -> Tree:
    """The lowest chart of equal cards in `room`; as wide as it needs if nothing fits."""
    if not bosses:
        return Tree((), (), 0, 0)
    tops, under = below(bosses)
    deep = max(_depth(top, under) for top in tops)
    widest = max(len(found) for found in under.values())
    best: Tree | None = None
    for levels, stacks in _ways(deep, widest):
        maker = _Maker(under, card, levels, stacks, _indent(deep, card[0], room))
        found = _shelves([maker.part(top, 0) for top in tops], room, best is None)
        if best is None or _worth(found, room) < _worth(best, room):
            best = found
        if best.plain and best.width <= room:
            break
    assert best is not None
    return best


def _ways(deep: int, widest: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """How many levels stand side by side, and in how many stacks on top and further below; the
    plainest tree first."""
    yield deep, (max(widest, 1), max(widest, 1))
    for levels in range(deep, 0, -1):
        for top in range(min(widest, 12), 0, -1):
            for further in range(min(top, 4), 0, -1):
                yield levels, (top, further)
    yield 0, (1, 1)


def _worth(found: Tree, room: float) -> tuple[float, float]:
    """What makes a chart worse: not to fit, then to be high."""
    return max(0.0, found.width - room), found.height


def _depth(person: int, under: dict[int, tuple[int, ...]]) -> int:
    deep, level = 0, under[person]
    while level:
        deep, level = deep + 1, tuple(k for one in level for k in under[one])
    return deep


def _indent(deep: int, wide: float, room: float) -> float:
    return max(2.0, min(INDENT, (room - wide) / max(deep, 1)))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes parts; from `levels` on people stand in one indented stack."""

    under: dict[int, tuple[int, ...]]
    card: tuple[float, float]
    levels: int
    stacks: tuple[int, int]
    indent: float

    def part(self, person: int, level: int) -> _Part:
        """A person with all below."""
        head = Box(0, 0, *self.card)
        people = self.under[person]
        if not people:
            return _Part(((person, head),), (), head.w, head.h, head)
        if level >= self.levels:
            return self._list(person)
        groups = _even(people, self.stacks[min(level, 1)])
        stacks = [self._stack(group, level + 1) for group in groups]
        width = sum(s.width for s in stacks) + GAP * (len(stacks) - 1)
        head = head.moved(max(0.0, (self._span(stacks) - head.w) / 2), 0)
        width = max(width, head.right)
        cards: list[tuple[int, Box]] = [(person, head)]
        lines: list[Way] = []
        x, top = 0.0, head.bottom + LEVEL
        for stack in stacks:
            cards += [(k, box.moved(x, top)) for k, box in stack.cards]
            lines += [_moved(way, x, top) for way in stack.lines]
            down = stack.head.x + x
            bus = head.bottom + LEVEL / 2
            lines.append(_plain(((head.middle, head.bottom), (head.middle, bus), (down, bus), (down, top))))  # fmt: skip
            x += stack.width + GAP
        height = max(box.bottom for _, box in cards)
        return _Part(tuple(cards), tuple(lines), width, height, head)

    @staticmethod
    def _span(stacks: Sequence[_Part]) -> float:
        """Twice the middle between the first and the last line down to the stacks."""
        first = stacks[0].head.x
        last = sum(s.width + GAP for s in stacks[:-1]) + stacks[-1].head.x
        return first + last

    def _stack(self, people: Sequence[int], level: int) -> _Part:
        """People below each other; its `head` is as wide as nothing: where its line comes down."""
        if len(people) == 1:
            part = self.part(people[0], level)
            return _Part(part.cards, part.lines, part.width, part.height, Box(part.head.middle, 0, 0, 0))  # fmt: skip
        listed = self._listed(people, 0)
        return _Part(listed.cards, listed.lines, listed.width, listed.height, Box(self.indent / 2, 0, 0, 0))  # fmt: skip

    def _list(self, person: int) -> _Part:
        """A person with all below in one indented list; a loop, for people may stand deep."""
        head = Box(0, 0, *self.card)
        listed = self._listed(self.under[person], head.bottom + BETWEEN)
        lines = tuple(_from(way, head.bottom) for way in listed.lines[:1]) + listed.lines[1:]
        return _Part(((person, head), *listed.cards), lines, max(head.w, listed.width), listed.height, head)  # fmt: skip

    def _listed(self, people: Sequence[int], top: float) -> _Part:
        """People and all below them, each level further in, from `top` on; the first line is that
        down to them."""
        cards: list[tuple[int, Box]] = []
        spines: dict[int, tuple[float, float]] = {}
        lines: list[Way] = []
        open_ = [(k, 0, -1) for k in reversed(people)]
        y, firsts = top, top
        while open_:
            person, level, boss = open_.pop()
            box = Box(self.indent * (level + 1), y, *self.card)
            cards.append((person, box))
            spine, start = spines.get(boss, (self.indent / 2, firsts))
            lines.append(((spine, start), (spine, box.centre), (box.x, box.centre)))
            spines[person] = (box.x + self.indent / 2, box.bottom)
            open_ += [(k, level + 1, person) for k in reversed(self.under[person])]
            y = box.bottom + BETWEEN
        boxes = [box for _, box in cards]
        return _Part(tuple(cards), tuple(lines), max(b.right for b in boxes), max(b.bottom for b in boxes), boxes[0])  # fmt: skip


def _from(way: Way, y: float) -> Way:
    return ((way[0][0], y), *way[1:])


def _moved(way: Way, dx: float, dy: float) -> Way:
    return tuple((x + dx, y + dy) for x, y in way)


def _plain(way: Way) -> Way:
    """Without points that lie on one another."""
    kept: list[Point] = []
    for point in way:
        if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) > 0.01:
            kept.append(point)
    return tuple(kept)


def _even(people: Sequence[int], most: int) -> list[Sequence[int]]:
    """People in at most so many groups of about the same size, in their order."""
    count = max(1, min(most, len(people)))
    size, over = divmod(len(people), count)
    groups, at = [], 0
    for i in range(count):
        end = at + size + (1 if i < over else 0)
        groups.append(people[at:end])
        at = end
    return groups


def _shelves(parts: Sequence[_Part], room: float, plain: bool) -> Tree:
    """Trees side by side, on further shelves where they do not fit."""
    cards: dict[int, Box] = {}
    lines: list[Way] = []
    x = y = high = wide = 0.0
    for part in parts:
        if x and x + part.width > room:
            x, y, high = 0.0, y + high + LEVEL, 0.0
        cards |= {k: box.moved(x, y) for k, box in part.cards}
        lines += [_moved(way, x, y) for way in part.lines]
        wide, high = max(wide, x + part.width), max(high, part.height)
        x += part.width + GAP * 1.5
    return Tree(tuple(cards[k] for k in sorted(cards)), tuple(lines), wide, y + high, plain)
