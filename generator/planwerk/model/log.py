"""A long log: its values by column, each line made a record only while somebody looks at it.

A million records would not fit into memory, a million values by column do. A log that is not
long is a tuple of records; the functions below ask both in the same way.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Generic, TypeVar, overload

from planwerk.model.cited import CITED, cited
from planwerk.model.record import Record
from planwerk.model.validate import numbers_of

R = TypeVar("R", bound=Record)
ROW = "_row"
"""Where a record of a long log keeps which of its rows it is: it is not the same twice."""


@dataclass(eq=False)
class Log(Sequence[R], Generic[R]):
    """The lines of a long log; `columns` by the names of the fields that its head names, and
    `lines` where in the file each begins."""

    kind: type[R]
    columns: dict[str, list[Any]]
    lines: array[int] = field(default_factory=lambda: array("L"))

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[R]:
        names, defaults, place = tuple(self.columns), self._defaults(), cited(self)
        filled = frozenset(names)
        for row, values in enumerate(zip(*self.columns.values(), strict=True)):
            known = defaults.copy()
            known.update(zip(names, values, strict=True))
            known[ROW] = row
            if place:
                known[CITED] = place._replace(line=self.lines[row])
            yield _record(self.kind, known, filled)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[R]: ...
    def __getitem__(self, at: int | slice) -> R | Sequence[R]:
        if isinstance(at, slice):
            return tuple(self[n] for n in range(*at.indices(len(self))))
        row = range(len(self))[at]
        values = {name: column[row] for name, column in self.columns.items()}
        known = {**self._defaults(), **values, ROW: row}
        if place := cited(self):
            known[CITED] = place._replace(line=self.lines[row])
        return _record(self.kind, known, frozenset(values))

    def _defaults(self) -> dict[str, Any]:
        return {name: f.get_default() for name, f in self.kind.model_fields.items()}


def _record(kind: type[R], values: dict[str, Any], filled: frozenset[str]) -> R:
    """A record of values that were checked; `model_construct` would take three times as long."""
    record = kind.__new__(kind)
    object.__setattr__(record, "__dict__", values)
    object.__setattr__(record, "__pydantic_fields_set__", filled)
    object.__setattr__(record, "__pydantic_extra__", None)
    object.__setattr__(record, "__pydantic_private__", None)
    return record


def column(log: Sequence[R], name: str) -> Sequence[Any]:
    """The values of one field, line by line."""
    if not isinstance(log, Log):
        return [getattr(line, name) for line in log]
    if name in log.columns:
        return log.columns[name]
    return [log.kind.model_fields[name].get_default()] * len(log)


def naming(log: Sequence[R], name: str) -> Iterator[R]:
    """The lines in which the field `name` is filled; of a long log the first with each value."""
    if not isinstance(log, Log):
        yield from (line for line in log if getattr(line, name))
        return
    first: dict[Any, int] = {}
    for row, value in enumerate(log.columns.get(name, ())):
        if value and value not in first:
            first[value] = row
    yield from (log[row] for row in first.values())


def samples(log: Log[R]) -> Iterator[R]:
    """Of a long log the first line with each day, text and word: what rules look at lines for."""
    rows: set[int] = set()
    for name in log.columns.keys() - {"id", "corrects", *numbers_of(log.kind)}:
        first: dict[Any, int] = {}
        for row, value in enumerate(log.columns[name]):
            if value not in first:
                first[value] = row
        rows.update(first.values())
    yield from (log[row] for row in sorted(rows))


def repeated(values: Sequence[Any]) -> list[int]:
    """The positions of values that stood there before; empty ones do not count.

    Takes eight bytes a value: what may be the same is found by its hash first.
    """
    hashes = array("q", (hash(value) if value else 0 for value in values))
    alike = doubtful(hashes)
    seen: set[Any] = set()
    found = []
    for at, value in enumerate(values if alike else ()):
        if value and hashes[at] in alike:
            if value in seen:
                found.append(at)
            seen.add(value)
    return found


def doubtful(hashes: array[int]) -> set[int]:
    """The hashes that stand there more than once; 0 stands for nothing."""
    found: set[int] = set()
    for part in range(4):  # all at once would take three times as much memory
        ordered = sorted([h for h in hashes if h & 3 == part])
        found |= {a for a, b in pairwise(ordered) if a == b}
    return found - {0}
