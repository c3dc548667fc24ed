"""A whole file in canonical form: front matter, prose, tables."""

from __future__ import annotations

from pathlib import PurePosixPath

from planwerk.format.front import canonical
from planwerk.format.table import canonical_table
from planwerk.model.record import Record
from planwerk.problems import Problem
from planwerk.text.front_matter import read_front_matter
from planwerk.text.source import decode, split

FENCE = "---"


def formed(name: PurePosixPath, raw: bytes, kind: type[Record]) -> str | list[Problem]:
    """The text of a file in canonical form, or the problems that keep it from being read."""
    if name.suffix == ".csv":
        return canonical_table(name, raw, kind)
    words = decode(name, raw)
    if isinstance(words, Problem):
        return [words]
    if name.suffix == ".yml":
        _, problems = read_front_matter(name, words)
        return problems or canonical(words, kind)
    source = split(name, words)
    if isinstance(source, Problem):
        return [source]
    _, problems = read_front_matter(name, source.front, source.front_line)
    return problems or with_body(canonical(source.front, kind), source.body)


def with_body(front: str, body: str) -> str:
    """Front matter between its lines, then the prose behind one empty line."""
    prose = "\n".join(_prose_lines(body)).strip("\n")
    return f"{FENCE}\n{front}{FENCE}\n" + (f"\n{prose}\n" if prose else "")


def _prose_lines(body: str) -> list[str]:
    """The lines without space at their ends, but for the two that break a line in Markdown."""
    lines = body.split("\n")
    bare = [line.rstrip(" \t") for line in lines]
    for number, line in enumerate(lines[:-1]):
        if line.endswith("  ") and bare[number] and bare[number + 1]:
            bare[number] += "  "
    return bare
