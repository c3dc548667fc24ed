"""Numbers, money and days in the reader's language; rounded once, the same everywhere."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

NBSP = "\u00a0"
MINUS = "\u2212"
UNITS = {"percent": "%", "hours": "h", "points": "", "count": "", "none": ""}
"""The signs of the units of KPIs; days are a word, money is the workspace's currency."""
LOCALES = {"de": "de_DE", "en": "en_GB"}


@lru_cache(maxsize=4096)
def number(value: Decimal, language: str, decimals: int = 0) -> str:
    """`12498` as "12.498" or "12,498", with a true minus sign."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0  # no minus before 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    words = str(format_decimal(rounded, pattern, LOCALES[language]))
    return words.replace("-", MINUS)


def money(value: Decimal, language: str, currency: str) -> str:
    """An amount in full: "216.000 EUR" or "EUR 216,000"."""
    plain = number(value, language)
    return f"{plain}{NBSP}{currency}" if language == "de" else f"{currency}{NBSP}{plain}"


def sign(unit: str, days: str, currency: str) -> str:
    """The sign or word of a KPI's unit, "" if it has none."""
    return {"days": days, "EUR": currency}.get(unit) or UNITS.get(unit, "")


def quantity(value: Decimal, language: str, decimals: int, unit: str, sign: str) -> str:
    """A KPI's value with its unit: "95,8 %", "EUR 12,000" in English."""
    plain = number(value, language, decimals)
    if unit == "EUR" and language == "en":
        return f"{sign}{NBSP}{plain}"
    return f"{plain}{NBSP}{sign}" if sign else plain


def decimals_of(value: Decimal) -> int:
    """How many decimals a number needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def thousands(value: Decimal, language: str) -> str:
    """An amount in thousands, without its unit: 216000 as "216"."""
    return number(value / 1000, language)


@lru_cache(maxsize=4096)
def short_day(day: date, language: str) -> str:
    """The day without its year: "30.11." or "30 Nov"."""
    return str(format_date(day, "d.M." if language == "de" else "d MMM", LOCALES[language]))


@lru_cache(maxsize=4096)
def full_day(day: date, language: str) -> str:
    """The day with its year: "30.11.2026" or "30 Nov 2026"."""
    pattern = "dd.MM.yyyy" if language == "de" else "d MMM yyyy"
    return str(format_date(day, pattern, LOCALES[language]))


@lru_cache(maxsize=4096)
def long_day(day: date, language: str) -> str:
    """The day in words: "30. November 2026" or "30 November 2026"."""
    pattern = "d. MMMM yyyy" if language == "de" else "d MMMM yyyy"
    return str(format_date(day, pattern, LOCALES[language]))


@lru_cache(maxsize=4096)
def month(day: date, language: str, *, full: bool = False) -> str:
    """The month's name, short ("Nov") or in full."""
    words = str(format_date(day, "LLLL" if full else "LLL", LOCALES[language]))
    return words.rstrip(".")


def month_year(day: date, language: str) -> str:
    """Month and year: "Nov 2026"."""
    return f"{month(day, language)} {day.year}"


def quarter(day: date) -> str:
    """The quarter: "Q3 26"."""
    return f"Q{(day.month + 2) // 3} {day.year % 100:02}"


def whole_period(start: date, end: date) -> tuple[str, int, int] | None:
    """A quarter, half or whole year by its kind, number (0 of a year) and year; else None."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.day != 1 or start.year != end.year or months not in (3, 6, 12):
        return None
    number = {3: (start.month + 2) // 3, 6: 1 if start.month < 7 else 2, 12: 0}[months]
    return {3: "quarter", 6: "half", 12: "year"}[months], number, start.year
