"""The words every output can say.

`compose/` speaks in these blocks; `render/` turns them into HTML, WordprocessingML or shapes.
A block never names a format. Numbers, money and dates arrive written out in the reader's
language; charts carry the raw values too, because an Office chart must stay editable.

`origin` names the record and field a block says, such as
`nordwind-logistik/2026-h2/goals/newsletter/title`, so that what does not fit can be reported
at its place in the plan. Outputs never print it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

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


# --- inside a line ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner; `link` is an https, mailto or #anchor target.

    In our portal over all accounts `#account:<id>` leads to an account, `#account:<id>/<page>` to
    one of its pages, `#page:<name>` to another page and `#page:<name>/<anchor>` into it. `change` marks words of a compared text: what came is underlined, what went is struck.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str | None = None
    change: Literal["", "added", "removed"] = ""


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
class Cell:
    """One table cell or fact: any of text, a muted note below it, a status, a person."""

    text: Text = ()
    note: str = ""
    status: Status | None = None
    person: Person | None = None
    strong: bool = False
    unknown: bool = False


# --- prose -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` says the message of what follows, `note` is small and muted."""

    text: Text
    role: Literal["body", "lead", "note"] = "body"


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
    """A list; each item is a sequence of blocks, so lists nest."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


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


# --- tables and facts ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and alignment; `wide` columns take the room that is left.

    `link` leads from the heading to what it means, where a format has links.
    """

    title: str
    align: Align = "left"
    wide: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `group` rows head the rows below them, `late` rows need attention."""

    cells: tuple[Cell, ...]
    kind: Literal["normal", "group", "total", "late"] = "normal"
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A data table; `caption` is a sentence, `label` names it for screen readers."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: str
    caption: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, such as a company profile."""

    items: tuple[tuple[str, Cell], ...]


# --- figures and charts ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """One key figure: label, period, value with unit, target line, status and its small trend.

    `series` holds raw values in time order (None: not measured); `target` the raw target;
    `labels` name the points of `series`; `lower` says that lower is better. `link` leads from
    the label to the page that tells more, where a format has links.
    """

    label: str
    value: str
    status: Status
    unit: str = ""
    period: str = ""
    target_line: str = ""
    series: tuple[float | None, ...] = ()
    labels: tuple[str, ...] = ()
    target: float | None = None
    decimals: int = 0
    lower: bool = False
    unknown: bool = False
    origin: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Three to fourteen key figures; `explanation` says how the status is decided."""

    items: tuple[Card, ...]
    label: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal with the KPI that measures it and the way from baseline to target.

    `progress` is the share of the way travelled (0 = baseline, 1 = target, negative = worse
    than the baseline, None = unknown); `expected` where the plan would be today.
    """

    title: str
    kpi: str
    baseline: str
    actual: str
    target: str
    status: Status
    progress: float | None = None
    expected: float | None = None
    ours: Person | None = None
    theirs: Person | None = None
    confirmed: str = ""
    description: str = ""
    series: tuple[float | None, ...] = ()
    labels: tuple[str, ...] = ()
    target_value: float | None = None
    decimals: int = 0
    unknown: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of a period, with the heads of both sides' columns."""

    items: tuple[Goal, ...]
    label: str
    us: str
    client: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line or column set of a chart; None is a gap, never a zero."""

    name: str
    values: tuple[float | None, ...]
    role: Literal["actual", "target", "other"] = "actual"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its finding as title.

    `days`, one per category, place points in true time on a line; `unit` is written once.
    `description` is the sentence for those who cannot see it; the data table is made from
    categories and series. `columns` stand on zero; `stacked` columns add up.
    """

    kind: Literal["line", "columns", "stacked"]
    title: str
    subtitle: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    description: str
    unit: str = ""
    decimals: int = 0
    source: str = ""
    days: tuple[date, ...] = ()
    today: date | None = None
    level: Level = "run"


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole in a one-row split; `state` chooses its look."""

    label: str
    value: float
    words: str
    state: CellState


@dataclass(frozen=True, slots=True)
class Shares:
    """A sum split into its parts, in one row."""

    items: tuple[Share, ...]
    label: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell of the white-space grid: state, its word, a value written out, a note."""

    state: CellState
    word: str
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows x columns of states with totals; `rows[i]` heads `cells[i]`."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]
    label: str
    caption: str = ""
    corner: str = ""
    row_totals: tuple[str, ...] = ()
    column_totals: tuple[str, ...] = ()
    total: str = ""
    total_word: str = ""


