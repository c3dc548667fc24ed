"""The plain YAML of plans, read from libyaml's events into values with their places.

Only `key: value`, `- item` and texts after `|` exist here. Everything else YAML knows
(braces, anchors, tags, directives, further documents) is refused with its place: it is where
commas and colons bite, and how small files become huge ones. Scalars stay the text that
stands there; the models give them types.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeAlias

import yaml

from planwerk.problems import Place, Problem

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]
Span: TypeAlias = tuple[int, int, int]
"""Line and column from 1, width in characters."""

MAX_DEPTH = 12
MAX_VALUES = 50_000


@dataclass(slots=True)
class Located:
    """Plain values, the span of each by its path, and the span of each key."""

    value: dict[str, Value] = field(default_factory=dict)
    spans: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)

    def span(self, path: Path) -> Span:
        """Where the value at `path` stands; else where the nearest thing around it does."""
        while path:
            if path in self.spans:
                return self.spans[path]
            path = path[:-1]
        return self.spans.get((), (1, 1, 1))


class _Refused(Exception):  # noqa: N818 - the text is refused, the program is well
    """Stops reading at the first thing that is not plain; carries rule, span and facts."""

    def __init__(self, rule: str, span: Span, **facts: str) -> None:
        self.rule, self.span, self.facts = rule, span, facts


def read_front_matter(
    path: PurePosixPath, front: str, first_line: int = 1
) -> tuple[Located, list[Problem]]:
    """The values of `front` with their places, and what is wrong with its writing.

    `first_line` is the line of the file on which `front` begins.
    """
    reader = _Reader(front, first_line)
    try:
        located = reader.read()
    except _Refused as no:
        return Located(), [Problem(no.rule, Place(path, *no.span), facts=no.facts)]
    except yaml.YAMLError as error:
        return Located(), [_broken(path, front, first_line, error)]
    return located, [Problem(r, Place(path, *span), facts=f) for r, span, f in reader.found]


def _broken(path: PurePosixPath, front: str, first_line: int, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = front.split("\n")
    row = min(mark.line if mark else 0, max(len(lines) - 1, 0))
    words = lines[row]
    if "\t" in words[: len(words) - len(words.lstrip())]:
        return Problem("tab-indentation", Place(path, first_line + row, 1, 1))
    previous = lines[row - 1] if row else ""
    facts = {"found": words.strip() or previous.strip()}
    # libyaml notices a text with a second ": " only here; the usual cause deserves its own words
    if re.search(r":\s+\S.*:\s", words):
        column = words.index(":") + 2
        return Problem("colon-in-text", Place(path, first_line + row, column + 1, len(words) - column), facts={"found": words[column:].strip()})  # fmt: skip
    column = min(mark.column if mark else 0, len(words))
    return Problem("broken-yaml", Place(path, first_line + row, column + 1), facts=facts)


class _Reader:
    """One pass over libyaml's events; `found` collects what does not stop the reading."""

    def __init__(self, front: str, first_line: int) -> None:
        self.lines = front.split("\n")
        self.first = first_line
        self.events: Iterator[Any] = yaml.parse(front, Loader=yaml.CSafeLoader)
        self.out = Located()
        self.count = 0
        self.found: list[tuple[str, Span, dict[str, str]]] = []
        self.front = front

    def span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        row, column = start.line, start.column
        if end.line == row and end.column > column:
            return (row + self.first, column + 1, end.column - column)
        width = len(self.lines[row]) - column if row < len(self.lines) else 1
        return (row + self.first, column + 1, width if width > 1 else 1)

    def read(self) -> Located:
        next(self.events)  # the stream starts
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return self.out
        if event.version or event.tags:
            raise _Refused("yaml-directive", (self.first, 1, 5))
        event = next(self.events)
        if not isinstance(event, yaml.MappingStartEvent):
            if isinstance(event, yaml.ScalarEvent) and not event.value:
                return self.out
            raise _Refused("not-key-value", self.span(event))
        self.out.value = self.mapping(event, (), 0)
        self.out.spans[()] = (self.first, 1, 1)
        next(self.events)  # the document ends
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Refused("second-document", self.span(after))
        return self.out

    def value(self, event: Any, path: Path, depth: int) -> Value:
        kind = type(event)
        span = self.span(event)
        self.count += 1
        if self.count > MAX_VALUES:
            raise _Refused("too-many-values", span, limit=str(MAX_VALUES))
        if depth > MAX_DEPTH:
            raise _Refused("nested-too-deep", span, limit=str(MAX_DEPTH))
        if kind is yaml.AliasEvent or event.anchor:
            raise _Refused("yaml-anchor", span)
        if event.tag:
            raise _Refused("yaml-tag", span, found=str(event.tag))
        self.out.spans[path] = span
        if kind is yaml.ScalarEvent:
            return self.scalar(event, span)
        if event.flow_style:
            raise _Refused("braces", span)
        if kind is yaml.SequenceStartEvent:
            return self.sequence(path, depth)
        return self.mapping(event, path, depth)

    def scalar(self, event: Any, span: Span) -> str | None:
        if event.style == ">":
            raise _Refused("folded-text", span)
        start, end = event.start_mark, event.end_mark
        if event.style is None or event.style == "":
            rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
            if "#" in rest and re.match(r"\s+#", rest) and event.value:
                raise _Refused("comment-in-line", (span[0], end.column + 1, len(rest)), found=rest.strip())  # fmt: skip
            if event.value and end.line > start.line and end.column > 0:
                raise _Refused("text-over-lines", span)
            return event.value or None
        return str(event.value)

    def sequence(self, path: Path, depth: int) -> list[Value]:
        items: list[Value] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.value(event, (*path, len(items)), depth + 1))
        return items

    def mapping(self, _event: Any, path: Path, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        seen: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            span = self.span(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused("key-not-a-word", span)
            if event.anchor or event.tag:
                raise _Refused("yaml-anchor" if event.anchor else "yaml-tag", span)
            key = event.value
            if not key.isascii():
                key = unicodedata.normalize("NFC", key)
            if key == "<<":
                raise _Refused("yaml-anchor", span)
            if key in seen:
                self.found.append(("duplicate-key", span, {"key": key, "first": str(seen[key])}))
            seen[key] = span[0]
            self.out.keys[(*path, key)] = span
            values[key] = self.value(next(self.events), (*path, key), depth + 1)
        return values
