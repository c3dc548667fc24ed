"""Where the parts of the customer strategy map stand: columns in tiers, bands below each other.

A tier holds at most `MOST` departments; more make a second one. In a tier people stand on their
department, below it steps or ways in, below the horizon the white space hangs down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planwerk.render.layout import Box, Way

MOST, GAP = 7, 12.0
LEAST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances of a map in the units of whoever draws it; the defaults are the portal's pixels.

    `head` are the heads above a tier, `band` the word above a band, `join` the line between two
    things, `space_most` the height of the column with the most white space.
    """

    most: int = MOST
    least_columns: int = LEAST_COLUMNS
    gap: float = GAP
    head: float = 50.0
    band: float = 32.0
    join: float = 22.0
    step_gap: float = 8.0
    person_gap: float = 10.0
    lane: float = 8.0
    space_gap: float = 4.0
    space_least: float = 22.0
    space_most: float = 240.0
    between: float = 30.0


PORTAL = Spacing()


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column needs: heights of its people and steps, values of its white space.

    `sources` are the columns that introduce us here; a value of None is one nobody knows. `least`
    is how high the words of each space are, where that is measured.
    """

    people: tuple[float, ...]
    steps: tuple[float, ...]
    spaces: tuple[float | None, ...]
    reached: bool
    sources: tuple[int, ...] = ()
    least: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts of one column stand; `join` is what leads from people to the plate."""

    people: tuple[Box, ...]
    plate: Box
    steps: tuple[Box, ...]
    spaces: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """One row of columns; `columns` are their numbers. `split` is where the unreached begin."""

    columns: tuple[int, ...]
    top: float
    people: float
    steps: float
    horizon: float
    bottom: float
    split: float | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole map; `introductions` lead from the steps of one column to those of another."""

    places: tuple[Place, ...]
    tiers: tuple[Tier, ...]
    introductions: tuple[Way, ...]
    height: float
    column: float


def column_width(count: int, room: float, spacing: Spacing = PORTAL) -> float:
    """How wide each of so many columns is."""
    across = max((len(tier) for tier in tiers_of(count, spacing.most)), default=0)
    across = max(across, spacing.least_columns)
    return (room - spacing.gap * (across - 1)) / across


def tiers_of(count: int, most: int = MOST) -> tuple[range, ...]:
    """Columns in as few tiers as hold them, about as many in each."""
    rows = -(-count // most)
    each = -(-count // rows) if rows else 0
    return tuple(range(i, min(i + each, count)) for i in range(0, count, each)) if each else ()


def plan(columns: Sequence[Measure], room: float, plate: float, spacing: Spacing = PORTAL) -> Plan:
    """Every part's place; all columns are equally wide, all departments `plate` high, and the same
    value is equally high everywhere."""
    wide = column_width(len(columns), room, spacing)
    scale = _scale(columns, spacing)
    places: dict[int, Place] = {}
    tiers: list[Tier] = []
    ways: list[Way] = []
    top = 0.0
    for numbers in tiers_of(len(columns), spacing.most):
        tier, found, lines = _tier(tuple(numbers), columns, (wide, plate), scale, top, spacing)
        tiers.append(tier)
        places |= found
        ways += lines
        top = tier.bottom + spacing.between
    height = tiers[-1].bottom if tiers else 0.0
    return Plan(tuple(places[i] for i in range(len(columns))), tuple(tiers), tuple(ways), height, wide)  # fmt: skip


def _scale(columns: Sequence[Measure], spacing: Spacing) -> float:
    """Units of height for a unit of value, so that the highest column just fits."""
    sums = [sum(v or 0 for v in column.spaces) for column in columns]
    return spacing.space_most / max([*sums, 1e-9])


def _tier(
    numbers: tuple[int, ...],
    columns: Sequence[Measure],
    size: tuple[float, float],
    scale: float,
    top: float,
    by: Spacing,
) -> tuple[Tier, dict[int, Place], list[Way]]:
    wide, high = size
    x = {n: i * (wide + by.gap) for i, n in enumerate(numbers)}
    here = [columns[n] for n in numbers]
    stack = max(_stacked(c.people, by.person_gap) for c in here)
    people = top + by.head
    plate = people + stack + by.join
    steps = plate + high + by.band
    deep = max(_stacked(c.steps, by.step_gap) for c in here)
    pairs = [(s, n) for n in numbers for s in dict.fromkeys(columns[n].sources) if s in x and s != n]  # fmt: skip
    horizon = steps + deep + by.lane * (len(pairs) + 1) + by.band
    places: dict[int, Place] = {}
    for n in numbers:
        column = columns[n]
        at = plate - by.join - _stacked(column.people, by.person_gap)
        places[n] = Place(
            _down(x[n], at, wide, column.people, by.person_gap),
            Box(x[n], plate, wide, high),
            _down(x[n], steps, wide, column.steps, by.step_gap),
            _down(
                x[n],
                horizon + by.space_gap,
                wide,
                _highs(column, scale, by.space_least),
                by.space_gap,
            ),
        )
    bottom = max(
        [horizon + 2 * by.space_gap, *(box.bottom for p in places.values() for box in p.spaces)]
    )
    first = next((n for n in numbers if not columns[n].reached), None)
    split = None if first is None else x[first] - by.gap / 2
    tier = Tier(numbers, top, people, steps, horizon, bottom, split)
    return tier, places, _introductions(pairs, places, steps + deep, by)


def _highs(column: Measure, scale: float, least: float) -> list[float]:
    """Each piece of white space as high as its value, and at least as high as its words."""
    own = column.least or (least,) * len(column.spaces)
    return [max(low, (v or 0) * scale) for v, low in zip(column.spaces, own, strict=True)]


def _stacked(heights: Sequence[float], gap: float) -> float:
    return sum(heights) + gap * max(len(heights) - 1, 0)


def _down(x: float, y: float, wide: float, heights: Sequence[float], gap: float) -> tuple[Box, ...]:
    boxes = []
    for high in heights:
        boxes.append(Box(x, y, wide, high))
        y += high + gap
    return tuple(boxes)


def _introductions(
    pairs: Sequence[tuple[int, int]], places: dict[int, Place], below: float, by: Spacing
) -> list[Way]:
    """Each runs in a lane of its own; they leave and arrive at points of their own too.

    The one that comes from farthest left and goes farthest runs lowest, so that few cross.
    """
    ways: list[Way] = []
    leaving: dict[int, int] = {}
    arriving: dict[int, int] = {}
    for lane, (source, target) in enumerate(sorted(pairs, key=lambda p: (-p[0], p[1]))):
        y = below + by.lane * (lane + 1)
        out, into = leaving.get(source, 0), arriving.get(target, 0)
        leaving[source], arriving[target] = out + 1, into + 1
        x1 = _port(places[source].plate, 0.5, out, by)
        x2 = _port(places[target].plate, 0.3, into, by)
        ways.append(((x1, _foot(places[source])), (x1, y), (x2, y), (x2, _foot(places[target]))))
    return ways


def _port(box: Box, share: float, number: int, by: Spacing) -> float:
    return box.x + min(box.w - by.lane, box.w * share + by.gap * number)


def _foot(place: Place) -> float:
    """Below the last step; below the department where there is none."""
    return place.steps[-1].bottom if place.steps else place.plate.bottom