# --- time, people, decisions -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    """A named day on a ribbon or timeline; `when` is the day written out."""

    day: date
    label: str
    when: str
    level: Level = "plan"


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
    """One task on the timeline, from start to due; `due_words` is the due day written out."""

    label: str
    who: str
    start: date
    due: date
    status: Status
    due_words: str
    done: date | None = None
    origin: str = ""


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


@dataclass(frozen=True, slots=True)
class DatedList:
    """Things with their days, in order; `empty` is said when there are none."""

    items: tuple[Dated, ...]
    label: str
    empty: str = ""


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


# --- what changed ----------------------------------------------------------------------------


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
    """Blocks that are folded away until somebody asks for them, where a format can."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands in a block's place: what is missing, who fills it, how."""

    words: str


@dataclass(frozen=True, slots=True)
class Room:
    """Ruled lines to write on, on paper; nothing where nobody writes by hand."""

    lines: int


# --- pictures --------------------------------------------------------------------------------
# Each has a `label` (its title) and a `description`: one sentence for those who cannot see it.


@dataclass(frozen=True, slots=True)
class Knows:
    """How well one of us knows somebody, in steps from 0 to 4: today, and as we want it.

    `word` says both, `today` the first alone; a level of None is not known.
    """

    level: int | None
    target: int | None
    word: str
    today: str = ""


@dataclass(frozen=True, slots=True)
class OrgPerson:
    """One card of an organisation chart; `boss` is the place of another card in the chart.

    `unknown` people have no name yet; `told` says in words what lines and bars show.
    """

    name: str
    title: str
    status: Status
    influence: int | None = None
    boss: int | None = None
    unknown: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class OrgLink:
    """A line between two cards beside the reporting lines; conflicts have no direction."""

    source: int
    target: int
    kind: Literal["influences", "conflicts"]
    word: str


