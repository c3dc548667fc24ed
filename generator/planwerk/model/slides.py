"""slides.md: what a plan adds to its decks by itself, slides and titles."""

from typing import ClassVar, Literal

from planwerk.model.outputs import DeckName
from planwerk.model.record import Record, Shared
from planwerk.model.types import Id, Prose, Title, Word

TableName = Literal[
    "goals", "course", "tasks", "decisions", "commitments", "next_steps", "problems", "wishes",
    "risks", "white_space", "stakeholders", "competitors",
]  # fmt: skip
"""What a slide can show by its name."""
OURS = frozenset({"risks", "white_space", "stakeholders"})
"""Those of them of which no client ever sees anything."""


class OwnTitle(Shared):
    """What the first slide of a section says in its title, instead of what we would say there."""

    deck: DeckName
    section: Word
    title: Title
    released: ClassVar[frozenset[str]] = frozenset({"deck", "section", "title"})

    @property
    def id(self) -> str:
        """What tells it from the others of its file."""
        return f"{self.deck}:{self.section}"


class SpeakerNote(Shared):
    """Something that whoever speaks wants to say; it leaves the house only with its own mark."""

    text: Prose
    released: ClassVar[frozenset[str]] = frozenset({"text"})


class OwnSlide(Shared):
    """A slide of the plan's own: text, KPIs of the plan, or something of it by name.

    Without `decks` it stands in all that speak of its period, without `after` towards their end.
    """

    id: Id
    title: Title
    topic: Title = ""
    decks: tuple[DeckName, ...] = ()
    after: Word | None = None
    text: Prose = ""
    kpis: tuple[Id, ...] = ()
    table: TableName | None = None
    notes: tuple[SpeakerNote, ...] = ()
    released: ClassVar[frozenset[str]] = frozenset(
        {"id", "title", "topic", "decks", "after", "text", "kpis", "table"}
    )


class SlideFile(Record):
    """slides.md of a period: shared by record."""

    titles: tuple[OwnTitle, ...] = ()
    slides: tuple[OwnSlide, ...] = ()
    body: Prose = ""
