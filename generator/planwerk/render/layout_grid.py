"""Names in the cells of a grid: each has a row of its own, and a move keeps its row free.

Somebody who moved takes all cells of the row from where they were to where they are, so that
no name stands in the way of the arrow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

HIGH, MEDIUM = 12, 6
"""Probability times severity from which on a risk is high, and medium."""


def zone(probability: int, severity: int) -> int:
    """The zone of a risk matrix: 0 high, 1 medium, 2 low."""
    weight = probability * severity
    return 0 if weight >= HIGH else 1 if weight >= MEDIUM else 2


def reach(column: int, wide: float, cell: float) -> int:
    """The column in which words end that begin in `column`: long ones go on in the next cells."""
    return min(column + max(0, math.ceil(wide / cell) - 1), 4)


def slots(spans: Sequence[tuple[int, int]], most: int) -> tuple[tuple[int | None, ...], int, dict[int, int]]:  # fmt: skip
    """Rows for `spans` (first and last column of each) in one line of cells.

    Gives the row of each (None where the cell holds more than `most`), how many rows are
    needed, and how many were left out by column (the last one of their span).
    """
    taken: list[list[tuple[int, int]]] = []
    found: list[int | None] = []
    left_out: dict[int, int] = {}
    for first, last in spans:
        low, high = min(first, last), max(first, last)
        row = next((i for i, held in enumerate(taken) if all(high < a or low > z for a, z in held)), len(taken))  # fmt: skip
        if row >= most:
            found.append(None)
            left_out[last] = left_out.get(last, 0) + 1
            continue
        if row == len(taken):
            taken.append([])
        taken[row].append((low, high))
        found.append(row)
    return tuple(found), len(taken), left_out
