"""meetings/<day>-<title>.md: what was talked about, decided, and who does what."""

from typing import ClassVar, Literal

from planwerk.model.record import Shared
from planwerk.model.types import Day, Id, MaybeDay, MaybeTitle, PersonId, Prose, Title

MeetingKind = Literal["regular", "kickoff", "review", "debrief", "executive", "workshop", "other"]


class Action(Shared):
    """Something that follows from a meeting; it becomes a task of the plan (`task`)."""

    id: Id
    title: Title
    accountable: PersonId
    due: MaybeDay
    task: Id | None = None
    released: ClassVar[frozenset[str]] = frozenset({"id", "title", "accountable", "due"})


class Meeting(Shared):
    """A meeting; its body are the notes. `rating` is how it went for us, and stays with us."""

    on: Day
    kind: MeetingKind
    title: MaybeTitle = ""
    attendees: tuple[PersonId, ...] = ()
    agenda: tuple[MaybeTitle, ...] = ()
    decisions: tuple[MaybeTitle, ...] = ()
    actions: tuple[Action, ...] = ()
    rating: Literal["1", "2", "3", "4", "5", "offen", "open"] | None = None
    next_on: MaybeDay | None = None
    body: Prose = ""
    released: ClassVar[frozenset[str]] = frozenset(
        {"on", "kind", "title", "attendees", "agenda", "decisions", "next_on", "body"}
    )
