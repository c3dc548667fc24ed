"""Revenue that continues from running contracts, in the period."""

from __future__ import annotations

from planwerk.kpis.kind import RevenueKpi

KPI = RevenueKpi("recurring-revenue", ("recurring",))
