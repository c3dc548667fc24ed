"""Mending a file: one safe change after another, each only if the file is the better for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from planwerk.format.files import kind_of
from planwerk.format.mends import MENDS
from planwerk.format.table import unmerged
from planwerk.model.record import Record
from planwerk.model.validate import validate
from planwerk.problems import FIXABLE, Problem
from planwerk.read import LOGS
from planwerk.text.front_matter import read_front_matter
from planwerk.text.source import decode, split
from planwerk.text.table import read_table

ROUNDS = 200


class Mended(NamedTuple):
    """The text of a file after mending, and how many findings were mended."""

    text: str
    findings: int


class State(NamedTuple):
    """Whether a text can be read, and what is wrong with it."""

    is_read: bool
    problems: list[Problem]


def mended(name: PurePosixPath, raw: bytes, kind: type[Record]) -> Mended | None:
    """The file with all mended that is safe to mend; None if nothing is, or it is no text."""
    merged = unmerged(name, raw, kind) if kind in LOGS else None
    if merged:
        return Mended(*merged)
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None
    state, count = look(name, text, kind), 0
    while count < ROUNDS and (better := _better(name, text, state, kind)):
        (text, state), count = better, count + 1
    return Mended(text, count) if count else None


def look(name: PurePosixPath, text: str, kind: type[Record]) -> State:
    """What is wrong with a text; only one that can be read shows what is wrong with its values."""
    if name.suffix == ".csv":
        _, problems = read_table(name, text.encode("utf-8"), (), further=True)
        return State(not problems, problems)
    words = decode(name, text.encode("utf-8"))
    if isinstance(words, Problem):
        return State(False, [words])
    front, line = words, 1
    if name.suffix != ".yml":
        source = split(name, words)
        if isinstance(source, Problem):
            return State(False, [source])
        front, line = source.front, source.front_line
    located, problems = read_front_matter(name, front, line)
    if problems:
        return State(False, problems)
    return State(True, validate(kind, located, name)[1])


def _better(
    name: PurePosixPath, text: str, before: State, kind: type[Record]
) -> tuple[str, State] | None:
    """The text with one problem mended, None if none can be."""
    lines = text.split("\n")
    for problem in sorted(before.problems, key=lambda p: p.order):
        mend = MENDS.get(problem.rule)
        changed = mend(lines, problem, kind) if mend and problem.place.line <= len(lines) else None
        if changed is None or changed == lines or _letters(changed) != _letters(lines):
            continue
        after = look(name, "\n".join(changed), kind)
        if _is_better(before, after, problem, max(0, len(changed) - len(lines))):
            return "\n".join(changed), after
    return None


def _is_better(before: State, after: State, problem: Problem, added: int) -> bool:
    """Whether the problem is gone and nothing came in its place."""
    line = problem.place.line
    if before.is_read:
        return after.is_read and len(after.problems) < len(before.problems)
    if after.is_read:
        return not any(line <= p.place.line <= line + added for p in after.problems)
    first = min(after.problems, key=lambda p: p.order)
    if problem.rule == "forbidden-character":  # one at a time is told, many are mended
        return first.rule != problem.rule or first.place > problem.place
    # a tab is met before a `>` above it: what comes to light earlier must be mendable in its turn
    earlier = first.place.line < line and first.rule in MENDS and first.rule != problem.rule
    return first.place.line > line + added or earlier


def _letters(lines: list[str]) -> Counter[str]:
    """All letters and digits: no mend loses or adds any."""
    return Counter(re.sub(r"\W", "", "".join(lines)))


def mendable(root: Path, problems: Iterable[Problem]) -> int:
    """How many findings `planwerk fix` would mend in the files of these problems."""
    files = {problem.place.path for problem in problems if problem.rule in FIXABLE}
    return sum(_count(root, name) for name in files)


def _count(root: Path, name: PurePosixPath) -> int:
    kind = kind_of(name)
    try:
        raw = (root / name).read_bytes()
    except OSError:
        return 0
    found = mended(name, raw, kind) if kind else None
    return found.findings if found else 0
