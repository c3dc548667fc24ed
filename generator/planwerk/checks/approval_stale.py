"""An approval is for another state of the plan than the one that stands there.

An approval names the fingerprint of what was approved: goals, targets, vision and rationale.
If one of them changed afterwards, those who approved do not know it: have it approved again,
or take the change back. Changes of tasks, owners and narrative never make an approval stale.

Wrong:
    plan.md: an approval whose fingerprint is not that of the plan
Right:
    plan.md: an approval with the fingerprint that the finding shows
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.model.approval import fingerprint
from planwerk.problems import Problem, Severity
from planwerk.read import Reading

NAME = "approval-stale"


def check(reading: Reading) -> Iterator[Problem]:
    """Approvals whose fingerprint is not the plan's."""
    portfolio = reading.portfolio
    assert portfolio is not None
    for account in portfolio.accounts:
        for period in account.periods:
            for approval in period.plan.approvals:
                present = fingerprint(period.plan)
                if approval.fingerprint != present:
                    place = reading.place(approval, "fingerprint")
                    facts = {"found": approval.fingerprint, "present": present, "by": approval.by}
                    yield Problem(NAME, place, Severity.WARNING, facts, account.id)
