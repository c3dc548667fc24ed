"""An id is a number or a single letter.

Ids stand in links, references and history for years: `consent-text` tells what it is, `t1` has to
be looked up, and numbers tell a client how many there are that it does not see.

Wrong:
    2026-h2/tasks.md
    tasks:
      - id: t1
        title: Einwilligung prüfen
        accountable: brandt
        due: 2026-12-01

Right:
    2026-h2/tasks.md
    tasks:
      - id: consent-text
        title: Einwilligung prüfen
        accountable: brandt
        due: 2026-12-01
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.account import Opportunity
from planwerk.model.portfolio import Account, Period
from planwerk.model.types import suggest_id

NAME = "id-not-worded"
SEVERITY = WARNING
TIER = Tier.ALWAYS


GIVEN = (Opportunity, Period)
"""Records whose ids others gave: another system, and the calendar (`q3`)."""
NUMBERED = re.compile(r"[a-z]|([a-z]{1,2}|task|goal|risk|ziel|aufgabe|risiko|kpi|step)-?[0-9]+")


def check(house: House, account: Account) -> Iterator[Finding]:
    """Ids of the account's records that say nothing."""
    for record, _ in house.records(account):
        name = record.__dict__.get("id")
        if not isinstance(name, str) or not NUMBERED.fullmatch(name):
            continue
        if not isinstance(record, GIVEN) and "date" not in record.__dict__:
            words = next((str(record.__dict__[n]) for n in ("title", "name", "text") if record.__dict__.get(n)), "")  # fmt: skip
            if (suggestion := suggest_id(words) if words else "name") != name:
                yield found(record, "id", found=name, suggestion=suggestion)
