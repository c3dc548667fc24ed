"""On which lines the entries of the lists in front matter begin, told from the lines alone."""

from __future__ import annotations

import re

LINE = re.compile(r"^(?:(?P<key>[a-z_]+):|(?P<indent> *)-(?: |$))", re.M)


def item_lines(front: str, first_line: int) -> dict[str, list[int]]:
    """By key at the margin, the lines of the file on which the entries of its list begin.

    `first_line` is the line on which `front` begins. What is indented deeper than the first
    entry, lists within entries and lines of longer texts, is none. A tenth of the time that
    telling all places would take.
    """
    found: dict[str, list[int]] = {}
    here: list[int] = []
    depth: int | None = None
    at, line = 0, first_line
    for mark in LINE.finditer(front):
        line += front.count("\n", at, mark.start())
        at = mark.start()
        if mark["key"]:
            here, depth = found.setdefault(mark["key"], []), None
            continue
        indent = len(mark["indent"])
        depth = indent if depth is None else depth
        if indent == depth:
            here.append(line)
    return found
