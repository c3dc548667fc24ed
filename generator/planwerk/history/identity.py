"""What makes a record the same record in two versions of a file: one line a kind of record.

Most have an id of their own. Others are about something that has one (the target of a KPI, our
relationship with somebody), or are known by what they say. Positions mean nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from planwerk.model.record import Record
from planwerk.model.types import Unknown, suggest_id
from planwerk.model.workspace import Condition

LONGEST = 48
"""Signs of a text that a record is known by: what is reworded behind them is a changed text."""


class By(Enum):
    """What a record is known by."""

    PLACE = "place"
    """There is one of it: the record of a file, or the only one in its field."""
    ID = "id"
    """An id of its own: it can be renamed, and move from one file to another."""
    SUBJECT = "subject"
    """The id, word or day of what it is about: about something else, it is another record."""
    WORDS = "words"
    """What it says, in part: reworded, it is the same if most else of it stayed."""
    LINE = "line"
    """A line of a log: its id where it has one, else day and subject; never renamed."""


class Identity(NamedTuple):
    """What a kind of record is known by, which fields say it, and which say what it is called."""

    by: By
    keys: tuple[str, ...] = ()
    title: str = ""


IDENTITIES: Mapping[str, Identity] = {
    # the records of files
    "Workspace": Identity(By.PLACE),
    "Profile": Identity(By.PLACE, title="name"),
    "ClientPage": Identity(By.PLACE),
    "StakeholderFile": Identity(By.PLACE),
    "Interview": Identity(By.PLACE),
    "Journey": Identity(By.PLACE),
    "Competition": Identity(By.PLACE),
    "Plan": Identity(By.PLACE),
    "TaskFile": Identity(By.PLACE),
    "RiskFile": Identity(By.PLACE),
    "Review": Identity(By.PLACE),
    "SlideFile": Identity(By.PLACE),
    "Meeting": Identity(By.PLACE, title="title"),
    "Persona": Identity(By.PLACE, title="name"),
    "Industry": Identity(By.PLACE),
    "Questions": Identity(By.PLACE),
    # the only ones of their kind within a file
    "Organisation": Identity(By.PLACE, title="name"),
    "Host": Identity(By.PLACE),
    "Documents": Identity(By.PLACE),
    "Decks": Identity(By.PLACE),
    "PortalFeedback": Identity(By.PLACE),
    "Method": Identity(By.PLACE),
    "Health": Identity(By.PLACE),
    "Contract": Identity(By.PLACE),
    # with an id
    "Member": Identity(By.ID, ("id",), "name"),
    "Named": Identity(By.ID, ("id",), "name"),
    "Offering": Identity(By.ID, ("id",), "name"),
    "Tier": Identity(By.ID, ("id",), "name"),
    "PlanType": Identity(By.ID, ("id",), "name"),
    "HouseKpi": Identity(By.ID, ("id",), "name"),
    "HouseQuestion": Identity(By.ID, ("id",), "text"),
    "ClientKpi": Identity(By.ID, ("id",), "name"),
    "Objective": Identity(By.ID, ("id",), "text"),
    "Department": Identity(By.ID, ("id",), "name"),
    "Stakeholder": Identity(By.ID, ("id",), "name"),
    "Question": Identity(By.ID, ("id",), "text"),
    "Insight": Identity(By.ID, ("id",), "text"),
    "Stage": Identity(By.ID, ("id",), "name"),
    "Competitor": Identity(By.ID, ("id",), "name"),
    "OwnCompetitor": Identity(By.ID, ("id",), "name"),
    "Feature": Identity(By.ID, ("feature",), "name"),
    "Goal": Identity(By.ID, ("id",), "title"),
    "Task": Identity(By.ID, ("id",), "title"),
    "Milestone": Identity(By.ID, ("id",), "title"),
    "Decision": Identity(By.ID, ("id",), "question"),
    "Partner": Identity(By.ID, ("id",), "name"),
    "Risk": Identity(By.ID, ("id",), "text"),
    "NextStep": Identity(By.ID, ("id",), "title"),
    "ClientProblem": Identity(By.ID, ("id",), "title"),
    "ReviewDecision": Identity(By.ID, ("id",), "text"),
    "Action": Identity(By.ID, ("id",), "title"),
    "OwnSlide": Identity(By.ID, ("id",), "title"),
    "Opportunity": Identity(By.ID, ("id",), "id"),
    # about something that has an id, a word or a day
    "Freshness": Identity(By.SUBJECT, ("section",)),
    "HealthPart": Identity(By.SUBJECT, ("kpi",)),
    "Rate": Identity(By.SUBJECT, ("currency", "since"), "currency"),
    "Financials": Identity(By.SUBJECT, ("year",), "year"),
    "Service": Identity(By.SUBJECT, ("offering",)),
    "Cadence": Identity(By.SUBJECT, ("kind",)),
    "Relationship": Identity(By.SUBJECT, ("with_",)),
    "Force": Identity(By.SUBJECT, ("force",)),
    "PlanKpi": Identity(By.SUBJECT, ("kpi",)),
    "Interim": Identity(By.SUBJECT, ("on",)),
    "Carried": Identity(By.SUBJECT, ("from_",)),
    "Approval": Identity(By.SUBJECT, ("by", "on")),
    "Commitment": Identity(By.SUBJECT, ("step",)),
    "Outcome": Identity(By.SUBJECT, ("kpi",)),
    "OwnTitle": Identity(By.SUBJECT, ("deck", "section"), "title"),
    "WhiteSpaceCell": Identity(By.SUBJECT, ("department", "offering")),
    # no record of a file: what a client is shown of the measurements
    "Measured": Identity(By.SUBJECT, ("kpi",)),
    # known by what they say
    "WayIn": Identity(By.WORDS, ("title",), "title"),
    "SwotItem": Identity(By.WORDS, ("kind", "text"), "text"),
    "Positioning": Identity(By.WORDS, ("area", "text"), "text"),
    "Feedback": Identity(By.WORDS, ("from_", "quote"), "quote"),
    "Example": Identity(By.WORDS, ("on", "what"), "what"),
    "HelpWanted": Identity(By.WORDS, ("team", "what"), "what"),
    "SpeakerNote": Identity(By.WORDS, ("text",), "text"),
    "Condition": Identity(By.WORDS, tuple(Condition.model_fields)),  # whatever it names
    # lines of logs
    "Measurement": Identity(By.LINE, ("kpi", "date")),
    "Revenue": Identity(By.LINE, ("date", "kind", "offering")),
    "Interaction": Identity(By.LINE, ("date", "channel", "direction", "with_", "topic"), "topic"),
    "SurveyAnswer": Identity(By.LINE, ("date", "instrument", "by")),
    "Training": Identity(By.LINE, ("date", "who", "topic"), "topic"),
}  # fmt: skip


def key_of(record: Record, identity: Identity) -> str:
    """What the record is known by in its list; "" where there is only one."""
    values = record.__dict__
    if identity.by is By.LINE and (own := values.get("id")) and isinstance(own, str):
        return own
    if identity.by is By.ID:
        return str(values[identity.keys[0]])
    return "/".join([_part(values[name], identity.by) for name in identity.keys])


def _part(value: Any, by: By) -> str:
    if isinstance(value, str):
        return _short(value) if by is By.WORDS else value
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Unknown) else "" if value is None else str(value)


@lru_cache(maxsize=4096)
def _short(words: str) -> str:
    return suggest_id(words)[:LONGEST].strip("-")
