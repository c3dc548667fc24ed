"""The plain YAML of plans, read into values with their places.

Only `key: value`, `- item` and texts after `|` exist here. Most of it is read in
`plain_front.py`; what is not plain is for libyaml to say (`full_front.py`, which is loaded only
then). Scalars stay the text that stands there; the models
give them types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from planwerk.problems import Problem
from planwerk.text.places import Marks, Path, Span, marks_of
from planwerk.text.plain_front import Value, read_plain

__all__ = ["Located", "Path", "Span", "read_front_matter"]


@dataclass
class Located:
    """Plain values, and the text they came from, in which their places are found when asked.

    `first_line` is the line of the file on which `front` begins; `plain` says that it holds
    nothing but plain lines.
    """

    value: dict[str, Value] = field(default_factory=dict)
    front: str = ""
    first_line: int = 1
    plain: bool = False

    @cached_property
    def _marks(self) -> Marks:
        # most files have no problem: places are worth a second reading, but only where asked
        return marks_of(self.front, self.first_line, self.value if self.plain else None)

    def span(self, path: Path) -> Span:
        """Where the value at `path` stands; else where the nearest thing around it does."""
        while path:
            if path in self._marks.values:
                return self._marks.values[path]
            path = path[:-1]
        return (self.first_line, 1, 1)

    def key_span(self, path: Path) -> Span:
        """Where the key that leads to `path` stands; else as `span`."""
        return self._marks.keys.get(path) or self.span(path)

    def text_at(self, path: Path) -> tuple[int, int]:
        """The line on which the words of a text begin, and how far its lines stand in: of one
        after `|` those below."""
        line, column, _ = self.span(path)
        rows = self.front.split("\n")
        at = line - self.first_line
        if rows[at][column - 1 :].strip()[:1] not in ("|", ">"):
            return line, column - 1
        at = next((n for n in range(at + 1, len(rows)) if rows[n].strip()), at)
        return self.first_line + at, len(rows[at]) - len(rows[at].lstrip())


def read_front_matter(
    path: PurePosixPath, front: str, first_line: int = 1
) -> tuple[Located, list[Problem]]:
    """The values of `front` with their places, and what is wrong with its writing.

    `first_line` is the line of the file on which `front` begins.
    """
    if (plain := read_plain(front)) is not None:
        return Located(plain, front, first_line, plain=True), []
    from planwerk.text.full_front import read_full

    values, problems = read_full(path, front, first_line)
    return Located() if values is None else Located(values, front, first_line), problems
