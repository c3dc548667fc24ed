"""An approval is for another state of the plan than the one that stands there.

An approval names the fingerprint of what was approved: goals, targets, vision and rationale.
If one of them changed afterwards, those who approved do not know it: have it approved again,
or take the change back. Changes of tasks, owners and narrative never make an approval stale.
For a new approval write `fingerprint: new`; the finding shows the right one.

Wrong:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    vision: Jede Rückfrage am selben Tag
    approvals:
      - by: brandt
        on: 2026-07-03
        fingerprint: new

Right:
    2026-h2/plan.md
    from: 2026-07-01
    to: 2026-12-31
    vision: Jede Rückfrage am selben Tag
    approvals:
      - by: brandt
        on: 2026-07-03
        fingerprint: FINGERPRINT
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.approval import fingerprint
from planwerk.model.portfolio import Account

NAME = "approval-stale"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Approvals whose fingerprint is not the plan's."""
    for period in account.periods:
        for approval in period.plan.approvals:
            present = fingerprint(period.plan)
            if approval.fingerprint != present:
                yield found(approval, "fingerprint", found=approval.fingerprint, present=present, by=approval.by)  # fmt: skip
