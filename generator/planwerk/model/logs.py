"""Logs that only grow: contacts, answers to surveys, training of our own teams."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from planwerk.model.record import Record
from planwerk.model.types import Day, MaybeNumber, MaybePerson, MaybeTitle, Number, YesNo


class Interaction(Record):
    """interactions.csv: contacts of a day and channel; `count` makes one line a monthly sum.

    `answered` are replies, of calls the conversations; `connected` calls that were taken,
    voicemail included; `positive` the replies that lead further; `referrals` introductions the
    client gave. Not told is not known, never none.
    """

    date: Day
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

    date: Day
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
