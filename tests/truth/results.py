"""What comes of a comparison: how much was compared, what was left, and what is wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from truth.passages import Passage
from truth.tokens import Token

Value = Decimal | date
"""What is true of something: a number or a day."""


@dataclass(frozen=True)
class Difference:
    """Something said that is not so, or not said that should be."""

    file: str
    place: str
    said: str
    truth: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.said!r}, but {self.truth}"


@dataclass(frozen=True)
class Seen:
    """What a passage is about, and what it says; `rest`: how many it leaves out."""

    keys: frozenset[str]
    tokens: tuple[Token, ...]
    people: frozenset[str]
    rest: int


@dataclass
class Result:
    """What came of a comparison: facts compared by format and kind, what is wrong, what was left."""

    compared: Counter[tuple[str, str]] = field(default_factory=Counter)
    written: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Compared as part of a text that somebody wrote, letter by letter."""
    exempt: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: list[tuple[Passage, str, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    seen: dict[str, list[Seen]] = field(default_factory=dict)
    """By file, what each passage is about and says."""
    said: dict[tuple[str, str], dict[str, set[str]]] = field(default_factory=dict)
    """How a KPI's values are shown: by KPI and role, by format."""
    files: list[str] = field(default_factory=list)
