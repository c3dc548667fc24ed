"""Comments in plans: hints that no output shows, and allowances for findings.

`<!-- … -->` in prose is a hint to the writer: it is taken out before anything reads the text.
`# allow RULE until DAY: reason` on a line of its own among the details, or the same in a hint,
lets a finding stand for a while; it speaks of the next line, or of a whole file:
`allow RULE in FILE until …`. In prose `#` begins a heading, so only a hint can allow there.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

BEGIN, END = "<!--", "-->"
TERMS = re.compile(
    r"(?P<rule>[a-z][a-z-]*)(?: in (?P<file>[\w./-]+))? until (?P<until>[0-9]{4}-[0-9]{2}-[0-9]{2}): *(?P<reason>\S.*)"
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
    kept: list[str] = []
    at = 0
    while (begin := body.find(BEGIN, at)) >= 0 and (end := body.find(END, begin + len(BEGIN))) >= 0:
        end += len(END)
        kept += body[at:begin], re.sub(r"[^\n]", " ", body[begin:end])
        at = end
    return "".join(kept) + body[at:] if kept else body


def unclosed_comment(body: str) -> int | None:
    """Where a `<!--` without its `-->` begins in a text without comments; None if nowhere."""
    at = body.find(BEGIN)
    return at if at >= 0 else None


def allowances(words: str, prose: int) -> tuple[list[Allowance], list[BrokenAllowance]]:
    """The allowances in the text of a file whose prose begins on line `prose` (from 1)."""
    well: list[Allowance] = []
    broken: list[BrokenAllowance] = []
    if "allow " not in words:
        return well, broken
    lines = words.split("\n")
    targets: dict[int, int] = {}
    for number, line in enumerate(lines, start=1):
        if (found := _terms(line, number, lines, prose)) is None:
            continue
        said, column = found
        terms = TERMS.fullmatch(said)
        until = _day(terms["until"]) if terms else None
        if terms is None or until is None or line[: column - 1].strip():
            broken.append(BrokenAllowance(said, number, column))
            continue
        targets = targets or _targets(lines)
        width = len(line.rstrip()) - column + 1
        well.append(Allowance(terms["rule"], terms["file"], targets[number], until, terms["reason"], number, column, width))  # fmt: skip
    return well, broken


def _terms(line: str, number: int, lines: list[str], prose: int) -> tuple[str, int] | None:
    """What an allowance on this line says, and the column it begins at; None if there is none."""
    if "allow " not in line:
        return None
    bare = line.lstrip()
    column = len(line) - len(bare) + 1
    if bare.startswith("#") and number < prose:
        said = bare.lstrip("#").strip()
        return (said.removeprefix("allow ").strip(), column) if said.startswith("allow ") else None
    if number < prose:
        return None
    if bare.startswith("allow ") and number > 1 and lines[number - 2].strip() == BEGIN:
        return _hint(bare), column
    begin = line.rfind(BEGIN)
    if begin >= 0 and (said := line[begin + len(BEGIN) :].strip()).startswith("allow "):
        return _hint(said), begin + 1
    return None


def _hint(said: str) -> str:
    """The terms in a hint, without what closes it."""
    return said.removeprefix("allow ").rstrip().removesuffix(END).strip()


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _targets(lines: list[str]) -> dict[int, int]:
    """By line: the next one that is neither empty nor a comment; itself if there is none."""
    targets: dict[int, int] = {}
    target = 0
    for number in range(len(lines), 0, -1):
        targets[number] = target or number
        here = lines[number - 1].strip()
        if here and here != END and not here.startswith(("#", BEGIN, "allow ")):
            target = number
    return targets
