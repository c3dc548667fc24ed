"""A stated change of one file, undone: the text as it was before.

A statement names a thing and what it was. Nothing is searched for by its line: a record is named
by its id, so a statement fits as long as the record is there, wherever it stands.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeAlias

import yaml

from planwerk.format.emit import Tree, emit, text
from planwerk.format.files import kind_of
from planwerk.format.form import formed, with_body
from planwerk.format.remarks import Entry, Layout, layout
from planwerk.text.source import Source, split

Stated: TypeAlias = "str | Sequence[Stated] | Mapping[str, Stated]"
"""What something was; `NEW` if it was not there."""
Path: TypeAlias = "tuple[str | int, ...]"
NEW = "new"
PROSE = "prose"
BELOW = " > "
"""Between the parts of a path: `tasks > consent-text`."""


class Misfit(Exception):  # noqa: N818 - it says what a statement and the plans are to each other
    """A statement that does not fit the plans: nothing to undo, or nothing by that name."""


def undone(name: PurePosixPath, now: str, stated: Stated) -> str | None:
    """The text of a file before the change; None if the change made the file.

    `stated` is `new` or a mapping: of paths of records and fields (`PROSE`
    among them), or of the beginnings of a table's lines. What comes back is in canonical form, if
    `now` is.
    """
    if stated == NEW:
        return None
    if not isinstance(stated, Mapping):
        raise Misfit("neither 'new' nor what was changed in it")
    if name.suffix == ".csv":
        before = _table(now, stated)
    elif name.suffix == ".yml":
        before = _front(now, stated)
    else:
        source = split(name, now)
        assert isinstance(source, Source)
        fields = {path: was for path, was in stated.items() if path != PROSE}
        body = _prose(source.body, stated[PROSE]) if PROSE in stated else source.body
        before = with_body(_front(source.front, fields), body)
    kind = kind_of(name)
    assert kind is not None, name
    whole = formed(name, before.encode(), kind)
    assert isinstance(whole, str), (name, whole)
    if whole == now:
        raise Misfit("is now what it is said to have been")
    return whole


def _front(now: str, stated: Mapping[str, Stated]) -> str:
    """Front matter before the change: one statement after the other, each a change of lines."""
    for path, was in stated.items():
        now = _Front(now).undone(path, was)
    return now


class _Front:
    """The lines of a front matter, and what stands on which."""

    def __init__(self, front: str) -> None:
        self.lines = front.removesuffix("\n").split("\n") if front.strip() else []
        node = yaml.compose(front, Loader=yaml.CSafeLoader)
        self.value: Any = _plain(node) if node else {}
        self.laid: Layout = layout(node, self.lines)

    def undone(self, named: str, was: Stated) -> str:
        """The text with what is at `named` as it was."""
        parts = named.split(BELOW)
        above, holder = self._walk(parts[:-1], named)
        here = _key(holder, parts[-1])
        if was == NEW:
            if here is None:
                raise Misfit(f"{named}: is not there")
            self._remove((*above, here))
        elif here is None:
            self._insert(above, holder, parts[-1], was)
        elif isinstance(was, Mapping) and isinstance(holder[here], Mapping):
            front = _text(self.lines)
            for key, value in was.items():
                front = _Front(front).undone(f"{named}{BELOW}{key}", value)
            return front
        else:
            self._replace((*above, here), was)
        return _text(self.lines)

    def _walk(self, parts: Sequence[str], named: str) -> tuple[Path, Any]:
        """Where the path leads, and what is there."""
        path: Path = ()
        value = self.value
        for part in parts:
            key = _key(value, part)
            if key is None:
                raise Misfit(f"{named}: there is no {part}")
            path, value = (*path, key), value[key]
        return path, value

    def _entry(self, path: Path) -> Entry:
        return next(entry for entry in self.laid.entries if entry.path == path)

    def _span(self, path: Path) -> tuple[int, int]:
        """The lines of an entry, from its own to before the next one's."""
        entries = self.laid.entries
        first = entries.index(self._entry(path))
        after = (e.line for e in entries[first:] if e.path[: len(path)] != path)
        end = next(after, len(self.lines))
        while end - 1 not in self.laid.texts and _loose(self.lines[end - 1]):
            end -= 1  # a comment belongs to the entry below it
        return entries[first].line, end

    def _remove(self, path: Path) -> None:
        start, end = self._span(path)
        if len(path) > 1 and self._alone(path):
            return self._remove(path[:-1])
        while start and start - 1 not in self.laid.texts and _loose(self.lines[start - 1]):
            start -= 1
        del self.lines[start:end]
        return None

    def _alone(self, path: Path) -> bool:
        value = self.value
        for key in path[:-1]:
            value = value[key]
        return len(value) == 1

    def _replace(self, path: Path, was: Stated) -> None:
        start, end = self._span(path)
        column = self._entry(path).column
        head = self.lines[start][:column]
        new = _lines(path[-1], was)
        self.lines[start:end] = [head + new[0], *(_indented(line, column) for line in new[1:])]

    def _insert(self, above: Path, holder: Any, key: str, was: Stated) -> None:
        """Put a field at the end of its record, an item at the end of its list."""
        if isinstance(holder, list) and not isinstance(was, Mapping):
            raise Misfit(f"{key}: what was taken out of a list is said with all its fields")
        last = (*above, len(holder) - 1 if isinstance(holder, list) else [*holder][-1])
        column, end = self._entry(last).column, self._span(last)[1]
        new = _lines(0 if isinstance(holder, list) else key, was)
        self.lines[end:end] = [_indented(line, column) for line in new]


