"""Where the stages of a journey stand: evenly on as few lines as hold them, and how high moods are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

MOST = 7
"""Stages beside each other; more stand on a second line."""
T = TypeVar("T")


def rows(stages: Sequence[T], most: int = MOST) -> list[Sequence[T]]:
    """The stages in lines of about the same length, in their order."""
    count = -(-len(stages) // most)
    each = -(-len(stages) // count) if count else 0
    return [stages[i : i + each] for i in range(0, len(stages), each)] if each else []


def mood_height(mood: float, top: float, high: float, edge: float) -> float:
    """Where a mood from -2 to 2 stands between `top` and `top + high`, `edge` away from both."""
    return top + high / 2 - mood * (high / 2 - edge) / 2


def runs(points: Sequence[T | None]) -> list[list[T]]:
    """The points that follow each other without a gap, two or more."""
    found: list[list[T]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [run for run in found if len(run) > 1]
