"""The word somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` most like `word`, or None if none is like it."""
    close = get_close_matches(word.lower(), sorted(words), n=1, cutoff=0.6)
    return close[0] if close else None
