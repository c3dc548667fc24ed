"""Periods in the calendar: which days follow, and what people call them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

NAMED = re.compile(r"(?P<year>20\d\d)(?:-(?P<kind>[hq])(?P<number>[1-4]))?")
MONTHS = {"h": 6, "q": 3, None: 12}
DAY = timedelta(days=1)


class Span(NamedTuple):
    """The first and the last day of a period."""

    start: date
    end: date


def named(words: str) -> Span | None:
    """The days of `2027-h1`, `2027-q3` or `2027`; None for other names."""
    found = NAMED.fullmatch(words)
    if not found:
        return None
    months = MONTHS[found["kind"]]
    first = (int(found["number"] or 1) - 1) * months
    if first >= 12:
        return None
    start = date(int(found["year"]), first + 1, 1)
    return Span(start, later(start, months) - DAY)


def name(span: Span) -> str:
    """What a period of these days is called: `2027-h1`, else the day that it begins on."""
    year = span.start.year
    for words in (f"{year}", *(f"{year}-{part}" for part in ("h1", "h2", "q1", "q2", "q3", "q4"))):
        if named(words) == span:
            return words
    return span.start.isoformat()


def around(day: date) -> Span:
    """The half of the year that holds the day."""
    found = named(f"{day.year}-h{1 if day.month < 7 else 2}")
    assert found is not None
    return found


def following(span: Span, start: date | None = None) -> Span:
    """As many months (or days, if it is no whole months) from `start`, else straight after."""
    first = start or span.end + DAY
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1
    if later(span.start, months) - DAY == span.end:
        return Span(first, later(first, months) - DAY)
    return Span(first, first + (span.end - span.start))


def later(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    length = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, length))
