"""Comments in plans: hints that no output shows, and allowances for findings.

`<!-- … -->` in prose is a hint to the writer: it is taken out before anything reads the text.
`# allow RULE until DAY: reason` on a line of its own, or the same in a hint, lets a finding
stand for a while; it speaks of the next line, or of a whole file: `allow RULE in FILE until …`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

COMMENT = re.compile(r"<!--(.*?)-->", re.S)
ALLOW = re.compile(r"(?P<before>[ ]*#\s*|<!--\s*)allow\b[ ]*(?P<rest>[^\n]*?)(?:-->)?[ ]*$", re.M)
TERMS = re.compile(
    r"(?P<rule>[a-z][a-z-]*)(?: in (?P<file>[\w./-]+))? until (?P<until>\d{4}-\d{2}-\d{2}): *(?P<reason>\S.*)"
)


class Allowance(NamedTuple):
    """A finding that may stand: in `file` (None: on `target`, the next line), until a day."""

    rule: str
    file: str | None
    target: int
    until: date
    reason: str
    line: int
    column: int
    width: int


class BrokenAllowance(NamedTuple):
    """A comment that begins like an allowance and is none."""

    words: str
    line: int
    column: int


def without_comments(body: str) -> str:
    """The text without `<!-- … -->`; lines and columns of all else stay where they are."""
    if "<!--" not in body:
        return body
    return COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), body)


def allowances(words: str) -> tuple[list[Allowance], list[BrokenAllowance]]:
    """The allowances in the text of a file, lines counted from 1."""
    well: list[Allowance] = []
    broken: list[BrokenAllowance] = []
    if "allow " not in words:
        return well, broken
    for match in ALLOW.finditer(words):
        start = words.rfind("\n", 0, match.start("rest")) + 1
        column = match.start() + len(match["before"]) - len(match["before"].lstrip()) - start + 1
        line = words.count("\n", 0, start) + 1
        if (
            not (alone := words[start : match.start()].strip() == "")
            and "<!--" not in match.group()
        ):
            continue
        terms = TERMS.fullmatch(match["rest"].strip())
        try:
            until = date.fromisoformat(terms["until"]) if terms else None
        except ValueError:
            until = None
        if terms is None or until is None or not alone:
            broken.append(BrokenAllowance(match["rest"].strip(), line, column))
            continue
        target = _next_line(words, line)
        width = len(match.group().strip())
        reason = terms["reason"].strip()
        well.append(Allowance(terms["rule"], terms["file"], target, until, reason, line, column, width))  # fmt: skip
    return well, broken


def _next_line(words: str, line: int) -> int:
    """The next line that is neither empty nor a comment."""
    lines = words.split("\n")
    for number in range(line, len(lines)):
        here = lines[number].strip()
        if here and not here.startswith(("#", "<!--")):
            return number + 1
    return line
