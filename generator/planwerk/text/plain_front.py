"""Front matter in its plainest form, read line by line: what most of it is, at half the cost.

Lines of `key: words`, `- words`, `- key: words`, and texts after `|`. Anything else (quotes,
comments, signs that YAML gives a meaning, a line that does not fit) is left to libyaml, which
alone decides what is wrong. What is read here is what libyaml reads; a test holds that against
every plan and thousands of broken ones.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Token: TypeAlias = "tuple[int, bool, str, str | None]"
"""A line: how far it is indented, whether an item begins on it, its key, its words."""

PLAIN = re.compile(r"\w|-\d")
"""How a text begins that YAML takes as it stands."""
DEEP = 10
LONG = 20_000
LONG_KEY = 100
END: Token = (-1, False, "", None)


class _NotPlain(Exception):  # noqa: N818 - no error: libyaml reads it instead
    """Something that only libyaml knows how to read."""


def read_plain(front: str) -> dict[str, Value] | None:
    """The values of `front`, or None where it is not plain throughout."""
    if "#" in front or "\t" in front or "\ufeff" in front:
        return None
    lines = front.split("\n")
    if len(lines) > LONG:
        return None
    try:
        return _Tree(_tokens(lines)).whole()
    except _NotPlain:
        return None


def _tokens(lines: list[str]) -> list[Token]:
    """The lines taken apart; one long function, because it is what reading waits for."""
    tokens: list[Token] = []
    begins = PLAIN.match
    at, end = 0, len(lines)
    while at < end:
        line = lines[at]
        at += 1
        if not line:
            continue
        rest = line.lstrip(" ")
        if not rest:
            raise _NotPlain
        indent = len(line) - len(rest)
        if item := rest.startswith("- "):
            rest = rest[2:]
        key, colon, words = rest.partition(": ")
        if not colon:
            if rest[-1:] == ":":
                key, words = rest[:-1], ""
            elif item and begins(rest) and rest[-1] != " ":
                tokens.append((indent, True, "", rest))
                continue
            else:
                raise _NotPlain
        if not (key.isidentifier() and key.isascii() and key.islower() and len(key) < LONG_KEY):
            raise _NotPlain
        if words == "|":
            words, at = _literal(lines, at, indent + 2 if item else indent)
        elif colon and (not begins(words) or ": " in words or words[-1] in ": "):
            raise _NotPlain
        tokens.append((indent, item, key, words or None))
    tokens.append(END)
    return tokens


def _literal(lines: list[str], at: int, indent: int) -> tuple[str, int]:
    """The text after `|` without what all its lines are indented by, and the line behind it."""
    if at >= len(lines) or not lines[at].strip():
        raise _NotPlain
    width = len(lines[at]) - len(lines[at].lstrip(" "))
    if width <= indent:
        raise _NotPlain
    margin, less, kept = " " * width, " " * (indent + 1), []
    while at < len(lines):
        line = lines[at]
        if line.startswith(margin):
            kept.append(line[width:])
        elif not line:
            kept.append("")
        elif line.startswith(less):
            raise _NotPlain
        else:
            break
        at += 1
    return "\n".join(kept).rstrip("\n") + "\n", at


class _Tree:
    """The tokens and where the reading stands; each method leaves `at` behind what it read."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def whole(self) -> dict[str, Value]:
        indent, item, _, _ = self.tokens[0]
        if indent < 0:
            return {}
        if indent or item:
            raise _NotPlain
        values = self.mapping(0, 0)
        if self.tokens[self.at] is not END:
            raise _NotPlain
        return values

    def below(self, indent: int, depth: int) -> Value:
        """What stands below a key that is indented so far; None if nothing does."""
        next_, item, _, _ = self.tokens[self.at]
        if next_ <= indent:
            if next_ == indent and item:
                raise _NotPlain
            return None
        if depth > DEEP:
            raise _NotPlain
        return self.sequence(next_, depth) if item else self.mapping(next_, depth)

    def mapping(self, indent: int, depth: int) -> dict[str, Value]:
        """The pairs at one indentation; the first may stand behind the `-` of an item."""
        values: dict[str, Value] = {}
        tokens = self.tokens
        _, _, key, words = tokens[self.at]
        while True:
            if not key or key in values:
                raise _NotPlain
            self.at += 1
            values[key] = self.below(indent, depth + 1) if words is None else words
            next_, item, key, words = tokens[self.at]
            if next_ < indent:
                return values
            if next_ > indent or item:
                raise _NotPlain

    def sequence(self, indent: int, depth: int) -> list[Value]:
        """The items at one indentation."""
        items: list[Value] = []
        while True:
            next_, item, key, words = self.tokens[self.at]
            if next_ < indent:
                return items
            if next_ > indent or not item:
                raise _NotPlain
            if key:
                items.append(self.mapping(indent + 2, depth + 1))
            else:
                items.append(words)
                self.at += 1
