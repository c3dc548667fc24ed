"""Logs that only grow: contacts, answers to surveys, training of our own teams."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from planwerk.model.record import Record
from planwerk.model.types import Day, MaybeNumber, MaybePerson, MaybeTitle, Number, YesNo


class Interaction(Record):
    """interactions.csv: contacts of a day and channel; `count` makes one line a monthly sum."""

    date: Day
    channel: Literal["email", "call", "meeting"]
    direction: Literal["in", "out"] = "out"
    strategic: YesNo = False
    count: Number = Decimal(1)
    answered: MaybeNumber | None = None
    with_: MaybePerson | None = Field(default=None, alias="with")
    topic: MaybeTitle = ""
    id: MaybeTitle = ""
    corrects: MaybeTitle = ""


class SurveyAnswer(Record):
    """surveys.csv: a score on a day, given by the client or guessed by us."""

    date: Day
    instrument: Literal["nps", "csat", "ces", "sentiment"]
    by: Literal["client", "us"]
    score: MaybeNumber
    scale: Number | None = None
    count: Number = Decimal(1)
    id: MaybeTitle = ""
    corrects: MaybeTitle = ""


class Training(Record):
    """training.csv: what our account teams learn, planned and done."""

    date: Day
    who: MaybePerson
    topic: MaybeTitle
    planned: YesNo = True
    done: YesNo = False
