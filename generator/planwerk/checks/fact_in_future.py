"""Something is said to have happened on a day that has not come.

Days of facts (`held_on`, `done_on`, `agreed_on`, `confirmed_on` …) lie in the past; plans for the
future have fields of their own (`planned_for`, `due`, `next_on`). Mostly a year is mistyped.

Wrong:
    2026-h2/review.md
    held_on: 2027-10-05
    attendees:
      - brandt

Right:
    2026-h2/review.md
    planned_for: 2027-10-05
    attendees:
      - brandt
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.account import Measurement, Revenue
from planwerk.model.logs import Interaction, SurveyAnswer
from planwerk.model.portfolio import Account
from planwerk.model.record import Record

NAME = "fact-in-future"
SEVERITY = WARNING
TIER = Tier.ALWAYS


FACTS = (
    "agreed_on", "closed_on", "held_on", "done_on", "confirmed_on", "validated_on", "asked_on",
    "checked_on", "decided_on", "answered_on", "opened_on", "customer_since", "in_role_since",
)  # fmt: skip
LOGS = (Measurement, Revenue, Interaction, SurveyAnswer)


def check(house: House, account: Account) -> Iterator[Finding]:
    """Days of facts after the day that the plans are looked at."""
    today = house.as_of
    for record, _ in house.records(account):
        for name in _facts(type(record)):
            day = getattr(record, name)
            if isinstance(day, date) and day > today:
                yield found(record, name, found=day, key=name, today=today)


@cache
def _facts(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a record that hold days of facts."""
    names = (*FACTS, "date") if issubclass(kind, LOGS) else FACTS
    return tuple(name for name in names if name in kind.model_fields)
