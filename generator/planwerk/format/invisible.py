"""Invisible characters that no plan may hold, taken out where nobody sees the difference."""

from __future__ import annotations

import re

from planwerk.text.source import FORBIDDEN

SEPARATORS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
OVERRIDES = re.compile("[\u202d\u202e]")
"""They turn the letters round that follow: without them, other words would be seen."""
BROKEN_LETTERS = re.compile("[\x80-\x84\x86-\x9f]")
"""What quotation marks and letters of old encodings become: only a person knows which."""
FLAG = re.compile("\U0001f3f4[\U000e0000-\U000e007f]+")
"""Flags of countries such as Scotland: a black flag and invisible letters."""


def without_invisible(words: str) -> str:
    """The text without forbidden characters; the lines that need them for what they show stay."""
    return "\n".join(_line(line) for line in words.split("\n"))


def _line(line: str) -> str:
    if OVERRIDES.search(line) or BROKEN_LETTERS.search(line) or FLAG.search(line):
        return line
    plain = FORBIDDEN.sub(lambda m: m.group() if SEPARATORS.match(m.group()) else "", line)
    return SEPARATORS.sub(_separator, plain)


def _separator(found: re.Match[str]) -> str:
    """A space between two letters, nothing beside a space or a line's end, else what it was."""
    before = found.string[: found.start()][-1:]
    after = found.string[found.end() :][:1]
    if not before.strip() or not after.strip():
        return ""
    return " " if before.isalnum() and after.isalnum() else found.group()
