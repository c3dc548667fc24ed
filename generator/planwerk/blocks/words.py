"""What stands inside a line: stretches of text, a status, a person, a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from planwerk.blocks.arranged import Block

Level = Literal["good", "warn", "bad", "run", "plan", "open", "done", "neutral", "chance", "no"]
"""How a thing stands; each output shows it as shape + word + colour, never as colour alone.

good: on track, reached · warn: close behind, waiting · bad: missed, overdue · run: under way ·
plan: planned · open: unknown · done: finished, won · neutral: neither · chance: an opening,
a date · no: lost, not wanted.
"""

Side = Literal["us", "client", "partner"]
Align = Literal["left", "right", "center"]
CellState = Literal[
    "unknown", "not_applicable", "blocked", "internal", "competitor",
    "gap", "idea", "opportunity", "won", "lost", "at_risk",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number in the text that refers to it, and what it says."""

    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner; `link` is an https, mailto or #anchor target.

    In our portal over all accounts `#account:<id>` leads to an account, `#account:<id>/<page>` to
    one of its pages, `#page:<name>` to another page and `#page:<name>/<anchor>` into it. `change` marks words of a compared text: what came is underlined, what went is struck.
    A reference to a footnote bears it as `note`; its text is the raised number, for formats that
    say footnotes in the text. One that bears the `key` of a chart as `refers` says its number in
    documents that number their figures, and its own text anywhere else.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str | None = None
    change: Literal["", "added", "removed"] = ""
    note: Note | None = None
    refers: str = ""


Text: TypeAlias = tuple[Run, ...]


def text(words: str, *, strong: bool = False) -> Text:
    """Plain words as a Text; an empty string gives the empty Text."""
    return (Run(words, strong=strong),) if words else ()


def plain(content: Text) -> str:
    """The words of a Text without their manner."""
    return "".join(run.text for run in content)


@dataclass(frozen=True, slots=True)
class Status:
    """A level and the word that says it, such as `bad`, "10 Tage über der Frist"."""

    level: Level
    word: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody (or a partner firm) with the side they stand on; `detail` is a title or role."""

    name: str
    initials: str
    side: Side
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands in the plans: the page of its line at the git host, and in words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell or fact: any of text, a muted note below it, a status, a person.

    `value` is what a table is sorted by where that is not the text: a number, a day's ordinal.
    `source` leads to where it was written, where a format has links.
    """

    text: Text = ()
    note: str = ""
    status: Status | None = None
    person: Person | None = None
    strong: bool = False
    unknown: bool = False
    value: float | None = None
    source: Source | None = None
