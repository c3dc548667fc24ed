"""What changed, and what is folded away, missing, or to be written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planwerk.blocks.words import Person, Text

if TYPE_CHECKING:
    from planwerk.blocks.arranged import Block


@dataclass(frozen=True, slots=True)
class Said:
    """One change as a sentence; `inside` shows longer texts word by word, one line a section.

    `topic` is the key it is filtered by, `tag` the word for it.
    """

    text: Text
    inside: tuple[Text, ...] = ()
    topic: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What was changed at once: the day written out, the changes, and for us who, why (a line
    and more), and what else is known of it."""

    when: str
    items: tuple[Said, ...]
    who: Person | None = None
    why: str = ""
    more: str = ""
    about: Text = ()


@dataclass(frozen=True, slots=True)
class Log:
    """What changed, the newest first; `heads` name the columns day, change, who, reason."""

    items: tuple[LogEntry, ...]
    label: str
    heads: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One topic to look at: its key, its word, how many changes are about it."""

    topic: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Narrows the logs of a page to one topic, where a format can; `every` stands for all."""

    label: str
    every: Choice
    items: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that are folded away until somebody asks for them, where a format can.

    With an anchor, its title is a heading that links can lead to.
    """

    title: str
    blocks: tuple[Block, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands in a block's place: what is missing, who fills it, how."""

    words: str


@dataclass(frozen=True, slots=True)
class Room:
    """Ruled lines to write on, on paper; nothing where nobody writes by hand."""

    lines: int
