"""On which lines the keys of front matter and the entries of its lists begin, told from the lines alone."""

from __future__ import annotations

import re
from typing import NamedTuple

LINE = re.compile(r"^(?:(?P<key>[a-z_]+):|(?P<indent> *)-(?: |$))", re.M)


class Lines(NamedTuple):
    """The line on which a key stands, and those on which the entries of its list begin."""

    key: int
    entries: list[int]


def item_lines(front: str, first_line: int) -> dict[str, Lines]:
    """By key at the margin, the lines of the file on which it and the entries of its list begin.

    `first_line` is the line on which `front` begins. What is indented deeper than the first
    entry, lists within entries and lines of longer texts, is none. A tenth of the time that
    telling all places would take.
    """
    found: dict[str, Lines] = {}
    here: list[int] = []
    depth: int | None = None
    at, line = 0, first_line
    for mark in LINE.finditer(front):
        line += front.count("\n", at, mark.start())
        at = mark.start()
        if mark["key"]:
            here, depth = found.setdefault(mark["key"], Lines(line, [])).entries, None
            continue
        indent = len(mark["indent"])
        depth = indent if depth is None else depth
        if indent == depth:
            here.append(line)
    return found
