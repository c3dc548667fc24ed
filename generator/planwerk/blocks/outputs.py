"""Whole outputs: a site, a document, a deck, and what did not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from planwerk.blocks.arranged import Block
from planwerk.blocks.words import Text


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a portal; `title` is its finding, `tab` its name in the navigation.

    Pages with the same `group` share a tab and a line of local navigation. `aside` is a
    label, a value and a note at the right of the title (the renewal date).
    """

    name: str
    tab: str
    title: str
    blocks: tuple[Block, ...]
    eyebrow: tuple[tuple[str, str], ...] = ()
    """Words above the title with an optional relative link each ("" for none)."""
    group: str = ""
    aside: tuple[str, str, str] | None = None
    prose: bool = False
    """Pages of running text keep a narrow measure."""
    changed: str = ""
    """When what it shows was last changed, in words; for us by whom."""
    foot: Text = ()
    """How to say what is wrong with it."""


MarkKind: TypeAlias = Literal["internal", "draft"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What every page of an output says about its use: ours alone, a draft, or both.

    `tags` are one word each, with their kind; `banner` says it in a line, `note` in a sentence.
    """

    tags: tuple[tuple[MarkKind, str], ...]
    banner: str
    note: str

    @property
    def internal(self) -> bool:
        """Whether it says that the output is ours alone."""
        return any(kind == "internal" for kind, _ in self.tags)


@dataclass(frozen=True, slots=True)
class Site:
    """One portal for one audience; `home` is a link back to the portfolio ("" for none).

    Our portal of one account bears its id, its other names and what industry it is in, by which
    it is found; `account` is "" for the portfolio's.
    """

    name: str
    language: str
    internal: bool
    pages: tuple[Page, ...]
    footer: str
    labels: Mapping[str, str]
    home: str = ""
    home_name: str = ""
    mark: Mark | None = None
    account: str = ""
    aliases: tuple[str, ...] = ()
    industry: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a document; wide grids ask for `landscape`."""

    title: str
    lead: str
    blocks: tuple[Block, ...]
    landscape: bool = False


Form: TypeAlias = Literal["book", "sheet", "page"]


@dataclass(frozen=True, slots=True)
class Document:
    """A Word document: cover, chapters, footer; `facts` stand on the cover (label, value, note).

    A `book` has a cover and numbered chapters. A `sheet` begins with its title and facts on the
    first page, and its chapters follow one another without numbers: minutes, a guide, a report.
    A `page` is one landscape page of cards and columns of tables; what it has no room for is
    counted.
    """

    name: str
    title: str
    subtitle: str
    language: str
    chapters: tuple[Chapter, ...]
    facts: tuple[tuple[str, str, str], ...]
    header: str
    footer: str
    author: str
    as_of: date
    labels: Mapping[str, str]
    mark: Mark | None = None
    form: Form = "book"

    @property
    def path(self) -> str:
        """Where it lies beside a portal."""
        return f"downloads/{self.name}.docx"


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: `title` is its message, `body` the one object that proves it."""

    kicker: str
    title: str
    body: Block
    subline: str = ""
    source: str = ""
    notes: str = ""
    origin: str = ""
    titled: str = ""
    """The origin of its title, where the plan wrote that itself."""


@dataclass(frozen=True, slots=True)
class Deck:
    """A PowerPoint deck; `facts` stand in the title slide's panel (label, value)."""

    name: str
    title: str
    subtitle: str
    language: str
    slides: tuple[Slide, ...]
    facts: tuple[tuple[str, str], ...]
    footer: str
    author: str
    as_of: date
    labels: Mapping[str, str]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Overflow:
    """What did not fit where it was asked to stand: the block's origin and how much too long."""

    origin: str
    words: str
    limit: str
    facts: Mapping[str, str] = field(default_factory=dict)