def _plain(node: yaml.Node) -> Any:
    """What a node says, all of it texts."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part) for part in node.value]
    return node.value


def _key(holder: Any, name: str) -> str | int | None:
    """The key of that name; of a list the item that bears it: as its id, else as any of its values.

    An item without an id of its own is named by what only it holds, in full or how it begins.
    """
    if isinstance(holder, Mapping):
        return name if name in holder else None
    if not isinstance(holder, list):
        return None
    for test in (_is_called, _holds, _begins):
        found = [number for number, item in enumerate(holder) if test(item, name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Misfit(f"{name}: {len(found)} are called that")
    return None


def _is_called(item: Any, name: str) -> bool:
    first = next(iter(item.values())) if isinstance(item, Mapping) else item
    return bool(first == name)


def _holds(item: Any, name: str) -> bool:
    return isinstance(item, Mapping) and name in item.values()


def _begins(item: Any, name: str) -> bool:
    values = item.values() if isinstance(item, Mapping) else [item]
    return any(isinstance(value, str) and value.startswith(name) for value in values)


def _lines(key: str | int, value: Stated) -> list[str]:
    """The lines that say `key: value`, or `- value` for a number."""
    if isinstance(key, int):
        words = emit({"x": [_tree(value)]}).split("\n")[1:-1]
        return [line.removeprefix("  ") for line in words]
    return emit({key: _tree(value)}).split("\n")[:-1]


def _tree(value: Stated) -> Tree:
    if isinstance(value, str):
        return text(value, "|" if value.endswith("\n") else None)
    if isinstance(value, Mapping):
        return {key: _tree(part) for key, part in value.items()}
    return [_tree(part) for part in value]


def _indented(line: str, column: int) -> str:
    return " " * column + line if line else line


def _loose(line: str) -> bool:
    """Whether a line is a comment or empty."""
    return not line.strip() or line.lstrip().startswith("#")


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _prose(now: str, stated: Stated) -> str:
    """Prose before the change: all of it, or paragraphs that are named by how they begin."""
    if stated == NEW:
        return ""
    if isinstance(stated, str):
        return stated
    assert isinstance(stated, Mapping)
    parts = now.strip("\n").split("\n\n")
    for beginning, was in stated.items():
        found = [n for n, part in enumerate(parts) if " ".join(part.split()).startswith(beginning)]
        if len(found) != 1:
            raise Misfit(f"{len(found)} paragraphs begin with: {beginning}")
        assert isinstance(was, str)
        parts[found[0] : found[0] + 1] = [] if was == NEW else [was.strip("\n")]
    return "\n\n".join(parts)


def _table(now: str, stated: Mapping[str, Stated]) -> str:
    """A table before the change: lines are named by how they begin."""
    head, *rows = csv.reader(io.StringIO(now))
    for beginning, was in stated.items():
        cells = next(csv.reader([beginning]))
        found = [n for n, row in enumerate(rows) if row[: len(cells)] == cells]
        if not found:
            raise Misfit(f"no line begins with: {beginning}")
        if was == NEW:
            rows = [row for n, row in enumerate(rows) if n not in found]
            continue
        if len(found) > 1 or not isinstance(was, Mapping):
            raise Misfit(f"{len(found)} lines begin with: {beginning}")
        row = rows[found[0]]
        for column, cell in was.items():
            if column not in head:
                raise Misfit(f"{beginning}: there is no column {column}")
            if row[head.index(column)] == cell:
                raise Misfit(f"{beginning}: {column} is what it is said to have been")
            row[head.index(column)] = str(cell)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    return out.getvalue()
