"""What the plans said earlier, out of the steps of an account: when a record came, which cells
of the white space there were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planwerk.history.facts import Fact
from planwerk.history.moves import carried
from planwerk.history.past import up_to
from planwerk.history.running import learn
from planwerk.model.account import WhiteSpaceCell
from planwerk.model.history import Spot, Step


def first_days(account: str, steps: Iterable[Step]) -> dict[tuple[str, str, str], date]:
    """The day on which each record of an account first stood in the plans, by account, kind of
    record and id; one that moved or has another id now came when it first came."""
    found: dict[Spot, tuple[str, date]] = {}
    for told in (told for step in steps for told in step.told):
        change, day = told.change, told.commit.day
        if change.what in ("moved", "renamed"):
            found = {carried(spot, change): came for spot, came in found.items()}
        elif change.what == "added" and change.spot.path and day:
            found.setdefault(change.spot, (change.kind, day))
    days: dict[tuple[str, str, str], date] = {}
    for spot, (kind, day) in found.items():
        at = (account, kind, spot.path[-1])
        days[at] = min(day, days.get(at, day))
    return days


def cells_at(steps: Iterable[Step], day: date) -> tuple[WhiteSpaceCell, ...] | None:
    """The cells of an account's white space at the end of a day, as far as they are told apart:
    department, offering, state. None where the account was not in the plans yet."""
    known: dict[Spot, Fact] = {}
    before = list(up_to(steps, day))
    for step in before:
        known = learn(known, (told.change for told in step.told))
        for told in step.told:
            if told.change.what == "removed":
                known.pop(told.change.spot, None)
    fields = [dict(fact.fields) for spot, fact in known.items() if spot.topic == "whitespace"]
    cells = tuple(
        WhiteSpaceCell.model_construct(department=str(f.get("department")), offering=str(f.get("offering")), state=f.get("state") or "unknown")
        for f in fields
    )  # fmt: skip
    return cells if before else None
