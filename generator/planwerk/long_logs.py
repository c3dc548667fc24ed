"""Long logs into values: each cell is understood once, however often it stands there."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import compress
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from planwerk.model.log import Log, doubtful
from planwerk.model.record import Record
from planwerk.model.types import MaybeTitle, are_plain_titles
from planwerk.model.validate import numbers_of, validate
from planwerk.problems import Place, Problem
from planwerk.text.front_matter import Path as At
from planwerk.text.front_matter import Span
from planwerk.text.heads import trimmed, twice
from planwerk.text.stream import LogFile, learn_decimals, merged, open_log
from planwerk.text.table import Decimals, LocatedCells

R = TypeVar("R", bound=Record)
REMEMBERED = 20_000
"""How many different cells of a column are kept in mind."""
TOLD = 1000
"""Lines of one log whose problems are told: where there are more they have one cause."""

Look = Callable[[str, int], None]


def read_long(
    kind: type[R],
    name: PurePosixPath,
    path: Path,
    context: dict[str, Any],
    look: Look,
    account: str | None = None,
) -> tuple[Log[R], LogFile | None, list[Problem]]:
    """The lines of a log that can be understood, where they stand, and what is wrong with others.

    `look` is given all of its words (see `text.stream`).
    """
    fields = {f.alias or n: f for n, f in kind.model_fields.items()}
    required = [n for n, f in fields.items() if f.is_required()]
    file, problems = open_log(name, path, tuple(fields), required, look)
    if file is None:
        return Log(kind, {}), None, problems
    reader = _Reader(kind, file, dict(context), account)
    reader.read()
    log = reader.without_repeated()
    if reader.untold:
        facts = {"found": str(reader.untold)}
        problems.append(Problem("more-problems", Place(name), facts=facts))
    return log, file, problems + reader.problems


class _Column:
    """The values of one column: a cell that was understood is not asked again."""

    def __init__(
        self, typed: Any, empty: Any, context: dict[str, Any], decimals: Decimals | None
    ) -> None:
        self.empty, self.context, self.decimals = empty, context, decimals
        self.forget()
        self.is_title = typed == MaybeTitle
        self.one: TypeAdapter[Any] = TypeAdapter(typed)
        self.many: TypeAdapter[Any] = TypeAdapter(list[typed])

    def forget(self) -> None:
        """Begin anew."""
        self.values: list[Any] = []
        self.known: dict[str, Any] = {"": self.empty}
        self.passing = False
        """Whether cells hardly come again, as ids: then none is kept in mind."""
        self.bad: set[str] = {""} if self.empty is BAD else set()

    def understood(self, cells: tuple[str, ...]) -> tuple[list[Any], bool]:
        """The values of cells, `BAD` for those that cannot be understood; and whether there are
        such."""
        seen = {*cells}
        known = {"": self.empty} if self.passing else self.known
        ask = list(seen - known.keys())
        if self.decimals:
            self._learn(self.decimals, ask)
        known.update(zip(ask, self._asked([cell.strip() for cell in ask]), strict=True))
        self.bad |= {cell for cell in ask if known[cell] is BAD}
        if len(known) > REMEMBERED:
            self.known = {"": self.empty}
            self.passing = len(self.values) < 2 * REMEMBERED
        return [known[cell] for cell in cells], not self.bad.isdisjoint(seen)

    def _learn(self, decimals: Decimals, cells: list[str]) -> None:
        """Learn from numbers how the log writes decimals, before they are understood."""
        before = decimals.mark
        fit = all(decimals.fits(cell.strip()) for cell in cells)
        if not fit or (decimals.doubted and decimals.mark != before):
            raise _UnlikeError
        if decimals.mark != before:
            self.context["notation"] = decimals.notation("")

    def _asked(self, words: list[str]) -> list[Any]:
        if self.is_title and are_plain_titles(words):
            return words
        try:
            values: list[Any] = self.many.validate_python(words, context=self.context)
        except ValidationError:
            return [self._one(word) for word in words]
        return values

    def _one(self, words: str) -> Any:
        if not words:
            return self.empty
        try:
            return self.one.validate_python(words, context=self.context)
        except ValidationError:
            return BAD


BAD = object()


class _UnlikeError(Exception):
    """Numbers understood before would be understood otherwise, or are written otherwise."""


class _Reader:
    def __init__(
        self, kind: type[R], file: LogFile, context: dict[str, Any], account: str | None
    ) -> None:
        self.kind, self.file, self.context, self.account = kind, file, context, account
        self.problems: list[Problem] = []
        self.untold = 0
        self.context["notation"] = file.table.notation
        by_key = {f.alias or n: (n, f) for n, f in kind.model_fields.items()}
        self.columns: dict[str, _Column] = {}
        self.numbers, decimals = numbers_of(kind), Decimals()
        for key in file.table.names:
            name, field = by_key[key]
            typed: Any = field.annotation
            if field.metadata:
                typed = Annotated[(typed, *field.metadata)]
            empty = BAD if field.is_required() else field.get_default()
            self.columns[name] = _Column(
                typed, empty, self.context, decimals if key in self.numbers else None
            )

    def read(self) -> None:
        """Understand the lines, and on the way how they write decimals.

        Most logs show it at once, or never. Where that comes after a number that could be read
        in two ways, the whole log is asked first, and read again.
        """
        try:
            self.read_all()
        except _UnlikeError:
            mixed = learn_decimals(self.file, self.numbers)
            self.context["notation"] = self.file.table.notation
            for column in self.columns.values():
                column.decimals = None
                column.forget()
            self.problems, self.untold = mixed, 0
            self.read_all()

    def read_all(self) -> None:
        """Understand the lines, some thousands at a time."""
        self.lines, self.hashes = array("L"), array("q")
        width, names = len(self.columns), {*self.file.columns}
        for lines, found in self.file.batches():
            rows = [cells or [] for cells in found]
            if {*map(len, rows)} != {width} or not names.isdisjoint(row[0] for row in rows):
                lines, rows = self.sound(lines, found, width)
            if rows:
                self.take(lines, rows)

    def sound(
        self, numbers: Sequence[int], batch: Sequence[list[str] | None], width: int
    ) -> tuple[list[int], list[list[str]]]:
        """The lines that have a cell for each column; tells of the others."""
        lines, rows = [], []
        for line, found in zip(numbers, batch, strict=True):
            cells = trimmed(found or [], width)
            problem = None
            if found is None:
                problem = self.broken(line)
            elif len(cells) > width:
                facts = {"found": str(len(cells)), "expected": str(width)}
                problem = Problem("too-many-cells", Place(self.file.name, line), facts=facts)
            if problem := problem or merged(self.file, line, cells):
                self.tell([problem])
                continue
            lines.append(line)
            rows.append(cells + [""] * (width - len(cells)))
        return lines, rows

    def broken(self, line: int) -> Problem:
        """That the quotation marks of a line lead nowhere, told at its last cell."""
        *_, (row, column, width) = self.file.around(line).spans(1)
        return Problem("broken-table", Place(self.file.name, row + line - 1, column, width))

    def take(self, lines: Sequence[int], rows: list[list[str]]) -> None:
        """Keep the values of these lines; tell what is wrong with those that have none."""
        columns, bad, values = self.columns.values(), set[int](), []
        for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
            part, some_bad = column.understood(cells)
            values.append(part)
            bad |= {at for at, v in enumerate(part) if v is BAD} if some_bad else set()
        for at in sorted(bad):
            self.tell(self.wrong(lines[at], rows[at]))
        keep = [at not in bad for at in range(len(lines))] if bad else None
        for column, part in zip(columns, values, strict=True):
            column.values += compress(part, keep) if keep else part
        self.lines.extend(compress(lines, keep) if keep else lines)
        hashes = (hash(tuple(row)) or 1 for row in rows)
        self.hashes.extend(compress(hashes, keep) if keep else hashes)

    def wrong(self, line: int, cells: list[str]) -> list[Problem]:
        """What is wrong with a line, each at its cell."""
        if len(self.problems) >= TOLD:
            return []
        around = self.file.around(line)
        row: dict[str, Any] = {n: c.strip() for n, c in zip(self.file.table.names, cells, strict=False) if c.strip()}  # fmt: skip
        located = _Below(row, first_line=1, table=around)
        located.above = line - 1
        return validate(self.kind, located, self.file.name, self.account, self.context)[1]

    def tell(self, problems: list[Problem]) -> None:
        """Note problems, as long as there are few."""
        if len(self.problems) < TOLD:
            self.problems += problems
        else:
            self.untold += 1

    def without_repeated(self) -> Log[Any]:
        """The lines that say something new; those said twice become problems."""
        alike = doubtful(self.hashes)
        first: dict[tuple[Any, ...], int] = {}
        again: set[int] = set()
        for row, hashed in enumerate(self.hashes if alike else ()):
            if hashed in alike:
                values = tuple(column.values[row] for column in self.columns.values())
                if values in first:
                    again.add(row)
                    self.tell([twice(self.file.name, self.lines[row], first[values])])
                first.setdefault(values, self.lines[row])
        if again:
            keep = [row not in again for row in range(len(self.lines))]
            self.lines = array("L", compress(self.lines, keep))
            for column in self.columns.values():
                column.values = list(compress(column.values, keep))
        columns = {name: column.values for name, column in self.columns.items()}
        return Log(self.kind, columns, self.lines)


class _Below(LocatedCells):
    """The cells of a line, of which only the lines around it were read again."""

    above = 0
    """How many lines stand above those."""

    def span(self, path: At) -> Span:
        """Where the cell stands in the file."""
        row, column, width = super().span(path)
        return row + self.above, column, width
