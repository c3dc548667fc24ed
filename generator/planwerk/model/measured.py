"""How a KPI stands on a day: computed, never typed, and never in a file.

A value is known, unknown, or rests on too few cases; the three are never mixed, and an unknown
value is None, never zero.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, NamedTuple

from planwerk.model.record import Record
from planwerk.model.types import Day

Direction = Literal["higher", "lower", "range", "info"]
"""Which values are good: more, fewer, those between two bounds, or none better than another."""
State = Literal["known", "unknown", "too_few"]
Status = Literal[
    "reached", "on_track", "close", "at_risk", "missed", "close_missed", "unknown", "too_few",
    "info",
]  # fmt: skip


class Point(Record):
    """One value on a day; None where the value is not known."""

    day: Day
    value: Decimal | None
    released: ClassVar[frozenset[str]] = frozenset({"day", "value"})


class Input(NamedTuple):
    """How many lines or records of a file were counted (`log`: the name of its kind)."""

    log: str
    lines: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How a computed value came about. Never leaves the house.

    `numerator` over `denominator` (None: the KPI is a sum or a median) from the first day
    `start` to `day`; `n` cases it rests on, `left_out` cases that tell nothing, `inputs` what
    was read; `why` names the reasons (`why.<reason>` in the words) of an unknown value.
    """

    kpi: str
    state: State
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    n: int
    minimum: int
    left_out: int
    inputs: tuple[Input, ...]
    why: tuple[str, ...]
    start: date
    day: date


class Trend(Record):
    """Which way the values of a period go: along the line that fits them best.

    `change` is what that line gains from `since` to `until`, over `points` known values;
    `better` None where neither way is better, or nothing moves.
    """

    way: Literal["up", "down", "flat"]
    better: bool | None
    change: Decimal
    points: int
    since: Day
    until: Day


class Forecast(Record):
    """The value to expect on `on`, the period's last day, if it goes on in the same way.

    `value` None, with the reason under `why`, where the values do not carry a forecast;
    `limited` where the line left the values that are possible.
    """

    on: Day
    value: Decimal | None
    status: Status
    points: int
    limited: bool = False
    why: str = ""


class Step(Record):
    """An interim target whose day has come, with the value on that day and how it stood."""

    on: Day
    target: Decimal
    value: Decimal | None
    status: Status


class Change(Record):
    """The target of the period before, where it was another; the plan's reason if it is lower."""

    period: str
    before: Decimal
    because: str = ""


class Measured(Record):
    """How a KPI stands on the day of the output; everything that outputs say of it.

    `progress` is the share of the way from baseline to target (1 = reached), `expected` the
    share that should be travelled by now, through the interim targets; both None where they
    cannot be known. What clients get is value, target, status and series: never what was
    counted, nor where it leads.
    """

    kpi: str
    client_may_see: bool
    unit: str
    decimals: int
    lower_is_better: bool
    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    actual_on: Day | None
    status: Status
    progress: Decimal | None
    expected: Decimal | None
    series: tuple[Point, ...]
    source: str = ""
    direction: Direction = "higher"
    target_to: Decimal | None = None
    counted: Counted | None = None
    trend: Trend | None = None
    forecast: Forecast | None = None
    steps: tuple[Step, ...] = ()
    change: Change | None = None
    missing: tuple[Day, ...] = ()
    """The first days of the period's months that have no value of a KPI measured monthly."""
    released: ClassVar[frozenset[str]] = frozenset(
        {
            "kpi", "client_may_see", "unit", "decimals", "lower_is_better", "baseline", "target",
            "actual", "actual_on", "status", "progress", "expected", "series", "direction",
            "target_to",
        }
    )  # fmt: skip
