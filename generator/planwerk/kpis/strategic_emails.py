"""E-mails about a goal or an opportunity, to or from people who count: `strategic` in the log."""

from __future__ import annotations

from planwerk.kpis.contacts import strategic
from planwerk.kpis.kind import Kpi

KPI = Kpi(
    "strategic-emails",
    "count",
    "range",
    strategic("email"),
    needs=("interactions",),
    source="Customer-success practice: 2 to 4 strategic calls an account and month",
    running=True,
)
