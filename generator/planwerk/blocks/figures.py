"""Figures and charts: raw values beside the words, because Office charts stay editable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planwerk.blocks.words import CellState, Level, Person, Source, Status


def with_unit(value: str, unit: str, first: bool) -> str:
    """A value with its unit before or behind it, kept on one line."""
    return "\u00a0".join(filter(None, (unit, value) if first else (value, unit)))


@dataclass(frozen=True, slots=True)
class Card:
    """One key figure: label, period, value with unit, target line, status and its small trend.

    `series` holds raw values in time order (None: not measured); `target` the raw target;
    `labels` name the points of `series`; `lower` says that lower is better. `link` leads from
    the label to the page that tells more, where a format has links. `unit_first`: "EUR 22,000".
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
    source: Source | None = None
    unit_first: bool = False

    @property
    def figure(self) -> str:
        """The value with its unit, kept on one line."""
        return with_unit(self.value, self.unit, self.unit_first)


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
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of a period, with the heads of both sides' columns.

    `explanation` says how to read bars with strokes for baseline, target and today, and by what
    rule the status is decided; `rule` says only that, for formats that draw other bars or none.
    """

    items: tuple[Goal, ...]
    label: str
    us: str
    client: str
    explanation: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line or column set of a chart; None is a gap, never a zero."""

    name: str
    values: tuple[float | None, ...]
    role: Literal["actual", "target", "other"] = "actual"


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where a line is expected to lead: the day, what it is called on the axis, and the value."""

    day: date
    label: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its finding as title.

    `days`, one per category, place points in true time on a line; `unit` is written once, where
    `unit_first` before the value.
    `description` is the sentence for those who cannot see it; the data table is made from
    categories and series. `columns` stand on zero; `stacked` columns add up. `lines` lead, one
    per category, to where its values were written, `files` to all that was counted.
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
    ahead: Ahead | None = None
    """A forecast; the portal draws it, and its words stand beside the chart in every format."""
    lines: tuple[Source | None, ...] = ()
    files: tuple[Source, ...] = ()
    key: str = ""
    """By which texts refer to its number; nothing shows it."""
    unit_first: bool = False


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
    source: Source | None = None


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
