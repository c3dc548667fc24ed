"""Running text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planwerk.blocks.words import Note, Source, Text

if TYPE_CHECKING:
    from planwerk.blocks.arranged import Block


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` says the message of what follows, `note` is small and muted."""

    text: Text
    role: Literal["body", "lead", "note"] = "body"
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside prose; level 3 and deeper, since pages and sections own 1 and 2.

    `anchor` is what links on the same page call it.
    """

    text: Text
    level: int = 3
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; each item is a sequence of blocks, so lists nest.

    `done` says of each item whether it is ticked off, None where it has no box; it is empty for
    lists without boxes.
    """

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    done: tuple[bool | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation in prose."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text, shown as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A thematic break in prose."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture out of a file, `width` by `height` pixels; `words` say what it shows to those who
    do not see it, `caption` (it may be empty) is for all."""

    kind: Literal["png", "jpeg"]
    width: int
    height: int
    data: bytes
    words: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of the text before it, for formats that have no feet of pages."""

    items: tuple[Note, ...]
