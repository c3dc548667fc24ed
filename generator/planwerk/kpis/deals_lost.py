"""How many deals were lost in the period."""

from __future__ import annotations

from planwerk.kpis.deals import counting
from planwerk.kpis.kind import Kpi

KPI = Kpi(
    "deals-lost",
    "count",
    "lower",
    counting("lost"),
    needs=("opportunities",),
    source="The list of opportunities, counted",
    running=True,
)
