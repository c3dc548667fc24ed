"""The product's sentences, read backwards: which one a line is, and what stands in its gaps.

The texts of `words/` are data: with them a line is taken apart. What must stand in a gap is reckoned in
`sums.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from planwerk import words
from truth.passages import plain
from truth.tokens import COUNTS as COUNTING

FILES = ("", "kpis.", "pictures.", "portfolio.")
FOLDER = Path(words.__path__[0])
COUNTS = {"count", "number", "total", "good", "done", "whole", "late", "soon", "high", "confirmed", "level", "day_count", "points", "filled", "found", "lost", "left", "n", "numerator", "denominator", "minimum", "left_out"}  # fmt: skip
MONEY = {"amount", "potential"}
GAPS = {
    **dict.fromkeys(COUNTS, r"[^\s¦·;:]*[\w%]"),
    "events": ".+",
    **dict.fromkeys(MONEY, r"(?:[A-Z]{3} )?[\d.,]+k?(?: [A-Z]{3})?"),
}
"""What can stand in a gap, by its name; in any other whatever stands there."""


@dataclass(frozen=True)
class Sentence:
    """A text with gaps: its key, the pattern it makes, and how many letters it brings itself."""

    key: str
    pattern: re.Pattern[str]
    weight: int
    first: str


@dataclass(frozen=True)
class Said:
    """A sentence found in a line: its key, and what stands in each gap, with its place."""

    key: str
    gaps: Mapping[str, str]
    spans: Mapping[str, tuple[int, int]]
    start: int
    end: int
    text: str
    weight: int
    line: str


def said(line: str, language: str) -> list[Said]:
    """The sentences that a line holds, those first that bring the most letters themselves."""
    found = []
    for sentence in _sentences(language):
        if sentence.first in line.lower():
            for hit in sentence.pattern.finditer(line):
                spans = {name: hit.span(name) for name in hit.groupdict()}
                found.append(
                    Said(
                        sentence.key,
                        hit.groupdict(),
                        spans,
                        *hit.span(),
                        hit[0],
                        sentence.weight,
                        line,
                    )
                )
    return found


@lru_cache(maxsize=2)
def fixed(language: str) -> frozenset[str]:
    """The product's own texts with figures in them and no gap: its rules, scales and legends."""
    numbers = re.compile(r"\d|\b(" + "|".join(COUNTING[language]) + r")\b", re.I)
    return frozenset(t for _, t in _texts(language) if "{" not in t and numbers.search(t))


@lru_cache(maxsize=2)
def _sentences(language: str) -> tuple[Sentence, ...]:
    made = [s for key, text in _texts(language) if "{" in text and (s := _sentence(key, text))]
    return tuple(sorted(made, key=lambda s: -s.weight))


def _texts(language: str) -> Iterator[tuple[str, str]]:
    for file in FILES:
        said = (FOLDER / f"{file}{language}.yml").read_text("utf-8")
        yield from _leaves("", yaml.load(said, Loader=yaml.CBaseLoader))


def _leaves(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(f"{key}.{name}".lstrip("."), part)
    elif isinstance(value, str):
        yield key, plain(value)


def _sentence(key: str, text: str) -> Sentence | None:
    literals = re.split(r"\{\w+\}", text)
    word = max(
        (w for part in literals for w in re.findall(r"[^\W\d_]+", part)), key=len, default=""
    )
    if len(word) < 2:
        return None
    seen: set[str] = set()
    pattern = ""
    for part in re.split(r"(\{\w+\})", text):
        if part.startswith("{") and part.endswith("}"):
            name = part[1:-1]
            pattern += (
                f"(?P={name})" if name in seen else f"(?P<{name}>{GAPS.get(name, '[^¦]{1,120}?')})"
            )
            seen.add(name)
        else:
            pattern += re.escape(part)
    if text.endswith("}"):
        pattern += r"(?=$|[;,.:)]\s?|\s[·(¦])"
    elif text[-1].isalnum():
        pattern += r"(?!\w)"
    if text.startswith("{"):
        pattern = r"(?:^|(?<=[,:·¦–] )|(?<=\())" + pattern
    elif text[0].isalnum():
        pattern = r"(?<!\w)" + pattern
    return Sentence(key, re.compile(pattern, re.I), sum(map(len, literals)), word.lower())


def is_fixed(line: str, at: int, language: str) -> bool:
    """Whether a place of a line lies in one of the product's own texts, which has no gaps."""
    lower = line.lower()
    for text in fixed(language):
        start = lower.find(text.lower())
        if start >= 0 and start <= at < start + len(text) and (len(text) > 7 or line == text):
            return True
    return False
