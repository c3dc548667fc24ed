"""Quotation marks and apostrophes as each language has them, where a keyboard has only straight ones.

What does not pair is left as it was typed: inches, minutes, marks that open and never close.
"""

from __future__ import annotations

import re

MARKS = {"de": ("„", "“", "‚", "‘"), "en": ("“", "”", "‘", "’")}
"""By language: opening and closing marks, outer and inner."""
APOSTROPHE = "’"
STRAIGHT = re.compile("[\"']")
BEFORE = re.compile(r"[\s(\[{/–—-]|[„“‚‘»›]")
"""What stands before a mark that opens."""
AFTER = re.compile(r"[\s)\]}/–—.,;:!?…-]|[“”‘’«‹]")
"""What stands after a mark that closes."""


def quoted(words: str, language: str) -> str:
    """The words with the marks of their language; as they are in a language we do not know."""
    if language not in MARKS or not STRAIGHT.search(words):
        return words
    signs = list(words)
    opening: list[tuple[int, str]] = []
    pairs: list[tuple[int, int, str]] = []
    for at, sign in enumerate(words):
        if sign not in "\"'":
            continue
        opens, closes = _opens(words, at), _closes(words, at)
        if closes and opening and opening[-1][1] == sign:
            pairs.append((opening.pop()[0], at, sign))
        elif opens and all(mark != sign for _, mark in opening):
            opening.append((at, sign))
        elif sign == '"':  # it neither opens nor closes here: what was meant is not known
            return _apostrophes(words)
    if any(sign == '"' for _, sign in opening):
        return _apostrophes(words)
    outer_open, outer_close, inner_open, inner_close = MARKS[language]
    for begin, end, sign in pairs:
        signs[begin], signs[end] = (
            (outer_open, outer_close) if sign == '"' else (inner_open, inner_close)
        )
    return _apostrophes("".join(signs))


def _opens(words: str, at: int) -> bool:
    before, after = words[at - 1 : at], words[at + 1 : at + 2]
    free = not before or BEFORE.match(before) or before in "\"'"
    return bool(free) and bool(after) and not after.isspace()


def _closes(words: str, at: int) -> bool:
    before, after = words[at - 1 : at], words[at + 1 : at + 2]
    free = not after or AFTER.match(after) or after in "\"'"
    return bool(free) and bool(before) and not before.isspace()


def _apostrophes(words: str) -> str:
    """Straight marks between letters, after a word, or before the year of a decade."""
    words = re.sub(r"(?<=[^\W\d_])'(?=\w|[\s.,;:!?)]|$)", APOSTROPHE, words)
    return re.sub(r"(?<!\S)'(?=\d\d(?:\D|$))", APOSTROPHE, words)
