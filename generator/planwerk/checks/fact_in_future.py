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

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account
from planwerk.model.record import Record

NAME = "fact-in-future"
SEVERITY = WARNING
TIER = Tier.ALWAYS


FACTS = (
    "agreed_on", "closed_on", "held_on", "done_on", "confirmed_on", "validated_on", "asked_on",
    "checked_on", "decided_on", "answered_on", "opened_on", "customer_since", "in_role_since",
)  # fmt: skip
LOGS = ("measurements", "revenue", "interactions", "surveys")


def check(house: House, account: Account) -> Iterator[Finding]:
    """Days of facts after the day that the plans are looked at."""
    for name in type(account).model_fields:
        yield from _in(house, getattr(account, name), "date" if name in LOGS else "")


def _in(house: House, value: object, log: str) -> Iterator[Finding]:
    if isinstance(value, tuple):
        for part in value:
            yield from _in(house, part, log)
    elif isinstance(value, Record):
        for name, inner in value.__dict__.items():
            if isinstance(inner, tuple | Record):
                yield from _in(house, inner, "")
            elif (name in FACTS or name == log) and isinstance(inner, date) and inner > house.as_of:
                yield found(value, name, found=inner, key=name, today=house.as_of)
