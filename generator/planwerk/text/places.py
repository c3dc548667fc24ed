"""Where everything stands in front matter: in what is plain told from its lines, else by libyaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from planwerk.text.plain_front import Token, Value, read_plain, tokens_of

Path: TypeAlias = tuple[str | int, ...]
Span: TypeAlias = tuple[int, int, int]
"""Line and column from 1, width in characters."""


@dataclass(slots=True)
class Marks:
    """The span of each value and of each key, by path."""

    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)


def marks_of(front: str, first_line: int, plain: dict[str, Value] | None = None) -> Marks:
    """Where everything stands in a text that was read; its first line is `first_line`.

    `plain` are its values, where it is known that they were read from plain lines.
    """
    if (values := read_plain(front) if plain is None else plain) is not None:
        places = _Places(front, first_line)
        places.mapping(values, (), 0)
        return places.marks
    from planwerk.text.full_front import marks_by_libyaml

    return marks_by_libyaml(front, first_line)


class _Places:
    """A walk over values and the lines they stand on, in step; `at` is the line that is next."""

    def __init__(self, front: str, first_line: int) -> None:
        rows: list[int] = []
        self.tokens: list[Token] = tokens_of(front, rows)
        self.rows, self.lines, self.first = rows, front.split("\n"), first_line
        self.marks = Marks()
        self.at = 0

    def span(self, column: int) -> Span:
        """From that column (from 0) of the next line to its end."""
        row = self.rows[self.at]
        return (row + self.first, column + 1, max(1, len(self.lines[row]) - column))

    def mapping(self, values: dict[str, Value], path: Path, indent: int) -> None:
        """Note the pairs whose keys are indented so far."""
        for key, value in values.items():
            inner = (*path, key)
            row = self.rows[self.at] + self.first
            self.marks.keys[inner] = (row, indent + 1, len(key))
            behind = indent + len(key) + 1  # the colon
            if isinstance(value, str):
                self.marks.values[inner] = self.span(behind + 1)
                self.at += 1
            elif value is None:
                self.marks.values[inner] = self.span(behind)
                self.at += 1
            else:
                self.at += 1
                self.below(value, inner)

    def below(self, value: list[Value] | dict[str, Value], path: Path) -> None:
        """Note what begins on the next line."""
        indent = self.tokens[self.at][0]
        self.marks.values[path] = self.span(indent)
        if isinstance(value, dict):
            self.mapping(value, path, indent)
            return
        for number, item in enumerate(value):
            inner = (*path, number)
            self.marks.values[inner] = self.span(indent + 2)
            if isinstance(item, dict):
                self.mapping(item, inner, indent + 2)
            else:
                self.at += 1
