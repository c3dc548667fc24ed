"""Front matter in its plainest form, read line by line: what most of it is, at a fraction of the cost.

Lines of `key: words`, `- words`, `- key: words`, words in quotation marks without
escapes, texts after `|`, comments on lines of their own. Anything else (signs that YAML
gives a meaning, a line that does not fit) is left to libyaml, which alone decides what is wrong.
What is read here is what libyaml reads; a test holds that against every plan and thousands of
broken ones.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Token: TypeAlias = "tuple[int, str, str, str | None]"
"""A line: how far it is indented, the `-` of an item that begins on it, its key, its words."""

LINE = re.compile(r"( *)(- )?(?:([a-z][a-z0-9_-]{,98}):(?: |(?=\n)))?(.*)\n")
"""Any line: what it is indented by, whether an item begins on it, its key, what else stands on it."""
QUOTED = re.compile(r"""\"[^"\\]*"|'(?:[^']|'')*'""")
OPENING = frozenset("_„“”‚‘«»(€$/+.…")
"""Signs a text may begin with, beside letters and digits."""
DEEP = 10
LONG = 20_000
END: Token = (-1, "", "", None)


class _NotPlain(Exception):  # noqa: N818 - no error: libyaml reads it instead
    """Something that only libyaml knows how to read."""


def read_plain(front: str) -> dict[str, Value] | None:
    """The values of `front`, or None where it is not plain throughout."""
    if "\t" in front or "\ufeff" in front or front.count("\n") > LONG:
        return None
    try:
        return _Tree(tokens_of(front)).whole()
    except _NotPlain:
        return None


def tokens_of(front: str, rows: list[int] | None = None) -> list[Token]:
    """The lines taken apart; `rows` is given the number of each, from 0.

    One long function, because it is what reading waits for.
    """
    tokens: list[Token] = []
    lines: list[str] = []
    behind = 0
    given = front if front.endswith("\n") else f"{front}\n"
    for at, (above, item, key, words) in enumerate(LINE.findall(given)):
        if at < behind:
            continue
        value: str | None = words
        if not words:
            if not key:
                if above or item:
                    raise _NotPlain
                continue
            value = None
        elif not key and not item:
            if words[0] == "#":
                continue
            raise _NotPlain
        elif (
            # nothing in it is a key, a comment, or cut off: it is a text as it stands
            ": " in words
            or " #" in words
            or words[-1] in ": "
            or not (words[0].isalnum() or _begins_text(words))
        ):
            if words == "|" and key:
                lines = lines or front.split("\n")
                value, behind = _literal(lines, at + 1, len(above) + len(item))
            elif QUOTED.fullmatch(words):
                value = words[1:-1].replace("''", "'") if words[0] == "'" else words[1:-1]
            else:
                raise _NotPlain
        tokens.append((len(above), item, key, value))
        if rows is not None:
            rows.append(at)
    tokens.append(END)
    return tokens


def _begins_text(words: str) -> bool:
    """Whether a text may begin like this, though not with a letter or digit."""
    return words[0] in OPENING or (words[0] == "-" and words[1:2].isdecimal())


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
