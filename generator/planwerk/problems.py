"""A user's mistake as a value: where it is, what was found, what is wrong, one fix to type.

The words of a problem live in `words/<language>.yml` under `problem.<rule>`; this module
carries only the data that fills them in, so that one problem can be told in any language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import PurePosixPath

FIXABLE = frozenset(
    {
        "braces", "colon-in-text", "comment-in-line", "folded-text", "forbidden-character",
        "header-misplaced", "header-repeated", "line-twice", "tab-indentation", "windows-1252",
    }
)  # fmt: skip
"""The rules whose problems `planwerk fix` can mend, where that is safe; see `format/mends.py`."""


class Severity(IntEnum):
    """How much a problem stops: an error stops the output it concerns, a warning does not."""

    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """The name that machine-readable reports use: `warning` or `error`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file of the workspace; `line` and `column` count from 1, `width` in characters."""

    path: PurePosixPath
    line: int = 1
    column: int = 1
    width: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: the rule's name, its severity, its place and the values its words need.

    `facts` fill the placeholders of the rule's words (`found`, `nearest`, `date` …);
    `account` is the account whose outputs an error stops, or None for the whole workspace.
    """

    rule: str
    place: Place
    severity: Severity = Severity.ERROR
    facts: Mapping[str, str] = field(default_factory=dict)
    account: str | None = None

    @property
    def order(self) -> tuple[Place, int, str]:
        """What problems are sorted by: place, then the worse one, then the rule."""
        return (self.place, -self.severity, self.rule)


class Refusal(Exception):  # noqa: N818 - a refusal is the user's, not the program's, error
    """The command cannot go on: the problems why, and the exit code to leave with.

    Raised by stages that have nothing to hand on (no workspace, no such folder, a locked
    output); mistakes inside plans are collected as values instead.
    """

    def __init__(self, problems: Iterable[Problem], code: int = 1) -> None:
        self.problems = tuple(problems)
        self.code = code
        super().__init__(", ".join(p.rule for p in self.problems))

    def __reduce__(self) -> tuple[type[Refusal], tuple[tuple[Problem, ...], int]]:
        """Its own arguments: what a process that shares the work cannot say, all wait for."""
        return type(self), (self.problems, self.code)


ISOLATION = frozenset(
    {
        "other-client-named", "output-code-unknown", "output-file-unknown", "output-names-client",
        "output-names-person", "output-part-unknown", "output-quotes-internal",
        "shared-quotes-internal", "upload-draft", "upload-file-changed", "upload-wrong-folder",
    }
)  # fmt: skip
"""Findings of what would leave the house: nothing is published at all."""


WRONG_USE = frozenset({"mapping-missing"})
"""Findings about how the command was called, not about what it read."""


def leaks(problems: Iterable[Problem]) -> bool:
    """Whether something would leave the house that must not."""
    return any(p.severity is Severity.ERROR and p.rule in ISOLATION for p in problems)


def exit_code(problems: Iterable[Problem]) -> int:
    """0 for warnings at most, 1 for errors in the plans, 2 for wrong use, 3 for what would leave."""
    found = list(problems)
    if any(p.rule in WRONG_USE for p in found):
        return 2
    if leaks(found):
        return 3
    return 1 if any(p.severity is Severity.ERROR for p in found) else 0


def refuse(rule: str, path: str, code: int = 2, **facts: str) -> Refusal:
    """A refusal with one problem at the beginning of `path`."""
    return Refusal([Problem(rule, Place(PurePosixPath(path)), facts=facts)], code)
