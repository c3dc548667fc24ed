"""Numbers and days out of words, in the reader's language.

Written from what readers of the two languages expect, not from the product's formats: `1.234,5` and
`30.11.2026` in German, `1,234.5` and `30 Nov 2026` in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

MONTHS = {
    "de": ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
}  # fmt: skip
COUNTS = {
    "de": [
        "null",
        "ein",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
    ],
    "en": [
        "none",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ],
}
ONE = {"de": r"(?P<one>eine[rsnm]?|ein)(?= von\b)", "en": r"(?P<one>one)(?= of\b)"}
"""The word is an article, too: it counts only before what it is of."""
UNITS = r"%|EUR|GBP|USD|CHF|€|£|h\b|Tage?n?\b|days?\b|Jahren?\b|years?\b"


@dataclass(frozen=True)
class Number:
    """A number as it is said: `value` at `decimals` places, times `scale` (1000: "Tsd.")."""

    said: str
    value: Decimal
    decimals: int
    unit: str = ""
    scale: int = 1
    at: int = 0

    def says(self, truth: Decimal, scale: int = 1) -> bool:
        """Whether it is `truth`, halves rounded away from zero, at the places shown."""
        exact = truth / (self.scale if self.scale != 1 else scale)
        return exact.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP) == self.value


@dataclass(frozen=True)
class Day:
    """A day, or what is said of it: without a year, a month of a year, or a quarter."""

    said: str
    day: int | None
    month: int
    year: int | None
    kind: Literal["day", "month", "quarter"] = "day"
    at: int = 0

    def says(self, truth: date, today: date) -> bool:
        """Whether it is that day; one without its year is of this year."""
        if self.kind == "quarter":
            return (self.month, self.year) == ((truth.month + 2) // 3, truth.year)
        if self.month != truth.month or (self.day is not None and self.day != truth.day):
            return False
        return truth.year == (today.year if self.year is None else self.year)


Token = Number | Day


@lru_cache(maxsize=4)
def _pattern(language: str) -> re.Pattern[str]:
    months = MONTHS[language]
    short = {name[:3] for name in months} | {"Sept", "Jän"}
    name = "|".join(sorted({*months, *short}, key=len, reverse=True))
    if language == "de":
        day = rf"(?P<d>\d{{1,2}})\.(?:(?P<m>\d{{1,2}})\.(?P<y>\d{{4}})?(?!\d)|\s(?P<mn>{name})\b\.?(?:\s(?P<yn>\d{{4}}))?)"
        number = r"(?<![\w.,])(?P<n>[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[-+]?\d+(?:,\d+)?)"
    else:
        day = rf"(?P<d>\d{{1,2}})\s(?P<mn>{name})\b(?:\s(?P<yn>\d{{4}}))?(?P<m>(?!))?(?P<y>(?!))?"
        number = r"(?<![\w.,])(?P<n>[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?)"
    month = rf"\b(?P<mo>{name})\b\.?\s(?P<yo>\d{{4}})\b|(?P<ms>\d{{1,2}})/(?P<ys>\d{{2}})\b|Q(?P<q>[1-4]) (?P<qy>\d{{2}})\b"
    before = r"(?:(?P<pre>EUR|GBP|USD|CHF|€|£)\s?)?"
    after = (
        rf"(?:\s?(?P<k>Tsd\.|Mio\.|k\b|thousand\b|m\b|million\b))?(?:\s?(?P<u>{UNITS}))?(?![\w])"
    )
    words = "|".join(COUNTS[language][2:] + (["none"] if language == "en" else ["keine[rsnm]?(?= von)", "null"]))  # fmt: skip
    return re.compile(
        rf"(?<![\w.]){day}|{month}|{before}{number}{after}|\b(?P<w>{words})\b|\b{ONE[language]}", re.I
    )  # fmt: skip


def tokens(words: str, language: str) -> Iterator[Token]:
    """Every number and day in `words`, in order."""
    for found in _pattern(language).finditer(words):
        yield _token(found, language)


def _token(found: re.Match[str], language: str) -> Token:
    said, part, at = found[0], found.groupdict(), found.start()
    if part["d"]:
        month = int(part["m"]) if part["m"] else _month(part["mn"], language)
        year = part["y"] or part["yn"]
        return Day(said, int(part["d"]), month, int(year) if year else None, at=at)
    if part["mo"]:
        return Day(said, None, _month(part["mo"], language), int(part["yo"]), "month", at)
    if part["ms"]:
        return Day(said, None, int(part["ms"]), 2000 + int(part["ys"]), "month", at)
    if part["q"]:
        return Day(said, None, int(part["q"]), 2000 + int(part["qy"]), "quarter", at)
    if part["w"] or part["one"]:
        word = (part["w"] or "").lower()
        value = 1 if part["one"] else 0 if word.startswith("kein") else COUNTS[language].index(word)
        return Number(said, Decimal(value), 0, at=at)
    return _number(part, said, language, found.start("n"))


def _number(part: dict[str, str | None], said: str, language: str, at: int) -> Number:
    digits = part["n"] or ""
    digits = digits.replace(".", "").replace(",", ".") if language == "de" else digits.replace(",", "")  # fmt: skip
    decimals = len(digits.partition(".")[2])
    scale = {"T": 1000, "k": 1000, "t": 1000, "M": 10**6, "m": 10**6}.get((part["k"] or " ")[0], 1)
    unit = part["pre"] or part["u"] or ""
    return Number(said, Decimal(digits), decimals, unit, scale, at)


def _month(name: str | None, language: str) -> int:
    start = (name or "").lower()[:3]
    return next(i for i, month in enumerate(MONTHS[language], 1) if month.lower().startswith(start))


def month_of(words: str, language: str) -> int:
    """The month that a word names, short or whole; 0 if it names none."""
    word = words.rstrip(".").lower()
    if len(word) < 3 or word == "sept":
        return 9 if word == "sept" else 0
    return next((i for i, m in enumerate(MONTHS[language], 1) if m.lower().startswith(word)), 0)
