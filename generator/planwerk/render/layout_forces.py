"""Where the five forces stand: a cross with rivalry in the middle, in abstract rows and columns."""

from __future__ import annotations

from collections.abc import Mapping

STRONG = 4
"""From here on a force is drawn in the accent."""
PLACES: Mapping[str, tuple[int, int]] = {
    "entrants": (1, 0), "suppliers": (0, 1), "rivalry": (1, 1), "buyers": (2, 1),
    "substitutes": (1, 2),
}  # fmt: skip
"""Column and row of each force."""
