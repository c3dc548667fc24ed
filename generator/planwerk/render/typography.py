"""What must not part at a line's end: a number and its unit, § 5, KW 27, z. B."""

from __future__ import annotations

import re

NBSP = "\u00a0"
UNITS = (
    "%", "‰", "€", r"\$", "£", "EUR", "USD", "CHF", "GBP", r"Tsd\.?", r"Mio\.?", r"Mrd\.?", "[kmb]n?", r"Std\.?",
    r"Min\.?", "h", "min", "km", "kg", "t", "m²", "°C", "GB", "TB", "MB", "kWh", "MWh", "Uhr",
    "Stunden?", "Tagen?", "Tage", "Wochen?", "Monaten?", "Monate", "Jahren?", "Jahre", "hours?", "days?", "weeks?",
    "months?", "years?", "Punkten?", "Punkte", "points?",
)  # fmt: skip
UNIT = re.compile(rf"(?<=\d) (?=(?:{'|'.join(UNITS)})(?![\w²]))")
BEFORE = re.compile(
    r"(?<![\w.])(§§?|KW|Nr\.|No\.|Abs\.|Art\.|S\.|p\.|ca\.|EUR|USD|CHF|GBP|€|\$|£) (?=\d)"
)
SHORT = re.compile(r"\b(z|d|u|i|s|o)\. (?=(?:B|h|a|d|R|o|u|Ä)\.)")


FIRM = re.compile(r" (?=(?:& Co\.|KG|OHG|KGaA)(?!\w))|(?<=&) (?=Co\.)")
"""Inside of what a firm is legally called: GmbH & Co. KG."""
SPACED = re.compile(r"\d | \d")
"""A number beside a space: without it there is nothing to look for."""


def kept_together(words: str) -> str:
    """The words with spaces that a line cannot end in, where a reader would stumble."""
    if ". " in words:
        words = SHORT.sub(rf"\1.{NBSP}", words)
    if " & Co." in words or " KG" in words:
        words = FIRM.sub(NBSP, words)
    if SPACED.search(words):
        words = BEFORE.sub(rf"\1{NBSP}", UNIT.sub(NBSP, words))
    return words
