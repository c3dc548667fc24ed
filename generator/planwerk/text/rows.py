"""The records of a CSV one after the other: what is broken costs its own line, not those below."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

SEPARATORS = ",;\t"
SPAN = 50
"""Lines that one record may run over; a quotation mark that is not closed by then never is."""
SPACE = " \t,;"
"""What an empty line may hold: Excel leaves separators in it."""

Row = tuple[int, list[str] | None]
"""The line of a record, and its cells; None where its quotation marks do not close."""


def split_rows(lines: Iterable[str], separator: str) -> Iterator[Row]:
    """The line (from 1) on which each record begins, and its cells as they stand there.

    `lines` are without their ends. Records are told with None for cells where their quotation
    marks lead nowhere; reading goes on in the line below. Empty lines are left out.
    """
    feed = _Feed(iter(lines))
    reader = csv.reader(feed, delimiter=separator, strict=True)
    number = 0
    for line in feed.lines():
        number += 1
        if '"' not in line:
            if line.strip(SPACE):
                yield number, line.split(separator)
            continue
        feed.begin(line)
        try:
            cells = next(reader)
        except (csv.Error, StopIteration):
            feed.put_back()
            yield number, None
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells
        number += feed.read - 1


class _Feed:
    """Hands out the lines of one record, as many as it takes; those of a broken one come again."""

    def __init__(self, source: Iterator[str]) -> None:
        self.source = source
        self.waiting: deque[str] = deque()
        self.parts: list[str] = []
        self.read = 0

    def lines(self) -> Iterator[str]:
        """The lines at which records begin."""
        while True:
            line = self.waiting.popleft() if self.waiting else next(self.source, None)
            if line is None:
                return
            yield line

    def begin(self, line: str) -> None:
        """A record begins with `line`."""
        self.parts, self.read = [line], 0

    def put_back(self) -> None:
        """All lines of the record but its first are read again."""
        self.waiting.extendleft(reversed(self.parts[1:]))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.read == len(self.parts):
            more = self.waiting.popleft() if self.waiting else next(self.source, None)
            if more is None or self.read == SPAN:
                if more is not None:
                    self.waiting.appendleft(more)
                raise StopIteration
            self.parts.append(more)
        self.read += 1
        return self.parts[self.read - 1] + "\n"


def separator_of(head: str) -> str:
    """What separates the columns of a table whose first line is `head`."""
    return max(SEPARATORS, key=head.count)
