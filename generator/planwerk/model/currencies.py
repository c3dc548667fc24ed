"""The currencies there are: their three letters, and what people call them (CLDR, by Babel)."""

from __future__ import annotations

from functools import cache

from planwerk.text.nearest import nearest

USUAL = frozenset({"CHF", "EUR", "GBP", "USD"})
"""Known without looking: Babel is loaded only for the others, and a check begins without it."""


@cache
def codes() -> frozenset[str]:
    """The three letters of every currency, those of the past too."""
    from babel.core import get_global

    return frozenset(get_global("all_currencies"))


def is_currency(words: str) -> bool:
    """Whether these are the three letters of a currency."""
    return words in USUAL or words in codes()


def meant(words: str) -> str:
    """The letters of the currency that `Euro`, `€` or `eur` mean; empty where none is alike."""
    called = _called()
    near = words.casefold() if words.casefold() in called else nearest(words, called)
    return called[near] if near else ""


@cache
def _called() -> dict[str, str]:
    """Currencies by their letters, signs and names in German and English, in lower case."""
    from babel import Locale

    called: dict[str, str] = {}
    for locale in (Locale("de"), Locale("en")):
        for names in (locale.currencies, locale.currency_symbols):
            called |= {name.casefold(): code for code, name in names.items()}
    return called | {code.casefold(): code for code in codes()}
