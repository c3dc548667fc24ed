"""How many deals were won in the period."""

from __future__ import annotations

from planwerk.kpis.deals import counting
from planwerk.kpis.kind import Kpi

KPI = Kpi(
    "deals-won",
    "count",
    "higher",
    counting("won"),
    needs=("opportunities",),
    source="The list of opportunities, counted",
    running=True,
)
