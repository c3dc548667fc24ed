"""The word somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str], alike: float = 0.6) -> str | None:
    """The one of `words` most like `word`, or None if none is `alike` (from 0 to 1)."""
    from difflib import get_close_matches  # only what is wrong needs it

    close = get_close_matches(word.lower(), sorted(words), n=1, cutoff=alike)
    return close[0] if close else None
