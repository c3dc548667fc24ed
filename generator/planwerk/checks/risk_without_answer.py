"""An open risk that nobody answers for, or against which nothing is done.

A risk on a list is a wish. Name who watches it (`owner`), and the tasks that make it smaller
(`mitigations`, ids of tasks.md).

Wrong:
    2026-h2/risks.md
    risks:
      - id: budget-freeze
        reason: budget
        probability: 3
        severity: 4

Right:
    2026-h2/tasks.md
    tasks:
      - id: roi-paper
        title: Nutzen in einer Seite belegen
        accountable: brandt
        due: 2026-12-01

    2026-h2/risks.md
    risks:
      - id: budget-freeze
        reason: budget
        probability: 3
        severity: 4
        owner: brandt
        mitigations:
          - roi-paper
"""

from __future__ import annotations

from collections.abc import Iterator

from planwerk.checks.rule import WARNING, Finding, House, Tier, found
from planwerk.model.portfolio import Account

NAME = "risk-without-answer"
SEVERITY = WARNING
TIER = Tier.ALWAYS


def check(house: House, account: Account) -> Iterator[Finding]:
    """Risks that are not closed and have no owner or no mitigation."""
    for period in account.periods:
        for risk in period.risks.risks:
            if risk.closed_on is None and not (risk.owner and risk.mitigations):
                missing = "mitigations" if risk.owner else "owner"
                yield found(risk, "id", found=risk.id, missing=missing)
