"""Comments and empty lines of front matter: what they belong to, and putting them back.

A comment belongs to the entry below it; one that is indented deeper than that entry belongs
to the end of what stands above it. YAML libraries hang comments on the entry before, which
would leave them behind when keys change places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from planwerk.text.front_matter import Path

BLANK = " \t"
ALLOW = re.compile(r"#\s*allow\b")
REMARK = re.compile(r"(?:^|[ \t])(#.*)$")
BLOCK_HEAD = re.compile(r"[|>][-+0-9]*")


class Entry(NamedTuple):
    """A key or an item: where it begins (lines and columns from 0), and the path to it."""

    line: int
    column: int
    path: Path


class Remark(NamedTuple):
    """Lines of comment, an empty one before them perhaps: above the entry at `path`, or below
    the last of the entries within it."""

    path: Path
    below: bool
    lines: tuple[str, ...]


@dataclass(slots=True)
class Layout:
    """The entries of a front matter in their order, and the lines that are parts of texts."""

    entries: list[Entry] = field(default_factory=list)
    texts: set[int] = field(default_factory=set)
    ends: dict[int, int] = field(default_factory=dict)
    """By line, the column behind its last word that is no comment."""


def layout(node: yaml.Node | None, lines: Sequence[str]) -> Layout:
    """How the text that was composed into `node` is laid out."""
    found = Layout()
    if isinstance(node, yaml.MappingNode | yaml.SequenceNode):
        _lay(node, (), lines, found)
    found.entries.sort(key=lambda e: (e.line, len(e.path)))
    return found


def _lay(node: yaml.Node, path: Path, lines: Sequence[str], found: Layout) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            mark = key.start_mark
            inner: Path = (*path, key_of(key))
            found.entries.append(Entry(mark.line, mark.column, inner))
            _scalar(key, lines, found)
            _lay(value, inner, lines, found)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            mark, inner = value.start_mark, (*path, number)
            dash = lines[mark.line].rfind("-", 0, mark.column) if mark.line < len(lines) else -1
            column = dash if dash >= 0 else max(0, mark.column - 2)
            found.entries.append(Entry(mark.line, column, inner))
            _lay(value, inner, lines, found)
    else:
        _scalar(node, lines, found)


def _scalar(node: yaml.Node, lines: Sequence[str], found: Layout) -> None:
    """Note the lines that a scalar takes, and where it ends on its last one."""
    start, end = node.start_mark, node.end_mark
    if getattr(node, "style", None) in ("|", ">"):
        head = BLOCK_HEAD.match(lines[start.line], start.column)
        found.ends[start.line] = head.end() if head else start.column
        last = end.line if end.column else end.line - 1
        while last > start.line and (last >= len(lines) or not lines[last].strip(BLANK)):
            last -= 1
        found.texts.update(range(start.line + 1, last + 1))
        return
    found.texts.update(range(start.line + 1, end.line + 1))
    found.ends[end.line] = max(end.column, found.ends.get(end.line, 0))


def key_of(node: yaml.Node) -> str:
    """The key as the reader of plans takes it."""
    return unicodedata.normalize("NFC", str(node.value))


class _Loose(NamedTuple):
    """A comment line with its column, "" for an empty line."""

    words: str
    column: int


def split(lines: Sequence[str], laid: Layout) -> tuple[Remark, ...]:
    """The remarks among `lines`."""
    out: list[Remark] = []
    pending: list[_Loose] = []
    entries = iter([*laid.entries, None])
    upcoming, before = next(entries), None
    for number, line in enumerate(lines):
        loose = _loose(line, number, laid)
        behind = loose is not None and bool(line[: loose.column].strip(BLANK))
        if loose is not None and not behind:
            pending.append(loose)
        if upcoming is not None and upcoming.line == number:
            out += _assign(pending, before, upcoming, laid.entries)
            pending = []
            while upcoming is not None and upcoming.line == number:
                before, upcoming = upcoming, next(entries)
        if loose is not None and behind:
            # a comment behind a value or key moves above it; one behind a lone dash, below
            if before is not None and (before.line == number or number in laid.ends):
                out.append(Remark(before.path, False, (loose.words,)))
            else:
                pending.append(_Loose(loose.words, -1))
    return (*out, *_assign(pending, before, None, laid.entries))


def _loose(line: str, number: int, laid: Layout) -> _Loose | None:
    start = laid.ends.get(number, 0)
    if not line.strip(BLANK):
        return None if number in laid.texts else _Loose("", 0)
    if number in laid.texts and number not in laid.ends:
        return None
    found = REMARK.search(line, start)
    return _Loose(found[1].rstrip(BLANK), found.start(1)) if found else None


def _assign(
    pending: list[_Loose], before: Entry | None, after: Entry | None, entries: Sequence[Entry]
) -> Iterator[Remark]:
    """What loose lines between two entries belong to, paragraph by paragraph."""
    above = False
    for words, column in _paragraphs(pending):
        holder = None if above else _holder(words, column, before, after, entries)
        if holder is not None:
            yield Remark(holder.path[:-1], True, words)
            continue
        above = True
        yield Remark(after.path if after else (), after is None, words)


def _paragraphs(pending: list[_Loose]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Lines that stand together, with the column of the first, left of which none begins; an
    empty line leads."""
    lines: list[str] = []
    column = 0
    for loose in pending:
        if not loose.words:
            if any(lines):
                yield tuple(lines), column
            lines = [""]
            continue
        if any(lines) and loose.column < column:
            yield tuple(lines), column
            lines = []
        if not any(lines):
            column = loose.column
        lines.append(loose.words)
    if lines:
        yield tuple(lines), column


