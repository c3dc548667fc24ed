"""Words without what hides that they are the same: case, accents, hyphens, spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
"""A word; `_` is no part of it: in prose it is what emphasises one."""

ASCII = re.compile("[a-z0-9]+")
"""The same in small letters of ASCII, found twice as fast."""


class PlainWord(NamedTuple):
    """A word in its plain form, and where it stands in the text."""

    plain: str
    start: int
    end: int


@lru_cache(maxsize=1 << 15)  # the same words come again and again
def plain(words: str) -> str:
    """NFKC, without case and accents: `Müller` and `MULLER` are one word."""
    if words.isascii():
        return words.lower()
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")  # fmt: skip


def plain_text(text: str) -> list[str]:
    """The words of a text in their plain forms."""
    if text.isascii():
        return ASCII.findall(text.lower())
    return list(map(plain, WORD.findall(text)))


def plain_words(text: str) -> list[PlainWord]:
    """The words of a text in their order."""
    return [PlainWord(plain(m.group()), m.start(), m.end()) for m in WORD.finditer(text)]
