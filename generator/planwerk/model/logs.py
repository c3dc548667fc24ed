"""Logs that only grow: contacts, answers to surveys, training of our own teams."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeVar

from pydantic import Field

from planwerk.model.account import Measurement, Revenue
from planwerk.model.log import column
from planwerk.model.record import Record
from planwerk.model.types import (
    Day,
    LogDay,
    MaybeNumber,
    MaybePerson,
    MaybeTitle,
    MonthSum,
    Number,
    YesNo,
    month_end,
)


class Interaction(Record):
    """interactions.csv: contacts of a day and channel, or of a month; `count` says how many.

    `answered` are replies, of calls the conversations; `connected` calls that were taken,
    voicemail included; `positive` the replies that lead further; `referrals` introductions the
    client gave. Not told is not known, never none.
    """

    date: LogDay
    channel: Literal["email", "call", "meeting"]
    direction: Literal["in", "out"] = "out"
    strategic: YesNo = False
    count: Number = Decimal(1)
    answered: MaybeNumber | None = None
    connected: MaybeNumber | None = None
    positive: MaybeNumber | None = None
    reply_hours: MaybeNumber | None = None
    referrals: MaybeNumber | None = None
    with_: MaybePerson | None = Field(default=None, alias="with")
    topic: MaybeTitle = ""
    id: MaybeTitle = ""
    corrects: MaybeTitle = ""


class SurveyAnswer(Record):
    """surveys.csv: a score on a day, given by the client or guessed by us.

    `good` says which end of the scale is good: makers of surveys differ. `with` names whose
    answer or mood it is.
    """

    date: LogDay
    instrument: Literal["nps", "csat", "ces", "sentiment"]
    by: Literal["client", "us"]
    score: MaybeNumber
    scale: Number | None = None
    good: Literal["high", "low"] = "high"
    count: Number = Decimal(1)
    with_: MaybePerson | None = Field(default=None, alias="with")
    id: MaybeTitle = ""
    corrects: MaybeTitle = ""


class Training(Record):
    """training.csv: what our account teams learn, planned and done."""

    date: Day
    who: MaybePerson
    topic: MaybeTitle
    planned: YesNo = True
    done: YesNo = False
    id: MaybeTitle = ""
    corrects: MaybeTitle = ""


ALIKE: Mapping[type[Record], tuple[str, ...]] = {
    Interaction: ("channel", "direction", "strategic"),
    SurveyAnswer: ("instrument", "by"),
    Measurement: ("kpi",),
    Revenue: ("kind", "offering"),
    Training: ("who", "topic"),
}
"""By log: the fields that tell what a line is about. The sum of a month is that of its kind."""
Line = TypeVar("Line", Interaction, SurveyAnswer, Measurement, Revenue, Training)


def corrected(lines: Sequence[Line]) -> frozenset[str]:
    """The ids of the lines that others stand in for."""
    return frozenset(str(name) for name in set(column(lines, "corrects")) if name)


def sums(lines: Sequence[Line]) -> frozenset[tuple[Any, ...]]:
    """What months are there as a sum: the month's last day, and what the line is about."""
    if not any(type(day) is MonthSum for day in column(lines, "date")):
        return frozenset()
    return frozenset(_subject(line) for line in lines if isinstance(line.date, MonthSum))


def covered(line: Line, known: frozenset[tuple[Any, ...]]) -> bool:
    """Whether a single line is part of one of the months in `known` (see `sums`)."""
    if not known or isinstance(line.date, MonthSum):
        return False
    year, month = line.date.year, line.date.month
    return _subject(line, month_end(year, month)) in known


def counting(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines that count, in their order: a correction stands in for what it corrects, and
    the sum of a month for the single lines of that month that are about the same."""
    replaced, known = corrected(lines), sums(lines)
    for line in lines:
        if not (line.id and line.id in replaced) and not covered(line, known):
            yield line


def _subject(line: Any, day: date | None = None) -> tuple[Any, ...]:
    about = (getattr(line, name) for name in ALIKE[type(line)])
    return ((day or line.date).toordinal(), *about)
