"""Pictures: everything worded and decided, nothing placed yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planwerk.blocks.words import Cell, CellState, Source, Status

# Each has a `label` (its title) and a `description`: one sentence for those who cannot see it. The
# `source` of what is drawn is said in the list of the same, and beside the drawing.


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
    source: Source | None = None


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
    source: Source | None = None


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
    source: Source | None = None


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
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class MapStep:
    """The next step in a relationship, or a way in; `source` is the column that introduces us.

    `late` steps should have been done. `written` leads to where it stands in the plans.
    """

    title: str
    detail: str
    foot: str
    kind: Literal["step", "way", "open"]
    source: int | None = None
    late: bool = False
    written: Source | None = None


@dataclass(frozen=True, slots=True)
class MapSpace:
    """White space of a department: height is value; `value` None is one that nobody knows."""

    name: str
    state: CellState
    word: str
    words: str
    value: float | None
    source: Source | None = None


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
    source: Source | None = None


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
    source: Source | None = None


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
    source: Source | None = None


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
    source: Source | None = None


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
