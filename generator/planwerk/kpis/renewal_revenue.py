"""Revenue from contracts renewed in the period."""

from __future__ import annotations

from planwerk.kpis.kind import RevenueKpi

KPI = RevenueKpi("renewal-revenue", ("renewal",))
