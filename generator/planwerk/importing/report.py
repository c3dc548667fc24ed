"""What an import tells afterwards: what was seen, what was decided, what a person must settle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from planwerk.problems import Place, Problem

Kind = Literal["seen", "decided", "open"]
KINDS: tuple[Kind, ...] = ("seen", "decided", "open")


@dataclass(frozen=True)
class Note:
    """One thing worth telling, met `count` times, first at `place`.

    Its words stand under `import.<key>` with the placeholders `facts` (and `count`).
    """

    kind: Kind
    key: str
    facts: dict[str, str]
    count: int
    place: Place | None


@dataclass(frozen=True)
class ImportReport:
    """The outcome of an import; paths are relative to the workspace.

    `unchanged` counts the files that already said what the import would write, `kept` names
    those a person has changed. With an error among `problems` nothing was written.
    """

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    written: tuple[str, ...]
    unchanged: int
    kept: tuple[str, ...]


class Notes:
    """Collects notes; the same thing met again only raises the count."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, ...], Note] = {}

    def add(
        self, kind: Kind, key: str, place: Place | None = None, count: int = 1, **facts: str
    ) -> None:
        """Note something `count` times; a count of 0 notes nothing."""
        if not count:
            return
        same = (kind, key, *(part for fact in sorted(facts.items()) for part in fact))
        if known := self._notes.get(same):
            self._notes[same] = replace(known, count=known.count + count)
        else:
            self._notes[same] = Note(kind, key, facts, count, place)

    def all(self) -> tuple[Note, ...]:
        """All notes: seen, decided, open; within each in the order they were met."""
        return tuple(sorted(self._notes.values(), key=lambda note: KINDS.index(note.kind)))


def place(path: str, line: int = 1) -> Place:
    """The beginning of a line of a table."""
    return Place(PurePosixPath(path), line)
