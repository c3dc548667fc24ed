"""What was counted: sums that can be added to other sums, and the value that follows from them.

Rates are never averaged: accounts are added up by numerator and denominator, and divided once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

ZERO, ONE = Decimal(0), Decimal(1)
NOTHING_KEPT = frozenset(
    {"no_log", "too_young", "not_kept", "not_told", "means_only", "not_asked", "open_since"}
)
"""Reasons to leave an account out of a sum: nothing of it is known, so nothing of it is wrong.
All other reasons spoil the sum: something that belongs into it cannot be told."""


class Span(NamedTuple):
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def holds(self, day: object) -> bool:
        """Whether that is a day, and one of these."""
        return isinstance(day, date) and self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted, of one account or of many.

    `denominator` None: nothing is divided. `n` cases were counted, `left_out` cases tell
    nothing. `why` holds the reasons why no value follows; `values` are what a median is of.
    `inputs` says how many lines of which file were counted.
    """

    numerator: Decimal = ZERO
    denominator: Decimal | None = None
    n: int = 0
    left_out: int = 0
    why: frozenset[str] = frozenset()
    values: tuple[Decimal, ...] = ()
    inputs: tuple[tuple[str, int], ...] = ()


def unknown(*why: str) -> Tally:
    """Nothing could be counted, for these reasons."""
    return Tally(why=frozenset(why))


def add(tallies: Iterable[Tally]) -> Tally:
    """The sum of those; accounts of which nothing is kept are left out."""
    numerator, denominator, n, left_out = ZERO, ZERO, 0, 0
    divided, counted = False, False
    why: set[str] = set()
    nothing: set[str] = set()
    values: list[Decimal] = []
    inputs: dict[str, int] = {}
    for one in tallies:
        if one.why and one.why <= NOTHING_KEPT:
            nothing |= one.why
            continue
        counted = True
        numerator += one.numerator
        if one.denominator is not None:
            divided, denominator = True, denominator + one.denominator
        n, left_out = n + one.n, left_out + one.left_out
        why |= one.why
        values += one.values
        for log, lines in one.inputs:
            inputs[log] = inputs.get(log, 0) + lines
    if not counted:
        return Tally(why=frozenset(nothing or {"no_log"}))
    return Tally(
        numerator, denominator if divided else None, n, left_out, frozenset(why),
        tuple(values), tuple(sorted(inputs.items())),
    )  # fmt: skip


def median(values: tuple[Decimal, ...]) -> Decimal | None:
    """The value in the middle, or between the two there; None of nothing."""
    if not values:
        return None
    ranked, half = sorted(values), len(values) // 2
    return ranked[half] if len(values) % 2 else (ranked[half - 1] + ranked[half]) / 2
