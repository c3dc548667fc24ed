"""Revenue with something the client had not bought before, in the period."""

from __future__ import annotations

from planwerk.kpis.kind import RevenueKpi

KPI = RevenueKpi("new-revenue", ("new",))
