"""Time, people, decisions: what plans are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planwerk.blocks.words import Level, Person, Side, Source, Status


@dataclass(frozen=True, slots=True)
class Event:
    """A named day on a ribbon or timeline; `when` is the day written out."""

    day: date
    label: str
    when: str
    level: Level = "plan"
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The period as a line: what has passed, today, and its agreed dates."""

    start: date
    end: date
    today: date
    events: tuple[Event, ...]
    months: tuple[Event, ...]
    description: str
    today_word: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One task on the timeline, from start to due; `due_words` is the due day written out.

    `waits_for` names the ids of other bars; `note` says in words what holds it up.
    """

    label: str
    who: str
    start: date
    due: date
    status: Status
    due_words: str
    done: date | None = None
    origin: str = ""
    id: str = ""
    waits_for: tuple[str, ...] = ()
    note: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """The tasks of one side; `summary` counts them ("2 von 5 erledigt, 1 überfällig")."""

    name: str
    side: Side
    bars: tuple[Bar, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A Gantt chart by side with milestones and today; `months` are the heads of the months."""

    start: date
    end: date
    today: date
    lanes: tuple[Lane, ...]
    milestones: tuple[Event, ...]
    months: tuple[Event, ...]
    label: str
    description: str
    today_word: str
    heads: tuple[str, str, str] = ("", "", "")
    """The heads of the columns task, who, due."""
    legend: tuple[str, ...] = ()
    """What its signs mean, those that occur."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing with a day: the day written out, what, who, how it stands; `link` leads to it."""

    when: str
    what: str
    who: str = ""
    status: Status | None = None
    detail: str = ""
    origin: str = ""
    link: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class DatedList:
    """Things with their days, in order; `empty` is said when there are none, `days` is what the
    days are called where they are no deadlines."""

    items: tuple[Dated, ...]
    label: str
    empty: str = ""
    days: str = ""


@dataclass(frozen=True, slots=True)
class SideColumn:
    """What one side does: its name, a count, its things; `empty` is said when there are none."""

    name: str
    side: Side
    summary: str
    items: tuple[Dated, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who does what by when, a column for us, the client and each partner."""

    columns: tuple[SideColumn, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Callout:
    """The one thing the reader must act on: question, consequence, who and until when."""

    level: Level
    title: str
    text: str = ""
    who: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words; `kind` names what it is (praise, change wish …)."""

    words: str
    person: Person
    when: str
    kind: str = ""
    origin: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Quotes:
    """What people said, the one that matters most first."""

    items: tuple[Quote, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A missed KPI on its way into the next plan: cause, lesson, next step, who, until when."""

    kpi: str
    actual: str
    target: str
    status: Status
    cause: str
    lesson: str
    step: str
    who: str
    due: str
    origin: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Lessons:
    """Every miss as one row of four steps; `heads` name KPI, cause, lesson, next step."""

    items: tuple[Lesson, ...]
    heads: tuple[str, str, str, str]
    label: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A question to decide, what we recommend, who decides until when, or what was decided."""

    question: str
    recommendation: str
    who: str
    when: str
    status: Status
    origin: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """Questions to decide, in order; `decides` heads the column of who."""

    items: tuple[Decision, ...]
    label: str
    decides: str


@dataclass(frozen=True, slots=True)
class BigNumber:
    """One number that carries a slide or a page, with what it means."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """A file or page to take along; `target` is relative to the output's root."""

    label: str
    target: str
    kind: str


@dataclass(frozen=True, slots=True)
class Links:
    """Files and pages to take along."""

    items: tuple[Link, ...]
    label: str