def _holder(
    words: tuple[str, ...],
    column: int,
    before: Entry | None,
    after: Entry | None,
    entries: Sequence[Entry],
) -> Entry | None:
    """The last entry of those that the comment ends, or None if it belongs to what follows."""
    least = after.column if after else 0
    if not any(words) or before is None or column <= least or any(map(ALLOW.match, words)):
        return None
    around = [e for e in entries if e.path and e.path == before.path[: len(e.path)]]
    held = [e for e in around if least < e.column <= column]
    return max(held, key=lambda e: len(e.path)) if held else None


def put_back(text: str, remarks: Sequence[Remark]) -> str:
    """`text`, which has no comments, with the remarks at their entries."""
    if not remarks:
        return text
    lines = text.split("\n")[:-1]
    laid = layout(yaml.compose(text, Loader=yaml.CSafeLoader), lines)
    places = []
    for number, remark in enumerate(remarks):
        line, indent = _spot(remark, laid.entries, lines)
        depth = -len(remark.path) if remark.below else len(remark.path)
        places.append((line, not remark.below, depth, number, indent))
    out: list[str] = []
    last = 0
    for line, _, _, number, indent in sorted(places):
        out += lines[last:line]
        last = line
        for words in remarks[number].lines:
            if words or (out and out[-1]):
                out.append(f"{indent}{words}" if words else "")
    out += lines[last:]
    while out and not out[-1]:
        out.pop()
    return "".join(f"{line}\n" for line in out)


def _spot(remark: Remark, entries: Sequence[Entry], lines: Sequence[str]) -> tuple[int, str]:
    """The line that a remark is put above, and its indentation."""
    if not remark.path:
        return len(lines), ""
    own = next(n for n, e in enumerate(entries) if e.path == remark.path)
    line = entries[own].line
    if not remark.below:
        return line, lines[line][: len(lines[line]) - len(lines[line].lstrip(BLANK))]
    size = len(remark.path)
    within = [e for e in entries[own:] if e.path[:size] == remark.path]
    column = next(e.column for e in within if len(e.path) == size + 1)
    rest = (e.line for e in entries[own:] if e.path[:size] != remark.path)
    return next(rest, len(lines)), " " * column