@dataclass(frozen=True, slots=True)
class OrgChart:
    """Who reports to whom, who influences whom; `wide` ones take the whole page."""

    people: tuple[OrgPerson, ...]
    links: tuple[OrgLink, ...]
    label: str
    description: str
    legend: tuple[Status, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody on the grid: influence 1 to 5, disposition -2 to 2, and the one it was `before`."""

    name: str
    influence: int
    disposition: int
    status: Status
    before: int | None = None
    full: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class InfluenceGrid:
    """Influence x disposition; who cannot be placed is named in `unplaced`.

    `columns` are the words of the five dispositions, `axes` those of influence and disposition,
    `zones` those for whom to win and whom to involve, `more` what says that there are others.
    """

    people: tuple[Placed, ...]
    columns: tuple[str, str, str, str, str]
    axes: tuple[str, str]
    zones: tuple[str, str]
    label: str
    description: str
    more: str
    unplaced: str = ""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One of the client's people: what they want and need, how they stand, who of us knows them."""

    person: str
    title: str
    wants: Cell
    needs: Cell
    status: Status
    knows: tuple[Knows | None, ...]
    contact: Cell
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who knows whom: `ours` head the columns of `knows`; `heads` the other five."""

    rows: tuple[CoverageRow, ...]
    ours: tuple[str, ...]
    heads: tuple[str, str, str, str, str]
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapPerson:
    """One person of a department on the strategy map: what they want, how well we know them."""

    name: str
    title: str
    want: str
    status: Status
    knows: Knows
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class MapStep:
    """The next step in a relationship, or a way in; `source` is the column that introduces us.

    `late` steps should have been done.
    """

    title: str
    detail: str
    foot: str
    kind: Literal["step", "way", "open"]
    source: int | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class MapSpace:
    """White space of a department: height is value; `value` None is one that nobody knows."""

    name: str
    state: CellState
    word: str
    words: str
    value: float | None


@dataclass(frozen=True, slots=True)
class MapColumn:
    """A department with its people, steps or ways in, and the white space behind it."""

    name: str
    reached: bool
    status: Status
    people: tuple[MapPerson, ...]
    steps: tuple[MapStep, ...]
    spaces: tuple[MapSpace, ...]
    further: str = ""
    """Says how many more people there are than the picture holds."""
    further_people: tuple[MapPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class StrategyMap:
    """Departments, the reached ones first: people above, white space below the horizon.

    `heads` stand over the bands: reached, not reached, people, next steps, ways in, white space;
    `notes` beside the first two. `unit` is that of the white space.
    """

    columns: tuple[MapColumn, ...]
    heads: tuple[str, str, str, str, str, str]
    notes: tuple[str, str]
    legend: tuple[Status, ...]
    key: str
    label: str
    description: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ForceCard:
    """One of the five forces: `words` say strength and trend, `effect` what follows, `position`
    what it means for the client."""

    kind: Literal["rivalry", "suppliers", "buyers", "entrants", "substitutes"]
    name: str
    strength: int | None
    words: str
    trend: Literal["rising", "stable", "falling", ""]
    effect: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class Forces:
    """The five forces as a cross, rivalry in the middle; those not judged are left out."""

    items: tuple[ForceCard, ...]
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class RiskMark:
    """A risk on the matrix: its number in the list beside it, a short name, where it stands."""

    number: int
    name: str
    status: Status
    probability: int
    severity: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class RiskMatrix:
    """Probability x severity; `unplaced` names the risks that nobody has judged."""

    items: tuple[RiskMark, ...]
    axes: tuple[str, str]
    zones: tuple[str, str, str]
    label: str
    description: str
    unplaced: str = ""


@dataclass(frozen=True, slots=True)
class JourneyStage:
    """One stage; `mood` from -2 to 2, None where it is not known or not told."""

    name: str
    aim: str
    pain: str
    touch: str
    mood: int | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """Stages in their order as a curve of mood; without `moods` they stand on a straight line.

    `moods` are the words of the highest, the middle and the lowest mood; `heads` those of aim,
    touchpoints and pain.
    """

    stages: tuple[JourneyStage, ...]
    moods: tuple[str, str, str] | None
    heads: tuple[str, str, str]
    label: str
    description: str


# --- arrangement -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading with one muted line; `quiet` sections are secondary."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    quiet: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Sections side by side where there is room, in these proportions; else one after another."""

    parts: tuple[tuple[Block, ...], ...]
    weights: tuple[int, ...]


Block: TypeAlias = (
    Paragraph | Heading | Bullets | Quotation | Code | Break
    | Table | Facts | Cards | Goals | Chart | Shares | Matrix
    | Ribbon | Timeline | DatedList | Sides | Callout | Quotes | Lessons | Decisions
    | BigNumber | Links | Log | Filter | Fold | Empty | Room | Section | Beside


    | BigNumber | Links | Log | Filter | Fold | Empty | Section | Beside
    | OrgChart | InfluenceGrid | Coverage | StrategyMap | Forces | RiskMatrix | Journey
)  # fmt: skip

Picture: TypeAlias = OrgChart | InfluenceGrid | StrategyMap | Forces | RiskMatrix | Journey
"""Blocks that are drawn, and said as a list where nothing can be drawn."""


# --- whole outputs ---------------------------------------------------------------------------


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
    """One portal for one audience; `home` is a link back to the portfolio ("" for none)."""

    name: str
    language: str
    internal: bool
    pages: tuple[Page, ...]
    footer: str
    labels: Mapping[str, str]
    home: str = ""
    home_name: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a document; wide grids ask for `landscape`."""

    title: str
    lead: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A Word document: cover, chapters, footer; `facts` stand on the cover (label, value, note).

    A `short` one begins with its title and facts on the first page, and its chapters follow one
    another without numbers: minutes, a guide, a report.
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
    short: bool = False


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
