"""Front matter as libyaml reads it: its events, made into values with their places.

Braces, anchors, tags, directives and further documents are refused with their places: they are
where commas and colons bite, and how small files become huge ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from yaml import (
    AliasEvent,
    CSafeLoader,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from planwerk.problems import Place, Problem
from planwerk.text.places import Marks, Path, Span
from planwerk.text.plain_front import Value
from planwerk.text.source import FORBIDDEN

MAX_DEPTH = 12
MAX_VALUES = 50_000
RETURN = re.compile("\r")
SURROGATE = re.compile(r"\\u([dD][89abAB]|[dD][c-fC-F])[0-9a-fA-F]{2}")
"""Half a character, written as an escape: libyaml stops at it."""


class _Refused(Exception):  # noqa: N818 - the text is refused, the program is well
    """Stops reading at the first thing that is not plain; carries rule, span and facts."""

    def __init__(self, rule: str, span: Span, **facts: str) -> None:
        self.rule, self.span, self.facts = rule, span, facts


def read_full(
    path: PurePosixPath, front: str, first_line: int
) -> tuple[dict[str, Value] | None, list[Problem]]:
    """The values of `front`, None where they cannot be told, and what is wrong with its writing."""
    try:
        reader = _Reader(front, first_line)
        values = reader.read()
    except _Refused as no:
        return None, [Problem(no.rule, Place(path, *no.span), facts=no.facts)]
    except YAMLError as error:
        return None, [_broken(path, front, first_line, error)]
    return values, [Problem(r, Place(path, *span), facts=f) for r, span, f in reader.found]


def marks_by_libyaml(front: str, first_line: int) -> Marks:
    """Where everything stands in a text that was read before."""
    marks = Marks()
    _Reader(front, first_line, marks).read()
    return marks


def _broken(path: PurePosixPath, front: str, first_line: int, error: YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if "quoted scalar" in (getattr(error, "context", None) or ""):
        mark = error.context_mark  # type: ignore[attr-defined]  # where the quotation began
    lines = front.split("\n")
    row = min(mark.line if mark else 0, max(len(lines) - 1, 0))
    words = lines[row]
    if "\t" in words[: len(words) - len(words.lstrip())]:
        return Problem("tab-indentation", Place(path, first_line + row, 1, 1))
    if front.startswith("%"):
        return Problem("yaml-directive", Place(path, first_line, 1, len(lines[0])))
    if half := SURROGATE.search(words):
        found = {"found": f"U+{half.group()[2:].upper()}"}
        return Problem("forbidden-character", Place(path, first_line + row, half.start() + 1, 6), facts=found)  # fmt: skip
    previous = lines[row - 1] if row else ""
    facts = {"found": words.strip() or previous.strip()}
    # libyaml notices a text with a second ": " only here; the usual cause deserves its own words
    if re.search(r":\s+\S.*:\s", words):
        column = words.index(":") + 2
        return Problem("colon-in-text", Place(path, first_line + row, column + 1, len(words) - column), facts={"found": words[column:].strip()})  # fmt: skip
    column = min(mark.column if mark else 0, len(words))
    return Problem("broken-yaml", Place(path, first_line + row, column + 1), facts=facts)


class _Reader:
    """One pass over libyaml's events; `found` collects what does not stop the reading.

    With `marks` it also notes where everything stands, which takes as long again.
    """

    def __init__(self, front: str, first_line: int, marks: Marks | None = None) -> None:
        self.lines = front.split("\n")
        self.first = first_line
        self.events: Iterator[Any] = iter(CSafeLoader(front).get_event, None)
        self.marks = marks
        self.count = 0
        self.found: list[tuple[str, Span, dict[str, str]]] = []
        self.commented = "#" in front

    def span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        row, column = start.line, start.column
        if end.line == row and end.column > column:
            return (row + self.first, column + 1, end.column - column)
        width = len(self.lines[row]) - column if row < len(self.lines) else 1
        return (row + self.first, column + 1, width if width > 1 else 1)

    def read(self) -> dict[str, Value]:
        next(self.events)  # the stream starts
        event = next(self.events)
        if isinstance(event, StreamEndEvent):
            return {}
        if event.version or event.tags:
            raise _Refused("yaml-directive", (self.first, 1, 5))
        event = next(self.events)
        values: dict[str, Value] = {}
        if isinstance(event, MappingStartEvent):
            self.plain(event)
            values = self.mapping((), 0)
        elif not isinstance(event, ScalarEvent) or event.value:
            raise _Refused("not-key-value", self.span(event))
        next(self.events)  # the document ends
        after = next(self.events)
        if not isinstance(after, StreamEndEvent):
            raise _Refused("second-document", self.span(after))
        return values

    def value(self, event: Any, path: Path, depth: int) -> Value:
        kind = type(event)
        self.count += 1
        if self.count > MAX_VALUES:
            raise _Refused("too-many-values", self.span(event), limit=str(MAX_VALUES))
        if depth > MAX_DEPTH:
            raise _Refused("nested-too-deep", self.span(event), limit=str(MAX_DEPTH))
        if kind is AliasEvent or event.anchor:
            raise _Refused("yaml-anchor", self.span(event))
        if event.tag:
            raise _Refused("yaml-tag", self.span(event), found=str(event.tag))
        if self.marks:
            self.marks.values[path] = self.span(event)
        if kind is ScalarEvent:
            return self.scalar(event)
        self.plain(event)
        if kind is SequenceStartEvent:
            return self.sequence(path, depth)
        return self.mapping(path, depth)

    def plain(self, event: Any) -> bool:
        """True; braces and brackets are refused."""
        if event.flow_style:
            raise _Refused("braces", self.span(event))
        return True

    def scalar(self, event: Any) -> str | None:
        words: str = event.value
        if event.style:
            if event.style == ">":
                raise _Refused("folded-text", self.span(event))
            return self.visible(words, event)
        if not words:
            return None
        end = event.end_mark
        row, column = end.line, end.column
        if self.commented and row < len(self.lines):
            rest = self.lines[row][column:]
            if "#" in rest and re.match(r"\s+#", rest):
                place = (event.start_mark.line + self.first, column + 1, len(rest))
                raise _Refused("comment-in-line", place, found=rest.strip())
        if row > event.start_mark.line and column > 0:
            raise _Refused("text-over-lines", self.span(event))
        return words

    def visible(self, words: str, event: Any) -> str:
        """The words; what escapes like `"\\x07"` stand for must be allowed as well."""
        if bad := FORBIDDEN.search(words) or RETURN.search(words):
            self.found.append(("forbidden-character", self.span(event), {"found": f"U+{ord(bad.group()):04X}"}))  # fmt: skip
        return words

    def sequence(self, path: Path, depth: int) -> list[Value]:
        items: list[Value] = []
        for event in self.events:
            if type(event) is SequenceEndEvent:
                break
            if depth < MAX_DEPTH and self.simple(event):
                items.append(event.value or None)
                continue
            inner = (*path, len(items)) if self.marks else path
            items.append(self.value(event, inner, depth + 1))
        return items

    def simple(self, event: Any) -> bool:
        """Whether a value is what most are, a few words on one line: there is nothing to refuse."""
        if (
            type(event) is not ScalarEvent
            or event.style
            or event.tag
            or event.anchor
            or self.marks
            or self.commented
        ):
            return False
        self.count += 1
        start, end = event.start_mark, event.end_mark
        return self.count <= MAX_VALUES and bool(start and end and start.line == end.line)

    def mapping(self, path: Path, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        first: dict[str, Any] = {}
        for event in self.events:
            if type(event) is MappingEndEvent:
                break
            if type(event) is not ScalarEvent:
                raise _Refused("key-not-a-word", self.span(event))
            if event.anchor or event.tag:
                rule = "yaml-anchor" if event.anchor else "yaml-tag"
                raise _Refused(rule, self.span(event), found=str(event.tag))
            key = self.visible(event.value, event) if event.style else event.value
            if not key.isascii():
                key = unicodedata.normalize("NFC", key)
            if key == "<<":
                raise _Refused("yaml-anchor", self.span(event))
            if key in values:
                line = first[key].start_mark.line + self.first
                facts = {"key": key, "first": str(line)}
                self.found.append(("duplicate-key", self.span(event), facts))
            first[key] = event
            inner = path
            if self.marks:
                inner = (*path, key)
                self.marks.keys[inner] = self.span(event)
            value = next(self.events)
            if depth < MAX_DEPTH and self.simple(value):
                values[key] = value.value or None
            else:
                values[key] = self.value(value, inner, depth + 1)
        return values
